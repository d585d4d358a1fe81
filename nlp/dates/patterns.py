"""How dates are written: regular expressions, and the expression that each match stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tailgraph.nlp.dates import expressions as ex
from tailgraph.nlp.dates.mention import Precision
from tailgraph.nlp.numerals import NUMBER, ORDINALS, number

Build = Callable[[re.Match[str]], ex.Expression | None]


@dataclass(frozen=True)
class Found:
    """A date expression and where it stands."""

    start: int
    end: int
    expression: ex.Expression


_MONTH_WORDS = {m[:3]: i for i, m in enumerate(ex.MONTHS, start=1)}
_M = (
    r"(?:Jan(?:uary|\b\.?)|Feb(?:ruary|\b\.?)|Mar(?:ch|\b\.?)|Apr(?:il|\b\.?)"
    r"|May|June?\b\.?|July?\b\.?|Aug(?:ust|\b\.?)"
    r"|Sept?(?:ember|\b\.?)|Oct(?:ober|\b\.?)|Nov(?:ember|\b\.?)|Dec(?:ember|\b\.?)"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_Y = r"(?:1[89]\d\d|20\d\d)(?!\d)"
_W = r"(?i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!s\b)"
_SHORT_W = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
_SEASON = r"(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Winter)"
_UNIT = r"(?:minute|hour|day|night|week|fortnight|weekend|month|year|decade)"
_N = rf"(?i:{NUMBER})"
_LEAD = rf"(?:(?:{_W}|{_SHORT_W}),?\s+(?:the\s+)?)?"
_BEFORE = r"(?<![\w.:/-])"
_PART = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:the\s+)?(?:[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd)\s+of)"
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


def _part(match: re.Match[str]) -> str | None:
    written = match.groupdict().get("part")
    return next((part for word, part in _PARTS.items() if written and word in written.lower()), None)


def _calendar(match: re.Match[str]) -> ex.Expression | None:
    groups = match.groupdict()
    first, last = _int(groups["d"]), _int(groups.get("d2"))
    shift = _WHICH.get((groups.get("yshift") or "").lower())
    return ex.Calendar(
        first, _month(groups["m"]), _int(groups.get("y")), last, None, shift, bool(groups.get("ytold"))
    )


def _bare_month(match: re.Match[str]) -> ex.Expression:
    groups = match.groupdict()
    month, part = _month(groups["m"]), _part(match)
    shift = _WHICH.get((groups.get("yshift") or "").lower())
    return ex.Calendar(None, month, _int(groups.get("y")), None, part, shift, bool(groups.get("ytold")))


def _month_week(match: re.Match[str]) -> ex.Expression | None:
    first = {"first": 1, "second": 8, "third": 15, "fourth": 22, "last": 22}.get(match["nth"].lower())
    if not first:
        return None
    last = {1: 7, 8: 14, 15: 21, 22: 28}[first]
    return ex.Calendar(first, _month(match["m"]), _int(match["y"]), last)


def _weekday(match: re.Match[str]) -> ex.Expression | None:
    groups = match.groupdict()
    index = next(i for i, name in enumerate(ex.WEEKDAYS) if name.startswith(groups["w"][:3].lower()))
    week = groups.get("week")
    return ex.Weekday(
        index, (groups.get("which") or "").lower() or None, _WHICH[week.lower()] if week else None
    )


def _period(match: re.Match[str]) -> ex.Expression:
    groups = match.groupdict()
    unit = groups["unit"].lower()
    shift = _WHICH[groups["which"].lower()]
    if unit in ex.SEASONS:
        return ex.Season(unit, None, shift)
    if unit in {"fortnight", "decade"} and shift:
        return ex.Window(
            14 if unit == "fortnight" else 10, "day" if unit == "fortnight" else "year", shift > 0
        )
    return ex.Period(unit, shift, _part(match))


def _told_period(match: re.Match[str]) -> ex.Expression:
    unit = match["unit"].lower()
    if unit in ex.SEASONS:
        return ex.Season(unit, None, 0, told=True)
    return ex.Period("day" if unit in _DAY_PARTS else unit, 0, None, told=True)


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


def _near_day(match: re.Match[str]) -> ex.Expression:
    return ex.Period("day", _FIXED_DAYS[re.sub(r"\s+", " ", match[0].lower())])


def _count(text: str | None) -> int | None:
    return number(text) if text else 1


def _shifted(match: re.Match[str]) -> ex.Expression | None:
    groups = match.groupdict()
    count, unit, way = _count(groups["n"]), groups["unit"].lower(), groups["way"].lower()
    if count is None or count > 5000:
        return None
    unit = {"night": "day", "fortnight": "week", "weekend": "week"}.get(unit, unit)
    count = 2 * count if groups["unit"].lower() == "fortnight" else count
    if unit in {"minute", "hour"}:
        return ex.Shifted(0, "day", told=way != "ago")
    back = way in {"ago", "earlier", "before", "previously", "beforehand"}
    return ex.Shifted(-count if back else count, unit, told=way not in {"ago", "from now", "hence"})


def _neighbour(match: re.Match[str]) -> ex.Expression:
    unit = match["unit"].lower()
    back = match["which"].lower() in {"previous", "preceding", "before"}
    return ex.Shifted(-1 if back else 1, "day" if unit in _DAY_PARTS else unit, told=True)


def _window(match: re.Match[str]) -> ex.Expression | None:
    count, unit = _count(match["n"]), match["unit"].lower()
    if count is None or count > 5000:
        return None
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    return ex.Window(
        count,
        {"night": "day", "hour": "day", "weekend": "week"}.get(unit, unit),
        match["which"].lower() in {"next", "coming", "following"},
    )


_RESOLUTION = re.compile(r"[Rr]esolutions?\s+\d+\s*\($")


def _year(match: re.Match[str]) -> ex.Expression | None:
    if _RESOLUTION.search(match.string, max(0, match.start() - 30), match.start()):
        # "Resolution 1718 (2006)": part of its name.
        return None
    return ex.Year(int(match["y"]), _part(match))


def _half(match: re.Match[str]) -> ex.Expression:
    part = f"{match['nth'].lower()} half"
    if match["y"]:
        return ex.Year(int(match["y"]), part)
    return ex.Period("year", _WHICH[match["which"].lower()], part)


def _half_month(match: re.Match[str]) -> ex.Expression:
    """The 1st to 15th, or the 16th to the end, which `late half` leaves to the calendar."""
    groups = match.groupdict()
    shift = _WHICH.get((groups.get("yshift") or "").lower())
    half = "first half" if match["nth"].lower() == "first" else "second half"
    return ex.Calendar(
        None, _month(match["m"]), _int(groups.get("y")), None, half, shift, bool(groups.get("ytold"))
    )


def _quarter(match: re.Match[str]) -> ex.Expression | None:
    written = match["nth"]
    nth = int(written) if written.isdigit() else ORDINALS[written.lower()]
    return ex.Quarter(nth, int(match["y"])) if 1 <= nth <= 4 else None


def _iso(match: re.Match[str]) -> ex.Expression | None:
    return _written(int(match["y"]), int(match["m"]), int(match["d"]))


def _written(year: int, month: int, number_: int) -> ex.Expression | None:
    found = ex.day(year, month, number_)
    return ex.Written(found, found) if found else None


def _full_year(text: str) -> int:
    """Two digits are of 1950–2049."""
    value = int(text)
    return value if len(text) == 4 else value + (2000 if value < 50 else 1900)


def _numeric(match: re.Match[str]) -> ex.Expression | None:
    """12.03.2024 is day first; 03/12/2024 may be either, so both days bound it."""
    a, b, year = int(match["a"]), int(match["b"]), _full_year(match["y"])
    day_first, month_first = ex.day(year, b, a), ex.day(year, a, b)
    options = [
        d for d in ((day_first,) if match["sep"] == "." and day_first else (day_first, month_first)) if d
    ]
    if not options:
        return None
    first, last = min(options), max(options)
    return ex.Written(first, last, Precision.DAY if first == last else Precision.RANGE)


def _military(match: re.Match[str]) -> ex.Expression | None:
    year = match["y"]
    if not year:
        return ex.Calendar(int(match["d"]), _month(match["m"]))
    return _written(_full_year(year), _month(match["m"]), int(match["d"]))


def _feast(match: re.Match[str]) -> ex.Expression:
    name = re.sub(r"[\s’']+", " ", match["feast"].lower()).replace(" s ", " ")
    month, number_ = {
        "christmas eve": (12, 24),
        "christmas day": (12, 25),
        "christmas": (12, 25),
        "boxing day": (12, 26),
        "new year eve": (12, 31),
        "new year day": (1, 1),
    }[name]
    return ex.Calendar(number_, month, _int(match["y"]))


def _ordinal_day(match: re.Match[str]) -> ex.Expression | None:
    first, last = _int(match["d"]), _int(match["d2"])
    return ex.Calendar(first, None, None, last) if first and 1 <= first <= 31 else None


_JOIN = r"\s*(?:–|—|-|/|to|and|or|until|till|through|&)\s*(?:the\s+)?"
_YEARED = (
    rf"(?:,?\s+(?:of\s+)?(?P<y>{_Y})|,?\s+(?:of\s+)?(?P<yshift>[Ll]ast|[Tt]his"
    rf"|[Nn]ext)\s+year|,?\s+(?:of\s+)?(?P<ytold>that|the same)\s+year)?"
)
_CUED_MONTH = (
    r"(?:(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )|(?<=\btill )|(?<=\blast )"
    r"|(?<=\bthis )|(?<=\bnext )"
    r"|(?<=\bto )|(?<=\band )|(?<=\bfrom )|(?<=\bby )|(?<=\bbetween )|(?<=\bduring )"
    r"|(?<=\bthrough )|(?<=\bthroughout )"
    r"|(?<=\bbefore )|(?<=\bafter )|(?<=\bfor )|(?<=[Ii]n )|(?<=[Ss]ince )|(?<=–))"
)
_SURE_MONTH = (
    r"(?!May\b|March\b|MAY\b|MARCH\b|Mar\b|Jun\b|Jan\b|Dec\b|Sep\b|Oct\b|Nov\b"
    r"|Aug\b|Apr\b|Feb\b|Jul\b|Sept\b)"
)

_PATTERNS: tuple[tuple[str, Build], ...] = (
    (
        rf"{_BEFORE}{_LEAD}(?:the\s+)?(?P<d>{_D})(?:(?:,\s*{_D})*,?{_JOIN}(?P<d2>{_D}))?"
        rf"\s*(?:of\s+|-)?(?P<m>{_M}){_YEARED}(?!\w)",
        _calendar,
    ),
    (
        rf"(?<!\w){_LEAD}(?P<m>{_M})\s+(?:the\s+)?(?P<d>{_D})(?![:]\d|\.\d|%|,\d)(?:"
        rf"(?:,\s*{_D}(?!\d))*,?{_JOIN}(?P<d2>{_D})(?![:]\d|\.\d|%|\s+(?i:aircraft"
        rf"|planes?|flights?|people|tons?|tonnes?)))?{_YEARED}(?!\w)",
        _calendar,
    ),
    (
        rf"(?<!\w)(?:{_PART}[\s-]+(?:in\s+)?|(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s+)"
        rf"(?P<m>{_M}){_YEARED}(?!\w)",
        _bare_month,
    ),
    (
        rf"(?<!\w)(?P<m>{_M}),?\s+(?:of\s+)?(?:(?P<y>{_Y})|(?P<yshift>[Ll]ast|[Tt]his|[Nn]ext)\s+year)(?!\w)",
        _bare_month,
    ),
    (rf"(?<!\w)(?:{_CUED_MONTH}|{_SURE_MONTH})(?P<m>{_M})(?!\s+[A-Z][a-z]|\w|-\d)", _bare_month),
    (
        rf"(?<!\w)[Tt]he\s+(?P<nth>first|second|third|fourth|last)\s+week\s+(?:of|in)"
        rf"\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?",
        _month_week,
    ),
    (
        rf"(?<!\w)(?<!\bevery )(?<!\beach )(?<!\bEvery )(?:(?P<which>[Ll]ast|[Nn]ext"
        rf"|[Tt]his)\s+)?(?P<w>{_W})(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week)?"
        rf"(?!\w)",
        _weekday,
    ),
    (
        rf"(?<!\w)(?:{_W}|{_SHORT_W}),?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)(?P<d2>)(?!\s+(?:of\s+)?{_M})(?!\w)",
        _ordinal_day,
    ),
    (
        r"(?<!\w)(?P<w>(?:Mon|Tue|Tues|Wed|Thu|Thurs?|Fri|Sat|Sun))\.?(?=,?\s+(?:\d"
        r"|at\b|night|morning|evening|afternoon))",
        _weekday,
    ),
    (
        rf"(?<!\w)(?:(?:{_PART}|[Ee]arlier|[Ll]ater)[\s-]+)?(?:the\s+)?(?P<which>[Ll]ast"
        rf"|[Tt]his|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming)\s+(?P<unit>week|weekend"
        rf"|month|year|quarter|decade|fortnight|{_SEASON})(?!\w)",
        _period,
    ),
    (
        r"(?<!\w)(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n)\s+the\s+weekend(?!\s+of)(?!\w)",
        lambda _: ex.Period("weekend"),
    ),
    (
        rf"(?<!\w)(?:[Ll]ater|[Ee]arlier)?\s*(?:[Tt]hat|[Tt]he\s+same)\s+(?:very\s+)?"
        rf"(?P<unit>day|night|morning|afternoon|evening|week|month|year|{_SEASON})"
        rf"(?!\w)",
        _told_period,
    ),
    (
        r"(?<!\w)(?i:the day before yesterday|the night before last|the day after tomorrow"
        r"|earlier today|today|yesterday|tomorrow|tonight|last night|last evening"
        r"|this morning|this afternoon|this evening)(?!\w)",
        _near_day,
    ),
    (
        rf"(?<!\w)(?:(?i:some|about|around|just|only)\s+)?(?P<n>{_N})[\s-]+(?P<unit>"
        rf"(?i:{_UNIT}))s?(?:['’]\s*time)?\s+(?P<way>(?i:ago|earlier|later|before(?=["
        rf"\s.,;:]*(?:$|[.,;:)]))|after(?=\s*[.,;:])|afterwards?|previously|beforehand"
        rf"|from now|hence))(?!\w)",
        _shifted,
    ),
    (
        r"(?<!\w)(?:[Tt]he|[Oo]n the)\s+(?P<which>next|following|previous|preceding)"
        r"\s+(?P<unit>day|night|morning|afternoon|evening|week|month|year)(?!\w)",
        _neighbour,
    ),
    (
        r"(?<!\w)[Tt]he\s+(?P<unit>day|night|evening|morning|week|month|year)\s+(?P<which>before"
        r"|after)(?=\s*(?:[.,;:)]|and\b|$))",
        _neighbour,
    ),
    (
        rf"(?<!\w)(?:the\s+)?(?P<which>[Ll]ast|[Pp]ast|[Nn]ext|[Cc]oming|[Pp]revious"
        rf"|[Ff]ollowing)\s+(?P<n>{_N})[\s-]+(?P<unit>{_UNIT})s?(?!\w)",
        _window,
    ),
    (
        rf"(?<!\w)(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or)\s+the\s+(?P<which>last"
        rf"|past|next|coming)\s+(?P<n>{_N}\s+)?(?P<unit>{_UNIT})s?(?!\w)",
        _window,
    ),
    (rf"(?<!\w)(?:{_PART}[\s-]+(?:in\s+)?)(?P<y>{_Y})(?!\w|-\d)", _year),
    (
        rf"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\bof )|(?<=\b[Dd]uring )"
        rf"|(?<=\b[Uu]ntil )|(?<=\btill )|(?<=\b[Ff]rom )|(?<=\bto )"
        rf"|(?<=\b[Bb]etween )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\band )|(?<="
        rf"\bthrough )|(?<=\baround )|(?<=\()|(?<=\bthroughout ))(?P<y>{_Y})(?!\w|-\d"
        rf"|,\d|\s+(?:tons?|tonnes?|kg|people|km|miles))",
        _year,
    ),
    (rf"(?:^|(?<=\n))(?P<y>{_Y})(?=\s*[.:–—]|\s*$)", _year),
    (
        rf"(?<!\w)(?:{_PART}[\s-]+)?(?:the\s+)?(?P<decade>(?:19|20)\d0)['’]?s(?!\w)",
        lambda m: ex.Decade(int(m["decade"]), _part(m)),
    ),
    (
        rf"(?<!\w)(?:{_PART}\s+)?(?:in\s+)?(?:the\s+)?(?P<s>{_SEASON})\s+(?:of\s+)?(?P<y>{_Y})(?!\w)",
        lambda m: ex.Season(m["s"].lower(), int(m["y"])),
    ),
    (
        r"(?<!\w)(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Oo]ver)\s+(?:the\s+)?(?P<core>(?P<s>spring"
        r"|summer|autumn|winter))(?!\w|\s+of\b)",
        lambda m: ex.Season(m["s"]),
    ),
    (rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>first|second|third|fourth)\s+quarter\s+of\s+(?P<y>{_Y})", _quarter),
    (
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>last|final)\s+quarter\s+of\s+(?P<y>{_Y})",
        lambda m: ex.Quarter(4, int(m["y"])),
    ),
    (
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>first|second|latter)\s+half\s+of\s+(?P<m>{_M}){_YEARED}(?!\w)",
        _half_month,
    ),
    (rf"(?<!\w)Q(?P<nth>[1-4])[\s/]+(?P<y>{_Y})", _quarter),
    (
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>first|second)\s+half\s+of\s+(?:(?P<y>{_Y})"
        rf"|(?P<which>last|this|next)\s+year)",
        _half,
    ),
    (
        r"(?<![\w/-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)"
        r"(?P<d>[12]\d|3[01]|0?[1-9])(?![\d/]|-\d)",
        _iso,
    ),
    (
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/]|[-.]\d)",
        _numeric,
    ),
    (r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})(?P=sep)(?P<y>\d\d)(?![\w/]|[-.]\d)", _numeric),
    (
        rf"(?<![\w-])(?P<d>0[1-9]|[12]\d|3[01])(?P<h>[0-2]\d[0-5]\d)Z?\s?(?P<m>(?i:{_M}))"
        rf"\s?(?P<y>\d\d(?:\d\d)?)?(?!\w)",
        _military,
    ),
    (
        r"(?<![\w-])(?P<d>0?[1-9]|[12]\d|3[01])[-/]?(?P<m>(?i:JAN|FEB|MAR|APR|MAY"
        r"|JUN|JUL|AUG|SEP|OCT|NOV|DEC))[-/]?(?P<y>(?:\d\d)?\d\d)(?!\w)",
        _military,
    ),
    (
        rf"(?<!\w)(?P<feast>(?i:Christmas Eve|Christmas Day|Christmas|Boxing Day|New Year['’]s Eve"
        rf"|New Year['’]s Day))(?:,?\s+(?P<y>{_Y}))?",
        _feast,
    ),
    (
        r"(?<!\w)(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Oo]f|[Bb]efore|[Aa]fter)"
        r"\s+the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?:(?:\s+and\s+(?:the\s+)?|\s*[–-]"
        r"\s*|\s+to\s+(?:the\s+)?)(?P<d2>\d{1,2})(?:st|nd|rd|th))?(?=\s*(?:$|[.,;:)–—-]"
        r"|(?:at|and|it|she|he|they|when|a|an|the|from|to|with|after|before|in|for"
        r"|but|by|as|via|because|while|where|which|who|that|until|under|over|was|were"
        r"|is|had|has|would|its|another|two|three)\b))(?!\s+of\b)",
        _ordinal_day,
    ),
)
_COMPILED = tuple((re.compile(pattern), build) for pattern, build in _PATTERNS)


def expressions(text: str) -> list[Found]:
    """Every date expression of `text`, in order, without overlaps (of two, the one that starts first, then
    the longer).
    """
    found = sorted(_all(text), key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for candidate in found:
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
        elif candidate.end > kept[-1].end and candidate.start == kept[-1].start:
            kept[-1] = candidate
    return kept


def _all(text: str) -> Iterator[Found]:
    for pattern, build in _COMPILED:
        for match in pattern.finditer(text):
            expression = build(match)
            if expression:
                core = "core" if "core" in pattern.groupindex else 0
                yield Found(match.start(core), match.end(), expression)
