"""From expressions and times of day to date mentions: ranges, open ends, times joined to their days."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from tailgraph.graph.model import DateInterval
from tailgraph.nlp.datelines import Datelines
from tailgraph.nlp.dates.clock import TimeOfDay, times_of_day
from tailgraph.nlp.dates.expressions import (
    Calendar,
    Context,
    Days,
    Expression,
    Period,
    Shifted,
    Weekday,
    Year,
)
from tailgraph.nlp.dates.mention import Anchor, Clock, DateMention, Precision
from tailgraph.nlp.dates.patterns import Found, expressions
from tailgraph.nlp.numerals import number

_RANGE = re.compile(
    r"\s*(?:–|—|-|to|until|till|through|up to|and|&|or)\s*(?:(?:on|in|the|as late as|early)\s+)?",
    re.IGNORECASE,
)
# One expression that holds both its ends: "26 to 28 September", "September 26–28".
_TWO_DAYS = re.compile(
    r"\d(?:st|nd|rd|th)?\s*(?:–|—|-|to|until|till|through)\s*(?:the\s+)?\d{1,2}(?!\d)", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:since|ever since)(?:\s+(?:at least|about|around|early|the))*\s*$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|as of|starting|starting (?:in|on|from)|beginning|beginning (?:in|on)|effective)\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|up to|through|by|no later than|not later than)(?:\s+(?:at least|about|the))*\s*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to|ahead of|earlier than)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|later than|following)\s*$", re.IGNORECASE)
_OFFSET = re.compile(
    r"\b(?P<n>a|an|one|two|three|four|five|six|seven|ten|\d{1,2})\s+(?P<unit>day"
    r"|week|month|year)s?\s+(?P<way>before|after)\s*$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[\s,(]*(?:(?:at|on|of|the|in|from|around|about|just|shortly|by|before|after"
    r"|local|time|between|some|early|late|very)\b[\s,]*){0,4}[)T]?\s*",
    re.IGNORECASE,
)
# "In 2021 …" opens a sentence: months named after it in that sentence are of that year.
_OPENING = re.compile(r"(?:^|[.!?:;\n”\"] ?|\n)(?:Back )?[Ii]n $")
_SENTENCE_END = re.compile(r"[.!?][\"”]?\s+[A-Z]|\n")
_NEVER = re.compile(r"(?!)")
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_PLANNING = frozenset(
    {"plan", "schedule", "due", "expect", "intend", "mean", "set", "slate", "hope", "pencil"}
)
_MAX_DEPTH = 30
# Days before publication up to which "overnight" may be the night before the report.
_RECENT = 7


@dataclass(frozen=True)
class _Dated:
    start: int
    end: int
    days: Days


def read(doc: Doc, published: date | None) -> Iterator[DateMention]:
    """The mentions of `doc` in order."""
    text = doc.text
    dated = list(_resolve(doc, text, published))
    times = times_of_day(text)
    return iter(_join(doc, text, dated, times, published))


def _resolve(doc: Doc, text: str, published: date | None) -> Iterator[_Dated]:
    """Resolve in reading order; each resolved day is what "two days later" counts from."""
    told: Days | None = None
    heading, of_sentence, since, read_to = None, None, None, 0
    offsets = [token.idx for token in doc]
    filed = Datelines(text)
    found = [f for f in expressions(text) if f.start not in filed]
    index = 0
    while index < len(found):
        here = found[index]
        if text.find("\n\n", read_to, here.start) >= 0:
            heading = since = None
        if _SENTENCE_END.search(text, read_to, here.start):
            of_sentence = None
        read_to = here.start
        context = Context(
            published, told, _looks_ahead(doc, offsets, here.start), of_sentence or heading, since
        )
        joined = _range(text, found, index, context)
        index += 2 if joined else 1
        days, end = joined or (here.expression.resolve(context), here.end)
        if not days:
            continue
        ranged = joined is not None or _TWO_DAYS.search(text, here.start, here.end) is not None
        start, days = _bounded(text, here.start, days, context, ranged)
        if days.first and days.last and _since_then(doc, offsets, here.start):
            days = _since(days, context, None)
        told = days if days.first or days.last else told
        heading = _heading(text, here, days, published) or heading
        of_sentence = _opening_year(text, here) or of_sentence
        written = isinstance(here.expression, Calendar) and here.expression.year is not None
        since = days.first if written and heading is None and days.first else since
        yield _Dated(start, end, days)


def _heading(text: str, found: Found, days: Days, published: date | None) -> int | None:
    """The year that dates without one take in this paragraph: one that heads it ("2015. On 1 March …"), or
    one
    written out with a month or day before, if that is not the year of publication."""
    expression = found.expression
    heads = isinstance(expression, Year) and text[max(0, found.start - 1) : found.start] in {"", "\n"}
    full = isinstance(expression, Calendar) and expression.year is not None and expression.month is not None
    if isinstance(expression, Period) and expression.told and expression.unit == "year":
        return days.last.year if days.last else None
    if (
        not days.last
        or not (heads or full)
        or (published and days.last.year >= published.year - (0 if heads else 1))
    ):
        return days.last.year if heads and days.last else None
    return days.last.year


def _opening_year(text: str, found: Found) -> int | None:
    """The year that opens a sentence: "In 2021 shells were flown out in March and again in June"."""
    expression = found.expression
    opens = isinstance(expression, Year) and _OPENING.search(text, max(0, found.start - 12), found.start)
    return expression.year if isinstance(expression, Year) and opens else None


def _range(text: str, found: list[Found], index: int, context: Context) -> tuple[Days, int] | None:
    """ "3 June to 5 July", "between Sunday and Tuesday": from the first day of one to the last of the
    next.
    """
    if index + 1 >= len(found):
        return None
    left, right = found[index], found[index + 1]
    if not _RANGE.fullmatch(text, left.end, right.start):
        return None
    first, second = _shared(left.expression, right.expression)
    a, b = first.resolve(context), second.resolve(context)
    if not a or not b or not a.first or not b.last or not a.last or not b.first:
        return None
    if a.first > b.last:
        a = _earlier(first, a)
        if not a or not a.first or a.first > b.last:
            return None
    return Days(a.first, b.last, Precision.RANGE, b.anchor), right.end


def _shared(left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """The year (and month) said once for both ends: "3 June to 5 July 2023", "between March and June
    1999".
    """
    if not isinstance(left, Calendar) or not isinstance(right, Calendar):
        return left, right
    if left.month and right.month and left.year is None and right.year is not None:
        crosses = (left.month, left.number or 0) > (right.month, right.number or 31)
        return replace(left, year=right.year - crosses), right
    if left.month and right.month and left.year is not None and right.year is None:
        crosses = (left.month, left.number or 0) > (right.month, right.number or 31)
        return left, replace(right, year=left.year + crosses)
    if left.month is None and right.month:
        return replace(left, month=right.month, year=right.year), right
    return left, right


def _earlier(expression: Expression, days: Days) -> Days | None:
    """The occurrence before: a week back for a weekday, a year back for a day or month without a year."""
    assert days.first and days.last
    if isinstance(expression, Weekday):
        week = timedelta(days=7)
        return replace(days, first=days.first - week, last=days.last - week)
    if isinstance(expression, Calendar) and expression.year is None and expression.month:
        return replace(expression, year=days.first.year - 1).resolve(Context(None))
    return None


def _bounded(text: str, start: int, days: Days, context: Context, ranged: bool) -> tuple[int, Days]:
    """Open the interval where a word before it says so ("since", "until", "before")."""
    before = text[max(0, start - 40) : start]
    for pattern, change in ((_OFFSET, _offset), (_SINCE, _since), (_BEFORE, _before), (_AFTER, _after)):
        match = pattern.search(before)
        if match:
            return start - len(before) + match.start(), change(days, context, match)
    if ranged:
        return start, days
    for pattern, change in ((_FROM, _from), (_UNTIL, _until)):
        match = pattern.search(before)
        if match:
            return start - len(before) + match.start(), change(days, context, match)
    return start, days


def _offset(days: Days, context: Context, match: re.Match[str]) -> Days:
    count = number(match["n"]) or 1
    sign = -1 if match["way"].lower() == "before" else 1
    return (
        Shifted(sign * count, match["unit"].lower(), told=True).resolve(replace(context, told=days)) or days
    )


def _since_then(doc: Doc, offsets: list[int], start: int) -> bool:
    """ "Since war broke out in April": the date is that from which it counts."""
    token: Token = doc[max(0, bisect_right(offsets, start) - 1)]
    for _ in range(_MAX_DEPTH):
        if token.pos_ in {"VERB", "AUX"} or token.head == token:
            return any(
                c.lower_ == "since" and c.dep_ in {"mark", "advmod", "prep"} and c.i < token.i
                for c in token.children
            )
        token = token.head
    return False


def _since(days: Days, context: Context, _: re.Match[str] | None) -> Days:
    last = context.published if context.published and days.first and context.published >= days.first else None
    return replace(days, last=last, precision=Precision.RANGE if last else Precision.OPEN)


def _from(days: Days, context: Context, match: re.Match[str]) -> Days:
    if context.ahead:
        return replace(days, last=None, precision=Precision.OPEN)
    return _since(days, context, match)


def _until(days: Days, context: Context, _: re.Match[str]) -> Days:
    return replace(days, first=None, precision=Precision.OPEN)


def _before(days: Days, context: Context, _: re.Match[str]) -> Days:
    if not days.first or days.first == date.min:
        return days
    return Days(None, days.first - timedelta(days=1), Precision.OPEN, days.anchor)


def _after(days: Days, context: Context, match: re.Match[str]) -> Days:
    if not days.last or days.last == date.max:
        return days
    first = days.first if days.precision is Precision.DAY else days.last + timedelta(days=1)
    return _from(replace(days, first=first), context, match)


def _looks_ahead(doc: Doc, offsets: list[int], start: int) -> bool:
    """Whether the clause around `start` speaks of the future: "will fly on Friday", "is due back on
    Sunday".
    """
    if not offsets:
        return False
    token: Token = doc[max(0, bisect_right(offsets, start) - 1)]
    for _ in range(_MAX_DEPTH):
        if token.pos_ in {"VERB", "AUX", "ADJ"} and _is_future(token):
            return True
        if token.head == token or (
            token.pos_ == "VERB" and token.dep_ in {"ROOT", "relcl", "advcl", "ccomp"}
        ):
            return False
        token = token.head
    return False


def _is_future(token: Token) -> bool:
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & _FUTURE:
        return True
    if token.lower_ in {"is", "are"}:
        return any(
            child.lemma_.lower() in _PLANNING for child in token.children if child.dep_ in {"acomp", "attr"}
        )
    present = auxiliaries & {"is", "are", "'s", "’s"} or token.tag_ in {"VBZ", "VBP"}
    head_present = token.head.lower_ in {"is", "are"}
    return token.lemma_.lower() in _PLANNING and bool(present or head_present)


def _join(
    doc: Doc, text: str, dated: list[_Dated], times: list[TimeOfDay], published: date | None
) -> list[DateMention]:
    """Days and the times of day that stand beside or inside them, as one mention each."""
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
                mentions.append(_timed(doc, text, time, dated, starts, published))
        following = starts[position + 1] if position + 1 < len(starts) else len(text) + 1
        while pending and pending[0].end <= following and beside.fullmatch(text, end, pending[0].start):
            own.append(pending.popleft())
            end = own[-1].end
        mentions.append(_mention(start, end, day.days, own))
    mentions += [_timed(doc, text, time, dated, starts, published) for time in pending]
    return sorted(mentions, key=lambda m: m.start)


def _mention(start: int, end: int, days: Days, times: list[TimeOfDay]) -> DateMention:
    clock = next((t.clock for t in times if t.clock), None)
    return DateMention(
        start=start,
        end=end,
        interval=DateInterval(earliest=days.first, latest=days.last),
        precision=days.precision,
        night=_night(times),
        clock=clock,
        anchored=days.anchor,
    )


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
    doc: Doc, text: str, time: TimeOfDay, dated: list[_Dated], starts: list[int], published: date | None
) -> DateMention:
    """A time of day without a day; a lone "overnight" is the night that ends on the day told before, else on
    the day of publication.
    """
    interval = None
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


__all__ = ["Clock", "read"]
