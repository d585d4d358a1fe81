"""Judgements as JSON lines: what goes out comes back, and what nomenklatura writes is read as it means it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.errors import UsageError
from tailgraph.graph.identity import exchange
from tailgraph.graph.identity.clusters import clusters
from tailgraph.graph.identity.judgement import KINDS, Judgement, Sameness
from tailgraph.graph.model import Kind

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
MOMENT = st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year > 999)


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    left, right = draw(st.lists(TEXT, min_size=2, max_size=2, unique=True))
    return Judgement.of(
        draw(st.sampled_from([kind for kind in KINDS if kind is not Kind.AIRPORT])), left, right,
        draw(st.sampled_from(Sameness)), draw(TEXT), at=draw(MOMENT), reason=draw(st.none() | TEXT),
        revoked_at=draw(st.none() | MOMENT), revoked_by=draw(st.none() | TEXT))


@given(st.lists(judgements(), max_size=5, unique_by=lambda one: one.id))
def test_what_goes_out_comes_back(given_: list[Judgement]) -> None:
    lines = exchange.write(given_)
    back = exchange.read(lines, "file")
    assert back.problems == ()
    assert {one.id: one for one in back.judgements} == {one.id: one for one in given_}
    assert exchange.write(back.judgements) == lines


@given(st.one_of(TEXT, st.recursive(st.none() | st.booleans() | TEXT | st.floats(), lambda inner: st.lists(
    inner, max_size=9)).map(json.dumps)))
def test_any_line_is_read_or_named(line: str) -> None:
    found = exchange.read([line], "file")
    assert len(found.judgements) + len(found.problems) + found.suggestions <= 1
    assert all(problem.where == "file:1" for problem in found.problems)


def line(one: str, other: str, judgement: str, at: str | None = "2024-03-01T10:00:00") -> str:
    return json.dumps([one, other, judgement, None, "them", at])


def test_a_line_has_the_form_of_nomenklatura() -> None:
    at = datetime(2024, 3, 1, tzinfo=UTC)
    judgement = Judgement.of(Kind.OPERATOR, "a", "b", Sameness.SAME, "me", at=at)
    assert json.loads(exchange.write([judgement])[0])[:7] == [
        "Operator:b", "Operator:a", "positive", None, "me", "2024-03-01T00:00:00.000000Z", None]


def test_canonical_ids_are_read_as_what_they_hold_together() -> None:
    found = exchange.read([
        line("NK-x", "Person:a", "positive"), line("NK-x", "Person:b", "positive"),
        line("Q7", "NK-x", "positive"), line("Q7", "Person:c", "positive"),
        line("Person:d", "NK-x", "negative"), line("Person:e", "Person:f", "no_judgement", None)], "file")
    assert found.problems == ()
    assert found.suggestions == 1
    assert [{id_ for _, id_ in one.members} for one in clusters(found.judgements)] == [{"a", "b", "c"}]
    assert {(one.left, one.right) for one in found.judgements if one.verdict is Sameness.DIFFERENT} == {
        ("a", "d")}


def test_entities_that_two_canonical_ids_hold_apart_stay_apart() -> None:
    found = exchange.read([
        line("NK-x", "Person:a", "positive"), line("NK-x", "Person:b", "positive"),
        line("NK-y", "Person:b", "negative"), line("NK-y", "Person:c", "positive"),
        line("NK-y", "Person:d", "positive")], "file")
    assert [{id_ for _, id_ in cluster.members} for cluster in clusters(found.judgements)] == [
        {"a", "b"}, {"c", "d"}]


@pytest.mark.parametrize("moment", ["2024-03-01T10:00:00.123456+0", "2024-03-01T10:00:00.123456",
                                    "2024-03-01T10:00:00.123456+00:00", "2024-03-01T12:00:00.123456+02:00"])
def test_times_are_read_as_they_are_cut(moment: str) -> None:
    found = exchange.read([line("Person:a", "Person:b", "unsure", moment)], "file")
    assert found.judgements[0].at == datetime(2024, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize("wrong", [
    line("Person:a", "Operator:a", "positive"), line("Country:KP", "Country:KR", "positive"),
    line("Person:a", "Person:a", "positive"), line("a", "b", "positive"),
    line("Person:a", "Person:b", "maybe"), line("Person:a", "Person:b", "positive", "yesterday"),
    line("Airport:ZKPY", "Airport:ZKWS", "positive"),
    line("NK-x", "Person:a", "negative"), "{", "[]"])
def test_a_line_that_makes_no_sense_is_left_out_and_named(wrong: str) -> None:
    found = exchange.read(["", wrong], "file")
    assert found.judgements == ()
    assert [problem.where for problem in found.problems] == ["file:2"]


def test_codes_are_not_judged() -> None:
    with pytest.raises(UsageError, match="two codes are never one"):
        Judgement.of(Kind.AIRCRAFT_TYPE, "IL76", "IL96", Sameness.SAME, "me")
    with pytest.raises(UsageError, match="two airports"):
        Judgement.of(Kind.AIRPORT, "UUMU", "UUMO", Sameness.SAME, "me")
    assert Judgement.of(Kind.AIRPORT, "UUMU", "UUMO", Sameness.DIFFERENT, "me").stands


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-01:00"])
def test_a_time_beyond_the_calendar_costs_its_line_only(at: str) -> None:
    found = exchange.read([line("Person:a", "Person:b", "positive", at),
                           line("Person:a", "Person:c", "positive")], "file")
    assert [problem.where for problem in found.problems] == ["file:1"]
    assert [one.right for one in found.judgements] == ["c"]
