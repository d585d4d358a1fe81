"""Positions written down: as Tailgraph CSV, and as readsb `trace_full` files, one a UTC day and aircraft."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
import orjson

from tailgraph.flights.positions import GROUND, NO_SQUAWK, Label, Positions

HEADER = ("time", "icao24", "latitude", "longitude", "altitude_ft", "on_ground", "ground_speed_kt",
          "track_deg", "vertical_rate_fpm", "callsign", "squawk", "registration", "type")
_DAY_S = 86400.0


def write_csv(positions: Positions, out: IO[str]) -> None:
    """Tailgraph CSV of all rows in order of time; aircraft without an address have only a registration."""
    named = {label.aircraft: label for label in sorted(positions.labels, reverse=True)}
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADER)
    for i in np.argsort(positions.time, kind="stable").tolist():
        key = positions.aircraft[int(positions.code[i])]
        label = named.get(key, Label(key, ""))
        ground = int(positions.ground[i])
        rows.writerow([
            _iso(float(positions.time[i])), "" if ":" in key else key, f"{positions.latitude[i]:.6f}",
            f"{positions.longitude[i]:.6f}", _number(positions.altitude_ft[i], 0),
            {1: "true", 0: "false"}.get(ground, ""), _number(positions.ground_speed_kt[i], 1),
            _number(positions.track_deg[i], 1), _number(positions.vertical_rate_fpm[i], 0),
            positions.callsign[i].decode(), _squawk(int(positions.squawk[i])),
            label.registration or key.removeprefix("reg:") * key.startswith("reg:"), label.type_designator])


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _number(value: float, digits: int) -> str:
    return "" if np.isnan(value) else f"{value:.{digits}f}"


def _squawk(value: int) -> str:
    return "" if value == NO_SQUAWK else f"{value:04d}"


def write_traces(positions: Positions, folder: Path, *, zipped: bool = False) -> list[Path]:
    """`YYYY-MM-DD/trace_full_ADDRESS.json` below `folder`; aircraft without an address are left out.

    Returns the files written. `zipped` compresses them under the same name, as servers of traces do.
    """
    written = []
    for key, rows in positions.groups():
        if ":" in key:
            continue
        for day, part in _days(rows):
            path = folder / f"{datetime.fromtimestamp(day, UTC):%Y-%m-%d}" / f"trace_full_{key}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            data = orjson.dumps(_trace(key, day, part))
            path.write_bytes(gzip.compress(data, mtime=0) if zipped else data)
            written.append(path)
    return written


def _days(rows: Positions) -> Iterator[tuple[float, Positions]]:
    days = np.floor(rows.time / _DAY_S) * _DAY_S
    for day in np.unique(days).tolist():
        yield day, rows.take(days == day)


def _trace(key: str, day: float, rows: Positions) -> dict[str, Any]:
    label = next((label for label in sorted(rows.labels) if label.aircraft == key), Label(key, ""))
    head = {"icao": key, "r": label.registration, "t": label.type_designator, "ownOp": label.operator}
    return {**{name: text for name, text in head.items() if text}, "timestamp": day,
            "trace": list(_trace_rows(rows, day))}


def _trace_rows(rows: Positions, day: float) -> Iterator[list[Any]]:
    told: tuple[bytes, int] | None = None
    for i in range(len(rows)):
        detail = (bytes(rows.callsign[i]), int(rows.squawk[i]))
        more = _detail(detail) if detail != told else None
        told = detail
        altitude = "ground" if rows.ground[i] == GROUND else _value(rows.altitude_ft[i])
        yield [round(float(rows.time[i]) - day, 2), round(float(rows.latitude[i]), 6),
               round(float(rows.longitude[i]), 6), altitude, _value(rows.ground_speed_kt[i]),
               _value(rows.track_deg[i]), int(rows.flags[i]), _value(rows.vertical_rate_fpm[i]), more]


def _detail(detail: tuple[bytes, int]) -> dict[str, str] | None:
    named = {"flight": detail[0].decode().ljust(8)} if detail[0] else {}
    coded = {"squawk": _squawk(detail[1])} if detail[1] != NO_SQUAWK else {}
    return {**named, **coded} or None


def _value(value: float) -> float | int | None:
    if np.isnan(value):
        return None
    number = round(float(value), 1)
    return int(number) if number.is_integer() else number
