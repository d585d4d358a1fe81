"""What somebody saw or reckoned: weapons seen with those who have them ("documented mortars in videos of the
Wagner Group"), and loads whose size is told ("put the cargo at 40 tons of ammunition")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.blame import BLAMED, claimant, culprits
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.syntax import doers, prep_objects

SEEN, RECKONED = "possess-seen", "cargo-reckoned"


def seen(verb: Token, link: str, path: list[Token]) -> Act | None:
    """ "Identified howitzers in pictures of Russian units", "has documented rockets in the hands of X"."""
    if link != "obj" or verb.lemma_ not in wordset("watched") or negated(verb):
        return None
    return Act(verb, "possess", SEEN, [], path) if any(True for _ in _keepers((verb, *path))) else None


def reckoned(governor: Token, link: str, path: list[Token]) -> Act | None:
    """ "Put the payload at 300 tons of rifles", "estimates the load at 60 tonnes of shells"."""
    if link != "at":
        return None
    things = [governor, *(c for c in governor.children if c.dep_ in ("dobj", "nsubjpass"))]
    for thing in things:
        told = thing.dep_ in ("dobj", "nsubjpass") and thing.head.lemma_ in wordset("reckoning")
        if told and thing.lemma_ in wordset("loads") and not negated(thing.head):
            return Act(thing, "cargo", RECKONED, [], path)
    return None


def keepers(act: Act) -> list[Token]:
    """With whom the weapons of an act of seeing were seen."""
    return list(_keepers((act.cue, *act.path))) if act.rule == SEEN else []


def witnesses(act: Act) -> list[Token]:
    """Who saw or reckoned it, or blames somebody for it: he says so."""
    if any(True for _ in culprits(act.cue)):
        return doers(act.cue.head)
    claiming = act.cue if act.rule == BLAMED else claimant(act.cue)
    if claiming is not None:
        return doers(claiming)
    if act.rule == SEEN:
        return doers(act.cue)
    return doers(act.cue.head) if act.rule == RECKONED else []


def _keepers(words: tuple[Token, ...]) -> Iterator[Token]:
    for word in words:
        for noun in prep_objects(word, "in", "on", "from", "among"):
            if noun.lemma_.lower() in wordset("pictures") | wordset("keeping"):
                yield from (c for c in noun.children if c.dep_ == "poss")
                yield from prep_objects(noun, "of", "by")
