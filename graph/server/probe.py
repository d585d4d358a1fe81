"""Asking a Neo4j whether it is there, quickly, and saying clearly why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tailgraph.errors import StoreUnavailable, UsageError
from tailgraph.settings import Connection

if TYPE_CHECKING:
    import neo4j

SCHEMES = tuple(base + security for base in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))

PROBE_SECONDS = 4.0
"""A dead host must be named as such within five seconds."""


def driver(target: Connection, **options: Any) -> neo4j.Driver:
    """A driver of that server; opens no connection yet. The caller closes it.

    Notifications are off: in a new graph, each label that a query names and nobody has used yet makes one.
    Raises UsageError where the address is none.
    """
    from neo4j import GraphDatabase

    _need_address(target.uri)
    settings = {"notifications_min_severity": "OFF"} | options
    return GraphDatabase.driver(target.uri, auth=(target.username, target.password), **settings)


def _need_address(uri: str) -> None:
    try:
        parts = urlsplit(uri)
        good = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise UsageError("This is no address of a Neo4j.", where=uri or "(empty)",
                         remedy="Write it like bolt://127.0.0.1:7687 or neo4j+s://HOST (NEO4J_URI).")


def check(target: Connection) -> str:
    """Return what the server calls itself ("Neo4j/5.26.30") once the database answers RETURN 1.

    Raises StoreUnavailable with host, cause and remedy within five seconds.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    with driver(target, connection_timeout=PROBE_SECONDS, connection_acquisition_timeout=PROBE_SECONDS,
                max_transaction_retry_time=0.0) as session_maker:
        try:
            with session_maker.session(database=target.database) as session:
                return str(session.run("RETURN 1").consume().server.agent)
        except (DriverError, Neo4jError, OSError, ValueError) as error:
            raise explained(target, error) from error


def was_refused(error: StoreUnavailable) -> bool:
    """Whether a server answered, and did not accept the name or the password."""
    from neo4j.exceptions import AuthError

    return isinstance(error.__cause__, AuthError)


def explained(target: Connection, error: Exception) -> StoreUnavailable:
    """One line for a failed connection: the password never is part of it."""
    from neo4j.exceptions import AuthError, ClientError, ServiceUnavailable

    if isinstance(error, AuthError):
        cause, remedy = "The name or the password is wrong.", "Set NEO4J_USERNAME and NEO4J_PASSWORD."
    elif isinstance(error, ClientError) and "Database" in (error.code or ""):
        cause, remedy = f"There is no database {target.database!r}.", "Set NEO4J_DATABASE."
    elif isinstance(error, ServiceUnavailable | OSError | ValueError):  # the last: no DNS takes such a name
        cause, remedy = "Neo4j does not answer.", "Start it, or correct NEO4J_URI; nothing was lost."
    else:
        cause, remedy = f"Neo4j refused: {type(error).__name__}.", "Read its log, and try again."
    return StoreUnavailable(cause, where=target.uri, remedy=remedy)
