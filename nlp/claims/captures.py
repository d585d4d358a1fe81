"""Weapons taken from those who had them: "took 30 rifles from the patrol", "captured tanks from the army"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.syntax import conjuncts, doers, prep_objects


def captured(governor: Token, link: str, path: list[Token]) -> Act | None:
    """The act of getting hold of weapons by taking them from people in arms. What police or customs take from
    smugglers is no such act, but a find."""
    if link != "obj" or governor.lemma_ not in wordset("capturing"):
        return None
    things = [t for word in path for t in conjuncts(word)]
    losers = [o for word in (governor, *path, *things) for o in prep_objects(word, "from")]
    if not any(_armed(t) for t in losers) or any(_police(t) for t in doers(governor)):
        return None
    return Act(governor, "acquire", "acquire-verb-captured", [], path)


def _armed(loser: Token) -> bool:
    words = wordset("followers") | wordset("armies") | wordset("people") | wordset("patrols")
    return loser.lower_ in ("it", "them") or loser.lemma_.lower() in words or loser.lower_ in words


def _police(taker: Token) -> bool:
    words = [taker, *(c for c in taker.children if c.dep_ in ("compound", "amod"))]
    return any(w.lemma_.lower() in wordset("seizing bodies") for w in words)
