"""Tars of track files, as adsb.lol and ADS-B Exchange publish whole days, read member by member.

Nothing is written to disk, no member's name is used as a path, and no list of members is kept: a day has
hundreds of thousands. Tars packed with gzip are taken as well, and tars published in parts (`day.tar.aa`,
`day.tar.ab`, …) are read as one, whichever part is named.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tailgraph.errors import InputRefused
from tailgraph.flights.readers.content import MAX_BYTES, Raw
from tailgraph.wording import many

_MAGIC_AT, _MAGIC = 257, b"ustar"
_HEAD = 512
_BUFFER = 1 << 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMPANIONS = frozenset({"heatmap", "acas"})
"""Folders beside `traces` in a published day: counts per cell and collision warnings, no tracks."""


def parts(path: Path) -> tuple[Path, ...]:
    """All parts of the archive that `path` is one of, first to last; just `path` where it is whole."""
    stem, _, last = path.name.rpartition(".")
    if not (stem.endswith((".tar", ".tgz", ".tar.gz")) and len(last) == 2 and set(last) <= set(_LETTERS)):
        return (path,)
    found = []
    for name in (first + second for first in _LETTERS for second in _LETTERS):
        part = path.with_name(f"{stem}.{name}")
        if not part.is_file():
            break
        found.append(part)
    return tuple(found) if path in found else (path,)


def is_tar(path: Path) -> bool:
    """Whether the file is a tar, packed or not. Raises OSError when it cannot be read."""
    import gzip
    import zlib

    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head[:2] == b"\x1f\x8b":
                file.seek(0)
                with gzip.open(file) as packed:
                    head = packed.read(_HEAD)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return False
    return head[_MAGIC_AT:_MAGIC_AT + len(_MAGIC)] == _MAGIC


def members(path: Path) -> Iterator[Raw]:
    """Each file in the tar (all its parts) as "archive:member"; links are left out, companions counted."""
    source, aside = _Joined(parts(path)), 0
    try:
        with source, tarfile.open(fileobj=source, mode="r|*", bufsize=_BUFFER, tarinfo=_Member) as archive:
            kept: list[tarfile.TarInfo] = vars(archive)["members"]
            while (member := archive.next()) is not None:
                kept.clear()  # tarfile remembers every member otherwise
                if not member.isfile():
                    continue
                # No Path: it would intern each name, which grows a table of the interpreter with the archive.
                if not COMPANIONS.isdisjoint(member.name.split("/")[:-1]):
                    aside += 1
                    continue
                yield _raw(archive, member, f"{path}:{member.name}", source)
    except (tarfile.TarError, EOFError, OSError) as error:
        yield Raw(str(path), consumed=source.taken(), refusal=InputRefused(
            f"The archive is broken from here on: {error}.", where=str(path),
            remedy="Fetch it again, all parts of it; what was read before stands."))
    if aside:
        yield Raw(str(path), consumed=source.taken(),
                  note=f"Left out: {many(aside, 'member')} without tracks ({', '.join(sorted(COMPANIONS))}).")


def _raw(archive: tarfile.TarFile, member: tarfile.TarInfo, where: str, source: _Joined) -> Raw:
    if member.size > MAX_BYTES:
        return Raw(where, consumed=source.taken(), refusal=InputRefused(
            f"The file is larger than {MAX_BYTES >> 20} MB.", where=where))
    file = archive.extractfile(member)
    data = file.read() if file else b""
    return Raw(where, data, source.taken())


class _Member(tarfile.TarInfo):
    """A header that must be whole: tarfile takes a broken one after the first for the archive's end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Member:
        if len(buf) < tarfile.BLOCKSIZE:
            raise tarfile.ReadError("it ends too early")
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if any(buf):
                raise tarfile.ReadError(f"a member's header is damaged ({error})") from error
            raise


class _Joined(io.RawIOBase):
    """Files read one after the other as if they were one; knows how much of them was taken."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._left = list(paths)
        self._file: Any = None
        self._count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        wanted = -1 if size is None else size
        while self._file or self._left:
            self._file = self._file or self._left.pop(0).open("rb")
            data: bytes = self._file.read(wanted)
            if data:
                self._count += len(data)
                return data
            self._file.close()
            self._file = None
        return b""

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()

    def taken(self) -> int:
        """Bytes read since this was last asked."""
        count, self._count = self._count, 0
        return count
