"""Values that Neo4j cannot hold are mended or left out, each by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.graph.shape import Property, Value
from tailgraph.graph.values import MAX_ID_BYTES, MAX_INDEXED_BYTES, fit, node_id

PLAIN = {value: Property("x", value, "") for value in Value}
INDEXED = Property("x", Value.TEXT, "", indexed=True)
LONE = "a\ud800b"
REPLACED = "characters that are no Unicode text were replaced"


@pytest.mark.parametrize(("value", "given", "stored", "problem"), [
    (Value.TEXT, LONE, "a\ufffdb", REPLACED),
    (Value.TEXT, "a\0b", "a\0b", None),
    (Value.TEXT, 5, None, "left out: int is no text"),
    (Value.TEXT, None, None, None),
    (Value.WHOLE, 2**63 - 1, 2**63 - 1, None),
    (Value.WHOLE, -(2**63), -(2**63), None),
    (Value.WHOLE, 2**63, None, "left out: no whole number of 64 bits"),
    (Value.WHOLE, True, None, "left out: no whole number of 64 bits"),
    (Value.REAL, 3, 3.0, None),
    (Value.REAL, float("nan"), None, "left out: no finite number"),
    (Value.REAL, float("inf"), None, "left out: no finite number"),
    (Value.REAL, 10**400, None, "left out: int too large to convert to float"),
    (Value.TRUTH, False, False, None),
    (Value.TRUTH, 0, None, "left out: neither yes nor no"),
    (Value.DAY, date(2024, 3, 20), date(2024, 3, 20), None),
    (Value.DAY, datetime(2024, 3, 20, tzinfo=UTC), None, "left out: no date"),
    (Value.INSTANT, datetime(2024, 3, 20), None, "left out: no instant with a time zone"),  # noqa: DTZ001
    (Value.INSTANT, datetime(2024, 3, 20, 9, tzinfo=timezone(timedelta(hours=9))),
     datetime(2024, 3, 20, tzinfo=UTC), None),
    (Value.BYTES, b"\0", b"\0", None),
    (Value.BYTES, "text", None, "left out: no bytes"),
    (Value.TEXTS, ("a", "b"), ["a", "b"], None),
    (Value.TEXTS, ("a", LONE), ["a", "a\ufffdb"], REPLACED),
    (Value.TEXTS, "text", None, "left out: no list of texts"),
])
def test_fit(value: Value, given: Any, stored: Any, problem: str | None) -> None:
    assert fit(PLAIN[value], given) == (stored, problem)


def test_a_text_too_long_for_its_index_is_shortened_at_a_character() -> None:
    stored, problem = fit(INDEXED, "é" * MAX_INDEXED_BYTES)
    assert stored == "é" * (MAX_INDEXED_BYTES // 2)
    assert problem == "shortened: too long for an index"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=3000))
def test_a_key_can_be_stored_and_stays_what_it_is(text: str) -> None:
    key = node_id(text)
    assert len(key.encode()) <= MAX_ID_BYTES
    assert node_id(key) == key


BROKEN = st.text(st.sampled_from("a\ud800\udfff\ufffd"), max_size=5)


@given(BROKEN, BROKEN)
def test_two_keys_never_fall_together(one: str, other: str) -> None:
    assert (node_id(one) == node_id(other)) == (one == other)


def test_long_keys_that_begin_alike_stay_apart() -> None:
    assert node_id("x" * 5000) != node_id("x" * 4999 + "y")


ANY = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.binary(max_size=20), st.dates(),
                st.datetimes(timezones=st.just(UTC)), st.lists(st.text(max_size=5), max_size=3),
                st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=50))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.sampled_from(Value), thing=ANY)
def test_whatever_fits_goes_in_and_comes_back(driver: neo4j.Driver, value: Value, thing: Any) -> None:
    stored, _ = fit(PLAIN[value], thing)
    with driver.session() as session, session.begin_transaction() as transaction:
        record = transaction.run("CREATE (n:Canary {x: $x}) RETURN n.x AS x", x=stored).single(strict=True)
        back = record["x"]
        assert (back.to_native() if hasattr(back, "to_native") else back) == stored
        transaction.rollback()
