"""Reported flights tested against tracked ones, in a real graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import neo4j
import pytest

from tailgraph.graph import corroborate, digest, sides
from tailgraph.graph.corroborate import LinkSummary
from tailgraph.graph.model import Trilean
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph.scene import accuse, fly, report, told, write
from tests.graph.scene import tests_of as outcomes

LEFT_AT = ["departure 01:30-03:30 local"]
"""As the report of the examples has it: "at about 2:30 a.m. local time"."""
CARGO = report("A cargo plane", told(aircraft=["RA-82030"], types=["A124"], operator=["224th Flight Unit"],
                                     hours=LEFT_AT), accuse(["224th Flight Unit"]))
AIRLINER = report("An airliner", told(types=["T154"], state=["RU"], days=(20, 20)))
RUMOUR = report("A rumour", told(aircraft=["RA-76999"], types=["IL76"], days=(20, 20)))
VAGUE = report("Two planes", told(state=["RU"], count=2))
OLD = report("Long ago", told(aircraft=["RA-82030"], days=(1, 2)))
OUTBOUND = fly("15406e", "RA-82030", "20 16:30", "20 17:04", departed="UHWW", vanished="ZKPY", type_="A124",
               callsigns=["TTF9101"])
INBOUND = fly("15406e", "RA-82030", "21 06:20", "21 07:00", appeared="ZKPY", arrived="UHWW", type_="A124",
              night=Trilean.NO)
TUPOLEV = fly("154fe6", "RA-85990", "20 11:40", "20 12:40", departed="UHWW", arrived="ZKPY", type_="T154")
# So far away for so long that it leaves no hour of that night for the flight told.
ELSEWHERE = fly("152cc7", "RA-76999", "20 00:10", "20 13:00", departed="UUEE", arrived="FAOR", type_="IL76")
EVERYTHING = (CARGO, AIRLINER, RUMOUR, VAGUE, OLD, OUTBOUND, INBOUND, TUPOLEV, ELSEWHERE)


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


def found(store: Store) -> set[tuple[str, str, int, str]]:
    return {(row["report"], row["flight"], row["rank"], row["verdict"]) for row in outcomes(store)}


EXPECTED = {
    ("A cargo plane", OUTBOUND.id, 1, "supported"),
    ("An airliner", TUPOLEV.id, 1, "supported"),
    ("A rumour", ELSEWHERE.id, 1, "contradicted"),
    ("Two planes", TUPOLEV.id, 1, "untestable"),
    ("Two planes", OUTBOUND.id, 2, "untestable"),
}


def test_each_report_meets_the_flights_that_bear_on_it(store: Store) -> None:
    write(store, *EVERYTHING)
    summary = corroborate.link(store)
    assert found(store) == EXPECTED
    assert summary == LinkSummary(reported=5, supported=2, contradicted=1, untestable=1, without_track=1,
                                  changed=5)
    methods = {row["report"]: row["method"] for row in outcomes(store) if row["verdict"] == "supported"}
    assert methods == {"A cargo plane": "inferred", "An airliner": "observed"}


def test_again_it_changes_nothing(store: Store) -> None:
    write(store, *EVERYTHING)
    corroborate.link(store)
    before = digest.digest(store.driver, store.database)
    assert corroborate.link(store).changed == 0
    assert digest.digest(store.driver, store.database) == before


@pytest.mark.parametrize("order", list(permutations([CARGO, OUTBOUND, ELSEWHERE]))[:4])
def test_the_order_in_which_sides_arrive_does_not_matter(store: Store, order: tuple[object, ...]) -> None:
    for thing in order:
        write(store, thing)  # type: ignore[arg-type]
        corroborate.link(store)
    assert found(store) == {("A cargo plane", OUTBOUND.id, 1, "supported")}


def test_a_verdict_goes_when_its_ground_goes(store: Store) -> None:
    write(store, CARGO, OUTBOUND)
    corroborate.link(store)
    store.write(lambda transaction: transaction.run(
        "MATCH (f:Flight {id: $id}) DETACH DELETE f", id=OUTBOUND.id).consume())
    assert corroborate.link(store) == LinkSummary(reported=1, without_track=1)
    assert found(store) == set()


def test_a_rival_that_comes_later_takes_the_support_back(store: Store) -> None:
    write(store, AIRLINER, TUPOLEV)
    corroborate.link(store)
    assert found(store) == {("An airliner", TUPOLEV.id, 1, "supported")}
    rival = fly("155001", "RA-85001", "20 13:00", "20 14:00", departed="UHWW", arrived="ZKPY", type_="T154")
    write(store, rival)
    corroborate.link(store)
    assert found(store) == {("An airliner", TUPOLEV.id, 1, "untestable"), ("An airliner", rival.id, 2,
        "untestable")}


def test_what_was_planned_is_not_tested(store: Store) -> None:
    write(store, report("Planned", told(aircraft=["RA-82030"], happened=False)), OUTBOUND)
    assert corroborate.link(store) == LinkSummary(reported=1, not_happened=1)
    assert found(store) == set()


def test_a_wide_span_is_looked_up_by_place(store: Store) -> None:
    """It is found; over so many days, others may have been flown unheard."""
    write(store, report("In March", told(types=["T154"], state=["RU"], days=(1, 27))), TUPOLEV)
    corroborate.link(store)
    assert found(store) == {("In March", TUPOLEV.id, 1, "untestable")}


def test_a_call_sign_leads_to_its_flight(store: Store) -> None:
    write(store, report("By call sign", told(callsigns=["TTF9101"], hours=LEFT_AT)), OUTBOUND, TUPOLEV)
    corroborate.link(store)
    assert ("By call sign", OUTBOUND.id, 1, "supported") in found(store)


def test_an_operator_is_known_by_its_call_sign(store: Store) -> None:
    told_of = told(types=["A124"], operator=["224th Flight Unit"], hours=LEFT_AT)
    write(store, report("By unit", told_of), OUTBOUND)
    corroborate.link(store)
    assert found(store) == {("By unit", OUTBOUND.id, 1, "supported")}


def test_the_hour_told_narrows_the_time_for_a_flight_that_nobody_received(store: Store) -> None:
    """Vanished toward Pyongyang in one night and found leaving in the morning: on two days, without an hour,
    it may have flown there once more."""
    plane = ["RA-82030"]
    write(store, report("With an hour", told(aircraft=plane, hours=LEFT_AT)),
          report("Without", told(aircraft=plane)),
          report("At noon", told(aircraft=plane, hours=["departure 11:30-12:30 local"])), OUTBOUND, INBOUND)
    corroborate.link(store)
    assert found(store) == {(name, OUTBOUND.id, 1, verdict) for name, verdict in (
        ("With an hour", "supported"), ("Without", "untestable"), ("At noon", "untestable"))}


def test_hours_are_read_back_as_they_were_written(store: Store) -> None:
    hours = ["arrival 23:00-01:00? ends|UTC", *LEFT_AT]
    write(store, report("With hours", told(hours=hours)), report("Without", told()))
    ids = [row["id"] for row in store.read("MATCH (r:ReportedFlight) RETURN r.id AS id")]
    read = store.write(lambda transaction: sides.reported(transaction, ids, sides.same(transaction)))
    assert sorted([str(one) for one in told.hours] for told in read) == [[], hours]


def test_reports_without_a_day_are_gone_through_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corroborate, "BATCH", 1)
    write(store, report("Dated", told(aircraft=["RA-82030"])), report("Undated", told(
        aircraft=["RA-82030"], days=None)), report("Undated, too", told(types=["A124"], days=None)), OUTBOUND)
    assert corroborate.link(store).reported == 3


def test_many_reports_go_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corroborate, "BATCH", 2)
    write(store, *EVERYTHING)
    assert corroborate.link(store).reported == 5
    assert found(store) == EXPECTED


def test_no_verdict_reaches_an_airframe_as_an_accusation(store: Store) -> None:
    """The unit is accused; the airframe that flew for it is not, whatever the tracks say."""
    write(store, *EVERYTHING)
    corroborate.link(store)
    assert store.read("MATCH (a:Aircraft)<-[r]-(:Allegation) RETURN a.id AS id") == []
    assert store.read("MATCH ()-[r]->() WHERE type(r) CONTAINS 'CARRIED' RETURN r") == []
