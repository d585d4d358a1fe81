"""`tailgraph demo`: the examples in, the headline question answered, and how to go on."""

from __future__ import annotations

from pathlib import Path

import click

from tailgraph.errors import UsageError

HEADLINE = "accused-night-flights"
NEXT = """
Go on with:
  tailgraph query list                 the other questions
  tailgraph explain ID                 what a claim, flight or aircraft of an answer rests on
  tailgraph db browser                 the graph in Neo4j Browser
  tailgraph extract FILE               what would be taken out of a report of yours
  tailgraph ingest reports FOLDER      your reports into the graph
  tailgraph ingest tracks FOLDER       your tracks into the graph
  tailgraph retract {examples}/reports {examples}/tracks --yes
                                       the examples out again
The tracks of the examples are simulated; each example report names its sources, or says that it
is invented."""


def examples_folder(given: Path | None = None) -> Path:
    """The folder of examples: as given, in the working directory, or in the checkout that this runs from."""
    checkout = Path(__file__).resolve().parents[3]
    for folder in [given] if given else [Path("examples"), checkout / "examples"]:
        if (folder / "reports").is_dir() and (folder / "tracks").is_dir():
            return folder
    raise UsageError("The folder of examples is not here.", where=str(given or Path("examples").absolute()),
                     remedy="Run this in a checkout of Tailgraph, or name the folder with --examples.")


@click.command("demo")
@click.option("--examples", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Where the examples are, if not in ./examples.")
@click.pass_context
def command(ctx: click.Context, examples: Path | None) -> None:
    """Ingest the example reports and tracks, and answer the headline question from them."""
    from tailgraph.cli import ingest, query
    from tailgraph.queries import catalogue

    folder = examples_folder(examples)
    for noun in ("reports", "tracks"):
        ctx.invoke(ingest.command.commands[noun], paths=(str(folder / noun),))
    click.echo(f"\n{catalogue.find(HEADLINE).question}\n", err=True)
    ctx.invoke(query.run, name=HEADLINE)
    click.echo(NEXT.format(examples=folder), err=True)
