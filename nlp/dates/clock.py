"""Times of day: clock times with their zones, and words for night and day.

Night follows the annotation guide: daytime clock times are False; late, early hours and after dark are True.
Clock times near dusk and dawn stay open, since the report does not say where the sun stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tailgraph.nlp.dates.mention import Clock

_ZONE = (
    r"(?:\s?(?P<zone>Z\b|UTC|GMT|CEST|CET|EEST|EET|MSK|BST|EDT|EST|PDT|PST|IST|JST|KST|zulu\b"
    r"|(?:local|Moscow|Korean|Tehran)(?:\s+time)?))?"
)
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


@dataclass(frozen=True)
class TimeOfDay:
    start: int
    end: int
    night: bool | None
    clock: Clock | None = None


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
        found += [TimeOfDay(m.start(), m.end(), night) for m in pattern.finditer(text)]
    kept: list[TimeOfDay] = []
    for time in sorted(found, key=lambda t: (t.start, -t.end)):
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def _clock(match: re.Match[str]) -> TimeOfDay:
    groups = match.groupdict()
    hour = int(groups["h12"] or groups["h24"] or groups["hh"] or groups["hf"])
    minute = int(groups["m12"] or groups["m24"] or groups["mm"] or groups["mf"] or 0)
    if groups["half"]:
        hour = hour % 12 + (12 if groups["half"].lower().startswith("p") else 0)
    end = match.end()
    return TimeOfDay(
        match.start(),
        end,
        night_at(hour, minute),
        Clock(hour=hour, minute=minute, zone=_zone(groups["zone"])),
    )


def _zone(written: str | None) -> str | None:
    if not written:
        return None
    word = written.strip().split()[0]
    if word.lower() in {"z", "utc", "gmt", "zulu"}:
        return "UTC"
    return word.upper() if word.isupper() and len(word) > 2 else "local"
