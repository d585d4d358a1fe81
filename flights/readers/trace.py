"""readsb / tar1090 `trace_full` and `trace_recent`: one aircraft's UTC day (or last minutes) as JSON.

Schema (readsb, README-json.md): an object with `icao` (six hex digits, "~" first where the address is not
ICAO's), `timestamp` (epoch seconds), `trace` and optional `r` (registration), `t` (type designator),
`ownOp`. `trace` is a list of rows: 0 seconds after `timestamp`, 1 latitude, 2 longitude, 3 barometric
altitude in feet, "ground" or null, 4 ground speed in knots or null, 5 track in degrees or null, 6 flags (1:
no position in the 20 s before this one; 2: the receiver's guess at a new leg; 4, 8: rate, altitude are
geometric), 7 vertical rate in ft/min or null, 8 an object with more (`flight`, `squawk`, …) or null, 9
source, 10 geometric altitude, 11 geometric rate, 12 indicated airspeed, 13 roll. Older files stop after 8.
Served gzipped under a `.json` name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tailgraph.errors import InputRefused
from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN, NEW_LEG, STALE, Column, Label, build
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.reading import Reading, Refusals
from tailgraph.graph import keys

FORMAT = "readsb trace"
_WIDTH = 9

Row = Sequence[Any]


def matches(content: Content) -> bool:
    if not content.head.startswith(b"{") or b'"trace"' not in content.data:
        return False
    return isinstance(content.json, dict) and isinstance(content.json.get("trace"), list)


def parse(content: Content) -> Reading:
    """Raises InputRefused without an address or a base time, or when no row can be used."""
    head, refusals = content.json, Refusals()
    base = fields.instant(head.get("timestamp"))
    if base is None:
        raise InputRefused('"timestamp" is not a time in epoch seconds.', where=content.where)
    key = _address(head, content)
    rows: list[Row] = head["trace"]
    columns, index = _columns(rows, refusals)
    columns["time"] = columns["time"] + base
    good = _usable(columns, index, refusals)
    if not good.all():
        columns = {name: column[good] for name, column in columns.items()}
    label = Label(key, content.digest, fields.registration(head.get("r")),
                  fields.type_designator(head.get("t")), fields.name(head.get("ownOp")))
    positions = build((key,), (content.digest,), frozenset([label]), int(good.sum()), **columns)
    return content.reading(positions, len(rows), refusals, FORMAT)


def _address(head: dict[str, Any], content: Content) -> str:
    written = head.get("icao")
    key = (keys.icao24(written) if isinstance(written, str) else None) or content.aircraft
    if key is None:
        raise InputRefused('"icao" is not a 24-bit address.', where=content.where,
                           remedy="Name the aircraft with --aircraft.")
    return key


def _columns(rows: list[Row], refusals: Refusals) -> tuple[dict[str, Column], Column | None]:
    """Columns of all usable rows, and their places in `rows` where these are not simply 0, 1, 2 …

    Well-formed files, which nearly all are, go straight into numpy; only others are looked at row by row.
    """
    try:
        return _convert(rows), None
    except (TypeError, ValueError, OverflowError, IndexError):
        kept = [(i, row) for i, given in enumerate(rows) if (row := _mend(given, i, refusals)) is not None]
        return _convert([row for _, row in kept]), np.array([i for i, _ in kept], int)


def _convert(rows: Sequence[Row]) -> dict[str, Column]:
    if not rows:
        return {"time": np.empty(0), "latitude": np.empty(0), "longitude": np.empty(0)}
    time, latitude, longitude, altitude, speed, track, flags, rate, detail, *more = zip(*rows, strict=True)
    grounded = np.array([a == "ground" for a in altitude]) if "ground" in altitude else None
    columns = {
        "time": np.array(time, float),
        "latitude": np.array(latitude, float),
        "longitude": np.array(longitude, float),
        "altitude_ft": _altitudes(altitude, more[1] if len(more) > 1 else None, grounded),
        "ground_speed_kt": np.array(speed, np.float32),
        "track_deg": np.array(track, np.float32),
        "vertical_rate_fpm": np.array(rate, np.float32),
        "flags": (np.array(flags, np.int64) & (STALE | NEW_LEG)).astype(np.uint8),
    }
    unknown = np.isnan(columns["altitude_ft"]) & np.isnan(columns["ground_speed_kt"])
    columns["ground"] = np.where(unknown, GROUND_UNKNOWN, AIR).astype(np.int8)
    if grounded is not None:
        columns["ground"][grounded] = GROUND
    columns["callsign"], columns["squawk"] = _details(detail)
    return columns


def _altitudes(altitude: Row, geometric: Row | None, grounded: Column | None) -> Column:
    """Barometric where sent, else geometric; NaN on the ground."""
    if grounded is None:
        feet = np.array(altitude, np.float32)
    else:
        feet = np.array([None if a == "ground" else a for a in altitude], np.float32)
    missing = np.isnan(feet) if grounded is None else np.isnan(feet) & ~grounded
    if geometric is not None and missing.any():
        feet[missing] = np.array(geometric, np.float32)[missing]
    return feet


def _details(detail: Row) -> tuple[Column, Column]:
    callsigns, squawks = np.zeros(len(detail), "S8"), np.full(len(detail), -1, np.int16)
    for i, more in enumerate(detail):
        if more:
            if "flight" in more:
                callsigns[i] = fields.callsign(more["flight"])
            if "squawk" in more:
                squawks[i] = fields.squawk(more["squawk"])
    return callsigns, squawks


def _mend(row: Any, index: int, refusals: Refusals) -> Row | None:
    """The first columns of a row with every value of its own kind, or None if time or place is missing."""
    if not isinstance(row, list) or len(row) < 4:
        refusals.add(f"trace[{index}]", "is not a row of at least four values")
        return None
    row = row[:11] + [None] * (11 - len(row))
    time, latitude, longitude = (fields.number(value) for value in row[:3])
    if time is None or latitude is None or longitude is None:
        refusals.add(f"trace[{index}]", "has no time or no position")
        return None
    altitude = "ground" if row[3] == "ground" else _small(row[3])
    flags = row[6] if isinstance(row[6], int) and 0 <= row[6] < 256 else 0
    detail = row[8] if isinstance(row[8], dict) else None
    return [time, latitude, longitude, altitude, _small(row[4]), _small(row[5]), flags, _small(row[7]),
            detail, None, _small(row[10])]


def _small(value: Any) -> float | None:
    result = fields.number(value)
    return result if result is not None and abs(result) < 1e6 else None


def _usable(columns: dict[str, Column], index: Column | None, refusals: Refusals) -> Column:
    time, latitude, longitude = columns["time"], columns["latitude"], columns["longitude"]
    timely = (time >= fields.EARLIEST_S) & (time <= fields.LATEST_S)
    placed = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180) & ((latitude != 0) | (longitude != 0))
    good: Column = timely & placed
    for row in np.flatnonzero(~good).tolist():
        where = f"trace[{row if index is None else index[row]}]"
        refusals.add(where, "is no place on Earth" if timely[row] else "has no possible time")
    return good
