"""What stands beside a name and tells that it is a person's: a title, an office, "led by", "his"."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from tailgraph.nlp.candidates import View
from tailgraph.nlp.cues import cues
from tailgraph.nlp.runs import Run

_OFFICE_THEN_NAME = re.compile(
    r"\b(?:[Aa]|[Tt]he|[Ii]ts|['’]s) (?:[\w'’.-]+ ){0,4}?(\w+)(?: (?:for|of|at"
    r"|to|in) [^,.;]{2,60})?, $"
)


def told_beside(view: View, run: Run) -> bool:
    """Whether the words around a run of capitalised words make it the name of a person."""
    doc = view.doc
    return (
        _office_follows(doc, run.last)
        or _office_before(view, run)
        or (run.first > 0 and (_office_noun(doc[run.first - 1]) or _led_by(doc, run.first)))
        or _his_own(doc, run.first, run.last)
    )


def is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in cues("people: titles")


def _office_noun(token: Token) -> bool:
    return token.lower_ in cues("people: office nouns") or token.lower_ in cues("people: titles")


def _office_follows(doc: Doc, last: int) -> bool:
    """Does ", a/the/its ... spokesman" or ", who" or ", 34," follow?"""
    after = doc[last + 1 : last + 10]
    if len(after) < 2 or after[0].text != ",":
        return False
    if after[1].lower_ in ("who", "whose") or (
        re.fullmatch(r"[1-9]\d", after[1].text) and len(after) > 2 and after[2].text == ","
    ):
        return True
    for token in after[1:]:
        if token.lower_ in cues("people: office nouns"):
            return True
        if (
            (token.is_punct and token.text != "-")
            or token.pos_ in ("VERB", "ADP")
            or token.lower_ in ("company", "firm", "group", "airline", "agency", "carrier")
        ):
            return False
    return False


def _office_before(view: View, run: Run) -> bool:
    """ "A spokesman for the group, X Y," or "Sebha's mayor, X Y,"."""
    start = view.doc[run.first].idx
    match = _OFFICE_THEN_NAME.search(view.content[max(start - 110, 0) : start])
    return match is not None and match[1].lower() in cues("people: office nouns")


def _led_by(doc: Doc, first: int) -> bool:
    """ "headed by X", "led by X", "named X"."""
    return (
        first > 1
        and doc[first - 1].lower_ == "by"
        and doc[first - 2].lemma_.lower()
        in ("head", "lead", "chair", "command", "own", "run", "found", "sign", "write", "ask", "answer")
    ) or (
        doc[first - 1].lower_ in ("named", "called")
        and first > 1
        and doc[first - 2].lemma_.lower()
        in ("man", "woman", "pilot", "captain", "officer", "broker", "dealer", "businessman", "trader")
    )


def _his_own(doc: Doc, first: int, last: int) -> bool:
    """A subject of two or three words whose verb only people do, or that has "his" or "her" in its clause."""
    root = doc[first : last + 1].root
    if (
        root.dep_ not in ("nsubj", "nsubjpass")
        or last - first > 3
        or not all(t.text[0].isupper() and t.text[1:].islower() for t in doc[first : last + 1] if t.is_alpha)
    ):
        return False
    owned = any(
        child.dep_ in ("dobj", "attr", "pobj") and any(g.lower_ in ("his", "her") for g in child.children)
        for child in root.head.children
    )
    return owned or (
        root.head.lemma_.lower() in cues("people: human verbs") and root.ent_type_ in ("PERSON", "")
    )
