"""Many track files in a row: folders walked, tars streamed, each file read or refused on its own.

However many there are, only one folder's names and one file's bytes are held at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.flights.readers import archives
from tailgraph.flights.readers.content import Content, Raw, raw
from tailgraph.flights.readers.detect import known_aircraft, read_content
from tailgraph.flights.readers.reading import Reading


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and all below the folders named in the order of their names, hidden ones not.

    Of an archive in parts the first stands for all, once, whichever are named. A folder that cannot be listed
    stands for itself.
    """
    joined: set[Path] = set()
    for path in paths:
        if path.is_dir():
            yield from _below(path)
            continue
        first, *more = archives.parts(path)
        if first not in joined:
            yield first
        if more:
            joined.add(first)


def size(paths: Iterable[Path]) -> int:
    """Bytes in all the files behind `paths`, as they lie on disk."""
    return sum(_size(part) for path in files(paths) for part in archives.parts(path))


def is_archive(path: Path) -> bool:
    """Whether `path` can be read and is a tar."""
    with suppress(OSError):
        return archives.is_tar(path)
    return False


def raw_files(paths: Iterable[Path]) -> Iterator[Raw]:
    """Every track file behind `paths` as it came, those in tars one by one; or why it cannot be had."""
    for path in files(paths):
        try:
            if archives.is_tar(path):
                yield from archives.members(path)
            else:
                yield raw(path)
        except InputRefused as refusal:
            yield Raw(str(path), refusal=refusal)
        except OSError as error:
            yield Raw(str(path), refusal=InputRefused(
                f"The file cannot be read: {error.strerror or error}.", where=str(path)))


def read_each(paths: Iterable[Path],
              aircraft: str | None = None) -> Iterator[tuple[str, Reading | InputRefused]]:
    """Each file's name with its reading, or with the reason why the whole file was refused.

    Raises UsageError only, when `aircraft` is no designator.
    """
    key = known_aircraft(aircraft)
    for one in raw_files(paths):
        if one.refusal:
            yield one.name, one.refusal
        elif not one.note:
            try:
                yield one.name, read_content(Content(one.data, one.name, key))
            except InputRefused as refusal:
                yield one.name, refusal


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it will say why
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path)
        elif entry.is_file() and not _is_later_part(path):
            yield path


def _is_later_part(path: Path) -> bool:
    return archives.parts(path)[0] != path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
