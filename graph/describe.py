"""What a shared node's id alone says of it, with the reference tables: its name and fixed attributes, and the
edges to other shared nodes that follow.

Nothing here looks at a report or a track, so that an entity is the same whoever names it first, and a graph
does not depend on the order of ingest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from tailgraph.graph.model import Method
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import SHARED, Label, Type

UNKNOWN_COUNTRY = "--"
_HEX_ADDRESS = re.compile(r"(?=.*[a-f])[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge that a table or a rule says, with the days between which it holds where they are known."""

    type: Type
    end: Ref
    source: str
    method: Method | None = None
    since: date | None = None
    until: date | None = None

    @property
    def dated(self) -> bool:
        return self.method is not None


@dataclass(frozen=True, slots=True)
class Description:
    properties: dict[str, Any]
    statements: tuple[Statement, ...] = field(default=())


def add_shared(rows: Rows) -> None:
    """Add every shared node that an edge of `rows` touches, and what follows from them."""
    pending = sorted({ref for ref in rows.ends() if ref[0] in SHARED and not rows.has(ref)})
    while pending:
        found: set[Ref] = set()
        for ref in pending:
            found.update(_add(rows, ref))
        pending = sorted(ref for ref in found if not rows.has(ref))


def _add(rows: Rows, ref: Ref) -> Iterable[Ref]:
    description = describe(*ref)
    node = rows.node(*ref, **description.properties)
    for statement in description.statements:
        rows.edge(statement.type, node, statement.end, **statement_values(statement))
    return [statement.end for statement in description.statements]


def statement_values(statement: Statement, address: str | None = None) -> dict[str, Any]:
    """The properties of a statement's edge."""
    if not statement.dated:
        return {"source": statement.source}
    days = [day.isoformat() if day else "" for day in (statement.since, statement.until)]
    key = " ".join(filter(None, [statement.source, address, "..".join(days)]))
    return {"key": key, "source": statement.source,
            "method": statement.method, "from": statement.since, "to": statement.until, "address": address}


@cache
def describe(label: Label, id_: str) -> Description:
    """Properties of the shared node `id_` (all but the id), and the statements that start at it."""
    return _DESCRIBE.get(label, _by_name)(id_)


def _by_name(id_: str) -> Description:
    return Description({"name": id_})


def _publisher(id_: str) -> Description:
    return Description({"name": id_, "reliability": "F"})


def _place(id_: str) -> Description:
    country, _, name = id_.partition("/")
    if not name or country == UNKNOWN_COUNTRY:
        return Description({"name": name or id_})
    return Description({"name": name}, (Statement(Type.IN_COUNTRY, (Label.COUNTRY, country), "place"),))


def _weapon(id_: str) -> Description:
    weapon_class, _, model = id_.partition("/")
    return Description({"name": model or weapon_class.replace("-", " "), "weapon_class": weapon_class,
                        "model": model or None})


def _aircraft(id_: str) -> Description:
    # Six digits alone may be a serial as well as an address: nothing is said of them.
    if not _HEX_ADDRESS.fullmatch(id_):
        return Description({"name": id_})
    address = Statement(Type.IDENTIFIED_BY, (Label.IDENTIFIER, f"icao24:{id_}"), "address", Method.REPORTED)
    return Description({"name": id_}, (address,))


def _identifier(id_: str) -> Description:
    scheme, _, value = id_.partition(":")
    return Description({"scheme": scheme, "value": value})


_DESCRIBE = {
    Label.PUBLISHER: _publisher, Label.PLACE: _place, Label.WEAPON: _weapon, Label.AIRCRAFT: _aircraft,
    Label.IDENTIFIER: _identifier,
}
