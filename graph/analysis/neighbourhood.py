"""The part of the graph between two entities, read step by step from both sides: never the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import networkx as nx

from tailgraph.graph.analysis.views import VIEWS, Standing
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.graph.store import Row, Store

SHARED_BY_MANY = (Label.COUNTRY, Label.AIRCRAFT_TYPE, Label.WEAPON)
"""Kinds through which nearly everything is connected: by default a path may end at one, not lead through."""
HUB = 1_000
MOST_NEIGHBOURS = 5_000
"""Of one entity in one view; beyond it those with most behind them are read, and the answer says so."""
MOST_NODES = 20_000
_DEARER = {Standing.FACT: 0.0, Standing.JUDGEMENT: 0.01, Standing.CLAIM: 0.02, Standing.MENTION: 0.05}
MAX_LENGTH = 8
"""With more steps the small costs below could outweigh a whole step."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Through what a path may lead. `hub`: not through an entity with more relationships than this."""

    views: tuple[str, ...]
    through: tuple[Label, ...] = tuple(kind for kind in ENTITIES if kind not in SHARED_BY_MANY)
    hub: int = HUB


@dataclass(slots=True)
class _Side:
    """What has been reached from one of the two: `frontier` was reached last and not looked at yet."""

    frontier: dict[Ref, int]
    seen: set[Ref]


@dataclass(slots=True)
class Neighbourhood:
    """A growing network of entities. Each edge has `counts`, how much stands behind it in each view.

    `reach` is the number of steps up to which every path within the bounds is in `network`, unless `notes`
    says otherwise.
    """

    store: Store
    start: Ref
    end: Ref
    bounds: Bounds
    network: nx.Graph = field(default_factory=nx.Graph)
    reach: int = 0
    hubs: dict[Ref, int] = field(default_factory=dict)
    cut: set[Ref] = field(default_factory=set)
    is_full: bool = False
    _sides: tuple[_Side, _Side] = field(init=False)

    def __post_init__(self) -> None:
        self._sides = (_Side({self.start: 0}, {self.start}), _Side({self.end: 0}, {self.end}))
        self.network.add_nodes_from((self.start, self.end))

    def grow(self) -> bool:
        """Look one step further, from the side where that is less work. False: there is nothing further."""
        open_sides = [side for side in self._sides if side.frontier]
        if len(open_sides) < len(self._sides) or self.is_full:
            return False
        side = min(open_sides, key=lambda one: sum(self._work(ref, one) for ref in one.frontier))
        reached: dict[Ref, int] = {}
        for row, view in self._around(sorted(side.frontier)):
            ref = self._joined(row, view)
            if ref and ref not in side.seen:
                reached[ref] = row["degree"]
        side.seen.update(reached)
        ends = {self.start, self.end}
        side.frontier = {ref: degree for ref, degree in reached.items() if ref not in ends}
        self.is_full = self.network.number_of_nodes() > MOST_NODES
        self.reach += 1
        return True

    def _work(self, ref: Ref, side: _Side) -> int:
        return side.frontier[ref] or self._degree(ref)

    def _degree(self, ref: Ref) -> int:
        found = self.store.read(_DEGREE, {"kind": ref[0].value, "id": ref[1]})
        return int(found[0]["degree"]) if found else 0

    def _around(self, refs: Sequence[Ref]) -> list[tuple[Row, str]]:
        asked = {"refs": [{"kind": kind.value, "id": id_} for kind, id_ in refs],
                 "kinds": [kind.value for kind in self.bounds.through],
                 "ends": [self.start[1], self.end[1]], "most": MOST_NEIGHBOURS}
        found: list[tuple[Row, str]] = []
        for name in self.bounds.views:
            rows = self.store.read(VIEWS[name].around, {**asked, **VIEWS[name].parameters})
            rows.sort(key=lambda row: (row["from_kind"], row["from_id"], row["kind"], row["id"]))
            self._note_cut(rows)
            found += [(row, name) for row in rows]
        return found

    def _note_cut(self, rows: Sequence[Row]) -> None:
        per: dict[Ref, int] = {}
        for row in rows:
            ref = Label(row["from_kind"]), row["from_id"]
            per[ref] = per.get(ref, 0) + 1
        self.cut.update(ref for ref, count in per.items() if count >= MOST_NEIGHBOURS)

    def _joined(self, row: Row, view: str) -> Ref | None:
        """The neighbour, now in the network; None for one through which no path may lead."""
        ref: Ref = (Label(row["kind"]), row["id"])
        if ref not in (self.start, self.end):
            if ref[0] not in self.bounds.through:
                return None
            if row["degree"] > self.bounds.hub:
                self.hubs[ref] = row["degree"]
                return None
        self.network.add_node(ref, name=row["name"], degree=row["degree"])
        near = Label(row["from_kind"]), row["from_id"]
        counts = self.network.get_edge_data(near, ref, {}).get("counts", {})
        counts[view] = row["count"]
        self.network.add_edge(near, ref, counts=counts, weight=_weight(counts, row["degree"]))
        return ref


_DEGREE = "MATCH (n:Entity {id: $id}) WHERE $kind IN labels(n) RETURN COUNT { (n)--() } AS degree"


def strongest(counts: dict[str, int]) -> Standing:
    """What may be made of an edge: the best of the views that have it."""
    return min((VIEWS[name].standing for name in counts), key=list(Standing).index)


def _weight(counts: dict[str, int], degree: int) -> float:
    """One step, and so much less than another step that it only decides between paths of equal length: facts
    before claims before mentions, seldom connected entities before much connected ones."""
    return 1 + _DEARER[strongest(counts)] + 0.005 * math.log10(1 + degree)
