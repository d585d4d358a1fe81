"""What the relationships between two nodes rest on: sentences, track files, table rows, judgements, runs.

Each kind of relationship has a kind of ground, told by what it leads from and to; none is without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tailgraph.errors import UsageError
from tailgraph.graph import schema
from tailgraph.graph.asof import NOW, When
from tailgraph.graph.evidence import grounds
from tailgraph.graph.evidence.claim import ClaimEvidence, claim_evidence
from tailgraph.graph.evidence.document import document_evidence
from tailgraph.graph.evidence.flight import File, flight_evidence
from tailgraph.graph.evidence.grounds import Mentioned, TableRow
from tailgraph.graph.evidence.marking import Stretch
from tailgraph.graph.evidence.sameness import sameness
from tailgraph.graph.evidence.sources import Contribution, Sentence, Source, contributions, rows
from tailgraph.graph.identity.judgement import LABELS, Judgement
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import CLAIMS, ENTITIES, TRACK_PREFIX, Label, Type
from tailgraph.graph.store import Row, Store

_SAME = (Type.SAME_AS, Type.HELD_SAME_AS)


class Standing(StrEnum):
    """What a relationship says, and how far it goes."""

    CLAIM = "a claim, not a fact: somebody says so"
    FACT = "a fact as far as its source goes"
    DIRECTION = "a fact, but of a direction only: nobody saw a landing or a take-off"
    COMPARISON = "a comparison of a claim with a track"
    REPETITION = "a comparison of two texts"
    JUDGEMENT = "a person's judgement, which can be taken back"
    PART = "what a source consists of"
    FINDING = "an analysis's finding: no fact"
    WORK = "a record of the work"


class Told(Record):
    """The sentences of one report in which it stands, and the report; none of them where all of it counts."""

    source: Source
    rule: str | None = None
    """What read a claim."""
    mention: Mentioned | None = None
    sentences: tuple[Sentence, ...] = ()


class EdgeEvidence(Record):
    """One relationship. At least one of its grounds is there: what is told, files, rows, judgements …"""

    type: str
    start_kind: str
    start: str
    end_kind: str
    end: str
    standing: Standing
    values: dict[str, Any]
    source: str | None = None
    """The table of ours, rule or file that says so."""
    told: tuple[Told, ...] = ()
    files: tuple[File, ...] = ()
    row: TableRow | None = None
    judgements: tuple[Judgement, ...] = ()
    """Those that it follows from."""
    judged: tuple[Judgement, ...] = ()
    """Those by which either end is read as one with others."""
    runs: tuple[Contribution, ...] = ()
    finding: dict[str, Any] | None = None

    @property
    def is_grounded(self) -> bool:
        return any((self.source, self.told, self.files, self.row, self.judgements, self.runs, self.finding))


class RelationshipEvidence(Record):
    """All relationships between two nodes, or those of one type."""

    kind: str = "Relationship"
    id: str
    edges: tuple[EdgeEvidence, ...]


def relationship_evidence(store: Store, start: Ref, end: Ref, type_: Type | None = None,
                          when: When = NOW) -> RelationshipEvidence:
    """What each relationship between both rests on: from `start` to `end`, then the other way round.

    Raises UsageError where there is none (of this type, or as of then).
    """
    ways = [(start, end)] if start == end else [(start, end), (end, start)]
    found = [_Edge(store, Type(row["type"]), one, other, row["properties"], when)
             for one, other in ways
             for row in rows(store, schema.between(one[0], other[0]), start=one[1], end=other[1])
             if type_ in (None, row["type"]) and _is_so(row["properties"], when)
             and _is_known(row, type_, when)]
    if not found:
        by = f" by {type_}" if type_ else ""
        raise UsageError(
            f"Nothing leads from {start[0]} {start[1]} to {end[0]} {end[1]}{by}, or back.",
            remedy="`tailgraph explain` of either lists what it is connected with; `tailgraph paths` finds "
            "ways through others.")
    return RelationshipEvidence(id=f"{start[1]} {type_ or '-'} {end[1]}",
                                edges=tuple(edge.evidence() for edge in found))


def _is_so(values: dict[str, Any], when: When) -> bool:
    """Whether what a statement dates holds on the day that is asked about."""
    day, since, until = when.as_of, values.get("from"), values.get("to")
    return day is None or ((since is None or since <= day) and (until is None or until >= day))


def _is_known(row: Row, type_: Type | None, when: When) -> bool:
    """Whether an edge between what is judged to be one belongs to the day up to which things are known."""
    match row["type"]:
        case Type.SAME_AS:
            return when.known_at is None
        case Type.HELD_SAME_AS if when.known_at:
            return bool(row["properties"]["known_from"] <= when.known_at < row["properties"]["known_to"])
        case Type.HELD_SAME_AS:
            return type_ is Type.HELD_SAME_AS
    return True


@dataclass(frozen=True, slots=True)
class _Edge:
    store: Store
    type: Type
    start: Ref
    end: Ref
    values: dict[str, Any]
    when: When

    def evidence(self) -> EdgeEvidence:
        standing, ground = self._ground()
        return EdgeEvidence(type=self.type, start_kind=self.start[0], start=self.start[1],
                            end_kind=self.end[0], end=self.end[1], standing=standing, values=self.values,
                            judged=() if self.type in _SAME else tuple(self._judged()), **ground)

    def _ground(self) -> tuple[Standing, dict[str, Any]]:
        match self.type:
            case Type.TESTED_AGAINST:
                return Standing.COMPARISON, {"told": (self._claim(self.start[1]),),
                                             "files": self._flown(self.end)}
            case Type.REPEATS:
                return Standing.REPETITION, {"told": tuple(self._repeated())}
            case Type.SAME_AS | Type.HELD_SAME_AS:
                when = replace(self.when, known_at=self.values.get("known_from", self.when.known_at))
                same = sameness(self.store, self.start, when)
                return Standing.JUDGEMENT, {"judgements": same.judgements}
            case Type.ANNOTATED:
                return Standing.FINDING, {"finding": grounds.values(self.store, self.end)}
            case Type.CONTRIBUTED:
                return Standing.WORK, {"runs": contributions([grounds.values(self.store, self.start)])}
            case Type.FLEW_WITH:
                both = [*self._flown(self.start), *self._flown(self.end)]
                return Standing.FACT, {"files": _once(both)}
            case Type.VANISHED_TOWARD | Type.APPEARED_FROM:
                return Standing.DIRECTION, {"files": self._flown(self.start)}
        return self._by_start()

    def _by_start(self) -> tuple[Standing, dict[str, Any]]:
        label, id_ = self.start
        match label:
            case Label.FLIGHT:
                is_part = self.type in (Type.DERIVED_FROM, Type.HAS_GAP)
                return Standing.PART if is_part else Standing.FACT, {"files": self._flown(self.start)}
            case Label.TRACK_FILE:
                return Standing.PART, {"files": grounds.files(self.store, track=self.end[1])}
            case Label.TRACK:
                return Standing.PART, {"files": grounds.files(self.store, track=id_)}
            case Label.PUBLISHER:
                return Standing.PART, {"told": (self._report(self.end[1], ()),)}
            case Label.DOCUMENT:
                part = self.end[1]
                inside = self._claim(part) if self.end[0] in CLAIMS else self._report(id_, [part])
                return Standing.PART, {"told": (inside,)}
            case Label.MENTION:
                return Standing.PART, {"told": tuple(self._mentioned())}
        if label in CLAIMS:
            is_slot = self.end[0] in ENTITIES
            told = self._claim(id_, is_slot=is_slot)
            return Standing.CLAIM if is_slot else Standing.PART, {"told": (told,)}
        return Standing.FACT, self._stated()

    # --- reports -------------------------------------------------------------------------------------------

    def _claim(self, id_: str, *, is_slot: bool = False) -> Told:
        """The claim's sentences, in which the cue is marked and, of a slot, the words that fill it."""
        claim = claim_evidence(self.store, id_, self.when)
        sentences = [one for one in claim.sentences
                     if self.end[0] is not Label.PASSAGE or one.id == self.end[1]]
        if is_slot:
            sentences = [_only_marked(one, _numbers(claim, self.type, self.end)) for one in sentences]
        return Told(source=claim.source, rule=claim.rule, sentences=tuple(sentences))

    def _report(self, id_: str, passages: Iterable[str], mention: Mentioned | None = None) -> Told:
        marks = [mention.mark] if mention else []
        return Told(source=document_evidence(self.store, id_, self.when).source, mention=mention,
                    sentences=grounds.passages(self.store, passages, marks))

    def _mentioned(self) -> Iterator[Told]:
        mention = grounds.mention(self.store, self.start[1])
        if mention:
            yield self._report(mention.document, [mention.passage], mention)

    def _repeated(self) -> Iterator[Told]:
        cited = self.values.get("passage")
        for label, id_ in (self.start, self.end):
            yield self._claim(id_) if label in CLAIMS else self._report(id_, ())
        if cited:
            yield self._report(cited.rpartition("#")[0], [cited])

    # --- tracks, tables and judgements ---------------------------------------------------------------------

    def _flown(self, flight: Ref) -> tuple[File, ...]:
        if self.type is Type.DERIVED_FROM:
            return grounds.files(self.store, track=self.end[1])
        return flight_evidence(self.store, flight[1], self.when).files

    def _stated(self) -> dict[str, Any]:
        source, key = self.values.get("source"), self.values.get("key")
        ground: dict[str, Any] = {"source": source}
        if self.values.get("table") and key:
            ground["row"] = grounds.table_row(self.store, key)
        if source and source.startswith(TRACK_PREFIX):
            ground["files"] = grounds.files(self.store, file_id=source.removeprefix(TRACK_PREFIX),
                                            address=self.values.get("address"))
        return ground

    def _judged(self) -> Iterator[Judgement]:
        for ref in (self.start, self.end):
            if ref[0] in LABELS:
                same = sameness(self.store, ref, self.when)
                yield from same.judgements if same.merged_with else ()


def _numbers(claim: ClaimEvidence, type_: Type, end: Ref) -> set[int | None]:
    """Of the fillers that are this end, in this role; and None, which is the cue's."""
    return {None, *(filler.number for filler in claim.fillers
                    if filler.role == type_ and (filler.kind, filler.id) == end)}


def _only_marked(sentence: Sentence, numbers: set[int | None]) -> Sentence:
    kept = tuple(Stretch(text=one.text, marks=tuple(mark for mark in one.marks if mark.number in numbers))
                 for one in sentence.stretches)
    return sentence.model_copy(update={"stretches": kept})


def _once(files: Iterable[File]) -> tuple[File, ...]:
    """Each track of each file once: two flights may stand in one file."""
    return tuple({one.track: one for one in files}.values())
