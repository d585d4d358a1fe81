"""`tailgraph cypher`: one statement of the user's own, behind the read-only gate."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from tailgraph.cli.output import bounds, formats
from tailgraph.settings import Settings


@click.command("cypher")
@click.argument("statement")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE",
              help="A parameter ($NAME); numbers, true, false and null are read as such, all else is text.")
@bounds
@formats
@click.pass_obj
def command(settings: Settings, statement: str, style: str, params: Sequence[str] = (), limit: int = 1_000,
            timeout: float = 30.0) -> None:
    """Run one Cypher STATEMENT that reads ("-" takes it from standard input), and print its answer.

    It can change nothing, read no file and open no connection; what it costs is limited.
    """
    from tailgraph.cli.query import answer, pairs
    from tailgraph.queries.run import ask

    text = sys.stdin.read() if statement == "-" else statement
    given = {name: _value(value) for name, value in pairs(params).items()}
    answer(settings, lambda store: ask(store, text, given, limit=limit, timeout_s=timeout), style, limit)


def _value(text: str) -> object:
    """JSON scalars and lists as they are, everything else as text."""
    import json

    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    whole = isinstance(value, int) and not isinstance(value, bool)
    return text if whole and not -(2**63) <= value < 2**63 else value
