"""Entities come and go, verdicts are given and taken back, in whatever order and by however many at once:
the graph is that of a clean run of what is left."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.graph.digest import digest
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.clusters import clusters, merged
from tailgraph.graph.identity.judgement import LABELS, Sameness
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import acts, made_up
from tests.graph.acts import EVERYTHING, Act

VERDICTS: tuple[Act, ...] = (("same", 0, 0), ("same", 1, 0), ("unsure", 2, 0), ("same", 3, 0), ("same", 4, 0),
                             ("same", 5, 0), ("different", 6, 0))
PAIR = st.integers(0, len(made_up.PAIRS) - 1)
REPORT = st.tuples(st.just("report"), st.integers(0, made_up.REPORTS - 1), st.integers(0, 1))
TRACK = st.tuples(st.sampled_from(["track", "retract track"]), st.integers(0, len(made_up.FILES) - 1),
                  st.just(0))
RETRACT = st.tuples(st.just("retract report"), st.integers(0, made_up.REPORTS - 1), st.just(0))
VERDICT = st.tuples(st.sampled_from(["same", "same", "same", "different", "unsure", "undo"]), PAIR,
                    st.just(0))
ACTS = st.lists(st.one_of(REPORT, VERDICT, TRACK, RETRACT, VERDICT), max_size=16)
QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


def after(store: Store, done: Sequence[Act]) -> str:
    acts.wipe(store)
    acts.do(store, done)
    return digest(store.driver, store.database)


def same_as(store: Store) -> set[tuple[str, str]]:
    return {(row["start"], row["end"]) for row in store.read(
        "MATCH (a)-[:SAME_AS]->(b) RETURN a.id AS start, b.id AS end")}


def check(store: Store, done: list[Act]) -> None:
    """The digest is that of a clean run, and every SAME_AS follows from standing judgements."""
    reference = after(store, acts.left(done))
    assert after(store, done) == reference
    there = {(Label(row["label"]), row["id"]) for row in store.read(
        "MATCH (e:Entity) RETURN head([l IN labels(e) WHERE l <> 'Entity']) AS label, e.id AS id")}
    wanted = {(start[1], end[1]) for cluster in clusters(decide.read(store))
              for start, end in merged(cluster, there).items()}
    assert same_as(store) == wanted
    assert store.read("MATCH (n) WHERE any(l IN labels(n) WHERE l IN $labels) AND NOT n:Entity RETURN n.id",
                      {"labels": [str(label) for label in LABELS]}) == []


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(done=ACTS)
def test_any_sequence_ends_as_a_clean_run(store: Store, done: list[Act]) -> None:
    check(store, done)


@pytest.mark.full
@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(done=ACTS)
def test_any_sequence_ends_as_a_clean_run_at_length(store: Store, done: list[Act]) -> None:
    check(store, done)


def test_merging_and_undoing_restores_the_graph(store: Store) -> None:
    before = after(store, EVERYTHING)
    acts.do(store, VERDICTS)
    assert digest(store.driver, store.database) != before
    assert same_as(store) == {("9th Unit", "Ninth Unit"), ("Unit Nine", "Ninth Unit"), ("15406e", "RA-82030"),
                              ("RF-82030", "RA-82030")}
    acts.do(store, [("undo", number, 0) for _, number, _ in VERDICTS])
    assert digest(store.driver, store.database) == before
    assert len(decide.read(store)) == len(VERDICTS)


def test_verdicts_outlive_their_entities(store: Store) -> None:
    reference = after(store, [*EVERYTHING, *VERDICTS])
    acts.do(store, [("retract report", number, 0) for number in range(made_up.REPORTS)])
    acts.do(store, [("retract track", number, 0) for number in range(len(made_up.FILES))])
    assert store.read("MATCH (e:Entity) RETURN e.id") == []
    acts.do(store, EVERYTHING)
    assert digest(store.driver, store.database) == reference


# --- several at once ---------------------------------------------------------------------------------------


def test_four_processes_that_judge_and_ingest_make_the_graph_of_one(store: Store,
                                                                    connection: Connection) -> None:
    everything = [*EVERYTHING, *VERDICTS]
    reference = after(store, everything)
    acts.wipe(store)
    order = random.Random(1).sample(everything, len(everything))
    for process in [acts.start(connection, order[n::4]) for n in range(4)]:
        assert process.wait() == 0
    assert digest(store.driver, store.database) == reference


def churn(connection: Connection, seed: int, own: Sequence[Act], rounds: int,
          failed: list[BaseException]) -> None:
    """Put one's own in and take it out again and again, and leave it in."""
    rng = random.Random(seed)
    try:
        with Store(connection) as store:
            for _ in range(rounds):
                for act in rng.sample(own, len(own)):
                    acts.do(store, [act, opposite(act)])
            acts.do(store, own)
    except BaseException as error:
        failed.append(error)


def opposite(act: Act) -> Act:
    what: Any = "undo" if act[0] in set(Sameness) else f"retract {act[0]}"
    return what, act[1], 0


def churned(store: Store, connection: Connection, rounds: int) -> None:
    reference = after(store, [*EVERYTHING, *VERDICTS])
    acts.wipe(store)
    failed: list[BaseException] = []
    parts: list[Sequence[Act]] = [EVERYTHING[::2], EVERYTHING[1::2], VERDICTS[::2], VERDICTS[1::2]]
    threads = [threading.Thread(target=churn, args=(connection, n, part, rounds, failed))
               for n, part in enumerate(parts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert digest(store.driver, store.database) == reference


def test_judging_beside_ingesting_and_retracting_misses_nothing(store: Store, connection: Connection) -> None:
    churned(store, connection, rounds=1)


@pytest.mark.full
def test_judging_beside_ingesting_and_retracting_at_length(store: Store, connection: Connection) -> None:
    churned(store, connection, rounds=40)


@pytest.mark.parametrize("committed", [False, True])
def test_a_verdict_that_was_cut_is_given_again(store: Store, connection: Connection, committed: bool) -> None:
    reference = after(store, [*EVERYTHING, *VERDICTS])
    acts.wipe(store)
    acts.do(store, EVERYTHING)
    # The first transaction is that of the run, the second and third give two verdicts.
    assert acts.start(connection, VERDICTS, 3, committed).wait() == -signal.SIGKILL
    acts.do(store, VERDICTS)
    assert digest(store.driver, store.database) == reference
