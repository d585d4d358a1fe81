"""Flights that were flown together, judged by all the traffic in the graph.

Which flights were together is a function of the tracks of both. So when tracks of a day come or go, every
flight that touches the day is looked at again, over all the days that it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import neo4j
import numpy as np

from tailgraph.flights.company import STEP_S, Sky, Whole, samples, stretches
from tailgraph.flights.geo import Floats
from tailgraph.graph import schema
from tailgraph.graph.model import Method
from tailgraph.graph.pending import Mark
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store
from tailgraph.ingest import traffic

CHUNK = 1_000
MOST_SAMPLES = 8_000_000
"""Of all aircraft, held at a time: a busy day is gone through in several parts."""
_DAY = timedelta(days=1)
_KEPT_DAYS = 2

_FLIGHTS = """
MATCH (f:Flight) WHERE f.first_seen < $until AND f.last_seen >= $since
RETURN f.id AS id, f.first_seen.epochMillis / 1000.0 AS first, f.last_seen.epochMillis / 1000.0 AS last,
       COLLECT { MATCH (f)-[:DERIVED_FROM]->(t:Track) RETURN DISTINCT t.aircraft } AS keys,
       COLLECT { MATCH (f)-[:BY_AIRCRAFT]->(a) RETURN a.id } AS aircraft
"""
_LOAD = """
MATCH (t:Track) WHERE t.first_seen < $until AND t.last_seen >= $since
WITH t, duration.inSeconds(t.first_seen, t.last_seen).seconds / $step AS steps
RETURN sum(CASE WHEN steps < t.positions THEN steps ELSE t.positions END) AS samples
"""
_EXISTING = """
UNWIND $ids AS id
MATCH (:Flight {id: id})-[r:FLEW_WITH]-(:Flight)
RETURN DISTINCT startNode(r).id AS start, endNode(r).id AS end, properties(r) AS properties
"""
_DELETE = """
UNWIND $rows AS row
MATCH (:Flight {id: row.start})-[r:FLEW_WITH]->(:Flight {id: row.end})
DELETE r
"""

Pair = tuple[str, str]
Steps = tuple[Whole, Floats]


@dataclass(frozen=True, slots=True)
class _Flown:
    """A flight of an aircraft key; `aircraft` are the airframes that it may be of."""

    id: str
    first: float
    last: float
    aircraft: frozenset[str]

    @property
    def days(self) -> Iterator[date]:
        day, last = (datetime.fromtimestamp(at, UTC).date() for at in (self.first, self.last))
        while day <= last:
            yield day
            day += _DAY


def settle(store: Store, marks: Iterable[Mark]) -> None:
    """Bring FLEW_WITH in line with the tracks, for every flight that touches the days of these marks."""
    near: dict[date, dict[Pair, Steps]] = {}
    for day in sorted({day for mark in marks for day in _days(mark)}):
        for old in [old for old in near if old < day - _KEPT_DAYS * _DAY]:
            del near[old]
        touching = _flights(store, (day, day))
        looked_at = {flown.id for flights in touching.values() for flown in flights}
        if not looked_at:
            continue
        needed = sorted({at for flights in touching.values() for flown in flights for at in flown.days})
        for at in needed:
            if at not in near:
                near[at] = _near(store, at)
        around = _flights(store, (needed[0], needed[-1]))
        wanted = dict(_wanted(_joined([near[at] for at in needed]), around, looked_at))
        ids = sorted(looked_at)
        for start in range(0, len(ids), CHUNK):
            store.write(partial(_write, ids=ids[start:start + CHUNK], wanted=wanted))


def _days(mark: Mark) -> Iterator[date]:
    day = mark.first_day
    while day and mark.last_day and day <= mark.last_day:
        yield day
        day += _DAY


def _flights(store: Store, days: traffic.Days) -> dict[str, list[_Flown]]:
    """The flights that touch the days, by aircraft key."""
    found: dict[str, list[_Flown]] = defaultdict(list)
    for row in store.read(_FLIGHTS, dict(traffic.bounds(days))):
        for key in row["keys"]:
            if _is_known(key):
                found[key].append(_Flown(row["id"], row["first"], row["last"], frozenset(row["aircraft"])))
    return found


def _is_known(key: str) -> bool:
    """Addresses that are not ICAO's, and tracks that name nobody, are often another's own track again."""
    return not key.startswith(("~", "file:"))


def _near(store: Store, day: date) -> dict[Pair, Steps]:
    """Which aircraft were together at which steps of a UTC day."""
    found: dict[Pair, list[Steps]] = defaultdict(list)
    load = store.read(_LOAD, {**traffic.bounds((day, day)), "step": STEP_S})[0]["samples"] or 0
    parts = 1 + int(load // MOST_SAMPLES)
    first = int(datetime.combine(day, datetime.min.time(), UTC).timestamp()) // STEP_S
    bounds = np.linspace(first, first + 86_400 // STEP_S, parts + 1).astype(int).tolist()
    for low, high in pairwise(bounds):
        sky = Sky()
        for key, rows in traffic.aircraft(store, (day, day)):
            if _is_known(key):
                sky.add(key, samples(rows).between(low, high))
        for a, b, step, nm in sky.near():
            found[a, b].append((step, nm))
    return {pair: _concatenated(steps) for pair, steps in found.items()}


def _joined(days: Sequence[Mapping[Pair, Steps]]) -> dict[Pair, Steps]:
    found: dict[Pair, list[Steps]] = defaultdict(list)
    for day in days:
        for pair, steps in day.items():
            found[pair].append(steps)
    return {pair: _concatenated(steps) for pair, steps in found.items()}


def _concatenated(parts: Sequence[Steps]) -> Steps:
    return np.concatenate([step for step, _ in parts]), np.concatenate([nm for _, nm in parts])


def _wanted(near: Mapping[Pair, Steps], flights: Mapping[str, Sequence[_Flown]],
            looked_at: set[str]) -> Iterator[tuple[Pair, dict[str, Any]]]:
    """The edges of the flights looked at: ids in order, and properties."""
    for (a, b), (step, nm) in near.items():
        for one in _alone(flights.get(a, ())):
            for other in _alone(flights.get(b, ())):
                if one.aircraft & other.aircraft or not {one.id, other.id} & looked_at:
                    continue
                times = step * STEP_S
                both = (times >= max(one.first, other.first)) & (times <= min(one.last, other.last))
                if values := _values(step[both], nm[both]):
                    yield (min(one.id, other.id), max(one.id, other.id)), values


def _alone(flights: Sequence[_Flown]) -> Iterator[_Flown]:
    """Those of one aircraft key that overlap no other: two at a time are two aircraft under one address."""
    for flown in flights:
        if not any(other is not flown and other.first < flown.last and flown.first < other.last
                   for other in flights):
            yield flown


def _values(step: Whole, nm: Floats) -> dict[str, Any] | None:
    """All stretches of two flights as one edge."""
    found = stretches(step, nm)
    if not found:
        return None
    return {"from_time": datetime.fromtimestamp(found[0].start, UTC),
            "to_time": datetime.fromtimestamp(found[-1].end, UTC),
            "minutes": round(sum(one.end - one.start for one in found) / 60),
            "closest_nm": min(one.closest_nm for one in found), "median_nm": found[0].median_nm
            if len(found) == 1 else round(float(np.median(nm)), 2), "method": Method.OBSERVED.value}


def _write(transaction: neo4j.Transaction, ids: Sequence[str], wanted: Mapping[Pair, dict[str, Any]]) -> None:
    """Replace those edges of these flights that differ."""
    own = set(ids)
    mine = {pair: values for pair, values in wanted.items() if own & set(pair)}
    existing = {(row["start"], row["end"]): _plain(row["properties"])
                for row in transaction.run(_EXISTING, ids=list(ids))}
    stale = [{"start": start, "end": end} for start, end in sorted(existing.keys() - mine.keys())]
    fresh = [{"start": start, "end": end, "properties": mine[start, end]}
             for start, end in sorted(mine) if existing.get((start, end)) != mine[start, end]]
    # (:Flight)-[:FLEW_WITH]->(:Flight)
    if stale:
        transaction.run(_DELETE, rows=stale).consume()
    if fresh:
        merge = schema.merge_edges(Type.FLEW_WITH, Label.FLIGHT, Label.FLIGHT, keyed=False)
        transaction.run(merge, rows=fresh).consume()


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Neo4j's instants as Python's."""
    return {name: value.to_native() if hasattr(value, "to_native") else value
            for name, value in properties.items()}
