"""The connection to Neo4j: probed before anything else, and transactions that may be submitted again.

Every unit of work handed to `Store.write` must be idempotent: it is run again after a deadlock, and also
when the connection broke after COMMIT was sent, where nobody can know whether it took effect.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import neo4j
import neo4j.graph
from neo4j import exceptions as failure

from tailgraph.errors import StoreUnavailable
from tailgraph.graph import migrations
from tailgraph.graph.server import probe
from tailgraph.settings import Connection

T = TypeVar("T")
Row = dict[str, Any]

PATIENCE_S = 60.0
"""How long a transaction that lost a deadlock is tried again."""
RECONNECTS = 3
"""How often a transaction is submitted again after the connection broke."""

_LOST = (failure.ServiceUnavailable, failure.SessionExpired)
# Two processes that delete and make the same node at once: settled by a second look.
_RACES = frozenset({
    "Neo.ClientError.Statement.EntityNotFound",
    "Neo.ClientError.Schema.ConstraintValidationFailed",
})


class Refused(StoreUnavailable):
    """Neo4j is there, but does not take this: nothing of it was stored, and trying again will not help."""


class Raced(Exception):
    """Raised inside a unit of work: another process changed what it had found; it is run again."""


class Store:
    """A graph to read from and write to. Use it as a context manager.

    Raises StoreUnavailable within a few seconds where Neo4j does not answer or does not let us in.
    `prepare` brings constraints and indexes up to date; readers may leave it out.
    """

    def __init__(self, connection: Connection, *, prepare: bool = True) -> None:
        self.connection = connection
        self._prepare = prepare
        self._driver: neo4j.Driver | None = None

    @property
    def driver(self) -> neo4j.Driver:
        if self._driver is None:
            raise RuntimeError("The store is used outside of its `with` block.")
        return self._driver

    @property
    def database(self) -> str:
        return self.connection.database

    def __enter__(self) -> Self:
        probe.check(self.connection)
        self._driver = probe.driver(
            self.connection, connection_timeout=probe.PROBE_SECONDS, notifications_min_severity="OFF",
            connection_acquisition_timeout=2 * probe.PROBE_SECONDS, user_agent="tailgraph")
        try:
            if self._prepare:
                migrations.apply(self._driver, self.database)
        except BaseException as error:
            self.close()
            if isinstance(error, failure.DriverError | failure.Neo4jError):
                raise probe.explained(self.connection, error) from error
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one reading statement; it may be run more than once."""
        def work(transaction: neo4j.Transaction) -> list[Row]:
            result = transaction.run(query, dict(parameters or {}))
            keys = result.keys()
            return [dict(zip(keys, map(plain, record.values()), strict=True)) for record in result]

        return self._submit(work, neo4j.READ_ACCESS)

    def write(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """Run `work` in one transaction and commit it. `work` must be idempotent: see the module's text."""
        return self._submit(work, neo4j.WRITE_ACCESS)

    def rehearse(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """Run `work` in one transaction, and take all of it back: to see what it would do."""
        return self._submit(work, neo4j.WRITE_ACCESS, keep=False)

    def _submit(self, work: Callable[[neo4j.Transaction], T], mode: str, *, keep: bool = True) -> T:
        """Raises StoreUnavailable once patience is over, or the error is none that another try can settle."""
        waits, lost = _waits(), 0
        while True:
            try:
                return self._attempt(work, mode, keep)
            except (failure.DriverError, failure.Neo4jError, Raced) as error:
                lost += isinstance(error, _LOST)
                pause = next(waits, None)
                if pause is None or lost > RECONNECTS or not worth_another_try(error):
                    raise self.explained(error) from error
                time.sleep(pause)

    def _attempt(self, work: Callable[[neo4j.Transaction], T], mode: str, keep: bool) -> T:
        with (self.driver.session(database=self.database, default_access_mode=mode) as session,
              session.begin_transaction() as transaction):
            result = work(transaction)
            if keep:
                transaction.commit()
            else:
                transaction.rollback()
            return result

    def explained(self, error: Exception) -> StoreUnavailable:
        """An error of the driver as our own: with host, cause and remedy."""
        if isinstance(error, failure.ClientError) and not isinstance(error, failure.AuthError):
            reason = " ".join((error.message or "").split())[:200]
            return Refused(f"Neo4j does not take this: {reason}", where=self.connection.uri,
                           remedy="Nothing of it was stored; please report this.")
        return probe.explained(self.connection, error)


def worth_another_try(error: Exception) -> bool:
    """True for deadlocks and the like, lost connections, and races that a second look settles."""
    if isinstance(error, failure.Neo4jError):
        return error.is_retryable() or error.code in _RACES
    return isinstance(error, (*_LOST, Raced))


def _waits() -> Iterator[float]:
    """Growing pauses with jitter, so that processes that collided do not collide again in step."""
    end = time.monotonic() + PATIENCE_S
    pause = 0.05
    while time.monotonic() < end:
        yield pause * random.uniform(0.5, 1.5)
        pause = min(pause * 2, 2.0)


def plain(value: Any) -> Any:
    """A value of a row, nodes as their properties. The driver's own `data` does the same, but takes bytes
    apart into their numbers on the way, many times the cost of fetching a packed track."""
    if isinstance(value, neo4j.graph.Node):
        return dict(value)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value
