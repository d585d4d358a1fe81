"""A whole view as a network: entities as numbers, which takes little memory and the same order every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import neo4j
import networkx as nx
from neo4j import exceptions as failure

from tailgraph.errors import UsageError
from tailgraph.graph.analysis.steps import Node
from tailgraph.graph.analysis.views import VIEWS
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.graph.store import Row, Store
from tailgraph.wording import many

MOST_EDGES = 1_000_000
_SAME = """
MATCH (a:Entity)-[:SAME_AS]->(b:Entity)
RETURN labels(a) AS labels, a.id AS id, labels(b) AS canonical_labels, b.id AS canonical
"""
_NAMES = """
UNWIND $refs AS ref MATCH (e:Entity {id: ref.id}) WHERE ref.kind IN labels(e)
RETURN ref.kind AS kind, e.id AS id, e.name AS name
"""


@dataclass(slots=True)
class Network:
    """`refs[n]` is the entity of node n; each edge has `weight`, how much stands behind it."""

    graph: nx.Graph = field(default_factory=nx.Graph)
    refs: list[Ref] = field(default_factory=list)

    def __str__(self) -> str:
        return (f"{many(self.graph.number_of_nodes(), 'entity', 'entities')}, "
                f"{many(self.graph.number_of_edges(), 'edge')}")


def read(store: Store, views: tuple[str, ...], kinds: tuple[Label, ...],
         most_edges: int = MOST_EDGES) -> Network:
    """All edges of these views between entities of these kinds. Entities judged to be one are one.

    Raises UsageError where there are more than `most_edges`: half a network answers nothing.
    """
    same = canonical(store)
    weights: dict[tuple[Ref, Ref], int] = {}
    for name in views:
        parameters = {"kinds": [kind.value for kind in kinds], **VIEWS[name].parameters}
        for row in stream(store, VIEWS[name].whole, parameters):
            first, second = ((Label(row[kind]), row[id_]) for kind, id_ in (
                ("start_kind", "start"), ("end_kind", "end")))
            pair = tuple(sorted((same.get(first, first), same.get(second, second))))
            if pair[0] != pair[1]:
                weights[pair[0], pair[1]] = weights.get((pair[0], pair[1]), 0) + row["count"]
            if len(weights) > most_edges:
                raise UsageError(
                    f"There are more than {most_edges:,} edges in {', '.join(views)}.",
                    remedy="Take one view, leave kinds out with --without, or raise --most-edges.")
    return _numbered(weights)


def _numbered(weights: Mapping[tuple[Ref, Ref], int]) -> Network:
    refs = sorted({ref for pair in weights for ref in pair})
    number = {ref: n for n, ref in enumerate(refs)}
    network = Network(refs=refs)
    network.graph.add_nodes_from(range(len(refs)))
    for first, second in sorted(weights):
        network.graph.add_edge(number[first], number[second], weight=weights[first, second])
    return network


def canonical(store: Store) -> dict[Ref, Ref]:
    """Each entity that is judged to be one with others, but for the one that stands for them: that one."""
    return {_ref(row["labels"], row["id"]): _ref(row["canonical_labels"], row["canonical"])
            for row in store.read(_SAME)}


def _ref(labels: list[str], id_: str) -> Ref:
    return next(label for label in ENTITIES if label in labels), id_


def stream(store: Store, query: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of one reading statement, never all of them in memory."""
    try:
        with store.driver.session(database=store.database,
                                  default_access_mode=neo4j.READ_ACCESS) as session:
            # The statements are constants of the views; the driver's types ask for literal strings.
            statement: Any = query
            result = session.run(statement, dict(parameters))
            names = result.keys()
            for record in result:
                yield dict(zip(names, record.values(), strict=True))
    except (failure.DriverError, failure.Neo4jError) as error:
        raise store.explained(error) from error


def nodes(store: Store, refs: list[Ref]) -> dict[Ref, Node]:
    """These entities with their names."""
    rows = store.read(_NAMES, {"refs": [{"kind": kind.value, "id": id_} for kind, id_ in refs]})
    named = {(Label(row["kind"]), row["id"]): row["name"] for row in rows}
    return {ref: Node(kind=ref[0], id=ref[1], name=named.get(ref)) for ref in refs}
