"""What taking some sources out would change, exactly: done in one transaction that is then taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import neo4j

from tailgraph.graph import reports, schema, tracks
from tailgraph.graph.model import Record
from tailgraph.graph.retract import Source
from tailgraph.graph.shape import SHARED, Label
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Derive

MOST = 300
"""Sources beyond this are too many for one transaction on a small server."""


class Change(Record):
    """How many nodes of each label and relationships of each type would go (or, of flights that are derived
    anew, come: negative); and the shared nodes that only these sources support, as LABEL ID."""

    nodes: dict[str, int]
    relationships: dict[str, int]
    unsupported: tuple[str, ...] = ()


def rehearse(store: Store, sources: Sequence[Source], derive: Derive) -> Change:
    """The change without what is worked out afterwards (origins, silences, tests against tracks).

    Aircraft tables are taken out in steps of their own and are not rehearsed: leave them out.
    """
    return store.rehearse(lambda transaction: _change(transaction, sources, derive))


def _change(transaction: neo4j.Transaction, sources: Sequence[Source], derive: Derive) -> Change:
    nodes, edges, shared = _counts(transaction)
    for source in sources:
        if source.kind == Label.DOCUMENT:
            reports.delete(transaction, source.id)
        else:
            tracks.delete(transaction, source.id, derive)
    nodes_left, edges_left, shared_left = _counts(transaction)
    gone = sorted(f"{label} {id_}" for label, id_ in shared - shared_left)
    return Change(nodes=_less(nodes, nodes_left), relationships=_less(edges, edges_left),
                  unsupported=tuple(gone))


def _counts(transaction: neo4j.Transaction) -> tuple[Counter[str], Counter[str], set[tuple[Label, str]]]:
    nodes = Counter({str(label): transaction.run(statement).single(strict=True)["count"]
                     for label, statement in schema.count_nodes()})
    edges = Counter({str(type_): transaction.run(statement).single(strict=True)["count"]
                     for type_, statement in schema.count_edges()})
    shared = {(label, row["id"]) for label in SHARED for row in transaction.run(schema.ids(label))}
    return nodes, edges, shared


def _less(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    return {name: before[name] - after[name] for name in sorted(before) if before[name] != after[name]}
