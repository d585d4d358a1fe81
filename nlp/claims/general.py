"""Acts that nobody is said to have done: what would follow from them, who does such things, what a law says
of them."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.syntax import antecedent

_ANYONE = frozenset({"those", "anyone", "anybody", "everyone", "everybody", "whoever"})
# The tags of what is so at all times, or would be.
_GENERAL = frozenset({"VBP", "VBZ", "MD"})


def in_general(act: Act) -> bool:
    """Whether an act is told of in general: no claim that it was done."""
    cue = act.cue
    return _supposed(cue) or _by_anyone(cue) or _regulated(cue) or _nothing_but(act)


def _supposed(cue: Token) -> bool:
    """ "Supplying rifles to X would prolong the war", "violates the embargo"."""
    own = any(c.dep_ in ("poss", "nsubj") for c in cue.children)
    return cue.tag_ == "VBG" and cue.dep_ == "csubj" and not own and _finite(cue.head) in _GENERAL


def _by_anyone(cue: Token) -> bool:
    """ "Those who supply weapons", "whoever sends rifles", "any airport that receives drones"."""
    if _finite(cue) not in _GENERAL:
        return False
    subjects = [antecedent(c) for c in cue.children if c.dep_ == "nsubj"]
    any_one = (c.lower_ in ("any", "every", "each") for t in subjects for c in t.children)
    return any(t.lower_ in _ANYONE for t in subjects) or any(any_one)


def _nothing_but(act: Act) -> bool:
    """ "Says that it sells only blank-firing weapons": what somebody's trade is limited to."""
    first = min((t.i for t in act.path), default=act.cue.i)
    words = act.cue.doc[act.cue.i + 1 : first]
    return act.cue.tag_ in ("VBZ", "VBP") and any(
        t.lower_ in ("only", "solely", "exclusively") for t in words
    )


def _regulated(cue: Token) -> bool:
    """ "Strictly controls the export of drones", "the arms export statistics"."""
    verb = cue.head
    if cue.pos_ == "NOUN" and cue.dep_ == "compound" and verb.lemma_.lower() in wordset("books"):
        return True
    return (
        cue.pos_ == "NOUN"
        and cue.dep_ in ("dobj", "nsubjpass")
        and verb.pos_ == "VERB"
        and verb.lemma_ in wordset("regulating")
    )


def _finite(verb: Token) -> str:
    """The tag of the word that carries the tense: "MD" of "would send"."""
    helping = [c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass") and c.tag_ != "TO"]
    return helping[0] if helping else verb.tag_
