"""A script of Cypher statements, one a line, that makes the same graph in an empty Neo4j.

It brings the same constraints and indexes, and a graph of the same digest but for what is reported lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TextIO

from tailgraph.graph import schema
from tailgraph.graph.export.contents import Contents, GraphEdge, GraphNode
from tailgraph.graph.export.literals import literal
from tailgraph.graph.export.losses import Losses
from tailgraph.graph.shape import edge as declared_edge

BATCH_BYTES = 100_000
_HEAD = """\
// A graph of Tailgraph. Load it into an empty database: cypher-shell -f FILE
// Every statement may be run again.
"""


def write(contents: Contents, out: TextIO, losses: Losses) -> None:
    out.write(_HEAD)
    for definition in schema.definitions():
        out.write(f"{definition};\n")
    out.write("CALL db.awaitIndexes(120);\n")
    for label, nodes in groupby(contents.nodes(), key=lambda node: node.label):
        for batch in _batches(_node_row(node) for node in _counted(nodes, losses)):
            out.write(_filled(schema.merge_nodes(label, stamped=False), batch))
    for (type_, start, end), edges in groupby(contents.edges(), key=_kind):
        statement = schema.merge_edges(type_, start, end,
                                       keyed=bool(declared_edge(type_, start, end).key))
        for batch in _batches(_edge_row(edge) for edge in _counted_edges(edges, losses)):
            out.write(_filled(statement, batch))


def _kind(edge: GraphEdge) -> tuple[Any, Any, Any]:
    return edge.type, edge.start[0], edge.end[0]


def _counted(nodes: Iterable[GraphNode], losses: Losses) -> Iterator[GraphNode]:
    for node in nodes:
        losses.nodes[node.label] += 1
        yield node


def _counted_edges(edges: Iterable[GraphEdge], losses: Losses) -> Iterator[GraphEdge]:
    for edge in edges:
        losses.edges[edge.type] += 1
        yield edge


def _node_row(node: GraphNode) -> str:
    return literal({"id": node.id, "properties": node.properties})


def _edge_row(edge: GraphEdge) -> str:
    return literal({"start": edge.start[1], "end": edge.end[1], "key": edge.key,
                    "properties": edge.properties})


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row)
        if size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _filled(statement: str, rows: list[str]) -> str:
    """The statement that also the program runs, with its rows written out where their parameter stood."""
    before, after = statement.split("$rows", 1)
    return f"{before}[{', '.join(rows)}]{after};\n"
