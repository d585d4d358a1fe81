"""`tailgraph retract`: a document, track file or aircraft table out of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.retract import Source
    from tailgraph.graph.store import Store


@click.command("retract")
@click.argument("targets", nargs=-1, required=True, metavar="PATH|ID...")
@click.option("--yes", is_flag=True, help="Do it; without, only what would go is shown.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def command(settings: Settings, targets: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Take documents, track files or aircraft tables out of the graph, as if they had never been ingested.

    A PATH names what was ingested from that file (or folder), by its content; an ID may be shortened to its
    first characters. What other documents and files support stays.
    """
    from tailgraph.cli.opening import opened
    from tailgraph.graph import retract
    from tailgraph.ingest.retraction import resolve
    from tailgraph.ingest.settle import settle
    from tailgraph.ingest.tracks import derive

    with opened(settings) as store:
        found = [source for target in targets for source in resolve(store, target)]
        unique = list({source.id: source for source in found}.values())
        _show(store, unique, as_json, done=yes)
        if not yes:
            click.echo("Nothing was changed. Add --yes to do it.", err=True)
            return
        for source in unique:
            retract.retract(store, source, derive)
        settle(store)
    click.echo(f"{len(unique)} retracted.", err=True)


def _show(store: Store, sources: list[Source], as_json: bool, *, done: bool) -> None:
    import json

    from tailgraph.graph import retract

    counted = [(source, retract.counts(store, source)) for source in sources]
    if as_json:
        rows = [{"kind": source.kind, "id": source.id, "name": source.name, "retracted": done, "nodes": nodes}
                for source, nodes in counted]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for source, nodes in counted:
        click.echo(f"{source.kind} {source.id[:12]} {source.name or ''}".rstrip())
        for label, count in nodes.items():
            click.echo(f"  {label}: {count}")

