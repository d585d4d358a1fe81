"""After something came or went: what follows from all of the graph is worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tailgraph.graph import airframes, corroborate, flight_names, pending
from tailgraph.graph.origins import settle as origins
from tailgraph.graph.pending import Mark
from tailgraph.graph.store import Store
from tailgraph.ingest import company, silences
from tailgraph.ingest.track_reading import derive

_ROUNDS = 5
"""Where others write all the while, the rest is left to the next settling: its marks stay."""


def settle(store: Store, tell: Callable[[str], None] = lambda stage: None) -> None:
    """If anything has changed since: work out origins, bring what aircraft tables say to the aircraft named,
    judge silences, find flights that were flown together, and test reported flights against tracked ones.

    `tell` is told what is under way: after an archive of a day, each of these takes minutes."""
    if not pending.marks(store):
        return
    with pending.alone(store):
        tell("Naming aircraft by the aircraft tables …")
        marks = _tabled(store)
        tell("Working out origins of reports …")
        origins.settle(store)
        tell("Judging silences by other traffic …")
        silences.judge(store, marks)
        tell("Finding flights that were flown together …")
        company.settle(store, marks)
        tell("Testing reported flights against tracked ones …")
        corroborate.link(store)
        pending.done(store, marks)


def _tabled(store: Store) -> Sequence[Mark]:
    """Name flights and airframes by the aircraft tables; returns the marks that are heeded with that."""
    marks = pending.marks(store)
    if not airframes.any_table(store) and not any(mark.tables for mark in marks):
        return marks
    for _ in range(_ROUNDS):  # flights that were derived again leave marks of their own, for the next round
        marks = pending.marks(store)
        if not flight_names.settle(store, marks, derive):
            break
    airframes.settle(store)
    return marks
