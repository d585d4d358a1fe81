"""The store that a command writes to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.store import Store


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store that the settings name, up to date; the managed server is started if need be."""
    from tailgraph.graph import server
    from tailgraph.graph.refresh import refresh
    from tailgraph.graph.store import Store

    with Store(server.connect(settings)) as store:
        refresh(store)
        yield store
