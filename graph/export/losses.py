"""What an export holds, and what it does not: counted while it is written, and kept beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tailgraph.graph.export.contents import GraphEdge, GraphNode


@dataclass(slots=True)
class Losses:
    """Counts of what was written, left out, and carried in another form.

    A key of `lost` and `changed` is what it is about ("Track", "Track.points", "REFERS_TO.start") and why.
    """

    nodes: Counter[str] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lose(self, what: str, why: str, count: int = 1) -> None:
        self.lost[what, why] += count

    def change(self, what: str, why: str, count: int = 1) -> None:
        self.changed[what, why] += count

    def lose_but(self, thing: GraphNode | GraphEdge, carried: Collection[str], why: str) -> None:
        """Count every property of a node or an edge that is there and not among the `carried` ones."""
        kind = thing.label if isinstance(thing, GraphNode) else thing.type
        for name, value in thing.properties.items():
            if name not in carried and value is not None and value != []:
                self.lose(f"{kind}.{name}", why)

    def as_json(self, form: str) -> dict[str, Any]:
        return {"format": form, "nodes": _sorted(self.nodes), "edges": _sorted(self.edges),
                "lost": _listed(self.lost), "changed": _listed(self.changed)}


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _listed(counts: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [{"what": what, "why": why, "count": count} for (what, why), count in sorted(counts.items())]
