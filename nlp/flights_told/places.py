"""Where a text says that something went: places, airports and countries named together, and how they stand
in the sentence ("from", "to", "at", "between … and …", "A–B")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Span, Token

from tailgraph.graph.model import Endpoint, EntityRef, Kind, Mention, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated

LOCATIONS = (Kind.AIRPORT, Kind.PLACE, Kind.COUNTRY)


class Relation(StrEnum):
    """How a location stands to the movement beside it."""

    FROM = "from"
    BETWEEN = "between"
    TO = "to"
    FOR = "for"
    AT = "at"
    VIA = "via"
    OBJECT = "object"
    NONE = "none"


_RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(("from", "ex"), Relation.FROM),
    **dict.fromkeys(("to", "into", "onto", "toward", "towards", "unto"), Relation.TO),
    **dict.fromkeys(("for",), Relation.FOR),
    **dict.fromkeys(("in", "at", "on", "inside", "near", "outside"), Relation.AT),
    **dict.fromkeys(("via", "through", "over", "past", "across", "above", "around", "off", "by", "across", "along",
                     "against", "about", "after", "beyond", "with"), Relation.VIA),
}
# Words that may stand between a preposition and the location that it governs.
_FILLERS = frozenset({"DET", "ADJ", "NUM", "PRON"})
# What may stand between two names of one location: "Niš (INI)", "Entebbe in Uganda", "Belgrade's Nikola Tesla".
_SAME = re.compile(
    r"\s*(?:['’]s?\s+(?:[\w-]+\s+){0,2}|,\s*|\s*\(\s*|\)?,?\s+(?:in|near|outside|close to|on the island of|(?:just )?(?:north|south|east|west)(?:-?(?:east|west))? of)\s+"
    r"(?:the\s+)?(?:(?:northern|southern|eastern|western|central|neighbouring|nearby)\s+)?"
    r"|,\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}(?:of|in|near|outside)\s+(?:the\s+)?|\s+)(?:the\s+)?", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:–|—|->|→|-|/)\s*")
_PLACE_NOUNS = frozenset((
    "capital city town airport airfield airbase base airstrip strip desert territory soil island islands coast border "
    "port province region mainland side north south east west interior hub field").split())


@dataclass(frozen=True)
class Location:
    """Names of one location that stand together, and their relation to what is before them."""

    start: int
    end: int
    first: int
    country: Slot | None
    place: Slot | None
    airport: Slot | None
    relation: Relation

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(country=self.country, place=self.place, airport=self.airport)


@cache
def _airports() -> dict[str, str]:
    import airportsdata

    return {code: row["country"] for code, row in airportsdata.load("ICAO").items()}


def country_of(annotated: Annotated, ref: EntityRef) -> str | None:
    """The ISO code of the country that a place or airport lies in; of a country, its own."""
    key = annotated.entity(ref).key
    if ref.kind is Kind.AIRPORT:
        return _airports().get(key or "")
    return key if key and len(key) == 2 else None


def locations(annotated: Annotated, sentence: Span) -> list[Location]:
    """The locations of a sentence, in order."""
    groups: list[list[Mention]] = []
    for mention in annotated.mentions_in(sentence, *LOCATIONS):
        if mention.entity.kind is Kind.COUNTRY and not _stands_for_land(annotated, mention):
            continue
        if groups and _continues(annotated, groups[-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    found: list[Location] = []
    for group in groups:
        found.append(_location(annotated, group, found[-1] if found else None))
    return _with_left_ends(annotated, found)


def _stands_for_land(annotated: Annotated, mention: Mention) -> bool:
    """A country as a location: its name, or an adjective before a word for a place ("the Israeli desert")."""
    span = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.end >= len(annotated.doc):
        return True
    after = annotated.doc[span.end]
    name = annotated.entity(mention.entity).names
    adjective = span.root.pos_ == "ADJ" or span.root.tag_ == "JJ" or (
        span.root.dep_ in {"amod", "compound", "nmod"} and after.pos_ in {"NOUN", "PROPN"})
    if after.lower_ in {"'s", "’s", "'", "’"}:
        following = annotated.doc[span.end + 1:span.end + 4]
        return any(t.lower_ in _PLACE_NOUNS for t in following)
    if adjective and name:
        return any(t.lower_ in _PLACE_NOUNS for t in annotated.doc[span.end:span.end + 2])
    return True


def _continues(annotated: Annotated, group: list[Mention], mention: Mention) -> bool:
    last = group[-1]
    gap = annotated.doc.text[last.end:mention.start]
    if not _SAME.fullmatch(gap) or "\n" in gap:
        return False
    kinds = {m.entity.kind for m in group if m.entity != mention.entity}
    if mention.entity.kind in kinds:
        return False
    ours = country_of(annotated, mention.entity)
    theirs = {country_of(annotated, m.entity) for m in group} - {None}
    return ours is None or not theirs or ours in theirs


def _location(annotated: Annotated, group: list[Mention], before: Location | None) -> Location:
    slots = {m.entity.kind: _slot(m) for m in reversed(group)}
    country = slots.get(Kind.COUNTRY)
    if country is None:
        codes = [country_of(annotated, m.entity) for m in group]
        code = next((c for c in codes if c), None)
        country = Slot(entity=EntityRef(kind=Kind.COUNTRY, id=code)) if code else None
    first = annotated.doc.char_span(group[0].start, group[0].end, alignment_mode="expand")
    index = first.start if first is not None else 0
    relation = _relation(annotated, index, group[0], before)
    return Location(group[0].start, group[-1].end, index, country, slots.get(Kind.PLACE),
                    slots.get(Kind.AIRPORT), relation)




def _slot(mention: Mention) -> Slot:
    return Slot(entity=mention.entity, span=Offsets(start=mention.start, end=mention.end))


def _relation(annotated: Annotated, index: int, mention: Mention, before: Location | None) -> Relation:
    doc = annotated.doc
    gap = doc.text[before.end:mention.start] if before else ""
    if before and gap and _DASH.fullmatch(gap):
        return Relation.TO
    if before and before.relation is not Relation.NONE and re.fullmatch(r"\)?,?\s*(?:and|or|then|&)\s+(?:the\s+)?|,\s*", gap):
        return Relation.TO if before.relation is Relation.BETWEEN else before.relation
    steps = 0
    token: Token | None = doc[index - 1] if index else None
    while token is not None and steps < 5 and (token.pos_ in _FILLERS or token.lower_ in _PLACE_NOUNS | {"of", "international"}
                                               or (token.pos_ == "NOUN" and steps and token.lower_ not in _RELATIONS)):
        if token.lower_ == "of" and not (token.i and (doc[token.i - 1].lower_ in _PLACE_NOUNS | {"out"})):
            break
        if token.lower_ == "of" and doc[token.i - 1].lower_ == "out":
            return Relation.FROM
        token = doc[token.i - 1] if token.i else None
        steps += 1
    if token is None:
        return Relation.NONE
    if token.lower_ in {"out", "inbound"} or (token.lower_ == "of" and token.i and doc[token.i - 1].lower_ == "out"):
        return Relation.FROM
    if token.lower_ == "way" or (token.lower_ == "of" and token.i and doc[token.i - 1].lower_ == "way"):
        return Relation.VIA
    if token.lower_ == "between":
        return Relation.BETWEEN
    if token.lower_ in _RELATIONS:
        return _RELATIONS[token.lower_]
    if token.pos_ == "VERB" and steps < 3:
        return Relation.OBJECT
    return Relation.NONE


def _with_left_ends(annotated: Annotated, found: list[Location]) -> list[Location]:
    """ "Belgrade–Nevatim", "flew Mehrabad to Damascus": the name before a dash or "to" is where it began."""
    text = annotated.doc.text
    for index, here in enumerate(found[:-1]):
        gap = text[here.end:found[index + 1].start]
        dashed = _DASH.fullmatch(gap)
        paired = re.fullmatch(r"\)?\s+to\s+(?:the\s+)?", gap)
        if (dashed and here.relation is not Relation.TO) or (paired and here.relation in {Relation.NONE, Relation.OBJECT}):
            found[index] = Location(here.start, here.end, here.first, here.country, here.place, here.airport, Relation.FROM)
    return found


def pairs(found: list[Location], text: str) -> Iterator[tuple[Location, Location]]:
    """Locations joined by a dash: "OPSN–UAAA"."""
    for left, right in zip(found, found[1:], strict=False):
        if _DASH.fullmatch(text[left.end:right.start]):
            yield left, right
