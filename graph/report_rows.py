"""What one report says, as nodes and relationships that are its own and go when it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tailgraph.graph import keys
from tailgraph.graph.model import Allegation, EntityRef, Extraction, Mention, ReportedFlight, Slot
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


def report_rows(extraction: Extraction) -> Rows:
    """The rows of one report, without the properties of the entities that it names (see `describe`)."""
    rows = Rows()
    document = _document(rows, extraction)
    for passage in extraction.passages:
        words = extraction.document.content[passage.start:passage.end]
        node = rows.node(Label.PASSAGE, _passage(extraction, passage.index), document=document[1],
                         index=passage.index, start=passage.start, end=passage.end, text=words)
        rows.edge(Type.HAS_PASSAGE, document, node)
    for mention in extraction.mentions:
        _mention(rows, extraction, mention)
    for allegation in extraction.allegations:
        _allegation(rows, extraction, allegation)
    for flight in extraction.flights:
        _reported_flight(rows, extraction, flight)
    rows.drop_dangling()
    return rows


def entity(ref: EntityRef) -> Ref:
    return Label(ref.kind.value), ref.id


def _document(rows: Rows, extraction: Extraction) -> Ref:
    document = extraction.document
    node = rows.node(
        Label.DOCUMENT, document.id, title=document.title, text=document.text, published=document.published,
        publisher=document.publisher, url=document.url, language=document.language,
        extractor=extraction.extractor, **comparable(document, _texts(extraction)))
    if name := keys.clean_name(document.publisher or ""):
        rows.edge(Type.PUBLISHED, (Label.PUBLISHER, name), node)
    return node


def _texts(extraction: Extraction) -> dict[int, str]:
    content = extraction.document.content
    return {passage.index: content[passage.start:passage.end] for passage in extraction.passages}


def _passage(extraction: Extraction, index: int) -> str:
    return f"{extraction.document.id}#p{index}"


def _mention(rows: Rows, extraction: Extraction, mention: Mention) -> None:
    id_ = f"{extraction.document.id}#m{mention.start}-{mention.end}-{mention.entity.kind}"
    node = rows.node(
        Label.MENTION, id_, document=extraction.document.id, passage=mention.passage, start=mention.start,
        end=mention.end, text=mention.text, label=mention.entity.kind.value, method=mention.method,
        confidence=mention.confidence, extractor=extraction.extractor)
    rows.edge(Type.IN_PASSAGE, node, (Label.PASSAGE, _passage(extraction, mention.passage)))
    rows.edge(Type.REFERS_TO, node, entity(mention.entity))


def _allegation(rows: Rows, extraction: Extraction, claim: Allegation) -> None:
    id_ = f"{extraction.document.id}#a{claim.index}"
    node = rows.node(Label.ALLEGATION, id_, action=claim.action.value,
                     status=claim.status.value, **_claim(extraction, claim, id_, claim.action.value))
    _evidence(rows, extraction, claim, node)
    for slot, type_ in _ALLEGATION_SLOTS.items():
        for filler in getattr(claim, slot):
            _slot(rows, type_, node, filler)


def _reported_flight(rows: Rows, extraction: Extraction, claim: ReportedFlight) -> None:
    id_ = f"{extraction.document.id}#f{claim.index}"
    node = rows.node(Label.REPORTED_FLIGHT, id_, night=claim.night, count=claim.count,
                     happened=claim.happened, callsigns=claim.callsigns, **_claim(extraction, claim, id_))
    _evidence(rows, extraction, claim, node)
    for slot, type_ in _FLIGHT_SLOTS.items():
        for filler in getattr(claim, slot):
            _slot(rows, type_, node, filler)
    for type_, end in ((Type.FROM, claim.origin), (Type.TO, claim.destination)):
        for filler in (end.airport, end.place, end.country) if end else ():
            if filler:
                _slot(rows, type_, node, filler)


def _claim(extraction: Extraction, claim: Allegation | ReportedFlight, id_: str,
           action: str | None = None) -> dict[str, Any]:
    document, event = extraction.document, claim.event
    spans = {passage.index: passage for passage in extraction.passages}
    told = [(spans[i].start, spans[i].end, document.content[spans[i].start:spans[i].end])
            for i in claim.evidence if i in spans]
    sentences = " ".join(words for _, _, words in told)
    return {
        "document": document.id, "index": claim.index, "published": document.published,
        "event_from": event.earliest if event else None, "event_to": event.latest if event else None,
        "sentence": sentences, "cue": document.content[claim.cue.start:claim.cue.end],
        "cue_start": claim.cue.start, "cue_end": claim.cue.end, "rule": claim.rule,
        "confidence": claim.confidence, "credibility": claim.credibility,
        "origin": likeness.same_words(document.title, document.text),
        **comparable_claim(id_, sentences, claim.cue.start, claim.cue.end, action,
                           _holding(claim.cue.start, told)),
    }


def _holding(place: int, told: Sequence[tuple[int, int, str]]) -> str | None:
    return next((words for start, end, words in told if start <= place < end), None)


def _evidence(rows: Rows, extraction: Extraction, claim: Allegation | ReportedFlight, node: Ref) -> None:
    # (:Document)-[:HAS_CLAIM]->(:Claim)-[:EVIDENCED_BY]->(:Passage)
    rows.edge(Type.HAS_CLAIM, (Label.DOCUMENT, extraction.document.id), node)
    for index in claim.evidence:
        rows.edge(Type.EVIDENCED_BY, node, (Label.PASSAGE, _passage(extraction, index)))


def _slot(rows: Rows, type_: Type, claim: Ref, filler: Slot) -> None:
    rows.edge(type_, claim, entity(filler.entity), ambiguous=filler.ambiguous,
              start=filler.span.start if filler.span else None, end=filler.span.end if filler.span else None)
