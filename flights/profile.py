"""How a simulated leg is flown: along great circles, with taxiing, climb, cruise and descent.

Speeds over ground rise with height from 150 kt at lift-off to cruise speed at 15,000 ft above the field, and
fall likewise; climb and descent run at constant rates. A leg too short for its cruise level flies lower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tailgraph.flights import geo
from tailgraph.flights.geo import Floats

_LIFT_OFF_KT, _FULL_SPEED_FT = 150.0, 15_000.0
_TAXI_KT, _TAXI_NM = 15.0, 0.5


@dataclass(frozen=True, slots=True)
class Field:
    latitude: float
    longitude: float
    elevation_ft: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Settings of one leg: knots over ground, feet, feet per minute, seconds."""

    cruise_ft: float = 34_000.0
    cruise_kt: float = 440.0
    climb_fpm: float = 1800.0
    descent_fpm: float = 1600.0
    taxi_out_s: float = 480.0
    taxi_in_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Flown:
    """The leg second by second, as it was: seconds from take-off (negative while taxiing out)."""

    seconds: Floats
    latitude: Floats
    longitude: Floats
    altitude_ft: Floats
    speed_kt: Floats
    track_deg: Floats
    rate_fpm: Floats
    on_ground: np.ndarray[tuple[int], np.dtype[np.bool_]]
    airborne_s: float


def fly(start: Field, end: Field, via: tuple[tuple[float, float], ...], profile: Profile,
        step_s: float) -> Flown:
    """The leg from `start` over the points of `via` to `end`, one row every `step_s` seconds."""
    way = _Way([(start.latitude, start.longitude), *via, (end.latitude, end.longitude)])
    time, nm, feet = _vertical(way.length_nm, start.elevation_ft, end.elevation_ft, profile)
    airborne = float(time[-1])
    seconds = np.arange(-profile.taxi_out_s, airborne + profile.taxi_in_s + step_s / 2, step_s)
    along = np.interp(seconds, time, nm)
    latitude, longitude, track = way.at(along)
    ground = (seconds <= 0) | (seconds >= airborne)
    latitude, longitude = _taxi(seconds, airborne, latitude, longitude, ground)
    knots = np.interp(seconds, time, np.gradient(nm, time) * 3600)
    fpm = np.interp(seconds, time, np.gradient(feet, time) * 60)
    return Flown(seconds, latitude, longitude, np.interp(seconds, time, feet),
                 np.where(ground, _TAXI_KT, knots), track, np.where(ground, 0.0, fpm), ground, airborne)


class _Way:
    """Great circles joined end to end."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        self.points = np.array(points, float)
        lat, lon = self.points[:, 0], self.points[:, 1]
        self.parts = geo.distance_nm(lat[:-1], lon[:-1], lat[1:], lon[1:])
        self.starts = np.insert(np.cumsum(self.parts), 0, 0.0)
        self.length_nm = float(self.starts[-1])
        self.courses = geo.bearing_deg(lat[:-1], lon[:-1], lat[1:], lon[1:])

    def at(self, nm: Floats) -> tuple[Floats, Floats, Floats]:
        """Place and true track after `nm` of the way."""
        part = np.clip(np.searchsorted(self.starts, nm, side="right") - 1, 0, len(self.parts) - 1)
        lat, lon = self.points[part, 0], self.points[part, 1]
        here = geo.destination(lat, lon, self.courses[part], nm - self.starts[part])
        ahead = geo.destination(lat, lon, self.courses[part], nm - self.starts[part] + 0.5)
        return *here, geo.bearing_deg(*here, *ahead)


def _vertical(length_nm: float, start_ft: float, end_ft: float,
              profile: Profile) -> tuple[Floats, Floats, Floats]:
    """Seconds, miles and feet at the corners of the vertical profile, from lift-off to touchdown."""
    top = max(profile.cruise_ft, start_ft + 1000, end_ft + 1000)
    least = max(start_ft, end_ft) + 500
    for _ in range(60):
        up = _slope(start_ft, top, profile.climb_fpm, profile)
        down = _slope(end_ft, top, profile.descent_fpm, profile)
        cruise_nm = length_nm - up[1][-1] - down[1][-1]
        if cruise_nm >= 0 or top <= least:
            break
        top = max(least, top * 0.94)
    cruise_s = max(cruise_nm, 0.0) / profile.cruise_kt * 3600
    shrink = min(1.0, length_nm / max(up[1][-1] + down[1][-1], 1e-6))
    up_nm, down_nm = up[1] * shrink, down[1] * shrink
    total_s, total_nm = up[0][-1] + cruise_s + down[0][-1], up_nm[-1] + max(cruise_nm, 0.0) + down_nm[-1]
    time = np.concatenate([up[0], (total_s - down[0])[::-1]])
    nm = np.concatenate([up_nm, (total_nm - down_nm)[::-1]])
    feet = np.concatenate([up[2], down[2][::-1]])
    keep = np.insert(np.diff(time) > 1e-6, 0, True)
    return time[keep], nm[keep], feet[keep]


def _slope(field_ft: float, top_ft: float, rate_fpm: float,
           profile: Profile) -> tuple[Floats, Floats, Floats]:
    """Seconds, miles and feet from the field up to the top, in steps of at most ten seconds."""
    seconds = np.linspace(0, (top_ft - field_ft) / rate_fpm * 60, 200)
    feet = field_ft + rate_fpm / 60 * seconds
    share = np.clip((feet - field_ft) / _FULL_SPEED_FT, 0, 1)
    knots = _LIFT_OFF_KT + (max(profile.cruise_kt, _LIFT_OFF_KT) - _LIFT_OFF_KT) * share
    nm = np.insert(np.cumsum((knots[1:] + knots[:-1]) / 2 * np.diff(seconds) / 3600), 0, 0.0)
    return seconds, nm, feet


def _taxi(seconds: Floats, airborne_s: float, latitude: Floats, longitude: Floats,
          ground: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[Floats, Floats]:
    """On the ground the aircraft stands half a mile to the side, and rolls to and from the runway."""
    since = np.where(seconds <= 0, -seconds, seconds - airborne_s)
    aside = np.where(ground, np.minimum(_TAXI_NM, since * _TAXI_KT / 3600), 0.0)
    return geo.destination(latitude, longitude, 90.0, aside)
