"""Times of day that simulated reports tell of a flight, as often and as loosely as real reports do.

The shares are those among 167 flights of annotated reports that are dated to a week or less: 25 told a clock
time (24 of them of one day; 16 of them without a zone), 27 a part of the day ("early on Sunday").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tailgraph.graph.agreement import Reported, Tracked
from tailgraph.graph.hours import zone_at
from tailgraph.graph.model import ENDS, LOCAL, Hours, Moment

Draw = np.random.Generator
CLOCK, PART = 0.15, 0.16
ONE_DAY = 0.95
_MOMENTS = (Moment.DEPARTURE, Moment.ARRIVAL, Moment.FLIGHT)
_OF_CLOCK, _OF_PART = (0.4, 0.25, 0.35), (0.22, 0.22, 0.56)
_AFAR = ("Europe/London", "America/New_York", "Asia/Tokyo", "Europe/Moscow")
_ROUNDED = ((5, 15, 0.72), (60, 30, 0.08), (30, 60, 0.2))
"""Minutes that a clock time is rounded to, minutes that it is read to be off by, and how often."""
_PARTS = ((0, 6), (0, 8), (4, 13), (11.5, 19), (16, 24), (18, 24))
"""Hours of parts of the day, of which one that holds the instant is told."""


def with_hours(told: Reported, true: Tracked, draw: Draw, clock: float, part: float) -> Reported:
    """The report, in a share of cases with the time of day of one moment of the flight."""
    kind = draw.random()
    if kind >= clock + part:
        return told
    is_clock = kind < clock
    moment = _MOMENTS[int(draw.choice(3, p=_OF_CLOCK if is_clock else _OF_PART))]
    instant, zone = _instant(moment, true, draw)
    if is_clock:
        zone, zones = _clock_zone(zone, true, draw)
        hours = _clock(moment, instant.astimezone(zone), zones, draw)
    else:
        hours = _part(moment, instant.astimezone(zone), draw)
    day = instant.astimezone(zone).date()
    if draw.random() < ONE_DAY:
        return replace(told, hours=(hours,), earliest=day, latest=day)
    assert told.days
    return replace(told, hours=(hours.model_copy(update={"on_day": told.days[0] <= day <= told.days[1]}),))


def _instant(moment: Moment, true: Tracked, draw: Draw) -> tuple[datetime, ZoneInfo]:
    """When that moment was, and the legal time of the end that it is of or near."""
    share = {Moment.DEPARTURE: 0.0, Moment.ARRIVAL: 1.0}.get(moment, float(draw.random()))
    instant = true.first_seen + share * (true.last_seen - true.first_seen)
    return instant, zone_at(true.first_position if share < 0.5 else true.last_position)


def _clock_zone(here: ZoneInfo, true: Tracked, draw: Draw) -> tuple[ZoneInfo, Sequence[str]]:
    """In which zone a clock time is told, and what is said of it: mostly nothing."""
    chance = draw.random()
    if chance < 0.3:
        return here, (LOCAL,)
    if chance < 0.4:
        return ZoneInfo("UTC"), ("UTC",)
    unsaid = (ENDS, "UTC")
    chance = draw.random()
    if chance < 0.75:
        return here, unsaid
    if chance < 0.85:
        return zone_at(true.first_position if draw.random() < 0.5 else true.last_position), unsaid
    return ZoneInfo("UTC" if chance < 0.95 else str(draw.choice(_AFAR))), unsaid


def _clock(moment: Moment, there: datetime, zones: Sequence[str], draw: Draw) -> Hours:
    step, off, _ = _ROUNDED[int(draw.choice(len(_ROUNDED), p=[share for *_, share in _ROUNDED]))]
    minutes = round((there.hour * 60 + there.minute) / step) * step
    begin, end = (_time(minutes + side * off) for side in (-1, 1))
    return Hours(of=moment, begin=begin, end=end, zones=tuple(zones))


def _part(moment: Moment, there: datetime, draw: Draw) -> Hours:
    hour = there.hour + there.minute / 60
    begin, end = _PARTS[int(draw.choice([n for n, (a, b) in enumerate(_PARTS) if a <= hour < b]))]
    return Hours(of=moment, begin=_time(int(begin * 60)), end=_time(int(end * 60)))


def _time(minutes: int) -> time:
    return (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).time()
