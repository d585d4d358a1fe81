"""What is judged to be the same is one to whatever reads the graph, and two again once that is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tailgraph.graph import corroborate
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Kind
from tailgraph.graph.store import Store
from tailgraph.queries import catalogue
from tailgraph.queries.run import ask_question
from tests.graph import scene as told_of
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, fly, report, told, write

MILITARY = fly("1541f7", "RF-82030", "20 15:00", "20 16:30", departed="UHWW", vanished="ZKPY", type_="A124")


def judge(store: Store, kind: Kind, one: str, other: str, verdict: Sameness = Sameness.SAME) -> None:
    decide.give(store, [Judgement.of(kind, one, other, verdict, "me")], replace=True)


def rows(store: Store, name: str, /, **given: str) -> list[dict[str, Any]]:
    query = catalogue.find(name)
    return ask_question(store, query, query.arguments(given)).objects()


def test_a_reported_flight_is_tested_against_the_same_airframe_under_another_mark(store: Store) -> None:
    write(store, report("Told", told(aircraft=["RA-82030"], operator=["224 FU"],
                                     hours=["departure 00:30-01:30 local"])), MILITARY)
    corroborate.link(store)
    assert [test["aircraft"] for test in told_of.tests_of(store)] == []
    judge(store, Kind.AIRCRAFT, "RA-82030", "RF-82030")
    corroborate.link(store)
    assert [(test["flight"], test["verdict"], test["aircraft"]) for test in told_of.tests_of(store)] == [
        (MILITARY.id, "supported", "supported")]
    decide.undo(store, [decide.pair_of(Kind.AIRCRAFT, "RF-82030", "RA-82030")], "me")
    corroborate.link(store)
    assert told_of.tests_of(store) == []


def test_an_older_verdict_that_comes_later_does_not_end_a_newer_one_before_it_was_given(
        store: Store) -> None:
    before = datetime.now(UTC)
    older, newer = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
    unsure, same = (Judgement.of(Kind.OPERATOR, "224 FU", "224th Flight Unit", verdict, "me", at=moment)
                    for verdict, moment in ((Sameness.UNSURE, newer), (Sameness.SAME, older)))
    decide.give(store, [unsure])
    assert decide.give(store, [same]).replaced == ((unsure, same),)
    ended = {one.id: one.revoked_at for one in decide.read(store)}
    assert ended[same.id] is None
    revoked = ended[unsure.id]
    assert revoked is not None and before <= revoked <= datetime.now(UTC)


def test_an_operator_is_tested_under_either_name(store: Store) -> None:
    write(store, report("Told", told(types=["A124"], operator=["224 FU"])), scene.OUTBOUND)
    corroborate.link(store)
    assert "flown by" not in told_of.tests_of(store)[0]["reason"]
    judge(store, Kind.OPERATOR, "224 FU", "224th Flight Unit")
    corroborate.link(store)
    assert "flown by 224th Flight Unit" in told_of.tests_of(store)[0]["reason"]


def test_the_questions_see_one(store: Store) -> None:
    write(store, report("One", accuse(["224 FU"])), report("Two", accuse(["224th Flight Unit"])),
          scene.OUTBOUND, MILITARY)
    judge(store, Kind.OPERATOR, "224 FU", "224th Flight Unit")
    judge(store, Kind.AIRCRAFT, "RA-82030", "RF-82030")
    corroborate.link(store)
    assert [(row["operator"], row["country"], row["allegations"]) for row in rows(
        store, "accused-operators")] == [("224th Flight Unit", "Russia", 2)]
    for name in ("224 FU", "224th Flight Unit"):
        assert sorted(row["report"] for row in rows(store, "claims-about", entity=name)) == ["One", "Two"]
        assert [row["reports"] for row in rows(store, "who-says-what", subject=name)] == [2]
    for mark in ("RA-82030", "RF-82030"):
        flights = [row for row in rows(store, "aircraft-history", aircraft=mark) if row["kind"] == "flight"]
        assert len(flights) == 2
    assert {row["airframe"] for row in rows(store, "vanished-toward")} == {"RA-82030"}
    assert {(row["subject"], row["report"]) for row in rows(store, "accused-night-flights")} == {
        ("224th Flight Unit", "One"), ("224th Flight Unit", "Two")}
    assert {row["id"]: row["same_as"] for row in rows(store, "find-entity", name="224")} == {
        "224 FU": ["224th Flight Unit"], "224th Flight Unit": ["224 FU"]}


def test_a_cluster_in_conflict_is_not_one(store: Store) -> None:
    write(store, report("One", accuse(["224 FU"])), report("Two", accuse(["224th Flight Unit"])),
          report("Three", accuse(["224 Det"])))
    judge(store, Kind.OPERATOR, "224 FU", "224th Flight Unit")
    judge(store, Kind.OPERATOR, "224 FU", "224 Det")
    assert len(rows(store, "claims-about", entity="224 Det")) == 3
    outcome = decide.give(store, [Judgement.of(
        Kind.OPERATOR, "224 Det", "224th Flight Unit", Sameness.DIFFERENT, "me")])
    assert [len(cluster.conflicts) for cluster in outcome.conflicts] == [1]
    assert len(rows(store, "claims-about", entity="224 Det")) == 1
    decide.undo(store, [decide.pair_of(Kind.OPERATOR, "224 FU", "224 Det")], "me")
    assert len(rows(store, "claims-about", entity="224 FU")) == 2
