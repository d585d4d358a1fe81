"""JSON lists of objects: any dialect in `dialects`, as data frames are exported (records).

OpenSky's `flights` lists are refused: they hold no positions, but what OpenSky makes of positions of its own.
"""

from __future__ import annotations

from typing import Any

from tailgraph.errors import InputRefused
from tailgraph.flights.readers import dialects, tables
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.reading import Reading

FORMAT = "JSON table"


def matches(content: Content) -> bool:
    return content.head.startswith(b"[") and isinstance(content.json, list)


def parse(content: Content) -> Reading:
    """Raises InputRefused when the objects are of no known dialect, or no row can be used."""
    first = next((row for row in content.json if isinstance(row, dict)), {})
    header = [name.lower() for name in first]
    dialect = dialects.find(header)
    if {"firstseen", "lastseen", "estdepartureairport"} <= set(header):
        raise InputRefused("This list of OpenSky flights holds estimates, but no positions.",
                           where=content.where, remedy="Fetch /tracks/all with the icao24 and, as time, the "
                           "firstSeen of each, and give those files; or state vectors of these hours.")
    if dialect is None:
        raise InputRefused("The objects have no known columns.", where=content.where,
                           remedy="docs/flights.md lists the tables that are known.")
    records = ((f"[{i}]", _lower(row)) for i, row in enumerate(content.json))
    return tables.read(dialect, header, records, content)


def _lower(row: Any) -> dict[str, Any] | None:
    return {name.lower(): value for name, value in row.items()} if isinstance(row, dict) else None
