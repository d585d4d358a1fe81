"""Where and when aircraft were seen at an airport: from what is observed or inferred of a flight's ends.

A track that broke off toward an airport is no stay there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from tailgraph.graph.analysis.network import stream
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store

_ENDS = """
MATCH (f:Flight) WHERE f.first_seen >= $since AND f.first_seen < $until
MATCH (a:Aircraft)<-[:BY_AIRCRAFT]-(f)-[e:DEPARTED_FROM|ARRIVED_AT]->(p:Airport)
WHERE e.earliest IS NOT NULL AND e.latest IS NOT NULL
RETURN a.id AS aircraft, f.id AS flight, p.id AS airport, type(e) = 'ARRIVED_AT' AS is_arrival,
  e.earliest.epochMillis AS earliest, e.latest.epochMillis AS latest
"""


# Named tuples, since there may be millions: they are sorted and hashed many times as fast as records.
class End(NamedTuple):
    """One end of a flight."""

    aircraft: str
    earliest: datetime
    latest: datetime
    flight: str
    is_arrival: bool
    airport: str


class Stay(NamedTuple):
    """An aircraft somewhere, from `start` to `end`. `where` is an airport, or two for a leg between them."""

    where: str
    start: datetime
    end: datetime
    aircraft: str
    flight: str

    @property
    def seconds(self) -> float:
        return (self.end - self.start).total_seconds()


def ends(store: Store, same: Mapping[Ref, Ref], since: date | None = None,
         until: date | None = None) -> list[End]:
    """Every seen end of every flight that began on these days (UTC), in order. `same`: entities that are
    judged to be another."""
    found = []
    first = datetime.combine(since or date.min, time(), UTC)
    after = datetime.combine(until + timedelta(days=1) if until else date.max, time(), UTC)
    for row in stream(store, _ENDS, {"since": first, "until": after}):
        aircraft: Ref = (Label.AIRCRAFT, row["aircraft"])
        found.append(End(same.get(aircraft, aircraft)[1], _instant(row["earliest"]), _instant(row["latest"]),
                         row["flight"], row["is_arrival"], row["airport"]))
    return sorted(found)


def _instant(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(epoch_ms / 1000, UTC)


def stays(found: Iterable[End]) -> Iterator[Stay]:
    """An arrival and the departure that follows it from there are one stay; any other end is one alone."""
    for aircraft, group in groupby(found, key=lambda end: end.aircraft):
        arrival: End | None = None
        for end in group:
            if arrival and not end.is_arrival and end.airport == arrival.airport:
                yield Stay(end.airport, arrival.earliest, max(end.latest, arrival.latest), aircraft,
                           arrival.flight)
                arrival = None
                continue
            if arrival:
                yield _alone(arrival)
            arrival = end if end.is_arrival else None
            if not end.is_arrival:
                yield _alone(end)
        if arrival:
            yield _alone(arrival)


def legs(found: Iterable[End]) -> Iterator[Stay]:
    """Flights of which both ends were seen, as the two airports and the time of departure."""
    for _, group in groupby(sorted(found, key=lambda end: (end.flight, end.is_arrival)),
                            key=lambda end: end.flight):
        both = list(group)
        if len(both) == 2 and both[1].is_arrival and not both[0].is_arrival:
            out, in_ = both
            yield Stay(f"{out.airport}–{in_.airport}", out.earliest, out.latest, out.aircraft, out.flight)


def _alone(end: End) -> Stay:
    return Stay(end.airport, end.earliest, end.latest, end.aircraft, end.flight)
