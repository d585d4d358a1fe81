"""`tailgraph analyse`: brokers, groups, and aircraft that travel together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from tailgraph.cli.output import as_json, cell, emit
from tailgraph.cli.progress import working
from tailgraph.errors import UsageError
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.analysis.finding import Analysis
    from tailgraph.graph.store import Store

_VIEWS = ("statements", "flights", "claims", "speech", "mentions")
_KINDS = click.Choice([kind.value for kind in ENTITIES], case_sensitive=False)


@click.group("analyse")
def command() -> None:
    """Find brokers, groups, and aircraft that travel together.

    Each goes over a named view, whose edges mean one thing: facts and claims are never counted together
    unless you name views of both. What is found is printed; only with --write is it kept in the graph, as
    dated annotations that `list` shows and `remove` takes out again.
    """


def _shared(function: Callable[..., None]) -> Callable[..., None]:
    """The options of every analysis."""
    for option in (
            click.option("--json", "is_json", is_flag=True, help="Print one JSON object."),
            click.option("--write", "is_kept", is_flag=True, help="Keep the findings as annotations."),
            click.option("--limit", "most", type=click.IntRange(1, 100_000), default=20, show_default=True,
                         help="At most this many findings.")):
        function = option(function)
    return function


def _networked(function: Callable[..., None]) -> Callable[..., None]:
    """The options of those that go over a network of entities."""
    for option in (
            click.option("--most-edges", type=click.IntRange(1), default=1_000_000, show_default=True,
                         help="Refuse a network with more edges than this."),
            click.option("--through", type=_KINDS, metavar="KIND", multiple=True,
                         help="Take this kind in too: Country, AircraftType and Weapon are not by default."),
            click.option("--without", type=_KINDS, metavar="KIND", multiple=True,
                         help="Leave this kind out."),
            click.option("--view", "views", type=click.Choice(_VIEWS), multiple=True,
                         help="The view; may be given several times. Default: flights.")):
        function = option(function)
    return _shared(function)


@command.command("brokers")
@click.option("--samples", type=click.IntRange(1, 100_000), default=256, show_default=True,
              help="Random starts from which betweenness is estimated beyond 2,000 entities.")
@_networked
@click.pass_obj
def brokers_command(settings: Settings, samples: int, views: tuple[str, ...], through: tuple[str, ...],
                    without: tuple[str, ...], most: int, most_edges: int, is_kept: bool,
                    is_json: bool) -> None:
    """Entities on many of the shortest ways between others (betweenness)."""
    from tailgraph.graph.analysis.brokers import brokers

    _answer(settings, is_kept, is_json, lambda store: brokers(
        store, views or ("flights",), _kinds(through, without), most=most, samples=samples,
        most_edges=most_edges))


@command.command("communities")
@click.option("--least", type=click.IntRange(2), default=3, show_default=True,
              help="Groups of at least this many.")
@click.option("--resolution", type=click.FloatRange(0.01, 100), default=1.0, show_default=True,
              help="Higher: smaller groups.")
@_networked
@click.pass_obj
def communities_command(settings: Settings, least: int, resolution: float, views: tuple[str, ...],
                        through: tuple[str, ...], without: tuple[str, ...], most: int, most_edges: int,
                        is_kept: bool, is_json: bool) -> None:
    """Groups that are tied to one another more than to others (Louvain)."""
    from tailgraph.graph.analysis.communities import communities

    _answer(settings, is_kept, is_json, lambda store: communities(
        store, views or ("flights",), _kinds(through, without), most=most, least=least,
        resolution=resolution, most_edges=most_edges))


@command.command("co-travel")
@click.option("--aircraft", metavar="ID", help="Only pairs with this aircraft.")
@click.option("--window", type=click.FloatRange(0.1, 24 * 366), default=24.0, show_default=True,
              metavar="HOURS", help="At one airport less than this apart.")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True,
              help="Pairs that met at least so often.")
@click.option("--hub", type=click.IntRange(2), default=200, show_default=True,
              help="Leave out airports that more aircraft than this use.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="Only flights that began on this day (UTC) or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="Only flights that began on this day (UTC) or earlier.")
@_shared
@click.pass_obj
def co_travel_command(settings: Settings, aircraft: str | None, window: float, least: int, hub: int,
                      since: datetime | None, until: datetime | None, most: int, is_kept: bool,
                      is_json: bool) -> None:
    """Aircraft seen at the same airports, or on the same legs, at about the same time.

    With how often that would be by chance, and which flights show it. Departures and arrivals count
    that tracks show, observed or extrapolated; a track that broke off toward an airport does not.
    """
    from tailgraph.graph.analysis.cotravel import co_travel
    from tailgraph.graph.evidence import lookup

    def asked(store: Store) -> Analysis:
        only = lookup.find(store, aircraft, [Label.AIRCRAFT]) if aircraft else None
        return co_travel(store, window_h=window, least=least, hub=hub, most=most, only=only,
                         since=since and since.date(), until=until and until.date())

    _answer(settings, is_kept, is_json, asked)


@command.command("list")
@click.option("--json", "is_json", is_flag=True, help="Print a list of JSON objects.")
@click.pass_obj
def list_command(settings: Settings, is_json: bool) -> None:
    """List what was kept, run by run."""
    from tailgraph.graph import server
    from tailgraph.graph.analysis import annotation
    from tailgraph.graph.store import Store

    with Store(server.connect(settings), prepare=False) as store:
        found = [one.model_dump(mode="json") for one in annotation.listed(store)]
    columns = ("run", "analysis", "views", "parameters", "at", "count")
    emit(columns, [[row[name] for name in columns] for row in found], "json" if is_json else "table")


@command.command("remove")
@click.option("--run", metavar="ID", help="Only what this run wrote; `list` shows its id.")
@click.option("--analysis", type=click.Choice(["brokers", "communities", "co-travel"]),
              help="Only those of this analysis.")
@click.option("--all", "is_all", is_flag=True, help="All of them.")
@click.pass_obj
def remove_command(settings: Settings, run: str | None, analysis: str | None, is_all: bool) -> None:
    """Take annotations out of the graph again."""
    from tailgraph.graph import server
    from tailgraph.graph.analysis import annotation
    from tailgraph.graph.store import Store

    if is_all == bool(run or analysis):
        raise UsageError("Say which annotations.", remedy="Give --run, --analysis or --all.")
    with Store(server.connect(settings), prepare=False) as store:
        count = annotation.remove(store, run, analysis)
    click.echo(f"Annotations removed: {count:,}")


def _kinds(through: tuple[str, ...], without: tuple[str, ...]) -> tuple[Label, ...]:
    from tailgraph.cli.paths import chosen_kinds

    return chosen_kinds(through, without)


def _answer(settings: Settings, is_kept: bool, is_json: bool, ask: Callable[[Store], Analysis]) -> None:
    from tailgraph.graph import server
    from tailgraph.graph.analysis import annotation
    from tailgraph.graph.runs import run
    from tailgraph.graph.store import Store

    with Store(server.connect(settings), prepare=is_kept) as store:
        with working("Reading the network …"):
            found = ask(store)
        _print(found, is_json)
        if is_kept and found.findings:
            with run(store, f"analyse {found.analysis}") as node:
                count = annotation.write(store, found, node)
            click.echo(f"Annotations kept: {count:,}; `tailgraph analyse remove --run {node[1]}` takes them "
                       "out.", err=True)
            if left_out := len(found.findings) - count:
                click.echo(f"Left out: {left_out:,} that name what has left the graph meanwhile.", err=True)


def _print(found: Analysis, is_json: bool) -> None:
    if is_json:
        click.echo(as_json(found.model_dump(mode="json")))
        return
    for name, what in found.views.items():
        click.echo(cell(f"{name}: {what}"), err=True)
    for note in found.notes:
        click.echo(cell(note), err=True)
    rows: list[dict[str, Any]] = [finding.values for finding in found.findings]
    emit(tuple(rows[0]) if rows else (), [list(row.values()) for row in rows], "table")
