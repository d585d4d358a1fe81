"""What one report says, as nodes and relationships that are its own and go when it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tailgraph.graph import keys
from tailgraph.graph.model import (
    Allegation,
    Document,
    EntityRef,
    Extraction,
    Mention,
    Passage,
    ReportedFlight,
    Slot,
)
from tailgraph.graph.origins import likeness
from tailgraph.graph.origins.comparable import comparable, comparable_claim
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import Label, Type

_ALLEGATION_SLOTS = {
    "accuser": Type.MADE_BY, "accused": Type.ACCUSES, "weapons": Type.CONCERNS, "supplier": Type.SUPPLIED_BY,
    "recipient": Type.RECEIVED_BY, "target": Type.USED_AGAINST, "carrier": Type.CARRIED_BY,
    "denied_by": Type.DENIED_BY,
}
_FLIGHT_SLOTS = {"aircraft": Type.OF_AIRCRAFT, "types": Type.OF_TYPE, "operator": Type.FLOWN_BY,
                 "state": Type.OF_STATE}


@dataclass(frozen=True, slots=True)
class _Report:
    """An extraction with what is worked out once for all its parts."""

    extraction: Extraction
    id: str
    content: str
    spans: dict[int, Passage]
    origin: str
    """Its own words: until it is compared with others."""
    rows: Rows = field(default_factory=Rows)

    @property
    def document(self) -> Document:
        return self.extraction.document

    def words(self, start: int, end: int) -> str:
        return self.content[start:end]

    def passage(self, index: int) -> Ref:
        return Label.PASSAGE, f"{self.id}#p{index}"


def report_rows(extraction: Extraction) -> Rows:
    """The rows of one report, without the properties of the entities that it names (see `describe`)."""
    document = extraction.document
    report = _Report(extraction, document.id, document.content,
                     {passage.index: passage for passage in extraction.passages},
                     likeness.same_words(document.title, document.text))
    node = _document(report)
    for passage in extraction.passages:
        part = report.rows.node(*report.passage(passage.index), document=report.id, index=passage.index,
                                start=passage.start, end=passage.end,
                                text=report.words(passage.start, passage.end))
        report.rows.edge(Type.HAS_PASSAGE, node, part)
    for mention in extraction.mentions:
        _mention(report, mention)
    for allegation in extraction.allegations:
        _allegation(report, allegation)
    for flight in extraction.flights:
        _reported_flight(report, flight)
    report.rows.drop_dangling()
    return report.rows


def entity(ref: EntityRef) -> Ref:
    return Label(ref.kind.value), ref.id


def _document(report: _Report) -> Ref:
    document = report.document
    texts = {index: report.words(passage.start, passage.end) for index, passage in report.spans.items()}
    node = report.rows.node(
        Label.DOCUMENT, report.id, title=document.title, text=document.text, published=document.published,
        publisher=document.publisher, url=document.url, language=document.language,
        extractor=report.extraction.extractor, **comparable(document, texts))
    if name := keys.clean_name(document.publisher or ""):
        report.rows.edge(Type.PUBLISHED, (Label.PUBLISHER, name), node)
    return node


def _mention(report: _Report, mention: Mention) -> None:
    id_ = f"{report.id}#m{mention.start}-{mention.end}-{mention.entity.kind}"
    node = report.rows.node(
        Label.MENTION, id_, document=report.id, passage=mention.passage, start=mention.start,
        end=mention.end, text=mention.text, label=mention.entity.kind.value, method=mention.method,
        confidence=mention.confidence, extractor=report.extraction.extractor)
    report.rows.edge(Type.IN_PASSAGE, node, report.passage(mention.passage))
    report.rows.edge(Type.REFERS_TO, node, entity(mention.entity))


def _allegation(report: _Report, claim: Allegation) -> None:
    id_ = f"{report.id}#a{claim.index}"
    node = report.rows.node(Label.ALLEGATION, id_, action=claim.action.value, status=claim.status.value,
                            **_claim(report, claim, id_, claim.action.value))
    _evidence(report, claim, node)
    for slot, type_ in _ALLEGATION_SLOTS.items():
        for filler in getattr(claim, slot):
            _slot(report.rows, type_, node, filler)


def _reported_flight(report: _Report, claim: ReportedFlight) -> None:
    id_ = f"{report.id}#f{claim.index}"
    node = report.rows.node(Label.REPORTED_FLIGHT, id_, night=claim.night,
                            hours=list(map(str, claim.hours)) or None, count=claim.count,
                            happened=claim.happened, callsigns=claim.callsigns, **_claim(report, claim, id_))
    _evidence(report, claim, node)
    for slot, type_ in _FLIGHT_SLOTS.items():
        for filler in getattr(claim, slot):
            _slot(report.rows, type_, node, filler)
    for type_, end in ((Type.FROM, claim.origin), (Type.TO, claim.destination)):
        for place in (end.airport, end.place, end.country) if end else ():
            if place:
                _slot(report.rows, type_, node, place)


def _claim(report: _Report, claim: Allegation | ReportedFlight, id_: str,
           action: str | None = None) -> dict[str, Any]:
    document, event = report.document, claim.event
    told = [(passage.start, passage.end, report.words(passage.start, passage.end))
            for index in claim.evidence if (passage := report.spans.get(index))]
    sentences = " ".join(words for _, _, words in told)
    return {
        "document": report.id, "index": claim.index, "published": document.published,
        "event_from": event.earliest if event else None, "event_to": event.latest if event else None,
        "sentence": sentences, "cue": report.words(claim.cue.start, claim.cue.end),
        "cue_start": claim.cue.start, "cue_end": claim.cue.end, "rule": claim.rule,
        "confidence": claim.confidence, "credibility": claim.credibility,
        "origin": report.origin,
        **comparable_claim(id_, sentences, claim.cue.start, claim.cue.end, action,
                           _holding(claim.cue.start, told)),
    }


def _holding(place: int, told: Sequence[tuple[int, int, str]]) -> str | None:
    return next((words for start, end, words in told if start <= place < end), None)


def _evidence(report: _Report, claim: Allegation | ReportedFlight, node: Ref) -> None:
    # (:Document)-[:HAS_CLAIM]->(:Claim)-[:EVIDENCED_BY]->(:Passage)
    report.rows.edge(Type.HAS_CLAIM, (Label.DOCUMENT, report.id), node)
    for index in claim.evidence:
        report.rows.edge(Type.EVIDENCED_BY, node, report.passage(index))


def _slot(rows: Rows, type_: Type, claim: Ref, filler: Slot) -> None:
    rows.edge(type_, claim, entity(filler.entity), ambiguous=filler.ambiguous, learned=filler.learned or None,
              start=filler.span.start if filler.span else None, end=filler.span.end if filler.span else None)
