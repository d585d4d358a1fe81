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

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import DTypeLike

from tailgraph.errors import InputRefused
from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN, NEW_LEG, STALE, Column, Label, build
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import MAX_JSON_BYTES, Content
from tailgraph.flights.readers.reading import Reading, Refusals
from tailgraph.graph import keys

FORMAT = "readsb trace"
_ABSURD = 1e6
_TRACE = re.compile(rb'"trace"\s*:\s*\[')


class _Detail(msgspec.Struct, gc=False):
    flight: str | None = None
    squawk: str | None = None


_Flags = Annotated[int, msgspec.Meta(ge=0, le=255)]


class _Row(msgspec.Struct, array_like=True, gc=False):
    """One well-formed row; named columns only, so that the decoder builds nothing that nobody reads."""

    seconds: float
    latitude: float
    longitude: float
    altitude: float | str | None
    speed: float | None
    track: float | None
    flags: _Flags
    rate: float | None
    detail: _Detail | None = None
    source: msgspec.Raw = msgspec.Raw(b"")
    geometric: float | None = None


class _Trace(msgspec.Struct, gc=False):
    trace: list[_Row]
    timestamp: float
    icao: str | None = None
    r: str | None = None
    t: str | None = None
    ownOp: str | None = None


_callsign, _squawk = lru_cache(1024)(fields.callsign), lru_cache(1024)(fields.squawk)
_DECODER = msgspec.json.Decoder(_Trace)


def matches(content: Content) -> bool:
    return content.head.startswith(b"{") and _TRACE.search(content.data) is not None


def parse(content: Content) -> Reading:
    """Raises InputRefused without an address or a base time, or when no row can be used."""
    refusals = Refusals()
    trace, index, count = _decode(content, refusals)
    base = fields.instant(trace.timestamp)
    if base is None:
        raise InputRefused('"timestamp" is not a time in epoch seconds.', where=content.where)
    key = _address(trace, content)
    columns = _columns(trace.trace)
    columns["time"] += base
    good = _usable(columns, index, refusals)
    if not good.all():
        columns = {name: column[good] for name, column in columns.items()}
    label = Label(key, content.digest, fields.registration(trace.r), fields.type_designator(trace.t),
                  fields.name(trace.ownOp))
    positions = build((key,), (content.digest,), frozenset([label]), int(good.sum()), **columns)
    return content.reading(positions, count, refusals, FORMAT)


def _decode(content: Content, refusals: Refusals) -> tuple[_Trace, list[int] | None, int]:
    """The trace, the places of its rows in the file where some were left out, and the rows seen.

    Well-formed files, which nearly all are, are decoded straight into rows; the others are read as plain
    JSON and looked at value by value.
    """
    try:
        if len(content.data) <= MAX_JSON_BYTES:
            trace = _DECODER.decode(content.data)
            return trace, None, len(trace.trace)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    head = content.json
    given = head.get("trace") if isinstance(head, dict) else None
    if not isinstance(given, list):
        raise InputRefused('"trace" is not a list of rows.', where=content.where)
    kept = [(i, row) for i, cells in enumerate(given) if (row := _mend(cells, i, refusals)) is not None]
    names = {name: value if isinstance(value := head.get(name), str) else None for name in
             ("icao", "r", "t", "ownOp")}
    timestamp = fields.number(head.get("timestamp"))
    trace = _Trace([row for _, row in kept], -1.0 if timestamp is None else timestamp, **names)
    return trace, [i for i, _ in kept], len(given)


def _address(trace: _Trace, content: Content) -> str:
    key = (keys.icao24(trace.icao) if trace.icao else None) or content.aircraft
    if key is None:
        raise InputRefused('"icao" is not a 24-bit address.', where=content.where,
                           remedy="Name the aircraft with --aircraft.")
    return key


def _columns(rows: Sequence[_Row]) -> dict[str, Column]:
    altitude = np.array(_values(rows, "altitude"), object)
    grounded: Column = altitude == "ground"
    columns = {
        "time": _told(rows, "seconds"),
        "latitude": _told(rows, "latitude"),
        "longitude": _told(rows, "longitude"),
        "altitude_ft": _altitudes(altitude, rows, grounded),
        "ground_speed_kt": _array(_values(rows, "speed"), np.float32),
        "track_deg": _array(_values(rows, "track"), np.float32),
        "vertical_rate_fpm": _array(_values(rows, "rate"), np.float32),
        "flags": _told(rows, "flags", np.uint8) & (STALE | NEW_LEG),
    }
    unknown = np.isnan(columns["altitude_ft"]) & np.isnan(columns["ground_speed_kt"])
    columns["ground"] = np.where(grounded, GROUND, np.where(unknown, GROUND_UNKNOWN, AIR)).astype(np.int8)
    columns["callsign"], columns["squawk"] = _details(rows)
    return columns


def _told(rows: Sequence[_Row], name: str, dtype: DTypeLike = np.float64) -> Column:
    """A column of which every row has a value."""
    return np.fromiter(map(attrgetter(name), rows), dtype, len(rows))


def _values(rows: Sequence[_Row], name: str) -> list[Any]:
    return list(map(attrgetter(name), rows))


def _array(values: list[Any] | Column, dtype: DTypeLike) -> Column:
    with np.errstate(over="ignore"):
        column = np.array(values, dtype)
    if dtype is np.float32:
        column[np.abs(column) > _ABSURD] = np.nan
    return column


def _altitudes(altitude: Column, rows: Sequence[_Row], grounded: Column) -> Column:
    """Barometric where sent, else geometric; NaN on the ground."""
    altitude[grounded] = None
    try:
        feet = _array(altitude, np.float32)
    except ValueError:  # a word other than "ground"
        feet = _array([None if isinstance(value, str) else value for value in altitude], np.float32)
    missing = np.isnan(feet) & ~grounded
    for row in np.flatnonzero(missing).tolist():
        geometric = rows[row].geometric
        feet[row] = np.nan if geometric is None or abs(geometric) > _ABSURD else geometric
    return feet


def _details(rows: Sequence[_Row]) -> tuple[Column, Column]:
    callsigns, squawks = np.zeros(len(rows), "S8"), np.full(len(rows), -1, np.int16)
    for i, detail in enumerate(_values(rows, "detail")):
        if detail is not None:
            callsigns[i] = _callsign(detail.flight)
            squawks[i] = _squawk(detail.squawk)
    return callsigns, squawks


def _mend(cells: Any, index: int, refusals: Refusals) -> _Row | None:
    """A row with every value of its own kind, or None if time or place is missing."""
    if not isinstance(cells, list) or len(cells) < 4:
        refusals.add(f"trace[{index}]", "is not a row of at least four values")
        return None
    cells = cells[:11] + [None] * (11 - len(cells))
    seconds, latitude, longitude = (fields.number(value) for value in cells[:3])
    if seconds is None or latitude is None or longitude is None:
        refusals.add(f"trace[{index}]", "has no time or no position")
        return None
    altitude = "ground" if cells[3] == "ground" else _small(cells[3])
    flags = cells[6] if isinstance(cells[6], int) and 0 <= cells[6] < 256 else 0
    more = cells[8] if isinstance(cells[8], dict) else {}
    detail = _Detail(*(value if isinstance(value := more.get(name), str) else None
                       for name in ("flight", "squawk")))
    return _Row(seconds, latitude, longitude, altitude, _small(cells[4]), _small(cells[5]), flags,
                _small(cells[7]), detail, msgspec.Raw(b""), _small(cells[10]))


def _small(value: Any) -> float | None:
    result = fields.number(value)
    return result if result is not None and abs(result) <= _ABSURD else None


def _usable(columns: dict[str, Column], index: list[int] | None, refusals: Refusals) -> Column:
    time, latitude, longitude = columns["time"], columns["latitude"], columns["longitude"]
    timely = (time >= fields.EARLIEST_S) & (time <= fields.LATEST_S)
    placed = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180) & ((latitude != 0) | (longitude != 0))
    good: Column = timely & placed
    for row in np.flatnonzero(~good).tolist():
        where = f"trace[{row if index is None else index[row]}]"
        refusals.add(where, "is no place on Earth" if timely[row] else "has no possible time")
    return good
