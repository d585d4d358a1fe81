"""`tailgraph diff`: what the second of two runs put in or read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json as json_text
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.cli.outline import Item
    from tailgraph.cli.outline_readings import Texts
    from tailgraph.graph.contributions import RunDiff

_SHORT = 12


@click.command("diff")
@click.argument("first", metavar="RUN")
@click.argument("second", metavar="RUN")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, first: str, second: str, is_json: bool) -> None:
    """Show what the second run put in or read otherwise than the first.

    RUN is an id as `tailgraph query run runs` gives it, or its beginning. What was taken out since is in
    neither.
    """
    from tailgraph.cli.outline_readings import counted, show, texts
    from tailgraph.graph import contributions, server
    from tailgraph.graph.store import Store

    with Store(server.connect(settings), prepare=False) as store:
        found = contributions.diff(store, contributions.run(store, first), contributions.run(store, second))
        words = {} if is_json else texts(store, [one.id for one in found.both])
    if is_json:
        click.echo(json_text(found.model_dump(mode="json")))
        return
    show(f"Run {found.second.id[:_SHORT]} ({found.second.command}) against run {found.first.id[:_SHORT]} "
           f"({found.first.command}): {counted(found.both)}", list(_items(found, words)))


def _items(found: RunDiff, words: Texts) -> Iterator[Item]:
    from tailgraph.cli.outline import item, section
    from tailgraph.cli.outline_readings import both_item, put_item

    yield from section("Only the first has put in", [put_item(one) for one in found.only_first])
    yield from section("Only the second has put in", [put_item(one) for one in found.only_second])
    yield from section("Read otherwise by the second", [both_item(one, words) for one in found.both])
    yield item(f"put in by both without difference: {found.same}")
