"""What is done with Neo4j's administration tool while the server is stopped: password, dump, load."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from tailgraph.errors import ServerError
from tailgraph.graph.server import config, jars, java
from tailgraph.graph.server.home import Home
from tailgraph.settings import ManagedServer


def run(place: Home, options: ManagedServer, *arguments: str, conf: Path | None = None) -> str:
    """Run the tool and return what it printed; raises ServerError with its last line."""
    cache = options.cache or place.root / "cache"
    command = [str(java.find(cache, options.java)), *config.JAVA_FLAGS, f"-Djava.io.tmpdir={place.tmp}",
               "-cp", config.classpath(jars.library(cache)), config.ADMIN_TOOL, *arguments]
    environ = os.environ | {"NEO4J_HOME": str(place.neo4j), "NEO4J_CONF": str(conf or place.conf)}
    done = subprocess.run(command, env=environ, cwd=place.neo4j, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, umask=0o077, check=False)
    if done.returncode:
        raise ServerError(f"Neo4j's tool failed at `{' '.join(arguments[:2])}`: {_last_words(done)}",
                          where=str(place.neo4j), remedy="Read the logs there.")
    return done.stdout


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("\t")]  # the rest is a Java stack trace
    return told[-1] if told else "(it said nothing)"


def set_initial_password(place: Home, options: ManagedServer) -> None:
    """Give the password to a server that has never started.

    It goes by a file: a command line can be read by everybody on the machine.
    """
    if (place.data / "databases" / "system").exists():
        return
    with tempfile.NamedTemporaryFile("w", dir=place.tmp, prefix="argument-") as file:
        file.write(place.password())
        file.flush()
        run(place, options, "dbms", "set-initial-password", f"@{file.name}")


def finish_load(place: Home) -> None:
    """To come."""
