"""The bytes of an aircraft table, inflated as they are read, under caps: lines of text, or pairs of JSON.

Nothing is held but a few kilobytes, whatever the table's size.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from tailgraph.errors import InputRefused

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
MEMBER = "aircrafts.json"
"""What is read of a zip file, as Mictronics publishes it: operators.json and types.json name no aircraft."""
MAX_BYTES = 2 << 30
LONGEST_LINE = 64 << 10
_ENDLESS_LINE = 1 << 20
_CHUNK = 128 << 10
_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
Peeked = BufferedReader | gzip.GzipFile | zipfile.ZipExtFile
Line = tuple[int, str | None]
"""Its number from 1, and its text without the line end; None for one that is too long."""


def digest(path: Path) -> str:
    """SHA-256 of the file as it is (packed, if it is packed). Raises InputRefused where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputRefused(f"The file cannot be read: {error.strerror or error}.", where=str(path)) from error


class Stream:
    """A table as a stream of bytes. `read_so_far` counts bytes of the file itself, for progress."""

    def __init__(self, raw: BufferedReader, inner: Peeked, where: str) -> None:
        self._raw, self._inner, self.where, self._room = raw, inner, where, MAX_BYTES

    def read_so_far(self) -> int:
        return self._raw.tell()

    def lines(self) -> Iterator[Line]:
        """Every line; bytes that are not UTF-8 become U+FFFD. Raises InputRefused for what is no text."""
        number = 0
        while data := self._taken(self._inner.readline, _ENDLESS_LINE):
            if len(data) == _ENDLESS_LINE:
                raise InputRefused("This is no table: it has a line of a megabyte.", where=self.where)
            number += 1
            if number == 1:
                data = data.removeprefix(codecs.BOM_UTF8)
            fits = len(data) <= LONGEST_LINE
            yield number, data.decode("utf-8", "replace").rstrip("\r\n") if fits else None

    def start(self) -> str:
        """The first characters that are not blank, without moving on: "" where there are none so soon."""
        data = self._taken(self._inner.peek, LONGEST_LINE)
        self._room += len(data)
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()

    def pairs(self) -> Iterator[tuple[str, Any]]:
        """Every member of the JSON object that the bytes are. Raises InputRefused where it is broken."""
        decoder = json.JSONDecoder()
        decode = codecs.getincrementaldecoder("utf-8-sig")("replace")
        text, at, more = "", 0, True
        sign = "{"
        while True:
            if more and len(text) - at < LONGEST_LINE:
                data = self._taken(self._inner.read, _CHUNK)
                text, at, more = text[at:] + decode.decode(data, final=not data), 0, bool(data)
                continue
            try:
                at = _skip(text, at)
                if text[at] == "}" and sign != "{":
                    return
                at = _skip(text, _expect(text, at, sign))
                if text[at] == "}" and sign == "{":
                    return
                key, at = decoder.raw_decode(text, at)
                value, at = decoder.raw_decode(text, _skip(text, _expect(text, _skip(text, at), ":")))
            except (ValueError, IndexError, RecursionError) as error:
                raise InputRefused("The JSON text is broken or ends too early.", where=self.where,
                                   remedy="Fetch the file again.") from error
            sign = ","
            yield str(key), value

    def _taken(self, read: Any, size: int) -> bytes:
        try:
            data: bytes = read(size)
        except _DAMAGE as error:
            raise InputRefused(f"The packed data are damaged: {error}.", where=self.where,
                               remedy="Fetch the file again.") from error
        self._room -= len(data)
        if self._room < 0:
            raise InputRefused(f"The table is larger than {MAX_BYTES >> 30} GB.", where=self.where)
        return data


@contextmanager
def opened(path: Path) -> Iterator[Stream]:
    """The table in the file, unpacked where it is a gzip or zip file. Raises InputRefused."""
    try:
        with path.open("rb") as raw:
            head = raw.read(4)
            raw.seek(0)
            yield Stream(raw, _inner(raw, head, str(path)), str(path))
    except OSError as error:
        raise InputRefused(f"The file cannot be read: {error.strerror or error}.", where=str(path)) from error


def _inner(raw: BufferedReader, head: bytes, where: str) -> Peeked:
    if head == ZIP:
        try:
            archive = zipfile.ZipFile(raw)
            names = [name for name in archive.namelist() if name.rpartition("/")[2] == MEMBER]
            if not names:
                raise InputRefused(f"The zip file holds no {MEMBER}.", where=where,
                                   remedy="Unpack it and name the table in it.")
            member: Any = archive.open(names[0])
            return cast(zipfile.ZipExtFile, member)
        except _DAMAGE as error:
            raise InputRefused(f"The zip file is damaged: {error}.", where=where,
                               remedy="Fetch the file again.") from error
    return gzip.GzipFile(fileobj=raw) if head[:2] == GZIP else raw


def _skip(text: str, at: int) -> int:
    while text[at].isspace():
        at += 1
    return at


def _expect(text: str, at: int, sign: str) -> int:
    if text[at] != sign:
        raise ValueError(f"no {sign!r}")
    return at + 1
