"""`tailgraph ingest`: reports, tracks and aircraft tables into the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.errors import Incomplete
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.store import Store
    from tailgraph.ingest.summary import Step, Summary

_SHOWN = 50


@click.group("ingest")
def command() -> None:
    """Put reports, tracks and aircraft tables into the graph.

    What is in the graph already is left as it is, so that a run that was cut is simply run again.
    """


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes that read reports; each takes some 300 MB.")
@click.option("--model", metavar="NAME", help="A spaCy model of yours instead of the installed one.")
@click.option("--lexicon", "lexicons", multiple=True, metavar="FILE",
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A CSV of your own names: kind,name,key,aliases,country. May be given several times.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.pass_obj
def reports(settings: Settings, paths: tuple[str, ...], jobs: int = 1, model: str | None = None,
            lexicons: tuple[Path, ...] = (), as_json: bool = False) -> None:
    """Read reports: text, Markdown, saved pages, PDF, JSON, folders of them, or "-" for standard input."""
    from tailgraph.graph.runs import run
    from tailgraph.ingest import pipeline, sources
    from tailgraph.ingest.extraction import Pool
    from tailgraph.ingest.settle import settle

    found = list(sources.expand(paths))
    reading = Pool(model or settings.model, (*settings.lexicons, *lexicons), jobs)
    with opened(settings) as store, reading as pool, run(store, "ingest reports") as node:
        with _progress("reports", len(found)) as step:
            summary = pipeline.ingest(store, found, pool, node, step)
        settle(store)
    _show(summary, "reports", as_json)


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--aircraft", metavar="MARK", help="Address or registration for files that name no aircraft.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.pass_obj
def tracks(settings: Settings, paths: tuple[Path, ...], aircraft: str | None = None,
           as_json: bool = False) -> None:
    """Read tracking data: readsb/tar1090 traces, Tailgraph's own CSV, and folders of them."""
    from tailgraph.graph.runs import run
    from tailgraph.ingest import tracks as track_files
    from tailgraph.ingest.settle import settle

    paths = tuple(Path(path) for path in paths)
    with opened(settings) as store, run(store, "ingest tracks") as node:
        with _progress("track files", track_files.count(paths)) as step:
            summary = track_files.ingest(store, paths, node, step, aircraft)
        settle(store)
    _show(summary, "track files", as_json)


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--replaces", multiple=True, metavar="FILE|ID",
              help="An older edition to retract once these are in. May be given several times.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.pass_obj
def aircraft(settings: Settings, paths: tuple[Path, ...], replaces: tuple[str, ...] = (),
             as_json: bool = False) -> None:
    """Read tables of aircraft: tar1090-db, Mictronics, plane-alert-db, OpenSky, and Tailgraph's own CSV.

    What a table says of registrations, addresses, types and operators shows at the aircraft that reports and
    tracks name, beside what other sources say. Whole folders and packed files are taken, too.
    """
    from tailgraph.graph import retract
    from tailgraph.graph.runs import run
    from tailgraph.ingest import aircraft as aircraft_tables
    from tailgraph.ingest.retraction import tables
    from tailgraph.ingest.settle import settle
    from tailgraph.ingest.tracks import derive

    paths = tuple(Path(path) for path in paths)
    with opened(settings) as store, run(store, "ingest aircraft") as node:
        older = tables(store, replaces)
        with _bytes_read(aircraft_tables.size(paths)) as advance:
            summary = aircraft_tables.ingest(store, paths, node, advance)
        for table in () if summary.refused else older:
            retract.retract(store, table, derive)
        settle(store)
    _show(summary, "aircraft tables", as_json)


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store that the settings name, up to date; the managed server is started if need be."""
    from tailgraph.graph import server
    from tailgraph.graph.refresh import refresh
    from tailgraph.graph.store import Store

    with Store(server.connect(settings)) as store:
        refresh(store)
        yield store


@contextmanager
def _progress(what: str, total: int) -> Iterator[Step]:
    """A progress bar on standard error, only where somebody can watch it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                   TextColumn("{task.fields[name]}", markup=False), console=console,
                   disable=not console.is_terminal, transient=True)
    with bar:
        task = bar.add_task(what, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=name[-40:])


@contextmanager
def _bytes_read(total: int) -> Iterator[Callable[[str, int], None]]:
    """A bar of bytes with rate and time left on standard error, only where somebody can watch it."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.progress import TransferSpeedColumn as RateColumn

    console = Console(stderr=True)
    bar = Progress(TextColumn("aircraft tables"), BarColumn(), DownloadColumn(), RateColumn(),
                   TimeRemainingColumn(), TextColumn("{task.fields[name]}", markup=False), console=console,
                   disable=not console.is_terminal, transient=True)
    with bar:
        task = bar.add_task("aircraft tables", total=total, name="")
        yield lambda name, count: bar.update(task, advance=count, name=name[-40:])


def _show(summary: Summary, what: str, as_json: bool) -> None:
    """The summary; raises Incomplete where something was refused."""
    import json

    for remark in (*summary.notes[:_SHOWN], *summary.refused):
        click.echo(str(remark), err=True)
    if len(summary.notes) > _SHOWN:
        click.echo(f"… and {len(summary.notes) - _SHOWN} more remarks (--json has them all).", err=True)
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo(f"{what}: {summary.stored} new or replaced, {summary.unchanged} unchanged, "
                   f"{len(summary.refused)} refused")
        for name, count in summary.counts.items():
            click.echo(f"  {name.replace('_', ' ')}: {count}")
    if summary.refused:
        count = len(summary.refused)
        told = "was refused; it is" if count == 1 else "were refused; each is"
        raise Incomplete(f"{count} of the {what} {told} named above.")
