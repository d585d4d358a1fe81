"""Days that a word before them opens or moves: "since 3 May", "until Friday", "two days before the 12th"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tailgraph.nlp.dates.days import Context, Days
from tailgraph.nlp.dates.mention import Precision
from tailgraph.nlp.dates.relative_dates import Shifted
from tailgraph.nlp.numerals import number

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
# What went on from a day that many days before publication may have ended long ago.
_LONG_PAST = 3650
# "Since 6 March, when it arrived": on that day something happened, whatever has lasted since.
_WHEN = re.compile(r",? when\b")
_OFFSET = re.compile(
    r"\b(?P<n>a|an|one|two|three|four|five|six|seven|ten|\d{1,2})\s+(?P<unit>day"
    r"|week|month|year)s?\s+(?P<way>before|after)\s*$",
    re.IGNORECASE,
)


def bounded(
    text: str, span: tuple[int, int], days: Days, context: Context, ranged: bool, counted_from: bool
) -> tuple[int, Days]:
    """The interval opened where a word before it says so ("since", "until", "before"), and where it starts.

    `span`: where it stands (half-open); `ranged`: it names both its ends; `counted_from`: something counts
    from what its clause tells.
    """
    start, days = _opened(text, span, days, context, ranged)
    return start, _since(days, context, None) if counted_from and days.first and days.last else days


def _opened(text: str, span: tuple[int, int], days: Days, context: Context, ranged: bool) -> tuple[int, Days]:
    start, end = span
    if _WHEN.match(text, end):
        return start, days
    before = text[max(0, start - 40) : start]
    for pattern, change in _ALWAYS if ranged else (*_ALWAYS, *_OF_ONE_DAY):
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


def _since(days: Days, context: Context, _: re.Match[str] | None) -> Days:
    last = context.published if context.published and days.first and context.published >= days.first else None
    return replace(days, last=last, precision=Precision.RANGE if last else Precision.OPEN)


def _from(days: Days, context: Context, match: re.Match[str]) -> Days:
    past = context.published and days.first and (context.published - days.first).days > _LONG_PAST
    if context.ahead or past:
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


_ALWAYS = ((_OFFSET, _offset), (_SINCE, _since), (_BEFORE, _before), (_AFTER, _after))
# "From 3 to 5 May" names both of its ends.
_OF_ONE_DAY = ((_FROM, _from), (_UNTIL, _until))
