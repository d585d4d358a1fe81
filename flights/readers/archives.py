"""Tars of track files, as adsb.lol and ADS-B Exchange publish whole days, read member by member.

Nothing is written to disk and no member's name is used as a path. Compressed tars (gzip) are taken as well.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.flights.readers.content import MAX_BYTES, Content

_MAGIC_AT, _MAGIC = 257, b"ustar"
_HEAD = 512


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


def members(path: Path, aircraft: str | None) -> Iterator[tuple[str, Content | InputRefused]]:
    """Each file in the tar as "archive:member" with its content, or why it is refused; links are left out."""
    try:
        with tarfile.open(path, "r|*") as archive:
            for member in archive:
                if member.isfile():
                    where = f"{path}:{member.name}"
                    yield where, _content(archive, member, where, aircraft)
    except (tarfile.TarError, EOFError, OSError) as error:
        yield str(path), InputRefused(f"The archive is broken from here on: {error}.", where=str(path),
                                      remedy="Fetch it again; what was read before stands.")


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo, where: str,
             aircraft: str | None) -> Content | InputRefused:
    if member.size > MAX_BYTES:
        return InputRefused(f"The file is larger than {MAX_BYTES >> 20} MB.", where=where)
    file = archive.extractfile(member)
    try:
        return Content(file.read() if file else b"", where, aircraft)
    except InputRefused as refusal:
        return refusal
