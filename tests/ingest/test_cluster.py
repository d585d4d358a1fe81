"""What is said when a Dask cluster fails under the work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tailgraph.errors import TailgraphError
from tailgraph.ingest import cluster as module
from tailgraph.ingest.workers import Workers

distributed: Any = pytest.importorskip("distributed")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A scheduler and one worker, as threads of this process."""
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False,
                                  dashboard_address=None) as made:
        yield made


def double(number: int) -> int:
    return 2 * number


def out_of_time(number: int) -> int:
    raise TimeoutError(f"piece {number}")


def deadly(number: int) -> int:
    os._exit(number)


def failure(workers: Workers, work: Any) -> str:
    with pytest.raises(TailgraphError) as caught:
        list(workers.map(work, range(1, 5)))
    return str(caught.value)


def test_work_comes_back_in_order(cluster: Any) -> None:
    with Workers(scheduler=cluster.scheduler_address) as workers:
        assert list(workers.map(double, range(20))) == [2 * number for number in range(20)]


def test_an_error_of_the_work_itself_stays_what_it_is(cluster: Any) -> None:
    with (Workers(scheduler=cluster.scheduler_address) as workers,
          pytest.raises(TimeoutError, match="piece 1")):
        list(workers.map(out_of_time, range(1, 5)))


def test_workers_that_are_gone(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE_S", 0.2)
    monkeypatch.setattr(module, "_EMPTY_FOR_S", 0.5)
    with Workers(scheduler=cluster.scheduler_address) as workers:
        cluster.scale(0)
        cluster.sync(cluster._correct_state)
        assert "All workers of the Dask cluster are gone" in failure(workers, double)


@pytest.mark.full
def test_workers_that_die() -> None:
    with (distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
          Workers(scheduler=cluster.scheduler_address) as workers):
        assert "ended over the same files" in failure(workers, deadly)
