"""The server as a process: started in a session of its own, known by its command line, stopped by its id."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from tailgraph.errors import ServerError
from tailgraph.graph.server.config import ENTRY_POINT, home_argument
from tailgraph.graph.server.home import Home

STOP_TIMEOUT = 60


def find(home: Home) -> psutil.Process | None:
    """The running server of this home, or None.

    The recorded id counts only if that process' command line names our server and this very home, so a
    recycled id is never taken for it. Without a record that fits (its writer may have been killed), all
    processes are looked through.
    """
    state = home.state()
    if state and state.pid and (process := _process(state.pid)) and is_server(process, home):
        return process
    return next((process for process in psutil.process_iter() if is_server(process, home)), None)


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.Error:
        return None


def is_server(process: psutil.Process, home: Home) -> bool:
    try:
        arguments = process.cmdline()
    except psutil.Error:
        return False
    return ENTRY_POINT in arguments and home_argument(home.neo4j) in arguments


def start(command: Sequence[str], home: Home) -> subprocess.Popen[bytes]:
    """Start the server so that it outlives us and no Ctrl-C of our terminal reaches it."""
    log = home.logs / "console.log"
    log.touch(mode=0o600)
    with log.open("ab") as console:
        return subprocess.Popen(command, cwd=home.neo4j, stdin=subprocess.DEVNULL, stdout=console,
                                stderr=console, start_new_session=True, umask=0o077)


def stop(process: psutil.Process) -> None:
    """Ask it to end, wait, and only then end it by force. Neo4j recovers from that at its next start."""
    try:
        process.terminate()
        process.wait(STOP_TIMEOUT)
    except psutil.NoSuchProcess:
        return
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_TIMEOUT)


def free_port(preferred: Sequence[int | None]) -> int:
    """The first of the preferred ports that nobody listens on, else any free one."""
    for port in preferred:
        if port and _is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        assert isinstance(port, int)
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As Java does: a connection that is still closing is no listener.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


LOGS = ("neo4j.log", "console.log")
"""What the server says by its own means, and what the Java runtime says before or beside it."""


def put_logs_aside(home: Home) -> None:
    """So that what is shown of a start that fails is of this start; the logs of the last one are kept."""
    for name in LOGS:
        with suppress(FileNotFoundError):
            (home.logs / name).replace(home.logs / f"previous-{name}")


def log_tail(home: Home, lines: int = 12) -> str:
    """The server's own last words, for an error message; no stack traces."""
    said = [line for name in LOGS for line in _lines(home.logs / name) if not line.startswith("\t")]
    return "\n".join(said[-lines:]) or "(nothing)"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def failed(home: Home, message: str) -> ServerError:
    return ServerError(f"{message} Its last words:\n{log_tail(home)}\n", where=str(home.logs),
                       remedy="Read the log there; then run `tailgraph db up` again.")
