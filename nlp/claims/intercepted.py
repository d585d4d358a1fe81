"""Drones and missiles told by who brought them down: "shot down 29 of 35 Russian drones", "intercepted a
missile that the Houthis had fired".

Somebody used them against whoever brought them down. Where nothing says whose they were, or a single drone
was brought down, which may have come to look, no claim is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.syntax import doers

RULE = "strike-verb-intercepted"
_OWNERS = frozenset({"amod", "compound", "nmod", "poss"})


def intercepted(verb: Token, link: str, path: list[Token]) -> Act | None:
    """The use of what is brought down, where the words on it say whose it was or who launched it."""
    if link != "obj" or verb.pos_ != "VERB" or not brings_down(verb):
        return None
    weapon = path[0]
    owned = weapon.tag_ in ("NNS", "NNPS") and any(
        c.dep_ in _OWNERS and (c.pos_ in ("ADJ", "PROPN") or c.dep_ == "poss") for c in weapon.children
    )
    return Act(verb, "strike", RULE, [], path) if owned or _launched(weapon) else None


def brings_down(verb: Token) -> bool:
    """ "Shot down", "intercepted", "destroyed"."""
    with_particle = {f"{verb.lemma_} {c.lower_}" for c in verb.children if c.dep_ in ("prt", "advmod")}
    return bool({verb.lemma_, *with_particle} & wordset("bringing down"))


def defenders(parties: Parties, act: Act, shooters: Iterable[EntityRef]) -> list[Slot]:
    """Against whom they were used: the state of who brought them down."""
    barred = set(shooters)
    found = [s for t in doers(act.cue) for s in parties.of(t)]
    states = [s for slot in found for s in (slot, *parties.states_behind(slot))]
    return [s for s in states if s.entity.kind == Kind.COUNTRY and s.entity not in barred]


def _launched(weapon: Token) -> bool:
    """ "Drones launched by Russia", "a missile that the Houthis had fired"."""
    clauses = [c for c in weapon.children if c.dep_ in ("acl", "relcl")]
    return any(is_cue(c, "use", "strike") for c in clauses)
