"""Bringing a graph that is there to this version of the program: constraints, indexes, migrations.

No writer changes the layout elsewhere. Each step is idempotent, for it may be cut and run again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import neo4j
from neo4j.exceptions import Neo4jError

from tailgraph.errors import UsageError
from tailgraph.graph import keys, schema
from tailgraph.graph.shape import SHARED, Label


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


def _held(session: neo4j.Session) -> None:
    """Nothing says when the entities of an older graph came: not before the first source that is here."""
    from tailgraph.graph.identity import same_as

    first = session.run(_FIRST).single(strict=True)["at"]
    if first:
        for label in SHARED:
            session.run(schema.stamp(label), at=first).consume()
    refs = [(Label(row["kind"]), id_) for row in session.run(_JUDGED) for id_ in (row["left"], row["right"])]
    session.execute_write(lambda transaction: same_as.rewrite(cast(neo4j.Transaction, transaction), refs))


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first layout of the graph", _nothing),
    Migration(2, "reports are compared, to count origins", _origins),
    Migration(3, "claims can be graded; grades of publishers are kept apart from them", _origins),
    Migration(4, "questions as of what was known heed the judgements of then", _held),
)
LATEST = MIGRATIONS[-1].number
_SUM = keys.digest(*schema.definitions())
_FIRST = "MATCH (n:Document|TrackFile|AircraftTable) RETURN min(n.recorded_at) AS at"
_JUDGED = "MATCH (j:Judgement) RETURN j.kind AS kind, j.left AS left, j.right AS right"
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
