"""Aircraft that flew together: closer than traffic is kept apart, on like courses, for minutes on end.

Traffic that merely shares an airway, a crossing or an approach is kept three miles or a thousand feet apart.
Two aircraft that are nearer than both for ten minutes, and on like courses, fly as a formation, or one
shadows the other. Positions are compared every two minutes, each between reports at most two minutes apart,
through a grid of cells, so that the cost is that of the traffic and not of its pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.geo import EARTH_NM, Floats, bearing_deg, turn_deg, unit_vectors
from tailgraph.flights.plausible import sift
from tailgraph.flights.positions import GROUND, Positions, same_report

NEAR_NM, NEAR_FT, COURSE_DEG = 3.0, 900.0, 25.0
LEAST_S, BREAK_S = 600, 360
"""How long together; and how long a break does not end a stretch (a turn, a change of level, a silence)."""
STEP_S = 120
AT_ONCE = 500_000
"""Samples that are compared at a time: each takes four times the memory then that it takes to be held."""
_CELL_NM = 4.0
_SLOWEST_KT = 60.0
_COLUMNS = ("step", "latitude", "longitude", "altitude_ft", "course_deg")

Whole = NDArray[np.int64]
# Each pair of neighbouring cells once: the cell itself, and half of its 26 neighbours.
_AHEAD = [(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) >= (0, 0, 0)]
_SPAN = 1 << 11
"""More than the cells across the Earth in each direction."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Where one aircraft flew at whole steps of time: `step` counts steps since 1970."""

    step: Whole
    latitude: Floats
    longitude: Floats
    altitude_ft: Floats
    course_deg: Floats

    def between(self, low: int, high: int) -> Samples:
        """Those from one step (included) to another (not)."""
        part = slice(*np.searchsorted(self.step, [low, high]).tolist())
        return Samples(*(getattr(self, name)[part] for name in _COLUMNS))


@dataclass(frozen=True, slots=True)
class Together:
    """A stretch that two aircraft flew together, in epoch seconds."""

    start: float
    end: float
    closest_nm: float
    median_nm: float


def samples(rows: Positions) -> Samples:
    """One aircraft's places in the air, interpolated between reports at most two minutes apart."""
    rows = rows.canonical()
    repeats = same_report(rows)
    sifted = sift(rows.take(~repeats))
    rows = sifted.rows.take((sifted.track == sifted.rows.code) & (sifted.rows.ground != GROUND)
                            & ~np.isnan(sifted.rows.altitude_ft))
    if len(rows) < 2:
        return Samples(np.empty(0, np.int64), *(np.empty(0) for _ in range(4)))
    step = np.arange(np.ceil(rows.time[0] / STEP_S), np.floor(rows.time[-1] / STEP_S) + 1).astype(np.int64)
    after = np.clip(np.searchsorted(rows.time, step * STEP_S), 1, len(rows) - 1)
    before = after - 1
    seconds = rows.time[after] - rows.time[before]
    share = (step * STEP_S - rows.time[before]) / np.maximum(seconds, 1e-3)
    a, b = (unit_vectors(rows.latitude[at], rows.longitude[at]) for at in (before, after))
    way = np.linalg.norm(b - a, axis=1) * EARTH_NM
    kept = (seconds <= STEP_S) & (seconds > 0) & (way / np.maximum(seconds, 1) * 3600 >= _SLOWEST_KT)
    middle = a + (b - a) * share[:, None]
    altitude = rows.altitude_ft[before] + (rows.altitude_ft[after] - rows.altitude_ft[before]) * share
    course = bearing_deg(rows.latitude[before], rows.longitude[before], rows.latitude[after],
                         rows.longitude[after])
    x, y, z = middle.T
    latitude, longitude = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    return Samples(step[kept], latitude[kept], longitude[kept], altitude[kept].astype(float), course[kept])


class Sky:
    """Everybody's samples, to be searched for those that are near each other."""

    def __init__(self) -> None:
        self.aircraft: list[str] = []
        self._parts: list[Samples] = []

    def add(self, aircraft: str, found: Samples) -> None:
        if len(found.step):
            self.aircraft.append(aircraft)
            self._parts.append(found)

    def near(self) -> Iterator[tuple[str, str, Whole, Floats]]:
        """Two aircraft, the steps at which they were together, and how far apart; each pair once."""
        found: dict[tuple[str, str], list[tuple[Whole, Floats]]] = defaultdict(list)
        for low, high in self._portions():
            for a, b, step, nm in self._near([part.between(low, high) for part in self._parts]):
                found[a, b].append((step, nm))
        for (a, b), parts in found.items():
            yield a, b, np.concatenate([step for step, _ in parts]), np.concatenate([nm for _, nm in parts])

    def _portions(self) -> Iterator[tuple[int, int]]:
        """Steps from (included) and to (not) that hold AT_ONCE samples, or those of one busy step."""
        if len(self._parts) < 2:
            return
        first = min(int(part.step[0]) for part in self._parts)
        held = np.zeros(max(int(part.step[-1]) for part in self._parts) - first + 1, np.int64)
        for part in self._parts:
            held[part.step - first] += 1
        low, total = 0, 0
        for at, count in enumerate(held.tolist()):
            if total and total + count > AT_ONCE:
                yield first + low, first + at
                low, total = at, 0
            total += count
        yield first + low, first + len(held)

    def _near(self, parts: Sequence[Samples]) -> Iterator[tuple[str, str, Whole, Floats]]:
        """As `near`, in these parts of the aircraft's samples."""
        code = np.repeat(np.arange(len(parts)), [len(part.step) for part in parts])
        step, latitude, longitude, altitude, course = (
            np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS)
        place = unit_vectors(latitude, longitude)
        cell = np.floor(place * (EARTH_NM / _CELL_NM)).astype(np.int64) + _SPAN // 2
        key = ((step - step.min()) * _SPAN + cell[:, 0]) * _SPAN * _SPAN + cell[:, 1] * _SPAN + cell[:, 2]
        order = np.argsort(key, kind="stable")
        one, other = _neighbours(key[order])
        one, other = order[one], order[other]
        nm = np.linalg.norm(place[one] - place[other], axis=1) * EARTH_NM
        together = ((nm <= NEAR_NM) & (np.abs(altitude[one] - altitude[other]) <= NEAR_FT)
                    & (turn_deg(course[one], course[other]) <= COURSE_DEG) & (code[one] != code[other]))
        one, other, nm = one[together], other[together], nm[together]
        yield from self._pairs(code[one], code[other], step[one], nm)

    def _pairs(self, one: Whole, other: Whole, step: Whole,
               nm: Floats) -> Iterator[tuple[str, str, Whole, Floats]]:
        first, second = np.minimum(one, other), np.maximum(one, other)
        order = np.lexsort((step, second, first))
        first, second, step, nm = first[order], second[order], step[order], nm[order]
        cuts = np.flatnonzero((np.diff(first) != 0) | (np.diff(second) != 0)) + 1
        for rows in np.split(np.arange(len(first)), cuts):
            if len(rows):
                a, b = sorted((self.aircraft[first[rows[0]]], self.aircraft[second[rows[0]]]))
                yield a, b, step[rows], nm[rows]


def _neighbours(key: Whole) -> tuple[Whole, Whole]:
    """Places in the sorted keys of all pairs in one cell or in neighbouring ones."""
    ones, others = [], []
    for x, y, z in _AHEAD:
        wanted = key + (x * _SPAN + y) * _SPAN + z
        low = np.searchsorted(key, wanted) if (x, y, z) != (0, 0, 0) else np.arange(len(key)) + 1
        count = np.maximum(np.searchsorted(key, wanted, side="right") - low, 0)
        one = np.repeat(np.arange(len(key)), count)
        ones.append(one)
        first = np.cumsum(count) - count
        others.append(np.arange(len(one)) + np.repeat(low - first, count))
    return np.concatenate(ones), np.concatenate(others)


def stretches(step: Whole, nm: Floats) -> list[Together]:
    """The stretches of ten minutes and more in the steps of one pair, each step once and in order."""
    found = []
    cuts = np.flatnonzero(np.diff(step) * STEP_S > BREAK_S) + 1
    for rows in np.split(np.arange(len(step)), cuts):
        if len(rows) and (step[rows[-1]] - step[rows[0]]) * STEP_S >= LEAST_S:
            apart = nm[rows]
            found.append(Together(float(step[rows[0]] * STEP_S), float(step[rows[-1]] * STEP_S),
                                  round(float(apart.min()), 2), round(float(np.median(apart)), 2)))
    return found


def together(tracks: Iterable[tuple[str, Positions]]) -> list[tuple[str, str, Together]]:
    """All that flew together among these aircraft: keys in order, and each stretch."""
    sky = Sky()
    for aircraft, rows in tracks:
        sky.add(aircraft, samples(rows))
    return sorted(((a, b, stretch) for a, b, step, nm in sky.near() for stretch in stretches(step, nm)),
                  key=lambda found: (found[0], found[1], found[2].start))
