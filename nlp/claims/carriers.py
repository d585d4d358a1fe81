"""What carries weapons: "aboard X", "by X", "on nine flights of X", "unloaded from X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.craft import CRAFT_KINDS
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.getters import region
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.slots import Roles, everything, phrase, put
from tailgraph.nlp.claims.syntax import out_of, prep_objects, undergoers

_ABOARD = ("aboard", "on", "in", "by", "via", "onto", "into", "onboard", "board", "inside", "with")


def fill_carriers(parties: Parties, act: Act, out: Roles) -> None:
    if act.action not in (Action.TRANSFER, Action.ACQUISITION):
        return
    for obj in _places(act):
        if obj.lemma_.lower() in wordset("flight"):
            put(out, "carrier", _flown(parties, obj))
        elif _carries(parties, obj):
            put(out, "carrier", parties.craft_of(obj))
    if act.cue.dep_ in ("xcomp", "advcl") and act.cue.head.lemma_ in ("use", "charter", "hire", "employ"):
        for obj in undergoers(act.cue.head):  # "is using them to ship"
            put(out, "carrier", parties.craft_of(obj))
    if act.rule == "cargo-copula":
        for word in act.cue.subtree:
            if word.lemma_.lower() in wordset("craft"):
                put(out, "carrier", parties.craft_of(word))


def _places(act: Act) -> Iterator[Token]:
    unloads = act.cue.lemma_ in wordset("unloading") | wordset("dropping")
    names = (*_ABOARD, "from", "off") if unloads else _ABOARD
    for word in region(act):
        yield from prep_objects(word, *names)
        yield from out_of(word) if unloads else ()


def _carries(parties: Parties, obj: Token) -> bool:
    return (
        obj.lemma_.lower() in wordset("craft")
        or parties.names(obj, Kind.OPERATOR)
        or any(parties.names(w, Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE) for w in phrase(obj))
    )


def _flown(parties: Parties, flight: Token) -> list[Slot]:
    """The craft of "nine flights of a DC-8", "two trips by the same aircraft"; of "an Alvand flight" the
    airline.
    """
    for obj in prep_objects(flight, "of", "by", "with"):
        if _carries(parties, obj):
            return parties.craft_of(obj)
    return everything(parties.report, flight, *CRAFT_KINDS)
