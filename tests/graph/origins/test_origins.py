"""What comes from one origin in a graph of invented reports, and that nothing else decides it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.graph import pending, reports, retract
from tailgraph.graph.digest import digest
from tailgraph.graph.origins import older
from tailgraph.graph.origins.settle import settle
from tailgraph.graph.retract import Source
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tests.graph.acts import wipe
from tests.graph.made_up import derive
from tests.graph.origins.pool import POOL

NAMES = {extraction.document.id: name for name, extraction in POOL.items()}


def put(store: Store, *names: str) -> None:
    with run(store, "test") as node:
        reports.write(store, [POOL[name] for name in names], node)


def take(store: Store, name: str) -> None:
    retract.retract(store, Source("Document", POOL[name].document.id, None, None), derive)


def groups(store: Store, names: Iterable[str]) -> set[frozenset[str]]:
    """Which of these reports have one origin."""
    put(store, *names)
    settle(store)
    found: dict[str, set[str]] = {}
    for row in store.read("MATCH (d:Document) RETURN d.id AS id, d.origin AS origin"):
        found.setdefault(row["origin"], set()).add(NAMES[row["id"]])
    return {frozenset(group) for group in found.values()}


def claim_groups(store: Store, names: Iterable[str], mark: str) -> set[frozenset[str]]:
    """Which of these reports have one origin for the claim whose id ends in `mark`."""
    put(store, *names)
    settle(store)
    found: dict[str, set[str]] = {}
    for row in store.read("MATCH (d:Document)-[:HAS_CLAIM]->(c) WHERE c.id ENDS WITH $mark "
                          "RETURN d.id AS id, c.origin AS origin", {"mark": mark}):
        found.setdefault(row["origin"], set()).add(NAMES[row["id"]])
    return {frozenset(group) for group in found.values()}


def repeats(store: Store, label: str = "Document") -> set[tuple[str, str, str]]:
    rows = store.read("MATCH (a)-[r:REPEATS]->(b) WHERE $label IN labels(a) "
                      "RETURN a.id AS id, r.method AS method, b.id AS other", {"label": label})
    return {(NAMES[row["id"].partition("#")[0]], row["method"], NAMES[row["other"].partition("#")[0]])
            for row in rows}


def test_copies_rewrites_and_excerpts_are_one_origin(store: Store) -> None:
    together = ["wire", "copy", "rewrite", "excerpt", "undated"]
    assert groups(store, together) == {frozenset(together)}
    assert repeats(store) == {
        ("copy", "same words", "wire"), ("undated", "same words", "wire"), ("rewrite", "rewritten", "wire"),
        ("excerpt", "excerpt", "wire")}


@pytest.mark.parametrize("names", [
    ("wire", "twin"), ("wire", "other"), ("short", "short too"), ("statement", "statement too"),
    ("citing", "wire"), ("own eyes", "wire")])
def test_these_stay_apart(store: Store, names: Sequence[str]) -> None:
    assert groups(store, names) == {frozenset({name}) for name in names}


def test_a_round_up_never_brings_together_what_it_takes_up(store: Store) -> None:
    found = groups(store, ["wire", "other", "round-up", "copy", "citing other"])
    assert not any({"wire", "other"} <= group for group in found)


def test_a_later_excerpt_of_a_round_up_does_not_bring_them_together_either(store: Store) -> None:
    """What came first is no excerpt of what took it up later."""
    assert groups(store, ["wire", "round-up"]) == {frozenset({"wire"}), frozenset({"round-up"})}


def test_a_claim_has_the_origin_of_the_report_that_is_cited(store: Store) -> None:
    assert claim_groups(store, ["wire", "citing"], "#f0") == {frozenset({"wire", "citing"})}
    (row,) = store.read("MATCH (c:ReportedFlight)-[r:REPEATS]->() RETURN r.reason AS reason, r.passage AS at")
    assert row["reason"] == "cites Example Wire, whose report of 2024-03-21 tells the same"
    assert row["at"] == f"{POOL['citing'].document.id}#p1"


def test_claims_from_one_absent_report_have_one_origin(store: Store) -> None:
    names = ["citing absent", "citing absent too"]
    assert claim_groups(store, names, "#f0") == {frozenset(names)}
    assert repeats(store, "ReportedFlight") == {("citing absent too", "same source", "citing absent")}


def test_who_has_looked_for_himself_is_an_origin(store: Store) -> None:
    assert len(claim_groups(store, ["wire", "own eyes"], "#f0")) == 2


def test_citing_brings_no_two_origins_together(store: Store) -> None:
    found = claim_groups(store, ["wire", "other", "citing", "citing other"], "#f0")
    assert found == {frozenset({"wire", "citing"}), frozenset({"other", "citing other"})}


def test_one_statement_in_two_reports_is_one_origin_of_the_claim_alone(store: Store) -> None:
    names = ["statement", "statement too"]
    assert claim_groups(store, names, "#a1") == {frozenset(names)}
    assert len(groups(store, names)) == 2


# --- in any order ------------------------------------------------------------------------------------------

ACTS = st.lists(st.tuples(st.sampled_from(["put", "take", "settle"]), st.sampled_from(sorted(POOL))),
                max_size=16)


def after(store: Store, names: Iterable[str]) -> str:
    wipe(store)
    put(store, *sorted(names))
    settle(store)
    return digest(store.driver, store.database)


def check(store: Store, acts: Sequence[tuple[str, str]]) -> None:
    wipe(store)
    left: set[str] = set()
    for what, name in acts:
        if what == "put":
            put(store, name)
            left.add(name)
        elif what == "take":
            take(store, name)
            left.discard(name)
        else:
            settle(store)
    settle(store)
    found = digest(store.driver, store.database)
    assert found == after(store, left)


@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_origins_depend_on_what_is_there_alone(store: Store, acts: list[tuple[str, str]]) -> None:
    check(store, acts)


@pytest.mark.full
@settings(max_examples=400, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_origins_depend_on_what_is_there_alone_at_length(store: Store, acts: list[tuple[str, str]]) -> None:
    check(store, acts)


@pytest.mark.parametrize("gone", ["wire", "citing absent", "statement", "round-up"])
def test_taking_one_back_leaves_the_origins_of_the_others(store: Store, gone: str) -> None:
    put(store, *POOL)
    settle(store)
    take(store, gone)
    settle(store)
    found = digest(store.driver, store.database)
    assert found == after(store, POOL.keys() - {gone})


def test_a_graph_from_before_origins_becomes_what_a_new_one_is(store: Store) -> None:
    """As an older version wrote it: without what reports are compared by, and with nothing worked out."""
    expected = after(store, POOL)
    store.write(lambda transaction: transaction.run("MATCH ()-[r:REPEATS]->() DELETE r").consume())
    store.write(lambda transaction: transaction.run(
        "MATCH (d:Document) SET d = d {.id, .title, .text, .published, .publisher, .extractor, .recorded_at}"
    ).consume())
    store.write(lambda transaction: transaction.run(
        "MATCH (c:Claim) REMOVE c.words, c.origin, c.reading").consume())
    with store.driver.session(database=store.database) as session:
        older.describe(session)
    assert pending.marks(store)
    settle(store)
    assert digest(store.driver, store.database) == expected
