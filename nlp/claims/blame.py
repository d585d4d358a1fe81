"""Who is blamed for an attack told as a noun: "blamed the attack on X", "attributed the strike to X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.syntax import is_passive, prep_objects

BLAMED = "strike-blamed"
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


def culprits(noun: Token) -> Iterator[Token]:
    """X in "pinned the strike on X"."""
    verb = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in wordset("blaming"):
        for word in (verb, noun):
            yield from prep_objects(word, "on", "to")


def the_attack(noun: Token) -> bool:
    """Whether a noun tells an attack again to say who did it: "attributed that attack to X", "blamed X for
    the strikes", "is behind the bombing"."""
    if noun.pos_ != "NOUN" or not is_cue(noun, "strike"):
        return False
    if not any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in noun.children):
        return False
    if noun.dep_ != "pobj":
        return any(True for _ in culprits(noun)) and not negated(noun.head)
    prep, verb = noun.head, noun.head.head
    if prep.lower_ == "behind":
        return verb.lemma_ in ("be", "stand") and not negated(verb)
    if prep.lower_ == "for" and claimant(noun) is not None:
        return True
    return prep.lower_ in ("of", "for", "over") and verb.pos_ == "VERB" and is_cue(verb, "allege")


def claimant(noun: Token) -> Token | None:
    """The verb of "took responsibility for the attack", whose subject says that he did it."""
    owning = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else None
    if owning is None:
        return None
    if owning.lemma_ in ("responsibility", "credit"):
        verb = owning.head
    else:
        verb = owning if any(c.lemma_ in ("responsibility", "credit") for c in owning.children) else noun
    claims = verb.pos_ == "VERB" and verb.lemma_ in ("take", "claim", "accept", "assume", "admit")
    return verb if claims and not negated(verb) else None


def blames_only(verb: Token) -> bool:
    """ "Riyadh blamed Iran", "put the blame on Iran": nothing is said of what for, which was told before."""
    if verb.pos_ != "VERB" or negated(verb) or is_passive(verb):
        return False
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ in ("put", "lay", "place", "pin"):
        return any(t.lemma_ == "blame" for t in things) and any(True for _ in blamed(verb))
    open_ended = not any(c.lower_ in ("for", "on", "over") for c in verb.children if c.dep_ == "prep")
    return verb.lemma_ == "blame" and bool(things) and open_ended


def blamed(verb: Token) -> Iterator[Token]:
    """Whom a verb of blaming blames."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ == "blame":
        yield from things
        return
    for word in (verb, *things):
        yield from prep_objects(word, "on")
