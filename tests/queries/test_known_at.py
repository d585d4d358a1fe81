"""What a question answers with `known_at` is what it answered on that day: judgements come and go, and each
day keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.errors import UsageError
from tailgraph.graph import migrations, reports, tracks
from tailgraph.graph.asof import When
from tailgraph.graph.evidence import EntityEvidence, evidence
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Extraction, Flight, Kind
from tailgraph.graph.runs import run
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.queries import catalogue
from tailgraph.queries.run import ask_question
from tests.graph import made_up
from tests.graph.acts import wipe
from tests.graph.scene import accuse, fly, on, report, told, write

UNITS = ("224th Flight Unit", "224 Unit", "Flight Unit Two Two Four")
PLANES = ("RA-82030", "RF-82030", "RA-82031")
ORIGINS = ("Vladivostok", "Vladivostok Knevichi")
SOURCES: tuple[Extraction | Flight, ...] = (
    report("First", accuse([UNITS[0], PLANES[0]], by=["US"]), text="They said so."),
    report("Second", accuse([UNITS[1]], by=["UA"], denied_by=["RU"]), text="So did others."),
    report("Third", accuse([UNITS[2]], by=[UNITS[0]]), told(aircraft=[PLANES[1]], index=1), text="It flew."),
    report("Fourth", told(aircraft=[PLANES[0]], operator=[UNITS[1]], happened=False), text="There was none."),
    report("Fifth", told(aircraft=[PLANES[2]], operator=[UNITS[2]]), accuse([PLANES[1]], index=1),
           text="One more."),
    fly("15406e", PLANES[0], "20 16:30", "20 17:04", departed="UHWW", vanished="ZKPY", type_="A124"),
    fly("15406f", PLANES[1], "21 16:30", "21 17:04", departed="UHWW", arrived="ZKPY", type_="A124",
        operator=UNITS[0]),
    fly("154070", PLANES[2], "20 15:30", "20 17:00", departed="UHWW", arrived="ZKPY"))
PAIRS = ((Kind.OPERATOR, UNITS[0], UNITS[1]), (Kind.OPERATOR, UNITS[1], UNITS[2]),
         (Kind.OPERATOR, UNITS[0], UNITS[2]), (Kind.AIRCRAFT, PLANES[0], PLANES[1]),
         (Kind.AIRCRAFT, PLANES[1], PLANES[2]))
GIVEN = {"aircraft": PLANES[0], "other": PLANES[2], "entity": UNITS[0], "subject": UNITS[1]}
ASKED = {name: query for name, query in catalogue.library().items()
         if "HELD_SAME_AS" in query.cypher}
FIRST = date(2024, 4, 1)
Act = tuple[Literal["put", "same", "different", "undo", "sleep"], int]
ACTS = st.lists(st.one_of(
    st.tuples(st.just("put"), st.integers(0, len(SOURCES) - 1)),
    st.tuples(st.sampled_from(["same", "same", "different", "undo"]), st.integers(0, len(PAIRS) - 1)),
    st.tuples(st.just("sleep"), st.just(0))), max_size=16)
QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
_FILE = """
MATCH (f:Flight {id: $id})
MERGE (k:TrackFile {id: 'file ' + $id}) ON CREATE SET k.recorded_at = $at
MERGE (k)-[:HAS_TRACK]->(t:Track {id: 'track ' + $id})
MERGE (f)-[:DERIVED_FROM]->(t)
"""
_HISTORY = "MATCH (a)-[r:HELD_SAME_AS]->(b) RETURN a.id AS a, b.id AS b, r.key AS days ORDER BY a, b, days"


def asked(store: Store, known_at: date | None = None) -> dict[str, list[dict[str, Any]]]:
    return {name: _asked(store, query, known_at) for name, query in ASKED.items()}


def _asked(store: Store, query: catalogue.Query, known_at: date | None) -> list[dict[str, Any]]:
    takes = {parameter.name for parameter in query.parameters}
    arguments = query.arguments({name: value for name, value in GIVEN.items() if name in takes})
    return ask_question(store, query, arguments | {"known_at": known_at}).objects()


def act(store: Store, what: str, number: int, day: date) -> None:
    with on(day):
        match what:
            case "put":
                write(store, thing := SOURCES[number])
                if isinstance(thing, Flight):
                    values = {"id": thing.id, "at": datetime.combine(day, datetime.min.time(), UTC)}
                    store.write(lambda transaction: transaction.run(_FILE, values).consume())
            case "undo":
                decide.undo(store, [decide.pair_of(*PAIRS[number])], "a tester")
            case _:
                judge(store, number, Sameness(what))


def judge(store: Store, pair: int, verdict: Sameness) -> None:
    decide.give(store, [Judgement.of(*PAIRS[pair], verdict, "a tester")], replace=True)


def _once(done: Sequence[Act]) -> list[Act]:
    """Without what would put the same source in again."""
    return [one for at, one in enumerate(done) if one[0] != "put" or one not in done[:at]]


def check(store: Store, done: Sequence[Act]) -> None:
    """Every day answers afterwards what it answered at its end."""
    wipe(store)
    then: dict[date, dict[str, list[dict[str, Any]]]] = {}
    day = FIRST
    for what, number in [*_once(done), ("sleep", 0)]:
        if what == "sleep":
            then[day] = asked(store)
            day += timedelta(days=1)
        else:
            act(store, what, number, day)
    for day, answers in then.items():
        for name, rows in asked(store, day).items():
            assert rows == answers[name], (name, day)


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(done=ACTS)
def test_each_day_is_answered_as_it_was(empty: Store, done: list[Act]) -> None:
    check(empty, done)


@pytest.mark.full
@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(done=ACTS)
def test_each_day_is_answered_as_it_was_at_length(empty: Store, done: list[Act]) -> None:
    check(empty, done)


def test_a_story_of_many_days(empty: Store) -> None:
    check(empty, [
        ("put", 0), ("put", 5), ("same", 0), ("sleep", 0), ("put", 1), ("sleep", 0), ("put", 2), ("put", 6),
        ("same", 1), ("same", 3), ("sleep", 0), ("different", 2), ("sleep", 0), ("put", 3), ("put", 4),
        ("put", 7), ("undo", 2), ("same", 4), ("sleep", 0), ("undo", 0), ("undo", 3)])


def test_all_that_follow_judgements_can_be_asked_so() -> None:
    follow = {name for name, query in catalogue.library().items() if "SAME_AS" in query.cypher}
    assert follow - ASKED.keys() == {"find-entity"}


# --- what the days rest on ---------------------------------------------------------------------------------


def history(store: Store) -> list[tuple[str, str, str]]:
    return [(row["a"], row["b"], row["days"]) for row in store.read(_HISTORY)]


def test_a_merge_of_one_day_leaves_no_trace_in_any_other(empty: Store) -> None:
    for number in (0, 1):
        act(empty, "put", number, FIRST)
    act(empty, "same", 0, date(2024, 4, 2))
    act(empty, "undo", 0, date(2024, 4, 3))
    assert history(empty) == [(UNITS[1], UNITS[0], "2024-04-02..2024-04-03")]
    # One that was given and taken back before the day was over was never known.
    act(empty, "same", 0, date(2024, 4, 5))
    act(empty, "undo", 0, date(2024, 4, 5))
    assert len(history(empty)) == 1


def test_a_verdict_from_elsewhere_counts_from_the_day_it_came(empty: Store) -> None:
    for number in (0, 1):
        act(empty, "put", number, FIRST)
    older = Judgement.of(*PAIRS[0], Sameness.SAME, "another", at=datetime(2024, 1, 1, tzinfo=UTC))
    with on(date(2024, 4, 4)):
        decide.give(empty, [older])
    assert history(empty) == [(UNITS[1], UNITS[0], "2024-04-04..9999-12-31")]


def test_what_was_taken_out_leaves_the_others_judged_as_they_were(empty: Store) -> None:
    """The one that stood for them is gone; that the others were one on those days is not."""
    for number in (0, 1, 4):
        act(empty, "put", number, FIRST)
    act(empty, "same", 0, date(2024, 4, 2))
    act(empty, "same", 1, date(2024, 4, 2))
    first = SOURCES[0]
    assert isinstance(first, Extraction)
    assert {end for _, end, _ in history(empty)} == {UNITS[0]}
    empty.write(lambda transaction: reports.delete(transaction, first.document.id))
    assert history(empty) == [(UNITS[1], UNITS[2], "2024-04-02..9999-12-31")]


def test_explain_merges_what_was_judged_then(empty: Store) -> None:
    act(empty, "put", 0, FIRST)
    act(empty, "put", 1, date(2024, 4, 2))
    act(empty, "same", 0, date(2024, 4, 3))
    act(empty, "undo", 0, date(2024, 4, 5))
    for day, merged in ((2, ()), (3, (UNITS[1],)), (4, (UNITS[1],)), (5, ())):
        shown = evidence(empty, (Label.OPERATOR, UNITS[0]), When(known_at=date(2024, 4, day)))
        assert isinstance(shown, EntityEvidence)
        assert shown.sameness.merged_with == merged
        assert len(shown.claims) == 1 + len(merged)
        assert bool(shown.sameness.revoked) == (day == 5)
    with pytest.raises(UsageError, match="was not in this graph"):
        evidence(empty, (Label.OPERATOR, UNITS[1]), When(known_at=FIRST))


def test_a_graph_of_before_gets_its_days(empty: Store) -> None:
    """What an older version has left: no time on entities and judgements, no history."""
    for number in (0, 1):
        act(empty, "put", number, FIRST)
    act(empty, "same", 0, date(2024, 4, 2))
    found = history(empty)
    for statement in ("MATCH ()-[r:HELD_SAME_AS]->() DELETE r",
                      "MATCH (n:Entity|Publisher|Identifier|Judgement) REMOVE n.recorded_at",
                      "MATCH (m:Meta {id: 'schema'}) SET m.schema_version = 3"):
        empty.driver.execute_query(statement, database_=empty.database)
    assert history(empty) == []
    migrations.apply(empty.driver, empty.database)
    assert history(empty) == found
    assert empty.read("MATCH (n:Entity) WHERE n.recorded_at IS NULL RETURN count(n) AS n") == [{"n": 0}]


def test_what_a_track_file_says_is_known_since_it_came(empty: Store) -> None:
    history_of = ASKED["aircraft-history"]

    def sources_of(day: date | None) -> set[str]:
        given = history_of.arguments({"aircraft": PLANES[0]}) | {"known_at": day}
        return {row["source"][:6] for row in ask_question(empty, history_of, given).objects()
                if row["kind"] != "flight"}

    act(empty, "put", 0, FIRST)
    with on(date(2024, 4, 3)), run(empty, "test") as node:
        tracks.write(empty, [made_up.track(0)], node, made_up.derive)
    assert "track:" in sources_of(None)
    assert "track:" not in sources_of(date(2024, 4, 2))
    assert sources_of(date(2024, 4, 3)) == sources_of(None)
    assert sources_of(date(2024, 3, 31)) == set()
    for day, known in ((2, False), (3, True)):
        shown = evidence(empty, (Label.AIRCRAFT, PLANES[0]), When(known_at=date(2024, 4, day)))
        assert isinstance(shown, EntityEvidence)
        assert any(fact.source.startswith("track:") for fact in shown.facts) == known
