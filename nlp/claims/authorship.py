"""Whose paper it is: "The panel wrote in a report … The report says"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.syntax import is_passive


def publishes(verb: Token, paper: Token) -> bool:
    """Whether who does `verb` is the author of a paper that is told of after it."""
    if is_passive(verb) or not any(c.dep_ in ("dobj", "ccomp", "prep") for c in verb.children):
        return False
    if verb.lemma_ in wordset("publishing"):
        return any(c.dep_ == "dobj" and c.lemma_.lower() in wordset("papers") for c in verb.children)
    if not is_cue(verb, "say", "allege", "designate"):
        return False
    charges = paper.lemma_ in ("statement", "indictment", "complaint", "filing") and not is_cue(verb, "say")
    return charges or any(t.pos_ == "NOUN" and t != paper and _same_paper(t, paper) for t in verb.subtree)


def _same_paper(noun: Token, paper: Token) -> bool:
    """ "The report" is what was called a report or a document before, and no photograph."""
    texts = wordset("papers with a text")
    one, other = noun.lemma_.lower(), paper.lemma_.lower()
    return one == other or (one in texts and other in texts)
