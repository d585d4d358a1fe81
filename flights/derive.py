"""Positions in, flights out: a pure function of the set of rows."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from tailgraph.flights.positions import GROUND, Positions, same_report
from tailgraph.graph.model import Fix, Flight

_FIRST_GAP_S = 1800.0


def derive(positions: Positions) -> list[Flight]:
    """The flights in `positions`, ordered by aircraft and first instant.

    The order of rows, repeated rows and the way rows are spread over files change nothing but the `sources`
    of a flight.
    """
    flights: list[Flight] = []
    for key, rows in positions.groups():
        rows = rows.take(~same_report(rows))
        cuts = np.flatnonzero(np.diff(rows.time) > _FIRST_GAP_S) + 1
        for leg in np.split(np.arange(len(rows)), cuts):
            part = rows.take(leg)
            if not (part.ground == GROUND).all():
                flights.append(_flight(key, part))
    return flights


def _flight(key: str, rows: Positions) -> Flight:
    registration = key.removeprefix("reg:") if key.startswith("reg:") else None
    sources = tuple(sorted({rows.sources[i] for i in np.unique(rows.source)}))
    return Flight(icao24=None if ":" in key else key, registration=registration,
                  first_seen=_instant(rows.time[0]), last_seen=_instant(rows.time[-1]),
                  first_fix=_fix(rows, 0), last_fix=_fix(rows, -1), positions=len(rows), sources=sources)


def _fix(rows: Positions, row: int) -> Fix:
    altitude = float(rows.altitude_ft[row])
    return Fix(time=_instant(rows.time[row]), latitude=float(rows.latitude[row]),
               longitude=float(rows.longitude[row]), altitude_ft=None if np.isnan(altitude) else altitude,
               on_ground=bool(rows.ground[row] == GROUND))


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
