"""What an allegation or a reported flight rests on, slot by slot, and what the tracks say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tailgraph.graph import asof, grades
from tailgraph.graph.asof import NOW, When
from tailgraph.graph.evidence.marking import Mark, stretches
from tailgraph.graph.evidence.origin import MOST, Origin, origin
from tailgraph.graph.evidence.sources import Sentence, Source, content, only, rows, source
from tailgraph.graph.grades import Grade, Scale
from tailgraph.graph.model import Record
from tailgraph.graph.store import Row, Store

_CLAIM = """
MATCH (claim:Claim {id: $id})<-[:HAS_CLAIM]-(report:Document)
RETURN head([label IN labels(claim) WHERE label <> 'Claim']) AS kind, claim {.*} AS claim,
  report {.*} AS report, head([(report)<-[:PUBLISHED]-(p:Publisher) | p.id]) AS publisher,
  COLLECT { MATCH (report)<-[:CONTRIBUTED]-(run:Run) WITH run ORDER BY run.started, run.id
            RETURN run {.*} } AS runs
"""
_FILLERS = """
MATCH (:Claim {id: $id})-[slot]->(filler:Entity)
RETURN type(slot) AS role, head([label IN labels(filler) WHERE label <> 'Entity']) AS kind, filler.id AS id,
  filler.name AS name, slot.start AS start, slot.end AS end, coalesce(slot.ambiguous, false) AS is_open,
  coalesce(slot.learned, false) AS is_learned,
  COLLECT { MATCH (filler)-[same:SAME_AS|HELD_SAME_AS
      WHERE ($known_at IS NULL AND same.known_from IS NULL)
         OR same.known_from <= $known_at < same.known_to]-{1,2}(o)
    RETURN o.id AS id ORDER BY id } AS same_as
ORDER BY start IS NULL, start, end, role, kind, id
"""
# Besides the evidence: sentences elsewhere that name what the claim only calls "it" or "the unit".
_SENTENCES = """
MATCH (claim:Claim {id: $id})<-[:HAS_CLAIM]-(:Document)-[:HAS_PASSAGE]->(p:Passage)
WITH claim, p, EXISTS { (claim)-[:EVIDENCED_BY]->(p) } AS is_evidence
WHERE is_evidence OR EXISTS { (claim)-[slot]->(:Entity) WHERE slot.start < p.end AND slot.end > p.start }
RETURN p.id AS id, p.index AS index, p.start AS start, p.end AS end, p.text AS text, is_evidence
ORDER BY index
"""
_TESTS = """
MATCH (:ReportedFlight {id: $id})-[test:TESTED_AGAINST]->(flight:Flight)
WHERE ($as_of IS NULL OR date(flight.first_seen) <= $as_of)
  AND ($known_at IS NULL OR NOT EXISTS { (flight)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k)
                                          WHERE date(k.recorded_at) > $known_at })
RETURN flight.id AS flight, [(flight)-[:BY_AIRCRAFT]->(a) | a.id] AS airframes, test {.*} AS test
ORDER BY test.rank, flight
"""
_REPEATS = """
MATCH path = (:Claim {id: $id})-[:REPEATS*1..20]->(other:Claim)
WITH other, last(relationships(path)) AS r, length(path) AS steps
MATCH (other)<-[:HAS_CLAIM]-(report:Document)
WHERE $known_at IS NULL OR date(report.recorded_at) <= $known_at
RETURN other.id AS id, r.method AS method, r.reason AS reason, r.passage AS passage, report.title AS title,
  report.publisher AS publisher, report.published AS published
ORDER BY steps
"""
_REPEATED_BY = """
MATCH (:Claim {id: $id})<-[r:REPEATS]-(other:Claim)<-[:HAS_CLAIM]-(report:Document)
WHERE $known_at IS NULL OR date(report.recorded_at) <= $known_at
RETURN other.id AS id, r.method AS method, r.reason AS reason, r.passage AS passage, report.title AS title,
  report.publisher AS publisher, report.published AS published
ORDER BY published IS NULL, published, id LIMIT $most
"""
PARTS = ("aircraft", "type", "operator", "place", "time", "night")


class Filler(Record):
    """Who or what a slot of a claim names, and the words that do. Several open ones: the text leaves open
    which of them is meant."""

    number: int
    role: str
    kind: str
    id: str
    name: str | None = None
    same_as: tuple[str, ...] = ()
    """What it is judged to be one with."""
    is_open: bool = False
    is_learned: bool = False
    """Whether a model, and no rule, takes it for this."""
    start: int | None = None
    end: int | None = None
    words: str | None = None


class Tested(Record):
    """What one tracked flight says of a reported one, as a whole and part by part."""

    flight: str
    airframes: tuple[str, ...] = ()
    rank: int | None = None
    verdict: str
    method: str | None = None
    reason: str
    parts: dict[str, str]


class ClaimEvidence(Record):
    """A claim: somebody says so; nothing here is a fact of the graph but that it was said."""

    kind: str
    id: str
    is_claim: bool = True
    action: str | None = None
    status: str | None = None
    night: bool | None = None
    count: int | None = None
    happened: bool | None = None
    callsigns: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    event_from: date | None = None
    event_to: date | None = None
    published: date | None = None
    fillers: tuple[Filler, ...] = ()
    cue: Mark
    cue_words: str | None = None
    sentences: tuple[Sentence, ...]
    rule: str | None = None
    confidence: float | None = None
    credibility: int | None = None
    """As the extractor sees it."""
    credibility_grade: Grade | None = None
    """As the last person who graded it does."""
    source: Source
    origin: Origin
    tests: tuple[Tested, ...] = ()

    @property
    def said_by(self) -> tuple[Filler, ...]:
        return tuple(filler for filler in self.fillers if filler.role == "MADE_BY")


_PLAIN = ("id", "action", "status", "night", "count", "happened", "event_from", "event_to", "published",
          "rule", "confidence", "credibility")


def claim_evidence(store: Store, id_: str, when: When = NOW) -> ClaimEvidence:
    """Everything behind one claim; raises UsageError where there is none of that id (or was none then)."""
    row = only(rows(store, _CLAIM, id=id_), "claim", id_)
    asof.check_known("This claim", row["report"].get("recorded_at"), when)
    asof.check_told("This claim", row["claim"].get("event_from") or row["claim"].get("published"), when)
    claim, text = row["claim"], content(row["report"])
    fillers = _fillers(rows(store, _FILLERS, id=id_, **when.parameters), text)
    publisher = grades.stands(store, Scale.PUBLISHER, row["publisher"], when.known_until)
    cue = Mark(role="cue", start=claim.get("cue_start"), end=claim.get("cue_end"))
    marks = [cue, *(Mark(role=filler.role, number=filler.number, start=filler.start, end=filler.end)
                    for filler in fillers)]
    return ClaimEvidence(
        kind=row["kind"], **{name: claim.get(name) for name in _PLAIN}, fillers=fillers, cue=cue,
        credibility_grade=grades.stands(store, Scale.CLAIM, claim.get("reading"), when.known_until),
        callsigns=tuple(claim.get("callsigns") or ()), hours=tuple(claim.get("hours") or ()),
        cue_words=claim.get("cue"),
        sentences=sentences(rows(store, _SENTENCES, id=id_), marks),
        source=source(row["report"], publisher, row["runs"]),
        origin=origin(claim.get("origin"), rows(store, _REPEATS, id=id_, **when.parameters),
                      rows(store, _REPEATED_BY, id=id_, most=MOST, **when.parameters)),
        tests=tuple(_tested(test) for test in rows(store, _TESTS, id=id_, **when.parameters)))


def _fillers(found: Sequence[Row], text: str) -> tuple[Filler, ...]:
    return tuple(Filler(number=number, words=words(text, row["start"], row["end"]), **row)
                 for number, row in enumerate(found, 1))


def words(text: str, start: int | None, end: int | None) -> str | None:
    """What stands between two offsets; None where they are unknown or enclose nothing."""
    return text[start:end] or None if start is not None and end is not None else None


def sentences(found: Sequence[Row], marks: Sequence[Mark]) -> tuple[Sentence, ...]:
    """Rows of passages as sentences with their marks."""
    return tuple(Sentence(**row, stretches=stretches(row["text"], row["start"], marks)) for row in found)


def _tested(row: Row) -> Tested:
    test: dict[str, Any] = row["test"]
    return Tested(flight=row["flight"], airframes=tuple(row["airframes"]), rank=test.get("rank"),
                  verdict=test["verdict"], method=test.get("method"), reason=test["reason"],
                  parts={part: test[part] for part in PARTS if test.get(part)})
