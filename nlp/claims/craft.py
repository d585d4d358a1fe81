"""Which aircraft the talk is of: type, registration and operator that a report names together.

"A 747-200F of Iran's Qeshm Fars Air, reg EP-FAA" is one craft with three names; "the jet" and "it" later on
mean the craft spoken of last. Nothing spreads from a type to other airframes of that type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated

CRAFT_KINDS = (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE, Kind.OPERATOR)
CRAFT_NOUNS = frozenset(
    "plane jet aircraft freighter airliner jumbo airlifter transport transporter airplane aeroplane turboprop "
    "bird airframe charter cargo-plane quadjet trijet widebody crate".split())
_OWNING = frozenset("operate own belong register fly charter lease run owned operated registered".split())
_MAX_GAP = 9


@dataclass
class Craft:
    """Aircraft that a report speaks of as one, or as one group."""

    start: int
    sentence: int
    slots: dict[EntityRef, Slot] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        self.slots.setdefault(mention.entity, slot_of(mention))

    def of_kind(self, *kinds: Kind) -> list[Slot]:
        return [slot for ref, slot in self.slots.items() if ref.kind in kinds]


def slot_of(mention: Mention) -> Slot:
    return Slot(entity=mention.entity, span=Span(start=mention.start, end=mention.end))


class Crafts:
    """All craft of a report, and what a word refers to among them."""

    def __init__(self, report: Annotated) -> None:
        self._report = report
        self.all: list[Craft] = []
        self._by_mention: dict[int, Craft] = {}
        for mention in report.mentions:
            if mention.entity.kind in CRAFT_KINDS and not self._is_weapon(mention):
                self._place(mention)

    def _is_weapon(self, mention: Mention) -> bool:
        return any(m.entity.kind == Kind.WEAPON and m.start <= mention.start < m.end for m in self._report.mentions)

    def _place(self, mention: Mention) -> None:
        craft = self._adjoining(mention) or self._known(mention)
        if craft is None:
            craft = Craft(start=mention.start, sentence=mention.passage)
            self.all.append(craft)
        craft.add(mention)
        self._by_mention[mention.start] = craft

    def _adjoining(self, mention: Mention) -> Craft | None:
        """The craft named just before in the same sentence, with no verb of another act between."""
        before = [m for m in self._report.mentions if m.entity.kind in CRAFT_KINDS and m.end <= mention.start
                  and m.start in self._by_mention]
        if not before or before[-1].passage != mention.passage:
            return None
        between = self._report.doc.char_span(before[-1].end, mention.start, alignment_mode="contract")
        if between is not None and (len(between) > _MAX_GAP or any(_parts(t) for t in between)):
            return None
        craft = self._by_mention[before[-1].start]
        clash = mention.entity.kind == Kind.OPERATOR and craft.of_kind(Kind.OPERATOR) and not _lists(between)
        return None if clash and mention.entity not in craft.slots else craft

    def _known(self, mention: Mention) -> Craft | None:
        """An airframe named before; an operator alone means its craft named last."""
        if mention.entity.kind == Kind.AIRCRAFT_TYPE:
            return None
        return next((c for c in reversed(self.all) if mention.entity in c.slots), None)

    def at(self, mention: Mention) -> Craft | None:
        return self._by_mention.get(mention.start)

    def before(self, offset: int, sentences: Iterable[int] | None = None) -> Craft | None:
        """The craft named last before `offset`, within `sentences` where they are given."""
        allowed = set(sentences) if sentences is not None else None
        for mention in reversed(self._report.mentions):
            if mention.start < offset and mention.start in self._by_mention:
                if allowed is None or mention.passage in allowed:
                    return self._by_mention[mention.start]
        return None


def _parts(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() not in _OWNING and token.lemma_ != "be" or token.text in ".;:"


def _lists(between: object) -> bool:
    return between is not None and all(t.lower_ in ("and", ",", "or", "the") or t.pos_ in ("ADJ", "PROPN", "NOUN", "PART", "PUNCT") for t in between)  # type: ignore[attr-defined]
