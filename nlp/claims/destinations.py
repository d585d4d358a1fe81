"""Whom weapons go to where only the place is told that they are taken to: "flew rifles from X to Minsk".

The state that the place lies in is told to get them where it denies it: without that, the place is as often
one from which they go on to somebody else, or one that rebels hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from tailgraph.graph.model import Action, EntityRef, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.getters import next_steps, region
from tailgraph.nlp.claims.parties import Parties, here
from tailgraph.nlp.claims.syntax import prep_objects
from tailgraph.nlp.flights_told.lands import country_of

_LYING = (Kind.PLACE, Kind.AIRPORT)
_GOING = frozenset({"carry", "supply", "motion", "load", "cargo"})


def destinations(parties: Parties, act: Act) -> list[Slot]:
    """The states of the places to which an act of moving is told to go, those that it leaves left out."""
    if act.action != Action.TRANSFER or act.kind not in _GOING:
        return []
    if any(is_cue(step, "seize", "found") for step in next_steps(act.cue)):
        return []
    left = {ref for ref, _ in _places(parties, act, "from")}
    return [slot for ref, slot in _places(parties, act, "to") if ref not in left]


def name_recipient(draft: Draft) -> None:
    """Fill the recipient of a transfer with the one state that it goes to and that denies it."""
    if draft.action != Action.TRANSFER or draft.take("recipient"):
        return
    involved = {ref for slot in ("accused", "supplier", "accuser", "target") for ref in draft.refs(slot)}
    denying = draft.refs("denied_by") - involved
    states = {slot.entity: slot for slot in draft.goals if slot.entity in denying}
    if len(states) == 1:
        draft.put("recipient", list(states.values()))


def _places(parties: Parties, act: Act, preposition: str) -> Iterator[tuple[EntityRef, Slot]]:
    """The states of the places behind a preposition, with what fills a slot for them."""
    for word in region(act):
        for obj in prep_objects(word, preposition):
            mention = parties.report.mention_at(obj)
            if mention is None or mention.entity.kind not in _LYING:
                continue
            state = parties.state(country_of(parties.report, mention.entity))
            if state is not None:
                yield state, here(Slot(entity=state), obj)
