"""One aircraft's position reports of one file as bytes, for the store to keep beside the file's node.

Layout: the four bytes "TGP1", then a zlib stream of the row count (8 bytes, little-endian) and each column
of `positions.COLUMNS` in that order, little-endian. Rows are in canonical order, so equal reports give equal
contents. Tables and labels are not inside: the store holds them as properties.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np

from tailgraph.errors import InputRefused
from tailgraph.flights.positions import COLUMNS, Column, Label, Positions, build

MAGIC = b"TGP1"
_MAX_BYTES = 1 << 30


def pack(positions: Positions) -> bytes:
    """The reports of one aircraft; raises ValueError when there are several."""
    if len(np.unique(positions.code)) > 1:
        raise ValueError("one aircraft's reports are packed at a time")
    ordered = positions.canonical()
    columns = (getattr(ordered, name).astype(_little(dtype)).tobytes()
               for name, (dtype, _) in COLUMNS.items())
    return MAGIC + zlib.compress(len(ordered).to_bytes(8, "little") + b"".join(columns), 6)


def unpack(data: bytes, aircraft: str, source: str, labels: Iterable[Label] = ()) -> Positions:
    """What `pack` was given, under the aircraft key and source named. Raises InputRefused on other bytes."""
    if data[:4] != MAGIC:
        raise InputRefused("These are not packed position reports.", remedy="Ingest the track file again.")
    try:
        stream = zlib.decompressobj()
        content = stream.decompress(data[4:], _MAX_BYTES)
        return _columns(content, aircraft, source, frozenset(labels))
    except (zlib.error, ValueError) as error:
        raise InputRefused(f"Packed position reports are damaged: {error}.",
                           remedy="Ingest the track file again.") from error


def _columns(content: bytes, aircraft: str, source: str, labels: frozenset[Label]) -> Positions:
    rows, offset = int.from_bytes(content[:8], "little"), 8
    columns: dict[str, Column] = {}
    for name, (dtype, _) in COLUMNS.items():
        width = np.dtype(dtype).itemsize
        columns[name] = np.frombuffer(content, _little(dtype), rows, offset)
        offset += rows * width
    if offset != len(content):
        raise ValueError(f"{len(content)} bytes where {offset} belong")
    return build((aircraft,), (source,), labels, rows, **columns)


def _little(dtype: str) -> np.dtype[np.generic]:
    return np.dtype(dtype).newbyteorder("<")
