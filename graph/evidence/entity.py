"""What is known of an entity and of all that is judged to be the same, and apart from that: what is said.

Facts are edges that a table, a rule or a track says, each with its source. Claims never mix with them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from tailgraph.graph import asof, schema
from tailgraph.graph.asof import NOW, When
from tailgraph.graph.evidence.claim import sentences
from tailgraph.graph.evidence.document import Said
from tailgraph.graph.evidence.marking import Mark
from tailgraph.graph.evidence.sameness import Sameness, sameness
from tailgraph.graph.evidence.sources import Sentence, Statement, only, rows
from tailgraph.graph.model import Record
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Row, Store

MOST = 20
"""At most this many documents, claims of a role, flights, incoming statements are listed; all are counted."""
SENTENCES = 2
"""Of each document, at most this many sentences that mention the entity are shown."""

_STATEMENTS = """
MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e)
MATCH (e)-[s]->(o) WHERE s.source IS NOT NULL
  AND ($as_of IS NULL OR ((s.from IS NULL OR s.from <= $as_of)
                         AND (s.to IS NULL OR s.to >= $as_of)))
  AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table})
      WHERE date(k.recorded_at) > $known_at }
       AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)})
           WHERE date(k.recorded_at) > $known_at })
RETURN nullIf(e.id, $id) AS of, type(s) AS type,
  head([label IN labels(o) WHERE label <> 'Entity']) AS kind, o.id AS id, o.name AS name, s.source AS source,
  s.method AS method, s.from AS since, s.to AS until, s.address AS address,
  s.table AS table, toInteger(split(s.key, s.table + '/')[1]) AS row, false AS is_incoming
ORDER BY type, since, kind, id, source
"""
_INCOMING = """
MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e)
MATCH (e)<-[s:OF_TYPE|OPERATED_BY|REGISTERED_IN|OF_COUNTRY|IN_COUNTRY]-(o:Entity) WHERE s.source IS NOT NULL
  AND ($as_of IS NULL OR ((s.from IS NULL OR s.from <= $as_of)
                         AND (s.to IS NULL OR s.to >= $as_of)))
  AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table})
      WHERE date(k.recorded_at) > $known_at }
       AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)})
           WHERE date(k.recorded_at) > $known_at })
WITH e, s, o ORDER BY type(s), o.id, s.source
WITH count(*) AS count, collect([s, o, e])[..$most] AS found
UNWIND found AS one
WITH count, one[0] AS s, one[1] AS o, one[2] AS e
RETURN nullIf(e.id, $id) AS of, count, type(s) AS type,
  head([label IN labels(o) WHERE label <> 'Entity']) AS kind, o.id AS id, o.name AS name, s.source AS source,
  s.method AS method, s.from AS since, s.to AS until, s.address AS address,
  s.table AS table, toInteger(split(s.key, s.table + '/')[1]) AS row, true AS is_incoming
"""
_MENTIONS = """
MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e)
MATCH (e)<-[:REFERS_TO]-(m:Mention)
WITH m.document AS document, count(*) AS count
WHERE $known_at IS NULL OR EXISTS { MATCH (k:Document {id: document}) WHERE date(k.recorded_at) <= $known_at }
WITH sum(count) AS mentions, collect({id: document, count: count}) AS documents
UNWIND documents AS found
MATCH (d:Document {id: found.id})
RETURN mentions, size(documents) AS documents, d.id AS id, d.title AS title, d.publisher AS publisher,
  d.published AS published, found.count AS count
ORDER BY published IS NULL, published DESC, id LIMIT $most
"""
# A report may name it in a claim alone ("the unit", "it"), and a claim in several slots.
_NAMING = """
MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e)
CALL (e) {
  MATCH (e)<-[:REFERS_TO]-(m:Mention) RETURN m.document AS report, null AS claim
  UNION
  MATCH (e)<--(c:Claim) WHERE $as_of IS NULL OR coalesce(c.event_from, c.published, $as_of) <= $as_of
  RETURN c.document AS report, c.id AS claim
}
WITH report, claim
WHERE $known_at IS NULL OR EXISTS { MATCH (k:Document {id: report}) WHERE date(k.recorded_at) <= $known_at }
RETURN count(DISTINCT report) AS reports, count(DISTINCT claim) AS said
"""
_WHERE = """
UNWIND $documents AS document
MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e)
MATCH (:Document {id: document})-[:HAS_PASSAGE]->(p:Passage)<-[:IN_PASSAGE]-(m:Mention)-[:REFERS_TO]->(e)
WITH document, p, collect([m.start, m.end]) AS spans ORDER BY p.index
WITH document, collect(p {.id, .index, .start, .end, .text, spans: spans})[..$most] AS passages
RETURN document, passages
"""
_CLAIMS = """
MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e)
MATCH (e)<-[slot]-(c:Claim)
WHERE ($as_of IS NULL OR coalesce(c.event_from, c.published, $as_of) <= $as_of)
  AND ($known_at IS NULL OR EXISTS { (c)<-[:HAS_CLAIM]-(k:Document)
                                       WHERE date(k.recorded_at) <= $known_at })
WITH type(slot) AS role, c, coalesce(slot.ambiguous, false) AS is_open, nullIf(e.id, $id) AS of
ORDER BY c.published IS NULL, c.published DESC, c.id
WITH role, count(*) AS count, collect([c, is_open, of])[..$most] AS found
UNWIND found AS one
WITH role, count, one[0] AS c, one[1] AS is_open, one[2] AS of
RETURN role, of, count, is_open, c.id AS id, head([label IN labels(c) WHERE label <> 'Claim']) AS kind,
  c.status AS status, c.happened AS happened, c.sentence AS sentence, c.event_from AS event_from,
  c.event_to AS event_to,
  COLLECT { MATCH (c)-[:MADE_BY]->(x) RETURN DISTINCT x.name AS name ORDER BY name } AS said_by,
  COLLECT { MATCH (c)-[:DENIED_BY]->(x) RETURN DISTINCT x.name AS name ORDER BY name } AS denied_by,
  COLLECT { MATCH (c)-[t:TESTED_AGAINST {rank: 1}]->(f) WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
              AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k)
                                                      WHERE date(k.recorded_at) > $known_at })
            RETURN t.verdict + ': ' + f.id }[0] AS track
ORDER BY role, c.published IS NULL, c.published DESC, id
"""
# A type or unit has flights through airframes of which a source says on that day that they are its own.
_FLIGHTS = """
CALL () {
  MATCH (e:Entity)<-[r]-(f:Flight) WHERE e.id IN $ids AND $label IN labels(e)
  RETURN f, type(r) AS how, nullIf(e.id, $id) AS through
  UNION
  MATCH (e:Entity)<-[r:OF_TYPE|OPERATED_BY]-(a:Aircraft)
    -[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL)
                                   OR same.known_from <= $known_at < same.known_to]-{0,2}()
    <-[:BY_AIRCRAFT]-(f:Flight)
  WHERE e.id IN $ids AND $label IN labels(e) AND (r.from IS NULL OR r.from <= date(f.first_seen))
    AND (r.to IS NULL OR r.to >= date(f.first_seen))
  RETURN f, type(r) AS how, a.id AS through
}
WITH f, how, through
WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
  AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k)
                                          WHERE date(k.recorded_at) > $known_at })
WITH f, how, through ORDER BY f.first_seen DESC, f.id, how
WITH count(DISTINCT f) AS count, collect([f, how, through])[..$most] AS found
UNWIND found AS one
WITH count, one[0] AS f, one[1] AS how, one[2] AS through
RETURN count, f.id AS id, how, through, f.first_seen AS first_seen, f.last_seen AS last_seen,
  f.night AS night,
  COLLECT { MATCH (f)-[e:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(a)
            WITH e, a ORDER BY e.earliest, type(e)
            RETURN CASE type(e) WHEN 'APPEARED_FROM' THEN 'appeared from the direction of'
                   ELSE toLower(replace(type(e), '_', ' ')) END + ' ' + coalesce(a.city, a.name)
              + ' (' + a.id + ')' } AS ends
"""


class MentionedIn(Record):
    """How often a document names the entity, and the first sentences that do."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    count: int
    sentences: tuple[Sentence, ...] = ()


class SaidOf(Said):
    """A claim in which the entity stands, and as what."""

    role: str
    is_open: bool = False
    of: str | None = None
    """The entity that stands in it, where it is another one that is judged to be the same."""
    track: str | None = None
    """Verdict and id of the tracked flight that fits best."""


class Flew(Record):
    """A tracked flight: how it belongs to the entity, and through which airframe."""

    id: str
    how: str
    through: str | None = None
    first_seen: datetime
    last_seen: datetime
    night: str | None = None
    ends: tuple[str, ...] = ()


class Counts(Record):
    """How many there are, where only some are listed."""

    incoming: int = 0
    reports: int = 0
    """Those that name it, be it in a claim alone."""
    mentions: int = 0
    documents: int = 0
    """Those that the mentions stand in."""
    said: int = 0
    """Claims: one in which it has several roles counts once."""
    claims: dict[str, int] = Field(default_factory=dict)
    """By role."""
    flights: int = 0


class EntityEvidence(Record):
    kind: str
    id: str
    values: dict[str, Any]
    counts: Counts
    facts: tuple[Statement, ...] = ()
    sameness: Sameness = Sameness()
    flights: tuple[Flew, ...] = ()
    claims: tuple[SaidOf, ...] = ()
    mentions: tuple[MentionedIn, ...] = ()


def entity_evidence(store: Store, label: Label, id_: str, when: When = NOW) -> EntityEvidence:
    """Facts, flights, claims and mentions of one entity, and of what it is (was then) judged to be; raises
    UsageError where it is not there, or was not then."""
    values = only(rows(store, schema.properties(label), id=id_), label, id_)["properties"]
    if made := values.get("recorded_at"):
        asof.check_known(f"{label} {id_}", made, when)
    same = sameness(store, (label, id_), when)
    asked: dict[str, Any] = {"id": id_, "label": label.value, "ids": [id_, *same.merged_with],
                             **when.parameters}
    incoming, claims, flights, documents = (
        rows(store, query, **asked, most=MOST) for query in (_INCOMING, _CLAIMS, _FLIGHTS, _MENTIONS))
    naming = rows(store, _NAMING, **asked)[0]
    counts = Counts(**naming, incoming=_first(incoming, "count"), flights=_first(flights, "count"),
                    mentions=_first(documents, "mentions"), documents=_first(documents, "documents"),
                    claims={row["role"]: row["count"] for row in claims})
    return EntityEvidence(
        kind=label, id=id_, counts=counts, sameness=same,
        values={name: values[name] for name in values if name != "id"},
        facts=tuple(Statement(**_without(row, "count"))
                    for row in (*rows(store, _STATEMENTS, **asked), *incoming)),
        flights=tuple(Flew(**_without(row, "count")) for row in flights),
        claims=tuple(SaidOf(**_without(row, "count")) for row in claims),
        mentions=_mentioned(store, documents, asked))


def _first(found: list[Row], name: str) -> int:
    return int(found[0][name]) if found else 0


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _mentioned(store: Store, documents: list[Row], asked: dict[str, Any]) -> tuple[MentionedIn, ...]:
    found = rows(store, _WHERE, **asked, documents=[row["id"] for row in documents], most=SENTENCES)
    passages = {row["document"]: row["passages"] for row in found}
    return tuple(MentionedIn(**_without(row, "mentions", "documents"), sentences=tuple(
        _sentence(passage, asked["label"]) for passage in passages.get(row["id"], ()))) for row in documents)


def _sentence(passage: Row, role: str) -> Sentence:
    marks = [Mark(role=role, start=start, end=end) for start, end in passage.pop("spans")]
    return sentences([passage], marks)[0]
