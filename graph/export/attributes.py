"""The attributes that GraphML and GEXF declare ahead: one for each name and type of value in the shape.

What is not a property of the graph is called node_label, edge_type and standing, so that no property (a
mention has a `label`, a verdict a `type`) can take its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tailgraph.graph.export.contents import HELD, GraphEdge, GraphNode
from tailgraph.graph.export.standing import of_edge, of_node
from tailgraph.graph.export.texts import plain
from tailgraph.graph.shape import EDGES, NODES, Property, Value

_TYPES = {Value.WHOLE: "long", Value.REAL: "double", Value.TRUTH: "boolean"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """`id` is unique in the file, `of` is node or edge, `type` as both forms name it."""

    id: str
    of: str
    name: str
    type: str


def _declared(of: str, own: tuple[str, ...], properties: list[Property]) -> dict[tuple[str, str], Attribute]:
    wanted = [*((name, "string") for name in own),
              *sorted({(prop.name, _TYPES.get(prop.value, "string")) for prop in properties
                       if prop.value is not Value.BYTES})]
    unique = dict.fromkeys(wanted)
    return {(name, type_): Attribute(f"{of[0]}{number}", of, name, type_)
            for number, (name, type_) in enumerate(unique)}


NODE_ATTRIBUTES = _declared("node", ("node_label", "standing", "id"), [
    prop for label in HELD for prop in NODES[label].properties])
EDGE_ATTRIBUTES = _declared("edge", ("edge_type", "standing"), [
    prop for edge in EDGES for prop in edge.properties])


def of_the_node(node: GraphNode) -> Iterator[tuple[Attribute, str]]:
    own = {"node_label": str(node.label), "standing": of_node(node.label), "id": node.id}
    yield from _values(NODE_ATTRIBUTES, own, node.properties)


def of_the_edge(edge: GraphEdge) -> Iterator[tuple[Attribute, str]]:
    own = {"edge_type": str(edge.type), "standing": of_edge(edge.type, edge.start[0], edge.end[0])}
    yield from _values(EDGE_ATTRIBUTES, own, edge.properties)


def _values(known: Mapping[tuple[str, str], Attribute], own: Mapping[str, str],
            properties: Mapping[str, Any]) -> Iterator[tuple[Attribute, str]]:
    for name, value in (*own.items(), *properties.items()):
        if value is not None:
            yield known[name, _type(value)], plain(value)


def _type(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "long"
        case float():
            return "double"
        case _:
            return "string"
