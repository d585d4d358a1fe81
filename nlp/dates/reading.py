"""The dates of a report in reading order: each is resolved with what was told before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc

from tailgraph.nlp.datelines import Datelines
from tailgraph.nlp.dates.clock import times_of_day
from tailgraph.nlp.dates.day_and_time import Dated, with_times
from tailgraph.nlp.dates.days import Context, Days
from tailgraph.nlp.dates.mention import DateMention
from tailgraph.nlp.dates.open_ends import bounded
from tailgraph.nlp.dates.patterns import expressions
from tailgraph.nlp.dates.ranges import holds_both_ends, joined_range
from tailgraph.nlp.dates.tense import Clauses
from tailgraph.nlp.dates.years import Years


def read(doc: Doc, published: date | None) -> list[DateMention]:
    """The mentions of `doc` in order."""
    return with_times(doc, list(_resolved(doc, published)), times_of_day(doc.text), published)


def _resolved(doc: Doc, published: date | None) -> Iterator[Dated]:
    """Each resolved day is what "two days later" counts from."""
    text = doc.text
    filed, clauses = Datelines(text), Clauses(doc)
    found = [f for f in expressions(text) if f.start not in filed]
    years = Years(text, published, found)
    told: Days | None = None
    index = 0
    while index < len(found):
        here = found[index]
        years.read_on(here.start)
        context = Context(
            published,
            told,
            clauses.look_ahead(here.start),
            years.heading,
            years.since,
            years.span,
            years.near,
            years.near_by,
            years.story,
        )
        joined = joined_range(text, found, index, context)
        index += 2 if joined else 1
        days, end = joined or (here.expression.resolve(context), here.end)
        if not days:
            continue
        ranged = joined is not None or holds_both_ends(text, here)
        start, days = bounded(text, (here.start, end), days, context, ranged, clauses.count_from(here.start))
        told = days if days.first or days.last else told
        years.learn(here, days)
        yield Dated(start, end, days)
