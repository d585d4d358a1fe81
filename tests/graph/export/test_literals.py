"""Cypher literals: whatever the words, Neo4j reads exactly the value, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.graph.evidence.sources import native
from tailgraph.graph.export.literals import literal, text
from tailgraph.graph.store import Store
from tests.graph.test_hostile_values import PAYLOADS

_PIECES = st.sampled_from(["\\", "'", '"', "`", "u", "U", "0027", "0060", "005c", "\n", "\0", "\u2028", "é",
                           "😀", "//", "/*", "*/", "$x", "{", ";", "\\u", "\\\\", "\t", "\r", "\b", "\ufeff"])
_HOSTILE = st.lists(_PIECES, max_size=12).map("".join)
_TEXT = st.one_of(_HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
_VALUES = st.one_of(
    _TEXT, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(), st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.lists(_TEXT, max_size=3))


@given(_TEXT)
def test_a_text_is_one_line_and_cannot_end_its_literal(value: str) -> None:
    written = text(value)
    assert written.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u202e]", written)
    # What Neo4j decodes before it reads: only what we wrote for characters that do no harm when decoded.
    for found in re.finditer(r"\\u(.{4})", written):
        assert re.fullmatch("[0-9a-f]{4}", found[1])
        assert chr(int(found[1], 16)) not in "'\"\\`"


@settings(max_examples=15)
@given(st.lists(_VALUES, min_size=20, max_size=60))
def test_neo4j_reads_what_was_meant(store: Store, values: list[Any]) -> None:
    written = f"RETURN {literal(values)} AS found"
    with store.driver.session(database=store.database) as session:
        statement: Any = written
        found = session.run(statement).single(strict=True)["found"]
    assert native(found) == values
    assert list(map(type, native(found))) == list(map(type, values))


def test_payloads_stay_words(store: Store) -> None:
    words = [f"{opening}{payload}" for payload in PAYLOADS for opening in ("", "\\", "\\\\", "'")]
    with store.driver.session(database=store.database) as session:
        statement: Any = f"RETURN {literal(words)} AS found"
        assert session.run(statement).single(strict=True)["found"] == words


@pytest.mark.parametrize("value", [b"x", float("nan"), float("inf"), {"a`b": 1}, {"": 1}, object()])
def test_what_has_no_literal_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        literal(value)


def test_days_and_instants() -> None:
    assert literal(date(2024, 3, 20)) == "date('2024-03-20')"
    assert literal(datetime(2024, 3, 20, 16, 30, tzinfo=UTC)) == "datetime('2024-03-20T16:30:00Z')"
    assert literal(None) == "null"
