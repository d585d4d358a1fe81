"""Running a statement behind the gate: read mode, a checked plan, a time limit, a row limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from weakref import WeakKeyDictionary

import neo4j
from neo4j import exceptions as failure

from tailgraph.errors import QueryRefused, TailgraphError, UsageError
from tailgraph.graph.server import probe
from tailgraph.graph.store import Store
from tailgraph.queries import gate
from tailgraph.queries.catalogue import CUT, Query
from tailgraph.queries.values import plain

LIMIT = 1_000
TIMEOUT_S = 30.0
MOST_PASSED = 500
"""Statements beyond these are looked at every time."""
_EXPLAIN = "EXPLAIN "
_POSITION = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\).*", re.DOTALL)
_UNREAD = ("SyntaxError", "SemanticError", "ParameterMissing")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in the order of `columns`, with values that JSON can hold."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False
    """Whether there are more rows than were asked for."""
    ends_at: tuple[str, ...] = ()
    """The bounds of a question, as `newest=200`, where there is more beyond them."""

    def objects(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(store: Store, statement: str, parameters: Mapping[str, Any] | None = None, *, limit: int = LIMIT,
        timeout_s: float = TIMEOUT_S) -> Answer:
    """The answer to a statement that only reads.

    Raises QueryRefused where it does more, or takes longer than `timeout_s`; UsageError where Neo4j does not
    understand it or cannot carry it out; StoreUnavailable where Neo4j does not answer.
    """
    gate.check_words(statement)
    try:
        with store.driver.session(database=store.database, default_access_mode=neo4j.READ_ACCESS,
                                  fetch_size=min(limit + 1, 1_000)) as session:
            return _ask(session, _Gate.of(store), statement, dict(parameters or {}), limit, timeout_s)
    except (failure.DriverError, failure.Neo4jError) as error:
        raise _said(error, store, timeout_s) from error


def ask_question(store: Store, question: Query, arguments: Mapping[str, Any], *, limit: int = LIMIT,
                 timeout_s: float = TIMEOUT_S) -> Answer:
    """The answer to a question of the library, without the column that says whether it is cut."""
    found = ask(store, question.cypher, arguments, limit=limit, timeout_s=timeout_s)
    if found.columns[-1] != CUT:
        return found
    ends_at = tuple(f"{name}={arguments[name]}" for name in question.bounds)
    return Answer(found.columns[:-1], tuple(row[:-1] for row in found.rows), found.is_cut,
                  ends_at if any(row[-1] for row in found.rows) else ())


@dataclass(slots=True)
class _Gate:
    """Which statements were looked at on this connection: to have the plan of a long one described takes
    longer than many an answer. What a plan may hold depends on the statement and its parameters' types alone.
    """

    passed: set[tuple[str, tuple[tuple[str, type], ...]]] = field(default_factory=set)

    @classmethod
    def of(cls, store: Store) -> _Gate:
        return _GATES.setdefault(store, cls())

    def check(self, transaction: neo4j.Transaction, statement: str, parameters: Mapping[str, Any]) -> None:
        """Raises QueryRefused unless the statement only reads."""
        key = statement, tuple((name, type(parameters[name])) for name in sorted(parameters))
        if key in self.passed:
            return
        summary = transaction.run(_unchecked(_EXPLAIN + statement), dict(parameters)).consume()
        gate.check_plan(summary.query_type, summary.plan)
        if len(self.passed) < MOST_PASSED:
            self.passed.add(key)


_GATES: WeakKeyDictionary[Store, _Gate] = WeakKeyDictionary()


def _ask(session: neo4j.Session, checked: _Gate, statement: str, parameters: dict[str, Any], limit: int,
         timeout_s: float) -> Answer:
    with session.begin_transaction(timeout=timeout_s) as transaction:
        checked.check(transaction, statement, parameters)
        result = transaction.run(_unchecked(statement), parameters)
        rows: list[tuple[Any, ...]] = []
        for record in result:
            if len(rows) == limit:
                return Answer(tuple(result.keys()), tuple(rows), is_cut=True)
            rows.append(tuple(map(plain, record.values())))
        return Answer(tuple(result.keys()), tuple(rows))


def _unchecked(statement: str) -> Any:
    """The driver's types ask for literal strings; this one has gone through the gate."""
    return cast(Any, statement)


def _said(error: Exception, store: Store, timeout_s: float) -> TailgraphError:
    code = getattr(error, "code", "") or ""
    if "TransactionTimedOut" in code or "Terminated" in code:
        return QueryRefused(f"The statement was stopped after {timeout_s:g} s.",
                            remedy="Narrow it, or give it more time with --timeout.")
    if code.endswith(("AccessMode", "ForbiddenOnReadOnlyDatabase", "Forbidden")):
        return QueryRefused("The statement does more than read.", remedy="Only statements that read may run.")
    if code.startswith("Neo.ClientError.Statement") or "ParameterMissing" in code:
        verb = "does not understand" if code.endswith(_UNREAD) else "cannot carry out"
        said = _of_the_user(str(getattr(error, "message", error)))
        return UsageError(f"Neo4j {verb} the statement: {said}", remedy="Correct it.")
    return probe.explained(store.connection, error)


def _of_the_user(message: str) -> str:
    """Neo4j's message with its place counted in the statement as it was given, before EXPLAIN led it."""
    said = " ".join(_POSITION.sub(_place, message).split())[:500]
    return said if said.endswith(".") else f"{said}."


def _place(found: re.Match[str]) -> str:
    line, column = int(found[1]), int(found[2])
    return f" (line {line}, column {max(1, column - len(_EXPLAIN)) if line == 1 else column})"
