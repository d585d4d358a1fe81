"""Where a text says that something went: places, airports and countries named together (`locations`), how
they stand in the sentence (`standing`), with "there" and "the airstrip" called back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Span, Token

from tailgraph.graph.model import Endpoint, EntityRef, Kind, Mention, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.graph.reference import tables
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.locations import DASH, LOCATIONS, TO, Location, Relation
from tailgraph.nlp.flights_told.standing import PLACE_NOUNS, RELATIONS, is_venue, relation_of
from tailgraph.nlp.flights_told.states import state_of
from tailgraph.nlp.vocabulary import items, rows

_CALLED_BACK = frozenset(
    {"airport", "airfield", "airbase", "airstrip", "strip", "base", "field", "city", "town", "island"}
)
_CALLS_BACK = re.compile(r"\b(?:there|where|here|" + "|".join(sorted(_CALLED_BACK)) + r")\b", re.IGNORECASE)
# What may stand between two names of one location: "Niš (INI)", "Entebbe in Uganda", "Belgrade's Nikola
# Tesla".
_WHERE = (
    r"(?:in|near|outside|close to|on the island of|on the outskirts of"
    r"|(?:just )?(?:north|south|east|west)(?:-?(?:east|west))? of|on)\s+(?:the\s+)?"
    r"(?:(?:\w+ern|neighbouring|nearby|island of|capital|city of|port of)\s+){0,2}"
)
_PLACE_WORD = (
    r"(?:capital|city|town|village|port|airport|airfield|aerodrome|airstrip|strip|base|airbase|air base|hub"
    r"|island|province|region|enclave|peninsula|state|district|desert|oasis|outpost|stronghold|resort)"
)
_SAME = re.compile(
    rf"\s*(?:['’]s?\s+(?:[\w-]+\s+){{0,2}}|['’]\s+|,\s*|\s*[(/]\s*|\)?,?\s+{_WHERE}"
    rf"|,\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,4}}{_WHERE}"
    r"|,\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}of\s+|\)?,?\s+|\)"
    rf"|\s+(?:[\w-]+\s+){{0,3}}{_PLACE_WORD},?\s+(?:of\s+|at\s+|in\s+|near\s+|called\s+)?"
    rf"|,\s+(?:an?|the|its|their)\s+(?:[\w-]+\s+){{0,3}}{_PLACE_WORD}\s+(?:in|of|near|on)\s+)(?:the\s+)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s*[(/]\s*")
_BASE = re.compile(
    r"\s+(?:(?:military|air|naval|main)\s+)?(?:air\s?base|base|airport|airfield|aerodrome)\b", re.IGNORECASE
)


@cache
def _airport_countries() -> dict[str, str]:
    import airportsdata

    return {code: row["country"] for code, row in airportsdata.load("ICAO").items()}


@cache
def _capitals() -> dict[str, frozenset[str]]:
    return {
        row["iso2"]: frozenset(items(row, "capitals"))
        for row in rows("tailgraph.graph", "reference", "countries.csv")
    }


@cache
def _demonyms() -> frozenset[str]:
    table = rows("tailgraph.graph", "reference", "countries.csv")
    return frozenset(name for row in table for name in items(row, "demonyms"))


class Whereabouts:
    """The locations of a report, read sentence by sentence."""

    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        told = (m for m in annotated.mentions if m.start not in annotated.datelines)
        self._mentions = sorted((m for m in told if m.entity.kind in LOCATIONS), key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]
        self._places = {
            name: e.ref for e in reversed(annotated.entities) if e.kind is Kind.PLACE for name in e.names
        }
        self._city_of: dict[EntityRef, Slot] = {}
        self._airport_of: dict[EntityRef, Slot] = {}
        self._airports: dict[str, Slot] = {}
        self._last: Location | None = None

    def country_of(self, ref: EntityRef) -> str | None:
        """The ISO code of the country that a place or airport lies in; of a country, its own."""
        key = self._annotated.entity(ref).key
        if ref.kind is Kind.AIRPORT:
            return _airport_countries().get(key or "")
        return key if key and len(key) == 2 else None

    def read(self, sentence: Span) -> list[Location]:
        """The locations of a sentence, in order; call it for each sentence in turn."""
        groups: list[list[Mention]] = []
        first = bisect_left(self._starts, sentence.start_char)
        last = bisect_left(self._starts, sentence.end_char)
        for mention in self._mentions[first:last]:
            if mention.entity.kind is Kind.COUNTRY and not self._stands_for_land(mention):
                continue
            if groups and self._continues(groups[-1], mention):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        found: list[Location] = []
        for group in groups:
            self._link(group)
            found.append(self._location(group, found[-1] if found else None))
        found = self._with_left_ends(found)
        found = sorted([*found, *self._called_back(sentence, found)], key=lambda here: here.start)
        for here in found:
            passing = here.relation in {Relation.VIA, Relation.NONE} or is_venue(self._annotated, here)
            if here.exact and not passing:
                self._last = here
        return found

    def completed(self, end: Endpoint | None) -> Endpoint | None:
        """With the city that the report gives for an airport, and the airport whose code it gives for a
        city.
        """
        if end is None:
            return None
        place = end.place or (self._city_served(end.airport.entity) if end.airport else None)
        airport = end.airport or (self._airport_of.get(end.place.entity) if end.place else None)
        code = self.country_of(place.entity) if place and not end.country else None
        country = Slot(entity=EntityRef(kind=Kind.COUNTRY, id=code)) if code else end.country
        return Endpoint(country=country, place=place, airport=airport)

    def _city_served(self, airport: EntityRef) -> Slot | None:
        """The city beside an airport, else the named one in its full name ("Singapore Changi")."""
        beside = self._city_of.get(airport)
        field = tables.airports().get(self._annotated.entity(airport).key or "")
        if beside or field is None or not field.city or field.city not in field.name:
            return beside
        city = self._places.get(field.city)
        return Slot(entity=city) if city and self.country_of(city) == field.country else None

    def arrive(self, here: Location | None) -> None:
        """A flight ended here: what "there" means next."""
        if here and here.exact:
            self._last = here

    def last_exact(self) -> Location | None:
        """The place or airport named last."""
        return self._last

    # --- one location

    def _stands_for_land(self, mention: Mention) -> bool:
        """A country as a location: its name, or an adjective before a word for a place ("the Israeli
        desert").
        """
        doc = self._annotated.doc
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or span.end >= len(doc):
            return True
        after = doc[span.end]
        next_words = {t.lower_ for t in doc[span.end : span.end + 4]}
        if after.lower_ in {"'s", "’s", "'", "’"}:
            return bool(next_words & PLACE_NOUNS) and not self._lies_abroad(mention, span.end + 1)
        modifying = (
            span.root.tag_ == "JJ"
            or span.root.pos_ == "ADJ"
            or (span.root.dep_ in {"amod", "compound", "nmod"} and after.pos_ in {"NOUN", "PROPN", "ADJ"})
        )
        return not modifying or bool(next_words & PLACE_NOUNS) or self._on_route(mention)

    def _lies_abroad(self, owner: Mention, index: int) -> bool:
        """ "Russia's Hmeimim base in Syria": a base that lies in another state than its owner."""
        doc = self._annotated.doc
        owned = self._annotated.mention_at(doc[index]) if index < len(doc) else None
        if owned is None or owned.entity.kind not in {Kind.AIRPORT, Kind.PLACE}:
            return False
        return self.country_of(owned.entity) not in {None, self.country_of(owner.entity)}

    def _on_route(self, mention: Mention) -> bool:
        """ "The Russia-North Korea flights"."""
        text = self._annotated.document.content
        beside = text[mention.end : mention.end + 1], text[max(0, mention.start - 1) : mention.start]
        return bool({"-", "–"} & set(beside)) and mention.text not in _demonyms()

    def _continues(self, group: list[Mention], mention: Mention) -> bool:
        gap = self._annotated.document.content[group[-1].end : mention.start]
        if "\n" in gap or not _SAME.fullmatch(gap):
            return False
        if mention.entity in {m.entity for m in group}:
            return True
        if self._kind(mention) in {self._kind(m) for m in group}:
            return False
        ours = self.country_of(mention.entity)
        theirs = {self.country_of(m.entity) for m in group} - {None}
        return ours is None or not theirs or ours in theirs

    def _kind(self, mention: Mention) -> Kind:
        """A capital that was read as its state is a place where something went there."""
        return (
            Kind.PLACE
            if mention.text in self._places and mention.entity.kind is Kind.COUNTRY
            else mention.entity.kind
        )

    def _link(self, group: list[Mention]) -> None:
        """Learn from names that stand together which city an airport serves."""
        slots = {self._kind(m): m for m in group}
        place, airport = slots.get(Kind.PLACE), slots.get(Kind.AIRPORT)
        if place and airport:
            self._city_of.setdefault(airport.entity, self._slot(place))
            gap = self._annotated.document.content[place.end : airport.start]
            if airport.start > place.end and _CODE.fullmatch(gap):
                self._airport_of.setdefault(self._slot(place).entity, self._slot(airport))
        elif airport:
            city = self._city_in_name(airport)
            if city:
                self._city_of.setdefault(airport.entity, city)

    def _city_in_name(self, airport: Mention) -> Slot | None:
        """ "Damascus International Airport" lies at Damascus, if the report knows a place of that name
        there.
        """
        for name, ref in self._places.items():
            for written in self._annotated.entity(airport.entity).names:
                if re.match(rf"(?:RAF |Camp )?{re.escape(name)}\b", written) and written != name:
                    return Slot(entity=ref)
        return None

    def _location(self, group: list[Mention], before: Location | None) -> Location:
        doc = self._annotated.doc
        slots = {self._kind(m): self._slot(m) for m in reversed(group)}
        code = next((c for c in (self.country_of(m.entity) for m in group) if c), None)
        code = code or next((c for c in (self._country_in_name(m) for m in group) if c), None)
        named = next((m for m in group if self._kind(m) is Kind.COUNTRY), None)
        ref = EntityRef(kind=Kind.COUNTRY, id=code) if code else None
        country = self._slot(named) if named else Slot(entity=ref) if ref else None
        first = doc.char_span(group[0].start, group[0].end, alignment_mode="expand")
        index = first.start if first is not None else 0
        place, airport = slots.get(Kind.PLACE) or self._capital(group, code), slots.get(Kind.AIRPORT)
        if (
            place
            and not airport
            and index
            and doc[index - 1].lower_ == "the"
            and _BASE.match(self._annotated.document.content, group[-1].end)
        ):
            # "The Moscow air base": the airport of that country which the report named before.
            place, airport = (None, self._airports[code]) if code in self._airports else (place, None)
        elif airport and code:
            self._airports[code] = airport
        return Location(
            group[0].start,
            group[-1].end,
            index,
            country,
            place,
            airport,
            relation_of(self._annotated, index, group[0], before),
        )

    def _country_in_name(self, mention: Mention) -> str | None:
        """ "Venezuela's main airport" lies there."""
        entity = self._annotated.entity(mention.entity)
        return state_of(entity) if entity.kind is Kind.AIRPORT and not entity.key else None

    def _capital(self, group: list[Mention], code: str | None) -> Slot | None:
        """ "The Guinean capital" is Conakry, if the report names it."""
        after = self._annotated.document.content[group[-1].end : group[-1].end + 40]
        if not code or not re.match(r"(?:['’]s)?\s+(?:(?:and|or)\s+[\w ]{2,20}\s+)?capitals?\b", after):
            return None
        for name in _capitals().get(code, ()):
            if name in self._places:
                return Slot(entity=self._places[name])
        return None

    def _slot(self, mention: Mention) -> Slot:
        place = self._places.get(mention.text)
        entity = place if place and self._kind(mention) is Kind.PLACE else mention.entity
        return Slot(entity=entity, span=Offsets(start=mention.start, end=mention.end))

    def _with_left_ends(self, found: list[Location]) -> list[Location]:
        """ "Belgrade–Nevatim", "flew Mehrabad to Damascus": the name before a dash or "to" is where it
        began.
        """
        text = self._annotated.document.content
        for index, here in enumerate(found[:-1]):
            gap = text[here.end : found[index + 1].start]
            free = {Relation.NONE, Relation.OBJECT, Relation.VIA, Relation.AT}
            if (DASH.fullmatch(gap) and here.relation is not Relation.TO) or (
                TO.fullmatch(gap) and here.relation in free - {Relation.AT}
            ):
                found[index] = replace(here, relation=Relation.FROM)
        return found

    # --- called back

    def _called_back(self, sentence: Span, found: list[Location]) -> Iterator[Location]:
        """ "There", "from where", "the desert airstrip": the place or airport named before."""
        if not _CALLS_BACK.search(sentence.text):
            return
        for token in sentence:
            if any(here.start <= token.idx < here.end for here in found):
                continue
            going = token.i > 0 and token.nbor(-1).lower_ == "to"
            before = [h for h in found if h.end <= token.idx and h.exact]
            if going and before and before[-1].relation is Relation.FROM:
                before = []
            last = before[-1] if before else self._last
            if last is None:
                continue
            relation = self._calling(token)
            if relation:
                yield replace(
                    last, start=token.idx, end=token.idx + len(token), first=token.i, relation=relation
                )

    def _calling(self, token: Token) -> Relation | None:
        doc = self._annotated.doc
        if token.lower_ in {"there", "where", "here"} and token.dep_ != "expl" and token.i:
            before = doc[token.i - 1].lower_
            if before == "from":
                return Relation.FROM
            if token.lower_ == "there":
                return Relation.AT if doc[token.i - 1].pos_ in {"VERB", "ADV", "ADP", "PART"} else None
            return None
        if (
            token.lower_ in _CALLED_BACK
            and token.dep_ == "pobj"
            and any(c.lower_ in {"the", "this", "that", "same"} for c in token.children)
            and not any(c.dep_ in {"prep", "appos"} or c.pos_ == "PROPN" for c in token.children)
            and not self._annotated.mention_at(token)
        ):
            relation = RELATIONS.get(token.head.lower_)
            return relation if relation in {Relation.FROM, Relation.TO, Relation.AT} else None
        return None
