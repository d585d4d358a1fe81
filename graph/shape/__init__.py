"""The shape of the graph, declared once: labels, relationship types, keys and properties.

Constraints, indexes, writing statements (`schema`), the digest and the diagram of docs/model.md are all
made from this declaration. A new kind of node or edge is one entry in `nodes` or `edges`.
"""

from tailgraph.graph.shape.edges import EDGES, edge
from tailgraph.graph.shape.nodes import (
    BAND_COUNT,
    BANDS,
    CLAIMS,
    ENTITIES,
    MADE_AT,
    NAME,
    NODES,
    SHARED,
    TRACK_PREFIX,
)
from tailgraph.graph.shape.terms import Edge, Label, Life, Marker, Node, Property, Type, Value

__all__ = [
    "BANDS", "BAND_COUNT", "CLAIMS", "EDGES", "ENTITIES", "MADE_AT", "NAME", "NODES", "SHARED",
    "TRACK_PREFIX", "Edge", "Label", "Life", "Marker", "Node", "Property", "Type", "Value", "edge",
]
