"""Times of day: clock times with their zones, and words for night and day.

Night follows the annotation guide: daytime clock times are False; late, early hours and after dark are True.
Clock times near dusk and dawn stay open, since the report does not say where the sun stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tailgraph.graph.model import Hours
from tailgraph.nlp.dates import hours
from tailgraph.nlp.dates.mention import Clock

_ZONE = rf"(?:\s?(?P<zone>{hours.ZONE}))?"
_CLOCK = re.compile(
    rf"(?<![\d.:,/$€£+-])(?:"
    rf"(?P<h12>1[0-2]|0?[1-9])(?:[.:](?P<m12>[0-5]\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)"
    rf"|(?P<h24>[01]?\d|2[0-4])[:](?P<m24>[0-5]\d)(?::[0-5]\d)?(?!\d|[.:]\d|%)"
    rf"|(?P<hh>[01]\d|2[0-4])\.?(?P<mm>[0-5]\d)(?=\s?(?:hrs?\b|hours\b|h\b|Z\b"
    rf"|UTC|GMT|local|zulu))(?:\s?(?:hrs?|hours|h)\b)?"
    rf"|(?P<hf>[01]?\d|2[0-4])h(?P<mf>[0-5]\d)?\b"
    rf"){_ZONE}",
    re.IGNORECASE,
)

_NIGHT = re.compile(
    r"\b(?:(?:(?:in|at|during|before|into)\s+)?(?:the\s+)?(?:(?:very\s+)?(?:early"
    r"|small|wee)\s+(?:morning\s+)?hours(?:\s+of\s+(?:the\s+)?(?:morning|night"
    r"|day))?)"
    r"|(?:(?:at|in)\s+(?:the\s+)?)?dead\s+of\s+(?:the\s+)?night"
    r"|under\s+(?:the\s+)?(?:cover|cloak)\s+of\s+(?:darkness|night|the\s+night)"
    r"|in\s+(?:the\s+|total\s+)?dark(?:ness)?"
    r"|(?:well\s+|long\s+|shortly\s+|just\s+)?after\s+(?:dark|nightfall|sunset|sundown|midnight)"
    r"|(?:(?:well\s+|shortly\s+|just\s+)?before|ahead\s+of)\s+(?:dawn|daybreak"
    r"|sunrise|first\s+light|midnight|daylight)|pre-?dawn"
    r"|(?:at|around|about|by|near|toward|towards|past)\s+(?:midnight|nightfall)"
    r"|(?:late\s+|early\s+)?(?:at|by|during\s+the|in\s+the|through\s+the|that"
    r"|the\s+same)\s+night|late\s+(?:in\s+the\s+)?(?:evening|night)"
    r"|midnight|night-?time|nocturnal|nightly|overnight|late(?=\s+on\b)|(?:in"
    r"\s+the\s+|that\s+|the\s+same\s+)?evening|nights?)\b",
    re.IGNORECASE,
)
_DAYTIME = re.compile(
    r"\b(?:in\s+(?:broad\s+|full\s+)?(?:daylight|day\s+time)|(?:at|before|around"
    r"|by|about|toward|towards|shortly\s+before|shortly\s+after|just\s+after|just"
    r"\s+before|after)\s+"
    r"(?:noon|midday|lunchtime|lunch)|noon|midday|daytime|by\s+day|(?:in\s+the"
    r"\s+|that\s+)?(?:(?:late|mid)[\s-])?(?:(?<!early )morning|afternoon)|lunchtime"
    r"|broad\s+daylight)\b",
    re.IGNORECASE,
)


# How many characters before a clock time may say how exact it is: "some time shortly after 2 a.m.".
_LEAD = 40


@dataclass(frozen=True)
class TimeOfDay:
    start: int
    end: int
    night: bool | None
    clock: Clock | None = None
    hours: Hours | None = None


def night_at(hour: int, minute: int) -> bool | None:
    """Whether a local clock time is after dark: 19:00–05:00 yes, 06:00–18:00 no, else open."""
    minutes = (hour % 24) * 60 + minute
    if minutes >= 19 * 60 or minutes < 5 * 60:
        return True
    return False if 6 * 60 <= minutes < 18 * 60 else None


def times_of_day(text: str) -> list[TimeOfDay]:
    """Every clock time and word for day or night, in order, without overlaps."""
    found = [_clock(m) for m in _CLOCK.finditer(text)]
    for pattern, night in ((_NIGHT, True), (_DAYTIME, False)):
        found += [
            TimeOfDay(m.start(), m.end(), night, hours=hours.of_words(m[0])) for m in pattern.finditer(text)
        ]
    kept: list[TimeOfDay] = []
    for time in sorted(found, key=lambda t: (t.start, -t.end)):
        if kept and _goes_on(text, kept[-1], time):
            kept[-1] = replace(of_the_half_told([kept[-1], time])[0], end=time.end)
        elif not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def _goes_on(text: str, clock: TimeOfDay, words: TimeOfDay) -> bool:
    """ "9:15 in the evening": words that only say which half of the day is meant."""
    told = clock.clock is not None and clock.clock.zone in {None, "local"}
    return told and words.clock is None and text[clock.end : words.start].isspace()


def of_the_half_told(times: list[TimeOfDay]) -> list[TimeOfDay]:
    """Times that stand together, with "9:15 in the evening" as 21:15."""
    words = next((t.hours for t in times if t.hours and not t.clock), None)
    return [
        _half_a_day_later(t) if words and t.clock and t.hours and hours.is_other_half(t.hours, words) else t
        for t in times
    ]


def _half_a_day_later(told: TimeOfDay) -> TimeOfDay:
    assert told.clock and told.hours
    clock = told.clock.model_copy(update={"hour": (told.clock.hour + 12) % 24})
    begin, end = (at.replace(hour=(at.hour + 12) % 24) for at in (told.hours.begin, told.hours.end))
    shifted = told.hours.model_copy(update={"begin": begin, "end": end})
    return replace(told, night=night_at(clock.hour, clock.minute), clock=clock, hours=shifted)


def _clock(match: re.Match[str]) -> TimeOfDay:
    groups = match.groupdict()
    hour = int(groups["h12"] or groups["h24"] or groups["hh"] or groups["hf"])
    minute = int(groups["m12"] or groups["m24"] or groups["mm"] or groups["mf"] or 0)
    if groups["half"]:
        hour = hour % 12 + (12 if groups["half"].lower().startswith("p") else 0)
    clock = Clock(hour=hour, minute=minute, zone=hours.zone_called(groups["zone"]))
    precise = any(groups[name] for name in ("m12", "m24", "mm", "mf"))
    before = match.string[max(0, match.start() - _LEAD) : match.start()]
    return TimeOfDay(
        match.start(),
        match.end(),
        night_at(hour, minute),
        clock,
        hours.of_clock(clock, before, precise=precise),
    )
