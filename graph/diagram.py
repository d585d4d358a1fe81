"""docs/model.md from the declared shape: what is in the graph, drawn and listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tailgraph.graph.shape import CLAIMS, EDGES, ENTITIES, NODES, Edge, Label, Life, Node, Property

_INTRODUCTION = """\
# What is in the graph

Written by `python docs/generate.py` from `graph/shape/`, from which constraints, indexes and every writing
statement come too.

Every node has an `id` that is unique for its label and the same on every machine. What a report says is an
`Allegation` or a `ReportedFlight` (both also `Claim`) and never an edge between the things that it names;
what tracking data show is a `Flight`. Countries, aircraft, operators and the like (all also `Entity`) are
shared by everything that names them.

- **owned** nodes are made by one document, track file or aircraft table and go with it (`tailgraph
  retract`); flights are derived anew from all tracks that are left of their aircraft.
- **shared** nodes are there as long as something that is there points at them.
- **record** nodes are about the work itself, and no part of `tailgraph db digest`; nor are the properties
  that are marked *recorded*.

Entities that people judged to be one keep their nodes; each points with `SAME_AS` at the one that stands for
them, so that `(e)-[:SAME_AS]-{0,2}(member)` is all that is read as one with `e` (see identity.md). `SAME_AS`
follows from the `Judgement` nodes, and keeps nothing alive. `HELD_SAME_AS` says the same of past days, for
questions about what was known: a record of the work, and no part of the digest.
"""
_PARTS: tuple[tuple[str, tuple[Label, ...]], ...] = (
    ("Reports", (Label.PUBLISHER, Label.DOCUMENT, Label.PASSAGE, Label.MENTION, *CLAIMS)),
    ("Tracks", (Label.TRACK_FILE, Label.TRACK, Label.FLIGHT, Label.COVERAGE_GAP)),
    ("Aircraft tables", (Label.AIRCRAFT_TABLE, Label.AIRCRAFT_RECORD)),
    ("What both name", (*ENTITIES, Label.IDENTIFIER)),
    ("The work itself", (Label.JUDGEMENT, Label.GRADE, Label.ANNOTATION, Label.RUN, Label.META)),
)


def model() -> str:
    """The whole text of docs/model.md."""
    lines = [_INTRODUCTION]
    for title, labels in _PARTS:
        edges = [edge for edge in EDGES if edge.starts[0] in labels]
        lines += [f"## {title}", "", *_drawn(edges), *_listed(edges)]
        for label in labels:
            lines += _node(NODES[label])
    return "\n".join(lines)


def _drawn(edges: list[Edge]) -> Iterator[str]:
    if not edges:
        return
    types: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        for start in _ends(edge.starts):
            for end in _ends(edge.ends):
                types.setdefault((start, end), []).append(edge.type)
    yield from ("```mermaid", "flowchart LR")
    for (start, end), names in types.items():
        yield f"    {start} -->|{'<br>'.join(names)}| {end}"
    yield from ("```", "")


def _ends(labels: tuple[Label, ...]) -> Iterable[str]:
    """One box for all entities, else a box for each label."""
    return ("Entity",) if labels == ENTITIES else labels


def _listed(edges: list[Edge]) -> Iterator[str]:
    if not edges:
        return
    yield from ("| relationship | properties |", "|---|---|")
    for edge in edges:
        start, end = ("\\|".join(_ends(labels)) for labels in (edge.starts, edge.ends))
        properties = ", ".join(f"`{prop.name}`" for prop in edge.properties)
        yield f"| `(:{start})-[:{edge.type}]->(:{end})` | {properties} |"
    yield ""
    meanings = {prop.name: prop for edge in edges for prop in edge.properties}
    yield from _properties(meanings.values())


def _node(node: Node) -> Iterator[str]:
    second = f", also `{node.marker}`" if node.marker else ""
    life = {Life.OWNED: "owned", Life.SHARED: "shared", Life.RECORD: "record"}[node.life]
    yield from (f"### {node.label}", "", f"{node.what} *{life}*{second}", "")
    yield from _properties(node.properties)


def _properties(properties: Iterable[Property]) -> Iterator[str]:
    rows = [f"| `{prop.name}` | {prop.value} | {prop.what}{_marks(prop)} |" for prop in properties]
    if rows:
        yield from ("| property | value | meaning |", "|---|---|---|", *rows, "")


def _marks(prop: Property) -> str:
    marks = [word for word, there in (("indexed", prop.indexed), ("recorded", prop.recorded)) if there]
    return f" *{', '.join(marks)}*" if marks else ""
