"""Answers as a table for people, JSON or CSV for programs: one shared set of options and one writer."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ParamSpec

import click

from tailgraph.errors import UsageError
from tailgraph.graph.export.cells import runs

P = ParamSpec("P")
Rows = Sequence[Sequence[Any]]

# Control characters can drive a terminal; bidirectional overrides make it show another order than is there.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEAST_COLUMN = 12
_PIPE_WIDTH = 120


def formats(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `--table`, `--json` and `--csv`, and hands it the choice as `style`."""
    @click.option("--table", "as_table", is_flag=True, help="Print a table (the default).")
    @click.option("--json", "as_json", is_flag=True, help="Print a list of JSON objects.")
    @click.option("--csv", "as_csv", is_flag=True, help="Print CSV that spreadsheets open as text.")
    @functools.wraps(function)
    def chosen(*args: Any, as_table: bool = False, as_json: bool = False, as_csv: bool = False,
               **options: Any) -> None:
        if as_table + as_json + as_csv > 1:
            raise UsageError("--table, --json and --csv exclude one another.", remedy="Give one of them.")
        function(*args, style="json" if as_json else "csv" if as_csv else "table", **options)

    return chosen


def bounds(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command that asks the graph `--limit` (rows) and `--timeout` (seconds)."""
    limit = click.option("--limit", type=click.IntRange(1, 1_000_000), default=1_000, show_default=True,
                         help="At most this many rows.")
    timeout = click.option("--timeout", type=click.FloatRange(0.1, 86_400), default=30.0, show_default=True,
                           metavar="SECONDS", help="Stop after this long.")
    return limit(timeout(function))


def dated(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command that asks the graph `--as-of` and `--known-at`, each a day or None."""
    as_of = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
                         help="What was so on this day: facts that held, claims and flights until then.")
    known_at = click.option("--known-at", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
                            help="What the graph held at the end of this day (UTC), with the grades and "
                            "judgements of then.")
    return as_of(known_at(function))


def emit(columns: Sequence[str], rows: Rows, style: str) -> None:
    """Print an answer to standard output."""
    if style == "json":
        click.echo(as_json([dict(zip(columns, row, strict=True)) for row in rows]))
    elif style == "csv":
        click.echo(as_csv(columns, rows), nl=False)
    else:
        _print_table(columns, rows)


def as_json(value: Any) -> str:
    """JSON in which what could drive a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return re.sub("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]",
                  lambda found: f"\\u{ord(found[0]):04x}", text)


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """CSV with a header. Text that a spreadsheet would run as a formula gets a quotation mark in front."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([_neutral(column) for column in columns])
    writer.writerows([_neutral(value) for value in row] for row in rows)
    return file.getvalue()


def _neutral(value: Any) -> Any:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = _flat(value).replace("\0", "")
    # A bare carriage return would end the row, since the writer does not quote it.
    return ("'" if runs(text) else "") + text.replace("\r\n", "\n").replace("\r", "\n")


def cell(value: Any) -> str:
    """A value as it may be printed to a terminal."""
    return _UNSAFE.sub("", _flat(value))


def _flat(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(map(_flat, value))
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


# --- tables ------------------------------------------------------------------------------------------------


def _print_table(columns: Sequence[str], rows: Rows) -> None:
    from rich.console import Console

    if not rows:
        click.echo("Nothing found.", err=True)
        return
    is_watched = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_watched else _PIPE_WIDTH
    console = Console(width=max(width, 40), highlight=False, markup=False, emoji=False,
                      force_terminal=is_watched, no_color=not is_watched)
    cells = [[cell(value) for value in row] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    with console.capture() as capture:
        (_grid if _fits(heads, cells, console.width) else _cards)(console, heads, cells)
    click.echo(re.sub(r" +$", "", capture.get(), flags=re.MULTILINE), nl=False)


def _fits(heads: Sequence[str], cells: Iterable[Sequence[str]], width: int) -> bool:
    """Whether every column would get room for a few words."""
    longest = [max(len(line) for text in column for line in text.split("\n"))
               for column in zip(heads, *cells, strict=True)]
    return sum(min(length, 3 * _LEAST_COLUMN) + 3 for length in longest) <= width


def _grid(console: Any, heads: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(Text(head), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def _cards(console: Any, heads: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    """One block a row, one line a column, for answers too wide for a grid."""
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, 1):
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for head, value in zip(heads, row, strict=True):
            if value:
                table.add_row(Text(head), Text(value))
        console.print(Rule(f"{number}", align="left", style="dim"))
        console.print(table)
