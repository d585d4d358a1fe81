"""Reports that repeat another report: its very words, a rewrite of it, or an excerpt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import neo4j

from tailgraph.graph import schema
from tailgraph.graph.origins import likeness, order
from tailgraph.graph.origins.order import Order, Repeat
from tailgraph.graph.shape import Label

MOST_COMPARED = 100
"""Of more earlier texts that may be like one, those with the most bands in common are compared."""

_LEADS = """
UNWIND $words AS words
MATCH (d:Document {words: words})
WITH words, d ORDER BY d.published IS NULL, d.published, coalesce(d.is_citing, false), d.id
WITH words, collect(d) AS reports
WITH words, head(reports) AS d, any(d IN reports WHERE d.unsettled IS NOT NULL) AS is_new
RETURN words, d.id AS id, d.published AS published, d.is_citing AS is_citing, d.text AS text,
       is_new
"""
_MEMBERS = "UNWIND $words AS words MATCH (d:Document {words: words}) RETURN words, d.id AS id"
Hits = dict[str, dict[str, int]]
"""Words of a text → those of others that may be like it → how many bands they share."""


@dataclass(frozen=True)
class _Lead:
    """The earliest report with certain words. Its headline is not compared: every outlet writes its own."""

    order: Order
    body: str
    is_new: bool

    @cached_property
    def text(self) -> likeness.Text:
        return likeness.text_of(self.body)


def repeat(transaction: neo4j.Transaction, words: Iterable[str]) -> set[str]:
    """Say of all reports with these `words`, and of those that may be like them, what they repeat.

    Returns the ids of the reports for which that has changed.
    """
    new = set(words)
    hits = _hits(transaction, new)
    leads = _leads(transaction, new.union(*hits.values()))
    older = {other for own in new & leads.keys() for other in hits.get(own, ())
             if other not in new and _may_follow(leads[other], leads[own])}
    hits |= _hits(transaction, older)
    leads |= _leads(transaction, {other for own in older for other in hits.get(own, ())} - leads.keys())
    first = {own: _best(own, hits.get(own, {}), leads) for own in (new | older) & leads.keys()}
    wanted: dict[str, Repeat | None] = {}
    for row in transaction.run(_MEMBERS, words=sorted(first)):
        lead = leads[row["words"]].order.id
        wanted[row["id"]] = first[row["words"]] if row["id"] == lead else Repeat(
            lead, "same words", "the same words as the earliest report that has them", 1.0, 1.0)
    return order.put(transaction, Label.DOCUMENT, wanted)


def _may_follow(other: _Lead, changed: _Lead) -> bool:
    """Whether what `other` repeats may be another one now; one that is new itself has its turn anyway."""
    return not other.is_new and changed.order < other.order


def _hits(transaction: neo4j.Transaction, words: set[str]) -> Hits:
    found: Hits = {}
    for row in transaction.run(schema.sharing_bands(), words=sorted(words)) if words else ():
        found.setdefault(row["words"], {})[row["other"]] = row["common"]
    return found


def _leads(transaction: neo4j.Transaction, words: set[str]) -> dict[str, _Lead]:
    return {row["words"]: _Lead(Order.of(row), row["text"] or "", row["is_new"])
            for row in transaction.run(_LEADS, words=sorted(words))}


def _best(own: str, hits: Mapping[str, int], leads: Mapping[str, _Lead]) -> Repeat | None:
    """The earlier report in which most of this one stands, if so much of it does in any."""
    lead = leads[own]
    # Only earlier ones are counted: a report that comes later must not push one of them out.
    earlier = [other for other in hits if other in leads and leads[other].order < lead.order]
    compared = sorted(earlier, key=lambda other: (-hits[other], other))[:MOST_COMPARED]
    found = [(match.here, leads[other].order, match) for other in compared
             if (match := likeness.match(lead.text, leads[other].text,
                                         is_later=lead.order.is_later_day(leads[other].order)))]
    if not found:
        return None
    most = max(here for here, _, _ in found)
    _, earliest, match = min((one for one in found if one[0] == most), key=lambda one: one[1])
    return Repeat(earliest.id, match.method, match.reason, match.here, match.there)
