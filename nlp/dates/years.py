"""The year that dates without one take from what was read before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tailgraph.nlp.dates.calendar_dates import Calendar, Decade, Season, Written, Year
from tailgraph.nlp.dates.days import Days, Expression
from tailgraph.nlp.dates.mention import Anchor
from tailgraph.nlp.dates.patterns import Found
from tailgraph.nlp.dates.relative_dates import Anniversary, Period, Shifted, Weekday, Window
from tailgraph.nlp.numerals import NUMBER

# "In 2021 …" opens a sentence: months named after it in that sentence are of that year.
_OPENING = re.compile(r"(?:^|[.!?:;\n”\"] ?|\n)(?:Back )?[Ii]n $")
_WHEN = re.compile(r",? when\b")
# How long ago what a report on the past tells of is at least.
_YEARS_AGO = 4
_YEARS_ON = re.compile(rf"\b{NUMBER} years (?:on|ago|after|later)\b", re.IGNORECASE)
# Where a report says at the latest that it is one on the past.
_OPENING_LENGTH = 300
_SENTENCE_END = re.compile(r"[.!?][\"”]?\s+[A-Z]|\n")


class Years:
    """The years that a text has told, while its dates are read in order.

    `since` is a full date of last year or this one that was written out before in the paragraph, `span` a
    year or part of one told before in the sentence ("in early 2012, when on 3 January …"), `near` the first
    day of the full date written out last, `story` the days told last where the report is one on what was
    years ago.
    """

    def __init__(self, text: str, published: date | None, found: Sequence[Found] = ()) -> None:
        self._text = text
        self._published = published
        self._read_to = 0
        self._of_paragraph: int | None = None
        self._of_sentence: int | None = None
        self.since: date | None = None
        self.span: Days | None = None
        self.near: date | None = None
        self._breaks = 0
        self.story: Days | None = None
        self._history = published is not None and _is_history(text, found, published)

    @property
    def heading(self) -> int | None:
        """The year of dates without one, where sentence or paragraph give it."""
        return self._of_sentence or self._of_paragraph

    @property
    def near_by(self) -> bool:
        """Whether the full date written out last stands in this paragraph or the one before."""
        return self._breaks <= 1

    def read_on(self, start: int) -> None:
        """Go on to the date at `start`; what a paragraph or sentence gave ends with it."""
        if breaks := self._text.count("\n\n", self._read_to, start):
            self._of_paragraph = self.since = None
            self._breaks += breaks
        if _SENTENCE_END.search(self._text, self._read_to, start):
            self._of_sentence = self.span = None
        self._read_to = start

    def learn(self, found: Found, days: Days) -> None:
        """Keep what this date says of the years of those behind it."""
        expression = found.expression
        self._of_paragraph = self._heading(found, days) or self._of_paragraph
        if isinstance(expression, Year) and _OPENING.search(
            self._text, max(0, found.start - 12), found.start
        ):
            self._of_sentence = expression.year
        if isinstance(expression, Year) and _WHEN.match(self._text, found.end):
            self.span = days
        written = isinstance(expression, Calendar) and expression.year is not None
        if written and self._of_paragraph is None and days.first:
            self.since = days.first
        if (
            days.first
            and isinstance(expression, Calendar)
            and expression.month
            and (written or self._follows(days))
        ):
            self.near, self._breaks = days.first, 0
        if self._history and days.first and days.last and not isinstance(expression, Decade):
            self.story = days

    def _follows(self, days: Days) -> bool:
        """ "On 3 August 2003 … in September … In October": each near the one before."""
        gone = self._published is not None and days.last is not None and days.last.year < self._published.year
        return self.near is not None and days.anchor is Anchor.NARRATIVE and gone

    def _heading(self, found: Found, days: Days) -> int | None:
        """One that heads the paragraph ("2015. On 1 March …"), "that year", or one written out with a month
        or day, if it is not last year or the year of publication."""
        expression, year = found.expression, days.last.year if days.last else None
        if isinstance(expression, Period):
            return year if expression.told and expression.unit == "year" else None
        if isinstance(expression, Year):
            before = self._text[max(0, found.start - 1) : found.start]
            return year if before in {"", "\n"} else None
        full = (
            isinstance(expression, Calendar) and expression.year is not None and expression.month is not None
        )
        recent = self._published is not None and year is not None and year >= self._published.year - 1
        return year if full and not recent else None


def _is_history(text: str, found: Sequence[Found], published: date) -> bool:
    """Whether a report begins with what was years ago ("twenty years ago today", "In 1977 …" among several
    such years) and tells of no day near its publication: then "in July" is none of its own year either."""
    years = [_year(f.expression, published) for f in found]
    if not years or years[0] is None or years[0] > published.year - _YEARS_AGO:
        return False
    recent = any(year is not None and year >= published.year - 1 for year in years)
    if recent or any(_is_news(f.expression) for f in found):
        return False
    return _YEARS_ON.search(text, 0, _OPENING_LENGTH) is not None or sum(y is not None for y in years) > 2


def _year(expression: Expression, published: date) -> int | None:
    if isinstance(expression, Anniversary):
        return published.year - expression.years
    if isinstance(expression, Shifted) and expression.unit == "year" and not expression.told:
        return published.year + expression.count
    if isinstance(expression, Written):
        return expression.first.year
    return expression.year if isinstance(expression, Calendar | Season | Year) else None


def _is_news(expression: Expression) -> bool:
    """Whether it counts from publication; "today" may be said of any time since."""
    if isinstance(expression, Period):
        return not expression.told and (expression.unit, expression.shift) != ("day", 0)
    if isinstance(expression, Shifted):
        return not expression.told and expression.unit != "year"
    return isinstance(expression, Weekday | Window)
