"""Which tracked flights bear on which reported ones: those of its airframes, and those there and then.

The reported flights of a batch are of like days, so that the tracked ones around them are read once for all
of them and told apart here; asking for each by itself would read every tracked flight in every batch.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import neo4j

from tailgraph.graph import comparison
from tailgraph.graph.agreement import Reported, Tracked
from tailgraph.graph.whereabouts import Where, country_of

NARROW = timedelta(days=22)
"""Windows up to this width are looked up by time, wider ones by place."""

_OF_AIRCRAFT = """
UNWIND $rows AS row
MATCH (:Aircraft {id: row.value})<-[:SAME_AS]-{0,1}(:Aircraft)<-[:BY_AIRCRAFT]-(f:Flight)
WHERE f.first_seen <= row.until AND f.last_seen >= row.since
RETURN row.id AS reported, f.id AS flight
"""

_IN_TIME = """
UNWIND $spans AS span
MATCH (f:Flight) WHERE f.first_seen >= span[0] AND f.first_seen <= span[1]
WITH f, COLLECT {
  MATCH (f)-[:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(:Airport)-[:IN_COUNTRY]->(c:Country)
  RETURN DISTINCT c.id } AS countries
WHERE any(country IN countries WHERE country IN $countries)
   OR any(sign IN f.callsigns WHERE sign IN $callsigns)
RETURN f.id AS id, f.first_seen AS first_seen, countries
"""

_AT_PLACE = """
UNWIND $rows AS row
UNWIND row.countries AS country
MATCH (:Country {id: country})<-[:IN_COUNTRY]-(:Airport)
      <-[:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]-(f:Flight)
WHERE f.first_seen >= row.since AND f.first_seen <= row.until
RETURN DISTINCT row.id AS reported, f.id AS flight
"""

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may bear on the reported flights of a batch."""

    named: Mapping[str, set[str]]
    """By reported flight, the tracked ones of its airframes, and those found by place."""
    around: Mapping[str, tuple[datetime, frozenset[str]]]
    """By tracked flight around the days told: its first instant and the countries of its ends."""

    @property
    def flights(self) -> set[str]:
        return {*self.around, *(flight for flights in self.named.values() for flight in flights)}


def candidates(transaction: neo4j.Transaction, batch: Sequence[Reported]) -> Candidates:
    named: dict[str, set[str]] = {}
    narrow, wide = ([reported for reported in batch if _is_wanted(reported, narrow=narrow)]
                    for narrow in (True, False))
    for statement, rows in ((_OF_AIRCRAFT, list(_by_aircraft(batch))), (_AT_PLACE, list(_by_place(wide)))):
        for record in transaction.run(statement, rows=rows) if rows else ():
            named.setdefault(record["reported"], set()).add(record["flight"])
    return Candidates(named, _around(transaction, narrow))


def _around(transaction: neo4j.Transaction, narrow: Sequence[Reported]) -> dict[
        str, tuple[datetime, frozenset[str]]]:
    windows = sorted(filter(None, map(comparison.window, narrow)))
    countries = {country for reported in narrow for country in _countries(reported)}
    callsigns = {sign for reported in narrow for sign in reported.callsigns}
    found = transaction.run(_IN_TIME, spans=[list(span) for span in merged(windows)],
                            countries=sorted(countries), callsigns=sorted(callsigns)) if windows else ()
    return {record["id"]: (record["first_seen"].to_native(), frozenset(record["countries"]))
            for record in found}


def merged(windows: Iterable[Window]) -> list[Window]:
    """The same instants as those of `windows` (in order of their begin), each in one span only."""
    spans: list[Window] = []
    for since, until in windows:
        if spans and since <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(until, spans[-1][1]))
        else:
            spans.append((since, until))
    return spans


def _by_aircraft(batch: Iterable[Reported]) -> Iterator[dict[str, Any]]:
    for reported in batch:
        window = comparison.window(reported)
        if window and reported.happened:
            for aircraft in sorted(reported.aircraft):
                yield {"id": reported.id, "value": aircraft, "since": window[0], "until": window[1]}


def _by_place(wide: Iterable[Reported]) -> Iterator[dict[str, Any]]:
    for reported in wide:
        if window := comparison.window(reported):
            yield {"id": reported.id, "countries": sorted(_countries(reported)), "since": window[0],
                   "until": window[1]}


def _is_wanted(reported: Reported, *, narrow: bool) -> bool:
    """Whether flights there and then are asked for, in a window of that kind."""
    window = comparison.window(reported)
    named = reported.types or reported.operators or reported.states or reported.callsigns
    return bool(window and reported.happened and named and (window[1] - window[0] <= NARROW) == narrow)


def _countries(reported: Reported) -> set[str]:
    """The countries in which an end may lie."""
    return _of_end(reported.destination) or _of_end(reported.origin)


def _of_end(where: Where) -> set[str]:
    places = {place.partition("/")[0] for place in where.places}
    return {country for country in (*map(country_of, where.airports), *places, *where.countries) if country}


class Nearby:
    """The tracked flights of a batch, in lines of one type each, in order of time."""

    def __init__(self, found: Candidates, tracked: Mapping[str, Tracked]) -> None:
        self._found = found
        self._tracked = tracked
        self._lines: dict[frozenset[str], _Line] = {}
        self._heard: dict[str, list[str]] = {}
        for id_, (start, _) in sorted(found.around.items(), key=lambda item: (item[1][0], item[0])):
            if id_ in tracked:
                self._lines.setdefault(tracked[id_].types, _Line()).add(start, id_)
                for sign in tracked[id_].callsigns:
                    self._heard.setdefault(sign, []).append(id_)

    def bearing_on(self, reported: Reported) -> list[Tracked]:
        """Of its airframes or call signs; else there and then, and of no other type than it tells of:
        those could neither be the flight told of nor stand against it (`comparison.test`)."""
        ids = set(self._found.named.get(reported.id, ()))
        window = comparison.window(reported)
        if window and _is_wanted(reported, narrow=True):
            countries = _countries(reported)
            ids.update(id_ for line in self._lines_of(reported) for id_ in line.within(window)
                       if not countries.isdisjoint(self._found.around[id_][1]))
            ids.update(id_ for sign in reported.callsigns for id_ in self._heard.get(sign, ())
                       if window[0] <= self._found.around[id_][0] <= window[1])
        return [self._tracked[id_] for id_ in ids if id_ in self._tracked]

    def _lines_of(self, reported: Reported) -> Iterator[_Line]:
        for types, line in self._lines.items():
            if not types or not reported.types or types & reported.types:
                yield line


@dataclass(slots=True)
class _Line:
    starts: list[datetime] = field(default_factory=list)
    flights: list[str] = field(default_factory=list)

    def add(self, start: datetime, flight: str) -> None:
        self.starts.append(start)
        self.flights.append(flight)

    def within(self, window: Window) -> list[str]:
        return self.flights[bisect_left(self.starts, window[0]):bisect_right(self.starts, window[1])]
