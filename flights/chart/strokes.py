"""A flight's reports as lines: by day, by night, and the straight ways across what was not received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from tailgraph.flights import geo
from tailgraph.flights.chart.frame import Frame
from tailgraph.flights.chart.leg import Leg
from tailgraph.flights.geo import Floats
from tailgraph.flights.plausible import sift
from tailgraph.flights.positions import Positions, same_report
from tailgraph.flights.sun import LIMITS_DEG, elevation_deg

SILENT_S = 180.0
"""Reports further apart are joined by a broken line: nobody received what lies between."""
_THINNED = 0.3
# Flights over one way keep this far to the right of it, in pixels, so that the way back does not hide the way
# there, and a night not the day.
_LANE = 2.6
_AROUND = 5
_CLOCK_STEPS_S = (300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
_MOST_CLOCKS = 9


class Kind(StrEnum):
    DAY = "day"
    NIGHT = "night"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line on the sheet, from `start` to `end` in epoch seconds. `note` says more of a long silence."""

    kind: Kind
    points: Floats
    start: float
    end: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A full hour (or part of one) at which a report stands beside it: text, and where on the sheet."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Track:
    """The reports of one flight that can be true, in order of time, and the places of the others."""

    rows: Positions
    is_dark: NDArray[np.bool_]
    set_aside: Positions


def track(leg: Leg, night_limit_deg: float = LIMITS_DEG["sunset"]) -> Track:
    """A leg's rows without repeats, sifted as the derivation of flights does it."""
    rows = leg.rows.canonical()
    repeats = same_report(rows)
    sifted = sift(rows.take(~repeats) if repeats.any() else rows)
    main = sifted.rows.take(sifted.track == sifted.track[0])
    sun = elevation_deg(main.time, main.latitude, main.longitude)
    return Track(main, sun < night_limit_deg, sifted.set_aside)


def kept_right(stroke: Stroke) -> Stroke:
    """The stroke beside its way, to the right as it was flown."""
    return replace(stroke, points=stroke.points + _LANE * _right(stroke.points))


def _right(points: Floats) -> Floats:
    """At each point of a line the unit vector to the right of it; the sheet's y runs downwards."""
    steps = np.diff(points, axis=0)
    length = np.hypot(steps[:, 0], steps[:, 1])[:, None]
    across = np.stack([-steps[:, 1], steps[:, 0]], axis=1) / np.maximum(length, 1e-9)
    joined = np.vstack([across[:1], across[:-1] + across[1:], across[-1:]])
    size = np.hypot(joined[:, 0], joined[:, 1])[:, None]
    return np.asarray(joined / np.maximum(size, 1e-9))


def strokes(frame: Frame, flown: Track, leg: Leg) -> Iterator[Stroke]:
    """The lines of a flight in order of time."""
    rows = flown.rows
    places = frame.place(rows.latitude, rows.longitude)
    silent = np.diff(rows.time) > SILENT_S
    changed = np.diff(flown.is_dark.astype(np.int8)) != 0
    first = 0
    for at in [*np.flatnonzero(silent | changed).tolist(), len(rows) - 1]:
        # A received step over dusk belongs to what was before it, so that no piece of the line is lost.
        stop = at + 1 if at < len(rows) - 1 and not silent[at] else at
        if stop > first:
            kind = Kind.NIGHT if flown.is_dark[first] else Kind.DAY
            start, end = rows.time[[first, stop]].tolist()
            yield Stroke(kind, _thinned(places[first:stop + 1]), start, end)
        if at < len(rows) - 1 and silent[at]:
            yield _silence(frame, rows, at, leg)
        first = at + 1


def _silence(frame: Frame, rows: Positions, at: int, leg: Leg) -> Stroke:
    lat1, lat2 = rows.latitude[at:at + 2].tolist()
    lon1, lon2 = rows.longitude[at:at + 2].tolist()
    latitude, longitude = geo.intermediate(lat1, lon1, lat2, lon2, np.linspace(0, 1, 40))
    start, end = rows.time[at:at + 2].tolist()
    note = next((word for since, until, word in leg.silences
                 if abs(since - start) < 1 and abs(until - end) < 1), "")
    return Stroke(Kind.SILENCE, _thinned(frame.place(latitude, longitude)), start, end, note)


def _thinned(points: Floats) -> Floats:
    return np.asarray(shapely.simplify(shapely.LineString(points), _THINNED).coords)


def clocks(frame: Frame, flown: Track, *, among: bool = False) -> Iterator[Clock]:
    """A few full times of the day along the track, only where it was received; `among` others with the day,
    and beside the way as the strokes are."""
    time = flown.rows.time
    span = float(time[-1] - time[0])
    step = next((step for step in _CLOCK_STEPS_S if span / step <= _MOST_CLOCKS), _CLOCK_STEPS_S[-1])
    places = frame.place(flown.rows.latitude, flown.rows.longitude)
    for at in np.arange(np.ceil(time[0] / step) * step, time[-1], step).tolist():
        after = int(np.searchsorted(time, at))
        if after and time[after] - time[after - 1] <= SILENT_S:
            part = (at - time[after - 1]) / max(float(time[after] - time[after - 1]), 1e-9)
            place = places[after - 1] + part * (places[after] - places[after - 1])
            if among:
                # Two reports alone would turn with the noise of each.
                around = places[[max(after - _AROUND, 0), min(after + _AROUND, len(places) - 1)]]
                place = place + _LANE * _right(around)[0]
            moment = datetime.fromtimestamp(at, UTC)
            day = f"{moment.day} {moment:%b} " if among else ""
            yield Clock(f"{day}{moment:%H:%M}", *place.tolist())
