"""The two sides of a test, as the graph holds them: reported flights and tracked ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import neo4j

from tailgraph.graph.agreement import End, Reported, Tracked
from tailgraph.graph.flight_rows import stored_candidate
from tailgraph.graph.model import Hours, Trilean
from tailgraph.graph.reference import tables
from tailgraph.graph.shape import Label
from tailgraph.graph.whereabouts import Where

_REPORTED = """
UNWIND $ids AS id
MATCH (r:ReportedFlight {id: id})
RETURN r.id AS id, r.event_from AS earliest, r.event_to AS latest, r.published AS published,
       r.night AS night, r.hours AS hours, r.count AS count, r.happened AS happened, r.callsigns AS callsigns,
       [(r)-[:OF_AIRCRAFT]->(a) | a.id] AS aircraft,
       EXISTS { (r)-[:OF_AIRCRAFT {ambiguous: true}]->() } AS ambiguous,
       [(r)-[:OF_TYPE]->(t) | t.id] AS types,
       [(r)-[:FLOWN_BY]->(o) WHERE NOT o:Country | [head([l IN labels(o) WHERE l <> 'Entity']), o.id]]
         AS operators,
       [(r)-[:FLOWN_BY|OF_STATE]->(c:Country) | c.id] AS states,
       [(r)-[:FROM]->(p:Airport) | p.id] AS from_airports, [(r)-[:FROM]->(p:Place) | p.id] AS from_places,
       [(r)-[:FROM]->(p:Country) | p.id] AS from_countries,
       [(r)-[:TO]->(p:Airport) | p.id] AS to_airports, [(r)-[:TO]->(p:Place) | p.id] AS to_places,
       [(r)-[:TO]->(p:Country) | p.id] AS to_countries
"""

# Dated edges of the airframe count where they hold on the day of the flight, or bear no dates.
_TRACKED = """
UNWIND $ids AS id
MATCH (f:Flight {id: id})
WITH f, date(f.first_seen) AS day
WITH f, day, COLLECT { MATCH (f)-[b:BY_AIRCRAFT]->(a) RETURN [a.id, coalesce(b.ambiguous, false)] }
  AS airframes, COLLECT { MATCH (f)-[:BY_AIRCRAFT]->()-[:SAME_AS]-{0,2}(a) RETURN DISTINCT a } AS frames
RETURN f.id AS id, f.first_seen AS first_seen, f.last_seen AS last_seen, f.type_designator AS type,
       f.callsigns AS callsigns, f.night AS night, f.night_at_departure AS night_at_departure,
       f.night_at_arrival AS night_at_arrival, f.first_latitude AS first_latitude,
       f.first_longitude AS first_longitude, f.last_latitude AS last_latitude,
       f.last_longitude AS last_longitude, [frame IN airframes | frame[0]] AS aircraft,
       any(frame IN airframes WHERE frame[1]) AS disputed,
       COLLECT { UNWIND frames AS a MATCH (a)-[t:OF_TYPE]->(x)
                 WHERE (t.from IS NULL OR t.from <= day) AND (t.to IS NULL OR t.to >= day)
                 RETURN x.id } AS types,
       COLLECT { UNWIND frames AS a MATCH (a)-[t:OPERATED_BY]->(x)
                 WHERE (t.from IS NULL OR t.from <= day) AND (t.to IS NULL OR t.to >= day)
                 RETURN x.id } + [(f)-[:FLOWN_BY]->(o) | o.id] AS operators,
       COLLECT { UNWIND frames AS a MATCH (a)-[t:REGISTERED_IN]->(x)
                 WHERE (t.from IS NULL OR t.from <= day) AND (t.to IS NULL OR t.to >= day)
                 RETURN x.id } AS states,
       [(f)-[e:DEPARTED_FROM]->(p) | [p.id, e.method, e.candidates]] AS departed_from,
       [(f)-[e:ARRIVED_AT]->(p) | [p.id, e.method, e.candidates]] AS arrived_at,
       [(f)-[e:APPEARED_FROM]->(p) | [p.id, '', e.candidates]] AS appeared_from,
       [(f)-[e:VANISHED_TOWARD]->(p) | [p.id, '', e.candidates]] AS vanished_toward
"""

_SAME_AS = """
MATCH (member:Entity)-[:SAME_AS]->(one:Entity)
RETURN head([l IN labels(member) WHERE l <> 'Entity']) AS label, member.id AS member, one.id AS one
"""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Same:
    """What is judged to be one, by the canonical id, so that both sides call it the same."""

    canonical: Mapping[tuple[str, str], str]
    """By label and id, of those only that are not canonical themselves."""

    def one(self, label: Label, id_: str) -> str:
        return self.canonical.get((label, id_), id_)

    def all(self, label: Label, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(self.one(label, id_) for id_ in ids)


def same(transaction: neo4j.Transaction) -> Same:
    """What is judged to be one now."""
    return Same({(row["label"], row["member"]): row["one"] for row in transaction.run(_SAME_AS)})


def reported(transaction: neo4j.Transaction, ids: Sequence[str], same: Same) -> list[Reported]:
    """The reported flights of these ids, in their order."""
    found = {record["id"]: _reported(record, same) for record in transaction.run(_REPORTED, ids=list(ids))}
    return [found[id_] for id_ in ids if id_ in found]


def tracked(transaction: neo4j.Transaction, ids: Iterable[str], same: Same) -> dict[str, Tracked]:
    """The tracked flights of these ids, by id."""
    wanted = sorted(ids)
    found = transaction.run(_TRACKED, ids=wanted) if wanted else ()
    return {record["id"]: _tracked(record, same) for record in found}


def _reported(record: Record, same: Same) -> Reported:
    aircraft = same.all(Label.AIRCRAFT, record["aircraft"])
    told = 1 if record["ambiguous"] else len(aircraft)
    return Reported(
        id=record["id"], aircraft=aircraft, types=frozenset(record["types"]),
        operators=frozenset(same.one(Label(label), id_) for label, id_ in record["operators"]),
        states=frozenset(record["states"]), origin=_where(record, "from", same),
        destination=_where(record, "to", same), earliest=_native(record["earliest"]),
        latest=_native(record["latest"]), published=_native(record["published"]), night=record["night"],
        hours=tuple(map(Hours.read, record["hours"] or ())),
        how_many=max(1, record["count"] or 1, told), happened=record["happened"] is not False,
        callsigns=frozenset(record["callsigns"] or ()))


def _where(record: Record, end: str, same: Same) -> Where:
    return Where(same.all(Label.AIRPORT, record[f"{end}_airports"]),
                 same.all(Label.PLACE, record[f"{end}_places"]), frozenset(record[f"{end}_countries"]))


def _tracked(record: Record, same: Same) -> Tracked:
    aircraft = same.all(Label.AIRCRAFT, record["aircraft"])
    callsigns = frozenset(record["callsigns"] or ())
    return Tracked(
        id=record["id"], first_seen=_native(record["first_seen"]), last_seen=_native(record["last_seen"]),
        aircraft=aircraft, is_disputed=record["disputed"] or len(aircraft) > 1,
        types=frozenset([*record["types"], *filter(None, [record["type"]])]),
        operators=same.all(Label.OPERATOR, [*record["operators"], *_heard(callsigns)]),
        states=frozenset(record["states"]),
        departure=_end(record["departed_from"], record["appeared_from"], same),
        arrival=_end(record["arrived_at"], record["vanished_toward"], same),
        night=Trilean(record["night"] or Trilean.INDETERMINATE),
        night_at_ends=frozenset(Trilean(end) for end in (
            record["night_at_departure"], record["night_at_arrival"]) if end),
        callsigns=callsigns, first_position=(record["first_latitude"], record["first_longitude"]),
        last_position=(record["last_latitude"], record["last_longitude"]))


def _end(known: Sequence[list[Any]], pointed: Sequence[list[Any]], same: Same) -> End | None:
    for ends, is_known in ((known, True), (pointed, False)):
        if ends:
            airport, method, candidates = min(ends, key=lambda end: str(end[0]))
            scores = {same.one(Label.AIRPORT, found.airport): found.score
                      for found in map(stored_candidate, candidates or ())}
            one = same.one(Label.AIRPORT, airport)
            return End(one, is_known, method or "", _likely(scores), scores.get(one))
    return None


def _likely(scores: Mapping[str, float]) -> tuple[str, ...]:
    """Those that score at least half of the best; others are mere chances."""
    best = max(scores.values(), default=0.0)
    return tuple(airport for airport, score in scores.items() if score >= best / 2)


def _heard(callsigns: Iterable[str]) -> frozenset[str]:
    """Operators by the three-letter codes that call signs begin with."""
    return frozenset(_operator_codes()[sign[:3]] for sign in callsigns
                     if sign[:3] in _operator_codes() and sign[3:4].isdigit())


@cache
def _operator_codes() -> dict[str, str]:
    return {operator.icao: name for name, operator in tables.operators().items() if operator.icao}


def _native(value: Any) -> Any:
    """Neo4j's dates and instants as Python's."""
    return value.to_native() if hasattr(value, "to_native") else value
