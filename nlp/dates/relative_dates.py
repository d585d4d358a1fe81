"""Dates counted from the day of publication or from the date told before: "on Friday", "two days later"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tailgraph.nlp.dates.calendar_dates import Decade
from tailgraph.nlp.dates.days import (
    Context,
    Days,
    day,
    days_of,
    months,
    moved,
    part_of_month,
    part_of_year,
    span,
    whole_month,
)
from tailgraph.nlp.dates.mention import Anchor, Precision

# A date told more vaguely than this many days is nothing that "two days later" (by unit) could count from.
_VAGUE = {"month": 31, "year": 366}
_VAGUE_DAY = 9

# How many days may lie between those that "the same day" is one of.
_LONGEST = 7


@dataclass(frozen=True)
class Weekday:
    """A weekday: the last on or before publication; `which` is "last", "next" or "this" where said.

    `week` says the shift of the week that holds it ("Tuesday of last week" = -1).
    """

    index: int
    which: str | None = None
    week: int | None = None

    def resolve(self, context: Context) -> Days | None:
        base = context.published
        if not base:
            return None
        back = (base.weekday() - self.index) % 7
        if self.week is not None:
            found = moved(base, 7 * self.week - base.weekday() + self.index)
        elif self.which == "next" or (context.ahead and self.which != "last"):
            found = moved(base, (self.index - base.weekday()) % 7 or (7 if self.which == "next" else 0))
        elif self.which == "last":
            found = moved(base, -(back or 7))
        else:
            found = moved(base, -back)
        return Days(found, found, Precision.DAY, Anchor.PUBLICATION) if found else None


@dataclass(frozen=True)
class Period:
    """A day, weekend, week, month, year or decade counted from publication: "last week", "early next month".

    `told` counts from the date told before instead ("that month").
    """

    unit: str
    shift: int = 0
    part: str | None = None
    told: bool = False

    def resolve(self, context: Context) -> Days | None:
        base = self._told_day(context.told) if self.told else context.published
        if not base:
            return None
        anchor = Anchor.NARRATIVE if self.told else Anchor.PUBLICATION
        days = self._around(base, anchor)
        # "This month", "this year": what a report tells of has happened by its publication.
        if days and not self.told and not self.part and self.shift == 0 and self.unit != "day":
            return (
                replace(days, first=base)
                if context.ahead
                else replace(days, last=min(base, days.last or base))
            )
        return days

    def _told_day(self, told: Days | None) -> date | None:
        """ "The same day" after "on the night of 7 to 8 May" is the day on which that night ended; after "in
        2019" it is none that is told."""
        if told and self.unit == "day" and told.first and told.last:
            length = (told.last - told.first).days
            return None if length > _LONGEST else told.last if length == 1 else told.first
        return told.first if told else None

    def _around(self, base: date, anchor: Anchor) -> Days | None:
        if self.unit == "day":
            found = moved(base, self.shift)
            return Days(found, found, Precision.DAY, anchor) if found else None
        if self.unit in {"week", "weekend"}:
            return self._week(base, anchor)
        if self.unit == "month":
            precision = Precision.MONTH_PART if self.part else Precision.MONTH
            bounds = whole_month(base.year, base.month + self.shift)
            return (
                days_of(part_of_month(bounds[0].year, bounds[0].month, self.part), precision, anchor)
                if bounds
                else None
            )
        if self.unit == "year":
            return days_of(part_of_year(base.year + self.shift, self.part), Precision.YEAR, anchor)
        if self.unit == "quarter":
            month = 3 * ((base.month - 1) // 3 + self.shift) + 1
            return months(base.year, month, 3, anchor)
        start = base.year // 10 * 10 + 10 * self.shift
        return Decade(start, self.part).resolve(Context(base))

    def _week(self, base: date, anchor: Anchor) -> Days | None:
        monday = moved(base, -base.weekday() + 7 * self.shift)
        if self.unit == "weekend" and self.shift <= 0:
            # The weekend just past; on a Saturday or Sunday "the weekend" is the one that runs.
            back = (base.weekday() - 5) % 7 if self.shift == 0 or base.weekday() < 5 else base.weekday() + 2
            first = moved(base, -back)
            return span(first, 1, Precision.RANGE, anchor)
        if self.unit == "weekend":
            return span(moved(monday, 5) if monday else None, 1, Precision.RANGE, anchor)
        return span(monday, 6, Precision.WEEK, anchor)


@dataclass(frozen=True)
class Shifted:
    """So many days, weeks, months or years before or after publication or the date told before."""

    count: int
    unit: str
    told: bool

    def resolve(self, context: Context) -> Days | None:
        base = context.told if self.told else None
        first = base.first if base else None if self.told else context.published
        last = base.last if base else first
        if not first or not last:
            first = last = first or last
        if not first or not last or (last - first).days > _VAGUE.get(self.unit, _VAGUE_DAY):
            return None
        anchor = Anchor.NARRATIVE if self.told else Anchor.PUBLICATION
        if self.unit == "day" or (self.unit == "week" and self.told):
            step = self.count * (7 if self.unit == "week" else 1)
            begin, end = moved(first, step), moved(last, step)
            precision = Precision.DAY if first == last else Precision.RANGE
            return Days(begin, end, precision, anchor) if begin and end else None
        return Period(self.unit, self.count)._around(first, anchor)


@dataclass(frozen=True)
class Anniversary:
    """ "Twenty years ago today", "forty years ago this month": that day, week or month of so many years
    before publication."""

    years: int
    unit: str

    def resolve(self, context: Context) -> Days | None:
        base = context.published
        then = day(base.year - self.years, base.month, base.day) if base else None
        return Period(self.unit)._around(then, Anchor.PUBLICATION) if then else None


@dataclass(frozen=True)
class Then:
    """ "Since then": the date told before."""

    def resolve(self, context: Context) -> Days | None:
        return replace(context.told, anchor=Anchor.NARRATIVE) if context.told else None


@dataclass(frozen=True)
class Window:
    """ "In the past two weeks": so many units up to publication, or from it ("within the next month")."""

    count: int
    unit: str
    ahead: bool = False

    def resolve(self, context: Context) -> Days | None:
        base = context.published
        if not base:
            return None
        other = _back(base, -self.count if self.ahead else self.count, self.unit)
        ends = (base, other) if self.ahead else (other, base)
        return Days(ends[0], ends[1], Precision.RANGE, Anchor.PUBLICATION) if other else None


def _back(base: date, count: int, unit: str) -> date | None:
    if unit in {"day", "week"}:
        return moved(base, -count * (7 if unit == "week" else 1))
    length = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1)
    target = whole_month(base.year, base.month - length)
    return target[0].replace(day=min(base.day, target[1].day)) if target else None
