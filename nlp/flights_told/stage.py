"""Which aircraft a report has just spoken of, and which of them "the jet" or "it" can mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import aircraft_words, roles

# How many sentences back "the plane" and "it" may point.
MEMORY = 5
# A type named again, and a registration after what it names, may stand farther off.
_MEMORY_OF_TYPE = 40
_MEMORY_OF_MARK = 15
# How many mentions of craft are remembered at all; it keeps a long report linear.
_SIZE = 200


class Mention(NamedTuple):
    """A craft spoken of: in which sentence, and at which token; `aside`: as what only met another ("it was
    intercepted by two F-16s")."""

    sentence: int
    first: int
    craft: Craft
    aside: bool = False


class Stage:
    """The craft of a report in the order in which they were spoken of last."""

    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        self._mentions: list[Mention] = []

    def __bool__(self) -> bool:
        return bool(self._mentions)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def __reversed__(self) -> Iterator[Mention]:
        return reversed(self._mentions)

    def enter(self, craft: Craft, index: int, first: int, aside: bool = False) -> None:
        """It is spoken of at token `first`, in sentence `index`."""
        self._mentions.append(Mention(index, first, craft, aside))
        self._mentions[:] = sorted(self._mentions[-_SIZE:], key=lambda mention: mention.first)

    def last(self, index: int, before: int, several: bool = False) -> Craft | None:
        """The craft named last before token `before`, if that is not too long ago; `several`: what "they" may
        be."""
        near = [m for m in self._since(index, MEMORY) if m.first < before]
        chosen = (m for m in near if not m.aside or (several and m.craft.plural))
        mention = next(chosen, near[0] if near else None)
        return mention.craft if mention else None

    def named_at(self, craft: Craft) -> int:
        """The token at which a craft was named last, -1 if never."""
        return next((m.first for m in reversed(self) if m.craft is craft), -1)

    def index_of(self, craft: Craft) -> int:
        """The sentence in which a craft was named last, -1 if never."""
        return next((m.sentence for m in reversed(self) if m.craft is craft), -1)

    def group(self, index: int) -> Craft | None:
        """Several aircraft without registrations, spoken of shortly before: what a bare registration is one
        of.
        """
        near = (m.craft for m in self._since(index, 3))
        return next((c for c in near if c.plural and not c.aircraft and c.types), None)

    def meant(self, vehicle: Vehicle, index: int, plural: bool) -> Craft | None:
        """The craft that a definite description or a mark of its own means."""
        reach = _MEMORY_OF_TYPE if vehicle.types else _MEMORY_OF_MARK if vehicle.aircraft else MEMORY
        mentions = [m for m in self._since(index, reach) if m.first < vehicle.first]
        aside = [m for m in mentions if m.aside or self._passed(m, index)]
        found = self._meant(vehicle, index, plural, [m.craft for m in mentions if m not in aside])
        if found is None and not (plural or vehicle.types or vehicle.aircraft):
            found = self.only_one(vehicle)
        return found or self._meant(vehicle, index, plural, [m.craft for m in aside])

    def _meant(self, vehicle: Vehicle, index: int, plural: bool, near: list[Craft]) -> Craft | None:
        near = [c for c in near if self._may_be(c, vehicle) and not (vehicle.aircraft and c.aircraft)]
        alike = [c for c in near if c.plural is plural and (c.types or not vehicle.types)]
        # "The jumbo" is an aircraft that was told of, sooner than whatever an airline flew.
        alike.sort(key=lambda c: not (c.described or c.types or c.aircraft))
        if vehicle.aircraft:
            # A registration names what has been described, sooner than "a freighter" spoken of in passing.
            alike.sort(key=lambda c: not (c.types or c.operators or c.states))
        typed = (c for c in near if not vehicle.types or c.aircraft or self._nameless(c, index))
        return next(chain(alike, typed), None)

    def only_one(self, vehicle: Vehicle) -> Craft | None:
        """ "The plane", long after: the only single airframe that the report has named."""
        before = (m.craft for m in self._mentions if m.first < vehicle.first)
        single = dict.fromkeys(c for c in before if c.aircraft and not c.plural)
        craft = next(iter(single)) if len(single) == 1 else None
        return craft if craft and self._may_be(craft, vehicle) else None

    def _passed(self, mention: Mention, index: int) -> bool:
        """ "A plane had strayed over the border, the agency said": named by nothing and told of no more."""
        return mention.craft.thin and not mention.craft.flown and index - mention.sentence > 1

    def _since(self, index: int, reach: int) -> Iterator[Mention]:
        for mention in reversed(self):
            if index - mention.sentence > reach:
                return
            yield mention

    def _may_be(self, craft: Craft, vehicle: Vehicle) -> bool:
        """Nothing differs; "the Falcon" is none of the Gulfstreams told of, nor are "the transports" the MiGs
        that they took."""
        word = vehicle.noun or ""
        fighters = craft.types and all(roles().get(ref.id) == "fighter" for ref in craft.types)
        if fighters and word in cues("flights told: no fighters"):
            return False
        if not craft.types or aircraft_words().get(word, (None, ""))[1] != "model":
            return craft.agrees(vehicle)
        names = [name.lower() for ref in craft.types for name in self._annotated.entity(ref).names]
        return craft.agrees(vehicle) and any(word in name for name in names)

    def _nameless(self, craft: Craft, index: int) -> bool:
        """ "A cargo plane landed … The An-26 had come from": the one aircraft spoken of, of no type yet."""
        recent = {m.craft for m in self._since(index, 2) if not m.craft.plural}
        return not craft.types and not craft.plural and recent == {craft}


def without_mark(vehicle: Vehicle) -> Vehicle:
    """The mention as if it gave no registration."""
    return replace(vehicle, aircraft=())
