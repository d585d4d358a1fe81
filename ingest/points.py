"""The position reports behind a tracked flight, out of the packed tracks of its files."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime

from tailgraph.flights import packing
from tailgraph.flights.positions import GROUND, GROUND_UNKNOWN, NO_SQUAWK, Positions, concat
from tailgraph.graph.model import Record
from tailgraph.graph.store import Store

_TRACKS = """
MATCH (f:Flight {id: $id})-[:DERIVED_FROM]->(t:Track)
RETURN f.first_seen.epochMillis / 1000.0 AS since, f.last_seen.epochMillis / 1000.0 AS until, t.file AS file,
  t.aircraft AS aircraft, t.points AS points
ORDER BY t.id
"""
_ROUNDING_S = 0.002
"""The flight's ends are kept to the millisecond here, the reports' times are not."""


class Point(Record):
    """One report as it was received; None where it did not say."""

    time: datetime
    latitude: float
    longitude: float
    altitude_ft: float | None = None
    on_ground: bool | None = None
    ground_speed_kt: float | None = None
    track_deg: float | None = None
    callsign: str | None = None
    squawk: str | None = None
    file: str
    """Id of the track file that it stands in."""


def points(store: Store, flight: str) -> list[Point]:
    """All reports of the aircraft between the flight's first and last, in order of time.

    They include those that the derivation set aside as impossible, and the same one from each file that
    has it.
    """
    found = [point for rows in _by_file(store, flight) for point in _points(rows)]
    return sorted(found, key=lambda point: (point.time, point.file))


def received(store: Store, flight: str) -> Positions:
    """The same reports as columns; empty where the flight's files hold none."""
    return concat(list(_by_file(store, flight)))


def _by_file(store: Store, flight: str) -> Iterator[Positions]:
    for row in store.read(_TRACKS, {"id": flight}):
        rows = packing.unpack(row["points"], row["aircraft"], row["file"])
        yield rows.take((rows.time >= row["since"] - _ROUNDING_S) & (rows.time <= row["until"] + _ROUNDING_S))


def _points(rows: Positions) -> Iterator[Point]:
    for at in range(len(rows)):
        ground, squawk = int(rows.ground[at]), int(rows.squawk[at])
        yield Point(
            time=datetime.fromtimestamp(float(rows.time[at]), UTC), latitude=float(rows.latitude[at]),
            longitude=float(rows.longitude[at]), altitude_ft=_sent(rows.altitude_ft[at]),
            on_ground=None if ground == GROUND_UNKNOWN else ground == GROUND,
            ground_speed_kt=_sent(rows.ground_speed_kt[at]), track_deg=_sent(rows.track_deg[at]),
            callsign=bytes(rows.callsign[at]).decode("ascii", "replace") or None,
            squawk=None if squawk == NO_SQUAWK else f"{squawk:04d}", file=rows.sources[0])


def _sent(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
