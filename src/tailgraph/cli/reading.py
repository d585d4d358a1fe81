"""How reports are read: the options that every command shares which reads them with the extractor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import click

P = ParamSpec("P")


def reading(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command `--jobs`, `--model` and `--lexicon` (as `lexicons`)."""
    jobs = click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True,
                        help="Processes that read reports; each takes some 300 MB.")
    model = click.option("--model", metavar="NAME",
                         help="A spaCy model of yours instead of the installed one.")
    lexicons = click.option("--lexicon", "lexicons", multiple=True, metavar="FILE",
                            type=click.Path(path_type=Path, exists=True, dir_okay=False),
                            help="A CSV of your own names: kind,name,key,aliases,country. May be given "
                                 "several times.")
    return jobs(model(lexicons(function)))
