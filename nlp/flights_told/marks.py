"""Registrations in context: a mark that an aircraft bears or once bore, or that stands by itself."""

from __future__ import annotations

from spacy.tokens import Span

from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.vehicles import Vehicle

_MARKS = cues("flights told: marks on aircraft")
_FORMER = frozenset({"then", "formerly", "previously"})


def is_former_mark(annotated: Annotated, vehicle: Vehicle) -> bool:
    """ "Sold the aircraft (then EP-QZB) to …": the mark that it once had."""
    single = len(vehicle.aircraft) == 1 and vehicle.definite and vehicle.noun
    return bool(single) and _led_by(annotated, vehicle, _FORMER, 2)


def is_mark(annotated: Annotated, vehicle: Vehicle) -> bool:
    """ "Wreckage bore the registration EX-76011": a mark of the aircraft spoken of, not another one."""
    alone = len(vehicle.aircraft) == 1 and not vehicle.types and not vehicle.noun
    return alone and _led_by(annotated, vehicle, _MARKS, 3)


def stands_alone(annotated: Annotated, vehicle: Vehicle) -> bool:
    """ "…, 5A-LBX, …": a registration by itself between commas."""
    doc = annotated.doc
    alone = not (vehicle.types or vehicle.operators or vehicle.noun or vehicle.states)
    return (
        alone
        and vehicle.first > 0
        and vehicle.end < len(doc)
        and doc[vehicle.first - 1].text == ","
        and doc[vehicle.end].text in {",", "."}
    )


def _led_by(annotated: Annotated, vehicle: Vehicle, words: frozenset[str], reach: int) -> bool:
    offsets = vehicle.aircraft[0].span
    if offsets is None:
        return False
    mark: Span | None = annotated.doc.char_span(offsets.start, offsets.end, alignment_mode="expand")
    lead = annotated.doc[max(0, mark.start - reach) : mark.start] if mark is not None else ()
    return bool(words & {t.lower_ for t in lead})
