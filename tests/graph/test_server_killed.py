"""The server is killed again and again while reports go in: what it has acknowledged is there."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tailgraph.errors import ServerError, StoreUnavailable
from tailgraph.graph import reports
from tailgraph.graph import server as managed
from tailgraph.graph.digest import digest
from tailgraph.graph.model import Extraction
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.settings import ManagedServer
from tests.graph import acts, made_up

KILLS = 10
EXTRACTIONS = [made_up.extraction(number, made_up.NAMES[number % 5:number % 5 + 4]) for number in range(150)]


@pytest.fixture
def home(tmp_path: Path, managed_server: ManagedServer) -> Iterator[Path]:
    yield tmp_path / "home"
    managed.down(tmp_path / "home")


def put(store: Store, extractions: list[Extraction], acknowledged: set[str]) -> None:
    with run(store, "test") as node:
        for extraction in extractions:
            if extraction.document.id not in acknowledged:
                acknowledged.update(reports.write(store, [extraction], node).documents)


def kill(home: Path) -> None:
    """Returns when it is gone: on a busy machine a killed server lingers, and looks as if it were up."""
    pid = json.loads((home / "server.json").read_text())["pid"]
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.kill()
        process.wait()


@pytest.mark.full
def test_what_was_acknowledged_is_there_after_each_kill(home: Path, managed_server: ManagedServer) -> None:
    with Store(managed.up(home, managed_server)) as store:
        put(store, EXTRACTIONS, set())
        reference = digest(store.driver, store.database)
        acts.wipe(store)
    rng, acknowledged = random.Random(5), set[str]()
    for _ in range(KILLS):
        with suppress(StoreUnavailable, ServerError), Store(managed.up(home, managed_server)) as store:
            killer = threading.Timer(rng.uniform(0.05, 1.0), kill, [home])
            killer.start()
            put(store, EXTRACTIONS, acknowledged)
        killer.join()
        with Store(managed.up(home, managed_server)) as store:
            assert acknowledged <= reports.known(store, acknowledged).keys()
    with Store(managed.up(home, managed_server)) as store:
        put(store, EXTRACTIONS, set())
        assert digest(store.driver, store.database) == reference
