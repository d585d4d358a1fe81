"""`tailgraph ingest`: reports, tracks and aircraft tables into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.cli.opening import opened
from tailgraph.cli.progress import bytes_read, progress, stages
from tailgraph.cli.reading import reading
from tailgraph.cli.summaries import show
from tailgraph.cli.waiting import into_graph_or_disk, put_waiting
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.ingest.destination import Destination
    from tailgraph.ingest.summary import Summary


@click.group("ingest")
def command() -> None:
    """Put reports, tracks and aircraft tables into the graph.

    What is in the graph already is left as it is, so that a run that was cut is simply run again.
    """


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.pass_obj
def reports(settings: Settings, paths: tuple[str, ...], jobs: int = 1, model: str | None = None,
            lexicons: tuple[Path, ...] = (), as_json: bool = False) -> None:
    """Read reports: text, Markdown, saved pages, PDF, JSON, folders of them, or "-" for standard input."""
    from tailgraph.ingest import pipeline, sources
    from tailgraph.ingest.extraction import Pool

    found = list(sources.expand(paths))
    with Pool(model or settings.model, (*settings.lexicons, *lexicons), jobs) as pool:
        def read(to: Destination) -> Summary:
            with progress("reports", len(found)) as step:
                return pipeline.ingest(to, found, pool, step)

        summary, lost = into_graph_or_disk(settings, "ingest reports", read)
    show(summary, "reports", as_json, lost)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.pass_obj
def waiting(settings: Settings, as_json: bool) -> None:
    """Put in the reports that were read while Neo4j was away, and wait on disk since.

    `ingest reports` does that too, before it reads others.
    """
    from tailgraph.graph.runs import run
    from tailgraph.ingest.destination import Graph
    from tailgraph.ingest.settle import settle

    with opened(settings) as store, run(store, "ingest waiting") as node:
        summary = put_waiting(settings, Graph(store, node))
        settle(store)
    show(summary, "reports", as_json)


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--aircraft", metavar="MARK", help="Address or registration for files that name no aircraft.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes that read; all processors by default.")
@click.option("--scheduler", metavar="ADDRESS",
              help="Read on a Dask cluster instead: tcp://HOST:8786. Needs `tailgraph[dask]`.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.pass_obj
def tracks(settings: Settings, paths: tuple[Path, ...], aircraft: str | None = None, jobs: int | None = None,
           scheduler: str | None = None, as_json: bool = False) -> None:
    """Read tracking data in any of the formats of docs/flights.md, folders of them, and tars of whole days.

    Tars are streamed, never unpacked; of one in parts (day.tar.aa, day.tar.ab) name any.
    """
    from tailgraph.graph.runs import run
    from tailgraph.ingest import tracks as track_files
    from tailgraph.ingest.settle import settle
    from tailgraph.ingest.workers import Workers, cores

    paths = tuple(Path(path) for path in paths)
    with (Workers(jobs or cores(), scheduler) as workers, opened(settings) as store,
          run(store, "ingest tracks") as node, stages() as tell):
        with bytes_read("track files", track_files.total_bytes(paths)) as step:
            summary = track_files.ingest(store, paths, node, step, aircraft, workers)
        settle(store, tell)
    show(summary, "track files", as_json)


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
    from tailgraph.ingest.track_reading import derive

    paths = tuple(Path(path) for path in paths)
    with opened(settings) as store, run(store, "ingest aircraft") as node:
        older = tables(store, replaces)
        with bytes_read("aircraft tables", aircraft_tables.size(paths)) as advance:
            summary = aircraft_tables.ingest(store, paths, node, advance)
        for table in () if summary.refused else older:
            retract.retract(store, table, derive)
        settle(store)
    show(summary, "aircraft tables", as_json)
