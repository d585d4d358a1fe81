"""What was read from one report, sentence by sentence."""

from __future__ import annotations

from datetime import date

from tailgraph.graph import asof, grades
from tailgraph.graph.asof import NOW, When
from tailgraph.graph.evidence.claim import sentences
from tailgraph.graph.evidence.marking import Mark
from tailgraph.graph.evidence.origin import MOST, Origin, origin
from tailgraph.graph.evidence.sources import Sentence, Source, only, rows, source
from tailgraph.graph.grades import Scale
from tailgraph.graph.model import Record
from tailgraph.graph.store import Store

_DOCUMENT = """
MATCH (report:Document {id: $id})
RETURN report {.*} AS report, head([(report)<-[:PUBLISHED]-(p:Publisher) | p.id]) AS publisher,
  COLLECT { MATCH (report)<-[:CONTRIBUTED]-(run:Run) WITH run ORDER BY run.started, run.id
            RETURN run {.*} } AS runs
"""
_REPEATS = """
MATCH path = (:Document {id: $id})-[:REPEATS*1..20]->(other:Document)
WITH other, last(relationships(path)) AS r, length(path) AS steps
WHERE $known_at IS NULL OR date(other.recorded_at) <= $known_at
RETURN other.id AS id, r.method AS method, r.reason AS reason, other.title AS title,
  other.publisher AS publisher, other.published AS published
ORDER BY steps
"""
_REPEATED_BY = """
MATCH (:Document {id: $id})<-[r:REPEATS]-(other:Document)
WHERE $known_at IS NULL OR date(other.recorded_at) <= $known_at
RETURN other.id AS id, r.method AS method, r.reason AS reason, other.title AS title,
  other.publisher AS publisher, other.published AS published
ORDER BY published IS NULL, published, id LIMIT $most
"""
_SENTENCES = """
MATCH (:Document {id: $id})-[:HAS_PASSAGE]->(p:Passage)
RETURN p.id AS id, p.index AS index, p.start AS start, p.end AS end, p.text AS text ORDER BY index
"""
_MENTIONS = """
MATCH (:Document {id: $id})-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-(m:Mention)-[:REFERS_TO]->(e:Entity)
RETURN m.start AS start, m.end AS end, m.text AS words, m.label AS kind, e.id AS entity, m.method AS method,
  m.confidence AS confidence
ORDER BY start, end, kind, entity
"""
_CLAIMS = """
MATCH (:Document {id: $id})-[:HAS_CLAIM]->(c:Claim)
WHERE ($as_of IS NULL OR coalesce(c.event_from, c.published, $as_of) <= $as_of)
RETURN c.id AS id, head([label IN labels(c) WHERE label <> 'Claim']) AS kind, c.status AS status,
  c.happened AS happened, c.sentence AS sentence, c.event_from AS event_from, c.event_to AS event_to,
  [(c)-[:MADE_BY]->(e) | e.name] AS said_by, [(c)-[:DENIED_BY]->(e) | e.name] AS denied_by
ORDER BY kind, c.index
"""


class Named(Record):
    """A mention: words that name an entity, and what found them."""

    number: int
    start: int
    end: int
    words: str | None = None
    kind: str
    entity: str
    method: str | None = None
    confidence: float | None = None


class Said(Record):
    """A claim in short. `said_by` is empty where the report names nobody who says it."""

    id: str
    kind: str
    status: str | None = None
    happened: bool | None = None
    """False for a flight that is told as planned, refused or denied."""
    sentence: str | None = None
    event_from: date | None = None
    event_to: date | None = None
    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


class DocumentEvidence(Record):
    kind: str = "Document"
    id: str
    source: Source
    origin: Origin
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Named, ...] = ()
    claims: tuple[Said, ...] = ()


def document_evidence(store: Store, id_: str, when: When = NOW) -> DocumentEvidence:
    """Sentences, mentions and claims of one document; raises UsageError where there is (was) none such."""
    row = only(rows(store, _DOCUMENT, id=id_), "Document", id_)
    asof.check_known("This report", row["report"].get("recorded_at"), when)
    grade = grades.stands(store, Scale.PUBLISHER, row["publisher"], when.known_until)
    mentions = tuple(Named(number=number, **found)
                     for number, found in enumerate(rows(store, _MENTIONS, id=id_), 1))
    marks = [Mark(role=mention.kind, number=mention.number, start=mention.start, end=mention.end)
             for mention in mentions]
    return DocumentEvidence(
        id=id_, source=source(row["report"], grade, row["runs"]),
        origin=origin(row["report"].get("origin"), rows(store, _REPEATS, id=id_, **when.parameters),
                      rows(store, _REPEATED_BY, id=id_, most=MOST, **when.parameters)),
        sentences=sentences(rows(store, _SENTENCES, id=id_), marks), mentions=mentions,
        claims=tuple(Said(**found) for found in rows(store, _CLAIMS, id=id_, **when.parameters)))
