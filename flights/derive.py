"""Positions in, flights out: a pure function of the set of rows.

The order of rows, repeated rows and the way rows are spread over files change nothing but the `sources` of a
flight. Aircraft are worked on in batches, so that memory stays near that of the columns themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tailgraph.flights.describe import Track, describe
from tailgraph.flights.legs import cruise_speed_kt, split
from tailgraph.flights.plausible import sift
from tailgraph.flights.positions import Label, Positions, same_report
from tailgraph.flights.sun import LIMITS_DEG
from tailgraph.graph.model import Flight

_BATCH_ROWS = 400_000


def derive(positions: Positions, *, night_limit_deg: float = LIMITS_DEG["sunset"]) -> list[Flight]:
    """The flights in `positions`, ordered by aircraft and first instant.

    It is night below `night_limit_deg` of the sun's elevation (`sun.LIMITS_DEG` names the usual limits).
    Gaps are left "insufficient data": their class needs other aircraft (`gaps.classify`).
    """
    labels: dict[str, list[Label]] = {}
    for label in sorted(positions.labels):
        labels.setdefault(label.aircraft, []).append(label)
    flights: list[Flight] = []
    for batch in _batches(positions.canonical()):
        flights += _derive(batch, labels, night_limit_deg)
    return flights


def _batches(ordered: Positions) -> Iterator[Positions]:
    """Slices of whole aircraft, each of some 400,000 rows or of one larger aircraft."""
    start, rows = 0, len(ordered)
    while start < rows:
        end = min(start + _BATCH_ROWS, rows)
        end = int(np.searchsorted(ordered.code, ordered.code[end - 1], side="right"))
        yield ordered.take(slice(start, end))
        start = end


def _derive(rows: Positions, labels: dict[str, list[Label]], night_limit_deg: float) -> list[Flight]:
    repeats = same_report(rows)
    sifted = sift(rows.take(~repeats) if repeats.any() else rows)
    legs = split(sifted.rows, sifted.track)
    flights = describe(Track(sifted.rows, sifted.track, legs, cruise_speed_kt(sifted.rows, sifted.track),
                             labels, rows, sifted.set_aside, night_limit_deg))
    return sorted(flights, key=lambda flight: (flight.icao24 or "", flight.registration or "",
                                               flight.first_seen))
