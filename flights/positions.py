"""Position reports of many aircraft as columns, and the little algebra on them: join, order, group.

Readers yield `Positions`, `derive` takes them, the store packs them. Rows carry no order of their own:
`canonical` brings any set of rows, from whatever files in whatever order, into the one order and shape
that everything later works on, so that a result can depend on the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]

AIR, GROUND, GROUND_UNKNOWN = 0, 1, -1
STALE, NEW_LEG = 1, 2
NO_SQUAWK = -1

# name: (dtype, value of a report that did not send it)
COLUMNS: dict[str, tuple[str, Any]] = {
    "time": ("f8", np.nan),
    "latitude": ("f8", np.nan),
    "longitude": ("f8", np.nan),
    "altitude_ft": ("f4", np.nan),
    "ground": ("i1", GROUND_UNKNOWN),
    "ground_speed_kt": ("f4", np.nan),
    "track_deg": ("f4", np.nan),
    "vertical_rate_fpm": ("f4", np.nan),
    "callsign": ("S8", b""),
    "squawk": ("i2", NO_SQUAWK),
    "flags": ("u1", 0),
}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What one source says of one aircraft besides where it is. Empty text: it does not say."""

    aircraft: str
    source: str
    registration: str = ""
    type_designator: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Rows of equal length, one a position report.

    `aircraft` are keys: a 24-bit address in lower-case hex ("15406e"), "~29ab12" for an address that is not
    ICAO's, "reg:RA-82030" where only the registration is known, "file:<sha256>" where nothing is.
    `code` and `source` (int32) index into `aircraft` and `sources` (sha256 of each file).
    `time` is in epoch seconds (UTC); `ground` is 1 on the ground, 0 in the air, -1 not known; `altitude_ft`
    is NaN on the ground and where not sent; `callsign` is ASCII, empty where not sent; `squawk` is the four
    octal digits read as a decimal number, or -1; `flags` are STALE (1) and NEW_LEG (2) as the source set
    them.
    """

    aircraft: tuple[str, ...]
    sources: tuple[str, ...]
    labels: frozenset[Label]
    code: Column
    source: Column
    time: Column
    latitude: Column
    longitude: Column
    altitude_ft: Column
    ground: Column
    ground_speed_kt: Column
    track_deg: Column
    vertical_rate_fpm: Column
    callsign: Column
    squawk: Column
    flags: Column

    def __len__(self) -> int:
        return len(self.time)

    def take(self, rows: Column | slice) -> Positions:
        """The rows picked by an index array, mask or slice; tables stay whole."""
        return replace(self, **{name: getattr(self, name)[rows] for name in _ROWS})

    def is_sorted(self) -> bool:
        """Whether rows stand by aircraft, and by time within each."""
        step, later = np.diff(self.code), np.diff(self.time)
        return bool(np.all((step > 0) | ((step == 0) & (later >= 0))))

    def groups(self) -> Iterator[tuple[str, Positions]]:
        """Each aircraft's rows in canonical order, by key; no copy of the columns where they are sorted."""
        ordered = self.canonical()
        bounds = np.flatnonzero(np.diff(ordered.code)) + 1
        for start, end in zip([0, *bounds.tolist()], [*bounds.tolist(), len(ordered)], strict=True):
            if start < end:
                yield ordered.aircraft[int(ordered.code[start])], ordered.take(slice(start, end))

    def canonical(self) -> Positions:
        """The same rows with tables and rows in their one order: aircraft key, time, then all values.

        A stable sort, skipped where rows already stand by aircraft and rising time without ties.
        """
        keyed = _sorted_tables(self)
        if len(keyed) < 2:
            return keyed
        step, later = np.diff(keyed.code), np.diff(keyed.time)
        if np.all((step > 0) | ((step == 0) & (later > 0))):
            return keyed
        if np.all((step > 0) | ((step == 0) & (later >= 0))):
            return _order_ties(keyed, step, later)
        keyed = keyed.take(_by_aircraft_and_time(keyed))
        return _order_ties(keyed, np.diff(keyed.code), np.diff(keyed.time))


_ROWS = ("code", "source", *COLUMNS)
_TIE_BREAK = ("flags", "squawk", "callsign", "vertical_rate_fpm", "track_deg", "ground_speed_kt", "ground",
              "altitude_ft", "longitude", "latitude")


def build(aircraft: Sequence[str], sources: Sequence[str], labels: frozenset[Label], rows: int,
          **columns: Any) -> Positions:
    """Positions from the columns that a source has; the others hold "not sent".

    `code` and `source` may be left out where there is one aircraft and one source.
    Raises ValueError when a column's length is not `rows`.
    """
    made: dict[str, Column] = {}
    for name in ("code", "source"):
        made[name] = np.asarray(columns.pop(name, np.zeros(rows, "i4")), "i4")
    for name, (dtype, missing) in COLUMNS.items():
        values = columns.pop(name, None)
        made[name] = np.full(rows, missing, dtype) if values is None else np.asarray(values).astype(
            dtype, copy=False)
    if columns or any(len(column) != rows for column in made.values()):
        raise ValueError(f"columns must be known and of {rows} rows")
    return Positions(tuple(aircraft), tuple(sources), labels, **made)


def empty() -> Positions:
    return build((), (), frozenset(), 0)


def concat(parts: Sequence[Positions]) -> Positions:
    """All rows of all parts, tables joined; the order of `parts` does not matter after `canonical`."""
    if not parts:
        return empty()
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=_head)  # files of one aircraft and day each then stand in canonical order
    aircraft = _union([part.aircraft for part in parts])
    sources = _union([part.sources for part in parts])
    code = np.concatenate([_recode(part.code, part.aircraft, aircraft) for part in parts])
    source = np.concatenate([_recode(part.source, part.sources, sources) for part in parts])
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}
    labels: frozenset[Label] = reduce(frozenset.union, (part.labels for part in parts), frozenset())
    return Positions(aircraft, sources, labels, code=code, source=source, **joined)


def _head(part: Positions) -> tuple[str, float]:
    return (part.aircraft[int(part.code[0])], float(part.time[0])) if len(part) else ("", 0.0)


def _union(tables: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*tables)))


def _recode(codes: Column, old: tuple[str, ...], new: tuple[str, ...]) -> Column:
    if old == new or not old:
        return codes
    place = {value: index for index, value in enumerate(new)}
    return np.array([place[value] for value in old], "i4")[codes]


def _sorted_tables(positions: Positions) -> Positions:
    aircraft, sources = _union([positions.aircraft]), _union([positions.sources])
    if aircraft == positions.aircraft and sources == positions.sources:
        return positions
    return replace(positions, aircraft=aircraft, sources=sources,
                   code=_recode(positions.code, positions.aircraft, aircraft),
                   source=_recode(positions.source, positions.sources, sources))


def _by_aircraft_and_time(positions: Positions) -> Column:
    by_time = np.argsort(positions.time, kind="stable")
    codes = positions.code[by_time]
    if len(positions.aircraft) <= np.iinfo(np.uint16).max:
        codes = codes.astype(np.uint16)  # numpy sorts 16-bit integers by radix, in linear time
    return by_time[np.argsort(codes, kind="stable")]


def _order_ties(positions: Positions, step: Column, later: Column) -> Positions:
    """Rows of one aircraft and one instant put in the order of their values, so that input order is gone."""
    tied = (step == 0) & (later == 0)
    if not tied.any():
        return positions
    rows = np.flatnonzero(np.append(tied, False) | np.insert(tied, 0, False))
    part = positions.take(rows)
    order = np.lexsort((part.source, *(_comparable(getattr(part, name)) for name in _TIE_BREAK),
                        part.time, part.code))
    index = np.arange(len(positions))
    index[rows] = rows[order]
    return positions.take(index)


def _comparable(column: Column) -> Column:
    return np.nan_to_num(column, nan=-1e9) if column.dtype.kind == "f" else column


def same_report(positions: Positions) -> Column:
    """Mask of rows that repeat the report before them (whatever the source), in canonical order."""
    if len(positions) < 2:
        return np.zeros(len(positions), bool)
    same = (np.diff(positions.time) == 0) & (np.diff(positions.code) == 0)
    rows = np.flatnonzero(same)
    if len(rows):
        equal = np.ones(len(rows), bool)
        for name in _TIE_BREAK:
            column = _comparable(getattr(positions, name))
            equal &= column[rows] == column[rows + 1]
        same[rows] = equal
    return np.insert(same, 0, False)
