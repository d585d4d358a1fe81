"""A claim as words, for forms that have none: it says first that it is one, who says it and who denies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tailgraph.graph.export.contents import GraphEdge, GraphNode
from tailgraph.graph.export.texts import plain
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import ENTITIES, Label, Type
from tailgraph.graph.store import Store

ROLES = {
    Type.ACCUSES: "accused", Type.CONCERNS: "weapons", Type.SUPPLIED_BY: "supplier",
    Type.RECEIVED_BY: "recipient", Type.USED_AGAINST: "target", Type.CARRIED_BY: "carrier",
    Type.OF_AIRCRAFT: "aircraft", Type.OF_TYPE: "type", Type.FLOWN_BY: "operator", Type.OF_STATE: "state",
    Type.FROM: "from", Type.TO: "to"}
_NAMES = """
UNWIND $ids AS id MATCH (e:Entity {id: id})
RETURN labels(e) AS labels, id, coalesce(e.name, e.id) AS name
"""

_LEARNED = " (by a model)"
"""Behind a name that no rule gave its part; as `tailgraph extract --explain` shows it."""


@dataclass(slots=True)
class Names:
    """What entities are called, looked up for one claim at a time."""

    store: Store
    _known: dict[Ref, str] = field(default_factory=dict)

    def of(self, refs: Iterable[Ref]) -> Mapping[Ref, str]:
        wanted = set(refs)
        if missing := sorted({id_ for label, id_ in wanted if (label, id_) not in self._known}):
            if len(self._known) > 50_000:
                self._known.clear()
            for row in self.store.read(_NAMES, {"ids": missing}):
                for label in row["labels"]:
                    if label in ENTITIES:
                        self._known[Label(label), row["id"]] = row["name"]
        return {ref: self._known.get(ref, ref[1]) for ref in wanted}


@dataclass(frozen=True, slots=True)
class Telling:
    """`heading` can stand alone; `about` are the entities that it is about, without who says or denies it."""

    heading: str
    sentence: str
    said_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    about: tuple[Ref, ...]


def telling(node: GraphNode, edges: Iterable[GraphEdge], names: Names) -> Telling:
    edges = list(edges)
    slots = [edge for edge in edges if edge.type in (*ROLES, Type.MADE_BY, Type.DENIED_BY)]
    called = names.of(edge.end for edge in slots)

    def fillers(type_: Type) -> tuple[str, ...]:
        return tuple(dict.fromkeys(called[edge.end] + (_LEARNED if edge.properties.get("learned") else "")
                                   for edge in slots if edge.type is type_))

    said_by, denied_by = fillers(Type.MADE_BY), fillers(Type.DENIED_BY)
    parts = [_kind(node, said_by, denied_by), *_values(node)]
    for type_, role in ROLES.items():
        is_open = any(edge.properties.get("ambiguous") for edge in slots if edge.type is type_)
        if filled := fillers(type_):
            parts.append(f"{role}: {(' or ' if is_open else ', ').join(filled)}"
                         + (" (left open which)" if is_open else ""))
    parts += [f"tracks: {edge.properties.get('verdict')} (flight {edge.end[1]})" for edge in edges
              if edge.type is Type.TESTED_AGAINST and edge.properties.get("rank") == 1]
    parts += [f"repeats claim {edge.end[1]} of an earlier report ({edge.properties.get('method')})"
              for edge in edges if edge.type is Type.REPEATS]
    about = tuple(dict.fromkeys(edge.end for edge in slots if edge.type in ROLES))
    return Telling("; ".join(parts), str(node.properties.get("sentence") or ""), said_by, denied_by, about)


def _kind(node: GraphNode, said_by: tuple[str, ...], denied_by: tuple[str, ...]) -> str:
    kind = "Allegation" if node.label is Label.ALLEGATION else "Reported flight"
    said = f"said by {', '.join(said_by)}" if said_by else "told in the report"
    denied = f", denied by {', '.join(denied_by)}" if denied_by else ""
    unreal = ", said not to have taken place" if node.properties.get("happened") is False else ""
    return f"{kind}: a claim, not a fact; {said}{denied}{unreal}"


def _values(node: GraphNode) -> Iterable[str]:
    for name in ("action", "status", "night", "hours", "count"):
        if (value := node.properties.get(name)) is not None:
            yield f"{name}: {plain(value)}"
    days = [node.properties.get(name) for name in ("event_from", "event_to")]
    if any(days):
        yield f"when: {days[0] or '…'} to {days[1] or '…'}"
