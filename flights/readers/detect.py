"""Which reader a file needs, found by looking inside it; names and endings are not trusted."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from tailgraph.errors import InputRefused, UsageError
from tailgraph.flights.readers import (
    basestation,
    csv_table,
    gpx,
    json_table,
    kml,
    opensky_json,
    parquet,
    snapshots,
    trace,
)
from tailgraph.flights.readers.content import Content, load
from tailgraph.flights.readers.fields import aircraft_key
from tailgraph.flights.readers.reading import Reading

# Each has FORMAT, matches(content) and parse(content); the first that matches reads the file.
READERS: tuple[ModuleType, ...] = (parquet, trace, snapshots, opensky_json, json_table, kml,
                                      gpx, basestation, csv_table)


def read_file(path: Path, aircraft: str | None = None) -> Reading:
    """One file; `aircraft` as the user wrote it. Raises InputRefused, or UsageError on a bad `aircraft`."""
    return read_content(load(path, known_aircraft(aircraft)))


def known_aircraft(written: str | None) -> str | None:
    """The key of the aircraft that the user named. Raises UsageError when it is no designator."""
    if written is None:
        return None
    key = aircraft_key(written)
    if key is None:
        raise UsageError(f"{written!r} is neither a 24-bit address nor a registration.",
                         remedy="Write six hex digits or a mark such as RA-82030.")
    return key


def read_content(content: Content) -> Reading:
    """Raises InputRefused when no reader knows the content or nothing of it can be used."""
    if not content.data or content.data.isspace():
        raise InputRefused("The file is empty.", where=content.where)
    for reader in READERS:
        if reader.matches(content):
            reading: Reading = reader.parse(content)
            return reading
    raise InputRefused("The format is not known.", where=content.where,
                       remedy="docs/flights.md lists the formats; Tailgraph CSV takes anything.")
