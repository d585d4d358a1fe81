"""Tests every reported flight against the tracked ones and writes what came of it.

The outcome is a function of what the graph holds: it does not matter which side came first, and running it
again changes nothing. Batches of reported flights are read, judged and written in one transaction each,
under one lock, so that of several processes the last one has seen what all have committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import neo4j

from tailgraph.graph import comparison, schema
from tailgraph.graph.agreement import End, Reported, Tracked
from tailgraph.graph.comparison import Tested
from tailgraph.graph.flight_rows import stored_candidate
from tailgraph.graph.model import Trilean, Verdict
from tailgraph.graph.reference import tables
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store
from tailgraph.graph.whereabouts import Where, country_of

BATCH = 500
_NARROW = timedelta(days=22)
"""Windows up to this width are looked up by time, wider ones by place."""

_REPORTED = """
MATCH (r:ReportedFlight) WHERE r.id > $after
WITH r ORDER BY r.id LIMIT $size
RETURN r.id AS id, r.event_from AS earliest, r.event_to AS latest, r.published AS published,
       r.night AS night, r.count AS count, r.happened AS happened, r.callsigns AS callsigns,
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

_OF_AIRCRAFT = """
UNWIND $rows AS row
MATCH (:Aircraft {id: row.value})<-[:SAME_AS]-{0,1}(:Aircraft)<-[:BY_AIRCRAFT]-(f:Flight)
WHERE f.first_seen <= row.until AND f.last_seen >= row.since
RETURN row.id AS reported, f.id AS flight
"""

_IN_TIME = """
UNWIND $rows AS row
MATCH (f:Flight) WHERE f.first_seen >= row.since AND f.first_seen <= row.until
WITH row, f WHERE any(sign IN f.callsigns WHERE sign IN row.callsigns) OR EXISTS {
  (f)-[:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(:Airport)-[:IN_COUNTRY]->(c:Country)
  WHERE c.id IN row.countries }
RETURN row.id AS reported, f.id AS flight
"""

_AT_PLACE = """
UNWIND $rows AS row
UNWIND row.countries AS country
MATCH (:Country {id: country})<-[:IN_COUNTRY]-(:Airport)
      <-[:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]-(f:Flight)
WHERE f.first_seen >= row.since AND f.first_seen <= row.until
RETURN DISTINCT row.id AS reported, f.id AS flight
"""

# Dated edges of the airframe count where they hold on the day of the flight, or bear no dates.
_TRACKED = """
UNWIND $ids AS id
MATCH (f:Flight {id: id})
WITH f, date(f.first_seen) AS day
WITH f, day, COLLECT { MATCH (f)-[b:BY_AIRCRAFT]->(a) RETURN [a.id, coalesce(b.ambiguous, false)] }
  AS airframes
RETURN f.id AS id, f.first_seen AS first_seen, f.last_seen AS last_seen, f.type_designator AS type,
       f.callsigns AS callsigns, f.night AS night, f.night_at_departure AS night_at_departure,
       f.night_at_arrival AS night_at_arrival, f.first_latitude AS first_latitude,
       f.first_longitude AS first_longitude, f.last_latitude AS last_latitude,
       f.last_longitude AS last_longitude, [frame IN airframes | frame[0]] AS aircraft,
       any(frame IN airframes WHERE frame[1]) AS disputed,
       COLLECT { MATCH (f)-[:BY_AIRCRAFT]->()-[:SAME_AS]-{0,2}()-[t:OF_TYPE]->(x)
                 WHERE (t.from IS NULL OR t.from <= day) AND (t.to IS NULL OR t.to >= day)
                 RETURN x.id } AS types,
       COLLECT { MATCH (f)-[:BY_AIRCRAFT]->()-[:SAME_AS]-{0,2}()-[t:OPERATED_BY]->(x)
                 WHERE (t.from IS NULL OR t.from <= day) AND (t.to IS NULL OR t.to >= day)
                 RETURN x.id } + [(f)-[:FLOWN_BY]->(o) | o.id] AS operators,
       COLLECT { MATCH (f)-[:BY_AIRCRAFT]->()-[:SAME_AS]-{0,2}()-[t:REGISTERED_IN]->(x)
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

_EXISTING = """
UNWIND $ids AS id
MATCH (:ReportedFlight {id: id})-[t:TESTED_AGAINST]->(f:Flight)
RETURN id AS reported, f.id AS flight, properties(t) AS properties
"""

_DELETE = """
UNWIND $rows AS row
MATCH (:ReportedFlight {id: row.start})-[t:TESTED_AGAINST]->(:Flight {id: row.end})
DELETE t
"""

Record = Mapping[str, Any]
Pairs = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """How many reported flights there are, by the verdict on their best match, and what changed."""

    reported: int = 0
    supported: int = 0
    contradicted: int = 0
    untestable: int = 0
    without_track: int = 0
    not_happened: int = 0
    changed: int = 0
    """Relationships written or deleted."""

    def __add__(self, other: LinkSummary) -> LinkSummary:
        return LinkSummary(*(mine + theirs for mine, theirs in zip(
            asdict(self).values(), asdict(other).values(), strict=True)))


def link(store: Store) -> LinkSummary:
    """Bring every TESTED_AGAINST relationship in line with what the graph holds now."""
    total = LinkSummary()
    after: str | None = ""
    while after is not None:
        after, summary = store.write(partial(_link_batch, after=after))
        total += summary
    return total


def _link_batch(transaction: neo4j.Transaction, after: str) -> tuple[str | None, LinkSummary]:
    """Judge the next reported flights; returns the last id, None where there are no more."""
    transaction.run(schema.lock(Label.META), ids=["schema"]).consume()
    same = _Same({(row["label"], row["member"]): row["one"] for row in transaction.run(_SAME_AS)})
    batch = [_reported(record, same) for record in transaction.run(_REPORTED, after=after, size=BATCH)]
    if not batch:
        return None, LinkSummary()
    outcomes = _judge(transaction, batch, same)
    changed = _write(transaction, [reported.id for reported in batch], outcomes)
    return batch[-1].id, _summary(batch, outcomes, changed)


def _judge(transaction: neo4j.Transaction, batch: Sequence[Reported], same: _Same) -> dict[str, list[Tested]]:
    candidates = _candidates(transaction, batch)
    ids = sorted({flight for flights in candidates.values() for flight in flights})
    found = transaction.run(_TRACKED, ids=ids) if ids else ()
    tracked = {record["id"]: _tracked(record, same) for record in found}
    return {reported.id: comparison.test(reported, [tracked[id_] for id_ in candidates.get(reported.id, ())])
            for reported in batch}


# --- candidates --------------------------------------------------------------------------------------------


def _candidates(transaction: neo4j.Transaction, batch: Sequence[Reported]) -> dict[str, set[str]]:
    """Ids of the flights that bear on each reported flight: of its airframes, or there and then."""
    found: dict[str, set[str]] = {}
    for statement, rows in ((_OF_AIRCRAFT, list(_by_aircraft(batch))),
                            (_IN_TIME, list(_by_place(batch, narrow=True))),
                            (_AT_PLACE, list(_by_place(batch, narrow=False)))):
        for record in transaction.run(statement, rows=rows) if rows else ():
            found.setdefault(record["reported"], set()).add(record["flight"])
    return found


def _by_aircraft(batch: Iterable[Reported]) -> Iterator[dict[str, Any]]:
    for reported in batch:
        window = comparison.window(reported)
        if window and reported.happened:
            for aircraft in sorted(reported.aircraft):
                yield {"id": reported.id, "value": aircraft, "since": window[0], "until": window[1]}


def _by_place(batch: Iterable[Reported], *, narrow: bool) -> Iterator[dict[str, Any]]:
    for reported in batch:
        window = comparison.window(reported)
        named = reported.types or reported.operators or reported.states or reported.callsigns
        if not window or not reported.happened or not named or (window[1] - window[0] <= _NARROW) != narrow:
            continue
        countries = _countries(reported.destination) or _countries(reported.origin)
        yield {"id": reported.id, "countries": sorted(countries), "callsigns": sorted(reported.callsigns),
               "since": window[0], "until": window[1]}


def _countries(where: Where) -> set[str]:
    """The countries in which an end may lie."""
    places = {place.partition("/")[0] for place in where.places}
    return {country for country in (*map(country_of, where.airports), *places, *where.countries) if country}


# --- records -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Same:
    """What is judged to be one, by the canonical id, so that both sides call it the same."""

    canonical: Mapping[tuple[str, str], str]
    """By label and id, of those only that are not canonical themselves."""

    def one(self, label: Label, id_: str) -> str:
        return self.canonical.get((label, id_), id_)

    def all(self, label: Label, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(self.one(label, id_) for id_ in ids)


def _reported(record: Record, same: _Same) -> Reported:
    aircraft = same.all(Label.AIRCRAFT, record["aircraft"])
    told = 1 if record["ambiguous"] else len(aircraft)
    return Reported(
        id=record["id"], aircraft=aircraft, types=frozenset(record["types"]),
        operators=frozenset(same.one(Label(label), id_) for label, id_ in record["operators"]),
        states=frozenset(record["states"]), origin=_where(record, "from", same),
        destination=_where(record, "to", same), earliest=_native(record["earliest"]),
        latest=_native(record["latest"]), published=_native(record["published"]), night=record["night"],
        how_many=max(1, record["count"] or 1, told), happened=record["happened"] is not False,
        callsigns=frozenset(record["callsigns"] or ()))


def _where(record: Record, end: str, same: _Same) -> Where:
    return Where(same.all(Label.AIRPORT, record[f"{end}_airports"]),
                 same.all(Label.PLACE, record[f"{end}_places"]), frozenset(record[f"{end}_countries"]))


def _tracked(record: Record, same: _Same) -> Tracked:
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


def _end(known: Sequence[list[Any]], pointed: Sequence[list[Any]], same: _Same) -> End | None:
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
    codes = {operator.icao: name for name, operator in tables.operators().items() if operator.icao}
    return frozenset(codes[sign[:3]] for sign in callsigns if sign[:3] in codes and sign[3:4].isdigit())


def _native(value: Any) -> Any:
    """Neo4j's dates and instants as Python's."""
    return value.to_native() if hasattr(value, "to_native") else value


# --- writing -----------------------------------------------------------------------------------------------


def _write(transaction: neo4j.Transaction, ids: Sequence[str], outcomes: Mapping[str, list[Tested]]) -> int:
    """Replace what differs; returns how many relationships that were."""
    wanted: Pairs = {(reported, tested.flight): _properties(tested)
                     for reported, all_tested in outcomes.items() for tested in all_tested}
    existing: Pairs = {(record["reported"], record["flight"]): record["properties"]
                       for record in transaction.run(_EXISTING, ids=list(ids))}
    stale = [{"start": start, "end": end} for start, end in sorted(existing.keys() - wanted.keys())]
    fresh = [{"start": start, "end": end, "properties": wanted[start, end]}
             for start, end in sorted(wanted) if existing.get((start, end)) != wanted[start, end]]
    # (:ReportedFlight)-[:TESTED_AGAINST]->(:Flight)
    if stale:
        transaction.run(_DELETE, rows=stale).consume()
    if fresh:
        merge = schema.merge_edges(Type.TESTED_AGAINST, Label.REPORTED_FLIGHT, Label.FLIGHT, keyed=False)
        transaction.run(merge, rows=fresh).consume()
    return len(stale) + len(fresh)


def _properties(tested: Tested) -> dict[str, Any]:
    values = {name: str(value) if isinstance(value, Verdict) else value for name, value in asdict(
        tested).items()}
    del values["flight"]
    return values


def _summary(batch: Sequence[Reported], outcomes: Mapping[str, list[Tested]], changed: int) -> LinkSummary:
    best = [outcomes[reported.id][0].verdict for reported in batch if outcomes[reported.id]]
    planned = sum(not reported.happened for reported in batch)
    return LinkSummary(
        reported=len(batch), supported=best.count(Verdict.SUPPORTED),
        contradicted=best.count(Verdict.CONTRADICTED), untestable=best.count(Verdict.UNTESTABLE),
        without_track=len(batch) - len(best) - planned, not_happened=planned, changed=changed)
