"""Could an aircraft that was tracked here and there have made the reported flight in between?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tailgraph.graph.nearest import least_nm
from tailgraph.graph.whereabouts import Position

HALF = 0.5
SPEED_KT = 480.0
"""Faster than a freighter's block speed: the doubt is the report's."""
TURNROUND = timedelta(minutes=60)
"""Least time on the ground between two flights."""
LONGEST_WINDOW = timedelta(days=4)
STEP = timedelta(minutes=10)
_AROUND = timedelta(days=1)  # half a day between the sun's time and UTC, and the length of a flight
_NIGHT_FROM, _NIGHT_TO = 18, 6  # hours by the sun


@dataclass(frozen=True, slots=True)
class Sighting:
    """A tracked flight: where and when it was first and last received."""

    begin: datetime
    begin_at: Position
    end: datetime
    end_at: Position


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a report, both inclusive, by the sun at the place; and whether it tells of night or day."""

    first: date
    last: date
    night: bool | None = None

    def steps(self, place: Position) -> list[datetime]:
        """Instants of the window, ten minutes apart. A night lasts into the morning after."""
        offset = timedelta(hours=place[1] / 15)
        begin = datetime.combine(self.first, time(), UTC) - offset
        extra = timedelta(hours=_NIGHT_TO if self.night else 0)
        end = datetime.combine(self.last, time(), UTC) + timedelta(days=1) + extra - offset
        count = int((end - begin) / STEP)
        instants = (begin + step * STEP for step in range(count))
        return [instant for instant in instants if self._holds(instant, place)]

    def meets(self, begin: datetime, end: datetime) -> bool:
        """Whether a flight at some place on Earth may begin or end within it between these instants."""
        first, last = (datetime.combine(day, time(), UTC) for day in (self.first, self.last))
        return begin < last + _AROUND + timedelta(days=1) and end > first - _AROUND

    def _holds(self, instant: datetime, place: Position) -> bool:
        if self.night is None:
            return True
        hour = solar(instant, place).hour
        return (hour >= _NIGHT_FROM or hour < _NIGHT_TO) is self.night


def solar(instant: datetime, place: Position) -> datetime:
    """Mean solar time at a place, as an aware datetime that only its fields give a meaning."""
    return instant.astimezone(UTC) + timedelta(hours=place[1] / 15)


def open_share(sightings: Sequence[Sighting], window: Window, origins: Sequence[Position],
               destinations: Sequence[Position]) -> float | None:
    """The share (0 to 1) of the window at which the flight could have begun; None where that is unknowable.

    `origins` and `destinations` are where it may have begun and ended, () where the report does not say. The
    aircraft must get to the origin from where it was last received, and from the destination to where it is
    received next, in time.
    """
    long = timedelta(days=(window.last - window.first).days) > LONGEST_WINDOW
    if long or not sightings or not (origins or destinations):
        return None
    starts, goals = (origins or destinations), (destinations or origins)
    duration = least_time(starts, goals)
    busy = [(sighting.begin - least_time(goals, [sighting.begin_at]) - TURNROUND - duration,
             sighting.end + least_time([sighting.end_at], starts) + TURNROUND) for sighting in sightings]
    steps = window.steps(starts[0])
    free = sum(all(step <= last_before or step >= first_after for last_before, first_after in busy)
               for step in steps)
    return free / len(steps) if steps else None


def least_time(starts: Sequence[Position], goals: Sequence[Position]) -> timedelta:
    return timedelta(hours=least_nm(tuple(starts), tuple(goals)) / SPEED_KT)
