"""What an aircraft went somewhere for: "landed in Goma to take the wounded to Kigali"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Token

from tailgraph.nlp.flights_told.modality import Outcome
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame

_MAX_CLIMB = 3
_GOING = frozenset({Frame.FLY, Frame.CARRY})


def as_meant(telling: Telling, told: Mapping[Token, Telling]) -> Telling | None:
    """The telling as what was meant to be flown from where the aircraft had gone, None where no end is
    told ("came in to take citizens home"); an aircraft that left to take somebody to X was bound for X."""
    before = _gone_for(telling, told)
    if before is None:
        return telling
    if telling.destination is None:
        return None
    if _bound_for(telling, before):
        return telling
    return replace(telling, outcome=Outcome.PLANNED, origin=telling.origin or before.destination)


def _bound_for(telling: Telling, before: Telling) -> bool:
    return before.frame is Frame.DEPART and before.destination is None and telling.origin is None


def _gone_for(telling: Telling, told: Mapping[Token, Telling]) -> Telling | None:
    """What told of the movement for this purpose."""
    token = telling.cue.token
    if telling.frame not in _GOING or telling.outcome is not Outcome.DONE or token.tag_ != "VB":
        return None
    for _ in range(_MAX_CLIMB):
        if token.dep_ != "conj":
            break
        token = token.head
    purpose = token.dep_ in {"advcl", "xcomp"} and any(c.tag_ == "TO" for c in token.children)
    before = told.get(token.head) if purpose else None
    return before if before is not None and before.outcome is Outcome.DONE else None
