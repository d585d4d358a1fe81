"""The nodes and relationships of a graph, page by page and always in the same order: by label and id, and
within a page by type. No more than a page is held in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tailgraph.graph import schema
from tailgraph.graph.evidence.sources import native
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import NODES, Label, Life, Type, Value
from tailgraph.graph.shape import edge as declared_edge
from tailgraph.graph.store import Row, Store

PAGE = 500
_VERDICTS = (Label.JUDGEMENT, Label.GRADE)
HELD = tuple(label for label in NODES if NODES[label].life is not Life.RECORD or label in _VERDICTS)
"""What is exported: all that counts for the digest, and what people have judged."""
RECORDS = tuple(label for label in NODES if label not in HELD)
_NOT_DECLARED = "no declared property"
_PACKED = "packed positions; `tailgraph db dump` keeps them"
_RECORD = "a record of the work itself"
_OUT_OF_SCOPE = "leads out of what was asked for"

# A report with all that is its own, what it names, what is said of that, and the flights it was tested with.
_OF_DOCUMENTS = """
MATCH (d:Document) WHERE d.id IN $ids
CALL (d) {
  RETURN d AS n
  UNION MATCH (d)<-[:PUBLISHED]-(n) RETURN n
  UNION MATCH (d)-[:HAS_PASSAGE|HAS_CLAIM]->(n) RETURN n
  UNION MATCH (d)-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-(n) RETURN n
  UNION MATCH (d)-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-()-[:REFERS_TO]->(n) RETURN n
  UNION MATCH (d)-[:HAS_CLAIM]->()-->(n:Entity|Flight) RETURN n
  UNION MATCH (d)-[:HAS_CLAIM]->()-[:TESTED_AGAINST]->()-->(n:Entity) RETURN n
}
WITH DISTINCT n
CALL (n) {
  RETURN n AS m
  UNION MATCH (n)-[s]->(m) WHERE s.source IS NOT NULL RETURN m
  UNION MATCH (n)-[s]->()-[t]->(m) WHERE s.source IS NOT NULL AND t.source IS NOT NULL RETURN m
}
RETURN DISTINCT labels(m) AS labels, m.id AS id
"""


@dataclass(frozen=True, slots=True)
class GraphNode:
    label: Label
    id: str
    properties: Mapping[str, Any]
    """Declared ones that are there, but for the id and packed bytes; days and instants as Python's."""

    @property
    def ref(self) -> Ref:
        return self.label, self.id


@dataclass(frozen=True, slots=True)
class GraphEdge:
    type: Type
    start: Ref
    end: Ref
    properties: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What keeps parallel edges apart; "" where there are none."""
        declared = declared_edge(self.type, self.start[0], self.end[0])
        return str(self.properties.get(declared.key)) if declared.key else ""


Scope = dict[Label, list[str]]


def of_documents(store: Store, ids: Sequence[str]) -> Scope:
    """These documents with what is theirs, what they name, and what tables, rules and tracks say of that."""
    scope: dict[Label, set[str]] = {}
    for row in store.read(_OF_DOCUMENTS, {"ids": list(ids)}):
        label = schema.primary(row["labels"])
        if label in HELD:
            scope.setdefault(label, set()).add(row["id"])
    return {label: sorted(found) for label, found in scope.items()}


@dataclass(slots=True)
class Contents:
    """What there is to export. `skipped` counts what no form can hold, by what it is and why, once it was
    gone through."""

    store: Store
    scope: Scope | None = None
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    step: Callable[[int], None] = lambda _: None
    """Told how many nodes each page had."""
    _sets: dict[Label, frozenset[str]] = field(default_factory=dict)

    def count(self) -> int:
        """How many nodes there are."""
        if self.scope is not None:
            return sum(map(len, self.scope.values()))
        return sum(self.store.read(schema.count(label))[0]["count"] for label in HELD)

    def nodes(self) -> Iterator[GraphNode]:
        for label in HELD:
            for page in self._pages(label):
                yield from (self._node(label, row) for row in page)

    def edges(self) -> Iterator[GraphEdge]:
        for label in HELD:
            for page in self._pages(label):
                yield from self._edges(label, [row["id"] for row in page])

    def with_edges(self, labels: Sequence[Label] = HELD) -> Iterator[tuple[GraphNode, list[GraphEdge]]]:
        """Every node of these labels with the relationships that start at it."""
        for label in labels:
            for page in self._pages(label):
                out: dict[str, list[GraphEdge]] = {}
                for edge in self._edges(label, [row["id"] for row in page]):
                    out.setdefault(edge.start[1], []).append(edge)
                yield from ((self._node(label, row), out.get(row["id"], [])) for row in page)

    def note_records(self) -> None:
        """Count what is about the work itself, and no part of any export."""
        for label in RECORDS:
            if (count := self.store.read(schema.count(label))[0]["count"]) and label is not Label.META:
                self.skipped[label, _RECORD] += count

    def _pages(self, label: Label) -> Iterator[list[Row]]:
        if self.scope is not None:
            ids = self.scope.get(label, [])
            for start in range(0, len(ids), PAGE):
                yield self.store.read(schema.nodes_of(label), {"ids": ids[start:start + PAGE]})
                self.step(len(ids[start:start + PAGE]))
            return
        after = ""
        while page := self.store.read(schema.page(label), {"after": after, "most": PAGE}):
            yield page
            self.step(len(page))
            after = page[-1]["id"]

    def _node(self, label: Label, row: Row) -> GraphNode:
        kept: dict[str, Any] = {}
        declared = {prop.name: prop for prop in NODES[label].properties}
        for name in sorted(row["properties"]):
            if name not in declared:
                self.skipped[f"{label}.{name}", _NOT_DECLARED] += 1
            elif declared[name].value is Value.BYTES:
                if row["properties"][name]:
                    self.skipped[f"{label}.{name}", _PACKED] += 1
            elif name != "id":
                kept[name] = native(row["properties"][name])
        return GraphNode(label, row["id"], kept)

    def _edges(self, label: Label, ids: list[str]) -> list[GraphEdge]:
        found: list[GraphEdge] = []
        for row in self.store.read(schema.leading_from(label), {"ids": ids}):
            edge = self._edge(label, row)
            if edge:
                found.append(edge)
        return sorted(found, key=lambda edge: (edge.type, edge.end[0], edge.start, edge.end, edge.key))

    def _edge(self, label: Label, row: Row) -> GraphEdge | None:
        end = schema.primary(row["end_labels"])
        if end not in HELD:
            return None
        try:
            type_ = Type(row["type"])
            if declared_edge(type_, label, end).recorded:
                self.skipped[type_, _RECORD] += 1
                return None
            names = {prop.name for prop in declared_edge(type_, label, end).properties}
        except (ValueError, KeyError):
            self.skipped[row["type"], "no declared relationship"] += 1
            return None
        if self.scope is not None and row["end"] not in self._wanted(end):
            self.skipped[type_, _OUT_OF_SCOPE] += 1
            return None
        kept = {name: native(value) for name, value in sorted(row["properties"].items()) if name in names}
        if more := len(row["properties"]) - len(kept):
            self.skipped[f"{type_}.…", _NOT_DECLARED] += more
        return GraphEdge(type_, (label, row["start"]), (end, row["end"]), kept)

    def _wanted(self, label: Label) -> frozenset[str]:
        if label not in self._sets:
            self._sets[label] = frozenset((self.scope or {}).get(label, ()))
        return self._sets[label]
