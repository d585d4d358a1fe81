"""`tailgraph map`: flights on a map that works offline, as a page to move about in and as a picture."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.cli.query import note_bounds, pairs
from tailgraph.errors import UsageError
from tailgraph.graph.shape import Label
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.flights.chart.leg import Leg
    from tailgraph.flights.chart.scene import Scene
    from tailgraph.graph.store import Store
    from tailgraph.ingest.mapping import Days

_FORMS = (".html", ".svg", ".png")
_QUERY_ROWS = 10_000
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("map")
@click.argument("target", metavar="FLIGHT|AIRCRAFT|QUERY")
@click.option("-o", "--out", "files", multiple=True, metavar="FILE",
              type=click.Path(path_type=Path, dir_okay=False),
              help="Where to: .html, .svg or .png. May be given several times. Default: an .html here.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE",
              help="A parameter of the query.")
@click.option("--from", "since", type=_DAY, metavar="DATE", help="Only flights on or after this day (UTC).")
@click.option("--to", "until", type=_DAY, metavar="DATE", help="Only flights on or before this day (UTC).")
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True,
              help="At most this many flights: the latest.")
@click.option("--night", "limit_name", type=click.Choice(["sunset", "civil", "nautical"]), default="sunset",
              show_default=True, help="Where night begins: sun at -0.833, -6 or -12 degrees.")
@click.pass_obj
def command(settings: Settings, target: str, files: tuple[Path, ...], params: tuple[str, ...],
            since: datetime | None, until: datetime | None, limit: int, limit_name: str) -> None:
    """Draw flights: where they were received by day and by night, what was not received, and airports.

    The target is the id of a flight or of an aircraft, or the beginning of one, or an aircraft's 24-bit
    address, or the name of a query of the library: then all flights that its answer names are drawn. The
    page needs no connection and holds all that it shows.
    """
    from tailgraph.flights.chart.scene import compose
    from tailgraph.flights.sun import LIMITS_DEG
    from tailgraph.graph import server
    from tailgraph.graph.store import Store
    from tailgraph.ingest.mapping import Days, leg

    files = files or (Path(f"{_plain_name(target)}.html"),)
    for file in files:
        _check(file)
    days = Days(since.date() if since else None, until.date() if until else None)
    with Store(server.connect(settings), prepare=False) as store:
        title, flights = _found(store, target, params, days)
        if not flights:
            raise UsageError("There are no flights to draw.", where=target,
                             remedy="Take wider days, or see `tailgraph explain` for what is known of it.")
        if len(flights) > limit:
            click.echo(f"Drawn are the latest {limit} of {len(flights)} flights; --limit raises that.",
                       err=True)
        legs: list[Leg] = [leg(store, flight) for flight in flights[-limit:]]
    scene = compose(title or legs[0].title, legs, LIMITS_DEG[limit_name])
    for file in files:
        _write(file, scene)
        click.echo(file)


def _found(store: Store, target: str, params: tuple[str, ...], days: Days) -> tuple[str, list[str]]:
    """Title ("": that of the one flight) and ids of the flights."""
    from tailgraph.graph.evidence import lookup
    from tailgraph.ingest import mapping
    from tailgraph.queries import catalogue
    from tailgraph.queries.run import ask_question

    if target in catalogue.library():
        query = catalogue.find(target)
        arguments = query.arguments(pairs(params))
        answer = ask_question(store, query, arguments, limit=_QUERY_ROWS)
        if answer.is_cut:
            click.echo(f"Only the first {_QUERY_ROWS} rows of the answer are looked at; ask for less of it.",
                       err=True)
        note_bounds(answer)
        return query.title, mapping.among(store, answer.rows, days)
    if params:
        raise UsageError("Only a query has parameters.", where=target, remedy="See `tailgraph query list`.")
    flown = (Label.AIRCRAFT, Label.FLIGHT)
    is_flown = bool(lookup.candidates(store, target, flown))
    label, id_ = lookup.find(store, target, flown if is_flown else lookup.EXPLAINED)
    if label is Label.FLIGHT:
        return "", [id_]
    if label is Label.AIRCRAFT:
        return f"Flights of {id_}", mapping.of_aircraft(store, id_, days)
    raise UsageError(f"{label} {id_} has no flights of its own.",
                     remedy="Name a flight, an aircraft, or a query of the library.")


def _plain_name(target: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", target).strip("-").lower()[:60] or "map"


def _check(file: Path) -> None:
    if file.suffix.lower() not in _FORMS:
        raise UsageError(f"{file.suffix or 'No ending'!r} is no form of a map.", where=str(file),
                         remedy=f"Let the name end in {', '.join(_FORMS)}.")
    if not file.absolute().parent.is_dir():
        raise UsageError("There is no such folder.", where=str(file.absolute().parent),
                         remedy="Make it first.")


def _write(file: Path, scene: Scene) -> None:
    from tailgraph.flights.chart.page import page
    from tailgraph.flights.chart.picture import png
    from tailgraph.flights.chart.svg import picture

    match file.suffix.lower():
        case ".html":
            content = page(scene).encode()
        case ".svg":
            content = picture(scene).encode()
        case _:
            content = png(picture(scene))
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"The map cannot be written: {error.strerror}.", where=str(file)) from error
