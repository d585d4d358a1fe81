"""Nouns for who gives: "X is the main supplier of rifles to Y", "called X the Front's source of rockets"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.syntax import prep_objects, subjects, undergoers

GIVER = "supply-noun-giver"


def giving(noun: Token, link: str, path: list[Token]) -> Act | None:
    """The act of "supplier of rifles to Y", where it is told who the supplier is, and whose."""
    if link not in ("of", "compound") or noun.lemma_.lower() not in wordset("givers"):
        return None
    told = bool(givers(noun)) and any(True for _ in takers(noun, path))
    return Act(noun, "supply", GIVER, [], path) if told else None


def givers(noun: Token) -> list[Token]:
    """Who is said to be the supplier."""
    above = noun.head
    if noun.dep_ == "attr":
        return [] if negated(above) else subjects(above)
    if noun.dep_ == "nsubj" and above.lemma_ == "be":  # "Mali's main supplier of rifles is X"
        return [c for c in above.children if c.dep_ == "attr" and not negated(above)]
    if noun.dep_ == "appos" and above.pos_ == "PROPN":
        return [above]
    if noun.dep_ == "oprd" and above.pos_ == "VERB":
        return undergoers(above)
    if noun.dep_ == "pobj" and above.lower_ == "as" and above.head.pos_ == "VERB":
        return undergoers(above.head)
    return []


def takers(noun: Token, path: list[Token]) -> Iterator[Token]:
    """Whose supplier it is: "the Front's main supplier of rifles", "a supplier of rifles to Mali"."""
    yield from (c for c in noun.children if c.dep_ == "poss")
    for word in (noun, *path):
        yield from prep_objects(word, "to", "for")
