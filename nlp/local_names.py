"""Names that tell something apart within one report only: "the foreign ministry", "Kim".

Two reports that say "the foreign ministry" may mean two ministries. An entity whose name holds nothing of
its own therefore gets an id of its report's; that two such are the same is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from tailgraph.graph.model import Claim, Endpoint, Entity, EntityRef, Extraction, Kind, Slot
from tailgraph.nlp.cues import cues

C = TypeVar("C", bound=Claim)

_BODIES = frozenset((Kind.ORGANIZATION, Kind.OPERATOR))


def localised(extraction: Extraction) -> Extraction:
    """The same extraction, with an id of its own report for every name that says too little."""
    listed = {m.entity for m in extraction.mentions if m.method in ("lexicon", "user lexicon")}
    suffix = f" (in {extraction.document.id[:12]})"
    renamed = {
        e.ref: EntityRef(kind=e.kind, id=e.id + suffix)
        for e in extraction.entities
        if e.ref not in listed and says_too_little(e)
    }
    if not renamed:
        return extraction
    return extraction.model_copy(
        update={
            "entities": tuple(
                e.model_copy(update={"id": renamed[e.ref].id}) if e.ref in renamed else e
                for e in extraction.entities
            ),
            "mentions": tuple(
                m.model_copy(update={"entity": renamed[m.entity]}) if m.entity in renamed else m
                for m in extraction.mentions
            ),
            "allegations": tuple(_claim(c, renamed) for c in extraction.allegations),
            "flights": tuple(_claim(c, renamed) for c in extraction.flights),
        }
    )


def says_too_little(entity: Entity) -> bool:
    """A single name of a person, or a body's name of words that a thousand bodies share."""
    words = entity.id.lower().replace("-", " ").split()
    if entity.kind is Kind.PERSON:
        return len(words) == 1
    return entity.kind in _BODIES and all(word in cues("local names: shared") for word in words)


def _claim(claim: C, renamed: Mapping[EntityRef, EntityRef]) -> C:
    return claim.model_copy(
        update={name: _value(getattr(claim, name), renamed) for name in type(claim).model_fields}
    )


def _value(value: Any, renamed: Mapping[EntityRef, EntityRef]) -> Any:
    """Slots, alone, in tuples or at the ends of a flight, with their entities renamed."""
    if isinstance(value, Slot):
        return value.model_copy(update={"entity": renamed.get(value.entity, value.entity)})
    if isinstance(value, tuple):
        return tuple(_value(item, renamed) for item in value)
    if isinstance(value, Endpoint):
        return value.model_copy(
            update={name: _value(getattr(value, name), renamed) for name in Endpoint.model_fields}
        )
    return value
