"""Dates by their names in the calendar: days, months, seasons, quarters, years and decades."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tailgraph.nlp.dates.days import (
    Context,
    Days,
    day,
    days_of,
    months,
    part_of_month,
    part_of_year,
    whole_month,
)
from tailgraph.nlp.dates.mention import Anchor, Precision

# First month and length of the meteorological seasons of the north; a winter runs into the next year.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

# How many days from a full date of a year gone by a date without a year is of that year, too.
_WEEKS = 45


@dataclass(frozen=True)
class Calendar:
    """A day, days or (part of) a month, with or without its year; a day may lack its month."""

    number: int | None = None
    month: int | None = None
    year: int | None = None
    last_number: int | None = None
    part: str | None = None
    year_shift: int | None = None
    told_year: bool = False

    def resolve(self, context: Context) -> Days | None:
        if self.month is None:
            return self._in_told_month(context)
        if self.year is not None:
            return self._in(self.year, Anchor.WRITTEN)
        told = context.told.first if context.told and self.told_year else None
        if not told and self.year_shift is None and (nearest := self._in_story(context.story)):
            return nearest
        if told:
            return self._in(told.year, Anchor.NARRATIVE)
        if context.heading:
            return self._across(context.heading, context.near) or self._in(context.heading, Anchor.NARRATIVE)
        if not context.published:
            return None
        this_year = context.published.year
        if self.year_shift is not None:
            return self._in(this_year + self.year_shift, Anchor.PUBLICATION)
        told_by = self._within(context.span) or self._near(context)
        if told_by:
            return told_by
        next_one = self._after(context.since) if context.since and not context.ahead else None
        if next_one and next_one.first and next_one.first <= context.published:
            return next_one
        years = (this_year, this_year + 1, this_year - 1) if context.ahead else (this_year, this_year - 1)
        for year in years:
            found = self._in(year, Anchor.PUBLICATION)
            if found and self._fits(found, context.published, context.ahead):
                return found
        return self._in(this_year - 1, Anchor.PUBLICATION)

    def _across(self, heading: int, near: date | None) -> Days | None:
        """ "On 26 December 1998 … and a week later, on 2 January": beyond the turn of the year."""
        if near is None or not self.number:
            return None
        for year in (heading + 1, heading - 1):
            found = self._in(year, Anchor.NARRATIVE)
            if found and found.first and abs((found.first - near).days) <= _WEEKS:
                return found
        return None

    def _within(self, span: Days | None) -> Days | None:
        """ "In early 2012, when it landed on 3 January": the occurrence in a year told beside it."""
        if span is None or not span.first or not span.last:
            return None
        found = self._in(span.first.year, Anchor.NARRATIVE)
        if found is None or not found.first or not found.last:
            return None
        return found if span.first <= found.first and found.last <= span.last else None

    def _in_story(self, story: Days | None) -> Days | None:
        """ "Forty years on. Late in November 1977 … In July … By January": the occurrence nearest to what was
        told before."""
        if story is None or not story.first or not story.last:
            return None
        middle = story.first + (story.last - story.first) / 2
        found = (
            self._in(year, Anchor.NARRATIVE) for year in range(story.first.year - 1, story.last.year + 2)
        )
        return min(
            (days for days in found if days is not None and days.first),
            key=lambda days: abs(((days.first or middle) - middle).days),
            default=None,
        )

    def _near(self, context: Context) -> Days | None:
        """ "On 12 February 2015 … The same aircraft had landed on 10 February": within weeks of a full date
        of a year gone by, it is of that year, unless it may be of the weeks before publication; a month only
        in the paragraph or the one behind it ("in the second half of February it was flown on")."""
        near, published = context.near, context.published
        if near is None or published is None or near.year >= published.year or context.ahead:
            return None
        found = self._in(near.year, Anchor.NARRATIVE) if self.number or context.near_by else None
        latest = self._in(published.year, Anchor.PUBLICATION)
        if found is None or not found.first or not found.last:
            return None
        if (near - found.last).days > _WEEKS or (found.first - near).days > _WEEKS:
            return None
        recent = latest and latest.first and 0 <= (published - latest.first).days <= _WEEKS
        return None if recent else found

    def _after(self, since: date) -> Days | None:
        """The first occurrence on or after a date told before."""
        found = self._in(since.year, Anchor.NARRATIVE)
        if found and found.last and found.last >= since:
            return found
        return self._in(since.year + 1, Anchor.NARRATIVE)

    def _fits(self, found: Days, published: date, ahead: bool) -> bool:
        assert found.first and found.last
        return found.last >= published if ahead else found.first <= published

    def _in(self, year: int, anchor: Anchor) -> Days | None:
        assert self.month
        if self.number is None:
            precision = Precision.MONTH_PART if self.part else Precision.MONTH
            return days_of(part_of_month(year, self.month, self.part), precision, anchor)
        first, last = (
            day(year, self.month, self.number),
            day(year, self.month, self.last_number or self.number),
        )
        if not first or not last or last < first:
            return None
        return Days(first, last, Precision.RANGE if last > first else Precision.DAY, anchor)

    def _in_told_month(self, context: Context) -> Days | None:
        """ "On the 12th": in the month told before, else the last 12th on or before publication."""
        told = (context.told.last or context.told.first) if context.told else None
        if told:
            return replace(self, month=told.month)._in(told.year, Anchor.NARRATIVE)
        published = context.published
        if not published or not self.number:
            return None
        month = published.month if self.number <= published.day else published.month - 1
        bounds = whole_month(published.year, month)
        return (
            replace(self, month=bounds[0].month)._in(bounds[0].year, Anchor.PUBLICATION) if bounds else None
        )


@dataclass(frozen=True)
class Season:
    """A season of a year, or the last (-1), this (0) or next (1) one; a bare one is the last that began."""

    name: str
    year: int | None = None
    shift: int | None = None
    told: bool = False

    def resolve(self, context: Context) -> Days | None:
        month = SEASONS[self.name]
        if self.year is not None:
            return months(self.year, month, 3, Anchor.WRITTEN)
        base = (context.told.first if context.told else None) if self.told else context.published
        if not base:
            return None
        anchor = Anchor.NARRATIVE if self.told else Anchor.PUBLICATION
        latest = base.year if month <= base.month else base.year - 1
        if self.shift == 1 or (context.ahead and self.shift is None):
            return months(latest + 1, month, 3, anchor)
        found = months(latest, month, 3, anchor)
        # "Last spring", said in spring, is the one a year before.
        running = found and found.last and found.last >= base
        return (
            months(latest - 1, month, 3, anchor) if running and self.shift == -1 and not self.told else found
        )


@dataclass(frozen=True)
class Year:
    year: int
    part: str | None = None

    def resolve(self, context: Context) -> Days | None:
        return days_of(part_of_year(self.year, self.part), Precision.YEAR, Anchor.WRITTEN)


@dataclass(frozen=True)
class Decade:
    """Ten years, or the first four, middle three or last three of them."""

    start: int
    part: str | None = None

    def resolve(self, context: Context) -> Days | None:
        first, last = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}[self.part]
        begin, end = day(self.start + first, 1, 1), day(self.start + last, 12, 31)
        return days_of((begin, end) if begin and end else None, Precision.DECADE, Anchor.WRITTEN)


@dataclass(frozen=True)
class Quarter:
    number: int
    year: int

    def resolve(self, context: Context) -> Days | None:
        return months(self.year, 3 * self.number - 2, 3, Anchor.WRITTEN)


@dataclass(frozen=True)
class Written:
    """Days that need no context; both are kept where the order of day and month is open."""

    first: date
    last: date
    precision: Precision = Precision.DAY

    def resolve(self, context: Context) -> Days | None:
        return Days(self.first, self.last, self.precision, Anchor.WRITTEN)
