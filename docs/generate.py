"""Writes the parts of the documentation that could rot: exit codes, help of the commands, model, questions.

    python docs/generate.py            # after `make install`; a test fails where the files differ
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from tailgraph import errors
from tailgraph.cli import cli
from tailgraph.graph import diagram

DOCS = Path(__file__).parent


def exit_codes() -> str:
    """The table of exit codes, from the classes that carry them."""
    family = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)
              if issubclass(kind, errors.TailgraphError) and kind is not errors.TailgraphError]
    rows = sorted((kind.exit_code, kind.code, " ".join(inspect.getdoc(kind).split()))
                  # type: ignore[union-attr]
                  for kind in family)
    lines = ["# Exit codes", "", "Written by `python docs/generate.py` from `src/tailgraph/errors.py`.", "",
             "| exit code | error | when |", "|---|---|---|", "| 0 | | All went well. |",
             *(f"| {number} | {code} | {text} |" for number, code, text in rows),
             "| 1 | E000 | Any other error that Tailgraph raises on purpose. |",
             "| 2 | | Also what the command line itself refuses: an unknown option, a missing argument. |",
             "| 130 | | Stopped from the keyboard. |", "| 141 | | Whoever read the output went away. |"]
    return "\n".join(lines) + "\n"


def _commands(command: click.Command, path: str,
              parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    # With the names of the help option that `tailgraph` itself has, whatever ran in this process before.
    context = click.Context(command, info_name=path.split()[-1], parent=parent, max_content_width=100,
                            terminal_width=100, help_option_names=cli.context_settings["help_option_names"])
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _commands(child, f"{path} {name}", context)


def commands() -> str:
    """The help of every command, in the order of `tailgraph --help`."""
    lines = ["# Commands", "", "Written by `python docs/generate.py` from the commands' own help.", ""]
    for path, text in _commands(cli, "tailgraph"):
        lines += [f"## {path}", "", "```text", text, "```", ""]
    return "\n".join(lines)


def queries() -> str:
    """The questions of the library, with what each takes and answers."""
    from tailgraph.queries import catalogue

    lines = ["# Questions", "",
             "Written by `python docs/generate.py` from the files in `queries/library/`. Ask one with",
             "`tailgraph query run NAME --param NAME=VALUE`; `tailgraph query show NAME` prints its Cypher.",
             "A parameter of kind bound says how much the answer holds at most. Where there is more, the",
             "command says so, and the Cypher returns it as a last column, `is_cut`.",
             ""]
    for query in catalogue.library().values():
        lines += [f"## {query.name}", "", f"**{query.title}.** {query.question}", ""]
        if query.parameters:
            lines += ["| parameter | kind | default | |", "|---|---|---|---|",
                      *(f"| `{p.name}` | {p.kind} | {p.default or 'must be given'} | {p.help} |"
                        for p in query.parameters), ""]
        lines += ["| column | |", "|---|---|", *(f"| `{name}` | {help_} |" for name, help_ in query.columns),
                  ""]
    return "\n".join(lines)


GENERATED = {"exit-codes.md": exit_codes, "commands.md": commands, "model.md": diagram.model,
             "queries.md": queries}


def main() -> None:
    for name, text in GENERATED.items():
        (DOCS / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
