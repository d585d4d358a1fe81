"""Tests every reported flight against the tracked ones and writes what came of it.

The outcome is a function of what the graph holds: it does not matter which side came first, and running it
again changes nothing. Batches of reported flights are read, judged and written in one transaction each,
under one lock, so that of several processes the last one has seen what all have committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any, LiteralString

import neo4j

from tailgraph.graph import bearing, comparison, schema, sides
from tailgraph.graph.agreement import Reported
from tailgraph.graph.comparison import Tested
from tailgraph.graph.model import Verdict
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.sides import Same
from tailgraph.graph.store import Store

BATCH = 500

# In order of the days told, so that those of one batch are tested against the same tracked flights.
_DATED = """
MATCH (r:ReportedFlight) WHERE r.event_from >= $day AND (r.event_from > $day OR r.id > $after)
RETURN r.id AS id, r.event_from AS day ORDER BY r.event_from, r.id LIMIT $size
"""

_UNDATED = """
MATCH (r:ReportedFlight) WHERE r.event_from IS NULL AND r.id > $after
RETURN r.id AS id, $day AS day ORDER BY r.id LIMIT $size
"""

_EXISTING = """
UNWIND $ids AS id
MATCH (:ReportedFlight {id: id})-[t:TESTED_AGAINST]->(f:Flight)
RETURN id AS reported, f.id AS flight, properties(t) AS properties
"""

_DELETE = """
UNWIND $rows AS row
MATCH (:ReportedFlight {id: row.start})-[t:TESTED_AGAINST]->(:Flight {id: row.end})
DELETE t
"""

Pairs = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """How many reported flights there are, by the verdict on their best match, and what changed."""

    reported: int = 0
    supported: int = 0
    contradicted: int = 0
    untestable: int = 0
    without_track: int = 0
    not_happened: int = 0
    changed: int = 0
    """Relationships written or deleted."""

    def __add__(self, other: LinkSummary) -> LinkSummary:
        return LinkSummary(*(mine + theirs for mine, theirs in zip(
            asdict(self).values(), asdict(other).values(), strict=True)))


def link(store: Store) -> LinkSummary:
    """Bring every TESTED_AGAINST relationship in line with what the graph holds now."""
    total = LinkSummary()
    for statement in (_DATED, _UNDATED):
        after: _After | None = _After()
        while after is not None:
            after, summary = store.write(partial(_link_batch, statement=statement, after=after))
            total += summary
    return total


@dataclass(frozen=True, slots=True)
class _After:
    """The last reported flight of a batch, in the order in which they are gone through."""

    day: date = date.min
    id: str = ""


def _link_batch(transaction: neo4j.Transaction, statement: LiteralString, after: _After) -> tuple[
        _After | None, LinkSummary]:
    """Judge the next reported flights; returns the last of them, None where there are no more."""
    transaction.run(schema.lock(Label.META), ids=["schema"]).consume()
    order = [_After(row["day"].to_native(), row["id"])
             for row in transaction.run(statement, day=after.day, after=after.id, size=BATCH)]
    if not order:
        return None, LinkSummary()
    same = sides.same(transaction)
    batch = sides.reported(transaction, [one.id for one in order], same)
    outcomes = _judge(transaction, batch, same)
    changed = _write(transaction, [reported.id for reported in batch], outcomes)
    return order[-1], _summary(batch, outcomes, changed)


def _judge(transaction: neo4j.Transaction, batch: Sequence[Reported], same: Same) -> dict[str, list[Tested]]:
    found = bearing.candidates(transaction, batch)
    nearby = bearing.Nearby(found, sides.tracked(transaction, found.flights, same))
    return {reported.id: comparison.test(reported, nearby.bearing_on(reported)) for reported in batch}


# --- writing -----------------------------------------------------------------------------------------------


def _write(transaction: neo4j.Transaction, ids: Sequence[str], outcomes: Mapping[str, list[Tested]]) -> int:
    """Replace what differs; returns how many relationships that were."""
    wanted: Pairs = {(reported, tested.flight): _properties(tested)
                     for reported, all_tested in outcomes.items() for tested in all_tested}
    existing: Pairs = {(record["reported"], record["flight"]): record["properties"]
                       for record in transaction.run(_EXISTING, ids=list(ids))}
    stale = [{"start": start, "end": end} for start, end in sorted(existing.keys() - wanted.keys())]
    fresh = [{"start": start, "end": end, "properties": wanted[start, end]}
             for start, end in sorted(wanted) if existing.get((start, end)) != wanted[start, end]]
    # (:ReportedFlight)-[:TESTED_AGAINST]->(:Flight)
    if stale:
        transaction.run(_DELETE, rows=stale).consume()
    if fresh:
        merge = schema.merge_edges(Type.TESTED_AGAINST, Label.REPORTED_FLIGHT, Label.FLIGHT, keyed=False)
        transaction.run(merge, rows=fresh).consume()
    return len(stale) + len(fresh)


def _properties(tested: Tested) -> dict[str, Any]:
    values = {name: str(value) if isinstance(value, Verdict) else value for name, value in asdict(
        tested).items()}
    del values["flight"]
    return values


def _summary(batch: Sequence[Reported], outcomes: Mapping[str, list[Tested]], changed: int) -> LinkSummary:
    best = [outcomes[reported.id][0].verdict for reported in batch if outcomes[reported.id]]
    planned = sum(not reported.happened for reported in batch)
    return LinkSummary(
        reported=len(batch), supported=best.count(Verdict.SUPPORTED),
        contradicted=best.count(Verdict.CONTRADICTED), untestable=best.count(Verdict.UNTESTABLE),
        without_track=len(batch) - len(best) - planned, not_happened=planned, changed=changed)
