"""Which format an aircraft table has, by its content; and its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.graph.aircraft_table import Entry
from tailgraph.ingest.registers import csv_tables, json_tables
from tailgraph.ingest.registers.cells import Broken, Cells, entry
from tailgraph.ingest.registers.content import Stream, opened

SHOWN = 3
_FORMATS = ("tar1090-db (aircraft.csv, db/*.js), Mictronics (aircrafts.json, also zipped), plane-alert-db, "
            "OpenSky's aircraft database, and Tailgraph's own CSV")


@dataclass(slots=True)
class Reading:
    """A table as it is read. The counts are right once `entries` is at its end.

    `refused` rows are broken; `nameless` ones name neither address nor registration, or no aircraft.
    """

    format: str
    where: str
    read_so_far: Callable[[], int]
    _rows: Iterator[tuple[int, Cells | Broken]]
    left: tuple[str, ...] = ()
    rows: int = 0
    taken: int = 0
    refused: int = 0
    nameless: int = 0
    first_refused: list[str] = field(default_factory=list)

    def entries(self) -> Iterator[Entry]:
        for number, cells in self._rows:
            self.rows += 1
            try:
                if isinstance(cells, Broken):
                    raise cells
                found = entry(number, cells)
            except Broken as broken:
                self.refused += 1
                if len(self.first_refused) < SHOWN:
                    self.first_refused.append(f"row {number}: {broken}")
                continue
            if found is None:
                self.nameless += 1
                continue
            self.taken += 1
            yield found


@contextmanager
def read(path: Path) -> Iterator[Reading]:
    """The table in the file. Raises InputRefused, also while it is read, where it is none or is damaged."""
    with opened(path) as stream:
        yield _json(stream, path) if stream.start().startswith("{") else _csv(stream)


def _csv(stream: Stream) -> Reading:
    lines = stream.lines()
    first = next(((number, text) for number, text in lines if text is None or text.strip()), (1, ""))
    dialect = csv_tables.find(first[1] or "")
    if dialect is None:
        raise InputRefused(f"This is no aircraft table of a known format: {_FORMATS}.", where=stream.where,
                           remedy="See docs/aircraft.md; tracking data go in by `tailgraph ingest tracks`.")
    return Reading(dialect.format, stream.where, stream.read_so_far,
                   csv_tables.rows(dialect, chain([first], lines)), dialect.left)


def _json(stream: Stream, path: Path) -> Reading:
    pairs = stream.pairs()
    first = next(pairs, None)
    form = json_tables.find(*first) if first else None
    if first is None or form is None:
        raise InputRefused("This JSON holds no aircraft by their addresses.", where=stream.where,
                           remedy=f"Known formats: {_FORMATS}.")
    prefix = ""
    if form == json_tables.BLOCK:
        prefix = path.name.partition(".")[0].upper()
        if not re.fullmatch(f"[0-9A-F]{{{6 - len(first[0])}}}", prefix):
            raise InputRefused("This JSON has no whole addresses, nor begins its name them (as 1.js, A0.js).",
                               where=stream.where, remedy="Give a block of tar1090-db its published name.")
    return Reading(form, stream.where, stream.read_so_far, json_tables.rows(chain([first], pairs), prefix))
