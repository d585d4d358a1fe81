"""The shortest ways from one entity to another, with what every step rests on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import networkx as nx

from tailgraph.errors import UsageError
from tailgraph.graph.analysis.neighbourhood import Bounds, Neighbourhood, strongest
from tailgraph.graph.analysis.steps import Node, Step, backing
from tailgraph.graph.analysis.views import VIEWS, Standing
from tailgraph.graph.evidence.sources import native
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store
from tailgraph.wording import many

_NAME = "MATCH (n:Entity {id: $id}) WHERE $kind IN labels(n) RETURN n.name AS name"


class Path(Record):
    """`standing` is that of its weakest step: one claim on the way makes the whole a claim."""

    standing: Standing
    steps: tuple[Step, ...]


class Paths(Record):
    """`notes` say where the search was bounded, so that an absent path is not taken for a proof of none."""

    start: Node
    end: Node
    views: dict[str, str]
    """What an edge means in each view that was searched."""
    max_length: int
    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def find(store: Store, start: Ref, end: Ref, bounds: Bounds, *, most: int = 3, max_length: int = 4,
         evidence: int = 3) -> Paths:
    """At most `most` paths of at most `max_length` steps, shortest first; of equal ones those with more
    facts. Of each step at most `evidence` items a view are listed, all are counted.

    Raises UsageError where both ends are the same.
    """
    if start == end:
        raise UsageError(f"Both ends are {start[0]} {start[1]}.", remedy="Name two different entities.")
    near = Neighbourhood(store, start, end, bounds)
    found: list[list[Ref]] = []
    while near.reach < max_length and len(found) < most and near.grow():
        found = list(_shortest(near, most))
    ends = [Node(kind=ref[0], id=ref[1], name=_name(store, ref)) for ref in (start, end)]
    near.network.nodes[start]["name"], near.network.nodes[end]["name"] = ends[0].name, ends[1].name
    return Paths(start=ends[0], end=ends[1], views={name: VIEWS[name].what for name in bounds.views},
                 max_length=max_length, paths=tuple(_path(store, near, refs, evidence) for refs in found),
                 notes=tuple(_notes(near)))


def _shortest(near: Neighbourhood, most: int) -> Iterator[list[Ref]]:
    """The shortest paths that are certain at this reach: longer ones may yet have rivals."""
    try:
        for number, refs in enumerate(nx.shortest_simple_paths(near.network, near.start, near.end, "weight")):
            if number == most or len(refs) - 1 > near.reach:
                return
            yield refs
    except nx.NetworkXNoPath:
        return


def _path(store: Store, near: Neighbourhood, refs: list[Ref], evidence: int) -> Path:
    steps = tuple(_step(store, near, first, second, evidence) for first, second in pairwise(refs))
    return Path(steps=steps, standing=max((step.standing for step in steps), key=list(Standing).index))


def _step(store: Store, near: Neighbourhood, first: Ref, second: Ref, evidence: int) -> Step:
    counts = near.network.edges[first, second]["counts"]
    return Step(start=_node(near, first), end=_node(near, second), standing=strongest(counts),
                counts=dict(sorted(counts.items())), **backing(store, first, second, counts, evidence))


def _node(near: Neighbourhood, ref: Ref) -> Node:
    return Node(kind=ref[0], id=ref[1], name=near.network.nodes[ref].get("name"))


def _name(store: Store, ref: Ref) -> str | None:
    found = store.read(_NAME, {"kind": ref[0].value, "id": ref[1]})
    return native(found[0]["name"]) if found else None


def _notes(near: Neighbourhood) -> Iterator[str]:
    left_out = sorted(near.hubs, key=lambda ref: (-near.hubs[ref], ref))
    if left_out:
        named = ", ".join(f"{kind} {id_} ({near.hubs[kind, id_]:,})" for kind, id_ in left_out[:5])
        more = f" and {len(left_out) - 5} more" if len(left_out) > 5 else ""
        yield (f"Not led through, for having more than {many(near.bounds.hub, 'relationship')}: "
               f"{named}{more} (--hub).")
    if near.cut:
        named = ", ".join(f"{kind} {id_}" for kind, id_ in sorted(near.cut)[:5])
        yield f"Only the most connected neighbours were read of: {named}. There may be more paths."
    if near.is_full:
        yield (f"The search stopped after {many(near.network.number_of_nodes(), 'entity', 'entities')}, with "
               f"every path of {many(near.reach, 'step')} seen. Narrow it with --facts-only, --without or "
               "--hub.")
