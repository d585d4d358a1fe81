"""Where Tailgraph keeps its state and which Neo4j it talks to.

Order of precedence: command-line options, environment (`NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_PASSWORD`,
`NEO4J_DATABASE`, `TAILGRAPH_HOME`, `TAILGRAPH_CACHE`, `TAILGRAPH_MODEL`; for the managed server `NEO4J_JAVA`,
`TAILGRAPH_HEAP`, `TAILGRAPH_PAGECACHE`), `tailgraph.toml` in the working directory, then
`config.toml` in the state folder. Without a URI, Tailgraph manages a server of its own.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tailgraph.errors import UsageError


@dataclass(frozen=True, slots=True)
class Connection:
    """A Neo4j that somebody else runs. The password stays out of `repr`."""

    uri: str
    username: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"


@dataclass(frozen=True, slots=True)
class ManagedServer:
    """How the server that Tailgraph itself runs is to be: memory in Java's notation (`512m`, `2g`)."""

    heap: str = "512m"
    pagecache: str = "256m"
    bolt_port: int = 7687
    """Preferred; a free one is taken where it is in use."""
    http_port: int = 7474
    java: str | None = None
    """Path of a `java` 17 or 21; None: JAVA_HOME, PATH, else one is fetched."""
    cache: Path | None = None
    """Folder of downloads, shared by all homes; None: `cache` in the home."""


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    """Folder of the managed server, its downloads, and state; owner-only."""
    connection: Connection | None = None
    """None: the managed server."""
    model: str | None = None
    """Name or path of the spaCy model; None: the best that is installed."""
    lexicons: tuple[Path, ...] = ()
    server: ManagedServer = ManagedServer()


def default_home(environ: Mapping[str, str]) -> Path:
    """`TAILGRAPH_HOME`, else `tailgraph` under `XDG_DATA_HOME` or `~/.local/share`."""
    if home := environ.get("TAILGRAPH_HOME"):
        return Path(home).expanduser().absolute()
    base = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return (Path(base).expanduser() / "tailgraph").absolute()


def default_cache(environ: Mapping[str, str]) -> Path:
    """`TAILGRAPH_CACHE`, else `tailgraph` under `XDG_CACHE_HOME` or `~/.cache`."""
    if cache := environ.get("TAILGRAPH_CACHE"):
        return Path(cache).expanduser().absolute()
    base = environ.get("XDG_CACHE_HOME") or "~/.cache"
    return (Path(base).expanduser() / "tailgraph").absolute()


def _managed_server(env: Mapping[str, str], home: Path) -> ManagedServer:
    """`[server]` comes from the state folder's file alone: a folder that somebody else filled and that we
    happen to work in must not name a program to run."""
    path = home / "config.toml"
    stored = _read_toml(path).get("server", {})
    heap = env.get("TAILGRAPH_HEAP") or str(stored.get("heap", "512m"))
    pagecache = env.get("TAILGRAPH_PAGECACHE") or str(stored.get("pagecache", "256m"))
    for size in (heap, pagecache):
        if not re.fullmatch(r"[1-9][0-9]*[kmgKMG]", size):
            raise UsageError(f"{size!r} is no amount of memory.", where=str(path),
                             remedy="Write it like 512m or 2g (TAILGRAPH_HEAP, TAILGRAPH_PAGECACHE).")
    return ManagedServer(heap=heap, pagecache=pagecache, java=env.get("NEO4J_JAVA") or stored.get("java"),
                         cache=default_cache(env))


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The settings cannot be read: {error}.", where=str(path),
                         remedy="Mend the file or move it away.") from error


def load(environ: Mapping[str, str] | None = None, cwd: Path | None = None, *, uri: str | None = None,
         username: str | None = None, password: str | None = None, database: str | None = None) -> Settings:
    """Settings from options, environment and files, in that order; raises UsageError on a broken file."""
    env = os.environ if environ is None else environ
    home = default_home(env)
    merged = _read_toml(home / "config.toml") | _read_toml((cwd or Path.cwd()) / "tailgraph.toml")
    stored = merged.get("neo4j", {})

    def pick(option: str | None, variable: str, key: str, default: str = "") -> str:
        return option or env.get(variable) or str(stored.get(key, "")) or default

    address = pick(uri, "NEO4J_URI", "uri")
    connection = Connection(
        uri=address,
        username=pick(username, "NEO4J_USERNAME", "username", "neo4j"),
        password=pick(password, "NEO4J_PASSWORD", "password"),
        database=pick(database, "NEO4J_DATABASE", "database", "neo4j"),
    ) if address else None
    lexicons = tuple(Path(p) for p in merged.get("nlp", {}).get("lexicons", []))
    model = env.get("TAILGRAPH_MODEL") or merged.get("nlp", {}).get("model")
    return Settings(home=home, connection=connection, model=model, lexicons=lexicons,
                    server=_managed_server(env, home))
