"""Positions in, flights out: a pure function of the set of rows.

The order of rows, repeated rows and the way rows are spread over files change nothing but the `sources` of a
flight. Aircraft are worked on in batches, so that memory stays near that of the columns themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tailgraph.flights.describe import describe
from tailgraph.flights.identity import Identity
from tailgraph.flights.legs import split
from tailgraph.flights.plausible import sift
from tailgraph.flights.positions import Positions, same_report
from tailgraph.flights.sun import LIMITS_DEG
from tailgraph.graph.model import Flight

_BATCH_ROWS = 400_000


def derive(positions: Positions, *, night_limit_deg: float = LIMITS_DEG["sunset"],
           overflown: bool = False) -> list[Flight]:
    """The flights in `positions`, ordered by aircraft and first instant.

    It is night below `night_limit_deg` of the sun's elevation (`sun.LIMITS_DEG` names the usual limits).
    `overflown` asks for the countries flown over as well, which takes about as long as all the rest.
    Gaps are left "insufficient data": their class needs other aircraft (`gaps.classify`).
    """
    flights: list[Flight] = []
    for batch in _batches(positions.canonical()):
        flights += _derive(batch, night_limit_deg, overflown)
    return flights


def _batches(ordered: Positions) -> Iterator[Positions]:
    """Slices of whole aircraft, each of some 400,000 rows or of one larger aircraft."""
    start, rows = 0, len(ordered)
    while start < rows:
        end = min(start + _BATCH_ROWS, rows)
        end = int(np.searchsorted(ordered.code, ordered.code[end - 1], side="right"))
        yield ordered.take(slice(start, end))
        start = end


def _derive(rows: Positions, night_limit_deg: float, overflown: bool) -> list[Flight]:
    repeats = same_report(rows)
    sifted = sift(rows.take(~repeats) if repeats.any() else rows)
    legs = split(sifted.rows, sifted.track)
    identity = Identity(rows, rows.labels, sifted.set_aside)
    flights = describe(sifted.rows, sifted.track, legs, identity, night_limit_deg)
    if overflown:
        from tailgraph.flights import airspace

        countries = airspace.over_legs(sifted.rows, legs.first, legs.last)
        flights = [flight.model_copy(update={"overflew": over})
                   for flight, over in zip(flights, countries, strict=True)]
    return sorted(flights, key=lambda flight: (flight.icao24 or "", flight.registration or "",
                                               flight.first_seen))
