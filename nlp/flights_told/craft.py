"""One aircraft, or several spoken of as one, with all that a report says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tailgraph.graph.model import EntityRef, Slot
from tailgraph.nlp.flights_told.vehicles import Vehicle

Slots = dict[EntityRef, Slot]


@dataclass(eq=False)
class Craft:
    """One aircraft, or a group spoken of as one, with all that the report says of it so far; `flown`: flights
    of it among that."""

    aircraft: Slots = field(default_factory=dict)
    types: Slots = field(default_factory=dict)
    operators: Slots = field(default_factory=dict)
    states: Slots = field(default_factory=dict)
    count: int | None = None
    plural: bool = False
    described: bool = False
    group: Craft | None = None
    called: bool = False
    flown: bool = False

    @property
    def named(self) -> bool:
        return bool(self.aircraft or self.types or self.operators)

    @property
    def thin(self) -> bool:
        """Nothing is known that could tell it from another aircraft of its state."""
        return not (self.named or self.called)

    def learn(self, vehicle: Vehicle) -> None:
        """Add what a mention says; a second operator or type does not replace the first."""
        self.aircraft.update({s.entity: s for s in vehicle.aircraft if s.entity not in self.aircraft})
        for own, new in (
            (self.types, vehicle.types),
            (self.operators, vehicle.operators),
            (self.states, vehicle.states),
        ):
            if not own:
                own.update({s.entity: s for s in new})
        self.plural = self.plural or vehicle.plural or len(self.aircraft) > 1
        self.described = self.described or vehicle.craft
        self.called = self.called or vehicle.noun == "one"

    def like(self, named: Vehicle | None = None) -> Craft:
        """Another of its kind: same type, operator and state, but not the same airframe; of a group's types
        those that it is `named` by ("another A400M", of C-130s and A400Ms)."""
        own = _refs(named.types) & set(self.types) if named is not None else set()
        types = {ref: slot for ref, slot in self.types.items() if not own or ref in own}
        return Craft({}, types, dict(self.operators), dict(self.states), described=self.described)

    def agrees(self, other: Craft | Vehicle) -> bool:
        """Whether nothing that is known of both differs."""
        return all(
            not a or not b or a & b
            for a, b in (
                (set(self.aircraft), _refs(other.aircraft)),
                (set(self.types), _refs(other.types)),
                (set(self.operators), _refs(other.operators)),
                (set(self.states), _refs(other.states)),
            )
        )


def _refs(slots: Iterable[Slot] | Mapping[EntityRef, Slot]) -> set[EntityRef]:
    return set(slots) if isinstance(slots, Mapping) else {s.entity for s in slots}
