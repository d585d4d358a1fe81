"""Many track files in a row: folders walked, tars streamed, each file read or refused on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.flights.readers import archives
from tailgraph.flights.readers.content import Content, load
from tailgraph.flights.readers.detect import known_aircraft, read_content
from tailgraph.flights.readers.reading import Reading


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and all below the folders named in the order of their names, hidden ones not."""
    for path in paths:
        if path.is_dir():
            yield from (found for found in sorted(path.rglob("*"))
                        if found.is_file() and not any(part.startswith(".") for part in
                                                       found.relative_to(path).parts))
        else:
            yield path


def read_each(paths: Iterable[Path],
              aircraft: str | None = None) -> Iterator[tuple[str, Reading | InputRefused]]:
    """Each file's name with its reading, or with the reason why the whole file was refused.

    Raises UsageError only, when `aircraft` is no designator.
    """
    key = known_aircraft(aircraft)
    for path in files(paths):
        for name, content in _contents(path, key):
            if isinstance(content, InputRefused):
                yield name, content
                continue
            try:
                yield name, read_content(content)
            except InputRefused as refusal:
                yield name, refusal


def _contents(path: Path, key: str | None) -> Iterator[tuple[str, Content | InputRefused]]:
    try:
        if archives.is_tar(path):
            yield from archives.members(path, key)
        else:
            yield str(path), load(path, key)
    except InputRefused as refusal:
        yield str(path), refusal
    except OSError as error:
        yield str(path), InputRefused(f"The file cannot be read: {error.strerror or error}.", where=str(path))
