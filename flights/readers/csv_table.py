"""CSV files of any dialect in `dialects`: UTF-8, comma-separated, a header line, one row a line.

A quoted field may hold commas, not line ends, so that a stray quote costs its own line only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from tailgraph.errors import InputRefused
from tailgraph.flights.readers import dialects, tables
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.reading import Reading

FORMAT = "CSV"
_MAX_LINE = 10_000


def matches(content: Content) -> bool:
    return dialects.find(_split(content.first_line)) is not None


def parse(content: Content) -> Reading:
    """Raises InputRefused when the header names no aircraft and none was given, or no row can be used."""
    header = [name.strip().lower() for name in _split(content.lines[_header_line(content)])]
    dialect = dialects.find(header)
    if dialect is None:
        raise InputRefused("The header line names no known columns.", where=content.where)
    if not (dialect.anonymous or content.aircraft or {dialect.icao24, dialect.registration} & set(header)):
        raise InputRefused("No column names the aircraft.", where=content.where,
                           remedy="Add icao24 or registration, or name it with --aircraft.")
    return tables.read(dialect, header, _records(content, header), content)


def _header_line(content: Content) -> int:
    return next(number for number, line in enumerate(content.lines) if line.strip())


def _split(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _records(content: Content, header: list[str]) -> Iterator[tuple[str, dict[str, str] | None]]:
    """Each data line's place and fields, or None where it cannot be split."""
    start = _header_line(content) + 1
    for number, line in enumerate(content.lines[start:], start + 1):
        if not line.strip():
            continue
        if len(line) > _MAX_LINE:
            yield f"line {number}", None
            continue
        cells = _split(line) if '"' in line else line.split(",")
        yield f"line {number}", dict(zip(header, cells, strict=False))
