"""One node for each command that puts something in: what was run, by which version, from when to when."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from tailgraph import __version__
from tailgraph.graph import clock, schema
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store


@contextmanager
def run(store: Store, command: str) -> Iterator[Ref]:
    """The run's node; a command that is cut leaves it without `finished`."""
    node = Label.RUN, uuid.uuid4().hex
    _put(store, node, {"command": command, "version": __version__, "started": clock.now()})
    yield node
    _put(store, node, {"finished": clock.now()})


def _put(store: Store, node: Ref, properties: dict[str, object]) -> None:
    rows = [{"id": node[1], "properties": properties}]
    store.write(lambda transaction: transaction.run(schema.merge_nodes(node[0]), rows=rows).consume())
