"""Whatever was ingested, replaced and retracted in whatever order, by however many, cut wherever: the graph
is that of a clean run of what is left."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.graph.digest import digest
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import acts, made_up
from tests.graph.acts import EVERYTHING, Act

REPORT = st.tuples(st.just("report"), st.integers(0, made_up.REPORTS - 1), st.integers(0, 1))
TRACK = st.tuples(st.just("track"), st.integers(0, len(made_up.FILES) - 1), st.just(0))
RETRACT = st.one_of(
    st.tuples(st.just("retract report"), st.integers(0, made_up.REPORTS - 1), st.just(0)),
    st.tuples(st.just("retract track"), st.integers(0, len(made_up.FILES) - 1), st.just(0)))
ACTS = st.lists(st.one_of(REPORT, TRACK, RETRACT), max_size=14)


@pytest.fixture(scope="module")
def clean_runs() -> dict[tuple[Act, ...], str]:
    """Digests of clean runs, so that each is made once."""
    return {}


def after(store: Store, done: Sequence[Act]) -> str:
    acts.wipe(store)
    acts.do(store, done)
    return digest(store.driver, store.database)


def check(store: Store, done: list[Act], clean_runs: dict[tuple[Act, ...], str]) -> None:
    left = acts.left(done)
    if left not in clean_runs:
        clean_runs[left] = after(store, left)
    assert after(store, done) == clean_runs[left]


QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@settings(max_examples=15, deadline=None, suppress_health_check=QUIET)
@given(done=ACTS)
def test_any_sequence_ends_as_a_clean_run(store: Store, clean_runs: dict[tuple[Act, ...], str],
                                          done: list[Act]) -> None:
    check(store, done, clean_runs)


@pytest.mark.full
@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(done=ACTS)
def test_any_sequence_ends_as_a_clean_run_at_length(store: Store, clean_runs: dict[tuple[Act, ...], str],
                                                    done: list[Act]) -> None:
    check(store, done, clean_runs)


# --- several at once ---------------------------------------------------------------------------------------


def shuffled(seed: int) -> list[Act]:
    return random.Random(seed).sample(EVERYTHING, len(EVERYTHING))


@pytest.mark.parametrize("disjoint", [True, False], ids=["a quarter each", "all doing all"])
def test_four_processes_make_the_graph_of_one(store: Store, connection: Connection, disjoint: bool) -> None:
    reference = after(store, EVERYTHING)
    acts.wipe(store)
    parts = [EVERYTHING[n::4] if disjoint else shuffled(n) for n in range(4)]
    for process in [acts.start(connection, part) for part in parts]:
        assert process.wait() == 0
    assert digest(store.driver, store.database) == reference


def churn(connection: Connection, seed: int, own: Sequence[Act], rounds: int,
          failed: list[BaseException]) -> None:
    """Put one's own sources in and out again and again, and leave them in."""
    rng = random.Random(seed)
    try:
        with Store(connection) as store:
            for _ in range(rounds):
                for what, number, _ in rng.sample(own, len(own)):
                    done: Act = (what, number, rng.randrange(2) if what == "report" else 0)
                    acts.do(store, [done, (f"retract {what}", number, 0)])  # type: ignore[list-item]
            acts.do(store, own)
    except BaseException as error:
        failed.append(error)


def churned(store: Store, connection: Connection, rounds: int) -> None:
    reference = after(store, EVERYTHING)
    acts.wipe(store)
    failed: list[BaseException] = []
    threads = [threading.Thread(target=churn, args=(connection, n, EVERYTHING[n::4], rounds, failed))
               for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert digest(store.driver, store.database) == reference


def test_retracting_beside_ingesting_never_takes_what_another_needs(store: Store,
                                                                    connection: Connection) -> None:
    churned(store, connection, rounds=3)


@pytest.mark.full
def test_retracting_beside_ingesting_at_length(store: Store, connection: Connection) -> None:
    churned(store, connection, rounds=40)


# --- cut short ---------------------------------------------------------------------------------------------


def kills(count: int) -> Iterator[tuple[int, int, bool]]:
    """Seed, number of the transaction, and whether it is committed before the process dies."""
    rng = random.Random(20240320)
    for seed in range(count):
        yield seed, rng.randint(1, len(EVERYTHING) + 1), rng.random() < 0.5


def survived(store: Store, connection: Connection, points: Iterator[tuple[int, int, bool]]) -> None:
    reference = after(store, EVERYTHING)
    for seed, at, committed in points:
        acts.wipe(store)
        order = shuffled(seed)
        assert acts.start(connection, order, at, committed).wait() == -signal.SIGKILL
        acts.do(store, order)
        assert digest(store.driver, store.database) == reference, (seed, at, committed)


def test_killed_and_run_again_gives_the_same_graph(store: Store, connection: Connection) -> None:
    survived(store, connection, kills(5))


@pytest.mark.full
def test_killed_at_many_points(store: Store, connection: Connection) -> None:
    survived(store, connection, kills(60))
