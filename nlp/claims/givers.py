"""Words for giving that are no verbs of it: "X is the main supplier of rifles to Y", "called X the Front's
source of rockets", "let Y have rockets"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.syntax import prep_objects, subjects, undergoers

GIVER, LET = "supply-noun-giver", "supply-verb-let"


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


def let_have(verb: Token, link: str, path: list[Token]) -> Act | None:
    """ "Germany let Ukraine have twelve howitzers": who lets gives."""
    let = verb.head
    if verb.lemma_ != "have" or link != "obj" or verb.dep_ not in ("ccomp", "xcomp") or let.lemma_ != "let":
        return None
    told = verb.tag_ in ("VB", "VBP") and bool(subjects(let)) and any(True for _ in _had_by(verb))
    # What somebody did not let another have is denied at the "let".
    return Act(let if negated(let) else verb, "supply", LET, [], path) if told else None


def letters(act: Act) -> list[Token]:
    """Who let another have the weapon."""
    return subjects(act.cue.head) if act.rule == LET else []


def let_takers(act: Act) -> Iterator[Token]:
    """Whom somebody let have the weapon."""
    if act.rule == LET:
        yield from _had_by(act.cue)


def _had_by(have: Token) -> Iterator[Token]:
    return (c for c in have.children if c.dep_ == "nsubj")
