"""Silences judged by what was received of other aircraft in that area, altitude band and hour.

Reception reaches upward: who hears an aircraft low in a cell hears one above it too. A silence is
*unexplained* where, along the whole of the way ahead, others as low or lower were received and hardly any
were lost; it is *coverage* where others as high or higher were lost too, or none was heard; otherwise the
data are insufficient. No class says that a transponder was switched off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tailgraph.flights import geo
from tailgraph.flights.positions import Positions
from tailgraph.graph.model import Bearing, Fix, Flight, GapClass

_CELL_DEG = 0.5
_BANDS_FT = np.array([3_000.0, 10_000.0, 20_000.0, 30_000.0])
_HOURS = 3
"""Hours that are one bucket of time; neighbouring buckets are not asked."""
_STEP_S, _AHEAD_S = 240.0, 1800.0
_HEARD_SHARE, _LOST_SHARE = 0.9, 0.1
_ENOUGH = 2

Cells = NDArray[np.int64]
_NONE: Cells = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Silence:
    """The way through a silence, or ahead of an open end: whose it is, and cells and bands on it."""

    aircraft: str
    cells: Cells
    bands: Cells
    is_gap: bool
    """Whether it lies within a flight, so that the aircraft was lost there and found again."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who was heard and who was lost in which cell: sorted rows of (cell, band, aircraft), each once."""

    heard: Cells
    lost: Cells
    aircraft: dict[str, int]

    def count(self, table: Cells, cell: int, bands: Sequence[int], without: int) -> int:
        """How many other aircraft `table` holds for a cell in any of the bands."""
        a, b = np.searchsorted(table[:, 0], [cell, cell + 1])
        rows = table[a:b]
        return len(set(rows[np.isin(rows[:, 1], bands), 2].tolist()) - {without})

    def judge(self, silence: Silence) -> GapClass:
        if len(self.aircraft) < _ENOUGH + 1:  # nothing can be judged by one or two
            return GapClass.INSUFFICIENT_DATA
        return _class(silence.cells, silence.bands, self.aircraft.get(silence.aircraft, -1), self)


class Listening:
    """What is heard in the cells that some silences lead through, gathered track by track.

    Only those cells are kept, so that any amount of traffic can pass.
    """

    def __init__(self, silences: Sequence[Silence]) -> None:
        self._silences = silences
        self._needed = np.unique(np.concatenate([_NONE, *(silence.cells for silence in silences)]))
        self._aircraft: dict[str, int] = {}
        self._heard: list[Cells] = []

    def hear(self, positions: Positions) -> None:
        numbers = np.array([self._aircraft.setdefault(key, len(self._aircraft))
                            for key in positions.aircraft], np.int64)
        cells = _cell(positions.time, positions.latitude, positions.longitude)
        place = np.searchsorted(self._needed, cells)
        kept = np.append(self._needed, -1)[place] == cells
        if kept.any():
            rows = np.stack([cells[kept], _band(positions.altitude_ft[kept]),
                             numbers[positions.code[kept]]], axis=1)
            self._heard.append(np.unique(rows, axis=0))

    def coverage(self) -> Coverage:
        lost = [np.stack([silence.cells, silence.bands, np.full(len(silence.cells), code)], axis=1)
                for silence in self._silences
                if silence.is_gap and (code := self._aircraft.get(silence.aircraft, -1)) >= 0]
        return Coverage(_rows(self._heard), _rows(lost), self._aircraft)


def classify(flights: Sequence[Flight], positions: Positions) -> list[Flight]:
    """The same flights, their gaps and open ends judged; with two aircraft or one nothing can be judged."""
    ways = [silences(flight) for flight in flights]
    listening = Listening([silence for one in ways for silence in one.values()])
    listening.hear(positions)
    known = listening.coverage()
    return [_judged(flight, {name: known.judge(silence) for name, silence in one.items()})
            for flight, one in zip(flights, ways, strict=True)]


def silences(flight: Flight) -> dict[str, Silence]:
    """The silences of a flight: "0", "1" … its gaps, "vanished_toward" and "appeared_from" its open ends."""
    key = _key(flight)
    found = {str(gap.index): Silence(key, *_way(gap.before, gap.after), True) for gap in flight.gaps}
    for name, fix, pointer, sign in (("vanished_toward", flight.last_fix, flight.vanished_toward, 1),
                                     ("appeared_from", flight.first_fix, flight.appeared_from, -1)):
        if pointer is not None:
            found[name] = Silence(key, *_way_ahead(fix, pointer, sign), False)
    return found


def _judged(flight: Flight, classes: dict[str, GapClass]) -> Flight:
    changes: dict[str, object] = {}
    if flight.gaps:
        changes["gaps"] = tuple(gap.model_copy(update={"gap_class": classes[str(gap.index)]})
                                for gap in flight.gaps)
    for name in ("vanished_toward", "appeared_from"):
        pointer: Bearing | None = getattr(flight, name)
        if pointer is not None:
            changes[name] = pointer.model_copy(update={"gap_class": classes[name]})
    return flight.model_copy(update=changes) if changes else flight


def _rows(parts: Sequence[Cells]) -> Cells:
    """Every row of any part once, in order."""
    return np.unique(np.concatenate([np.empty((0, 3), np.int64), *parts]), axis=0)


def _class(cells: Cells, bands: Cells, own: int, known: Coverage) -> GapClass:
    heard, lost, enough = 0, 0, 0
    for cell, band in zip(cells.tolist(), bands.tolist(), strict=True):
        below, above = list(range(band + 1)), list(range(band, len(_BANDS_FT) + 1))
        received = known.count(known.heard, cell, below, own)
        missed = known.count(known.lost, cell, above, own)
        enough += received >= _ENOUGH and missed <= _LOST_SHARE * (received + missed)
        heard += received > 0
        lost += missed > received
    samples = len(cells)
    if enough >= _HEARD_SHARE * samples:
        return GapClass.UNEXPLAINED
    return GapClass.COVERAGE if lost >= 0.5 * (samples - enough) and lost else GapClass.INSUFFICIENT_DATA


def _way(before: Fix, after: Fix) -> tuple[Cells, Cells]:
    """Cells and bands on the great circle between the ends of a gap, some four minutes apart."""
    start, end = before.time.timestamp(), after.time.timestamp()
    part = np.linspace(0, 1, 3 + int((end - start) / _STEP_S))[1:-1]
    latitude, longitude = geo.intermediate(before.latitude, before.longitude, after.latitude, after.longitude,
                                           part)
    low, high = before.altitude_ft, after.altitude_ft
    ends = (0.0 if low is None else low, 0.0 if high is None else high)
    return (_cell(start + part * (end - start), latitude, longitude),
            _band(ends[0] + part * (ends[1] - ends[0])))


def _way_ahead(fix: Fix, pointer: Bearing, sign: int) -> tuple[Cells, Cells]:
    """Cells and bands on the way to the airport pointed to, half an hour at most and not its last tenth."""
    seconds = min(_AHEAD_S, max(_STEP_S, 0.9 * pointer.distance_nm / 420 * 3600))
    elapsed = np.arange(_STEP_S / 2, seconds, _STEP_S / 2)
    latitude, longitude = geo.destination(fix.latitude, fix.longitude, pointer.bearing_deg,
                                          elapsed / 3600 * 420)
    altitude = np.full(len(elapsed), 0.0 if fix.altitude_ft is None else fix.altitude_ft)
    return _cell(fix.time.timestamp() + sign * elapsed, latitude, longitude), _band(altitude)


def _cell(time: ArrayLike, latitude: ArrayLike, longitude: ArrayLike) -> Cells:
    """A number for the half-degree cell (of like width everywhere) and the hours around."""
    north = np.floor(np.asarray(latitude, float) / _CELL_DEG).astype(np.int64) + 180
    width = np.maximum(np.cos(np.radians((north - 180 + 0.5) * _CELL_DEG)), 0.01)
    east = np.floor((np.asarray(longitude, float) + 180) * width / _CELL_DEG).astype(np.int64)
    slot = np.floor(np.asarray(time, float) / (_HOURS * 3600)).astype(np.int64)
    return np.asarray((slot * 400 + north) * 800 + east)


def _band(altitude_ft: ArrayLike) -> Cells:
    """0 to 4, from near the ground to high cruise; unknown altitudes and the ground count as lowest."""
    feet = np.nan_to_num(np.asarray(altitude_ft, float), nan=0.0)
    return np.asarray(np.searchsorted(_BANDS_FT, feet), np.int64)


def _key(flight: Flight) -> str:
    if flight.icao24:
        return flight.icao24
    return f"reg:{flight.registration}" if flight.registration else ""
