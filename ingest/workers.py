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
from typing import Self, TypeVar

from tailgraph.errors import TailgraphError
from tailgraph.ingest.cluster import Cluster

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2
"""Pieces of work for each process that wait or are done before they are asked for."""


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
        self._cluster: Cluster | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        if self._scheduler:
            self._cluster = self._open.enter_context(Cluster(self._scheduler))
            self._executor, self._jobs = self._cluster.executor()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def map(self, work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
        """`work` done on each piece, in order. `work` and the pieces must be picklable.

        Raises TailgraphError where a process was ended from outside, or a cluster fails.
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
                    yield self._result(waiting.popleft())
            while waiting:
                yield self._result(waiting.popleft())
        except BrokenProcessPool as error:
            remedy = "Run it again with fewer --jobs: memory may have been short."
            raise TailgraphError("A process that read tracks was ended from outside.",
                                 remedy=remedy) from error
        finally:
            for future in waiting:
                future.cancel()

    def _result(self, future: Future[R]) -> R:
        return self._cluster.result(future) if self._cluster else future.result()

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
