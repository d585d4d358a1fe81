"""Neo4j's own administration tool, for what is done while the server is stopped."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from tailgraph.errors import ServerError
from tailgraph.graph.server import config, jars, java
from tailgraph.graph.server.home import Home
from tailgraph.settings import ManagedServer


def cache(place: Home, options: ManagedServer) -> Path:
    """Where downloads lie."""
    return options.cache or place.root / "cache"


def run(place: Home, options: ManagedServer, *arguments: str, conf: Path | None = None,
        stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None) -> None:
    """Run the tool on this home, or by another `conf` folder; raises ServerError with its reason."""
    folder = cache(place, options)
    command = [str(java.find(folder, options.java)), *config.JAVA_FLAGS, f"-Djava.io.tmpdir={place.tmp}",
               "-cp", config.classpath(jars.fetch(folder)), config.ADMIN_TOOL, *arguments]
    environ = os.environ | {"NEO4J_HOME": str(place.neo4j), "NEO4J_CONF": str(conf or place.conf)}
    done = subprocess.run(command, env=environ, cwd=place.neo4j, umask=0o077, check=False,
                          stdin=stdin or subprocess.DEVNULL, stdout=stdout or subprocess.PIPE,
                          stderr=subprocess.PIPE)
    if done.returncode:
        said = (done.stderr + (done.stdout or b"")).decode(errors="replace")
        raise ServerError(f"Neo4j's tool failed at `{' '.join(arguments[:2])}`: {reason(said)}.",
                          where=str(place.neo4j), remedy="Mend that and run the command again.")


# Progress, what the Java runtime says of itself, and what led up to the failure.
_BESIDE_THE_POINT = re.compile(r"Files: |Picked up |WARNING|\s|\S+ \S+ (INFO|WARN) ")
_STAMP = re.compile(r"^\S+ \S+ ERROR (\[\S+\] )?")


def reason(said: str) -> str:
    """The first line of the tool's words that tells why it failed."""
    lines = (line for line in said.splitlines() if line and not _BESIDE_THE_POINT.match(line))
    return _STAMP.sub("", next(lines, "it did not say why")).rstrip(".")


def set_initial_password(place: Home, options: ManagedServer) -> None:
    """Give the password to a server that has never started.

    It goes by a file: a command line can be read by everybody on the machine.
    """
    if place.has_started():
        return
    with tempfile.NamedTemporaryFile("w", dir=place.tmp, prefix="argument-") as file:
        file.write(place.password())
        file.flush()
        run(place, options, "dbms", "set-initial-password", f"@{file.name}")
