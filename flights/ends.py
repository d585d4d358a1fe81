"""Where a leg began and ended: seen on the ground, low on the approach, or only pointed to.

Both ends are handled alike: an `End` is told as if the aircraft flew out of the leg, so for a departure
time, course and climb are reversed. An airport is *claimed* (departure, arrival) only where the aircraft
was on the ground beside it, or so low, close, aligned and descending that no other field fits. Anything
else is a pointer (`appeared_from`, `vanished_toward`) with every field that fits and how well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.airports import Airfields, airfields
from tailgraph.flights.geo import Floats, bearing_deg, distance_nm, turn_deg

GROUND_REACH_NM = 5.0
_GLIDE_FT_PER_NM = 318.0
"""A three-degree path."""
_CLAIM_NM, _CLAIM_FT, _CLAIM_TURN_DEG, _CLAIM_SINK_FPM = 6.0, 2000.0, 25.0, 300.0
_RIVAL_NM, _RIVAL_TURN_DEG = 12.0, 40.0
_STRIP_KT = 110.0
_MOST = 12
_FAR_NM, _LOCAL_NM = 3500.0, 120.0
_DESCENT_FPM = 300.0
TOP_SPEED_KT = 620.0


@dataclass(frozen=True, slots=True)
class End:
    """State at one end of a leg, flown outward. NaN for what is not known; `sink_fpm` positive downward."""

    time: float
    latitude: float
    longitude: float
    altitude_ft: float
    on_ground: bool
    speed_kt: float
    course_deg: float
    sink_fpm: float
    direction: Literal[1, -1]
    """1: the end of a leg; -1: its beginning, with time running backwards."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where the same aircraft was next seen (outward), as a bound on where it can have gone."""

    time: float
    latitude: float
    longitude: float
    on_ground: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that may be the end's airport. `score` sums to at most 1 over an end's candidates."""

    row: int
    distance_nm: float
    bearing_deg: float
    score: float


def beside(end: End) -> list[Candidate]:
    """The fields that a position on the ground belongs to, best first; none beyond five nautical miles.

    A large airport reaches miles from its reference point, a strip does not: distance counts against size.
    """
    table = airfields()
    rows, distances = table.near(end.latitude, end.longitude, GROUND_REACH_NM)
    prior = table.prior[rows]
    scale = np.select([prior >= 0.5, prior >= 0.1], [2.0, 1.2], 0.4)
    return _ranked(table, end, rows, distances, prior * np.exp(-((distances / scale) ** 2) / 2))


def toward(end: End, sighting: Sighting | None) -> list[Candidate]:
    """The fields that an end in the air points to, best first, at most twelve."""
    table = airfields()
    rows, distances = _within_reach(table, end)
    if sighting is not None and len(rows):
        possible = _in_time(table, end, rows, distances, sighting)
        rows, distances = rows[possible], distances[possible]
    fit = table.prior[rows] * _direction_fit(table, end, rows, distances) * _height_fit(
        table, end, rows, distances)
    if sighting is not None and sighting.on_ground and len(rows):
        there = distance_nm(sighting.latitude, sighting.longitude,
                            table.latitude[rows], table.longitude[rows])
        fit = np.where(there < GROUND_REACH_NM, fit * 20, fit)
    return _ranked(table, end, rows, distances, fit)


def _within_reach(table: Airfields, end: End) -> tuple[NDArray[np.intp], Floats]:
    rows, distances = table.near(end.latitude, end.longitude, _LOCAL_NM)
    if end.sink_fpm > _DESCENT_FPM and end.altitude_ft < 20_000:
        return rows, distances
    far = table.scheduled
    north = np.abs(table.latitude[far] - end.latitude) < _FAR_NM / 60
    far = far[north]
    away = distance_nm(end.latitude, end.longitude, table.latitude[far], table.longitude[far])
    kept = (away > _LOCAL_NM) & (away < _FAR_NM)
    return np.concatenate([rows, far[kept]]), np.concatenate([distances, away[kept]])


def _in_time(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats,
             sighting: Sighting) -> NDArray[np.bool_]:
    back = distance_nm(sighting.latitude, sighting.longitude, table.latitude[rows], table.longitude[rows])
    hours = abs(sighting.time - end.time) / 3600
    return np.asarray((distances + back) / TOP_SPEED_KT <= hours)


def _direction_fit(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats) -> Floats:
    """1 dead ahead, falling with the turn that the field would need: sharply far away, little nearby."""
    if np.isnan(end.course_deg):
        return np.ones(len(rows))
    bearing = bearing_deg(end.latitude, end.longitude, table.latitude[rows], table.longitude[rows])
    turn = turn_deg(end.course_deg, bearing)
    low = end.altitude_ft < 10_000
    width = (12 if low else 8) + 55 * np.exp(-distances / (40 if low else 60))
    return np.asarray(np.exp(-((turn / width) ** 2) / 2) + 1e-7)


def _height_fit(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats) -> Floats:
    """How well height and descent go with the distance; without a descent only a slow fall with distance."""
    if np.isnan(end.altitude_ft):
        return np.exp(-distances / 1500)
    height = np.maximum(end.altitude_ft - table.elevation_ft[rows], 0)
    needed = height / _GLIDE_FT_PER_NM
    if end.sink_fpm > _DESCENT_FPM:
        return np.asarray(np.exp(-((np.log((distances + 4) / (1.2 * needed + 4)) / 0.6) ** 2) / 2))
    too_steep = np.exp(-np.maximum(0, needed / (distances + 1) - 1.2))
    return np.asarray(too_steep * np.exp(-distances / 1500))


def _ranked(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats,
            fit: Floats) -> list[Candidate]:
    total = float(fit.sum())
    if not len(rows) or total < 1e-6:
        return []
    best = np.lexsort((rows, -fit))[:_MOST]
    bearings = bearing_deg(end.latitude, end.longitude,
                           table.latitude[rows[best]], table.longitude[rows[best]])
    return [Candidate(int(rows[i]), float(distances[i]), float(bearing), float(fit[i]) / total)
            for i, bearing in zip(best.tolist(), bearings.tolist(), strict=True)
            if fit[i] / total >= 0.002]


def claim(end: End) -> Candidate | None:
    """The one field that an end in the air can be said to have used, or None. See the module's text."""
    if not (end.sink_fpm >= _CLAIM_SINK_FPM and not np.isnan(end.course_deg) and end.altitude_ft < 16_500):
        return None
    table = airfields()
    rows, distances = table.near(end.latitude, end.longitude, _RIVAL_NM)
    if end.speed_kt > _STRIP_KT:
        kept = table.prior[rows] > 0.02
        rows, distances = rows[kept], distances[kept]
    height = end.altitude_ft - table.elevation_ft[rows]
    bearing = bearing_deg(end.latitude, end.longitude, table.latitude[rows], table.longitude[rows])
    turn = turn_deg(end.course_deg, bearing)
    path = _GLIDE_FT_PER_NM * distances
    fits = (height > np.maximum(-200, 0.4 * path - 400)) & (height < 2 * path + 500) & (
        turn < _RIVAL_TURN_DEG)
    strict = fits & (distances < _CLAIM_NM) & (height < _CLAIM_FT) & (
        (turn < _CLAIM_TURN_DEG) | (distances < 1))
    if fits.sum() != 1 or strict.sum() != 1:
        return None
    i = int(np.flatnonzero(strict)[0])
    return Candidate(int(rows[i]), float(distances[i]), float(bearing[i]), 1.0)
