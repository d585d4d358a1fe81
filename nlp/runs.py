"""Runs of capitalised words: the raw material of names that no lexicon knows.

A run is what a careful reader takes as one name at first sight: capitalised words in a row, joined by
hyphens, "of", "for", "and", "de", "al-". What kind of name it is, its head word tells ("... Air Cargo").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from tailgraph.nlp.candidates import View
from tailgraph.nlp.cues import cues

_HYPHENS = frozenset("-‐‑–&/")
# Capitalised only because they open a sentence or a label.


# Possessives inside a name: "People's Defence Force", "U.S. Attorney's Office".
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens [first, last] of the document, capitalised or joining capitalised ones."""

    first: int
    last: int


def capitalised(token: Token) -> bool:
    text = token.text
    return text[0].isupper() and (text[-1].isalnum() or text[-1] == ".")


def opener(token: Token) -> bool:
    return token.lower_ in cues("runs: openers")


def calendar(token: Token) -> bool:
    return token.lower_.rstrip(".") in cues("runs: calendar")


def find(view: View, stops: frozenset[int]) -> Iterator[Run]:
    """All runs; tokens in `stops` (designators, aircraft types, titles) end a run and belong to none."""
    doc, size, i = view.doc, len(view.doc), 0
    while i < size:
        if not _starts(view, doc[i], stops):
            i += 1
            continue
        last = i
        while (following := _next(view, last, size, stops)) is not None:
            last = following
        yield Run(i, last)
        i = last + 1


def _headline_verb(token: Token) -> bool:
    """ "Jury Convicts Arms Dealer": a verb that has a capital only because headlines give it one."""
    return token.i > 0 and token.lower_ in cues("runs: headline verbs")


def _starts(view: View, token: Token, stops: frozenset[int]) -> bool:
    if token.i in stops or calendar(token) or (view.in_title(token.idx) and _headline_verb(token)):
        return False
    return (capitalised(token) and (not opener(token) or opens_name(token))) or _ordinal_of_unit(token)


def opens_name(token: Token) -> bool:
    """ "the All Progressives Congress": a small word with a capital inside a sentence."""
    return (
        token.i > 0
        and token.nbor(-1).text == "the"
        and token.i + 1 < len(token.doc)
        and capitalised(token.nbor())
        and not opener(token.nbor())
    )


def _ordinal_of_unit(token: Token) -> bool:
    """ "224th" in "224th Flight Unit", "301" in "301 Battalion"."""
    if token.i + 1 >= len(token.doc) or not capitalised(token.nbor()) or calendar(token.nbor()):
        return False
    if _ORDINAL.fullmatch(token.text):
        return True
    return token.text.isdigit() and len(token) < 5 and token.nbor().lower_ in cues("runs: units")


def _next(view: View, last: int, size: int, stops: frozenset[int]) -> int | None:
    """The token that continues the run after `last`: the next word, or one beyond a hyphen or particle."""
    doc, i = view.doc, last + 1
    if view.in_title(doc[last].idx) and (i >= size or _headline_verb(doc[i])):
        return None
    if i >= size or (doc[i].is_sent_start and doc[last].text.endswith(".") and len(doc[last]) > 5):
        return None
    if _continues(doc[i], stops):
        return i
    if (
        doc[i].text in _HYPHENS
        and not (doc[last].whitespace_ and doc[i].whitespace_)  # "NAIROBI - Kenya Airways" is a dateline
        and i + 1 < size
        and (_continues(doc[i + 1], stops) or second_syllable(view, i))
    ):
        return i + 1
    if (
        doc[i].text in ("'s", "’s", "'", "’")
        and doc[last].lower_ in cues("runs: owners")
        and i + 1 < size
        and _continues(doc[i + 1], stops)
    ):
        return i + 1
    if doc[i].text in ("and", "&") and _joins_fields(doc, last, i, stops):
        return i + 1
    if (
        doc[i].text in ("'", "’")
        and i + 1 < size
        and doc[last].text.endswith("s")
        and _plural_owner(view, last, stops)
    ):
        return i + 1
    if doc[i].text in cues("runs: particles") and i + 1 < size:
        if _continues(doc[i + 1], stops):
            return i + 1
        if doc[i + 1].text == "-" and i + 2 < size and _continues(doc[i + 2], stops):
            return i + 2
    return None


def _joins_fields(doc: Doc, last: int, conjunction: int, stops: frozenset[int]) -> bool:
    """Does "and" join two fields of one body: "Transport and General Workers' Union"?"""
    after = conjunction + 1
    return (
        after + 1 < len(doc)
        and doc[last].lower_ in cues("bodies: fields")
        and doc[after].lower_ in cues("bodies: fields")
        and _continues(doc[after], stops)
        and (_continues(doc[after + 1], stops) or (last > 0 and _continues(doc[last - 1], stops)))
    )


def _plural_owner(view: View, last: int, stops: frozenset[int]) -> bool:
    """ "Workers' Union": a plural, no state, before a word with a capital."""
    return last not in view.located and last + 2 < len(view.doc) and _continues(view.doc[last + 2], stops)


def second_syllable(view: View, hyphen: int) -> bool:
    """ "Joon-ki": a short small-letter part that a hyphen ties to a capitalised one."""
    after, before = view.doc[hyphen + 1], view.doc[hyphen - 1]
    return (
        not before.whitespace_
        and not view.doc[hyphen].whitespace_
        and after.text.isalpha()
        and after.is_lower
        and len(after) <= 5
        and before.is_title
        and after.text not in cues("runs: compound endings")
    )


def _continues(token: Token, stops: frozenset[int]) -> bool:
    if token.i in stops or token.is_space or (calendar(token) and token.lower_ not in ("may", "march")):
        return False
    if token.text.startswith(("al-", "el-", "ad-", "as-", "ar-", "an-")):
        return True
    return capitalised(token) and token.lower_ not in ("the", "a", "an", "and", "but", "in", "on", "i")
