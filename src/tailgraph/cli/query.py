"""`tailgraph query`: the questions of the library, asked by name."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tailgraph.cli.output import bounds, emit, formats
from tailgraph.errors import UsageError
from tailgraph.settings import Settings


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
@bounds
@formats
@click.pass_obj
def run(settings: Settings, name: str, style: str, params: Sequence[str] = (), limit: int = 1_000,
        timeout: float = 30.0) -> None:
    """Ask one question and print its answer."""
    from tailgraph.queries import catalogue

    query = catalogue.find(name)
    arguments = query.arguments(pairs(params))
    answer(settings, query.cypher, arguments, style, limit, timeout, entities=query.entities(arguments))


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


def answer(settings: Settings, statement: str, parameters: dict[str, object], style: str, limit: int,
           timeout: float, entities: Sequence[str] = ()) -> None:
    """Ask the store behind the gate, and print.

    Raises UsageError where the answer is empty because one of `entities` (ids) is not in the graph.
    """
    from tailgraph.graph import server
    from tailgraph.graph.store import Store
    from tailgraph.queries import known
    from tailgraph.queries.run import ask

    with Store(server.connect(settings), prepare=False) as store:
        found = ask(store, statement, parameters, limit=limit, timeout_s=timeout)
        if not found.rows:
            known.check(store, entities)
    emit(found.columns, found.rows, style)
    if found.is_cut:
        click.echo(f"There are more than these {limit} rows; --limit raises that.", err=True)
