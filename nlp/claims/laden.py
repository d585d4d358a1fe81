"""Loads told by what carries them: "two lorries with mortars for X crossed at Y", "ships steaming towards X
with rockets for Y"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.syntax import prep_objects

_LADEN = frozenset({"with"})


def laden(vehicle: Token, link: str, path: list[Token]) -> Act | None:
    """The load of a vehicle under way that goes to somebody: without one for whom it is, "trucks with machine
    guns" are armed."""
    if link not in _LADEN or vehicle.lemma_.lower() not in wordset("ships") | wordset("craft"):
        return None
    moves = (
        vehicle.head if vehicle.dep_ == "nsubj" else next((c for c in vehicle.children if _moving(c)), None)
    )
    if moves is None or not (is_cue(moves, "motion", "arrive") or moves.lemma_ in wordset("crossing")):
        return None
    bound = any(True for word in path for _ in prep_objects(word, "for", "to"))
    return Act(moves, "motion", "motion-noun-with", [], [*path, vehicle]) if bound else None


def _moving(clause: Token) -> bool:
    return clause.dep_ in ("acl", "relcl") and clause.pos_ == "VERB"
