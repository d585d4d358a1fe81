"""Progress bars on standard error, only where somebody can watch them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tailgraph.ingest.summary import Step


@contextmanager
def progress(what: str, total: int) -> Iterator[Step]:
    """A progress bar on standard error, only where somebody can watch it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                   TextColumn("{task.fields[name]}", markup=False), console=console,
                   disable=not console.is_terminal, transient=True)
    with bar:
        task = bar.add_task(what, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=name[-40:])


@contextmanager
def bytes_read(total: int) -> Iterator[Callable[[str, int], None]]:
    """A bar of bytes with rate and time left on standard error, only where somebody can watch it."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.progress import TransferSpeedColumn as RateColumn

    console = Console(stderr=True)
    bar = Progress(TextColumn("aircraft tables"), BarColumn(), DownloadColumn(), RateColumn(),
                   TimeRemainingColumn(), TextColumn("{task.fields[name]}", markup=False), console=console,
                   disable=not console.is_terminal, transient=True)
    with bar:
        task = bar.add_task("aircraft tables", total=total, name="")
        yield lambda name, count: bar.update(task, advance=count, name=name[-40:])
