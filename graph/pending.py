"""What still has to follow from a change: silences judged anew, reported flights tested against tracked ones.

Both are pure functions of the graph, but of more of it than one contribution. Each contribution and each
retraction leaves a mark in its own transaction, so that a process that dies in between leaves the work to
the next; and one that finds no mark has nothing to do.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from tailgraph.graph.store import Store

_MARK = "CREATE (:Meta {id: 'pending ' + $id, first_day: $first, last_day: $last, tables: $tables})"
_MARKS = """
MATCH (m:Meta) WHERE m.id STARTS WITH 'pending '
RETURN m.id AS id, m.first_day AS first_day, m.last_day AS last_day,
       coalesce(m.tables, false) AS tables
ORDER BY id
"""
_DONE = "UNWIND $ids AS id MATCH (m:Meta {id: id}) DELETE m"
_ENTER = "MERGE (m:Meta {id: 'settling'}) SET m.id = m.id"


@dataclass(frozen=True, slots=True)
class Mark:
    """`first_day` and `last_day` (UTC) are those of the positions that came or went; None for reports.
    `tables`: whether what aircraft tables say has changed."""

    id: str
    first_day: date | None = None
    last_day: date | None = None
    tables: bool = False


def mark(transaction: neo4j.Transaction, first_day: date | None = None, last_day: date | None = None, *,
         tables: bool = False) -> None:
    """Say that something has changed; part of the transaction that changes it."""
    transaction.run(_MARK, id=uuid.uuid4().hex, first=first_day, last=last_day,
                    tables=tables or None).consume()


def marks(store: Store) -> list[Mark]:
    return [Mark(row["id"], _day(row["first_day"]), _day(row["last_day"]), row["tables"])
            for row in store.read(_MARKS)]


def _day(value: Any) -> date | None:
    day: date | None = value and value.to_native()
    return day


def done(store: Store, settled: Sequence[Mark]) -> None:
    ids = [one.id for one in settled]
    store.write(lambda transaction: transaction.run(_DONE, ids=ids).consume())


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Hold the lock under which what follows is worked out: one process at a time writes it, and whoever is
    last has seen all that was there. The lock goes with the connection."""
    try:
        with store.driver.session(database=store.database) as session, session.begin_transaction() as held:
            held.run(_ENTER).consume()
            yield
            held.commit()
    except (DriverError, Neo4jError) as error:
        raise store.explained(error) from error
