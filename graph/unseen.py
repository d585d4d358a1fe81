"""Whether an aircraft has moved where nobody received it, and may have made a reported flight meanwhile.

An aircraft that was tracked to one airport and is next tracked from another has flown in between, unheard.
If the reported flight may lie in that silence, within the days told, then a tracked flight like it may be
another than the one meant: what is told is true of it, but does not identify it. A silence between landing
and taking off at one and the same field is no such sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tailgraph.graph import whereabouts
from tailgraph.graph.agreement import End, Reported, Tracked
from tailgraph.graph.elsewhere import TURNROUND, Window, least_time
from tailgraph.graph.model import Verdict
from tailgraph.graph.whereabouts import Where

FAR_NM = 300.0
"""Between the last report of one track and the first of the next, where neither points to an airport."""
FEW_DAYS = 3
"""With more days than these told, an unseen way to the origin and from the destination is likely enough."""


def may_have_made(reported: Reported, flights: Iterable[Tracked]) -> bool:
    """Whether the reported flight may be one that nobody received, of an aircraft that was tracked around it.

    `flights` hold the tracked flights around the days told that may be of the aircraft meant: all of them
    where the report names it, else at least those with an end in the country of its destination (of its
    origin, if it tells of no destination).
    """
    if reported.days is None:
        return False
    by_aircraft: dict[str, list[Tracked]] = {}
    for flight in flights:
        for aircraft in flight.aircraft:
            by_aircraft.setdefault(aircraft, []).append(flight)
    return any(_has_moved(before, after) and _leads_there(reported, before, after)
               and _is_time_between(reported, before, after) for tracks in by_aircraft.values()
               for before, after in pairwise(sorted(tracks, key=lambda track: (track.first_seen, track.id))))


def _has_moved(before: Tracked, after: Tracked) -> bool:
    """Whether the aircraft cannot have stood still between the one flight and the next."""
    if before.arrival and after.departure:
        return not _airports(before.arrival) & _airports(after.departure)
    return whereabouts.distance_nm(before.last_position, after.first_position) > FAR_NM


def _airports(end: End) -> set[str]:
    return {end.airport} if end.known else {end.airport, *end.candidates}


def _leads_there(reported: Reported, before: Tracked, after: Tracked) -> bool:
    """Whether it was left at the reported origin, or found at the reported destination; over many days, a way
    that nobody received may lead there and away."""
    assert reported.days
    if reported.aircraft and (reported.days[1] - reported.days[0]).days >= FEW_DAYS:
        return True
    return _may_be(reported.origin, before.arrival) or _may_be(reported.destination, after.departure)


def _may_be(where: Where, end: End | None) -> bool:
    if not where:
        return False
    return end is None or any(whereabouts.judge(where, airport) is not Verdict.CONTRADICTED
                              for airport in _airports(end))


def _is_time_between(reported: Reported, before: Tracked, after: Tracked) -> bool:
    """Whether the aircraft can have got to the origin, made the flight within the days told, and got back."""
    assert reported.days
    origins, goals = whereabouts.positions_of(reported.origin), whereabouts.positions_of(reported.destination)
    if not (origins or goals):
        return False
    # An end that nobody told may be where the aircraft was left, or where it was found again.
    starts, ends = origins or (before.last_position,), goals or (after.first_position,)
    earliest = before.last_seen + least_time([before.last_position], starts) + TURNROUND
    latest = after.first_seen - least_time(ends, [after.first_position]) - least_time(starts, ends)
    if earliest > latest:
        return False
    return any(earliest <= step <= latest for step in Window(*reported.days, reported.night).steps(starts[0]))
