"""Which craft a telling is of: the one that it names, else the one that the report speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from tailgraph.nlp.flights_told.cast import Cast
from tailgraph.nlp.flights_told.chaining import definite
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.legs import Leg
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.stage import MEMORY
from tailgraph.nlp.flights_told.subjects import subject_of
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.vehicles import Vehicle

# Words that logs use of the aircraft that they follow, without naming it.
_LOG_WORDS = frozenset({"wheels down", "wheels up", "final"})
# How many legs back the craft of a flight is looked for; it keeps a long report linear.
_REACH = 50
# How many sentences back a pronoun points over the end of a paragraph, to an airframe named by its mark.
_NEAR = 2


class Fliers:
    """Asked telling by telling; `met` is the craft of each mention by its first token, `legs` the flights so
    far."""

    def __init__(self, cast: Cast, legs: list[Leg], met: Mapping[int, Craft]) -> None:
        self._stage = cast.stage
        self._owners = cast.owners
        self._legs = legs
        self._met = met

    def who(self, telling: Telling) -> Craft | None:
        """The craft that moved: the one named, else the one that the report speaks of."""
        if telling.vehicle:
            return self._named(telling, telling.vehicle)
        if telling.operator and (operator := self._owners.last):
            return Craft(operators={operator.entity: operator})
        unsaid = telling.mover is Mover.UNSAID
        if (telling.pointing and not unsaid) or (unsaid and not telling.states):
            return self._pointed_at(telling)
        if telling.states:
            return Craft(states={s.entity: s for s in telling.states}, described=True, plural=True)
        return None

    def _named(self, telling: Telling, vehicle: Vehicle) -> Craft | None:
        craft = self._met[vehicle.first]
        if vehicle.operators and not craft.operators:
            craft.learn(vehicle)
        owner = self._owners.last if telling.operator else None
        if owner and not craft.operators:
            craft.operators[owner.entity] = owner
        if telling.states and vehicle.craft and not (craft.operators or craft.states or craft.aircraft):
            # "Turkey sent six C-130s": whose state flies them.
            craft.states.update({s.entity: s for s in telling.states})
        if craft.named or not (vehicle.definite or vehicle.alike):
            return craft
        return self._focus(telling) or craft

    def _pointed_at(self, telling: Telling) -> Craft | None:
        """ "It", "the flight", "six trips were made": the craft spoken of, "another" one of its kind."""
        log = telling.cue.word.lemma in _LOG_WORDS
        unsaid = telling.cue.nominal and telling.mover is Mover.UNSAID and not log
        if unsaid and not definite(telling) and not self._goes_on(telling):
            return None
        focus = self._focus(telling)
        if not telling.alike or focus is None:
            return focus
        other = focus.like()
        other.count = telling.movers or 1
        return other

    def _goes_on(self, telling: Telling) -> bool:
        """ "Its only aircraft, the An-26 TL-ARK … Six flights were made": the same paragraph speaks of one
        craft.
        """
        focus = self._focus(telling)
        if (
            focus is None
            or not focus.named
            or telling.title
            or not telling.same_paragraph(self._stage.index_of(focus))
        ):
            return False
        return telling.cue.word.lemma != "flight" or telling.count is not None

    def _focus(self, telling: Telling) -> Craft | None:
        told = next((leg for leg in reversed(self._legs[-_REACH:]) if leg.craft), None)
        subject = subject_of(telling.cue)
        several = subject is not None and subject.lower_ in {"they", "both"}
        seen = self._stage.last(telling.index, telling.cue.first, several)
        if (
            told
            and told.craft
            and telling.index - told.last.index <= MEMORY
            and (seen is None or not self._since_then(told, seen))
        ):
            return told.craft
        return seen

    def _since_then(self, told: Leg, seen: Craft) -> bool:
        """Whether a craft was named after that flight was told; in one sentence only one by its mark ("… at
        Goma. EX-76Z1 made six trips", where the parser runs on)."""
        index = self._stage.index_of(seen)
        behind = bool(seen.aircraft) and self._stage.named_at(seen) > told.last.cue.first
        return index > told.last.index or (index == told.last.index and seen is not told.craft and behind)

    def spoken_of(self, telling: Telling, craft: Craft) -> bool:
        """Whether "it" can mean this craft: its flight was told, or this paragraph speaks of it."""
        last = self._stage.index_of(craft)
        told = any(leg.craft is craft for leg in self._legs[-_REACH:])
        near = bool(craft.aircraft) and telling.index - last <= _NEAR
        return told or telling.same_paragraph(last) or near
