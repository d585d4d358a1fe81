"""Days that an expression stands for, what it is resolved against, and the arithmetic of the calendar."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tailgraph.nlp.dates.mention import Anchor, Precision

MONTHS = ("january february march april may june july august september october november december").split()
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


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
    one that was written out before in its paragraph, `span` a year or part of one told before in its
    sentence, `near` the first day of the full date written out last, `near_by` whether in this paragraph or
    the one before, `story` the days told last by a report on what was years ago."""

    published: date | None
    told: Days | None = None
    ahead: bool = False
    heading: int | None = None
    since: date | None = None
    span: Days | None = None
    near: date | None = None
    near_by: bool = False
    story: Days | None = None


class Expression(Protocol):
    """A date as written. `resolve` gives None where the context lacks what it counts from."""

    def resolve(self, context: Context) -> Days | None: ...


def day(year: int, month: int, number: int) -> date | None:
    """That day, None where the calendar has none (31 June, year 0)."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]:
        return date(year, month, number)
    return None


def moved(start: date, days: int) -> date | None:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def whole_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last day; months beyond 1–12 run into the years before and after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return (
        (date(year, month, 1), date(year, month, monthrange(year, month)[1])) if 1 <= year <= 9999 else None
    )


def part_of_month(year: int, month: int, part: str | None) -> tuple[date, date] | None:
    """Early is the 1st to 10th, mid the 11th to 20th, late the 21st to the end (annotation guide)."""
    whole = whole_month(year, month)
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


def part_of_year(year: int, part: str | None) -> tuple[date, date] | None:
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


def days_of(bounds: tuple[date, date] | None, precision: Precision, anchor: Anchor) -> Days | None:
    return Days(*bounds, precision, anchor) if bounds else None


def span(first: date | None, more: int, precision: Precision, anchor: Anchor) -> Days | None:
    last = moved(first, more) if first else None
    return Days(first, last, precision, anchor) if first and last else None


def months(year: int, month: int, length: int, anchor: Anchor) -> Days | None:
    first, last = whole_month(year, month), whole_month(year, month + length - 1)
    return Days(first[0], last[1], Precision.SEASON, anchor) if first and last else None
