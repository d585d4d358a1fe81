"""What a run has put in, printed; and the error that it ends with, if it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json as json_text
from tailgraph.cli.output import cell
from tailgraph.errors import Incomplete, TailgraphError
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.ingest.summary import Summary

_SHOWN = 50


def show(summary: Summary, what: str, as_json: bool, lost: TailgraphError | None = None) -> None:
    """The summary; raises `lost`, saying what waits on disk, or Incomplete where something was refused."""
    if as_json:
        _remarks(summary)
        click.echo(json_text(summary.as_json()))
    else:
        print_summary(summary, what)
    if lost:
        raise _kept(summary.waiting, lost) from lost
    if summary.refused:
        count = len(summary.refused)
        told = "was refused; it is" if count == 1 else "were refused; each is"
        raise Incomplete(f"{count} of the {what} {told} named above.")


def print_summary(summary: Summary, what: str) -> None:
    _remarks(summary)
    waiting = f", {summary.waiting} waiting on disk" if summary.waiting else ""
    click.echo(f"{what}: {summary.stored} new or replaced, {summary.unchanged} unchanged{waiting}, "
               f"{len(summary.refused)} refused")
    for name, count in summary.counts.items():
        click.echo(f"  {name.replace('_', ' ')}: {count}")


def _remarks(summary: Summary) -> None:
    for remark in (*summary.notes[:_SHOWN], *summary.refused):
        click.echo(cell(str(remark)), err=True)
    if len(summary.notes) > _SHOWN:
        more = many(len(summary.notes) - _SHOWN, "more remark")
        click.echo(f"… and {more} (--json has them all).", err=True)


def _kept(count: int, lost: TailgraphError) -> TailgraphError:
    """The same error, with what became of the reports."""
    if not count:
        return lost
    told = "One report was read and waits" if count == 1 else f"{count} reports were read and wait"
    return type(lost)(f"{lost.message} {told} on disk.", where=lost.where, remedy=(
        f"{lost.remedy or ''} Then `tailgraph ingest waiting` puts what waits into the graph; so does the "
        "next `tailgraph ingest reports`.").strip())
