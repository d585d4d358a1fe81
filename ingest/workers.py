"""Where the work on track files is done: in this process, in processes of this machine, or on a Dask cluster.

All three are one code path: pieces of work go out in order, some ahead of those awaited, and come back in
that order. How many are out at once is bounded, so that memory does not grow with the input.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import chain, islice
from typing import Any, Self, TypeVar

from tailgraph import __version__
from tailgraph.errors import TailgraphError, UsageError

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2
"""Pieces of work for each process that wait or are done before they are asked for."""
_PATIENCE_S = 10


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """`jobs` processes of this machine, or all workers of the Dask cluster at `scheduler`.

    Use it as a context manager. Nothing is started before there are two pieces of work.
    """

    def __init__(self, jobs: int = 1, scheduler: str | None = None) -> None:
        self._jobs, self._scheduler = jobs, scheduler
        self._executor: Executor | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        if self._scheduler:
            self._executor, self._jobs = self._open.enter_context(_Cluster(self._scheduler))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def map(self, work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
        """`work` done on each piece, in order. `work` and the pieces must be picklable.

        Raises TailgraphError where a process was ended from outside.
        """
        coming = iter(pieces)
        first = list(islice(coming, 2))
        if len(first) < 2 or (self._jobs < 2 and not self._scheduler):
            yield from map(work, chain(first, coming))
            return
        executor, waiting = self._started(), deque[Future[R]]()
        try:
            for piece in chain(first, coming):
                waiting.append(executor.submit(work, piece))
                if len(waiting) > AHEAD * self._jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            remedy = "Run it again with fewer --jobs: memory may have been short."
            raise TailgraphError("A process that read tracks was ended from outside.",
                                 remedy=remedy) from error
        finally:
            for future in waiting:
                future.cancel()

    def _started(self) -> Executor:
        if self._executor is None:
            # Forking a process with the driver's threads in it is not safe.
            self._executor = self._open.enter_context(
                ProcessPoolExecutor(self._jobs, mp_context=multiprocessing.get_context("spawn"),
                                    initializer=_end_with_parent))
        return self._executor


def _end_with_parent() -> None:
    """In a process of the pool: be gone when the process that wants the work is, even if it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


class _Cluster:
    """The connection to a Dask scheduler; yields its executor and how many threads its workers have."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> tuple[Executor, int]:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError("--scheduler needs Dask, which is not installed.",
                             remedy="Install it with `pip install 'tailgraph[dask]'`.") from error
        make: Any = Client
        try:
            self._client = make(self._address, timeout=_PATIENCE_S, set_as_default=False)
        except (OSError, ValueError) as error:
            remedy = "Give the address that `dask scheduler` prints, as tcp://HOST:8786."
            raise UsageError(f"No Dask scheduler answers: {error}.", where=self._address,
                             remedy=remedy) from error
        try:
            return self._executor()
        except BaseException:
            self._client.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def _executor(self) -> tuple[Executor, int]:
        found = self._client.run(installed_version)
        if not found:
            raise UsageError("The Dask cluster has no workers.", where=self._address,
                             remedy="Start some with `dask worker`.")
        if other := set(found.values()) - {__version__}:
            raise UsageError(f"Workers have Tailgraph {', '.join(sorted(other))}, this is {__version__}.",
                             where=self._address, remedy="Install the same version everywhere.")
        executor: Executor = self._client.get_executor(pure=False)
        return executor, sum(self._client.nthreads().values())


def installed_version() -> str:
    """Asked of every worker of a cluster: another version might derive other flights."""
    return __version__
