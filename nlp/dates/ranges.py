"""Days from one date to another: "3 June to 5 July", with what is said once for both."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from tailgraph.nlp.dates.calendar_dates import Calendar
from tailgraph.nlp.dates.days import Context, Days, Expression
from tailgraph.nlp.dates.mention import Precision
from tailgraph.nlp.dates.patterns import Found
from tailgraph.nlp.dates.relative_dates import Weekday

_RANGE = re.compile(
    r"\s*(?:–|—|-|to|until|till|through|up to|and|&|or)\s*(?:(?:on|in|the|as late as|early)\s+)?",
    re.IGNORECASE,
)
# One expression that holds both its ends: "26 to 28 September", "September 26–28".
_TWO_DAYS = re.compile(
    r"\d(?:st|nd|rd|th)?\s*(?:–|—|-|to|until|till|through)\s*(?:the\s+)?\d{1,2}(?!\d)", re.IGNORECASE
)


def joined_range(text: str, found: list[Found], index: int, context: Context) -> tuple[Days, int] | None:
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


def holds_both_ends(text: str, found: Found) -> bool:
    """Whether one expression names a first and a last day."""
    return _TWO_DAYS.search(text, found.start, found.end) is not None


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
    if left.month and right.told_year and left.year is None:
        return replace(left, told_year=True), right
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
