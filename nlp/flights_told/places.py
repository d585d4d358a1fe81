"""Where a text says that something went: places, airports and countries named together, how they stand in
the sentence (`standing`), with "there" and "the airstrip" (`recalled`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from spacy.tokens import Span

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.lands import country_of, stands_for_land
from tailgraph.nlp.flights_told.locations import DASH, LOCATIONS, TO, Location, Relation
from tailgraph.nlp.flights_told.recalled import called_back
from tailgraph.nlp.flights_told.served import Served
from tailgraph.nlp.flights_told.standing import is_scene_of_loss, is_venue, relation_of
from tailgraph.nlp.flights_told.states import state_of
from tailgraph.nlp.vocabulary import items, rows

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
_BASE = re.compile(
    r"\s+(?:(?:military|air|naval|main)\s+)?(?:air\s?base|base|airport|airfield|aerodrome)\b", re.IGNORECASE
)


@cache
def _capitals() -> dict[str, frozenset[str]]:
    return {
        row["iso2"]: frozenset(items(row, "capitals"))
        for row in rows("tailgraph.graph", "reference", "countries.csv")
    }


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
        self.served = Served(annotated, self._places)
        self._airports: dict[str, Slot] = {}
        self._last: Location | None = None
        self._here: Location | None = None

    def read(self, sentence: Span) -> list[Location]:
        """The locations of a sentence, in order; call it for each sentence in turn."""
        groups: list[list[Mention]] = []
        first = bisect_left(self._starts, sentence.start_char)
        last = bisect_left(self._starts, sentence.end_char)
        for mention in self._mentions[first:last]:
            if mention.entity.kind is Kind.COUNTRY and not stands_for_land(self._annotated, mention):
                continue
            if groups and self._continues(groups[-1], mention):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        found: list[Location] = []
        for group in groups:
            slots = {self._kind(m): self._slot(m) for m in group}
            self.served.learn(slots.get(Kind.PLACE), slots.get(Kind.AIRPORT))
            found.append(self._location(group, found[-1] if found else None))
        found = self._with_left_ends(found)
        back = called_back(self._annotated, sentence, found, self._last, self._here)
        found = sorted([*found, *back], key=lambda here: here.start)
        for here in found:
            passing = here.relation in {Relation.VIA, Relation.NONE} or is_venue(self._annotated, here)
            if here.exact and not passing:
                self._last = here
                self._here = self._here if is_scene_of_loss(self._annotated, here) else here
        return found

    def arrive(self, here: Location | None) -> None:
        """A flight ended here: what "there" means next."""
        if here and here.exact:
            self._last = here
            self._here = self._here if is_scene_of_loss(self._annotated, here) else here

    def spoken_of(self) -> Location | None:
        """The place or airport named last, other than where an aircraft was lost."""
        return self._here

    # --- one location

    def _continues(self, group: list[Mention], mention: Mention) -> bool:
        gap = self._annotated.document.content[group[-1].end : mention.start]
        if "\n" in gap or not _SAME.fullmatch(gap):
            return False
        if mention.entity in {m.entity for m in group}:
            return True
        if self._kind(mention) in {self._kind(m) for m in group}:
            return False
        ours = country_of(self._annotated, mention.entity)
        theirs = {country_of(self._annotated, m.entity) for m in group} - {None}
        return ours is None or not theirs or ours in theirs

    def _kind(self, mention: Mention) -> Kind:
        """A capital that was read as its state is a place where something went there."""
        return (
            Kind.PLACE
            if mention.text in self._places and mention.entity.kind is Kind.COUNTRY
            else mention.entity.kind
        )

    def _location(self, group: list[Mention], before: Location | None) -> Location:
        doc = self._annotated.doc
        slots = {self._kind(m): self._slot(m) for m in reversed(group)}
        code = next((c for c in (country_of(self._annotated, m.entity) for m in group) if c), None)
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
