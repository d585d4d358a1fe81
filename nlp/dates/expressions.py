"""Date expressions as written, and the interval that each stands for in its context."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from tailgraph.nlp.dates.mention import Anchor, Precision

# A date told more vaguely than this many days is nothing that "two days later" could count from.
_VAGUE = 9
MONTHS = ("january february march april may june july august september october november december").split()
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# First month and length of the meteorological seasons of the north; a winter runs into the next year.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(frozen=True)
class Days:
    """First and last day, both inclusive; None is an open end."""

    first: date | None
    last: date | None
    precision: Precision
    anchor: Anchor


@dataclass(frozen=True)
class Context:
    """What a date is resolved against: publication, the date told before, whether the clause looks ahead, and
    the year that heads its paragraph or was written out in it; `since` is a full date of last year or this
    one that was written out before in its paragraph."""

    published: date | None
    told: Days | None = None
    ahead: bool = False
    heading: int | None = None
    since: date | None = None


class Expression(Protocol):
    """A date as written. `resolve` gives None where the context lacks what it counts from."""

    def resolve(self, context: Context) -> Days | None: ...


def day(year: int, month: int, number: int) -> date | None:
    """That day, None where the calendar has none (31 June, year 0)."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]:
        return date(year, month, number)
    return None


def _shift(start: date, days: int) -> date | None:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def _month(year: int, month: int) -> tuple[date, date] | None:
    """First and last day; months beyond 1–12 run into the years before and after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return (
        (date(year, month, 1), date(year, month, monthrange(year, month)[1])) if 1 <= year <= 9999 else None
    )


def part_of_month(year: int, month: int, part: str | None) -> tuple[date, date] | None:
    """Early is the 1st to 10th, mid the 11th to 20th, late the 21st to the end (annotation guide)."""
    whole = _month(year, month)
    if not whole or not part:
        return whole
    first, last = whole
    bounds = {
        "early": (first, first.replace(day=10)),
        "mid": (first.replace(day=11), first.replace(day=20)),
        "late": (first.replace(day=21), last),
        "first half": (first, first.replace(day=15)),
        "second half": (first.replace(day=16), last),
    }
    return bounds[part]


def _part_of_year(year: int, part: str | None) -> tuple[date, date] | None:
    if not 1 <= year <= 9999:
        return None
    months = {
        None: (1, 12),
        "early": (1, 4),
        "mid": (5, 8),
        "late": (9, 12),
        "first half": (1, 6),
        "second half": (7, 12),
    }[part]
    return date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])


def _days(bounds: tuple[date, date] | None, precision: Precision, anchor: Anchor) -> Days | None:
    return Days(*bounds, precision, anchor) if bounds else None


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
        if told or context.heading:
            return self._in(told.year if told else context.heading or 0, Anchor.NARRATIVE)
        if not context.published:
            return None
        this_year = context.published.year
        if self.year_shift is not None:
            return self._in(this_year + self.year_shift, Anchor.PUBLICATION)
        next_one = self._after(context.since) if context.since and not context.ahead else None
        if next_one and next_one.first and next_one.first <= context.published:
            return next_one
        years = (this_year, this_year + 1, this_year - 1) if context.ahead else (this_year, this_year - 1)
        for year in years:
            found = self._in(year, Anchor.PUBLICATION)
            if found and self._fits(found, context.published, context.ahead):
                return found
        return self._in(this_year - 1, Anchor.PUBLICATION)

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
            return _days(part_of_month(year, self.month, self.part), precision, anchor)
        first, last = (
            day(year, self.month, self.number),
            day(year, self.month, self.last_number or self.number),
        )
        if not first or not last or last < first:
            return None
        return Days(first, last, Precision.RANGE if last > first else Precision.DAY, anchor)

    def _in_told_month(self, context: Context) -> Days | None:
        """ "On the 12th": in the month told before, else the last 12th on or before publication."""
        told = context.told.first if context.told else None
        if told:
            return replace(self, month=told.month)._in(told.year, Anchor.NARRATIVE)
        published = context.published
        if not published or not self.number:
            return None
        month = published.month if self.number <= published.day else published.month - 1
        bounds = _month(published.year, month)
        return (
            replace(self, month=bounds[0].month)._in(bounds[0].year, Anchor.PUBLICATION) if bounds else None
        )


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
            found = _shift(base, 7 * self.week - base.weekday() + self.index)
        elif self.which == "next" or (context.ahead and self.which != "last"):
            found = _shift(base, (self.index - base.weekday()) % 7 or (7 if self.which == "next" else 0))
        elif self.which == "last":
            found = _shift(base, -(back or 7))
        else:
            found = _shift(base, -back)
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
        """ "The same day" after "on the night of 7 to 8 May" is the day on which that night ended."""
        if told and self.unit == "day" and told.first and told.last and (told.last - told.first).days == 1:
            return told.last
        return told.first if told else None

    def _around(self, base: date, anchor: Anchor) -> Days | None:
        if self.unit == "day":
            found = _shift(base, self.shift)
            return Days(found, found, Precision.DAY, anchor) if found else None
        if self.unit in {"week", "weekend"}:
            return self._week(base, anchor)
        if self.unit == "month":
            precision = Precision.MONTH_PART if self.part else Precision.MONTH
            bounds = _month(base.year, base.month + self.shift)
            return (
                _days(part_of_month(bounds[0].year, bounds[0].month, self.part), precision, anchor)
                if bounds
                else None
            )
        if self.unit == "year":
            return _days(_part_of_year(base.year + self.shift, self.part), Precision.YEAR, anchor)
        if self.unit == "quarter":
            month = 3 * ((base.month - 1) // 3 + self.shift) + 1
            return _months(base.year, month, 3, anchor)
        start = base.year // 10 * 10 + 10 * self.shift
        return Decade(start, self.part).resolve(Context(base))

    def _week(self, base: date, anchor: Anchor) -> Days | None:
        monday = _shift(base, -base.weekday() + 7 * self.shift)
        if self.unit == "weekend" and self.shift <= 0:
            # The weekend just past; on a Saturday or Sunday "the weekend" is the one that runs.
            back = (base.weekday() - 5) % 7 if self.shift == 0 or base.weekday() < 5 else base.weekday() + 2
            first = _shift(base, -back)
            return _span(first, 1, Precision.RANGE, anchor)
        if self.unit == "weekend":
            return _span(_shift(monday, 5) if monday else None, 1, Precision.RANGE, anchor)
        return _span(monday, 6, Precision.WEEK, anchor)


def _span(first: date | None, more: int, precision: Precision, anchor: Anchor) -> Days | None:
    last = _shift(first, more) if first else None
    return Days(first, last, precision, anchor) if first and last else None


def _months(year: int, month: int, length: int, anchor: Anchor) -> Days | None:
    first, last = _month(year, month), _month(year, month + length - 1)
    return Days(first[0], last[1], Precision.SEASON, anchor) if first and last else None


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
            return _months(self.year, month, 3, Anchor.WRITTEN)
        base = (context.told.first if context.told else None) if self.told else context.published
        if not base:
            return None
        anchor = Anchor.NARRATIVE if self.told else Anchor.PUBLICATION
        latest = base.year if month <= base.month else base.year - 1
        if self.shift == 1 or (context.ahead and self.shift is None):
            return _months(latest + 1, month, 3, anchor)
        found = _months(latest, month, 3, anchor)
        # "Last spring", said in spring, is the one a year before.
        running = found and found.last and found.last >= base
        return (
            _months(latest - 1, month, 3, anchor) if running and self.shift == -1 and not self.told else found
        )


@dataclass(frozen=True)
class Year:
    year: int
    part: str | None = None

    def resolve(self, context: Context) -> Days | None:
        return _days(_part_of_year(self.year, self.part), Precision.YEAR, Anchor.WRITTEN)


@dataclass(frozen=True)
class Decade:
    """Ten years, or the first four, middle three or last three of them."""

    start: int
    part: str | None = None

    def resolve(self, context: Context) -> Days | None:
        first, last = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}[self.part]
        begin, end = day(self.start + first, 1, 1), day(self.start + last, 12, 31)
        return _days((begin, end) if begin and end else None, Precision.DECADE, Anchor.WRITTEN)


@dataclass(frozen=True)
class Quarter:
    number: int
    year: int

    def resolve(self, context: Context) -> Days | None:
        return _months(self.year, 3 * self.number - 2, 3, Anchor.WRITTEN)


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
        if not first or not last or (last - first).days > _VAGUE:
            return None
        anchor = Anchor.NARRATIVE if self.told else Anchor.PUBLICATION
        if self.unit == "day" or (self.unit == "week" and self.told):
            step = self.count * (7 if self.unit == "week" else 1)
            moved = _shift(first, step), _shift(last, step)
            precision = Precision.DAY if first == last else Precision.RANGE
            return Days(moved[0], moved[1], precision, anchor) if moved[0] and moved[1] else None
        return Period(self.unit, self.count)._around(first, anchor)


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
        return _shift(base, -count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1)
    target = _month(base.year, base.month - months)
    return target[0].replace(day=min(base.day, target[1].day)) if target else None


@dataclass(frozen=True)
class Written:
    """Days that need no context; both are kept where the order of day and month is open."""

    first: date
    last: date
    precision: Precision = Precision.DAY

    def resolve(self, context: Context) -> Days | None:
        return Days(self.first, self.last, self.precision, Anchor.WRITTEN)
