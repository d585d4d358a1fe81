"""`tailgraph export`: the graph in forms that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import cell
from tailgraph.cli.progress import counted
from tailgraph.errors import UsageError
from tailgraph.graph.shape import Label
from tailgraph.settings import Settings
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.graph.export.losses import Losses

_FORMS = ("graphml", "gexf", "ftm", "stix", "csv", "cypher")
_SHOWN = 12


@click.command("export")
@click.option("--format", "name", type=click.Choice(_FORMS), required=True, help="The form to write.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE|FOLDER",
              help="Where to; without, standard output. csv needs a folder.")
@click.option("--document", "documents", multiple=True, metavar="ID",
              help="Only this report with what it names; may be given several times.")
@click.pass_obj
def command(settings: Settings, name: str, out: Path | None, documents: tuple[str, ...]) -> None:
    """Write the graph, always in the same order, as GraphML, GEXF, FollowTheMoney, STIX 2.1, CSV or Cypher.

    No form turns a claim into a fact. What a form cannot hold is counted on standard error and, beside a file
    or folder, in NAME.losses.json. Packed positions are in none of them; `tailgraph db dump` keeps them.
    """
    from tailgraph.graph import server
    from tailgraph.graph.evidence import lookup
    from tailgraph.graph.export.contents import Contents, of_documents
    from tailgraph.graph.export.forms import FORMS, export
    from tailgraph.graph.store import Store

    form = FORMS[name]
    if out is None and form.to_folder:
        raise UsageError(f"{name} is a folder of files.", remedy="Name a folder with --out.")
    if out is None and sys.stdout.isatty():
        raise UsageError("Exports are for programs, not for a terminal.", remedy="Name a file with --out.")
    with Store(server.connect(settings), prepare=False) as store:
        ids = [lookup.find(store, document, [Label.DOCUMENT])[1] for document in documents]
        contents = Contents(store, of_documents(store, ids) if ids else None)
        with counted("nodes", contents.count() * form.passes) as step:
            contents.step = step
            losses = export(form, contents, out or sys.stdout)
    _show(losses)


def _show(losses: Losses) -> None:
    nodes, edges = losses.nodes.total(), losses.edges.total()
    click.echo(f"Exported {many(nodes, 'node')} and {many(edges, 'relationship')}.", err=True)
    for title, counts in (("Left out", losses.lost), ("Carried in another form", losses.changed)):
        if counts:
            click.echo(f"{title}:", err=True)
        found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        for (what, why), count in found[:_SHOWN]:
            click.echo(cell(f"  {what}: {count:,} ({why})"), err=True)
        if len(found) > _SHOWN:
            click.echo(f"  and {many(len(found) - _SHOWN, 'kind')} more, of {counts.total():,} in all",
                       err=True)
