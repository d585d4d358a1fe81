"""What an analysis found, kept in the graph: marked, dated, no part of its digest, and removable.

(:Entity)-[:ANNOTATED]->(:Annotation), from the entity, so that an annotation keeps nothing in the graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

import neo4j

from tailgraph.graph import clock, keys, schema, writing
from tailgraph.graph.analysis.finding import Analysis, Finding
from tailgraph.graph.evidence.sources import rows
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store

_BATCH = 1_000
"""About so many nodes and relationships are put in, or nodes taken out, at once."""
_SETS = """
MATCH (a:Annotation)
RETURN a.run AS run, a.analysis AS analysis, a.views AS views, a.parameters AS parameters, min(a.at) AS at,
  count(*) AS count
ORDER BY at, run, analysis
"""
_IDS = """
MATCH (a:Annotation)
WHERE ($run IS NULL OR a.run = $run) AND ($analysis IS NULL OR a.analysis = $analysis)
RETURN a.id AS id ORDER BY id
"""


class AnnotationSet(Record):
    """All that one run wrote."""

    run: str
    analysis: str
    views: str
    parameters: str
    at: datetime
    count: int


def write(store: Store, found: Analysis, run: Ref) -> int:
    """Put the findings into the graph, each with all its members; returns how many.

    One that names an entity which has left the graph since is left out.
    """
    at = clock.now()
    return sum(store.write(partial(_put, found=found, findings=batch, run=run, at=at))
               for batch in _batches(found.findings))


def _put(transaction: neo4j.Transaction, found: Analysis, findings: Sequence[Finding], run: Ref,
         at: datetime) -> int:
    members = {ref for finding in findings for ref in _members(finding)}
    writing.lock(transaction, members)  # from now on none of them can go
    ids: dict[Label, list[str]] = {}
    for label, id_ in members:
        ids.setdefault(label, []).append(id_)
    there = {(label, row["id"]) for label in ids
             for row in transaction.run(schema.ids_of(label), ids=ids[label])}
    whole = [finding for finding in findings if there.issuperset(_members(finding))]
    together = Rows()
    for finding in whole:
        node = _node(together, found, finding, run, at)
        for member in _members(finding):
            together.edge(Type.ANNOTATED, member, node)
    writing.write_rows(transaction, together)
    return len(whole)


def listed(store: Store) -> list[AnnotationSet]:
    return [AnnotationSet(**row) for row in rows(store, _SETS)]


def remove(store: Store, run: str | None = None, analysis: str | None = None) -> int:
    """Take annotations out: of one run, of one analysis, or all; returns how many."""
    ids = [row["id"] for row in store.read(_IDS, {"run": run, "analysis": analysis})]
    for start in range(0, len(ids), _BATCH):
        part = ids[start:start + _BATCH]
        store.write(lambda transaction, part=part: transaction.run(  # type: ignore[misc]
            schema.delete_nodes(Label.ANNOTATION), ids=part).consume())
    return len(ids)


def _members(finding: Finding) -> list[Ref]:
    return [(Label(member.kind), member.id) for member in finding.members]


def _node(rows: Rows, found: Analysis, finding: Finding, run: Ref, at: datetime) -> Ref:
    return rows.node(
        Label.ANNOTATION, keys.digest("annotation", run[1], found.analysis, finding.rank),
        analysis=found.analysis, views=", ".join(found.views), run=run[1], at=at,
        parameters=json.dumps(found.parameters, sort_keys=True), rank=finding.rank, score=finding.score,
        text=finding.text)


def _batches(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    batch: list[Finding] = []
    size = 0
    for finding in findings:
        batch.append(finding)
        size += 1 + len(finding.members)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
