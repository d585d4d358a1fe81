"""Where the sun stands: the formula of NOAA's solar calculator (after Meeus, Astronomical Algorithms).

Good to about 0.01° between 1950 and 2050. Elevation is that of the sun's centre without refraction; the
usual limit of day, -0.833°, holds refraction and the half width of the disc.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tailgraph.flights.geo import Floats

LIMITS_DEG = {"sunset": -0.833, "civil": -6.0, "nautical": -12.0}
"""Below which elevation it is night."""


def elevation_deg(time: ArrayLike, latitude: ArrayLike, longitude: ArrayLike) -> Floats:
    """Elevation of the sun's centre above the horizon, in degrees; `time` in epoch seconds (UTC)."""
    seconds = np.asarray(time, float)
    declination, equation_of_time_min = _sun(seconds)
    minutes = seconds / 60 % 1440 + equation_of_time_min + 4 * np.asarray(longitude, float)
    hour_angle = np.radians(minutes / 4 - 180)
    place = np.radians(np.asarray(latitude, float))
    sine = np.sin(place) * np.sin(declination) + np.cos(place) * np.cos(declination) * np.cos(hour_angle)
    return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1, 1))))


def _sun(seconds: Floats) -> tuple[Floats, Floats]:
    """Declination (radians) and equation of time (minutes)."""
    century = (seconds / 86400 + 2440587.5 - 2451545) / 36525
    longitude = np.radians((280.46646 + century * (36000.76983 + century * 0.0003032)) % 360)
    anomaly = np.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (np.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
              + np.sin(2 * anomaly) * (0.019993 - 0.000101 * century) + np.sin(3 * anomaly) * 0.000289)
    node = np.radians(125.04 - 1934.136 * century)
    apparent = longitude + np.radians(centre - 0.00569 - 0.00478 * np.sin(node))
    tilt_seconds = 21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))
    tilt = np.radians(23 + (26 + tilt_seconds / 60) / 60 + 0.00256 * np.cos(node))
    half = np.tan(tilt / 2) ** 2
    equation = (half * np.sin(2 * longitude) - 2 * eccentricity * np.sin(anomaly)
                + 4 * eccentricity * half * np.sin(anomaly) * np.cos(2 * longitude)
                - 0.5 * half * half * np.sin(4 * longitude) - 1.25 * eccentricity**2 * np.sin(2 * anomaly))
    return np.asarray(np.arcsin(np.sin(tilt) * np.sin(apparent))), np.asarray(4 * np.degrees(equation))
