"""Bringing the managed server up and down, whoever else is at it and however the last one ended."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil

from tailgraph import __version__
from tailgraph.errors import ServerError, StoreUnavailable
from tailgraph.graph.server import admin, config, jars, java, probe, process, site, stores
from tailgraph.graph.server.home import Home, ServerState, locked, write_whole, writing
from tailgraph.settings import Connection, ManagedServer

START_TIMEOUT = 120
"""Seconds until Bolt must answer; 8 to 16 on a quiet laptop, 40 on a busy one."""

PORT_TRIES = 3


def up(home: Path, options: ManagedServer | None = None) -> Connection:
    """Fetch, start and prepare the server as far as that is still needed, and say how to reach it.

    Any number of processes may call it at once. Raises ServerError.
    """
    options = options or ManagedServer()
    place = Home(home)
    place.prepare()
    with locked(place.lock_file, "starting or stopping the server"):
        running = process.find(place)
        if running and place.state() is None:
            process.stop(running)  # nobody knows its ports any more
            running = None
        return ensure(place, options, running)


def ensure(place: Home, options: ManagedServer, running: psutil.Process | None) -> Connection:
    """`up` for those who hold the lock already."""
    if running is None:
        return _prepared(place, _started(place, options))
    wait_until_ready(place, partial(process.is_server, running, place))
    return _prepared(place, running.pid)


def down(home: Path) -> bool:
    """Stop the server; False if none ran."""
    place = Home(home)
    if not place.root.is_dir():
        return False
    with locked(place.lock_file, "starting or stopping the server"):
        return halt(place)


def halt(place: Home) -> bool:
    """`down` for those who hold the lock already."""
    running = process.find(place)
    if running:
        process.stop(running)
    if state := place.state():
        place.record(state.model_copy(update={"pid": None, "ready_for": None}))
    return running is not None


def ready(home: Path) -> Connection | None:
    """How to reach the server, if it runs, has answered, and holds this version's schema; takes no lock."""
    place = Home(home)
    state = place.state()
    if state is None or state.ready_for != __version__ or state.pid is None or process.find(place) is None:
        return None
    return connection(place, state)


def connection(place: Home, state: ServerState) -> Connection:
    return Connection(uri=f"bolt://127.0.0.1:{state.bolt_port}", username=config.USERNAME,
                      password=place.password(), database=config.DATABASE)


def _started(place: Home, options: ManagedServer) -> int:
    """Start the server and wait for it; again on other ports if somebody was quicker to take ours."""
    downloads = admin.cache(place, options)
    java_path, library = java.find(downloads, options.java), jars.fetch(downloads)
    command = config.server_command(java_path, library, place.neo4j, options.heap)
    stores.settle(place)
    _clear(place.tmp)
    site.build(library, place.neo4j / config.SITE)
    _configure(place, options)
    admin.set_initial_password(place, options)
    print("Starting Neo4j …", file=sys.stderr)
    for attempt in range(PORT_TRIES):
        _configure(place, options)
        process.put_logs_aside(place)
        child = process.start(command, place)
        place.record(_state(place).model_copy(update={"pid": child.pid}))
        try:
            wait_until_ready(place, partial(_runs, child))
        except ServerError:
            if attempt + 1 < PORT_TRIES and _port_was_taken(place):
                continue
            raise
        _release(child)
        return child.pid
    raise AssertionError("unreachable")


def _runs(child: subprocess.Popen[bytes]) -> bool:
    return child.poll() is None


def _configure(place: Home, options: ManagedServer) -> None:
    """Choose ports, remember them, and write neo4j.conf."""
    old = place.state()
    bolt = process.free_port([old.bolt_port if old else None, options.bolt_port])
    http = process.free_port([old.http_port if old else None, options.http_port])
    settings = config.managed(bolt, http, options.heap, options.pagecache) | site.settings(http)
    with writing(place.conf):
        write_whole(place.conf / "neo4j.conf", config.render(settings).encode())
    place.record(ServerState(bolt_port=bolt, http_port=http))


def _state(place: Home) -> ServerState:
    state = place.state()
    if state is None:
        raise ServerError("The record of the server is gone.", where=str(place.state_file),
                          remedy="Run `tailgraph db up` again.")
    return state


def wait_until_ready(place: Home, alive: Callable[[], bool]) -> None:
    """Return when Bolt answers RETURN 1. Raises ServerError with the end of the log if it never does."""
    target = connection(place, _state(place))
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end:
        try:
            probe.check(target)
            return
        except StoreUnavailable as error:
            if probe.was_refused(error):
                raise ServerError("The managed server does not know its password any more.",
                                  where=str(place.password_file),
                                  remedy="Put the right file back, or `tailgraph db wipe --yes`.") from None
            if not alive():
                raise process.failed(place, "Neo4j ended while it was starting.") from None
            time.sleep(0.2)
    raise process.failed(place, f"Neo4j did not answer within {START_TIMEOUT} seconds.")


def _prepared(place: Home, pid: int) -> Connection:
    """Put the schema in place, then let others use the server."""
    state = _state(place)
    target = connection(place, state)
    _apply_schema(target)
    place.record(state.model_copy(update={"pid": pid, "ready_for": __version__}))
    return target


def _apply_schema(target: Connection) -> None:
    from tailgraph.graph import migrations

    with probe.driver(target) as driver:
        migrations.apply(driver, target.database)


def _port_was_taken(place: Home) -> bool:
    return "Address already in use" in process.log_tail(place, 60)


def _clear(folder: Path) -> None:
    """Remove what a killed server left in its folder for temporary files."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _release(child: subprocess.Popen[bytes]) -> None:
    """Let go of a child that is meant to outlive us, without Python's warning that it still runs."""
    child.returncode = 0
