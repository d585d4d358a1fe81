"""A flight being put together from what is told of it, and whether two of them may be the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from tailgraph.graph.model import DateInterval, Endpoint, Hours, Moment
from tailgraph.graph.whereabouts import distance_nm, position, positions_of_place
from tailgraph.nlp.dates import SMALL_HOURS, DateMention
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame

_MOMENTS: dict[Frame | None, Moment] = {
    Frame.DEPART: Moment.DEPARTURE,
    Frame.ARRIVE: Moment.ARRIVAL,
    Frame.CRASH: Moment.ARRIVAL,
}


@dataclass(eq=False)
class Leg:
    """One flight, or several told together."""

    craft: Craft | None
    origin: Endpoint | None
    destination: Endpoint | None
    tellings: list[Telling] = field(default_factory=list)
    interval: DateInterval | None = None
    night: bool | None = None
    hours: list[Hours] = field(default_factory=list)
    count: int | None = None
    happened: bool = True
    dated_here: bool = False
    another: bool = False

    @property
    def last(self) -> Telling:
        return self.tellings[-1]

    @property
    def took_off(self) -> bool:
        """Whether the report says that it left."""
        return self.happened and any(t.frame is Frame.DEPART for t in self.tellings)

    @property
    def crashed(self) -> bool:
        return any(t.frame is Frame.CRASH for t in self.tellings)

    @property
    def ends(self) -> tuple[Endpoint, ...]:
        return tuple(end for end in (self.origin, self.destination) if end)

    def date(self, mentions: tuple[DateMention, ...], frame: Frame | None = None) -> None:
        """Take over days and times of day; days of its own replace inherited ones. `frame`: of the word that
        tells them."""
        of = _MOMENTS.get(frame, Moment.FLIGHT)
        one_day = sum(when.interval is not None for when in mentions) == 1
        for when in mentions:
            if when.interval:
                self.interval = union(self.interval, when.interval) if self.dated_here else when.interval
                self.dated_here = True
            if when.night is not None:
                self.night = self.night or when.night
            if when.hours:
                # "On the 20th it left X, landing at 1 a.m.": the small hours may be of the day after.
                near = when.interval is None and (not one_day or when.hours.begin.hour < SMALL_HOURS)
                told = {"of": of, "on_day": when.hours.on_day and not near}
                self.hours.append(when.hours.model_copy(update=told))


def union(a: DateInterval | None, b: DateInterval | None) -> DateInterval | None:
    """From the first day of either to the last of either; a day within the other's span narrows it."""
    if a is None or b is None:
        return a or b
    if contains(a, b):
        return b if _length(a) > 3 else a
    if contains(b, a):
        return a if _length(b) > 3 else b
    starts = [d for d in (a.earliest, b.earliest) if d]
    ends = [d for d in (a.latest, b.latest) if d]
    return DateInterval(earliest=min(starts) if starts else None, latest=max(ends) if ends else None)


def contains(outer: DateInterval, inner: DateInterval) -> bool:
    """Whether all of `inner` lies within `outer`; an open end contains everything on its side."""
    after = outer.earliest is None or (inner.earliest is not None and inner.earliest >= outer.earliest)
    before = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return after and before


def _length(interval: DateInterval) -> int:
    if interval.earliest is None or interval.latest is None:
        return 10_000
    return (interval.latest - interval.earliest).days + 1


def dates_agree(a: Leg, b: Leg) -> bool:
    """Whether both may be of the same days: one undated, the same, or one a narrower telling of the other."""
    if not a.interval or not b.interval or a.interval == b.interval:
        return True
    shorter, longer = sorted((a.interval, b.interval), key=_length)
    return contains(longer, shorter) and _length(longer) <= 31


def ends_agree(a: Endpoint | None, b: Endpoint | None) -> bool:
    """Whether nothing that is known of both ends differs."""
    if a is None or b is None:
        return True
    return not _apart(a, b) and all(
        not x or not y or x.entity.id == y.entity.id
        for x, y in ((a.country, b.country), (a.airport, b.airport), (a.place, b.place))
    )


_SERVED_NM = 80.0
"""A town's airport lies no farther from it."""


def _apart(a: Endpoint, b: Endpoint) -> bool:
    """Is the airport of one end known to lie far from the town of the other ("to St Petersburg ... back at
    Ostafyevo")?"""
    return any(
        town.place is not None
        and field.airport is not None
        and not town.airport
        and not field.place
        and _far(town.place.entity.id, field.airport.entity.id)
        for town, field in ((a, b), (b, a))
    )


def _far(place: str, airport: str) -> bool:
    here, towns = position(airport), positions_of_place(place)
    return here is not None and bool(towns) and all(distance_nm(here, town) > _SERVED_NM for town in towns)


def same_end(a: Endpoint | None, b: Endpoint | None) -> bool:
    """Something that is known of both is the same, and nothing differs."""
    if a is None or b is None or not ends_agree(a, b):
        return False
    return any(x and y for x, y in ((a.country, b.country), (a.airport, b.airport), (a.place, b.place)))


def merged_end(a: Endpoint | None, b: Endpoint | None) -> Endpoint | None:
    if a is None or b is None:
        return a or b
    if _apart(a, b):
        return a
    return Endpoint(country=a.country or b.country, place=a.place or b.place, airport=a.airport or b.airport)
