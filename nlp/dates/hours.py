"""How wide a stretch of the clock a time of day leaves open: "about 2:30 a.m.", "shortly before midnight".

The widths stand in tables: what words for times of day mean (`clock_words.csv`), how far off a clock time may
be by the words before it (`clock_margins.csv`), and the zones that are named (`clock_zones.csv`).
"""

from __future__ import annotations

import re
from datetime import time
from functools import cache

from tailgraph.graph.model import Hours
from tailgraph.nlp.dates.mention import Clock
from tailgraph.nlp.vocabulary import items, rows

SMALL_HOURS = 6
"""Until then people speak of a time as of the night, and may give it the day before."""
_DAY_MIN = 24 * 60
_MINUTE_TOLD, _HOUR_TOLD = (15, 15), (30, 30)
"""Minutes before and after a clock time that nothing qualifies: "at 2:30 a.m.", "at 2 a.m."."""
_RANGE_BEFORE = re.compile(
    r"(?:between|from)\s+(?:about\s+)?(?P<h>[01]?\d|2[0-4])(?:[.:](?P<m>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)?"
    r"\s*(?:and|to|until|till|–|-)\s*$",
    re.IGNORECASE,
)


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """By name in lower case."""
    table = rows("tailgraph.nlp", "lexicons", "clock_zones.csv")
    return {name.lower(): tuple(items(row, "zones")) for row in table for name in items(row, "words")}


def _zone_pattern() -> str:
    """A zone by its abbreviation, or by a name with "time" behind it; "local" needs none."""
    found = sorted(
        {
            name
            for row in rows("tailgraph.nlp", "lexicons", "clock_zones.csv")
            for name in items(row, "words")
        },
        key=lambda name: (-len(name), name),
    )
    short = [name for name in found if name.isupper() or name in {"zulu", "local"}]
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in found if name not in short)
    return rf"(?:{names}|local)\s+time\b|(?:{'|'.join(short)})\b"


ZONE = _zone_pattern()


def zone_called(written: str | None) -> str | None:
    """ "UTC", "local", or the zone's name as written, without "time"."""
    if not written:
        return None
    name = " ".join(written.split()).removesuffix(" time")
    zones = _zones().get(name.lower(), ())
    return zones[0] if zones and zones[0] in {"UTC", "local"} else name


def of_words(written: str) -> Hours | None:
    """ "shortly before midnight": by the clock of where the aircraft is; None for "at night" and the like."""
    pattern, meant = _word_hours()
    found = pattern.search(" ".join(written.lower().replace("-", " ").split()))
    return meant[found[0]] if found else None


@cache
def _word_hours() -> tuple[re.Pattern[str], dict[str, Hours]]:
    """Of the words that begin at one place, those of the first row that has any are meant."""
    table = rows("tailgraph.nlp", "lexicons", "clock_words.csv")
    meant = {
        words: Hours(begin=time.fromisoformat(row["from"]), end=time.fromisoformat(row["to"]))
        for row in table
        for words in items(row, "words")
    }
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, meant))})\b"), meant


def of_clock(clock: Clock, before: str, *, precise: bool) -> Hours:
    """A clock time, as exact as the words `before` it leave it. `precise`: its minutes are written.

    `zones` are empty where none is said.
    """
    told = clock.hour * 60 + clock.minute
    zones = _zones().get((clock.zone or "").lower(), ())
    earlier, later = _margin(before) or (_MINUTE_TOLD if precise else _HOUR_TOLD)
    begin = told - earlier
    if match := _RANGE_BEFORE.search(before):
        begin = _first_of_range(match, told)
        later = _HOUR_TOLD[1]
    return Hours(begin=_time(begin), end=_time(told + later), zones=zones)


def _first_of_range(match: re.Match[str], last: int) -> int:
    """ "Between 1 and 2 a.m.": the half of the day of the first is that of the second, if it is not said."""
    first = (int(match["h"]) * 60 + int(match["m"] or 0)) % _DAY_MIN
    half = (match["half"] or "").lower()
    if half:
        first = first % (12 * 60) + (12 * 60 if half.startswith("p") else 0)
    elif first + 12 * 60 < last:
        first += 12 * 60
    return first - _HOUR_TOLD[0]


def _margin(before: str) -> tuple[int, int] | None:
    pattern, margins = _margins()
    found = pattern.search(" ".join(before.lower().split()))
    return margins[found[1]] if found else None


@cache
def _margins() -> tuple[re.Pattern[str], dict[str, tuple[int, int]]]:
    table = rows("tailgraph.nlp", "lexicons", "clock_margins.csv")
    margins = {
        words: (int(row["before_min"]), int(row["after_min"]))
        for row in table
        for words in items(row, "words")
    }
    longest = sorted(margins, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})(?: at)?$"), margins


def is_other_half(told: Hours, words: Hours) -> bool:
    """Whether "9:15 in the evening" means 21:15: of both halves of the day, only the other is the evening."""
    middle = _minutes(told.begin) + (_minutes(told.end) - _minutes(told.begin)) % _DAY_MIN // 2
    if middle % _DAY_MIN > 13 * 60 or told.zones not in {(), ("local",)}:
        return False
    return not _holds(words, middle) and _holds(words, middle + 12 * 60)


def _holds(hours: Hours, minute: int) -> bool:
    begin = _minutes(hours.begin)
    return (minute - begin) % _DAY_MIN < (_minutes(hours.end) - begin) % _DAY_MIN


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _time(minutes: int) -> time:
    return time(minutes % _DAY_MIN // 60, minutes % 60)
