"""What the date finder yields."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from tailgraph.graph.model import DateInterval, Hours, Record


class Precision(StrEnum):
    """What the text names; the interval may be wider than one such unit where ends are joined."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH_PART = "part of a month"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    OPEN = "open"
    TIME = "time of day"


class Anchor(StrEnum):
    """What a date was resolved against."""

    WRITTEN = "written in full"
    PUBLICATION = "publication"
    NARRATIVE = "the date told before"
    NONE = "no date"


class Clock(Record):
    """A time of day as written. `zone` is "local", "UTC" or a zone as written, None if unsaid."""

    hour: int = Field(ge=0, le=24)
    minute: int = Field(ge=0, le=59)
    zone: str | None = None


class DateMention(Record):
    """A stretch of text that says when: a day or period (`interval`), a time of day (`night`, `clock`,
    `hours`), or both.

    `interval` is None where only a time of day is named.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    interval: DateInterval | None = None
    precision: Precision
    night: bool | None = None
    clock: Clock | None = None
    hours: Hours | None = None
    anchored: Anchor
