"""Who judges or grades: an option that all such commands share."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import click

from tailgraph.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])


def by_option(function: F) -> F:
    """Gives a command `--by`, handed on as it was given; see `author`."""
    return click.option("--by", metavar="NAME", envvar="TAILGRAPH_USER",
                        help="Who judges (or TAILGRAPH_USER); without, the name of your account here."
                        )(function)


def author(by: str | None) -> str:
    """Who judges: as given, else the account's name."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("Nobody can be told to have judged this: the account has no name.",
                         remedy="Give --by NAME.") from None
