"""What an analysis found, kept in the graph: marked, dated, no part of its digest, and removable.

(:Entity)-[:ANNOTATED]->(:Annotation), from the entity, so that an annotation keeps nothing in the graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from tailgraph.graph import keys, schema
from tailgraph.graph.analysis.finding import Analysis, Finding
from tailgraph.graph.evidence.sources import rows
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Row, Store

_BATCH = 1_000
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
    """Put the findings into the graph; returns how many."""
    at = datetime.now(UTC)
    nodes = [_node(found, finding, run, at) for finding in found.findings]
    for batch in _batches(nodes):
        store.write(lambda transaction, batch=batch: transaction.run(  # type: ignore[misc]
            schema.merge_nodes(Label.ANNOTATION), rows=batch).consume())
    edges: dict[Label, list[Row]] = {}
    for finding in found.findings:
        for member in finding.members:
            edges.setdefault(Label(member.kind), []).append(
                {"start": member.id, "end": _id(found, finding, run), "key": "", "properties": {}})
    for label, wanted in sorted(edges.items()):
        statement = schema.merge_edges(Type.ANNOTATED, label, Label.ANNOTATION, keyed=False)
        for batch in _batches(wanted):
            store.write(lambda transaction, statement=statement, batch=batch:  # type: ignore[misc]
                        transaction.run(statement, rows=batch).consume())
    return len(nodes)


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


def _id(found: Analysis, finding: Finding, run: Ref) -> str:
    return keys.digest("annotation", run[1], found.analysis, finding.rank)


def _node(found: Analysis, finding: Finding, run: Ref, at: datetime) -> Row:
    return {"id": _id(found, finding, run), "properties": {
        "analysis": found.analysis, "views": ", ".join(found.views), "run": run[1], "at": at,
        "parameters": json.dumps(found.parameters, sort_keys=True), "rank": finding.rank,
        "score": finding.score, "text": finding.text}}


def _batches(items: list[Row]) -> Iterator[list[Row]]:
    left = iter(items)
    while batch := list(islice(left, _BATCH)):
        yield batch
