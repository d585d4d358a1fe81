"""A Dask cluster that does the work on track files, and what becomes of it when the cluster fails."""

from __future__ import annotations

import logging
import time
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, Self, TypeVar

from tailgraph import __version__
from tailgraph.errors import TailgraphError, UsageError

R = TypeVar("R")
_PATIENCE_S = 10.0
_EMPTY_FOR_S = 60.0
"""Workers that died are started again meanwhile, where somebody watches over them."""
_AGAIN = "Start workers and run it again: what is in the graph is passed over."
_GONE = "Start the scheduler and its workers, and run it again: what is in the graph is passed over."

_TALKATIVE = ("distributed.client", "distributed.core", "distributed.utils")
"""Loggers of Dask that print tracebacks where a scheduler goes; what becomes of it is said here, once."""


class Cluster:
    """The connection to a Dask scheduler, as a context manager. Raises UsageError where none answers."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Self:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError("--scheduler needs Dask, which is not installed.",
                             remedy="Install it with `pip install 'tailgraph[dask]'`.") from error
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        make: Any = Client
        try:
            self._client = make(self._address, timeout=_PATIENCE_S, set_as_default=False)
        except (OSError, ValueError) as error:
            remedy = "Give the address that `dask scheduler` prints, as tcp://HOST:8786."
            raise UsageError(f"No Dask scheduler answers: {error}.", where=self._address,
                             remedy=remedy) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def executor(self) -> tuple[Executor, int]:
        """What takes the work, and how many threads the workers have. Raises UsageError where they are none,
        or of another version."""
        found = self._client.run(installed_version)
        if not found:
            raise UsageError("The Dask cluster has no workers.", where=self._address,
                             remedy="Start some with `dask worker`.")
        if other := set(found.values()) - {__version__}:
            raise UsageError(f"Workers have Tailgraph {', '.join(sorted(other))}, this is {__version__}.",
                             where=self._address, remedy="Install the same version everywhere.")
        executor: Executor = self._client.get_executor(pure=False)
        return executor, sum(self._client.nthreads().values())

    def result(self, future: Future[R]) -> R:
        """What came of a piece of work. Raises TailgraphError where the cluster failed over it: a piece that
        ends worker after worker, no workers left, no scheduler left."""
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        empty_since: float | None = None
        while True:
            try:
                return future.result(timeout=_PATIENCE_S)
            except TimeoutError:
                if future.done():  # the work itself raised it
                    raise
                empty_since = self._empty_since(empty_since)
            except KilledWorker as error:
                raise TailgraphError("Workers of the Dask cluster ended over the same files.",
                                     where=self._address, remedy=f"Their memory may be short. {_AGAIN}"
                                     ) from error
            except (CancelledError, CommClosedError) as error:
                raise TailgraphError("The Dask scheduler is gone.", where=self._address,
                                     remedy=_GONE) from error

    def _empty_since(self, before: float | None) -> float | None:
        """Since when there have been no workers, None while there are. Raises TailgraphError where that is
        too long, or the scheduler does not answer."""
        try:
            workers = self._client.nthreads()
        except (OSError, RuntimeError, TimeoutError) as error:
            raise TailgraphError("The Dask scheduler is gone.", where=self._address, remedy=_GONE
                                 ) from error
        if workers:
            return None
        since = time.monotonic() if before is None else before
        if time.monotonic() - since >= _EMPTY_FOR_S:
            raise TailgraphError("All workers of the Dask cluster are gone.", where=self._address,
                                 remedy=_AGAIN)
        return since


def installed_version() -> str:
    """Asked of every worker of a cluster: another version might derive other flights."""
    return __version__
