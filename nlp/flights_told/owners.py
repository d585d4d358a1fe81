"""Whose aircraft they are: operators that the words around point to, and the states that these belong to."""

from __future__ import annotations

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.craft import Craft, Slots
from tailgraph.nlp.flights_told.stage import Stage
from tailgraph.nlp.flights_told.states import state_of
from tailgraph.nlp.flights_told.vehicles import Vehicle


class Owners:
    """The operators of a report: their states as the text says, the one named last, a list's heading."""

    def __init__(self, annotated: Annotated, stage: Stage) -> None:
        self._annotated = annotated
        self._stage = stage
        self._states: dict[EntityRef, Slots] = {}
        self._listed: Slot | None = None
        self.last: Slot | None = None

    def note(self, vehicle: Vehicle) -> None:
        """Learn the states of the operators that a mention names."""
        if len(vehicle.operators) == 1 and vehicle.states:
            self._learn(vehicle.operators[0], vehicle.states[0])
        elif len(vehicle.operators) > 1 and len(vehicle.states) == len(vehicle.operators):
            for operator, state in zip(vehicle.operators, vehicle.states, strict=True):
                self._learn(operator, state)
        if vehicle.operators:
            self.last = vehicle.operators[-1]

    def _learn(self, operator: Slot, state: Slot) -> None:
        self._states.setdefault(operator.entity, {state.entity: state})

    def head_list(self, operator: Slot | None) -> None:
        """Whose aircraft the items of a list are: "the following aircraft of X:"."""
        self._listed = operator

    def attribute(self, vehicle: Vehicle, craft: Craft, before: Slot | None) -> None:
        """Give the craft the operator that the words around point to: "its only aircraft", "of the airline",
        a list's heading; `before` is the one named before this mention.
        """
        if craft.operators or not vehicle.craft:
            return
        if (vehicle.owned or vehicle.airline) and before:
            craft.operators[before.entity] = before
            if vehicle.airline and vehicle.states:
                self._learn(before, vehicle.states[0])
        elif vehicle.aircraft and self._listed:
            craft.operators[self._listed.entity] = self._listed
        elif vehicle.aircraft and vehicle.types and not vehicle.states:
            self._of_group(vehicle, craft)

    def _of_group(self, vehicle: Vehicle, craft: Craft) -> None:
        """ "Boeing 707s of the Israeli Air Force … 4X-JYT, a 707, left": one of those."""
        types = {s.entity for s in vehicle.types}
        groups = (m.craft for m in reversed(self._stage) if m.craft.plural and not m.craft.aircraft)
        group = next((c for c in groups if c.operators and types & set(c.types)), None)
        if group:
            craft.operators.update(group.operators)
            craft.states.update(group.states)

    def states_of(self, craft: Craft) -> tuple[Slot, ...]:
        """The states of the craft as the text says, else those of its operators."""
        found: Slots = {}
        for operator in craft.operators:
            known = self._states.get(operator)
            found.update(known or {})
            code = None if known else state_of(self._annotated.entity(operator))
            if code and not (craft.states and len(craft.operators) == 1):
                ref = EntityRef(kind=Kind.COUNTRY, id=code)
                found[ref] = Slot(entity=ref)
        return tuple((found or craft.states).values())
