"""Any other node: its properties, and what it is connected with."""

from __future__ import annotations

from typing import Any

from tailgraph.graph import schema
from tailgraph.graph.evidence.sources import only, rows
from tailgraph.graph.model import Record
from tailgraph.graph.shape import NODES, Label, Value
from tailgraph.graph.store import Store

MOST = 20


class Neighbours(Record):
    """The nodes at the other end of one type of relationship: how many, and the first of them."""

    type: str
    is_incoming: bool
    kind: str
    count: int
    ids: tuple[str, ...]


class NodeEvidence(Record):
    kind: str
    id: str
    values: dict[str, Any]
    neighbours: tuple[Neighbours, ...] = ()


def node_evidence(store: Store, label: Label, id_: str) -> NodeEvidence:
    """Properties (but for packed bytes) and neighbours; raises UsageError where the node is not there."""
    values = only(rows(store, schema.properties(label), id=id_), label, id_)["properties"]
    packed = {prop.name for prop in NODES[label].properties if prop.value is Value.BYTES}
    return NodeEvidence(
        kind=label, id=id_, values={name: values[name] for name in values if name not in {"id", *packed}},
        neighbours=tuple(Neighbours(**row)
                         for row in rows(store, schema.neighbours(label), id=id_, most=MOST)))
