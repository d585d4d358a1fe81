"""The year that dates without one take from what was read before them."""

from __future__ import annotations

import re
from datetime import date

from tailgraph.nlp.dates.calendar_dates import Calendar, Year
from tailgraph.nlp.dates.days import Days
from tailgraph.nlp.dates.patterns import Found
from tailgraph.nlp.dates.relative_dates import Period

# "In 2021 …" opens a sentence: months named after it in that sentence are of that year.
_OPENING = re.compile(r"(?:^|[.!?:;\n”\"] ?|\n)(?:Back )?[Ii]n $")
_WHEN = re.compile(r",? when\b")
_SENTENCE_END = re.compile(r"[.!?][\"”]?\s+[A-Z]|\n")


class Years:
    """The years that a text has told, while its dates are read in order.

    `since` is a full date of last year or this one that was written out before in the paragraph, `span` a
    year or part of one told before in the sentence ("in early 2012, when on 3 January …"), `near` the first
    day of the full date written out last.
    """

    def __init__(self, text: str, published: date | None) -> None:
        self._text = text
        self._published = published
        self._read_to = 0
        self._of_paragraph: int | None = None
        self._of_sentence: int | None = None
        self.since: date | None = None
        self.span: Days | None = None
        self.near: date | None = None

    @property
    def heading(self) -> int | None:
        """The year of dates without one, where sentence or paragraph give it."""
        return self._of_sentence or self._of_paragraph

    def read_on(self, start: int) -> None:
        """Go on to the date at `start`; what a paragraph or sentence gave ends with it."""
        if self._text.find("\n\n", self._read_to, start) >= 0:
            self._of_paragraph = self.since = None
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
        if written and days.first and isinstance(expression, Calendar) and expression.month:
            self.near = days.first

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
