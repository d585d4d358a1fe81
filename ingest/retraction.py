"""What a user means by "this file" or "this id" when something is to be taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from tailgraph.errors import InputRefused, UsageError
from tailgraph.flights.readers.batch import is_archive, raw_files
from tailgraph.graph import retract
from tailgraph.graph.retract import Source
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.ingest import article, sources
from tailgraph.ingest.registers.content import digest

_AT_ONCE = 500
"""Ids that are looked up in the graph together."""


def resolve(store: Store, target: str) -> list[Source]:
    """What was ingested from the file or folder `target`, else what has it as its id or the id's beginning.

    Raises UsageError where nothing in the graph answers to it, or an id is not unique.
    """
    if not Path(target).exists():
        return [retract.find(store, target)]
    ids = (id_ for source in sources.expand([target]) for id_ in _ids(source))
    found = list(_present(store, ids))
    if not found:
        raise UsageError("Nothing that was ingested from it is in the graph.", where=target,
                         remedy="If the file was changed since, name the id instead of the path.")
    return found


def tables(store: Store, targets: Iterable[str]) -> list[Source]:
    """The aircraft tables of these files or ids; raises UsageError for what is none."""
    found = [source for target in targets for source in resolve(store, target)]
    for source in found:
        if source.kind != Label.AIRCRAFT_TABLE:
            raise UsageError(f"{source.name or source.id[:12]!r} is a {source.kind}, no aircraft table.",
                             remedy="Take it out with `tailgraph retract`.")
    return found


def _present(store: Store, ids: Iterable[str]) -> Iterator[Source]:
    coming = iter(ids)
    while some := list(islice(coming, _AT_ONCE)):
        yield from retract.present(store, some)


def _ids(source: sources.Source) -> Iterator[str]:
    """The ids that this file's content would have: as an aircraft table, as track files (an archive holds
    many), and as a report."""
    if source.path:
        with suppress(InputRefused):
            yield digest(source.path)  # of an aircraft table
        yield from (raw.digest for raw in raw_files([source.path]) if raw.data)
        if is_archive(source.path):
            return
    with suppress(InputRefused):
        yield article.load(source).document.id

