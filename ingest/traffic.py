"""The tracks of some days out of the graph, a few at a time: a day of the world does not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from tailgraph.flights.positions import Positions, concat
from tailgraph.graph.store import Store
from tailgraph.graph.tracks import read_track
from tailgraph.ingest.track_reading import positions

AT_ONCE = 500_000
"""Positions that are held at a time, or those of the one track that has more."""
Days = tuple[date, date]
"""First and last UTC day, both inclusive."""

_IDS = """
MATCH (:TrackFile)-[:HAS_TRACK]->(t:Track) WHERE t.first_seen < $until AND t.last_seen >= $since
RETURN t.id AS id, t.positions AS positions
ORDER BY t.aircraft, t.file
"""
_TRACKS = """
UNWIND $ids AS id
MATCH (t:Track {id: id})
RETURN t.file AS file, t.aircraft AS aircraft, t.first_seen AS first_seen, t.last_seen AS last_seen,
       t.positions AS positions, t.labels AS labels, t.points AS points
ORDER BY aircraft, file
"""


def tracks(store: Store, days: Days) -> Iterator[Positions]:
    """The reports of every track that touches the days, track by track, in order of aircraft and file."""
    for ids in _portions(store, days):
        for row in store.read(_TRACKS, {"ids": ids}):
            yield positions(read_track(row))


def aircraft(store: Store, days: Days) -> Iterator[tuple[str, Positions]]:
    """The reports of each aircraft that was heard on the days, all its tracks together."""
    for key, parts in groupby(tracks(store, days), key=lambda part: part.aircraft[0]):
        yield key, concat(list(parts))


def bounds(days: Days) -> dict[str, datetime]:
    """The instants `since` (included) and `until` (not) of these days."""
    return {"since": datetime.combine(days[0], time(), UTC),
            "until": datetime.combine(days[1] + timedelta(days=1), time(), UTC)}


def _portions(store: Store, days: Days) -> Iterator[list[str]]:
    portion: list[str] = []
    total = 0
    for row in store.read(_IDS, dict(bounds(days))):
        if portion and total + row["positions"] > AT_ONCE:
            yield portion
            portion, total = [], 0
        portion.append(row["id"])
        total += row["positions"]
    if portion:
        yield portion
