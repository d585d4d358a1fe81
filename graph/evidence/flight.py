"""What a tracked flight rests on: files, how its aircraft and its ends are known, what reports say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tailgraph.graph import asof
from tailgraph.graph.asof import NOW, When
from tailgraph.graph.evidence.claim import PARTS
from tailgraph.graph.evidence.sources import Contribution, Statement, contributions, only, picked, rows
from tailgraph.graph.model import Record
from tailgraph.graph.store import Row, Store

MOST_TESTS = 50

_FLIGHT = "MATCH (f:Flight {id: $id}) RETURN f {.*} AS flight"
_AIRCRAFT = """
MATCH (:Flight {id: $id})-[by:BY_AIRCRAFT]->(a:Aircraft)
RETURN a.id AS id, by.method AS method, coalesce(by.ambiguous, false) AS is_disputed,
  COLLECT { MATCH (a)-[same:SAME_AS|HELD_SAME_AS
      WHERE ($known_at IS NULL AND same.known_from IS NULL)
         OR same.known_from <= $known_at < same.known_to]-{1,2}(o)
    RETURN o.id AS id ORDER BY id } AS same_as,
  COLLECT { MATCH (a)-[s:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(e)
            WHERE $known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table})
                WHERE date(k.recorded_at) > $known_at }
              AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)})
                  WHERE date(k.recorded_at) > $known_at }
            WITH s, e ORDER BY type(s), e.id, s.key
            RETURN {type: type(s), kind: head([l IN labels(e) WHERE l <> 'Entity']), id: e.id, name: e.name,
                    source: s.source, method: s.method, since: s.from, until: s.to,
                    address: s.address, table: s.table,
                    row: toInteger(split(s.key, s.table + '/')[1])} } AS statements
ORDER BY id
"""
_OPERATORS = """
MATCH (:Flight {id: $id})-[by:FLOWN_BY]->(o:Operator)
RETURN o.id AS id, by.method AS method ORDER BY id
"""
_ENDS = """
MATCH (:Flight {id: $id})-[e:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(a:Airport)
RETURN type(e) AS type, a.id AS airport, a.name AS name, a.city AS city, e {.*} AS edge
ORDER BY e.earliest, type, airport
"""
_GAPS = "MATCH (:Flight {id: $id})-[:HAS_GAP]->(g:CoverageGap) RETURN g {.*} AS gap ORDER BY g.index"
_OVERFLEW = """
MATCH (:Flight {id: $id})-[o:OVERFLEW]->(c:Country)
RETURN c.id AS country, c.name AS name, o.method AS method, o.entered_after AS entered_after,
  o.entered_by AS entered_by, o.left_after AS left_after, o.left_by AS left_by
ORDER BY o.index
"""
_FILES = """
MATCH (:Flight {id: $id})-[:DERIVED_FROM]->(t:Track)<-[:HAS_TRACK]-(file:TrackFile)
RETURN file {.*} AS file, t.id AS track, t.positions AS positions, t.first_seen AS first_seen,
  t.last_seen AS last_seen,
  COLLECT { MATCH (file)<-[:CONTRIBUTED]-(run:Run) WITH run ORDER BY run.started, run.id
            RETURN run {.*} } AS runs
ORDER BY file.id
"""
_TESTS = """
MATCH (r:ReportedFlight)-[test:TESTED_AGAINST]->(:Flight {id: $id})
WHERE ($as_of IS NULL OR coalesce(r.event_from, r.published, $as_of) <= $as_of)
  AND ($known_at IS NULL OR EXISTS { (r)<-[:HAS_CLAIM]-(k:Document)
                                       WHERE date(k.recorded_at) <= $known_at })
WITH r, test ORDER BY test.rank, r.id LIMIT $most
MATCH (r)<-[:HAS_CLAIM]-(d:Document)
RETURN r.id AS claim, r.sentence AS sentence, d.title AS title, d.publisher AS publisher, test {.*} AS test
ORDER BY test.rank, claim
"""


class Airframe(Record):
    """The aircraft, by which method it is known to be this one, and what sources say of it."""

    id: str
    method: str | None = None
    is_disputed: bool = False
    same_as: tuple[str, ...] = ()
    """What it is judged to be one with."""
    statements: tuple[Statement, ...] = ()


class FlownBy(Record):
    id: str
    method: str | None = None


class End(Record):
    """One end of it. VANISHED_TOWARD and APPEARED_FROM are directions: never a landing, never a take-off."""

    type: str
    airport: str
    name: str | None = None
    city: str | None = None
    method: str | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    distance_nm: float | None = None
    bearing_deg: float | None = None
    gap_class: str | None = None
    candidates: tuple[str, ...] = ()
    """AIRPORT DISTANCE SCORE of each airport that was weighed."""


class Silence(Record):
    """A stretch without positions: its class never says that a transponder was switched off."""

    id: str
    before_time: datetime
    before_latitude: float | None = None
    before_longitude: float | None = None
    after_time: datetime
    after_latitude: float | None = None
    after_longitude: float | None = None
    excess_s: float | None = None
    gap_class: str


class Over(Record):
    country: str
    name: str | None = None
    method: str | None = None
    entered_after: datetime | None = None
    entered_by: datetime | None = None
    left_after: datetime | None = None
    left_by: datetime | None = None


class File(Record):
    """A track file behind the flight. `positions` are all those of this aircraft in it."""

    id: str
    name: str | None = None
    format: str | None = None
    track: str
    positions: int | None = None
    first_seen: datetime
    last_seen: datetime
    recorded_at: datetime | None = None
    runs: tuple[Contribution, ...] = ()


class ToldOf(Record):
    """A reported flight (a claim) that was tested against this one."""

    claim: str
    sentence: str | None = None
    title: str | None = None
    publisher: str | None = None
    rank: int | None = None
    verdict: str
    method: str | None = None
    reason: str
    parts: dict[str, str]


class FlightEvidence(Record):
    kind: str = "Flight"
    id: str
    values: dict[str, Any]
    """The node's own properties: addresses, call signs with times, first and last position, night."""
    airframes: tuple[Airframe, ...] = ()
    operators: tuple[FlownBy, ...] = ()
    ends: tuple[End, ...] = ()
    gaps: tuple[Silence, ...] = ()
    overflew: tuple[Over, ...] = ()
    files: tuple[File, ...] = ()
    reported: tuple[ToldOf, ...] = ()


def flight_evidence(store: Store, id_: str, when: When = NOW) -> FlightEvidence:
    """Everything behind one flight; raises UsageError where there is none of that id, or was none as it is
    now: one that a later file completed was another one then."""
    flight = only(rows(store, _FLIGHT, id=id_), "Flight", id_)["flight"]
    files = tuple(file(row) for row in rows(store, _FILES, id=id_))
    for one in files:
        asof.check_known("This flight, as it is now,", one.recorded_at, when)
    asof.check_told("This flight", flight["first_seen"].date(), when)
    return FlightEvidence(
        id=id_, values={name: flight[name] for name in sorted(flight) if name not in ("id", "checksum")},
        airframes=tuple(Airframe(**row) for row in rows(store, _AIRCRAFT, id=id_, **when.parameters)),
        operators=tuple(FlownBy(**row) for row in rows(store, _OPERATORS, id=id_)),
        ends=tuple(_end(row) for row in rows(store, _ENDS, id=id_)),
        gaps=tuple(Silence(**picked(Silence, row["gap"])) for row in rows(store, _GAPS, id=id_)),
        overflew=tuple(Over(**row) for row in rows(store, _OVERFLEW, id=id_)),
        files=files, reported=tuple(_told_of(row) for row in rows(
            store, _TESTS, id=id_, most=MOST_TESTS, **when.parameters)))


def _end(row: Row) -> End:
    edge = {**row["edge"], "candidates": tuple(row["edge"].get("candidates") or ())}
    return End(type=row["type"], airport=row["airport"], name=row["name"], city=row["city"], **edge)


def file(row: Row) -> File:
    """A track file with what it holds of one aircraft, from a row of `file`, its track's values and runs."""
    values = {name: row["file"].get(name) for name in ("id", "name", "format", "recorded_at")}
    return File(**values, track=row["track"], positions=row["positions"], first_seen=row["first_seen"],
                last_seen=row["last_seen"], runs=contributions(row["runs"]))


def _told_of(row: Row) -> ToldOf:
    test = row.pop("test")
    return ToldOf(**row, **{name: test.get(name) for name in ("rank", "verdict", "method", "reason")},
                  parts={part: test[part] for part in PARTS if test.get(part)})
