"""JSON tables, read member by member: Mictronics's `aircrafts.json` and the blocks of tar1090-db (`db/*.js`).

Both are one object. Its values are `[registration, type, flags, model]`, the model often left out, or (newer
exports of Mictronics) `{"r": …, "t": …, "f": …, "d": …}`. Its keys are addresses; in a block of tar1090-db
they lack the digits that all of the block share, which only the file's name has: "5406E" in `1.js` is
15406E. `children` lists further blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tailgraph.ingest.registers.cells import Broken, Cells
from tailgraph.ingest.registers.csv_tables import military

MICTRONICS, BLOCK = "Mictronics", "tar1090-db block"
_KEY = re.compile(r"[0-9A-Fa-f]{1,6}")
_NAMES = ("registration", "type", "flags", "model")
_CHILDREN = "children"


def find(key: str, value: Any) -> str | None:
    """The format of a table whose first member this is."""
    if not _KEY.fullmatch(key) or not isinstance(value, list | dict):
        return None
    return MICTRONICS if len(key) == 6 else BLOCK


def rows(pairs: Iterator[tuple[str, Any]], prefix: str) -> Iterator[tuple[int, Cells | Broken]]:
    """Every member but `children`: its place in order, and its cells or what is wrong with it."""
    for number, (key, value) in enumerate(pairs, 1):
        if key != _CHILDREN:
            try:
                yield number, _cells(prefix + key, value)
            except Broken as broken:
                yield number, broken


def _cells(address: str, value: Any) -> Cells:
    if isinstance(value, dict):
        found = [value.get(name) for name in "rtfd"]
    elif isinstance(value, list):
        found = value[:len(_NAMES)]
    else:
        raise Broken("no list and no object")
    if any(cell is not None and not isinstance(cell, str) for cell in found):
        raise Broken("a value that is no text")
    cells = dict(zip(_NAMES, found, strict=False))
    return {"icao24": address, **cells, "military": military(cells.get("flags"))}
