"""The address of Neo4j Browser with the server and a first query filled in."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from tailgraph.errors import StoreUnavailable
from tailgraph.graph.server.home import Home
from tailgraph.graph.server.site import HEADLINE, source
from tailgraph.settings import Connection, Settings


def headline() -> str:
    """The first query: the headline question, answered as a picture."""
    return source().joinpath(HEADLINE).read_text(encoding="utf-8")


def address(settings: Settings, connection: Connection) -> str:
    """Where to point a web browser. Raises StoreUnavailable if the managed server has never run."""
    query = quote(headline().strip())
    return (f"{_origin(settings, connection)}/browser/?dbms={quote(connection.uri, safe=':/')}"
            f"&db={quote(connection.database)}&cmd=edit&arg={query}")


def _origin(settings: Settings, connection: Connection) -> str:
    """Of the managed server as recorded; of another, Neo4j's usual port on its host."""
    if settings.connection:
        parts = urlsplit(connection.uri)
        secure = parts.scheme.endswith(("+s", "+ssc"))
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"https://{host}:7473" if secure else f"http://{host}:7474"
    state = Home(settings.home).state()
    if state is None:
        raise StoreUnavailable("The managed Neo4j is not running.", where=str(settings.home),
                               remedy="Start it with `tailgraph db up`.")
    return f"http://127.0.0.1:{state.http_port}"


def how_to_log_in(settings: Settings, connection: Connection) -> str:
    """What to tell a person; never the password itself."""
    if settings.connection:
        return (f"Log in as {connection.username}. For Tailgraph's colours, drop this file on the page: "
                f"{source().joinpath('style.grass')}")
    return (f"Log in as {connection.username}; the password is in {Home(settings.home).password_file}")
