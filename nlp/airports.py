"""Airports in context: names that end in "airport" are sure; short names and codes need the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View, relabel

_BRACKETED = re.compile(r"^\s?[(\[/]\s?[A-Z]{3,4}[)\],;/ ]")
_TOWARD = re.compile(r"\b(?:at|from|to|into|out of|via|for|near|over|left|reached|departed|between|and|of|outside|leaving|reaching|toward|towards)\s(?:the )?(?:[A-Z][\w-]+['’]s )?$",
                     re.IGNORECASE)
_FLYING = re.compile(r"\b(?:fl(?:y|ew|ies|ying|own|ights?)|land(?:ed|s|ing|ings)?|left|arriv\w+|depart\w+|took off|takes? off|touch\w* down|plane|aircraft|jet|"
                     r"freighter|runway|airlift|transponder|reach(?:ed|es)?|bound|parked|base|came|went|shuttl\w+|stop(?:ped|s)?|put down|sorties?)\b", re.IGNORECASE)


def find(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """The airports among the lexicon's hits that are meant as such."""
    hits = [c for c in known if c.kind is Kind.AIRPORT]
    coded: set[str] = set()
    found: list[Candidate] = []
    for hit in hits:
        if hit.role == "named":
            found.append(hit)
        elif hit.role == "short" and _short(view, hit):
            found.append(relabel(hit, rank=34))
        elif hit.role == "code" and (_in_brackets(view, hit) or hit.id in coded):
            coded.add(hit.id)
            found.append(relabel(hit, rank=37))
    return found


def _short(view: View, hit: Candidate) -> bool:
    """A name without "airport": one word is enough; what looks like a person needs a code or a preposition."""
    content, text = view.content, view.content[hit.start:hit.end]
    if not text[0].isupper():
        return False
    after = content[hit.end:hit.end + 8]
    if re.match(r" [A-ZÀ-Þ][a-zà-ÿ]", after) and not view.in_title(hit.start):
        return False
    if _BRACKETED.match(after):
        return True
    line = content[max(hit.start - 160, 0):hit.end + 160]
    if " " in text or hit.id not in (text,) and len(text) < 4:
        return bool(_TOWARD.search(content[max(hit.start - 40, 0):hit.start])) and bool(_FLYING.search(line))
    return bool(_FLYING.search(line)) or bool(_TOWARD.search(content[max(hit.start - 40, 0):hit.start]))


def _in_brackets(view: View, hit: Candidate) -> bool:
    before, after = view.content[max(hit.start - 2, 0):hit.start], view.content[hit.end:hit.end + 2]
    return before[-1:] in ("(", "[", "/") and after[:1] in (")", "]", ",", ";", "/") or len(view.content[hit.start:hit.end]) == 4 and bool(
        _TOWARD.search(view.content[max(hit.start - 12, 0):hit.start]))


def cities(view: View, chosen: Sequence[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """The city that opens its airport's name: "Misrata Airport" names Misrata, too."""
    places = {c.start: c for c in known if c.kind is Kind.PLACE}
    inside = {c.start: c for c in chosen if c.kind is Kind.PLACE}
    for airport in chosen:
        city = places.get(airport.start)
        if airport.kind is Kind.AIRPORT and city and city.end < airport.end and airport.start not in inside:
            yield city
