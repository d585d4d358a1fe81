"""`tailgraph query`: the questions of the library, asked by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import bounds, dated, emit, formats
from tailgraph.errors import UsageError
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.store import Store
    from tailgraph.queries.catalogue import Query
    from tailgraph.queries.run import Answer


@click.group("query")
def command() -> None:
    """Ask the questions of the library."""


@command.command("list")
@formats
def list_(style: str) -> None:
    """List the questions and what each takes."""
    from tailgraph.queries import catalogue

    rows = [(query.name, query.question, ", ".join(parameter.name for parameter in query.parameters))
            for query in catalogue.library().values()]
    emit(("name", "question", "parameters"), rows, style)


@command.command()
@click.argument("name")
def show(name: str) -> None:
    """Print a question with its Cypher, as it may be pasted into Neo4j Browser."""
    from tailgraph.queries import catalogue

    click.echo(catalogue.find(name).cypher, nl=False)


@command.command()
@click.argument("name")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE",
              help="A parameter; may be given several times.")
@dated
@bounds
@formats
@click.pass_obj
def run(settings: Settings, name: str, style: str, params: Sequence[str] = (), limit: int = 1_000,
        timeout: float = 30.0, as_of: datetime | None = None, known_at: datetime | None = None) -> None:
    """Ask one question and print its answer."""
    from tailgraph.queries import catalogue
    from tailgraph.queries.run import ask_question

    query = catalogue.find(name)
    arguments = query.arguments(pairs(params) | _days(query, as_of=as_of, known_at=known_at))
    answer(settings, lambda store: ask_question(store, query, arguments, limit=limit, timeout_s=timeout),
           style, limit, query.entities(arguments), arguments.get("known_at"))


def _days(query: Query, **days: datetime | None) -> dict[str, str]:
    """The days given, as parameters of the question; raises UsageError where it has no such one."""
    takes = {parameter.name for parameter in query.parameters}
    for name, day in days.items():
        if day and name not in takes:
            raise UsageError(f"This question is not asked as of a day: it has no {name}.", where=query.name,
                             remedy="`tailgraph query list` shows which questions are.")
    return {name: day.date().isoformat() for name, day in days.items() if day}


def pairs(params: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE options as a dict; raises UsageError for one without a sign or given twice."""
    found: dict[str, str] = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name:
            raise UsageError(f"{param!r} is no parameter.", remedy="Write it as NAME=VALUE.")
        if name in found:
            raise UsageError(f"The parameter {name!r} is given twice.", remedy="Give it once.")
        found[name] = value
    return found


def answer(settings: Settings, asked: Callable[[Store], Answer], style: str, limit: int,
           entities: Sequence[str] = (), known_at: date | None = None) -> None:
    """Ask the store behind the gate, and print.

    Raises UsageError where the answer is empty because one of `entities` (ids) is not in the graph. Says so
    where it is because nothing was recorded by `known_at`.
    """
    from tailgraph.graph import server
    from tailgraph.graph.store import Store
    from tailgraph.queries import known

    with Store(server.connect(settings), prepare=False) as store:
        found = asked(store)
        if not found.rows:
            known.check(store, entities)
            note_before_all(store, known_at)
    emit(found.columns, found.rows, style)
    if found.is_cut:
        click.echo(f"There are more than these {limit} rows; --limit raises that.", err=True)
    note_bounds(found)


def note_before_all(store: Store, known_at: date | None) -> None:
    """Say so where the day that is asked about lies before all that is here."""
    from tailgraph.queries import known

    first = known.first_day(store) if known_at else None
    if known_at and first and known_at.isoformat() < first:
        click.echo(f"Nothing was here at the end of {known_at}: the first source was recorded on "
                   f"{first}.", err=True)


def note_bounds(found: Answer) -> None:
    """Say where an answer ends at a bound that the question itself sets."""
    if found.ends_at:
        click.echo(f"There are more: the question ends at {' and '.join(found.ends_at)}; "
                   "--param NAME=NUMBER raises that.", err=True)
