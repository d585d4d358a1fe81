"""The bytes of one track file, inflated under a cap, and the few views of them that readers share."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from tailgraph.errors import InputRefused
from tailgraph.flights.positions import Positions
from tailgraph.flights.readers.reading import Reading, Refusals

inflater: Any = zlib
with suppress(ImportError):  # the same interface, three times as fast; not built for every platform
    from isal import isal_zlib as inflater

_DAMAGE: tuple[type[Exception], ...] = (zlib.error, inflater.error)
GZIP = b"\x1f\x8b"
MAX_BYTES = 256 << 20
MAX_JSON_BYTES = 64 << 20
_HEAD = 8192


@dataclass(frozen=True)
class Raw:
    """A track file's bytes as they came, or why they cannot be had; `note` is said of an archive as a whole.

    `consumed` is how much of the input was read to get here, in bytes.
    """

    name: str
    data: bytes = b""
    consumed: int = 0
    refusal: InputRefused | None = None
    note: str = ""

    @cached_property
    def digest(self) -> str:
        """sha256 of the bytes, gzip and all, in lower-case hex: the file's id."""
        return hashlib.sha256(self.data).hexdigest()


class Content:
    """One file's content. `aircraft` is the key for reports that name no aircraft themselves.

    `where` names the file in messages; `digest` is the sha256 of the bytes as they came (gzip and all).
    """

    def __init__(self, data: bytes, where: str, aircraft: str | None = None, digest: str = "") -> None:
        self.where = where
        self.digest = digest or hashlib.sha256(data).hexdigest()
        self.data = inflate(data, where) if data[:2] == GZIP else data
        self.aircraft = aircraft

    @cached_property
    def head(self) -> bytes:
        """The first few kilobytes, without byte-order mark and leading blanks."""
        return self.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()

    @cached_property
    def lines(self) -> list[str]:
        """The lines as text; bytes that are not UTF-8 become U+FFFD, which no field accepts."""
        return self.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()

    @cached_property
    def first_line(self) -> str:
        return self.head.split(b"\n", 1)[0].decode("utf-8", "replace").strip()

    @cached_property
    def json(self) -> Any:
        """The JSON value, or None where the bytes do not start like JSON. Raises InputRefused on bad JSON."""
        if self.head[:1] not in (b"{", b"["):
            return None
        if len(self.data) > MAX_JSON_BYTES:
            raise InputRefused(f"The JSON text is longer than {MAX_JSON_BYTES >> 20} MB.", where=self.where,
                               remedy="Split it by aircraft or hour.")
        try:
            return orjson.loads(self.data.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            raise InputRefused(f"The JSON text is broken: {error}.", where=self.where,
                               remedy="Fetch the file again.") from error

    def reading(self, positions: Positions, rows: int, refusals: Refusals, form: str) -> Reading:
        """The account of this file; raises InputRefused when no row at all could be used."""
        if rows and not len(positions):
            first = f"; first: {refusals.kept[0].where}, {refusals.kept[0].why}" if refusals.kept else ""
            raise InputRefused(f"None of {rows} rows of {form} can be used{first}.", where=self.where,
                               remedy="Compare the file with docs/flights.md.")
        return Reading(positions, rows, tuple(refusals.kept), refusals.count, form, self.digest)


def load(path: Path, aircraft: str | None = None) -> Content:
    """The content of a file on disk. Raises InputRefused when it cannot be read or is too large."""
    return Content(raw(path).data, str(path), aircraft)


def raw(path: Path) -> Raw:
    """The bytes of a file on disk. Raises InputRefused when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused(f"The file is larger than {MAX_BYTES >> 20} MB.", where=str(path),
                               remedy="Split it by aircraft or hour.")
        data = path.read_bytes()
        return Raw(str(path), data, len(data))
    except OSError as error:
        raise InputRefused(f"The file cannot be read: {error.strerror or error}.", where=str(path)) from error


def inflate(data: bytes, where: str) -> bytes:
    """Gzip members, one after the other, inflated up to the cap; raises InputRefused beyond it."""
    parts, room = [], MAX_BYTES
    while data[:2] == GZIP:
        stream = inflater.decompressobj(wbits=31)
        try:
            part = stream.decompress(data, room + 1)
        except _DAMAGE as error:
            raise InputRefused(f"The gzip data are damaged: {error}.", where=where,
                               remedy="Fetch the file again.") from error
        room -= len(part)
        if room < 0:
            raise InputRefused(f"The gzip data unpack to more than {MAX_BYTES >> 20} MB.", where=where,
                               remedy="Split the file by aircraft or hour.")
        if not stream.eof:
            raise InputRefused("The gzip data end too early.", where=where, remedy="Fetch the file again.")
        parts.append(part)
        data = stream.unused_data
    return b"".join(parts)
