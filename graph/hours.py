"""Times of day that a report tells, against the instants at which a flight began and ended.

A clock time is read in every zone that it may be told in: the legal time at either end of the flight, by the
airport that is nearest, or a zone that the report names. So a time whose zone is not said leaves more open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tailgraph.graph.model import ENDS, LOCAL, Hours, Moment
from tailgraph.graph.nearest import Vectors, vectors
from tailgraph.graph.reference import tables
from tailgraph.graph.whereabouts import Position

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """An end of a flight: the instants between which it was, and the places at which it may have been."""

    earliest: datetime
    latest: datetime
    places: tuple[Position, ...]


def fit(told: Sequence[Hours], days: tuple[date, date], begin: When, end: When) -> bool:
    """Whether a flight can be the one told, by the clock: of each moment told, at one of its times at least.

    `days` are the first and last that are told; a time that need not be of a day told may be a day off.
    """
    both = (*begin.places, *end.places)
    return all(any(_is_at(hours, days, _moment(moment, begin, end), both) for hours in told
                   if hours.of is moment) for moment in {hours.of for hours in told})


def share(told: Sequence[Hours]) -> float:
    """The share of a day (0 to 1) that the times told leave open for the flight; 1 where none is told."""
    shares = [sum((len(hours.zones) + (ENDS in hours.zones)) * (_width(hours) / _DAY) for hours in told
                  if hours.of is moment)
              for moment in {hours.of for hours in told}]
    return min([1.0, *shares])


def _moment(moment: Moment, begin: When, end: When) -> When:
    match moment:
        case Moment.DEPARTURE:
            return begin
        case Moment.ARRIVAL:
            return end
        case Moment.FLIGHT:
            return When(begin.earliest, end.latest, (*begin.places, *end.places))


def _is_at(hours: Hours, days: tuple[date, date], when: When, both: tuple[Position, ...]) -> bool:
    zones = _zones(hours, when.places, both)
    return zones is None or any(start <= when.latest and stop >= when.earliest for zone in zones
                                for start, stop in _stretches(hours, days, zone, when))


def _stretches(hours: Hours, days: tuple[date, date], zone: ZoneInfo, when: When) -> Iterator[
        tuple[datetime, datetime]]:
    """Those around an instant, on each day; one past midnight is of the morning of its day, too."""
    off, over = int(not hours.on_day), int(hours.end <= hours.begin)
    first, last = (instant.astimezone(zone).date().toordinal() for instant in (when.earliest, when.latest))
    for day in range(max(days[0].toordinal() - off, first - 1), min(days[1].toordinal() + off, last + 1) + 1):
        yield _at(day, hours.begin, zone), _at(day + over, hours.end, zone)
        if over and hours.end > time():
            yield _at(day, time(), zone), _at(day, hours.end, zone)


def _at(day: int, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromordinal(day), clock, zone).astimezone(UTC)


def _width(hours: Hours) -> timedelta:
    begin, end = (datetime.combine(date.min, clock) for clock in (hours.begin, hours.end))
    return end - begin if end > begin else end - begin + _DAY


def _zones(hours: Hours, there: tuple[Position, ...], both: tuple[Position, ...]) -> (
        frozenset[ZoneInfo] | None):
    """None where a zone is one that nobody here knows: the time may then be any."""
    try:
        return frozenset().union(*(
            _zones_at(there) if name == LOCAL else _zones_at(both) if name == ENDS else {ZoneInfo(name)}
            for name in hours.zones))
    except ZoneInfoNotFoundError:
        return None


@lru_cache(maxsize=1_000)
def _zones_at(places: tuple[Position, ...]) -> frozenset[ZoneInfo]:
    return frozenset(map(zone_at, places))


@lru_cache(maxsize=50_000)
def zone_at(place: Position) -> ZoneInfo:
    """The legal time of a place: that of the airport there, else of the nearest one."""
    fields, zones, by_place = _fields()
    named = by_place.get(place) or zones[int((fields @ vectors([place])[0]).argmax())]
    return ZoneInfo(named)


@cache
def _fields() -> tuple[Vectors, list[str], dict[Position, str]]:
    """Unit vectors of all airports with their zones, and the zones by position."""
    by_place = {(field.latitude, field.longitude): field.timezone for field in tables.airports().values()
                if field.timezone and field.latitude is not None and field.longitude is not None}
    return vectors(list(by_place)), list(by_place.values()), by_place
