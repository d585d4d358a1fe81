"""Asked as of a day, the library answers what it would have answered then: row for row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import neo4j
import pytest

from tailgraph.errors import UsageError
from tailgraph.graph import corroborate, grades, writing
from tailgraph.graph.asof import When
from tailgraph.graph.describe import Statement, add_shared, statement_values
from tailgraph.graph.evidence import (
    ClaimEvidence,
    DocumentEvidence,
    EntityEvidence,
    FlightEvidence,
    evidence,
)
from tailgraph.graph.grades import Grade, Scale
from tailgraph.graph.model import Extraction, Flight, Method, Trilean
from tailgraph.graph.origins.settle import settle
from tailgraph.graph.rows import Rows
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store
from tailgraph.queries import catalogue
from tailgraph.queries.run import ask_question
from tailgraph.settings import Connection
from tests.graph.scene import accuse, fly, on, report, told, write

PLANE, OTHER = "RA-82030", "RA-85990"
KNOWN, THEN, SINCE = date(2024, 4, 1), date(2024, 3, 31), date(2024, 4, 10)
FLOWN_EARLY, FLOWN_LATE = (
    fly("15406e", PLANE, f"{day} 16:30", f"{day} 17:04", departed="UHWW", vanished="ZKPY", type_="A124")
    for day in (20, 29))
EARLY: tuple[Extraction | Flight, ...] = (
    report("The accusation", accuse([PLANE, "224th Flight Unit"], denied_by=["RU"]), text="They said so."),
    report("A flight", told(aircraft=[PLANE], types=["A124"], operator=["224th Flight Unit"],
                            hours=["departure 01:30-03:30 local"])),
    report("No flight", told(aircraft=[PLANE], happened=False), text="It did not.", publisher="Night Apron"),
    report("A rumour", told(aircraft=["RA-76999"], types=["IL76"], days=(20, 20)), text="So they say."),
    report("Untracked", told(aircraft=[OTHER], destination=["IR/Tehran"]), text="It went there, they say."),
    FLOWN_EARLY,
    fly("154fe6", OTHER, "20 11:40", "20 12:40", departed="UHWW", arrived="ZKPY", type_="T154"),
    fly("152cc7", "RA-76999", "20 00:10", "20 13:00", departed="UUEE", arrived="FAOR", type_="IL76"))
LATE: tuple[Extraction | Flight, ...] = (
    report("Another accusation", accuse([PLANE], by=["UA"]), told(aircraft=[PLANE], days=(29, 29), index=1),
           text="They said so, later.", published=date(2024, 4, 8)),
    report("Not again", told(aircraft=[OTHER], days=(29, 30), happened=False), text="It did not fly again.",
           published=date(2024, 4, 8), publisher="Late Post"),
    report("Again", told(aircraft=[OTHER], days=(29, 30)), text="It flew again.", published=date(2024, 4, 8)),
    report("A late rumour", told(aircraft=["RA-76999"], types=["IL76"], days=(29, 29)),
           text="So they say again.", published=date(2024, 4, 8)),
    FLOWN_LATE,
    fly("154fe6", OTHER, "29 11:40", "29 12:40", departed="UHWW", arrived="ZKPY", type_="T154"),
    fly("152cc7", "RA-76999", "29 00:10", "29 13:00", departed="UUEE", arrived="FAOR", type_="IL76",
        night=Trilean.NO))
GIVEN = {"aircraft": PLANE, "other": OTHER, "entity": PLANE, "subject": PLANE}
DATED = {name: query for name, query in catalogue.library().items()
         if {"as_of", "known_at"} & {parameter.name for parameter in query.parameters}}
Answers = dict[str, list[dict[str, Any]]]
_FILE = """
UNWIND $flights AS id MATCH (f:Flight {id: id})
CREATE (:TrackFile {id: 'file ' + id, recorded_at: $at})
       -[:HAS_TRACK]->(t:Track {id: 'track ' + id, first_seen: f.first_seen, last_seen: f.last_seen})
CREATE (f)-[:DERIVED_FROM]->(t)
"""
_TOGETHER = """
MATCH (a:Flight {id: $flights[0]}) MATCH (b:Flight {id: $flights[1]})
CREATE (a)-[:FLEW_WITH {from_time: a.first_seen, to_time: a.last_seen, minutes: 20, closest_nm: 0.4,
                        median_nm: 1.0}]->(b)
"""


def put(store: Store, things: tuple[Extraction | Flight, ...], day: date) -> None:
    """Into the graph, as if on that day."""
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=23, minutes=59)
    with on(day):
        write(store, *things)
    flights = [thing.id for thing in things if isinstance(thing, Flight)]
    store.write(lambda transaction: transaction.run(_FILE, flights=flights, at=at).consume())
    store.write(lambda transaction: transaction.run(_TOGETHER, flights=flights).consume())
    settle(store)
    corroborate.link(store)


def grade(store: Store, value: str, day: date) -> None:
    """Of Example Wire, given on that day."""
    at = datetime.combine(day, datetime.min.time(), UTC)
    grades.give(store, [Grade(scale=Scale.PUBLISHER, about="Example Wire", subject="Example Wire", by="Ann",
                              value=value, at=at, reason="because")])


def revoke(store: Store, day: date) -> None:
    """The last grade, on that day."""
    at = datetime.combine(day, datetime.min.time(), UTC)
    store.write(lambda transaction: transaction.run(
        "MATCH (g:Grade {value: 'A'}) SET g.revoked_at = $at, g.revoked_by = 'Ann'", at=at).consume())


def asked(store: Store, name: str, **days: date) -> list[dict[str, Any]]:
    query = DATED[name]
    takes = {parameter.name for parameter in query.parameters}
    given = {key: value for key, value in GIVEN.items() if key in takes}
    given |= {key: day.isoformat() for key, day in days.items() if key in takes}
    return ask_question(store, query, query.arguments(given)).objects()


@pytest.fixture(scope="module")
def then(driver: neo4j.Driver, connection: Connection) -> Iterator[tuple[Store, Answers]]:
    """What every question answered before the later reports and tracks came, and the graph with them."""
    with Store(connection) as store:
        driver.execute_query("MATCH (n) WHERE NOT n:Meta DETACH DELETE n", database_=connection.database)
        put(store, EARLY, KNOWN)
        grade(store, "B", THEN)
        grade(store, "A", KNOWN)
        answers = {name: asked(store, name) for name in DATED}
        revoke(store, SINCE)
        put(store, LATE, SINCE)
        grade(store, "D", SINCE)
        yield store, answers


def test_most_questions_are_asked_so(then: Any) -> None:
    assert {"accused-night-flights", "who-says-what", "weapons-flow", "publishers"} <= DATED.keys()
    assert len(DATED) >= 16
    assert {name for name, rows in then[1].items() if not rows} <= {"coverage-gaps", "aircraft-conflicts"}


@pytest.mark.parametrize("name", sorted(DATED))
def test_what_was_known_then_is_answered_row_for_row(then: Any, name: str) -> None:
    store, answers = then
    assert asked(store, name, known_at=KNOWN) == answers[name]


@pytest.mark.parametrize("name", sorted(DATED.keys() - {"publishers"}))
def test_what_was_so_then_is_answered_row_for_row_but_for_later_grades(then: Any, name: str) -> None:
    store, answers = then
    graded = {"reliability", "grades"}
    now, before = ([{key: value for key, value in row.items() if key not in graded} for row in rows]
                   for rows in (asked(store, name, as_of=date(2024, 3, 28)), answers[name]))
    assert now == before


@pytest.mark.parametrize("name", sorted(DATED))
def test_the_day_before_anything_nothing_was_known(then: Any, name: str) -> None:
    store, _ = then
    assert asked(store, name, known_at=THEN) == []


@pytest.mark.parametrize("name", sorted(DATED))
def test_a_day_to_come_changes_nothing(then: Any, name: str) -> None:
    store, _ = then
    to_come = date(2999, 1, 1)
    assert asked(store, name, as_of=to_come, known_at=to_come) == asked(store, name)


def test_grades_are_those_that_stood_then(then: Any) -> None:
    store, _ = then
    assert {row["reliability"] for row in asked(store, "publishers", known_at=KNOWN)} == {"A", "F"}
    assert {row["reliability"] for row in asked(store, "publishers")} == {"D", "F"}
    assert grades.stands(store, Scale.PUBLISHER, "Example Wire", When(known_at=KNOWN).known_until) == (
        grades.read(store)[1])


# --- explain -----------------------------------------------------------------------------------------------


def test_explain_as_of_a_day(then: Any) -> None:
    store, _ = then
    early, late = EARLY[0], LATE[0]
    assert isinstance(early, Extraction) and isinstance(late, Extraction)
    plane = (Label.AIRCRAFT, PLANE)
    now, before = evidence(store, plane), evidence(store, plane, When(known_at=KNOWN))
    assert isinstance(now, EntityEvidence) and isinstance(before, EntityEvidence)
    assert {said.id for said in now.claims} - {said.id for said in before.claims} == {
        f"{late.document.id}#a0", f"{late.document.id}#f1"}
    assert {flight.id for flight in now.flights} - {flight.id for flight in before.flights} == {FLOWN_LATE.id}
    claim = evidence(store, (Label.ALLEGATION, f"{early.document.id}#a0"), When(known_at=KNOWN))
    assert isinstance(claim, ClaimEvidence) and claim.source.reliability == "A"
    flight = evidence(store, (Label.FLIGHT, FLOWN_EARLY.id), When(known_at=KNOWN))
    assert isinstance(flight, FlightEvidence)
    shown = evidence(store, (Label.DOCUMENT, early.document.id), When(as_of=KNOWN))
    assert isinstance(shown, DocumentEvidence) and len(shown.claims) == 1


@pytest.mark.parametrize(("label", "thing", "when"), [
    (Label.DOCUMENT, LATE[0], When(known_at=KNOWN)), (Label.FLIGHT, FLOWN_LATE, When(known_at=KNOWN)),
    (Label.FLIGHT, FLOWN_LATE, When(as_of=date(2024, 3, 28))), (Label.COUNTRY, None, None)])
def test_explain_refuses_what_was_not_known_or_had_not_been(then: Any, label: Label, thing: Any,
                                                            when: When | None) -> None:
    store, _ = then
    id_ = thing.document.id if isinstance(thing, Extraction) else thing.id if thing else "no such"
    with pytest.raises(UsageError):
        evidence(store, (label, id_), when or When(known_at=KNOWN))


def test_facts_are_those_that_held(then: Any) -> None:
    store, _ = then
    rows = Rows()
    for operator, since, until in (("First Air", date(2010, 1, 1), date(2015, 12, 31)),
                                   ("Second Air", date(2016, 1, 1), None)):
        said = Statement(Type.OPERATED_BY, (Label.OPERATOR, operator), "a register", Method.REPORTED, since,
                         until)
        rows.edge(Type.OPERATED_BY, (Label.AIRCRAFT, OTHER), said.end, **statement_values(said))
    add_shared(rows)
    store.write(lambda transaction: writing.write_rows(transaction, rows))
    for day, operators in ((date(2012, 5, 1), {"First Air"}), (date(2024, 1, 1), {"Second Air"}),
                           (date(2009, 1, 1), set())):
        shown = evidence(store, (Label.AIRCRAFT, OTHER), When(as_of=day))
        assert isinstance(shown, EntityEvidence)
        assert {fact.id for fact in shown.facts if fact.source == "a register"} == operators
        history = DATED["aircraft-history"]
        given = history.arguments({"aircraft": OTHER, "as_of": day.isoformat()})
        asked_ = ask_question(store, history, given)
        assert {row["id"] for row in asked_.objects() if row["source"] == "a register"} == operators
