"""What receivers make of a simulated leg: who hears it, what is lost, and what arrives wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights import geo
from tailgraph.flights.profile import Flown

_HORIZON_NM_PER_SQRT_FT = 1.23
"""Radio horizon with standard refraction: 1.23 nm times the root of the height in feet."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Antenna:
    latitude: float
    longitude: float
    range_nm: float
    height_ft: float


@dataclass(frozen=True, slots=True)
class Shadow:
    """A disc in which nothing below `below_ft` is received, from one instant to another (epoch seconds)."""

    latitude: float
    longitude: float
    radius_nm: float
    below_ft: float
    start: float
    end: float


def heard(flown: Flown, takeoff: float, antennas: list[Antenna], shadows: list[Shadow]) -> Mask:
    """Which rows some antenna hears: in range, above its horizon, in no shadow; all without antennas."""
    audible = np.full(len(flown.seconds), not antennas)
    for antenna in antennas:
        nm = geo.distance_nm(antenna.latitude, antenna.longitude, flown.latitude, flown.longitude)
        roots = np.sqrt(np.maximum(flown.altitude_ft, 10)) + antenna.height_ft**0.5
        horizon = _HORIZON_NM_PER_SQRT_FT * roots
        audible |= nm <= np.minimum(antenna.range_nm, horizon)
    times = takeoff + flown.seconds
    for shadow in shadows:
        nm = geo.distance_nm(shadow.latitude, shadow.longitude, flown.latitude, flown.longitude)
        audible &= ~((nm < shadow.radius_nm) & (flown.altitude_ft < shadow.below_ft)
                     & (times >= shadow.start) & (times < shadow.end))
    return audible


def off(times: NDArray[np.float64], windows: list[tuple[float, float]]) -> Mask:
    """Which instants lie in a window of a switched-off transponder."""
    silent = np.zeros(len(times), bool)
    for start, end in windows:
        silent |= (times >= start) & (times < end)
    return silent
