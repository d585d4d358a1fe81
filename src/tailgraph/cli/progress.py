"""Progress on standard error: a bar where somebody watches, a line now and then where a log does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tailgraph.ingest.summary import Step

LINE_EVERY_S = 30.0
_BAR_WIDTH = 16
_NUMBERS_WIDTH = 80
"""What stands before the name of an input takes so many columns at most; a name has only what is left of a
line: one that does not fit is broken in the middle of its numbers."""
_RATE_OVER_S = 300.0
"""Files are read in bursts, between which batches of them are written: a shorter time tells no rate."""


@contextmanager
def counted(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar of things, told how many at a time, only where somebody can watch it."""
    with _bar(what, total) as step:
        yield lambda count: step(count, "")


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign that something is under way whose length nobody knows, only where somebody can watch it."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Yields a function that takes what is under way: shown in place where somebody watches; in a line each
    where a log does, if the run has taken so long by then that it would seem to stand still."""
    from rich.console import Console

    console, begun = Console(stderr=True), time.monotonic()
    if not console.is_terminal:
        yield lambda stage: (click.echo(stage, err=True)
                             if time.monotonic() - begun >= LINE_EVERY_S else None)
        return
    shown = None
    with ExitStack() as opened:

        def tell(stage: str) -> None:
            nonlocal shown
            if shown is None:  # only now: until then, a bar may have the line
                shown = opened.enter_context(console.status(stage))
            shown.update(stage)

        yield tell


@contextmanager
def progress(what: str, total: int) -> Iterator[Step]:
    """A bar of inputs, told the name of each, only where somebody can watch it."""
    with _bar(what, total) as step:
        yield lambda name: step(1, name)


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int, str], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(TextColumn(what), BarColumn(_BAR_WIDTH), MofNCompleteColumn(), TimeRemainingColumn(),
                   TextColumn("{task.fields[name]}", markup=False), console=console,
                   disable=not console.is_terminal, transient=True)
    with bar:
        task = bar.add_task(what, total=total, name="")
        yield lambda count, name: bar.update(task, advance=count, name=_fitting(name, console.width))


@contextmanager
def bytes_read(what: str, total: int) -> Iterator[Callable[[str, int], None]]:
    """Yields a function that takes the name of a finished input and how many bytes of the input it took.

    `total`: bytes in all. Rate and time left are told with the bytes, since nobody knows how many files an
    archive holds before its end.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(what, total).step
        return
    from rich import progress as shown

    bar = shown.Progress(
        shown.TextColumn(what), shown.BarColumn(_BAR_WIDTH), shown.DownloadColumn(),
        shown.TransferSpeedColumn(), shown.TextColumn("{task.fields[files]:,} read"),
        shown.TimeRemainingColumn(),
        shown.TextColumn("{task.fields[name]}", markup=False), console=console, transient=True,
        speed_estimate_period=_RATE_OVER_S)
    with bar:
        task, files = bar.add_task(what, total=total, name="", files=0), 0

        def step(name: str, size: int) -> None:
            nonlocal files
            files += 1
            bar.update(task, advance=size, files=files, name=_fitting(name, console.width))

        yield step


def _fitting(name: str, width: int) -> str:
    """The end of a name, which tells most, as far as a line of that width has room for it."""
    room = max(0, width - _NUMBERS_WIDTH)
    return name[-room:] if room else ""


class _Lines:
    def __init__(self, what: str, total: int) -> None:
        self.what, self.total = what, total
        self.files, self.bytes = 0, 0
        self.begun = self.told = time.monotonic()

    def step(self, name: str, size: int) -> None:
        self.files += 1
        self.bytes += size
        now = time.monotonic()
        if now - self.told >= LINE_EVERY_S:
            self.told = now
            click.echo(line(self.what, self.files, self.bytes, self.total, now - self.begun), err=True)


def line(what: str, files: int, done: int, total: int, seconds: float) -> str:
    """How far a run is: "track files: 12,300 read, 850 of 1,700 MB, 85 a second, some 10 min left"."""
    left = seconds * max(0, total - done) / max(1, done)
    return (f"{what}: {files:,} read, {done >> 20:,} of {total >> 20:,} MB, "
            f"{files / max(seconds, 0.001):.0f} a second, some {left / 60:.0f} min left")
