"""`tailgraph retract`: a document, track file, aircraft table, or all that a run put in, out of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json as json_text
from tailgraph.cli.output import cell
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.contributions import Ran
    from tailgraph.graph.rehearsal import Change
    from tailgraph.graph.retract import Source
    from tailgraph.graph.store import Store

_SHORT = 12
_SHOWN = 20


@click.command("retract")
@click.argument("targets", nargs=-1, required=True, metavar="PATH|ID|RUN...")
@click.option("--yes", is_flag=True, help="Do it; without, only what would go is shown.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def command(settings: Settings, targets: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Take documents, track files or aircraft tables out of the graph, as if they had never been ingested.

    A PATH names what was ingested from that file (or folder), by its content; an ID may be shortened to its
    first characters. RUN, as `tailgraph query run runs` gives it, names all that this run put in and no other
    run did; a run that met a source which was there already, unchanged, did not put it in, and does not keep
    it. What other documents and files support stays.
    """
    from tailgraph.cli.opening import opened
    from tailgraph.graph import contributions, retract
    from tailgraph.ingest.settle import settle
    from tailgraph.ingest.track_reading import derive

    with opened(settings) as store:
        unique, shared, runs = _meant(store, targets)
        _show(store, unique, as_json, done=yes)
        for source, others in shared:
            click.echo(cell(f"stays: {source.kind} {source.id[:_SHORT]} {source.name or ''}, put in by run "
                            f"{', '.join(run[:_SHORT] for run in others)}, too"), err=True)
        if runs and unique:
            click.echo("Later runs that met any of these unchanged put nothing in: they do not keep them.",
                       err=True)
        if not yes:
            click.echo("Nothing was changed. Add --yes to do it.", err=True)
            return
        for source in unique:
            retract.retract(store, source, derive)
        contributions.retracted(store, [run.id for run in runs])
        settle(store)
    click.echo(f"{len(unique)} retracted.", err=True)


def _meant(store: Store, targets: tuple[str, ...]) -> tuple[
        list[Source], list[tuple[Source, list[str]]], list[Ran]]:
    """The sources that go, those of the runs among `targets` that stay with the other runs, and the runs."""
    from pathlib import Path

    from tailgraph.graph import contributions
    from tailgraph.ingest.retraction import resolve

    found: list[Source] = []
    runs: list[Ran] = []
    for target in targets:
        if not Path(target).exists() and (run := contributions.find(store, target)):
            runs.append(run)
        else:
            found += resolve(store, target)
    alone, shared = contributions.sources(store, sorted({run.id for run in runs})) if runs else ([], [])
    unique = {source.id: source for source in (*found, *alone)}
    return list(unique.values()), [one for one in shared if one[0].id not in unique], runs


def _show(store: Store, sources: list[Source], as_json: bool, *, done: bool) -> None:
    from tailgraph.graph import rehearsal, retract
    from tailgraph.graph.shape import Label
    from tailgraph.ingest.track_reading import derive

    counted = [(source, retract.counts(store, source)) for source in sources]
    tested = [source for source in sources if source.kind != Label.AIRCRAFT_TABLE]
    is_rehearsed = 0 < len(tested) <= rehearsal.MOST and not done
    change = rehearsal.rehearse(store, tested, derive) if is_rehearsed else None
    if as_json:
        rows = [{"kind": source.kind, "id": source.id, "name": source.name, "retracted": done, "nodes": nodes}
                for source, nodes in counted]
        click.echo(json_text(rows))
        return
    for source, nodes in counted:
        click.echo(cell(f"{source.kind} {source.id[:_SHORT]} {source.name or ''}".rstrip()))
        for label, count in nodes.items():
            click.echo(f"  {label}: {count}")
    if change:
        _show_change(change)
    elif not done and tested:
        click.echo(f"More than {rehearsal.MOST} sources: what follows from them is not rehearsed.", err=True)


def _show_change(change: Change) -> None:
    click.echo("In all, with what follows from them at once:")
    for name, count in (*change.nodes.items(), *change.relationships.items()):
        click.echo(f"  {name}: {'+' if count < 0 else '-'}{abs(count)}")
    if change.unsupported:
        more = f" and {len(change.unsupported) - _SHOWN} more" if len(change.unsupported) > _SHOWN else ""
        click.echo(cell(f"Named by nothing else: {', '.join(change.unsupported[:_SHOWN])}{more}"))
