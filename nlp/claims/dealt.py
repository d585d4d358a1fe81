"""The deal behind a load: "chartered to carry shells, all of X make, that Y was selling to Z".

Whoever flies is told first; who gives and who gets stand in a clause behind the load, which the parser hangs
on the load, on what is said between, or on the verb of the sentence.
"""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.modality import negated

_RELATIVES = frozenset({"that", "which"})


def deal_behind(act: Act) -> Token | None:
    """The verb of the clause behind a load that says who gives it ("that Y had sold to Z")."""
    relative = next((t for t in _behind(act) if t.lower_ in _RELATIVES), None)
    if relative is None:
        return None
    for verb in relative.sent[relative.i - relative.sent.start + 1 :]:
        if verb.pos_ == "VERB":
            giver = [c for c in verb.children if c.dep_ == "nsubj" and relative.i < c.i < verb.i]
            theme = all(c.dep_ != "dobj" or c == relative for c in verb.children)
            return verb if is_cue(verb, "supply") and giver and theme and not negated(verb) else None
    return None


def make_behind(act: Act) -> list[Token]:
    """The noun of "rifles, all of X make"."""
    return [t for t in _behind(act) if t.lemma_.lower() in wordset("make") and t.head.lower_ == "of"]


def _behind(act: Act) -> list[Token]:
    """The words behind the load of an act of carrying, up to the next verb or the place where it goes."""
    things = [t for t in act.path if t.i > act.cue.i]
    if act.kind != "carry" or not things:
        return []
    words = []
    for token in act.cue.doc[max(t.i for t in things) + 1 : act.cue.sent.end]:
        # "All of X make", where the tagger takes the make for a verb.
        if (token.pos_ in ("VERB", "AUX") and token.dep_ != "pobj") or (
            token.pos_ == "ADP" and token.lower_ not in _RELATIVES | {"of"}
        ):
            break
        words.append(token)
    return words
