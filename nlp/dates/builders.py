"""From the match of a date pattern to the expression that it stands for."""

from __future__ import annotations

import re

from tailgraph.nlp.dates.calendar_dates import SEASONS, Calendar, Quarter, Season, Written, Year
from tailgraph.nlp.dates.days import MONTHS, WEEKDAYS, Expression, day
from tailgraph.nlp.dates.mention import Precision
from tailgraph.nlp.dates.relative_dates import Anniversary, Period, Shifted, Weekday, Window
from tailgraph.nlp.numerals import ORDINALS, number

_MONTH_WORDS = {m[:3]: i for i, m in enumerate(MONTHS, start=1)}
_PARTS = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}
_WHICH = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "this": 0,
    "next": 1,
    "following": 1,
    "coming": 1,
}


def _month(text: str) -> int:
    return _MONTH_WORDS[text[:3].lower()]


def _int(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def part(match: re.Match[str]) -> str | None:
    written = match.groupdict().get("part")
    return next((part for word, part in _PARTS.items() if written and word in written.lower()), None)


def calendar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    first, last = _int(groups["d"]), _int(groups.get("d2"))
    shift = _WHICH.get((groups.get("yshift") or "").lower())
    return Calendar(
        first, _month(groups["m"]), _int(groups.get("y")), last, None, shift, bool(groups.get("ytold"))
    )


def bare_month(match: re.Match[str]) -> Expression:
    groups = match.groupdict()
    month, portion = _month(groups["m"]), part(match)
    shift = _WHICH.get((groups.get("yshift") or "").lower())
    return Calendar(None, month, _int(groups.get("y")), None, portion, shift, bool(groups.get("ytold")))


def month_week(match: re.Match[str]) -> Expression | None:
    first = {"first": 1, "second": 8, "third": 15, "fourth": 22, "last": 22}.get(match["nth"].lower())
    if not first:
        return None
    last = {1: 7, 8: 14, 15: 21, 22: 28}[first]
    return Calendar(first, _month(match["m"]), _int(match["y"]), last)


def weekday(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    index = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(groups["w"][:3].lower()))
    week = groups.get("week")
    return Weekday(index, (groups.get("which") or "").lower() or None, _WHICH[week.lower()] if week else None)


def period(match: re.Match[str]) -> Expression:
    groups = match.groupdict()
    unit = groups["unit"].lower()
    shift = _WHICH[groups["which"].lower()]
    if unit in SEASONS:
        return Season(unit, None, shift)
    if unit in {"fortnight", "decade"} and shift:
        return Window(14 if unit == "fortnight" else 10, "day" if unit == "fortnight" else "year", shift > 0)
    return Period(unit, shift, part(match))


def told_period(match: re.Match[str]) -> Expression:
    unit = match["unit"].lower()
    if unit in SEASONS:
        return Season(unit, None, 0, told=True)
    return Period("day" if unit in _DAY_PARTS else unit, 0, None, told=True)


_DAY_PARTS = {"day", "night", "morning", "afternoon", "evening"}
_FIXED_DAYS = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "tonight": 0,
    "last night": -1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "last evening": -1,
    "the day before yesterday": -2,
    "the night before last": -2,
    "the day after tomorrow": 2,
    "earlier today": 0,
}


def near_day(match: re.Match[str]) -> Expression:
    return Period("day", _FIXED_DAYS[re.sub(r"\s+", " ", match[0].lower())])


def _count(text: str | None) -> int | None:
    return number(text) if text else 1


def shifted(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    count, unit, way = _count(groups["n"]), groups["unit"].lower(), groups["way"].lower()
    if count is None or count > 5000:
        return None
    unit = {"night": "day", "fortnight": "week", "weekend": "week"}.get(unit, unit)
    count = 2 * count if groups["unit"].lower() == "fortnight" else count
    if unit in {"minute", "hour"}:
        return Shifted(0, "day", told=way != "ago")
    back = way in {"ago", "earlier", "before", "previously", "beforehand"}
    return Shifted(-count if back else count, unit, told=way not in {"ago", "from now", "hence"})


def anniversary(match: re.Match[str]) -> Expression | None:
    years = _count(match["n"])
    unit = next((u for u in ("week", "month") if match["on"].endswith(u)), "day")
    return Anniversary(years, unit) if years and years < 1000 else None


def neighbour(match: re.Match[str]) -> Expression:
    unit = match["unit"].lower()
    back = match["which"].lower() in {"previous", "preceding", "before"}
    return Shifted(-1 if back else 1, "day" if unit in _DAY_PARTS else unit, told=True)


def window(match: re.Match[str]) -> Expression | None:
    count, unit = _count(match["n"]), match["unit"].lower()
    if count is None or count > 5000:
        return None
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    return Window(
        count,
        {"night": "day", "hour": "day", "weekend": "week"}.get(unit, unit),
        match["which"].lower() in {"next", "coming", "following"},
    )


_RESOLUTION = re.compile(r"[Rr]esolutions?\s+\d+\s*\($")


def year(match: re.Match[str]) -> Expression | None:
    if _RESOLUTION.search(match.string, max(0, match.start() - 30), match.start()):
        # "Resolution 1718 (2006)": part of its name.
        return None
    return Year(int(match["y"]), part(match))


def half(match: re.Match[str]) -> Expression:
    part = f"{match['nth'].lower()} half"
    if match["y"]:
        return Year(int(match["y"]), part)
    return Period("year", _WHICH[match["which"].lower()], part)


def half_month(match: re.Match[str]) -> Expression:
    """The 1st to 15th, or the 16th to the end, which `late half` leaves to the calendar."""
    groups = match.groupdict()
    shift = _WHICH.get((groups.get("yshift") or "").lower())
    half = "first half" if match["nth"].lower() == "first" else "second half"
    return Calendar(
        None, _month(match["m"]), _int(groups.get("y")), None, half, shift, bool(groups.get("ytold"))
    )


def quarter(match: re.Match[str]) -> Expression | None:
    written = match["nth"]
    nth = int(written) if written.isdigit() else ORDINALS[written.lower()]
    return Quarter(nth, int(match["y"])) if 1 <= nth <= 4 else None


def iso(match: re.Match[str]) -> Expression | None:
    return _written(int(match["y"]), int(match["m"]), int(match["d"]))


def _written(year: int, month: int, number_: int) -> Expression | None:
    found = day(year, month, number_)
    return Written(found, found) if found else None


def _full_year(text: str) -> int:
    """Two digits are of 1950–2049."""
    value = int(text)
    return value if len(text) == 4 else value + (2000 if value < 50 else 1900)


def numeric(match: re.Match[str]) -> Expression | None:
    """12.03.2024 is day first; 03/12/2024 may be either, so both days bound it."""
    a, b, year = int(match["a"]), int(match["b"]), _full_year(match["y"])
    day_first, month_first = day(year, b, a), day(year, a, b)
    options = [
        d for d in ((day_first,) if match["sep"] == "." and day_first else (day_first, month_first)) if d
    ]
    if not options:
        return None
    first, last = min(options), max(options)
    return Written(first, last, Precision.DAY if first == last else Precision.RANGE)


def military(match: re.Match[str]) -> Expression | None:
    year = match["y"]
    if not year:
        return Calendar(int(match["d"]), _month(match["m"]))
    return _written(_full_year(year), _month(match["m"]), int(match["d"]))


def feast(match: re.Match[str]) -> Expression:
    name = re.sub(r"[\s’']+", " ", match["feast"].lower()).replace(" s ", " ")
    month, number_ = {
        "christmas eve": (12, 24),
        "christmas day": (12, 25),
        "christmas": (12, 25),
        "boxing day": (12, 26),
        "new year eve": (12, 31),
        "new year day": (1, 1),
    }[name]
    return Calendar(number_, month, _int(match["y"]))


def ordinal_day(match: re.Match[str]) -> Expression | None:
    first, last = _int(match["d"]), _int(match["d2"])
    return Calendar(first, None, None, last) if first and 1 <= first <= 31 else None
