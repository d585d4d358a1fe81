"""In which country something lies, and where a country's name means its land, not its state."""

from __future__ import annotations

from functools import cache

from tailgraph.graph.model import EntityRef, Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.standing import PLACE_NOUNS
from tailgraph.nlp.vocabulary import items, rows


@cache
def _airport_countries() -> dict[str, str]:
    import airportsdata

    return {code: row["country"] for code, row in airportsdata.load("ICAO").items()}


@cache
def _demonyms() -> frozenset[str]:
    table = rows("tailgraph.graph", "reference", "countries.csv")
    return frozenset(name for row in table for name in items(row, "demonyms"))


def country_of(annotated: Annotated, ref: EntityRef) -> str | None:
    """The ISO code of the country that a place or airport lies in; of a country, its own."""
    key = annotated.entity(ref).key
    if ref.kind is Kind.AIRPORT:
        return _airport_countries().get(key or "")
    return key if key and len(key) == 2 else None


def stands_for_land(annotated: Annotated, mention: Mention) -> bool:
    """A country as a location: its name, or an adjective before a word for a place ("the Israeli
    desert").
    """
    doc = annotated.doc
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.end >= len(doc):
        return True
    after = doc[span.end]
    next_words = {t.lower_ for t in doc[span.end : span.end + 4]}
    if after.lower_ in {"'s", "’s", "'", "’"}:
        return bool(next_words & PLACE_NOUNS) and not _lies_abroad(annotated, mention, span.end + 1)
    modifying = (
        span.root.tag_ == "JJ"
        or span.root.pos_ == "ADJ"
        or (span.root.dep_ in {"amod", "compound", "nmod"} and after.pos_ in {"NOUN", "PROPN", "ADJ"})
    )
    return not modifying or bool(next_words & PLACE_NOUNS) or _on_route(annotated, mention)


def _lies_abroad(annotated: Annotated, owner: Mention, index: int) -> bool:
    """ "Russia's Hmeimim base in Syria": a base that lies in another state than its owner."""
    doc = annotated.doc
    owned = annotated.mention_at(doc[index]) if index < len(doc) else None
    if owned is None or owned.entity.kind not in {Kind.AIRPORT, Kind.PLACE}:
        return False
    return country_of(annotated, owned.entity) not in {None, country_of(annotated, owner.entity)}


def _on_route(annotated: Annotated, mention: Mention) -> bool:
    """ "The Russia-North Korea flights"."""
    text = annotated.document.content
    beside = text[mention.end : mention.end + 1], text[max(0, mention.start - 1) : mention.start]
    return bool({"-", "–"} & set(beside)) and mention.text not in _demonyms()
