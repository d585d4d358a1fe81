"""Which city an airport serves, as far as a report tells by names that stand together."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tailgraph.graph.model import Endpoint, EntityRef, Kind, Slot
from tailgraph.graph.reference import tables
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.lands import country_of

_CODE = re.compile(r"\s*[(/]\s*")
_OWNERS = re.compile(r"(?:RAF|Camp) ")


class Served:
    """Airports with their cities; `places` are the places of the report by name."""

    def __init__(self, annotated: Annotated, places: Mapping[str, EntityRef]) -> None:
        self._annotated = annotated
        self._places = places
        self._city_of: dict[EntityRef, Slot] = {}
        self._airport_of: dict[EntityRef, Slot] = {}

    def learn(self, place: Slot | None, airport: Slot | None) -> None:
        """From a place and an airport named together, or an airport named after its place."""
        if airport is None or airport.span is None:
            return
        city = place or self._city_in_name(airport.entity)
        if city:
            self._city_of.setdefault(airport.entity, city)
        if place and place.span and airport.span.start > place.span.end:
            gap = self._annotated.document.content[place.span.end : airport.span.start]
            if _CODE.fullmatch(gap):
                self._airport_of.setdefault(place.entity, airport)

    def completed(self, end: Endpoint | None) -> Endpoint | None:
        """With the city that the report gives for an airport, and the airport whose code it gives for a
        city.
        """
        if end is None:
            return None
        place = end.place or (self._city(end.airport.entity) if end.airport else None)
        airport = end.airport or (self._airport_of.get(end.place.entity) if end.place else None)
        code = country_of(self._annotated, place.entity) if place and not end.country else None
        country = Slot(entity=EntityRef(kind=Kind.COUNTRY, id=code)) if code else end.country
        return Endpoint(country=country, place=place, airport=airport)

    def _city(self, airport: EntityRef) -> Slot | None:
        """The city beside an airport, else the named one in its full name ("Singapore Changi")."""
        beside = self._city_of.get(airport)
        field = tables.airports().get(self._annotated.entity(airport).key or "")
        if beside or field is None or not field.city or field.city not in field.name:
            return beside
        city = self._places.get(field.city)
        return Slot(entity=city) if city and country_of(self._annotated, city) == field.country else None

    def _city_in_name(self, airport: EntityRef) -> Slot | None:
        """ "Damascus International Airport" lies at Damascus, if the report knows a place of that name."""
        for written in self._annotated.entity(airport).names:
            name = _OWNERS.sub("", written, count=1)
            for gap in reversed(list(re.finditer(r"\W", name))):
                city = self._places.get(name[: gap.start()])
                if city:
                    return Slot(entity=city)
        return None
