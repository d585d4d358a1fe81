"""The command line: a thin click layer over the library, one module a noun, each loaded when called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from tailgraph import __version__
from tailgraph.errors import TailgraphError

# name: (module, one-line help). Listed here so that `--help` imports none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Ingest the examples and answer the headline question."),
    "db": ("db", "Start, stop and look after the Neo4j server."),
    "ingest": ("ingest", "Put reports and tracks into the graph."),
    "extract": ("extract", "Show what would be taken out of reports; needs no server."),
    "evaluate": ("evaluate", "Score extraction against annotated reports."),
    "legs": ("legs", "Show the flights in tracking data; needs no server."),
    "simulate": ("simulate", "Make tracking data with known truth."),
    "link": ("link", "Test reported flights against tracked ones."),
    "query": ("query", "Ask the questions of the library."),
    "explain": ("explain", "Show what a statement of the graph rests on."),
    "map": ("map", "Draw flights on a map that works offline."),
    "paths": ("paths", "Show how two entities are connected, and what each step rests on."),
    "conflicts": ("conflicts", "List what contradicts each other, both sides with ids."),
    "grade": ("grade", "Grade publishers and claims, with history."),
    "identity": ("identity", "Judge which entities are one."),
    "review": ("review", "Judge proposed pairs one by one, a key each."),
    "analyse": ("analyse", "Find brokers, groups, and aircraft that travel together."),
    "export": ("export", "Write the graph in a form that other programs read."),
    "cypher": ("cypher", "Run one read-only Cypher statement."),
    "reextract": ("reextract", "Read stored reports again with the present extractor."),
    "diff": ("diff", "Show what two runs put in or read otherwise."),
    "retract": ("retract", "Take a source, or all that a run put in, out of the graph."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and help, and imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"tailgraph.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=LazyGroup, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="tailgraph")
@click.option("--uri", metavar="URI", help="Another Neo4j than the managed one (or NEO4J_URI).")
@click.option("--username", metavar="NAME", help="Its user (or NEO4J_USERNAME).")
@click.option("--database", metavar="NAME", help="Its database (or NEO4J_DATABASE).")
@click.pass_context
def cli(ctx: click.Context, uri: str | None, username: str | None, database: str | None) -> None:
    """Reports and flight tracks in one graph: who is said to have carried what, who says so, and whether
    the tracks support it."""
    from tailgraph import settings

    ctx.obj = settings.load(uri=uri, username=username, database=database)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; our own errors become one line on standard error."""
    try:
        result = cli.main(args=list(arguments), prog_name="tailgraph", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except TailgraphError as error:
        from tailgraph.cli.output import cell

        click.echo(cell(f"tailgraph: {error}"), err=True)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    return result if isinstance(result, int) else 0
