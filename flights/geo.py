"""Distances and directions on a spherical Earth, for scalars and arrays alike.

Angles in degrees, distances in nautical miles; haversine and the usual great-circle formulas with a mean
radius of 3,440.065 nm. Good to 0.5% of the true distance, also at the poles and over the date line.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_NM = 3440.065
Floats = NDArray[np.float64]


def distance_nm(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> Floats:
    a, b = np.radians(lat1), np.radians(lat2)
    half_lat, half_lon = (b - a) / 2, np.radians(np.subtract(lon2, lon1)) / 2
    h = np.sin(half_lat) ** 2 + np.cos(a) * np.cos(b) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_NM * np.arcsin(np.sqrt(np.clip(h, 0, 1))))


def bearing_deg(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> Floats:
    """Initial course from the first point to the second, 0 ≤ course < 360."""
    a, b, east = np.radians(lat1), np.radians(lat2), np.radians(np.subtract(lon2, lon1))
    y = np.sin(east) * np.cos(b)
    x = np.cos(a) * np.sin(b) - np.sin(a) * np.cos(b) * np.cos(east)
    return np.asarray(np.degrees(np.arctan2(y, x)) % 360)


def destination(lat: ArrayLike, lon: ArrayLike, course: ArrayLike, nm: ArrayLike) -> tuple[Floats, Floats]:
    """Where one is after `nm` along the great circle that starts on `course`."""
    a, c, d = np.radians(lat), np.radians(course), np.asarray(nm) / EARTH_NM
    b = np.arcsin(np.clip(np.sin(a) * np.cos(d) + np.cos(a) * np.sin(d) * np.cos(c), -1, 1))
    east = np.arctan2(np.sin(c) * np.sin(d) * np.cos(a), np.cos(d) - np.sin(a) * np.sin(b))
    return np.degrees(b), wrap_deg(np.asarray(lon) + np.degrees(east))


def intermediate(lat1: float, lon1: float, lat2: float, lon2: float,
                 fraction: ArrayLike) -> tuple[Floats, Floats]:
    """Points at `fraction` (0 to 1) of the great circle between two places."""
    course = bearing_deg(lat1, lon1, lat2, lon2)
    return destination(lat1, lon1, course, np.asarray(fraction) * distance_nm(lat1, lon1, lat2, lon2))


def wrap_deg(angle: ArrayLike) -> Floats:
    """The same angle between -180 (included) and 180."""
    return np.asarray((np.asarray(angle) + 180) % 360 - 180)


def turn_deg(course: ArrayLike, other: ArrayLike) -> Floats:
    """How far apart two courses are, 0 to 180."""
    return np.abs(wrap_deg(np.subtract(course, other)))


def unit_vectors(lat: ArrayLike, lon: ArrayLike) -> Floats:
    """Directions from the Earth's centre, one row (x, y, z) a place."""
    north, east = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1)
