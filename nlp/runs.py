"""Runs of capitalised words: the raw material of names that no lexicon knows.

A run is what a careful reader takes as one name at first sight: capitalised words in a row, joined by
hyphens, "of", "for", "and", "de", "al-". What kind of name it is, its head word tells ("... Air Cargo").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from tailgraph.nlp.candidates import View

_HYPHENS = frozenset("-‐‑–&/")
_PARTICLES = frozenset("al el de da do dos du del der den di van von bin ibn ben bint abu la le el- al- ul ur e y et i".split())
# Capitalised only because they open a sentence or a label.
_OPENERS = frozenset(
    "the a an this that these those it its he she they we you i his her their our my your in on at by from to of for with "
    "as and but or nor so yet if when while after before since until because although though however meanwhile both "
    "all some many most each every another other others several few two three four five six seven eight nine ten one "
    "no not none nothing nobody what who whom whose which where why how there here then now today yesterday tomorrow "
    "according during under over between among against despite without within about around across near unlike like "
    "also still even only just once again earlier later last next recently separately further according such any "
    "is are was were has have had do does did will would can could may might must shall should let "
    "mr mrs ms dr sir dame lord lady count yes well sure call speculation probably perhaps asked answered former retired senior acting then ex late".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur "
    "thurs fri sat sun utc gmt local".split())


_COMPOUND_ENDINGS = frozenset("made based led run era owned born built like style bound flown held fired only wide type class "
                              "size area and to in on by or vs old day time long off up".split())
# Possessives inside a name: "People's Defence Force", "U.S. Attorney's Office".
_OWNERS = frozenset("people peoples women men children attorney attorneys worker workers officer officers king queen nation "
                    "farmers students doctors citizens governor president lloyd".split())
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
    return token.lower_ in _OPENERS


def calendar(token: Token) -> bool:
    return token.lower_.rstrip(".") in _CALENDAR


def find(view: View, stops: frozenset[int]) -> Iterator[Run]:
    """All runs; tokens in `stops` (designators, aircraft types, titles) end a run and belong to none."""
    doc, size, i = view.doc, len(view.doc), 0
    while i < size:
        if not _starts(doc[i], stops):
            i += 1
            continue
        last = i
        while (following := _next(view, last, size, stops)) is not None:
            last = following
        yield Run(i, last)
        i = last + 1


def _starts(token: Token, stops: frozenset[int]) -> bool:
    if token.i in stops or calendar(token):
        return False
    return capitalised(token) and not opener(token) or _ordinal_of_unit(token)


def _ordinal_of_unit(token: Token) -> bool:
    """"224th" in "224th Flight Unit"."""
    return (_ORDINAL.fullmatch(token.text) is not None and token.i + 1 < len(token.doc)
            and capitalised(token.nbor()) and not calendar(token.nbor()))


def _next(view: View, last: int, size: int, stops: frozenset[int]) -> int | None:
    """The token that continues the run after `last`: the next word, or one beyond a hyphen or particle."""
    doc, i = view.doc, last + 1
    if i >= size or doc[i].is_sent_start and doc[last].text.endswith(".") and len(doc[last]) > 5:
        return None
    if _continues(doc[i], stops):
        return i
    if doc[i].text in _HYPHENS and i + 1 < size and (_continues(doc[i + 1], stops) or second_syllable(view, i)):
        return i + 1
    if doc[i].text in ("'s", "’s", "'", "’") and doc[last].lower_ in _OWNERS and i + 1 < size and _continues(doc[i + 1], stops):
        return i + 1
    if doc[i].text in _PARTICLES and i + 1 < size:
        if _continues(doc[i + 1], stops):
            return i + 1
        if doc[i + 1].text == "-" and i + 2 < size and _continues(doc[i + 2], stops):
            return i + 2
    return None


def second_syllable(view: View, hyphen: int) -> bool:
    """"Joon-ki": a short small-letter part that a hyphen ties to a capitalised one."""
    after, before = view.doc[hyphen + 1], view.doc[hyphen - 1]
    return (not before.whitespace_ and not view.doc[hyphen].whitespace_ and after.text.isalpha() and after.is_lower
            and len(after) <= 5 and before.is_title and after.text not in _COMPOUND_ENDINGS)


def _continues(token: Token, stops: frozenset[int]) -> bool:
    if token.i in stops or token.is_space or calendar(token) and token.lower_ not in ("may", "march"):
        return False
    if token.text.startswith(("al-", "el-", "ad-", "as-", "ar-", "an-")):
        return True
    return capitalised(token) and token.lower_ not in ("the", "a", "an", "and", "but", "in", "on", "i")
