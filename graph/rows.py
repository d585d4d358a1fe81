"""Nodes and relationships on their way into the graph: checked against the declared shape, one per key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tailgraph.graph import shape
from tailgraph.graph.shape import NODES, Label, Life, Property, Type
from tailgraph.graph.values import Problem, fit, node_id

Ref = tuple[Label, str]
"""Label and id of a node."""
EdgeKind = tuple[Type, Label, Label]
EdgeKey = tuple[str, str, str]
"""Start id, end id, and the key that keeps parallel edges apart ("" where there is none)."""


@dataclass(slots=True)
class Rows:
    """What is to be written. The first to say a node or an edge is kept; saying it again changes nothing."""

    nodes: dict[Label, dict[str, dict[str, Any]]] = field(default_factory=dict)
    edges: dict[EdgeKind, dict[EdgeKey, dict[str, Any]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def node(self, label: Label, id_: str, /, **values: Any) -> Ref:
        """A node with every declared property: those not named are taken away, should it have them."""
        key = node_id(id_)
        known = self.nodes.setdefault(label, {})
        if key not in known:
            known[key] = self._fitted(f"{label} {key}", NODES[label].properties, {"id": key, **values})
        return label, key

    def edge(self, type_: Type, start: Ref, end: Ref, /, **values: Any) -> None:
        """An edge; one that the shape does not have is left out and reported."""
        try:
            declared = shape.edge(type_, start[0], end[0])
        except KeyError:
            self.problems.append(Problem(f"{start[0]} {start[1]}", type_, f"left out: leads to {end[0]}"))
            return
        if not end[1] or not start[1]:
            self.problems.append(Problem(f"{start[0]} {start[1]}", type_, f"left out: a nameless {end[0]}"))
            return
        key = str(values[declared.key]) if declared.key else ""
        known = self.edges.setdefault((type_, start[0], end[0]), {})
        where = (node_id(start[1]), node_id(end[1]), key)
        if where not in known:
            known[where] = self._fitted(f"{start[1]} {type_} {end[1]}", declared.properties, values)

    def has(self, ref: Ref) -> bool:
        return ref[1] in self.nodes.get(ref[0], {})

    def shared_ends(self) -> set[Ref]:
        """The shared nodes at either end of an edge."""
        found: set[Ref] = set()
        for (_, start, end), edges in self.edges.items():
            for label, place in ((start, 0), (end, 1)):
                if NODES[label].life is Life.SHARED:
                    found.update((label, key[place]) for key in edges)
        return found

    def drop_dangling(self) -> None:
        """Leave out, and report, edges to owned nodes that are not among these rows."""
        for (type_, start, end), edges in self.edges.items():
            for key in self._dangling(start, end, edges):
                del edges[key]
                self.problems.append(Problem(f"{start} {key[0]}", type_, f"left out: no {end} {key[1]}"))

    def add(self, other: Rows) -> None:
        for label, nodes in other.nodes.items():
            self.nodes.setdefault(label, {}).update(nodes)
        for kind, edges in other.edges.items():
            self.edges.setdefault(kind, {}).update(edges)
        self.problems += other.problems

    def _dangling(self, start: Label, end: Label, edges: Iterable[EdgeKey]) -> list[EdgeKey]:
        owned = [(place, self.nodes.get(label, {})) for place, label in enumerate((start, end))
                 if NODES[label].life is Life.OWNED]
        return [key for key in edges if any(key[place] not in known for place, known in owned)]

    def _fitted(self, where: str, declared: tuple[Property, ...], values: dict[str, Any]) -> dict[str, Any]:
        if unknown := values.keys() - {prop.name for prop in declared}:
            raise KeyError(f"{where} has no property {sorted(unknown)}")
        fitted: dict[str, Any] = {}
        for prop in declared:
            if prop.stamped:
                continue
            fitted[prop.name], problem = fit(prop, values.get(prop.name))
            if problem:
                self.problems.append(Problem(where, prop.name, problem))
        return fitted
