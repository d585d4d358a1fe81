"""One entity for each thing that a report names, with all its surface forms, the best first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from tailgraph.graph.model import Entity, EntityRef, Kind, Mention, Passage
from tailgraph.nlp.candidates import Candidate, View


def build(
    view: View, chosen: Sequence[Candidate], passages: Sequence[Passage]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities (in order of first mention) and mentions (in text order) of the chosen candidates."""
    ordered = sorted(chosen, key=lambda c: (c.start, -c.end))
    mentions = tuple(
        Mention(
            passage=_passage(passages, c.start),
            start=c.start,
            end=c.end,
            text=view.text(c),
            entity=EntityRef(kind=c.kind, id=c.id),
            method=c.method,
            confidence=c.confidence,
        )
        for c in ordered
    )
    order = dict.fromkeys(m.entity for m in mentions)
    known: dict[EntityRef, str | None] = {}
    surfaces: dict[EntityRef, Counter[str]] = {ref: Counter() for ref in order}
    roles: dict[str, str] = {}
    for candidate, mention in zip(ordered, mentions, strict=True):
        known.setdefault(mention.entity, candidate.key)
        surfaces[mention.entity].update((mention.text, *candidate.variants))
        roles.setdefault(mention.text, candidate.role)
    entities = tuple(
        Entity(kind=ref.kind, id=ref.id, key=known[ref], names=_best_first(ref.kind, surfaces[ref], roles))
        for ref in order
    )
    return entities, mentions


_STANDING_FOR_A_STATE = {"name": 0, "alias": 1, "demonym": 2}


def _best_first(kind: Kind, surfaces: Counter[str], roles: Mapping[str, str]) -> tuple[str, ...]:
    """Full names before short ones, none in capitals that the report writes otherwise too ("BAKU –"); a
    state's name before its adjective, and that before its capital."""
    plain = {name.casefold() for name in surfaces if not name.isupper()}

    def order(name: str) -> tuple[int, int, int, str]:
        if kind is Kind.COUNTRY:
            return (
                _STANDING_FOR_A_STATE.get(roles.get(name, "").rstrip("?"), 3),
                -surfaces[name],
                -len(name),
                name,
            )
        shouting = name.isupper() and (len(name) > 6 or name.casefold() in plain)
        return (int(shouting), -len(name.split()), -len(name), name)

    return tuple(sorted(surfaces, key=order))


def _passage(passages: Sequence[Passage], offset: int) -> int:
    return max(bisect_right(passages, offset, key=lambda p: p.start) - 1, 0)
