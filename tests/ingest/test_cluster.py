"""What is said when a Dask cluster fails under the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tailgraph.errors import TailgraphError, UsageError
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


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE_S", 0.5)
    with pytest.raises(UsageError, match="No Dask scheduler answers"), Workers(scheduler="tcp://127.0.0.1:9"):
        pass


def slow(number: int) -> int:
    time.sleep(0.2)
    return number


CLIENT = """
import sys
from tailgraph.errors import TailgraphError, UsageError
from tailgraph.ingest.workers import Workers
from tests.ingest.test_cluster import slow

try:
    with Workers(scheduler=sys.argv[1]) as workers:
        for number in workers.map(slow, range(1_000)):
            print(number, flush=True)
except TailgraphError as error:
    print(error)
"""


@pytest.mark.full
def test_a_scheduler_that_is_killed_ends_the_run_with_one_error_and_no_tracebacks(tmp_path: Path) -> None:
    """A scheduler, a worker and the client as processes of their own, as they are in use."""
    root = Path(__file__).resolve().parents[2]
    told = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    with ExitStack() as opened:

        def started(*command: str, **how: Any) -> subprocess.Popen[str]:
            process = opened.enter_context(subprocess.Popen(command, cwd=root, text=True, **how))
            opened.callback(process.kill)
            return process

        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        scheduler = started(*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                            "--scheduler-file", str(told), **quiet)
        started(*dask, "worker", "--scheduler-file", str(told), "--no-dashboard", "--no-nanny",
                "--nthreads", "1", **quiet)
        with distributed.Client(scheduler_file=str(told), set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
            address = client.scheduler.address
        run = started(sys.executable, "-c", CLIENT, address, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert run.stdout
        assert run.stdout.readline() == "0\n"
        scheduler.send_signal(signal.SIGKILL)
        out, err = run.communicate(timeout=60)
        assert f"{address}: The Dask scheduler is gone. Start the scheduler" in out
        assert err == ""
