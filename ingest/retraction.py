"""What a user means by "this file" or "this id" when something is to be taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tailgraph.errors import InputRefused, UsageError
from tailgraph.flights.readers.content import load
from tailgraph.graph import retract
from tailgraph.graph.retract import Source
from tailgraph.graph.store import Store
from tailgraph.ingest import article, sources


def resolve(store: Store, target: str) -> list[Source]:
    """What was ingested from the file or folder `target`, else what has it as its id or the id's beginning.

    Raises UsageError where nothing in the graph answers to it, or an id is not unique.
    """
    if not Path(target).exists():
        return [retract.find(store, target)]
    found = retract.present(store, [id_ for source in sources.expand([target]) for id_ in _ids(source)])
    if not found:
        raise UsageError("Nothing that was ingested from it is in the graph.", where=target,
                         remedy="If the file was changed since, name the id instead of the path.")
    return found


def _ids(source: sources.Source) -> Iterator[str]:
    """The ids that this file's content would have, as a track file and as a report."""
    if source.path:
        with suppress(InputRefused):
            yield load(source.path).digest
    with suppress(InputRefused):
        yield article.load(source).document.id

