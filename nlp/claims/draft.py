"""A claim in the making: slots that further sentences may fill, before it is frozen into an Allegation."""

from __future__ import annotations

from dataclasses import dataclass, field

from tailgraph.graph.model import Action, DateInterval, EntityRef, Slot, Span, Status

SLOTS = ("accuser", "accused", "supplier", "recipient", "target", "carrier", "weapons", "denied_by")


@dataclass
class Draft:
    action: Action
    status: Status
    sentence: int
    cue: Span
    rule: str
    slots: dict[str, dict[EntityRef, Slot]] = field(default_factory=dict)
    evidence: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    only_denied: bool = False
    # "Used" and "dropped", which nobody does in a test, other than "fired" and "launched".
    plainly_used: bool = False
    # "Fired at Haifa": no test either, though nobody is named who is hit.
    hits_place: bool = False
    # "Another shipment": none of those told before.
    another: bool = False
    # "Has also been accused of": no mere retelling in other words.
    also: bool = False
    # Somebody whom the report does not name did it ("a broker sold").
    nameless: bool = False
    event: DateInterval | None = None
    # "Sends weapons", told as going on; and what is told of years gone by.
    goes_on: bool = False
    long_past: bool = False
    behalf: list[Slot] = field(default_factory=list)
    owners: list[Slot] = field(default_factory=list)
    # Whose drones or jets struck, where nobody else is told to have flown them.
    strikers: list[Slot] = field(default_factory=list)
    # The states of the places that it goes to, where nobody is told who gets it.
    goals: list[Slot] = field(default_factory=list)
    # Whether people are told as those who did it, whoever they may be.
    by_people: bool = False
    kinds: set[str] = field(default_factory=set)

    def refs(self, slot: str) -> set[EntityRef]:
        return set(self.slots.get(slot, {}))

    def put(self, slot: str, fillers: list[Slot] | tuple[Slot, ...]) -> None:
        for filler in fillers:
            self.slots.setdefault(slot, {}).setdefault(filler.entity, filler)

    def drop(self, slot: str, refs: set[EntityRef]) -> None:
        for ref in refs:
            self.slots.get(slot, {}).pop(ref, None)

    def take(self, slot: str) -> tuple[Slot, ...]:
        return tuple(self.slots.get(slot, {}).values())

    def retells_for(self, other: Draft) -> bool:
        """ "The rebels fired shells, the mayor said. 'They were fired from the barracks,' X said.": whether
        somebody gives his own account of the use that another, who has no name, told."""
        told = self.rule == "use-anaphor" and bool(self.refs("accuser")) and not self.refs("accused")
        return told and not other.refs("accuser") and other.status != Status.ASSERTED
