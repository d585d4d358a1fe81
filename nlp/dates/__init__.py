"""Dates and times of day in a report, as intervals resolved against its publication date.

About thirty patterns read what is written into expressions (`patterns`) of the calendar (`calendar_dates`)
or counted from another day (`relative_dates`). They are resolved in reading order (`reading`), so that "two
days later" can count from the date before it, with the years told (`years`), as `ranges` and with
`open_ends`, and joined to the times of day beside them (`day_and_time`).

Conventions of the annotation guide: a weekday is the last one on or before publication; "last week" is
Monday to Sunday before; "late November" is the 21st to the 30th.
"""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from tailgraph.nlp.dates.hours import SMALL_HOURS
from tailgraph.nlp.dates.mention import Anchor, Clock, DateMention, Precision
from tailgraph.nlp.dates.reading import read

__all__ = ["SMALL_HOURS", "Anchor", "Clock", "DateMention", "Precision", "find"]


def find(doc: Doc, published: date | None) -> tuple[DateMention, ...]:
    """All dates and times of day that `doc` names, in order, without overlaps.

    Offsets count in `doc.text`. Without `published` only what is written in full (or counts from it) is
    resolved; the rest is left out.
    """
    return tuple(read(doc, published))
