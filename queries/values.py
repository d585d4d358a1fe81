"""Neo4j's values as JSON can hold them."""

from __future__ import annotations

import math
import re
from typing import Any

from neo4j import time as instants
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point

_ZEROS = re.compile(r"(\.\d*[1-9])0+(?!\d)|\.0+(?!\d)")


def plain(value: Any) -> Any:
    """`value` made of None, bool, int, float, str, list and dict only.

    Nodes become {id, labels, properties}, relationships {type, start, end, properties} by the nodes' own ids,
    paths {nodes, relationships}, instants ISO 8601 text, bytes {bytes: how many}.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case bytes() | bytearray():
            return {"bytes": len(value)}
        case Node():
            return {"id": value.get("id"), "labels": sorted(value.labels), "properties": _properties(value)}
        case Relationship():
            return {"type": value.type, "start": _id(value.start_node), "end": _id(value.end_node),
                    "properties": _properties(value)}
        case Path():
            return {"nodes": [plain(node) for node in value.nodes],
                    "relationships": [plain(edge) for edge in value.relationships]}
        case Point():
            return {"srid": value.srid, "coordinates": list(value)}
        case instants.Duration():
            return _instant(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return _instant(value)


def _instant(value: Any) -> str:
    """ISO 8601 without zeros at the end of its fraction; UTC as Z."""
    if isinstance(value, instants.Date | instants.DateTime | instants.Time | instants.Duration):
        return _ZEROS.sub(lambda found: found[1] or "", value.iso_format()).replace("+00:00", "Z")
    return str(value)


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {key: plain(value) for key, value in sorted(entity.items())}


def _id(node: Node | None) -> Any:
    return node.get("id") if node is not None else None
