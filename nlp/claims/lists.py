"""Whether two weapons stand in one list, by the words between them alone."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from tailgraph.graph.model import Mention
from tailgraph.nlp.claims.cues import wordset

_GLUE = frozenset([",", *"and or as well along together with plus including some up to of".split()])
# How many words may stand between two items.
_REACH = 9


def follows(doc: Doc, first: Mention, second: Mention) -> bool:
    """Whether `second` is the next item of a list after `first`: "rifles and 40 crates of mortars"."""
    if second.start < first.end or second.passage != first.passage or _subject(doc, second):
        return False
    span = doc.char_span(first.end, second.start, alignment_mode="contract")
    words = [t for t in span or () if not t.is_space]
    if not words or len(words) > _REACH:
        return False
    joined = any(t.lower_ in ("and", "or", "plus", ",") for t in words) or _as_well_as(words)
    return joined and all(_between_items(t) for t in words)


def _subject(doc: Doc, mention: Mention) -> bool:
    """ "Hit by drones, and air defences were repelling them": what does something itself is no item."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    verb = span.root.head if span is not None and span.root.dep_ == "nsubj" else None
    return verb is not None and any(
        c.dep_ == "aux" and c.tag_ in ("VBD", "VBZ", "VBP") for c in verb.children
    )


def _as_well_as(words: list[Token]) -> bool:
    """ "As warships gather" is no item of a list."""
    if words[0].lower_ == "as":
        return len(words) > 1 and words[1].lower_ == "well"
    return words[0].lower_ in ("along", "together", "with", "including")


def _between_items(token: Token) -> bool:
    """A word that may stand before an item: a number, an article, an adjective, a container."""
    return (
        token.lower_ in _GLUE
        or token.pos_ in ("NUM", "DET", "ADJ")
        or token.lemma_.lower() in wordset("part")
        or token.dep_ in ("compound", "quantmod", "nummod")
    )
