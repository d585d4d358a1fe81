"""Visits that nobody saw: an aircraft lost on its way to somewhere, and found on its way back from there.

A visit is a proposal, never a landing: one leg vanishes in the air, the next of the same aircraft appears
in the air, and there was time to fly to an airport that both point to, turn round, and come back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from tailgraph.graph.model import Bearing, Flight, UnobservedVisit

TURNROUND = timedelta(minutes=30)


def propose(flights: Iterable[Flight]) -> list[UnobservedVisit]:
    """The visits between consecutive flights of each aircraft, in order of aircraft and time."""
    ordered = sorted(flights, key=lambda flight: (flight.icao24 or "", flight.registration or "",
                                                  flight.sources if not _named(flight) else (),
                                                  flight.first_seen))
    found = (_between(before, after) for before, after in pairwise(ordered) if _same(before, after))
    return [visit for visit in found if visit is not None]


def _named(flight: Flight) -> bool:
    return bool(flight.icao24 or flight.registration)


def _same(one: Flight, other: Flight) -> bool:
    if one.icao24 or other.icao24:
        return one.icao24 == other.icao24
    return one.registration == other.registration if _named(one) else one.sources == other.sources


def _between(before: Flight, after: Flight) -> UnobservedVisit | None:
    lost, found = before.vanished_toward, after.appeared_from
    if lost is None or found is None or lost.airport != found.airport:
        return None
    if found.latest - lost.earliest < TURNROUND:
        return None
    return UnobservedVisit(airport=lost.airport, before=before.id, after=after.id, earliest=lost.earliest,
                           latest=found.latest, score=min(_score(lost), _score(found)))


def _score(pointer: Bearing) -> float:
    return next((one.score for one in pointer.candidates if one.airport == pointer.airport), 0.0)
