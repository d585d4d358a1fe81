"""Tables of positions, whatever carries them: which dialect the column names are, and its rows read.

A dialect says, for each of our columns, under which names and in which unit a source has it. CSV, JSON
lists of objects and Parquet files all go through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tailgraph.flights.positions import GROUND, GROUND_UNKNOWN
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.gather import Gather
from tailgraph.flights.readers.reading import Reading
from tailgraph.graph import keys

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Column names of one source. `numbers`: our column → (its names there, factor to our unit)."""

    name: str
    needed: frozenset[str]
    time: tuple[str, ...] = ("time",)
    latitude: str = "latitude"
    longitude: str = "longitude"
    icao24: str = "icao24"
    ground: str = "on_ground"
    registration: str = "registration"
    type_designator: str = "type"
    callsign: str = "callsign"
    squawk: str = "squawk"
    numbers: Mapping[str, tuple[tuple[str, ...], float]] = field(default_factory=dict)
    prepare: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    """Brings a record into the names above where renaming is not enough."""
    zero_altitude_is_ground: bool = False
    anonymous: bool = False
    """Whether a file that names no aircraft is one aircraft's, so that it may go in as an unknown one."""


def read(dialect: Dialect, header: Sequence[str], records: Iterable[tuple[str, Record | None]],
         content: Content) -> Reading:
    """The positions of all records (None: one that could not be split); InputRefused if none is of use."""
    gather = Gather(content, dialect.name)
    named = bool({dialect.icao24, dialect.registration} & set(header))
    fallback = content.aircraft or (f"file:{content.digest}" if dialect.anonymous and not named else None)
    for where, record in records:
        if record is None:
            gather.refuse(where, "cannot be split into fields")
        else:
            ready = dialect.prepare(dict(record)) if dialect.prepare else record
            _add(gather, dialect, ready, where, fallback)
    return gather.reading()


def _add(gather: Gather, dialect: Dialect, record: Record, where: str, fallback: str | None) -> None:
    numbers = {name: _number(gather, where, record, names, factor)
               for name, (names, factor) in dialect.numbers.items()}
    ground = gather.ground(where, dialect.ground, record.get(dialect.ground))
    if dialect.zero_altitude_is_ground and ground == GROUND_UNKNOWN and numbers.get("altitude_ft") == 0:
        ground = GROUND
    gather.add(where, _key(dialect, record, fallback), _time(dialect, record), record.get(dialect.latitude),
               record.get(dialect.longitude), ground=ground, **numbers,
               callsign=fields.callsign(record.get(dialect.callsign)),
               squawk=fields.squawk(record.get(dialect.squawk)),
               registration=fields.registration(record.get(dialect.registration)),
               type_designator=fields.type_designator(record.get(dialect.type_designator)))


def _number(gather: Gather, where: str, record: Record, names: tuple[str, ...],
            factor: float) -> float | None:
    for name in names:
        value = gather.number(where, name, record.get(name), factor)
        if value is not None:
            return value
    return None


def _time(dialect: Dialect, record: Record) -> Any:
    return next((value for name in dialect.time if (value := record.get(name)) not in (None, "")), None)


def _key(dialect: Dialect, record: Record, fallback: str | None) -> str | None:
    written = record.get(dialect.icao24)
    if isinstance(written, str) and written.strip():
        return keys.icao24(written)
    mark = fields.registration(record.get(dialect.registration))
    return f"reg:{mark}" if mark else fallback
