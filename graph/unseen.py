"""How likely it is that a reported flight is one that nobody received, made by an aircraft tracked around it.

A tracked flight of which all is true that a report says need not be the one meant: between its tracks, and
before the first and after the last of them, an aircraft may have flown unheard. Counted are the hours within
the days told at which such a flight could have begun, by the time that it takes to get to the origin, to the
destination, and to where the aircraft is received next. They count fully where that takes no other unheard
flight, and `FURTHER` as much for each that it takes. One unheard flight is certain where a track begins
elsewhere than the last one ended; it is taken off.

How often an aircraft makes such flights is judged by those that were heard in the days around
(`comparison`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from tailgraph.graph import agreement, hours, whereabouts
from tailgraph.graph.agreement import End, Reported, Tracked
from tailgraph.graph.elsewhere import SPEED_KT, STEP, TURNROUND, Window, least_time
from tailgraph.graph.model import Hours, Verdict
from tailgraph.graph.whereabouts import Position, Where

FAR_NM = 300.0
"""Between the last report of one track and the first of the next, where neither points to an airport."""
FURTHER = 1 / 3
"""Roughly how many flights of a tracked aircraft go unheard: one in three or four where receivers are few."""
_EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def open_hours(reported: Reported, flights: Iterable[Tracked]) -> float:
    """Hours at which the reported flight may have begun unheard, weighted, of all aircraft that may be meant.

    `flights` hold the tracked flights around the days told that may be of the aircraft meant: all of them
    where the report names it, else at least those with an end in the country of its destination (of its
    origin, if it tells of no destination). 0 where the report tells of no days or no places.
    """
    if reported.days is None or not (reported.origin or reported.destination):
        return 0.0
    by_aircraft: dict[str, list[Tracked]] = {}
    for flight in flights:
        for aircraft in flight.aircraft:
            by_aircraft.setdefault(aircraft, []).append(flight)
    return sum(_weighted(reported, before, after) for tracks in by_aircraft.values()
               for before, after in _silences(tracks))


def _silences(tracks: Iterable[Tracked]) -> Iterator[tuple[Tracked | None, Tracked | None]]:
    """What was tracked before and after each; None before the first track and after the last."""
    return pairwise([None, *sorted(tracks, key=lambda track: (track.first_seen, track.id)), None])


def _weighted(reported: Reported, before: Tracked | None, after: Tracked | None) -> float:
    to_origin = before is not None and not _may_be(reported.origin, before.arrival)
    from_destination = after is not None and not _may_be(reported.destination, after.departure)
    open_ = _open(reported, before, after, to_origin=to_origin, from_destination=from_destination)
    has_moved = before is not None and after is not None and _has_moved(before, after)
    return open_ * FURTHER ** (to_origin + from_destination - has_moved) if open_ else 0.0


def _has_moved(before: Tracked, after: Tracked) -> bool:
    """Whether the aircraft cannot have stood still between the one flight and the next."""
    if before.arrival and after.departure:
        return not _airports(before.arrival) & _airports(after.departure)
    return whereabouts.distance_nm(before.last_position, after.first_position) > FAR_NM


def _airports(end: End) -> set[str]:
    return {end.airport} if end.known else {end.airport, *end.candidates}


def _may_be(where: Where, end: End | None) -> bool:
    """Whether an end may lie where the report says; also where either is silent on it."""
    return not where or end is None or any(
        whereabouts.judge(where, airport) is not Verdict.CONTRADICTED for airport in _airports(end))


def _open(reported: Reported, before: Tracked | None, after: Tracked | None, *, to_origin: bool,
          from_destination: bool) -> float:
    """Hours within the days told at which the flight may have begun, between one track and the next."""
    assert reported.days
    window = _window(reported, reported.days)
    earliest, latest = before.last_seen if before else _EVER[0], after.first_seen if after else _EVER[1]
    if not window.meets(earliest, latest):
        return 0.0
    origins, goals = whereabouts.positions_of(reported.origin), whereabouts.positions_of(reported.destination)
    # An end that nobody told may be where the aircraft was left, or where it was found again.
    starts = origins or _left_at(before) or _found_at(after)
    ends = goals or _found_at(after) or _left_at(before)
    if before:
        earliest += least_time(_left_at(before), starts) + (1 + to_origin) * TURNROUND
    if after:
        latest -= (least_time(starts, ends) + least_time(ends, _found_at(after))
                   + (1 + from_destination) * TURNROUND)
    steps = _beginnings(window, reported.days, reported.hours, starts, ends)
    return max(0, bisect_right(steps, latest) - bisect_left(steps, earliest)) * (STEP / timedelta(hours=1))


def _window(reported: Reported, days: tuple[date, date]) -> Window:
    """The days told; where a time of day is told, it says of which day in its zone it was."""
    spare = timedelta(days=1 if reported.hours else 0)
    return Window(days[0] - spare, days[1] + spare, reported.night)


def _left_at(flight: Tracked | None) -> tuple[Position, ...]:
    return (flight.last_position,) if flight else ()


def _found_at(flight: Tracked | None) -> tuple[Position, ...]:
    return (flight.first_position,) if flight else ()


@lru_cache(maxsize=256)
def _beginnings(window: Window, days: tuple[date, date], told: tuple[Hours, ...],
                starts: tuple[Position, ...], ends: tuple[Position, ...]) -> list[datetime]:
    """Instants at which it may have begun, in order, so that it begins or ends within the window, and at the
    times of day that are told."""
    duration = least_time(starts, ends)
    begun, ended = window.steps(starts[0]), [step - duration for step in window.steps(ends[0])]
    slow = duration * (SPEED_KT / agreement.SLOW_KT)
    return [step for step in sorted({_on_grid(step) for step in (*begun, *ended)})
            if hours.fit(told, days, hours.When(step, step, starts),
                         hours.When(step + duration, step + slow, ends))]


def _on_grid(instant: datetime) -> datetime:
    seconds = STEP.total_seconds()
    return datetime.fromtimestamp(round(instant.timestamp() / seconds) * seconds, UTC)
