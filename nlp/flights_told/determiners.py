"""What the words before an aircraft say of it: "the jet", "another", "one of them", "its only"."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.items import ARTICLES, POINTING, is_aircraft_word
from tailgraph.nlp.numerals import LATER_ORDINAL, ORDINALS, number

_ALIKE = frozenset({"another", "second", "third", "sister", "others", "other", "further"})
_TYPES = frozenset({"type", "kind", "model", "make", "sort", "class"})
_PICKED_FROM = frozenset({"the", "its", "their", "these", "those"})
# How many tokens before an operator "formerly" may stand.
_BACK_TO_ONCE = 5
_LATER = re.compile(LATER_ORDINAL)


def determined(lead: list[Token]) -> tuple[bool, bool]:
    """Whether the nearest determiner before points back, and whether it says "another"."""
    for token in reversed(lead):
        if (token.lower_ in _ALIKE or _LATER.fullmatch(token.lower_)) and token.pos_ in {
            "DET",
            "ADJ",
        }:
            return False, True
        if (
            token.lower_ in ARTICLES
            and token.i > 1
            and token.nbor(-1).text == ","
            and is_ordinal(token.nbor(-2))
        ):
            return False, True
        if token.lower_ in ARTICLES or token.pos_ == "NUM":
            return False, any(t.lower_ in _ALIKE for t in lead[token.i - lead[0].i + 1 :])
        if token.lower_ in POINTING and token.pos_ in {"DET", "PRON", "ADJ"}:
            return True, any(t.lower_ in _ALIKE for t in lead[token.i - lead[0].i + 1 :])
        if token.text == "," and token.i and (token.nbor(-1).lower_ in _ALIKE or _of_same_type(token)):
            return False, True
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PART", "PUNCT", "ADV"} or token.text == ",":
            return False, False
    return False, False


def _of_same_type(comma: Token) -> bool:
    """ "Another of the same type, D2-EHD"."""
    words = [t.lower_ for t in comma.doc[max(comma.i - 5, 0) : comma.i]]
    return words[-3:-1] == ["the", "same"] and words[-1] in _TYPES and bool(_ALIKE & set(words))


def is_ordinal(token: Token) -> bool:
    """ "The first, an Il-76", "the eleventh came": one of those told of before."""
    written = token.lower_ in ORDINALS or _LATER.fullmatch(token.lower_) is not None
    return written and token.pos_ in {"ADJ", "NOUN", "ADV"}


def picked(lead: list[Token]) -> bool:
    """ "One of them, RF-86825", "only one, RF-86825"."""
    return "one" in {t.lower_ for t in lead[-4:]} and bool(lead) and lead[-1].text == ","


def one_of(lead: list[Token]) -> str | None:
    words = [t.lower_ for t in lead]
    if words[-4:-1] == ["of", "the", "former"] or words[-4:-1] == ["of", "the", "latter"]:
        return words[-2] if words[-5:-4] == ["one"] else None
    if words and (number(words[-1]) or 0) > 1:
        words.pop()
    return "" if words[-3:-1] == ["one", "of"] and words[-1] in _PICKED_FROM else None


def owned(lead: list[Token]) -> bool:
    """ "Its only aircraft", "one of the former's planes": of the operator named before."""
    for token in reversed(lead[-4:]):
        if token.lower_ in {"its", "their"} or (
            token.lower_ == "former" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"'s", "’s"}
        ):
            return True
        if (
            token.pos_ not in {"ADJ", "NUM", "PART", "ADV"}
            and token.text != ","
            and not is_aircraft_word(token)
        ):
            return False
    return False


def once_of(sentence: Span, first: int) -> bool:
    """Whether the operator named at token `first` is whose an aircraft was before: "a former Kavir Air 747",
    "previously operated by Kavir Air", "bought from Kavir Air"."""
    gone = cues("flights told: whose an aircraft was")
    for index in range(first - 1, max(sentence.start, first - _BACK_TO_ONCE) - 1, -1):
        token = sentence.doc[index]
        if token.lower_ in gone or sentence.doc[max(index - 2, 0) : index + 1].text.lower() == "one-time":
            return token.pos_ != "VERB" or sentence.doc[index + 1].lower_ == "from"
        if token.lower_ not in cues("flights told: between once and whose"):
            return False
    return False


def of_airline(words: Span) -> bool:
    """ "Of the Portuguese low-cost airline", "of the same grouping", right behind the aircraft."""
    for token in words:
        own = {c.lower_ for c in token.children}
        if token.lower_ in {"airline", "carrier"}:
            return bool(own & {"the", "same", "this", "that"})
        if token.lower_ in cues("flights told: those who fly together") and "same" in own:
            return True
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}:
            return False
    return False
