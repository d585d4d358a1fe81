"""After something came or went: what follows from all of the graph is worked out anew."""

from __future__ import annotations

from tailgraph.graph import corroborate, pending
from tailgraph.graph.origins import settle as origins
from tailgraph.graph.store import Store
from tailgraph.ingest import silences


def settle(store: Store) -> None:
    """Work out origins, judge silences and test reported flights against tracked ones, if anything has
    changed since."""
    if not pending.marks(store):
        return
    with pending.alone(store):
        marks = pending.marks(store)
        origins.settle(store)
        silences.judge(store, marks)
        corroborate.link(store)
        pending.done(store, marks)
