"""Taking the whole graph out, putting another in, and throwing it away; each whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tailgraph.errors import InputRefused, ServerError, UsageError
from tailgraph.graph.server import admin, config, lifecycle, process, stores
from tailgraph.graph.server.home import Home, locked, write_whole, writing
from tailgraph.settings import ManagedServer


def dump(home: Path, target: Path, options: ManagedServer | None = None) -> None:
    """Write the graph to `target`, in the format of `neo4j-admin database dump`.

    Raises UsageError if the file is there already or its folder is not; ServerError if there is no graph or
    no space.
    """
    options = options or ManagedServer()
    if target.exists():
        raise UsageError("The file is there already.", where=str(target), remedy="Name another.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", where=str(target),
                         remedy="Make it, or name a file elsewhere.")
    with _stopped(home, options) as place, _new_file(target) as partial:
        if not place.has_started():
            raise ServerError("There is no graph yet.", where=str(home), remedy="Ingest something first.")
        with partial.open("wb") as file:
            admin.run(place, options, "database", "dump", config.DATABASE, "--to-stdout", stdout=file)
            os.fsync(file.fileno())


def load(home: Path, source: Path, options: ManagedServer | None = None) -> None:
    """Replace the graph by the one in `source`. If that cannot be read, the old graph stays as it was."""
    options = options or ManagedServer()
    check_source(source)
    with _stopped(home, options) as place:
        if not place.has_started():
            lifecycle.ensure(place, options, None)
            lifecycle.halt(place)
        _read_dump(place, options, source)
        stores.settle(place)


def check_source(source: Path) -> None:
    """Raises InputRefused where there is no such file."""
    if not source.is_file():
        raise InputRefused("There is no such file.", where=str(source), remedy="Name one made by `db dump`.")


def wipe(home: Path, options: ManagedServer | None = None) -> None:
    """Throw the graph away, with all logs of its transactions; the password stays."""
    with _stopped(home, options or ManagedServer()) as place:
        stores.discard(place, place.data)
        place.data.mkdir(mode=0o700)


def _read_dump(place: Home, options: ManagedServer, source: Path) -> None:
    """Read the dump into a data folder beside the real one, and mark it complete."""
    shutil.rmtree(place.loading, ignore_errors=True)
    conf = place.loading / "conf"
    with writing(place.loading):
        conf.mkdir(mode=0o700, parents=True)
        settings = config.COMMON | {"server.directories.data": str(place.loading)}
        write_whole(conf / "neo4j.conf", config.render(settings).encode())
    try:
        with source.open("rb") as file:
            admin.run(place, options, "database", "load", config.DATABASE, "--from-stdin",
                      conf=conf, stdin=file)
    except (OSError, ServerError) as error:
        shutil.rmtree(place.loading, ignore_errors=True)
        cause = getattr(error, "message", error)
        raise InputRefused(f"This dump cannot be read: {cause}.", where=str(source),
                           remedy="Name a file made by `db dump`; the graph is as it was.") from error
    with writing(place.loading):
        os.sync()
        stores.mark_complete(place)


@contextmanager
def _stopped(home: Path, options: ManagedServer) -> Iterator[Home]:
    """The home with no server running and nobody else allowed to start one; started again if it ran."""
    place = Home(home)
    place.prepare()
    with locked(place.lock_file, "starting or stopping the server"):
        ran = process.find(place) is not None
        lifecycle.halt(place)
        stores.settle(place)
        try:
            yield place
        finally:
            if ran:
                lifecycle.ensure(place, options, None)


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `target` only when all went well."""
    with writing(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".tailgraph-dump-") as folder:
        partial = Path(folder) / target.name
        yield partial
        partial.replace(target)
