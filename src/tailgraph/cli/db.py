"""`tailgraph db`: the Neo4j server that Tailgraph runs, and the graph in it as a whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tailgraph.errors import StoreUnavailable, UsageError
from tailgraph.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("db")
def command() -> None:
    """Start, stop and look after the Neo4j server.

    Tailgraph fetches a Neo4j of its own and runs it on this machine alone. With NEO4J_URI set, another one
    is used, and nothing here starts, stops or replaces it.
    """


def ours(settings: Settings, verb: str) -> None:
    """Raise UsageError where somebody else runs the Neo4j."""
    if settings.connection:
        raise UsageError(f"`db {verb}` is for the Neo4j that Tailgraph manages, and another one is named.",
                         where=settings.connection.uri,
                         remedy="Unset NEO4J_URI (or leave out --uri) to use the managed one.")


def sure(question: str, yes: bool) -> None:
    """Ask, unless `yes`; raises UsageError where there is nobody to ask, Abort where the answer is no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("This has to be confirmed, and there is no terminal to ask at.",
                         remedy="Add --yes to do it without a question.")
    click.confirm(question, abort=True, err=True)


@command.command()
@click.pass_obj
def up(settings: Settings) -> None:
    """Start the server and wait until it answers; the first time, fetch it (180 MB)."""
    from tailgraph.graph import server
    from tailgraph.graph.server import probe

    if settings.connection:
        version = probe.check(settings.connection)
        click.echo(f"Nothing to start: {settings.connection.uri} is not managed here. "
                   f"It answers ({version}).", err=True)
        return
    server.up(settings.home, settings.server)
    _show(server.status(settings))


@command.command()
@click.pass_obj
def down(settings: Settings) -> None:
    """Stop the server; the graph stays on disk."""
    from tailgraph.graph import server

    ours(settings, "down")
    stopped = server.down(settings.home)
    click.echo("Neo4j is stopped." if stopped else "Neo4j was not running.", err=True)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Say where the server is and whether it answers. Exit code 0 if it does, 5 if not."""
    from tailgraph.graph import server

    found = server.status(ctx.obj)
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _show(found)
    if found.version is None:
        ctx.exit(StoreUnavailable.exit_code)


def _show(found: object) -> None:
    """One line a fact, on standard output."""
    from tailgraph.graph.server import Status

    assert isinstance(found, Status)
    if not found.running and not found.problem:
        click.echo("Neo4j is not running. Start it with `tailgraph db up`.")
        return
    facts = {"Neo4j": found.version or found.problem, "address": found.uri, "database": found.database,
             "browser": found.browser, "process": found.pid, "home": found.home}
    for name, value in facts.items():
        if value is not None:
            click.echo(f"{name:9} {value}")


@command.command()
@click.option("--no-open", is_flag=True, help="Print the address only.")
@click.pass_obj
def browser(settings: Settings, no_open: bool) -> None:
    """Open Neo4j Browser with the server and a first query filled in."""
    from tailgraph.graph import server
    from tailgraph.graph.server import browser as pages

    connection = server.connect(settings)
    address = pages.address(settings, connection)
    click.echo(address)
    click.echo(pages.how_to_log_in(settings, connection), err=True)
    if not no_open:
        click.launch(address)


@command.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def wipe(settings: Settings, yes: bool) -> None:
    """Throw the whole graph away."""
    from tailgraph.graph.server import backup

    ours(settings, "wipe")
    sure("Throw the whole graph away?", yes)
    backup.wipe(settings.home, settings.server)
    click.echo("The graph is empty.", err=True)


@command.command()
@click.argument("file", type=FILE)
@click.pass_obj
def dump(settings: Settings, file: Path) -> None:
    """Write the whole graph to FILE (the server stops for a moment)."""
    from tailgraph.graph.server import backup

    ours(settings, "dump")
    backup.dump(settings.home, file.absolute(), settings.server)
    click.echo(f"The graph is in {file} ({file.stat().st_size / 1e6:.1f} MB).", err=True)


@command.command()
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def load(settings: Settings, file: Path, yes: bool) -> None:
    """Replace the whole graph by the one in FILE, made by `db dump`."""
    from tailgraph.graph.server import backup

    ours(settings, "load")
    backup.check_source(file)
    sure("Replace the whole graph by the one in the file?", yes)
    backup.load(settings.home, file.absolute(), settings.server)
    click.echo(f"The graph is the one of {file}.", err=True)


@command.command()
@click.option("--from", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False),
              metavar="FOLDER", help="Take the jars from here instead of the network.")
@click.pass_obj
def fetch(settings: Settings, folder: Path | None) -> None:
    """Fetch Neo4j and check it, without starting it."""
    from tailgraph.graph.server import admin, jars
    from tailgraph.graph.server.home import Home

    ours(settings, "fetch")
    cache = admin.cache(Home(settings.home), settings.server)
    click.echo(jars.fetch(cache, jars.from_folder(folder) if folder else None))


@command.command()
@click.pass_obj
def digest(settings: Settings) -> None:
    """Print the checksum of the whole graph: equal graphs, equal digests."""
    from tailgraph.graph import server
    from tailgraph.graph.digest import digest as digest_of
    from tailgraph.graph.server import probe

    connection = server.connect(settings)
    probe.check(connection)
    with probe.driver(connection) as driver:
        click.echo(digest_of(driver, connection.database))
