"""Silences of the flights in the graph, judged by all the traffic in it.

What is heard of other aircraft decides whether a silence is explained by coverage, so a flight's classes
depend on more tracks than its own: on those of the UTC days that the flight touches, half an hour before and
after it included. All flights that touch a day on which tracks came or went are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import neo4j

from tailgraph.flights.gaps import classify
from tailgraph.flights.positions import concat
from tailgraph.graph.model import Bearing, CoverageGap, Fix, Flight
from tailgraph.graph.pending import Mark
from tailgraph.graph.store import Row, Store
from tailgraph.graph.tracks import read_track
from tailgraph.ingest.track_reading import positions

MARGIN = timedelta(minutes=30)
_FLIGHTS = """
MATCH (f:Flight) WHERE f.first_seen < $until AND f.last_seen >= $since
OPTIONAL MATCH (f)-[v:VANISHED_TOWARD]->(va:Airport)
OPTIONAL MATCH (f)-[a:APPEARED_FROM]->(aa:Airport)
RETURN f.id AS id, properties(f) AS flight, properties(v) AS vanished, va.id AS vanished_toward,
       properties(a) AS appeared, aa.id AS appeared_from,
       [(f)-[:HAS_GAP]->(g) | properties(g)] AS gaps
ORDER BY id
"""
_TRACKS = """
MATCH (:TrackFile)-[:HAS_TRACK]->(t:Track) WHERE t.first_seen < $until AND t.last_seen >= $since
RETURN t.file AS file, t.aircraft AS aircraft, t.first_seen AS first_seen, t.last_seen AS last_seen,
       t.positions AS positions, t.labels AS labels, t.points AS points
ORDER BY aircraft, file
"""
_WRITE_GAPS = "UNWIND $rows AS row MATCH (g:CoverageGap {id: row.id}) SET g.gap_class = row.gap_class"
_WRITE_VANISHED = """
UNWIND $rows AS row MATCH (:Flight {id: row.id})-[v:VANISHED_TOWARD]->() SET v.gap_class = row.gap_class
"""
_WRITE_APPEARED = """
UNWIND $rows AS row MATCH (:Flight {id: row.id})-[a:APPEARED_FROM]->() SET a.gap_class = row.gap_class
"""
Days = tuple[date, date]


def judge(store: Store, marks: Iterable[Mark]) -> None:
    """Judge the silences of every flight that touches the days of these marks."""
    changed = [(mark.first_day, mark.last_day) for mark in marks if mark.first_day and mark.last_day]
    windows = {days(flight) for first, last in changed
               for flight in _flights(store, (first - timedelta(days=1), last + timedelta(days=1)))}
    for window in sorted(windows):
        if any(window[0] <= last and first <= window[1] for first, last in changed):
            _judge(store, window)


def days(flight: Flight) -> Days:
    """The first and last UTC day whose traffic bears on a flight's silences."""
    return (flight.first_seen - MARGIN).date(), (flight.last_seen + MARGIN).date()


def _judge(store: Store, window: Days) -> None:
    """Judge the flights that touch just these days, by all the traffic of these days."""
    around = _flights(store, window)
    tracks = [read_track(row) for row in store.read(_TRACKS, _bounds(window))]
    traffic = concat([positions(track) for track in tracks])
    judged = [flight for flight in classify(around, traffic) if days(flight) == window]
    store.write(lambda transaction: _write(transaction, judged))


def _write(transaction: neo4j.Transaction, flights: Sequence[Flight]) -> None:
    gaps = [{"id": f"{flight.id}#g{gap.index}", "gap_class": gap.gap_class.value}
            for flight in flights for gap in flight.gaps]
    transaction.run(_WRITE_GAPS, rows=gaps).consume()
    for name, query in (("vanished_toward", _WRITE_VANISHED), ("appeared_from", _WRITE_APPEARED)):
        rows = [{"id": flight.id, "gap_class": pointer.gap_class.value}
                for flight in flights if (pointer := getattr(flight, name))]
        transaction.run(query, rows=rows).consume()


def _bounds(window: Days) -> dict[str, datetime]:
    return {"since": datetime.combine(window[0], time(), UTC),
            "until": datetime.combine(window[1] + timedelta(days=1), time(), UTC)}


def _flights(store: Store, window: Days) -> list[Flight]:
    return [_flight(row) for row in store.read(_FLIGHTS, _bounds(window))]


def _flight(row: Row) -> Flight:
    """As much of a flight as its silences need."""
    flight = row["flight"]
    return Flight(
        icao24=flight.get("icao24"), registration=flight.get("registration"), positions=flight["positions"],
        first_seen=flight["first_seen"].to_native(), last_seen=flight["last_seen"].to_native(),
        first_fix=_fix(flight, "first", flight["first_seen"]),
        last_fix=_fix(flight, "last", flight["last_seen"]),
        gaps=tuple(_gap(gap) for gap in sorted(row["gaps"], key=lambda gap: int(gap["index"]))),
        vanished_toward=_pointer(row["vanished"], row["vanished_toward"]),
        appeared_from=_pointer(row["appeared"], row["appeared_from"]), sources=tuple(flight["sources"]))


def _fix(values: dict[str, Any], prefix: str, instant: Any) -> Fix:
    return Fix(time=instant.to_native(), latitude=values[f"{prefix}_latitude"],
               longitude=values[f"{prefix}_longitude"], altitude_ft=values.get(f"{prefix}_altitude_ft"),
               on_ground=values[f"{prefix}_on_ground"])


def _gap(values: dict[str, Any]) -> CoverageGap:
    return CoverageGap(index=values["index"], before=_fix(values, "before", values["before_time"]),
                       after=_fix(values, "after", values["after_time"]), excess_s=values["excess_s"])


def _pointer(values: dict[str, Any] | None, airport: str | None) -> Bearing | None:
    if values is None or airport is None:
        return None
    return Bearing(airport=airport, bearing_deg=values["bearing_deg"], distance_nm=values["distance_nm"],
                   earliest=values["earliest"].to_native(), latest=values["latest"].to_native())
