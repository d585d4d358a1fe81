"""Bringing a graph that is there to this version of the program: constraints, indexes, migrations.

No writer changes the layout elsewhere. Each step is idempotent, for it may be cut and run again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import neo4j
from neo4j.exceptions import Neo4jError

from tailgraph.errors import UsageError
from tailgraph.graph import keys, schema


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from an older graph to this one. `run` must be idempotent: it may be cut and run again."""

    number: int
    what: str
    run: Callable[[neo4j.Session], None]


def _nothing(session: neo4j.Session) -> None:
    """The first version has nothing to bring over."""


def _origins(session: neo4j.Session) -> None:
    from tailgraph.graph.origins import older

    older.describe(session)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first layout of the graph", _nothing),
    Migration(2, "reports are compared, to count origins", _origins),
    Migration(3, "claims can be graded; grades of publishers are kept apart from them", _origins),
)
LATEST = MIGRATIONS[-1].number
_SUM = keys.digest(*schema.definitions())
_META = "MATCH (m:Meta {id: 'schema'}) RETURN m.schema_version AS version, m.statements AS statements"
_SET_META = ("MERGE (m:Meta {id: 'schema'}) "
             "SET m.schema_version = $version, m.statements = $statements")


def apply(driver: neo4j.Driver, database: str) -> list[str]:
    """Bring constraints, indexes and data to this version; returns what was done, in words ([]: nothing).

    Several processes may apply at once. Raises UsageError where the graph is newer than this program.
    """
    with driver.session(database=database) as session:
        version, statements = _state(session)
        if version > LATEST:
            raise UsageError(f"The graph has layout {version}; this Tailgraph knows up to {LATEST}.",
                             where=database, remedy="Update Tailgraph.")
        if version == LATEST and statements == _SUM:
            return []
        done = _define(session)
        for migration in MIGRATIONS:
            if migration.number > version:
                migration.run(session)
                done.append(f"migration {migration.number}: {migration.what}")
        session.run(_SET_META, version=LATEST, statements=_SUM).consume()
        return done


def _state(session: neo4j.Session) -> tuple[int, str | None]:
    row = session.run(_META).single()
    return (row["version"], row["statements"]) if row else (0, None)


def _define(session: neo4j.Session) -> list[str]:
    for statement in schema.definitions():
        _settled(session, statement)
    session.run("CALL db.awaitIndexes(120)").consume()
    return [f"{len(schema.definitions())} constraints and indexes"]


def _settled(session: neo4j.Session, statement: str) -> None:
    """Run a definition; another process may be making the same one at this moment."""
    for pause in (0.1, 0.2, 0.4, 0.8, 1.6, 3.2):
        try:
            session.run(statement).consume()
            return
        except Neo4jError as error:
            if error.code and error.code.endswith(("AlreadyExists", "ConstraintAlreadyExists")):
                return
            if not error.is_retryable():
                raise
            time.sleep(pause)
    session.run(statement).consume()
