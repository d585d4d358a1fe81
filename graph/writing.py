"""Inside a transaction: put rows in, and take away shared nodes that nothing needs any more.

The protocol that keeps concurrent writers right: whoever adds or removes an edge to a shared node
(publisher, entity, identifier) first holds that node's write lock, until the commit. So a clean-up that has
the lock sees every edge that there is, and nobody can add one to a node that is about to go. All take the
locks label by label and id by id in the same order, which leaves few deadlocks; those are tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import neo4j

from tailgraph.graph import clock, schema
from tailgraph.graph.identity import same_as
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import ENTITIES, NODES, SHARED, Label, Life, edge
from tailgraph.graph.store import Raced

CHUNK = 5_000
"""Rows in one statement."""

def write_rows(transaction: neo4j.Transaction, rows: Rows,
               fresh: frozenset[Label] = frozenset()) -> None:
    """Merge all nodes, shared ones first (which locks them), then all edges. Raises Raced.

    Of the labels `fresh` the caller knows that no node is there, and that nobody else can make one: these and
    their edges are made without a look.
    """
    now = clock.now()
    for label in (*SHARED, *(label for label in NODES if NODES[label].life is not Life.SHARED)):
        nodes = rows.nodes.get(label, {})
        statement = schema.create_nodes(label) if label in fresh else schema.merge_nodes(label)
        for part in _chunks([{"id": id_, "properties": nodes[id_]} for id_ in sorted(nodes)]):
            transaction.run(statement, rows=part, now=now).consume()
    for (type_, start, end), edges in sorted(rows.edges.items()):
        statement = (schema.create_edges(type_, start, end) if fresh & {start, end} else
                     schema.merge_edges(type_, start, end, keyed=bool(edge(type_, start, end).key)))
        for part in _chunks([{"start": at, "end": to, "key": key, "properties": edges[at, to, key]}
                             for at, to, key in sorted(edges)]):
            _all_written(transaction.run(statement, rows=part), len(part))
    same_as.settle(transaction, [(label, id_) for label in ENTITIES for id_ in rows.nodes.get(label, ())])


def lock(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> None:
    """Hold the write lock of each shared node of `refs` that is there."""
    for label, ids in _by_label(refs):
        transaction.run(schema.lock(label), ids=ids).consume()


def clean(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> None:
    """Delete those shared nodes of `refs` that nothing points at, and then what only they pointed at.

    Nodes of others stay, without what our tables and rules say of them.
    """
    pending = set(refs)
    while pending:
        lock(transaction, pending)
        found: set[Ref] = set()
        for label, ids in _by_label(pending):
            gone = [row["id"] for row in transaction.run(schema.unsupported(label), ids=ids)]
            if gone:
                found.update(shared(transaction.run(schema.pointed_at(label), ids=gone)))
                transaction.run(schema.delete_nodes(label), ids=gone).consume()
                same_as.settle(transaction, [(label, id_) for id_ in gone])
            if kept := _unsupported(transaction, label, sorted({*ids} - {*gone})):
                found.update(shared(transaction.run(schema.said_of(label), ids=kept)))
                transaction.run(schema.delete_statements(label), ids=kept).consume()
        pending = found


def _unsupported(transaction: neo4j.Transaction, label: Label, ids: list[str]) -> list[str]:
    """Those of `ids` that are there although nothing points at them: others made them or wrote on them."""
    if not ids:
        return []
    there = {row["id"] for row in transaction.run(schema.ids_of(label), ids=ids)}
    return sorted(there - {row["id"] for row in transaction.run(schema.supported(label), ids=ids)})


def shared(result: neo4j.Result) -> set[Ref]:
    """The shared nodes among rows with the columns `labels` and `id`."""
    found = ((schema.shared_of(row["labels"]), row["id"]) for row in result)
    return {(label, id_) for label, id_ in found if label}


def _by_label(refs: Iterable[Ref]) -> Iterable[tuple[Label, list[str]]]:
    ids: dict[Label, set[str]] = {}
    for label, id_ in refs:
        ids.setdefault(label, set()).add(id_)
    return [(label, sorted(ids[label])) for label in SHARED if label in ids]


def _all_written(result: neo4j.Result, expected: int) -> None:
    record = result.single(strict=True)
    if record["written"] != expected:
        raise Raced(f"{expected - record['written']} of {expected} edges lack an end")


def _chunks(rows: Sequence[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (list(rows[i:i + CHUNK]) for i in range(0, len(rows), CHUNK))
