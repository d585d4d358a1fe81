"""Which aircraft a mention means: one craft for all that a report says of it."""

from __future__ import annotations

from tailgraph.graph.model import EntityRef
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.descriptions import Descriptions
from tailgraph.nlp.flights_told.marks import is_former_mark, is_mark, stands_alone
from tailgraph.nlp.flights_told.owners import Owners
from tailgraph.nlp.flights_told.stage import Stage, without_mark
from tailgraph.nlp.flights_told.vehicles import Vehicle


class Cast:
    """All craft of a report, in the order in which they come on stage."""

    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        self._airframes: dict[EntityRef, Craft] = {}
        self.stage = Stage(annotated)
        self.owners = Owners(annotated, self.stage)
        self._descriptions = Descriptions(annotated, self.stage)

    def enter(self, vehicle: Vehicle, index: int, load: bool = False, aside: bool = False) -> Craft:
        """The craft that a mention in sentence `index` means; a load is nothing that "it" means next, what is
        spoken of `aside` only if no other is."""
        operator_before = self.owners.last
        self.owners.note(vehicle)
        told = self._member(vehicle, index) or self._of_former_mark(vehicle, index)
        if told:
            return told
        if described := self._descriptions.described(vehicle, index):
            for craft in described:
                craft.learn(vehicle)
            self._register(vehicle, described[0])
            return described[0]
        craft = self._named(vehicle, index) if vehicle.aircraft else self._unnamed(vehicle, index)
        craft.learn(vehicle)
        self.owners.attribute(vehicle, craft, operator_before)
        if vehicle.count and (craft.count is None or vehicle.count > 1):
            craft.count = vehicle.count
        self._register(vehicle, craft)
        if vehicle.craft and not load:
            self.stage.enter(craft, index, vehicle.first, aside)
        return craft

    def _register(self, vehicle: Vehicle, craft: Craft) -> None:
        if len(vehicle.aircraft) == 1:
            self._airframes.setdefault(vehicle.aircraft[0].entity, craft)
            return
        for slot in vehicle.aircraft:
            single = craft.like()
            single.aircraft[slot.entity] = slot
            self._airframes.setdefault(slot.entity, single)

    def _member(self, vehicle: Vehicle, index: int) -> Craft | None:
        """What is said of some of a group ("the third was flown by Y"): the last of those meant."""
        group, chosen = self._descriptions.members(vehicle, index)
        if group is None or not chosen:
            return None
        refs = list(group.aircraft)
        members = [self._airframes[refs[i]] for i in chosen]
        for craft in members:
            craft.learn(vehicle)
        group.operators.update({s.entity: s for s in vehicle.operators})
        return members[-1]

    def _of_former_mark(self, vehicle: Vehicle, index: int) -> Craft | None:
        """The aircraft spoken of, by the mark that it once had."""
        if not is_former_mark(self._annotated, vehicle):
            return None
        last = self.stage.last(index, vehicle.first) or self.stage.only_one(without_mark(vehicle))
        mark = vehicle.aircraft[0].entity
        if last is None or not last.aircraft or mark in last.aircraft:
            return None
        self._airframes.setdefault(mark, last)
        return last

    def _named(self, vehicle: Vehicle, index: int) -> Craft:
        """The craft of a mention that gives registrations."""
        if len(vehicle.aircraft) == 1 and (known := self._airframes.get(vehicle.aircraft[0].entity)):
            return known
        if vehicle.picked and (group := self.stage.group(index)):
            one = _one_of(group, "")
            one.group = group
            return one
        last = self.stage.last(index, vehicle.first)
        if last and not last.aircraft and not last.plural and is_mark(self._annotated, vehicle):
            return last
        if vehicle.one_of is not None:
            group = self.stage.group(index)
            return _one_of(group, vehicle.one_of) if group else Craft()
        if vehicle.alike and last and last.agrees(Craft(types={s.entity: s for s in vehicle.types})):
            return last.like(vehicle)
        if vehicle.definite or self._apposed(vehicle):
            meant = self.stage.meant(vehicle, index, plural=len(vehicle.aircraft) > 1)
            if meant and not meant.aircraft and meant.plural and len(vehicle.aircraft) == 1:
                return meant.like() if vehicle.definite else self._new(vehicle, index)
            if meant and not meant.aircraft:
                return meant
        return self._new(vehicle, index)

    def _new(self, vehicle: Vehicle, index: int) -> Craft:
        """A craft not told before; what is known of its airframes one by one, or of the group that a bare
        registration is of, holds for it."""
        new = Craft()
        for slot in vehicle.aircraft:
            if old := self._airframes.get(slot.entity):
                new.types.update(old.types)
                new.operators.update(old.operators)
                new.states.update(old.states)
        bare = not vehicle.types and not vehicle.operators and not new.types
        group = self.stage.group(index) if bare else None
        return group.like() if group else new

    def _apposed(self, vehicle: Vehicle) -> bool:
        """ "The A320 which left Mitiga two days later, 5A-LBX, …"."""
        if not stands_alone(self._annotated, vehicle):
            return False
        sentence = range(self._annotated.doc[vehicle.first].sent.start, vehicle.first)
        return any(m.first in sentence and not m.craft.plural for m in reversed(self.stage))

    def _unnamed(self, vehicle: Vehicle, index: int) -> Craft:
        """The craft of a mention without registrations."""
        meant = None
        if vehicle.alike:
            last = self.stage.last(index, vehicle.first)
            meant = last.like(vehicle) if last and last.agrees(vehicle) else None
        elif vehicle.definite and vehicle.craft:
            meant = self.stage.meant(vehicle, index, vehicle.plural)
            if meant and self._only_of_operator(vehicle) and not meant.operators:
                meant = None
        return meant or Craft()

    def _only_of_operator(self, vehicle: Vehicle) -> bool:
        """ "The aircraft of Conviasa": its fleet, and not the plane spoken of, whosever that is."""
        words = self._annotated.doc[vehicle.first : vehicle.end]
        bare = bool(vehicle.operators) and not vehicle.types and not vehicle.aircraft
        return bare and any(t.lower_ == "of" for t in words)


def _one_of(group: Craft, which: str) -> Craft:
    """One of a group; "the former's" is of its first operator, "the latter's" of its last."""
    one = group.like()
    if which and len(one.operators) > 1:
        ref = list(one.operators)[0 if which == "former" else -1]
        one.operators, one.states = {ref: one.operators[ref]}, {}
    return one
