"""An Extraction as the JSON object that annotated reports use: what `tailgraph extract` prints.

The fields of the annotation guide come first, with entities referred to as "Kind:best name or key";
what Tailgraph knows beyond them (offsets, rules, confidence, ambiguity) follows in fields of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tailgraph.graph.model import (
    Allegation,
    DateInterval,
    Endpoint,
    Entity,
    EntityRef,
    Extraction,
    Kind,
    ReportedFlight,
    Slot,
)

_KEYED = (Kind.COUNTRY, Kind.AIRCRAFT_TYPE, Kind.AIRCRAFT)
_PARTIES = ("accuser", "accused", "supplier", "recipient", "target", "carrier", "denied_by")


def report_form(extraction: Extraction) -> dict[str, Any]:
    """The JSON-ready object of one report."""
    entities = {entity.ref: entity for entity in extraction.entities}
    document = extraction.document
    return {
        "id": document.id,
        "published": document.published.isoformat() if document.published else None,
        "publisher": document.publisher,
        "title": document.title,
        "text": document.text,
        "entities": [
            {"kind": e.kind, "key": e.key, "names": list(e.names), "id": e.id} for e in extraction.entities
        ],
        "allegations": [_allegation(a, entities) for a in extraction.allegations],
        "flights": [_flight(f, entities) for f in extraction.flights],
        "extractor": extraction.extractor,
        "passages": [p.model_dump() for p in extraction.passages],
        "mentions": [m.model_dump(mode="json") for m in extraction.mentions],
    }


def reference(entity: Entity) -> str:
    """The annotation guide's way to point at an entity: by key where its kind is keyed, else by best name."""
    return f"{entity.kind}:{entity.key if entity.kind in _KEYED and entity.key else entity.names[0]}"


def _allegation(claim: Allegation, entities: dict[EntityRef, Entity]) -> dict[str, Any]:
    form: dict[str, Any] = {"action": claim.action, "status": claim.status}
    for slot in _PARTIES:
        form[slot] = _unique(reference(entities[filler.entity]) for filler in getattr(claim, slot))
    form["weapons"] = _unique(entities[filler.entity].key or "arms" for filler in claim.weapons)
    form["event"] = _interval(claim.event)
    form["slots"] = {
        slot: [_filler(f) for f in getattr(claim, slot)]
        for slot in (*_PARTIES, "weapons")
        if getattr(claim, slot)
    }
    return form | _provenance(claim)


def _flight(claim: ReportedFlight, entities: dict[EntityRef, Entity]) -> dict[str, Any]:
    def values(slots: tuple[Slot, ...]) -> list[str]:
        return _unique(_designator(s, entities) for s in slots)

    form: dict[str, Any] = {
        "aircraft": values(claim.aircraft),
        "type": values(claim.types),
        "operator": values(claim.operator),
        "state": values(claim.state),
        "origin": _endpoint(claim.origin, entities),
        "destination": _endpoint(claim.destination, entities),
        "date": _interval(claim.event),
        "night": claim.night,
        "hours": [hours.model_dump(mode="json") for hours in claim.hours],
        "count": claim.count,
        "happened": claim.happened,
        "callsigns": list(claim.callsigns),
    }
    return form | _provenance(claim)


def _endpoint(end: Endpoint | None, entities: dict[EntityRef, Entity]) -> dict[str, str | None] | None:
    if end is None:
        return None
    place, airport = (entities.get(slot.entity) if slot else None for slot in (end.place, end.airport))
    return {
        # A country's id is its ISO code; it need not be named in the report ("landed in Pyongyang").
        "country": end.country.entity.id if end.country else None,
        "place": place.names[0] if place else None,
        # The guide has location indicators here; an airport without one stands under its name.
        "airport": airport.key if airport else None,
        "airport_name": airport.names[0] if airport else None,
    }


def _designator(slot: Slot, entities: dict[EntityRef, Entity]) -> str:
    """The public key of a filler, else its best name; a report need not name a state ("Air Koryo")."""
    entity = entities.get(slot.entity)
    return (entity.key or entity.names[0]) if entity else slot.entity.id


def _interval(interval: DateInterval | None) -> list[str | None] | None:
    if interval is None:
        return None
    return [day.isoformat() if day else None for day in (interval.earliest, interval.latest)]


def _filler(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.entity.id,
        "kind": slot.entity.kind,
        "ambiguous": slot.ambiguous,
        "learned": slot.learned,
        "start": slot.span.start if slot.span else None,
        "end": slot.span.end if slot.span else None,
    }


def _provenance(claim: Allegation | ReportedFlight) -> dict[str, Any]:
    return {
        "evidence": list(claim.evidence),
        "cue": claim.cue.model_dump(),
        "rule": claim.rule,
        "confidence": claim.confidence,
        "credibility": claim.credibility,
    }


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
