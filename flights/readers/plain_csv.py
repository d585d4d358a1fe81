"""Tailgraph CSV: the plain form for anything that has no reader of its own.

Schema: UTF-8, comma-separated, a header line with `time`, `latitude`, `longitude` and any of `icao24`,
`altitude_ft`, `on_ground` (true/false/1/0), `ground_speed_kt`, `track_deg`, `vertical_rate_fpm`,
`callsign`, `squawk`, `registration`, `type`, in any order; other columns are left alone. `time` is ISO 8601
with a zone, or epoch seconds. Empty fields are "not sent". Rows need `icao24` or `registration`, or
--aircraft for the file. One line is one row: a quoted field may hold commas, not line ends.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tailgraph.errors import InputRefused
from tailgraph.flights.positions import GROUND_UNKNOWN, Label, build
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.reading import Reading, Refusals
from tailgraph.graph import keys

FORMAT = "Tailgraph CSV"
_NEEDED = {"time", "latitude", "longitude"}
_NUMBERS = ("altitude_ft", "ground_speed_kt", "track_deg", "vertical_rate_fpm")
_MAX_LINE = 10_000


def matches(content: Content) -> bool:
    return set(_header(content.first_line)) >= _NEEDED


def _header(line: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in line.split(",")]


@dataclass(slots=True)
class _Rows:
    """Columns while they grow, one list each."""

    refusals: Refusals
    aircraft: dict[str, int] = field(default_factory=dict)
    labels: set[tuple[str, str, str]] = field(default_factory=set)
    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in (
        "code", "time", "latitude", "longitude", "ground", "callsign", "squawk", *_NUMBERS)})


def parse(content: Content) -> Reading:
    """Raises InputRefused when the header names no aircraft and none was given, or no row can be used."""
    header, lines = _header(content.lines[0].strip()), content.lines
    if not {"icao24", "registration"} & set(header) and content.aircraft is None:
        raise InputRefused("No column names the aircraft.", where=content.where,
                           remedy="Add icao24 or registration, or name it with --aircraft.")
    rows, count = _Rows(Refusals()), 0
    for number, cells in _cells(lines, rows.refusals):
        count += 1
        if cells is not None:
            _add(rows, dict(zip(header, cells, strict=False)), f"line {number}", content.aircraft)
    labels = frozenset(Label(key, content.digest, mark, kind) for key, mark, kind in rows.labels)
    positions = build(tuple(rows.aircraft), (content.digest,), labels, len(rows.columns["time"]),
                      **{name: _array(name, values) for name, values in rows.columns.items()})
    return content.reading(positions, count, rows.refusals, FORMAT)


def _cells(lines: list[str], refusals: Refusals) -> Iterator[tuple[int, list[str] | None]]:
    """Each data line's number (the header is 1) and fields, or None where it cannot be split."""
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        if len(line) > _MAX_LINE:
            refusals.add(f"line {number}", f"is longer than {_MAX_LINE} characters")
            yield number, None
        elif '"' in line:
            yield number, next(csv.reader([line]), [])
        else:
            yield number, line.split(",")


def _add(rows: _Rows, cells: dict[str, str], where: str, aircraft: str | None) -> None:
    time = fields.instant(cells["time"].strip()) if cells.get("time") else None
    latitude, longitude = fields.number(cells.get("latitude")), fields.number(cells.get("longitude"))
    key = _key(cells, aircraft)
    if time is None:
        rows.refusals.add(where, "time is neither ISO 8601 with a zone nor epoch seconds")
    elif not fields.position(latitude, longitude):
        rows.refusals.add(where, "latitude and longitude are no place on Earth")
    elif key is None:
        rows.refusals.add(where, "names no aircraft")
    else:
        columns = rows.columns
        columns["code"].append(rows.aircraft.setdefault(key, len(rows.aircraft)))
        columns["time"].append(time)
        columns["latitude"].append(latitude)
        columns["longitude"].append(longitude)
        _add_optional(rows, cells, where)
        rows.labels.add((key, fields.registration(cells.get("registration")),
                         fields.type_designator(cells.get("type"))))


def _key(cells: dict[str, str], aircraft: str | None) -> str | None:
    written = cells.get("icao24", "").strip()
    if written:
        return keys.icao24(written)
    mark = fields.registration(cells.get("registration"))
    return f"reg:{mark}" if mark else aircraft


def _add_optional(rows: _Rows, cells: dict[str, str], where: str) -> None:
    """Values that a row can do without: a bad one is left out and reported, the row stays."""
    columns, refusals = rows.columns, rows.refusals
    for name in _NUMBERS:
        text = cells.get(name, "").strip()
        value = fields.number(text) if text else None
        if text and (value is None or abs(value) > 1e6):
            refusals.add(f"{where}, {name}", "is not a number that can be")
            value = None
        columns[name].append(value)
    text = cells.get("on_ground", "").strip()
    ground = fields.on_ground(text) if text else GROUND_UNKNOWN
    if ground is None:
        refusals.add(f"{where}, on_ground", "is neither true nor false")
    columns["ground"].append(GROUND_UNKNOWN if ground is None else ground)
    columns["callsign"].append(fields.callsign(cells.get("callsign")))
    columns["squawk"].append(fields.squawk(cells.get("squawk")))


def _array(name: str, values: list[Any]) -> Any:
    if name == "callsign":
        return np.array(values, "S8")
    return np.array(values, {"code": "i4", "ground": "i1", "squawk": "i2"}.get(name, "f8"))
