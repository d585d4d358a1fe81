"""Where a leg began and ended: seen on the ground, low on the approach, or only pointed to.

Both ends are handled alike: an `End` is told as if the aircraft flew out of the leg, so for a departure
time, course and climb are reversed. An airport is *claimed* (departure, arrival) only where the aircraft
was on the ground beside it, or so low, close, aligned and descending that no other field fits. Anything
else is a pointer (`appeared_from`, `vanished_toward`) with every field that fits and how well.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isnan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.airports import Airfields, airfields
from tailgraph.flights.geo import EARTH_NM, Floats, bearing_deg, distance_nm, turn_deg, unit_vectors

GROUND_REACH_NM = 5.0
TOP_SPEED_KT = 620.0
_GLIDE_FT_PER_NM = 318.0
"""A three-degree path."""
_CLAIM_NM, _CLAIM_FT, _CLAIM_TURN_DEG, _CLAIM_SINK_FPM = 6.0, 2000.0, 25.0, 300.0
_RIVAL_NM, _RIVAL_TURN_DEG = 12.0, 40.0
_HIGHEST_CLAIM_FT = 16_500.0
_STRIP_KT, _STRIP_PRIOR = 110.0, 0.02
_MOST = 12
_FAR_NM, _LOCAL_NM, _TYPICAL_NM = 3500.0, 120.0, 1200.0
_LOW_FT, _LOW_NM = 4000.0, 20.0
_FAR_TURN_DEG = 60.0
_DESCENT_FPM = 300.0
_OTHER_VISIT = 0.1


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
    score: float


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields that an end may mean: rows of the table, distances, and how well each fits."""

    rows: NDArray[np.intp]
    distances: Floats
    fit: Floats

    def best(self) -> list[Candidate]:
        """At most twelve, best first; those with less than 1/500 of all fit are left out."""
        total = float(self.fit.sum())
        if not len(self.rows) or total < 1e-9:
            return []
        share = self.fit / total
        order = np.argsort(-share, kind="stable")[:_MOST]
        return [Candidate(int(self.rows[i]), float(self.distances[i]), float(share[i]))
                for i in order.tolist() if share[i] >= 0.002]


def beside(latitude: float, longitude: float) -> list[Candidate]:
    """The fields that a position on the ground belongs to, best first; none beyond five nautical miles.

    A large airport reaches miles from its reference point, a strip does not: distance counts against size.
    """
    found = []
    for site, nm in airfields().beside(latitude, longitude, GROUND_REACH_NM):
        scale = 2.0 if site.prior >= 0.5 else 1.2 if site.prior >= 0.1 else 0.4
        found.append((site.prior * exp(-((nm / scale) ** 2) / 2), site.row, nm))
    total = sum(fit for fit, _, _ in found)
    if total < 1e-6:
        return []
    ranked = sorted(found, key=lambda one: (-one[0], one[1]))[:_MOST]
    return [Candidate(row, nm, fit / total) for fit, row, nm in ranked if fit / total >= 0.002]


def toward(end: End, sighting: Sighting | None) -> Fields:
    """The fields that an end in the air points to, in the order of the table."""
    table = airfields()
    rows, distances = _within_reach(table, end)
    if sighting is not None and len(rows):
        possible = _in_time(table, end, rows, distances, sighting)
        rows, distances = rows[possible], distances[possible]
    order = np.argsort(rows)
    rows, distances = rows[order], distances[order]
    fit = table.prior[rows] * _direction_fit(table, end, rows, distances) * _height_fit(
        table, end, rows, distances)
    if sighting is not None and sighting.on_ground and len(rows):
        there = distance_nm(sighting.latitude, sighting.longitude,
                            table.latitude[rows], table.longitude[rows])
        fit = np.where(there < GROUND_REACH_NM, fit * 20, fit)
    return Fields(rows, distances, fit)


def joined(one: Fields, other: Fields) -> Fields:
    """Fields of one open end, those preferred to which the open end across the silence points as well.

    Nearly always an aircraft leaves from where it landed; a tenth is kept for a second, unseen flight.
    """
    if not len(one.rows) or not len(other.rows):
        return one
    place = np.minimum(np.searchsorted(other.rows, one.rows), len(other.rows) - 1)
    share = other.fit / max(float(other.fit.sum()), 1e-12)
    both = np.where(other.rows[place] == one.rows, share[place], 0.0)
    mean = _OTHER_VISIT / len(one.rows)
    return Fields(one.rows, one.distances, one.fit * (both + mean))


def _within_reach(table: Airfields, end: End) -> tuple[NDArray[np.intp], Floats]:
    """All fields near, and the scheduled ones far ahead where there is a course and no descent."""
    rows, distances = table.near(end.latitude, end.longitude, _LOCAL_NM)
    if isnan(end.course_deg) or (end.sink_fpm > _DESCENT_FPM and end.altitude_ft < 20_000):
        return rows, distances
    here = unit_vectors(end.latitude, end.longitude)
    cosine = table.scheduled_xyz @ here
    kept = (cosine < np.cos(_LOCAL_NM / EARTH_NM)) & (cosine > np.cos(_FAR_NM / EARTH_NM))
    ahead = table.scheduled_xyz @ _course_vector(end)
    kept &= ahead > np.cos(np.radians(_FAR_TURN_DEG)) * np.sqrt(np.maximum(0, 1 - cosine * cosine))
    far = table.scheduled[kept]
    return np.concatenate([rows, far]), np.concatenate([distances, np.arccos(cosine[kept]) * EARTH_NM])


def _course_vector(end: End) -> Floats:
    """The unit vector along the course, in the same axes as `unit_vectors`."""
    north, east, course = np.radians([end.latitude, end.longitude, end.course_deg])
    northward = np.array([-np.sin(north) * np.cos(east), -np.sin(north) * np.sin(east), np.cos(north)])
    eastward = np.array([-np.sin(east), np.cos(east), 0.0])
    return np.asarray(np.cos(course) * northward + np.sin(course) * eastward)


def _in_time(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats,
             sighting: Sighting) -> NDArray[np.bool_]:
    back = distance_nm(sighting.latitude, sighting.longitude, table.latitude[rows], table.longitude[rows])
    hours = abs(sighting.time - end.time) / 3600
    return np.asarray((distances + back) / TOP_SPEED_KT <= hours)


def _direction_fit(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats) -> Floats:
    """1 dead ahead, falling with the turn that the field would need: sharply far away, little nearby."""
    if isnan(end.course_deg):
        return np.ones(len(rows))
    bearing = bearing_deg(end.latitude, end.longitude, table.latitude[rows], table.longitude[rows])
    turn = turn_deg(end.course_deg, bearing)
    low = end.altitude_ft < 10_000
    width = (12 if low else 8) + 55 * np.exp(-distances / (40 if low else 60))
    return np.asarray(np.exp(-((turn / width) ** 2) / 2) + 1e-7)


def _height_fit(table: Airfields, end: End, rows: NDArray[np.intp], distances: Floats) -> Floats:
    """How well height and descent go with the distance; without a descent only a slow fall with distance."""
    if isnan(end.altitude_ft):
        return np.exp(-distances / _TYPICAL_NM)
    height = np.maximum(end.altitude_ft - table.elevation_ft[rows], 0)
    needed = height / _GLIDE_FT_PER_NM
    if end.sink_fpm > _DESCENT_FPM:
        return np.asarray(np.exp(-((np.log((distances + 4) / (1.2 * needed + 4)) / 0.6) ** 2) / 2))
    # Low and not climbing away, an aircraft is about to land, or has just lifted off: not far from here.
    typical = np.where((height < _LOW_FT) & (end.sink_fpm > -_DESCENT_FPM), _LOW_NM, _TYPICAL_NM)
    too_steep = np.exp(-np.maximum(0, needed / (distances + 1) - 1.2))
    return np.asarray(too_steep * np.exp(-distances / typical))


def claim(end: End) -> Candidate | None:
    """The one field that an end in the air can be said to have used, or None. See the module's text."""
    if not (end.sink_fpm >= _CLAIM_SINK_FPM and end.altitude_ft < _HIGHEST_CLAIM_FT
            and not isnan(end.course_deg)):
        return None
    table = airfields()
    rows, distances = table.near(end.latitude, end.longitude, _RIVAL_NM)
    if end.speed_kt > _STRIP_KT:
        kept = table.prior[rows] > _STRIP_PRIOR
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
    return Candidate(int(rows[i]), float(distances[i]), 1.0)
