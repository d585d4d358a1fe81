"""Dates and times of day in a report, as intervals resolved against its publication date.

About thirty patterns read what is written into expressions (`patterns`), ranges and shared years are put
together (`combine`), and each expression is resolved in reading order (`expressions`), so that "two days
later" can count from the date before it. Conventions of the annotation guide: a weekday is the last one on
or before publication; "last week" is Monday to Sunday before; "late November" is the 21st to the 30th.
"""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from tailgraph.nlp.dates.combine import read
from tailgraph.nlp.dates.mention import Anchor, Clock, DateMention, Precision

__all__ = ["Anchor", "Clock", "DateMention", "Precision", "find"]


def find(doc: Doc, published: date | None) -> tuple[DateMention, ...]:
    """All dates and times of day that `doc` names, in order, without overlaps.

    Offsets count in `doc.text`. Without `published` only what is written in full (or counts from it) is
    resolved; the rest is left out.
    """
    return tuple(read(doc, published))
