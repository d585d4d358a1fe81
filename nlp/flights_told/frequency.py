"""How many flights: "122 flights", "landed there 17 times", "twice"; a rate or a vague plural has no
number.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.words import Cue
from tailgraph.nlp.numerals import NUMBER, number

_RATE = re.compile(
    r"\b(?:(?:(?<!in )(?<!within )a|per|each|every)\s+(?:day|week|month|year|night)\b(?!\s+(?:later"
    r"|earlier|before|after|ago|of))|times in (?:the|a) (?:day|week|month|year)|daily|weekly|monthly"
    r"|nightly|several times|several|regularly|routinely|frequently|often|repeatedly"
    r"|dozens|scores|hundreds|many times|many|numerous"
    r"|every\s+(?:\w+\s+)?(?:day|week|month|night|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday))\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:different\s+|separate\s+|more\s+|further\s+)?(?:times|occasions)"
    rf"\b|\b(?P<adverb>twice|thrice|(?<=only )once|(?<=just )once)\b(?!\s+(?:a"
    rf"|per|more|again|an|each)\b)",
    re.IGNORECASE,
)
_COLLECTIVE = frozenset({"dozen", "pair", "couple", "trio", "score"})


def how_often(annotated: Annotated, cue: Cue, near: str) -> tuple[int | None, bool]:
    """The number of flights, and whether the text speaks of their number at all (a rate does, without
    one).
    """
    if _RATE.search(near):
        return None, True
    times = _TIMES.search(near)
    if times:
        return (number(times["n"] or times["adverb"])), True
    if cue.nominal and cue.word.lemma != "route":
        counted = counted_noun(annotated, cue.token)
        if counted is not None or cue.token.tag_ in {"NNS", "NNPS"}:
            return counted, True
    return None, False


def compound_number(token: Token) -> int | None:
    """The number that ends with this word: "dozen" of "two dozen"."""
    first = token.i
    while (
        first > token.sent.start
        and number(token.doc[first - 1].text)
        and token.doc[first - 1].lower_ not in {"both", "once"}
    ):
        first -= 1
    return number(" ".join(t.text for t in token.doc[first : token.i + 1])) or number(token.text)


def _measures(token: Token) -> bool:
    """ "A 10,000-kilometre flight", "the Il-76 flight": a number that counts no flights."""
    after = token.i + 1 < len(token.doc) and token.nbor(1).text == "-"
    return after or not (token.text.replace(",", "").isdigit() or token.is_alpha)


def counted_noun(annotated: Annotated, token: Token) -> int | None:
    """The number on a noun: "nine flights", "a dozen sorties", "one of the three flights", "both trips"."""
    if token.i and token.nbor(-1).lower_ in {"hour", "minute", "day", "week", "km"}:
        return None
    for child in token.children:
        if annotated.dated(child):
            continue
        if child.i < token.i and (child.dep_ == "nummod" or child.tag_ == "CD") and not _measures(child):
            return compound_number(child)
        if child.lower_ in _COLLECTIVE:
            return compound_number(child)
        if child.lower_ == "both":
            return 2
    for position in range(token.i - 1, max(token.sent.start, token.i - 5) - 1, -1):
        word = token.doc[position]
        if word.pos_ == "NUM" and annotated.dated(word):
            break
        if (word.pos_ == "NUM" and not _measures(word)) or word.lower_ in _COLLECTIVE:
            return compound_number(word)
        if word.pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"} and word.lower_ not in {"-", "and"}:
            break
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ in _COLLECTIVE:
        return number(head.head.text)
    return None
