"""`tailgraph conflicts`: everything in the graph that something else in it contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import click

from tailgraph.cli.output import bounds, dated, emit, formats
from tailgraph.cli.query import note_before_all
from tailgraph.settings import Settings

_COLUMNS = ("kind", "subject", "first", "first_says", "second", "second_says", "weight", "when", "ids")


@click.command("conflicts")
@click.option("--aircraft", metavar="ID", help="Only what sources say of this aircraft.")
@dated
@bounds
@formats
@click.pass_obj
def command(settings: Settings, style: str, aircraft: str | None = None, limit: int = 1_000,
            timeout: float = 30.0, as_of: datetime | None = None, known_at: datetime | None = None) -> None:
    """List what contradicts each other: sources on an aircraft (two operators, states, addresses or types at
    one time), denials, reports against reports, reports against tracks.

    Nothing is settled here: both sides stay in the graph, and each row gives ids for `tailgraph explain`.
    Of sources on an aircraft, `weight` says how either side knows it: observed (an address, by a track),
    stated (a table, a file, a report) or inferred (a rule). Those of equal weight come first.
    The same rows, apart, come from the questions aircraft-conflicts and claim-conflicts.
    """
    from tailgraph.graph import server
    from tailgraph.graph.store import Store
    from tailgraph.queries import catalogue, known
    from tailgraph.queries.run import ask_question

    days = {name: day.date().isoformat() for name, day in (("as_of", as_of), ("known_at", known_at)) if day}
    rows: list[tuple[Any, ...]] = []
    with Store(server.connect(settings), prepare=False) as store:
        for name, given, row in (("aircraft-conflicts", {"aircraft": aircraft} if aircraft else {}, _sources),
                                 ("claim-conflicts", {}, _claims)):
            if aircraft and name == "claim-conflicts":
                continue
            query = catalogue.find(name)
            arguments = query.arguments({**given, **days})
            answer = ask_question(store, query, arguments, limit=limit, timeout_s=timeout)
            rows += [tuple(row(found)) for found in answer.objects()]
            if answer.is_cut:
                click.echo(f"There are more than {limit} of {name}; --limit raises that.", err=True)
            if answer.ends_at:
                click.echo(f"There are more of {name} than {' and '.join(answer.ends_at)}: "
                           f"`tailgraph query run {name}` asks for more.", err=True)
        if aircraft and not rows:
            known.check(store, [aircraft])
            click.echo("Reports and tracks that contradict each other are listed without --aircraft.",
                       err=True)
        if not rows:
            note_before_all(store, known_at and known_at.date())
    emit(_COLUMNS, sorted(rows, key=_is_unequal), style)


def _is_unequal(row: Sequence[Any]) -> bool:
    sides = (row[_COLUMNS.index("weight")] or "").split(" against ")
    return sides[0] != sides[-1]


def _sources(found: dict[str, Any]) -> Iterator[Any]:
    aircraft = [found["aircraft"]]
    yield from (f"sources on the {found['kind']}", aircraft, found["first"], found["first_sources"],
                found["second"], found["second_sources"],
                f"{found['first_known']} against {found['second_known']}", None, aircraft)


def _claims(found: dict[str, Any]) -> Iterator[Any]:
    days = [day for day in dict.fromkeys((found["event_from"], found["event_to"])) if day]
    yield from (found[name] for name in ("kind", "subject", "first", "first_says", "second", "second_says"))
    yield None
    yield " to ".join(days) or None
    yield found["ids"]
