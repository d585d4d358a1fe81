"""What in a sentence names or describes an aircraft, its operator or its state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from tailgraph.graph.model import Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.words import aircraft_words

NAMED = (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE, Kind.OPERATOR)
POINTING = frozenset(
    {"the", "this", "that", "these", "those", "its", "their", "his", "her", "said", "same", "both"}
)
# "U.S.-made", "Iranian-backed": how something is tied to a state.
_TIED = re.compile(r" ?- ?(?P<how>\w+)")
# How many tokens before "service" the airline may stand.
_BACK_TO_AIRLINE = 4
ARTICLES = frozenset({"a", "an"})


@dataclass(frozen=True)
class Item:
    first: int
    end: int
    mention: Mention | None

    @property
    def kind(self) -> Kind | None:
        return self.mention.entity.kind if self.mention else None


def items_of(annotated: Annotated, sentence: Span) -> Iterator[Item]:
    taken = sentence.start
    for token in sentence:
        if token.i < taken:
            continue
        mention = annotated.mention_at(token)
        if mention and mention.entity.kind in (*NAMED, Kind.COUNTRY):
            span = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            taken = span.end if span is not None else token.i + 1
            if mention.entity.kind is not Kind.COUNTRY or (
                _owns(annotated, mention, token.i, taken) and not _of_two(annotated, token.i, taken)
            ):
                yield Item(token.i, taken, mention)
        elif not mention and (is_aircraft_word(token) or _called(token) or _service(annotated, token)):
            yield Item(token.i, token.i + 1, None)


def is_aircraft_word(token: Token) -> bool:
    """A common noun for an aircraft; nicknames ("the old bird") only where an article points back."""
    word = aircraft_words().get(token.lower_)
    if not word or token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i > token.i:
        return False
    if word[1] == "maker":
        return any(c.dep_ in {"det", "nummod", "poss", "amod"} for c in token.children)
    if word[1] == "model" and not (token.text[0].isupper() and token.pos_ == "PROPN"):
        # "The Legacy" is a jet, "the legacy" is none.
        return False
    return word[1] not in {"nickname", "model"} or any(c.lower_ in POINTING for c in token.children)


def _called(token: Token) -> bool:
    """ "Aboard Air Force One": an aircraft by its call sign."""
    return token.doc[max(token.i - 2, 0) : token.i + 1].text.lower() in cues("mentions: call signs")


def _service(annotated: Annotated, token: Token) -> bool:
    """ "An Aeroflot service", "Korean Air's evening service": an airliner."""
    if token.lower_ not in {"service", "services"}:
        return False
    for before in reversed(token.doc[max(token.i - _BACK_TO_AIRLINE, 0) : token.i]):
        if named := annotated.mention_at(before):
            return named.entity.kind is Kind.OPERATOR
        if before.pos_ not in {"ADJ", "NOUN", "PART"}:
            return False
    return False


def _of_two(annotated: Annotated, first: int, end: int) -> bool:
    """ "The Venezuelan-Iranian plane": which of the two states it is of, the words leave open."""
    doc = annotated.doc
    beside = [
        i for i, j in ((first - 2, first - 1), (end + 1, end)) if 0 <= i < len(doc) and doc[j].text == "-"
    ]
    found = (annotated.mention_at(doc[i]) for i in beside)
    return any(m is not None and m.entity.kind is Kind.COUNTRY for m in found)


def _people() -> frozenset[str]:
    """ "Of the Russian citizen X", "a Kazakh crew": of what state somebody is, not the aircraft."""
    return cues("flights told: people aboard") | cues("flights told: nationals")


def _owns(annotated: Annotated, mention: Mention, first: int, end: int) -> bool:
    """Whether a country's name stands as an owner or attribute: "Russian", "Iran's", "… of Belarus"."""
    doc = annotated.doc
    head = doc[end - 1]
    if head.dep_ in {"amod", "compound", "nmod"} and head.head.lower_ in _people():
        return False
    if tied := _TIED.match(annotated.document.content, mention.end):
        return tied["how"].lower() not in cues("flights told: tied to a state without being its own")
    if end < len(doc) and doc[end].lower_ in {"'s", "’s", "'", "’"}:
        return True
    if first > 1 and doc[first - 1].lower_ == "in" and doc[first - 2].lower_ == "registered":
        return True
    return (
        (bool(first) and doc[first - 1].lower_ == "of")
        or (first > 1 and doc[first - 2 : first].text.lower() == "of the")
        or head.pos_ == "ADJ"
        or head.dep_ in {"amod", "compound", "nmod", "poss"}
    )
