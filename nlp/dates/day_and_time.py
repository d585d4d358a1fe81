"""Days and the times of day that stand beside them, as one mention each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc

from tailgraph.graph.model import DateInterval, Hours
from tailgraph.nlp.dates.clock import TimeOfDay, of_the_half_told
from tailgraph.nlp.dates.days import Days
from tailgraph.nlp.dates.hours import SMALL_HOURS
from tailgraph.nlp.dates.mention import Anchor, DateMention, Precision

_JOINED = re.compile(
    r"[\s,(]*(?:(?:at|on|of|the|in|from|around|about|just|shortly|by|before|after"
    r"|local|time|between|some|early|late|very)\b[\s,]*){0,4}[)T]?\s*",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?!)")
# Days before publication up to which "overnight" may be the night before the report.
_RECENT = 7


@dataclass(frozen=True)
class Dated:
    """Days with the stretch of text that names them (half-open character offsets)."""

    start: int
    end: int
    days: Days


def with_times(
    doc: Doc, dated: list[Dated], times: list[TimeOfDay], published: date | None
) -> list[DateMention]:
    """Days and the times of day that stand beside or inside them, as one mention each."""
    text = doc.text
    mentions: list[DateMention] = []
    pending = deque(times)
    starts = [day.start for day in dated]
    for position, day in enumerate(dated):
        start, end, own = day.start, day.end, list[TimeOfDay]()
        beside = _JOINED if day.days.precision in {Precision.DAY, Precision.RANGE} else _NEVER
        while pending and pending[0].start < end:
            time = pending.popleft()
            if time.end > start or beside.fullmatch(text, time.end, start):
                own.append(time)
                start, end = min(start, time.start), max(end, time.end)
            else:
                mentions.append(_timed(doc, time, dated, starts, published))
        following = starts[position + 1] if position + 1 < len(starts) else len(text) + 1
        while pending and pending[0].end <= following and beside.fullmatch(text, end, pending[0].start):
            own.append(pending.popleft())
            end = own[-1].end
        mentions.append(_mention(start, end, day.days, own))
    mentions += [_timed(doc, time, dated, starts, published) for time in pending]
    return sorted(mentions, key=lambda m: m.start)


def _mention(start: int, end: int, days: Days, times: list[TimeOfDay]) -> DateMention:
    times = of_the_half_told(times)
    clock = next((t.clock for t in times if t.clock), None)
    return DateMention(
        start=start,
        end=end,
        interval=DateInterval(earliest=days.first, latest=days.last),
        precision=days.precision,
        night=_night(times),
        clock=clock,
        hours=_hours(times),
        anchored=days.anchor,
    )


def _hours(times: list[TimeOfDay]) -> Hours | None:
    """Of a clock time, else of words for a part of the day. "Monday night at 1:30" may be Tuesday's."""
    told = sorted((t for t in times if t.hours), key=lambda t: t.clock is None)
    if not told or not told[0].hours:
        return None
    hours, words = told[0].hours, [t for t in times if t.clock is None and t.night]
    of_day = any(t.hours and t.hours.begin.hour < SMALL_HOURS for t in words)
    late = told[0].clock and words and not of_day and hours.begin.hour < SMALL_HOURS
    return hours.model_copy(update={"on_day": False}) if late else hours


def _night(times: list[TimeOfDay]) -> bool | None:
    """A local clock time decides; else any word for night does ("before dawn the next morning")."""
    clocks = [t.night for t in times if t.clock]
    if any(t.clock and t.clock.zone == "UTC" for t in times) and any(
        t.night is not None for t in times if not t.clock
    ):
        clocks = []
    if clocks and clocks[0] is not None:
        return clocks[0]
    said = [t.night for t in times if not t.clock]
    return True if True in said else False if False in said else None


def _timed(
    doc: Doc, time: TimeOfDay, dated: list[Dated], starts: list[int], published: date | None
) -> DateMention:
    """A time of day without a day; a lone "overnight" is the night that ends on the day told before, else on
    the day of publication.
    """
    interval, text = None, doc.text
    if text[time.start : time.end].lower() == "overnight" and _adverbial(doc, time):
        place = bisect_right(starts, time.start)
        told = dated[place - 1] if place and "\n" not in text[dated[place - 1].end : time.start] else None
        interval = _that_night(told.days if told else None, published)
    return DateMention(
        start=time.start,
        end=time.end,
        interval=interval,
        night=time.night,
        clock=time.clock,
        hours=time.hours,
        precision=Precision.RANGE if interval else Precision.TIME,
        anchored=Anchor.PUBLICATION if interval else Anchor.NONE,
    )


def _that_night(told: Days | None, published: date | None) -> DateInterval | None:
    """The two days of a night told before; of days long past that are no single one, none can be told."""
    first, last = (told.first, told.last) if told else (None, None)
    if first and last and (last - first).days == 1:
        return DateInterval(earliest=first, latest=last)
    past = first != last and last and published and (published - last).days > _RECENT
    morning = first if first and first == last else None if past else published
    if morning is None or morning == date.min:
        return None
    return DateInterval(earliest=morning - timedelta(days=1), latest=morning)


def _adverbial(doc: Doc, time: TimeOfDay) -> bool:
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    return span is not None and not (span.end < len(doc) and doc[span.end].pos_ in {"NOUN", "ADJ"})
