"""How dates are written: regular expressions, and the expression that each match stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tailgraph.nlp.dates import builders as build
from tailgraph.nlp.dates.calendar_dates import Decade, Quarter, Season
from tailgraph.nlp.dates.days import Expression
from tailgraph.nlp.dates.relative_dates import Period, Then
from tailgraph.nlp.numerals import NUMBER

Build = Callable[[re.Match[str]], Expression | None]


@dataclass(frozen=True)
class Found:
    """A date expression and where it stands."""

    start: int
    end: int
    expression: Expression


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
_JOIN = r"\s*(?:–|—|-|/|to|and|or|until|till|through|&)\s*(?:the\s+)?"
_YEARED = (
    rf"(?:,?\s+(?:of\s+)?(?P<y>{_Y})|,?\s+(?:of\s+)?(?P<yshift>[Ll]ast|[Tt]his"
    rf"|[Nn]ext)\s+year|,?\s+(?:of\s+)?(?P<ytold>that|the same)\s+year)?"
)
_CUED_MONTH = (
    "(?:(?<=–)|"
    + "|".join(
        rf"(?<=\b[{word[0].upper()}{word[0]}]{word[1:]} )"
        for word in (
            "in of since until till last this next to and from by between during through throughout before "
            "after for"
        ).split()
    )
    + ")"
)
_SURE_MONTH = (
    r"(?!May\b|March\b|MAY\b|MARCH\b|Mar\b|Jun\b|Jan\b|Dec\b|Sep\b|Oct\b|Nov\b"
    r"|Aug\b|Apr\b|Feb\b|Jul\b|Sept\b)"
)

_PATTERNS: tuple[tuple[str, Build], ...] = (
    (
        rf"{_BEFORE}{_LEAD}(?:the\s+)?(?P<d>{_D})(?:(?:,\s*{_D})*,?{_JOIN}(?P<d2>{_D}))?"
        rf"\s*(?:of\s+|-)?(?P<m>{_M}){_YEARED}(?!\w)",
        build.calendar,
    ),
    (
        rf"(?<!\w){_LEAD}(?P<m>{_M})\s+(?:the\s+)?(?P<d>{_D})(?![:]\d|\.\d|%|,\d)(?:"
        rf"(?:,\s*{_D}(?!\d))*,?{_JOIN}(?P<d2>{_D})(?![:]\d|\.\d|%|\s+(?i:aircraft"
        rf"|planes?|flights?|people|tons?|tonnes?)))?{_YEARED}(?!\w)",
        build.calendar,
    ),
    (
        rf"(?<!\w)(?:{_PART}[\s-]+(?:in\s+)?|(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s+)"
        rf"(?P<m>{_M}){_YEARED}(?!\w)",
        build.bare_month,
    ),
    (
        rf"(?<!\w)(?P<m>{_M}),?\s+(?:of\s+)?(?:(?P<y>{_Y})|(?P<yshift>[Ll]ast|[Tt]his|[Nn]ext)\s+year)(?!\w)",
        build.bare_month,
    ),
    (
        rf"(?<!\w)(?:{_CUED_MONTH}|{_SURE_MONTH})(?P<m>{_M})(?!\s+[A-Z][a-z](?!\w*-\d)|\w|-\d)",
        build.bare_month,
    ),
    (
        rf"(?<!\w)[Tt]he\s+(?P<nth>first|second|third|fourth|last)\s+week\s+(?:of|in)"
        rf"\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?",
        build.month_week,
    ),
    (
        rf"(?<!\w)(?<!\bevery )(?<!\beach )(?<!\bEvery )(?:(?P<which>[Ll]ast|[Nn]ext"
        rf"|[Tt]his)\s+)?(?P<w>{_W})(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week)?"
        rf"(?!\w)",
        build.weekday,
    ),
    (
        rf"(?<!\w)(?:{_W}|{_SHORT_W}),?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)(?P<d2>)(?!\s+(?:of\s+)?{_M})(?!\w)",
        build.ordinal_day,
    ),
    (
        r"(?<!\w)(?P<w>(?:Mon|Tue|Tues|Wed|Thu|Thurs?|Fri|Sat|Sun))\.?(?=,?\s+(?:\d"
        r"|at\b|night|morning|evening|afternoon))",
        build.weekday,
    ),
    (
        rf"(?<!\w)(?:(?:{_PART}|[Ee]arlier|[Ll]ater)[\s-]+)?(?:the\s+)?(?P<which>[Ll]ast"
        rf"|[Tt]his|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming)\s+(?P<unit>week|weekend"
        rf"|month|year|quarter|decade|fortnight|{_SEASON})(?!\w)",
        build.period,
    ),
    (
        r"(?<!\w)(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n)\s+the\s+weekend(?!\s+of)(?!\w)",
        lambda _: Period("weekend"),
    ),
    (
        rf"(?<!\w)(?:(?:[Ll]ater|[Ee]arlier)\s+)?(?:[Tt]hat|[Tt]he\s+same)\s+(?:very\s+)?"
        rf"(?P<unit>day|night|morning|afternoon|evening|week|month|year|{_SEASON})"
        rf"(?!\w)",
        build.told_period,
    ),
    (
        r"(?<!\w)(?i:(?:earlier|later|early|late) (?:on )?in the day"
        r"|(?:during|in the course of) the day)(?!\w)",
        lambda _: Period("day", 0, None, told=True),
    ),
    (
        r"(?<!\w)(?i:the day before yesterday|the night before last|the day after tomorrow"
        r"|earlier today|today|yesterday|tomorrow|tonight|last night|last evening"
        r"|this morning|this afternoon|this evening)(?!\w)",
        build.near_day,
    ),
    (
        rf"(?<!\w)(?:(?i:some|about|around|just|only)\s+)?(?P<n>{_N})[\s-]+(?P<unit>"
        rf"(?i:{_UNIT}))s?(?:['’]\s*time)?\s+(?P<way>(?i:ago|earlier|later|before(?=["
        rf"\s.,;:]*(?:$|[.,;:)]))|after(?=\s*[.,;:])|afterwards?|previously|beforehand"
        rf"|from now|hence))(?!\w)",
        build.shifted,
    ),
    (
        rf"(?<!\w)(?:(?i:exactly|some|just)\s+)?(?P<n>{_N})\s+years\s+ago\s+(?P<on>today|to the day"
        rf"|this\s+(?:very\s+)?(?:day|week|month))(?!\w)",
        build.anniversary,
    ),
    (r"(?<=\b[Ss]ince )then(?!\w)", lambda _: Then()),
    (
        r"(?:(?<=^)|(?<=[.!?\n\"”] )|(?<=, )|(?<=\band )|(?<=\n))(?P<which>[Nn]ext)"
        r"\s+(?P<unit>day|morning|afternoon|evening)(?!\w)",
        build.neighbour,
    ),
    (
        r"(?<!\w)(?:[Tt]he|[Oo]n the)\s+(?P<which>next|following|previous|preceding)"
        r"\s+(?P<unit>day|night|morning|afternoon|evening|week|month|year)(?!\w)",
        build.neighbour,
    ),
    (
        r"(?<!\w)[Tt]he\s+(?P<unit>day|night|evening|morning|week|month|year)\s+(?P<which>before"
        r"|after)(?=\s*(?:[.,;:)]|and\b|as\s+well\b|too\b|it\b|she\b|they\b|$))",
        build.neighbour,
    ),
    (
        rf"(?<!\w)(?:the\s+)?(?P<which>[Ll]ast|[Pp]ast|[Nn]ext|[Cc]oming|[Pp]revious"
        rf"|[Ff]ollowing)\s+(?P<n>{_N})[\s-]+(?P<unit>{_UNIT})s?(?!\w)",
        build.window,
    ),
    (
        rf"(?<!\w)(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or)\s+the\s+(?P<which>last"
        rf"|past|next|coming)\s+(?P<n>{_N}\s+)?(?P<unit>{_UNIT})s?(?!\w)",
        build.window,
    ),
    (rf"(?<!\w)(?:{_PART}[\s-]+(?:in\s+)?)(?P<y>{_Y})(?!\w|-\d)", build.year),
    (
        rf"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\bof )|(?<=\b[Dd]uring )"
        rf"|(?<=\b[Uu]ntil )|(?<=\btill )|(?<=\b[Ff]rom )|(?<=\bto )"
        rf"|(?<=\b[Bb]etween )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\band )|(?<="
        rf"\bthrough )|(?<=\baround )|(?<=\()|(?<=\bthroughout ))(?P<y>{_Y})(?!\w|-\d"
        rf"|,\d|\s+(?:tons?|tonnes?|kg|people|km|miles))",
        build.year,
    ),
    (rf"(?:^|(?<=\n))(?P<y>{_Y})(?=\s*[.:–—]|\s*$)", build.year),
    (
        rf"(?<!\w)(?:{_PART}[\s-]+)?(?:the\s+)?(?P<decade>(?:19|20)\d0)['’]?s(?!\w)",
        lambda m: Decade(int(m["decade"]), build.part(m)),
    ),
    (
        rf"(?<!\w)(?:{_PART}\s+)?(?:in\s+)?(?:the\s+)?(?P<s>{_SEASON})\s+(?:of\s+)?(?P<y>{_Y})(?!\w)",
        lambda m: Season(m["s"].lower(), int(m["y"])),
    ),
    (
        r"(?<!\w)(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Oo]ver)\s+(?:the\s+)?(?P<core>(?P<s>spring"
        r"|summer|autumn|winter))(?!\w|\s+of\b)",
        lambda m: Season(m["s"]),
    ),
    (rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>first|second|third|fourth)\s+quarter\s+of\s+(?P<y>{_Y})", build.quarter),
    (
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>last|final)\s+quarter\s+of\s+(?P<y>{_Y})",
        lambda m: Quarter(4, int(m["y"])),
    ),
    (
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>first|second|latter)\s+half\s+of\s+(?P<m>{_M}){_YEARED}(?!\w)",
        build.half_month,
    ),
    (rf"(?<!\w)Q(?P<nth>[1-4])[\s/]+(?P<y>{_Y})", build.quarter),
    (
        rf"(?<!\w)(?:[Tt]he\s+)?(?P<nth>first|second)\s+half\s+of\s+(?:(?P<y>{_Y})"
        rf"|(?P<which>last|this|next)\s+year)",
        build.half,
    ),
    (
        r"(?<![\w/-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)"
        r"(?P<d>[12]\d|3[01]|0?[1-9])(?![\d/]|-\d)",
        build.iso,
    ),
    (
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/]|[-.]\d)",
        build.numeric,
    ),
    (r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})(?P=sep)(?P<y>\d\d)(?![\w/]|[-.]\d)", build.numeric),
    (
        rf"(?<![\w-])(?P<d>0[1-9]|[12]\d|3[01])(?P<h>[0-2]\d[0-5]\d)Z?\s?(?P<m>(?i:{_M}))"
        rf"\s?(?P<y>\d\d(?:\d\d)?)?(?!\w)",
        build.military,
    ),
    (
        r"(?<![\w-])(?P<d>0?[1-9]|[12]\d|3[01])[-/]?(?P<m>(?i:JAN|FEB|MAR|APR|MAY"
        r"|JUN|JUL|AUG|SEP|OCT|NOV|DEC))[-/]?(?P<y>(?:\d\d)?\d\d)(?!\w)",
        build.military,
    ),
    (
        rf"(?<!\w)(?P<feast>(?i:Christmas Eve|Christmas Day|Christmas|Boxing Day|New Year['’]s Eve"
        rf"|New Year['’]s Day))(?:,?\s+(?P<y>{_Y}))?",
        build.feast,
    ),
    (
        r"(?<!\w)(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Oo]f|[Bb]efore|[Aa]fter)"
        r"\s+the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?:(?:\s+and\s+(?:the\s+)?|\s*[–-]"
        r"\s*|\s+to\s+(?:the\s+)?)(?P<d2>\d{1,2})(?:st|nd|rd|th))?(?=\s*(?:$|[.,;:)–—-]"
        r"|(?:at|and|it|she|he|they|when|a|an|the|from|to|with|after|before|in|for"
        r"|but|by|as|via|because|while|where|which|who|that|until|under|over|was|were"
        r"|is|had|has|would|its|another|two|three|did|does|do|could|can|may|might|will|left|landed|flew|took"
        r"|came|went|arrived|returned|departed|carried)\b))(?!\s+of\b)",
        build.ordinal_day,
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
    for pattern, built in _COMPILED:
        for match in pattern.finditer(text):
            expression = built(match)
            if expression:
                core = "core" if "core" in pattern.groupindex else 0
                yield Found(match.start(core), match.end(), expression)
