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
from neo4j import exceptions as failure

from tailgraph.errors import StoreUnavailable, TailgraphError, UsageError
from tailgraph.graph import schema
from tailgraph.settings import Connection

T = TypeVar("T")
Row = dict[str, Any]

PROBE_S = 4.0
"""A host that does not answer is given up after this many seconds."""
PATIENCE_S = 60.0
"""How long a transaction that lost a deadlock is tried again."""
RECONNECTS = 3
"""How often a transaction is submitted again after the connection broke."""

_LOST = (failure.ServiceUnavailable, failure.SessionExpired)
# A node that was found, then deleted by another process before we had locked it; and two processes that
# make the same node at once. Both are settled by a second look.
_RACES = frozenset({
    "Neo.ClientError.Statement.EntityNotFound",
    "Neo.ClientError.Schema.ConstraintValidationFailed",
})


class Store:
    """A graph to read from and write to. Use it as a context manager.

    Raises StoreUnavailable within a few seconds where Neo4j does not answer or does not let us in.
    `prepare` brings constraints, indexes and reference edges up to date; readers may leave it out.
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
        self._driver = _driver(self.connection)
        try:
            self._probe()
            if self._prepare:
                schema.apply(self.driver, self.database)
        except BaseException as error:
            self.close()
            raise self._said(error) from error
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
            return transaction.run(query, dict(parameters or {})).data()

        return self._submit(work, neo4j.READ_ACCESS)

    def write(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """Run `work` in one transaction and commit it. `work` must be idempotent: see the module's text."""
        return self._submit(work, neo4j.WRITE_ACCESS)

    def _probe(self) -> None:
        self.driver.verify_connectivity()
        with self.driver.session(database=self.database) as session:
            session.run("RETURN 1").consume()

    def _submit(self, work: Callable[[neo4j.Transaction], T], mode: str) -> T:
        waits = _waits()
        lost = 0
        while True:
            try:
                return self._attempt(work, mode)
            except (failure.DriverError, failure.Neo4jError) as error:
                lost += isinstance(error, _LOST)
                pause = next(waits, None)
                if pause is None or lost > RECONNECTS or not worth_another_try(error):
                    raise self._said(error) from error
                time.sleep(pause)

    def _attempt(self, work: Callable[[neo4j.Transaction], T], mode: str) -> T:
        with (self.driver.session(database=self.database, default_access_mode=mode) as session,
              session.begin_transaction() as transaction):
            result = work(transaction)
            transaction.commit()
            return result

    def _said(self, error: BaseException) -> BaseException:
        """`error` as our own where it is Neo4j's, with host, cause and remedy."""
        return unavailable(error, self.connection) if isinstance(
            error, (failure.DriverError, failure.Neo4jError, OSError)) else error


def worth_another_try(error: failure.DriverError | failure.Neo4jError) -> bool:
    """True for deadlocks and the like, lost connections, and races that a second look settles."""
    if isinstance(error, failure.Neo4jError):
        return error.is_retryable() or error.code in _RACES
    return isinstance(error, _LOST)


def unavailable(error: Exception, connection: Connection) -> TailgraphError:
    """What the user is told of an error of the driver: the host, the cause, and what to do."""
    return StoreUnavailable(f"Neo4j {_cause(error)}.", where=connection.uri, remedy=_remedy(error))


def _cause(error: Exception) -> str:
    if isinstance(error, failure.AuthError):
        return "refuses this user or password"
    if isinstance(error, failure.Neo4jError):
        return f"refused the work: {_one_line(error.message or error.code or 'no reason given')}"
    return f"does not answer: {_one_line(str(error))}"


def _remedy(error: Exception) -> str:
    if isinstance(error, failure.AuthError):
        return "Check NEO4J_USERNAME and NEO4J_PASSWORD."
    if isinstance(error, failure.Neo4jError):
        if "Database" in (error.code or ""):
            return "Check NEO4J_DATABASE, then run the command again."
        return "Nothing of this step was stored; see the server's log, then run the command again."
    return "Start it (`tailgraph db up` starts the managed one) or correct NEO4J_URI, then run this again."


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")[:300]


def _driver(connection: Connection) -> neo4j.Driver:
    try:
        return neo4j.GraphDatabase.driver(
            connection.uri, auth=(connection.username, connection.password), connection_timeout=PROBE_S,
            connection_acquisition_timeout=PROBE_S * 2, keep_alive=True, notifications_min_severity="OFF",
            user_agent="tailgraph")
    except (failure.DriverError, ValueError, TypeError) as error:
        raise UsageError(f"This is no address of a Neo4j: {_one_line(str(error))}.", where=connection.uri,
                         remedy="Write it as bolt://HOST:7687 or neo4j+s://HOST.") from error


def _waits() -> Iterator[float]:
    """Growing pauses with jitter, so that processes that collided do not collide again in step."""
    end = time.monotonic() + PATIENCE_S
    pause = 0.05
    while time.monotonic() < end:
        yield pause * random.uniform(0.5, 1.5)
        pause = min(pause * 2, 2.0)
