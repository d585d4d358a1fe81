"""Silences of the flights in the graph, judged by all the traffic in it.

What is heard of other aircraft decides whether a silence is explained by coverage, so a flight's classes
depend on more tracks than its own: on those of the UTC days that the flight touches, half an hour before and
after it included. All flights that touch a day on which tracks came or went are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import neo4j

from tailgraph.flights.gaps import Listening, Silence, silences
from tailgraph.graph.model import Bearing, CoverageGap, Fix, Flight
from tailgraph.graph.pending import Mark
from tailgraph.graph.store import Row, Store
from tailgraph.graph.writing import CHUNK
from tailgraph.ingest import traffic
from tailgraph.ingest.traffic import Days

MARGIN = timedelta(minutes=30)
PAGE = 2_000
"""Flights that are read at a time."""
# The days whose traffic bears on the silences of some flight that touches these days.
_WINDOWS = """
MATCH (f:Flight) WHERE f.first_seen < $until AND f.last_seen >= $since
RETURN DISTINCT date(f.first_seen - $margin) AS first, date(f.last_seen + $margin) AS last
"""
_FLIGHTS = """
MATCH (f:Flight) WHERE f.first_seen < $until AND f.last_seen >= $since AND f.id > $after
  AND EXISTS { (f)-[:HAS_GAP|VANISHED_TOWARD|APPEARED_FROM]->() }
WITH f ORDER BY f.id LIMIT $size
OPTIONAL MATCH (f)-[v:VANISHED_TOWARD]->(va:Airport)
OPTIONAL MATCH (f)-[a:APPEARED_FROM]->(aa:Airport)
RETURN f.id AS id, f {.icao24, .registration, .first_seen, .last_seen, .positions, .sources,
                      .first_latitude, .first_longitude, .first_altitude_ft, .first_on_ground,
                      .last_latitude, .last_longitude, .last_altitude_ft, .last_on_ground} AS flight,
       properties(v) AS vanished, va.id AS vanished_toward, properties(a) AS appeared, aa.id AS appeared_from,
       [(f)-[:HAS_GAP]->(g) | properties(g)] AS gaps
ORDER BY id
"""
_WRITE_GAPS = "UNWIND $rows AS row MATCH (g:CoverageGap {id: row.id}) SET g.gap_class = row.gap_class"
_WRITE_VANISHED = """
UNWIND $rows AS row MATCH (:Flight {id: row.id})-[v:VANISHED_TOWARD]->() SET v.gap_class = row.gap_class
"""
_WRITE_APPEARED = """
UNWIND $rows AS row MATCH (:Flight {id: row.id})-[a:APPEARED_FROM]->() SET a.gap_class = row.gap_class
"""
_WRITES = {"gap": _WRITE_GAPS, "vanished_toward": _WRITE_VANISHED, "appeared_from": _WRITE_APPEARED}


@dataclass(frozen=True, slots=True)
class _Held:
    """A silence, and what it is of in the graph: a gap's id, or a flight's; "" where it is only evidence."""

    silence: Silence
    kind: str
    id: str


def judge(store: Store, marks: Iterable[Mark]) -> None:
    """Judge the silences of every flight that touches the days of these marks."""
    changed = [(mark.first_day, mark.last_day) for mark in marks if mark.first_day and mark.last_day]
    windows = {window for first, last in changed
               for window in _windows(store, (first - timedelta(days=1), last + timedelta(days=1)))}
    for window in sorted(windows):
        if any(window[0] <= last and first <= window[1] for first, last in changed):
            _judge(store, window)


def days(flight: Flight) -> Days:
    """The first and last UTC day whose traffic bears on a flight's silences."""
    return (flight.first_seen - MARGIN).date(), (flight.last_seen + MARGIN).date()


def _judge(store: Store, window: Days) -> None:
    """Judge the flights that touch just these days, by all the traffic of these days."""
    held = list(_held(store, window))
    if not any(one.id for one in held):
        return
    listening = Listening([one.silence for one in held])
    for track in traffic.tracks(store, window):
        listening.hear(track)
    known = listening.coverage()
    judged = [(one.kind, {"id": one.id, "gap_class": known.judge(one.silence).value})
              for one in held if one.id]
    for start in range(0, len(judged), CHUNK):
        store.write(partial(_write, judged=judged[start:start + CHUNK]))


def _held(store: Store, window: Days) -> Iterator[_Held]:
    """The silences of every flight that touches the days; those of flights of just these days with ids."""
    for flight in _flights(store, window):
        own = days(flight) == window
        for name, silence in silences(flight).items():
            kind, id_ = (name, flight.id) if name in _WRITES else ("gap", f"{flight.id}#g{name}")
            yield _Held(silence, kind, id_ if own else "")


def _write(transaction: neo4j.Transaction, judged: Sequence[tuple[str, dict[str, str]]]) -> None:
    for kind, query in _WRITES.items():
        transaction.run(query, rows=[row for of, row in judged if of == kind]).consume()


def _windows(store: Store, changed: Days) -> set[Days]:
    found = store.read(_WINDOWS, {**traffic.bounds(changed), "margin": MARGIN})
    return {(row["first"].to_native(), row["last"].to_native()) for row in found}


def _flights(store: Store, window: Days) -> Iterator[Flight]:
    after = ""
    while rows := store.read(_FLIGHTS, {**traffic.bounds(window), "after": after, "size": PAGE}):
        yield from map(_flight, rows)
        after = rows[-1]["id"]


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
