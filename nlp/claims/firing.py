"""What is shot, and what it is shot at: "fired at warships", "missiles are of the kind that X fired"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.clauses import below
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.syntax import prep_objects

_AT = frozenset({"at", "on", "upon", "against", "toward", "towards", "into"})
_SHOOTING = ("use", "strike")


def shot_at(head: Token) -> bool:
    """ "Fired at warships and at tanks": whether a weapon is what others are fired at, and fires nothing."""
    noun = head
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in _AT:
        return False
    while prep.dep_ == "conj" and prep.head.pos_ == "ADP":
        prep = prep.head
    shot = prep.head
    if shot.pos_ in ("NOUN", "PROPN") and shot.dep_ in ("dobj", "nsubjpass", "conj"):
        shot = shot.head  # "fired a rocket at a tank": the parser hangs "at" on the rocket
    return shot.pos_ == "VERB" and shot.i < prep.i and is_cue(shot, *_SHOOTING)


def of_kind(head: Token) -> Act | None:
    """ "The missiles are of the type that X has fired at ships": the act that is told of the type."""
    being = head.head
    if head.dep_ != "nsubj" or being.lemma_ != "be":
        return None
    for kind in prep_objects(being, "of"):
        act = below(kind) if kind.lemma_.lower() in wordset("kinds") else None
        if act is not None:
            act.path.append(head)
            return act
    return None
