"""Every question of the library: well told, answerable, and answered right on a known scene."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tailgraph.graph import reports
from tailgraph.graph.store import Store
from tailgraph.queries import catalogue
from tailgraph.queries.run import ask_question
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, report, write
from tests.queries.conftest import ACCUSATION, BARE

QUERIES = catalogue.library()
ARGUMENTS: dict[str, dict[str, str]] = {
    "airport-company": {"aircraft": "RA-82030", "hours": "48"}, "aircraft-records": {"mark": "15406e"},
    "aircraft-history": {"aircraft": "RA-82030"}, "claim-sources": {"claim": f"{ACCUSATION.document.id}#a0"},
    "claims-about": {"entity": "RA-82030"}, "coverage-gaps": {"aircraft": "RA-82030"},
    "find-entity": {"name": "RA-8"}, "new-since": {"since": "2020-01-01"},
    "shared-airports": {"aircraft": "RA-82030", "other": "RA-85990"}, "who-says-what": {"subject": "A124"},
}


def rows(store: Store, name: str, **given: str) -> list[dict[str, Any]]:
    query = catalogue.find(name)
    return ask_question(store, query, query.arguments({**ARGUMENTS.get(name, {}), **given})).objects()


def some(store: Store, name: str, *columns: str, **given: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows(store, name, **given)]


def test_there_are_many_and_the_headline_is_first() -> None:
    assert len(QUERIES) >= 12
    assert next(iter(QUERIES)) == catalogue.HEADLINE == "accused-night-flights"
    assert len({query.title for query in QUERIES.values()}) == len(QUERIES)
    assert {name for name in QUERIES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)} == set()


@pytest.mark.parametrize("name", QUERIES)
def test_each_tells_what_it_asks_and_takes(name: str) -> None:
    query = QUERIES[name]
    assert query.question.endswith("?")
    assert not query.title.endswith((".", "?"))
    assert {help_ for _, help_ in query.columns if not help_.endswith(".")} == set()
    assert {parameter.name for parameter in query.parameters if not parameter.help.endswith(".")} == set()
    used = set(re.findall(r"\$(\w+)", re.sub(r"//.*", "", query.cypher)))
    assert used == {parameter.name for parameter in query.parameters}
    for parameter in query.parameters:
        if parameter.default is not None:
            parameter.value(parameter.default)


@pytest.mark.parametrize("name", QUERIES)
def test_each_passes_the_gate_with_the_columns_that_it_promises(store: Store, name: str) -> None:
    query = QUERIES[name]
    answer = ask_question(store, query, query.arguments(ARGUMENTS.get(name, {})))
    assert answer.columns == tuple(column for column, _ in query.columns)
    if name not in ("coverage-gaps", "aircraft-conflicts", "aircraft-records", "flown-together"):
        assert answer.rows


@pytest.mark.parametrize("name", QUERIES)
def test_each_whose_answer_grows_with_the_graph_says_where_it_ends(store: Store, name: str) -> None:
    query = QUERIES[name]
    given = ARGUMENTS.get(name, {})
    if name in ("aircraft-records", "claim-sources"):
        assert query.bounds == ()
        return
    (bound,) = query.bounds
    whole = ask_question(store, query, query.arguments(given | {bound: "9999"}))
    assert whole.ends_at == ()
    for most in range(1, len(whole.rows) + 1):
        cut = ask_question(store, query, query.arguments(given | {bound: str(most)}))
        assert cut.rows
        assert (cut == whole) == (cut.ends_at == ())
        assert cut.ends_at in ((), (f"{bound}={most}",))
    enough = str(2 * len(whole.rows) or 1)
    assert ask_question(store, query, query.arguments(given | {bound: enough})) == whole


# --- the headline ------------------------------------------------------------------------------------------


def test_the_headline(store: Store) -> None:
    found = some(store, "accused-night-flights", "subject", "accused_as", "accusers", "denied_by", "report",
                 "tracked_flight", "airframe", "is_airframe_accused", "verdict")
    us, flight = ["United States"], scene.OUTBOUND.id
    unit, type_ = "224th Flight Unit", "Antonov An-124"
    supported = (flight, "RA-82030", False, "supported")
    assert found == [
        (type_, "open", us, ["Russia"], "The accusation", *supported),
        (unit, "named", us, [], "A cargo plane", *supported),
        (unit, "open", us, ["Russia"], "The accusation", *supported),
        ("RA-76999", "named", ["the report itself"], [], "Says the report", scene.ELSEWHERE.id, "RA-76999",
         True,
         "contradicted"),
    ]


def test_the_headline_never_accuses_by_kinship(store: Store) -> None:
    """Somebody accused the type and the unit; RA-82030, which is of both, is nowhere a subject."""
    found = rows(store, "accused-night-flights")
    assert {row["kind"] for row in found} == {"AircraftType", "Operator", "Aircraft"}
    assert {row["subject"] for row in found if row["kind"] == "Aircraft"} == {"RA-76999"}
    assert {row["is_airframe_accused"] for row in found if row["airframe"] == "RA-82030"} == {False}


@pytest.mark.parametrize(("given", "count"), [
    ({"from": "2024-03-22"}, 0), ({"to": "2024-03-19"}, 0), ({"from": "2024-03-20", "to": "2024-03-21"}, 4),
    ({"country": "Japan"}, 0), ({"country": "North Korea"}, 4)])
def test_the_headline_keeps_to_country_and_days(store: Store, given: dict[str, str], count: int) -> None:
    assert len(rows(store, "accused-night-flights", **given)) == count


# --- the others --------------------------------------------------------------------------------------------


def test_who_says_what(store: Store) -> None:
    assert some(store, "who-says-what", "says", "role", "is_open", "denied_by") == [
        (["United States"], "accused", True, ["Russia"])]
    assert some(store, "who-says-what", "says", "role", "reports", subject="RU") == [
        (["United States"], "recipient", 1), (["United States"], "recipient", 1),
        (["the report itself"], "recipient", 1)]


def test_tracks_by_night_and_those_lost(store: Store) -> None:
    assert some(store, "night-flights", "flight", "end") == [
        (scene.OUTBOUND.id, "vanished toward"), (scene.TUPOLEV.id, "arrived")]
    assert some(store, "vanished-toward", "flight", "reported_by") == [
        (scene.OUTBOUND.id, ["supported: A cargo plane", "supported: The accusation",
                             "untestable: Two planes"])]
    assert rows(store, "vanished-toward", country="RU") == []


def test_reports_by_what_the_tracks_say(store: Store) -> None:
    assert sorted(some(store, "supported-reports", "report", "method")) == [
        ("A cargo plane", "inferred"), ("An airliner", "observed"), ("The accusation", "inferred")]
    assert some(store, "contradicted-reports", "report", "flight") == [("A rumour", scene.ELSEWHERE.id)]
    assert some(store, "untracked-reports", "report", "why") == [
        ("Long ago", "no tracked flight of such an aircraft there and then")]


def test_allegations(store: Store) -> None:
    assert {row["status"] for row in rows(store, "allegations")} == {"alleged"}
    assert some(store, "allegations", "denied_by", "accused", denied="yes") == [
        (["Russia"], ["224th Flight Unit", "Antonov An-124"])]
    assert rows(store, "allegations", status="suspected") == []
    assert len(rows(store, "allegations", newest="1")) == 1


def test_operators_and_flows(store: Store) -> None:
    assert some(store, "accused-operators", "operator", "country", "accusers", "denied_by", "allegations",
                "is_ever_open") == [("224th Flight Unit", "Russia", ["United States"], ["Russia"], 2, True)]
    assert some(store, "weapons-flow", "supplier", "recipient", "weapons", "allegations") == [
        ("North Korea", "Russia", ["ballistic missile"], 3)]


def test_one_claim_leads_to_its_words(store: Store) -> None:
    found = rows(store, "claim-sources")
    assert {(row["role"], row["what"], row["is_open"]) for row in found} == {
        ("EVIDENCED_BY", "sentence 1", False), ("MADE_BY", "United States", False),
        ("ACCUSES", "Antonov An-124", True), ("ACCUSES", "224th Flight Unit", True),
        ("CONCERNS", "ballistic missile", False), ("SUPPLIED_BY", "North Korea", False),
        ("RECEIVED_BY", "Russia", False), ("USED_AGAINST", "Ukraine", False), ("DENIED_BY", "Russia", False)}
    assert {row["words"] for row in found if row["role"] == "EVIDENCED_BY"} == {"It is said here."}


def test_one_aircraft(store: Store) -> None:
    kinds = [row["kind"] for row in rows(store, "aircraft-history")]
    assert (kinds.count("flight"), kinds.count("reported flight"), kinds.count("allegation")) == (2, 3, 0)
    assert {row["what"] for row in rows(store, "aircraft-history") if row["kind"] == "flight"} == {
        "from Vladivostok, vanished toward Pyongyang",
        "appeared from the direction of Pyongyang to Vladivostok"}
    assert {row["airport"] for row in rows(store, "shared-airports")} == {"Vladivostok (UHWW)",
        "Pyongyang (ZKPY)"}
    assert rows(store, "shared-airports", days="0") == []


def test_other_aircraft_at_the_airports_of_one(store: Store) -> None:
    others = {row["other"] for row in rows(store, "airport-company")}
    assert "RA-85990" in others
    assert "RA-82030" not in others
    assert rows(store, "airport-company", hours="0") == []


def test_flights_flown_together(store: Store) -> None:
    ids = {"one": scene.OUTBOUND.id, "other": scene.ELSEWHERE.id}
    store.write(lambda transaction: transaction.run(
        "MATCH (f:Flight {id: $one}), (g:Flight {id: $other}) "
        "MERGE (f)-[r:FLEW_WITH]->(g) SET r.from_time = f.first_seen, r.minutes = 12", ids).consume())
    try:
        both = [(scene.OUTBOUND.id, scene.ELSEWHERE.id, 12)]
        assert some(store, "flown-together", "flight", "other_flight", "minutes",
                    aircraft="RA-82030") == both
        assert len(rows(store, "flown-together")) == 1
        assert rows(store, "flown-together", aircraft="RA-85990") == []
    finally:
        store.write(lambda transaction: transaction.run("MATCH ()-[r:FLEW_WITH]->() DELETE r").consume())
    assert some(store, "find-entity", "id", "claims") == [("RA-82030", 3), ("RA-85990", 0)]
    assert {row["report"] for row in rows(store, "claims-about")} == {"The accusation", "A cargo plane",
        "Long ago"}


@pytest.mark.parametrize("name", ["224th Flight Unit", "224TH FLIGHT", "224th flight unit"])
def test_an_entity_is_found_whatever_its_capitals(store: Store, name: str) -> None:
    assert _ids_of(store, name) == ["224th Flight Unit"]


@pytest.mark.parametrize("name", ["ra-82030", "RA-82030", "ra-82"])
def test_a_registration_is_found_whatever_its_capitals(store: Store, name: str) -> None:
    assert _ids_of(store, name) == ["RA-82030"]


def _ids_of(store: Store, name: str) -> list[str]:
    return [row["id"] for row in _found(store, name)]


def _found(store: Store, name: str) -> list[dict[str, Any]]:
    query = catalogue.find("find-entity")
    return ask_question(store, query, query.arguments({"name": name})).objects()


def test_publishers_and_news(store: Store) -> None:
    assert some(store, "publishers", "publisher", "reports", "origins", "allegations",
                "reported_flights") == [
        ("Example Wire", 6, 6, 2, 6), ("Night Apron", 1, 1, 1, 0)]
    assert {row["what"] for row in rows(store, "new-since")} >= {"The accusation", BARE.document.title}
    assert rows(store, "new-since", since="2999-01-01") == []


def test_an_airframe_that_a_text_leaves_open_is_not_accused(store: Store) -> None:
    told = report("Either of them", accuse(["RA-82030", "224th Flight Unit"], is_open=True))
    write(store, told)
    try:
        found = rows(store, "accused-night-flights")
    finally:
        store.write(lambda transaction: reports.delete(transaction, told.document.id))
    assert {row["accused_as"] for row in found if row["subject"] == "RA-82030"} == {"open"}
    assert {row["is_airframe_accused"] for row in found if row["airframe"] == "RA-82030"} == {False}


def test_a_claim_in_which_an_entity_has_two_roles_counts_once(empty: Store) -> None:
    write(empty, report("Both", accuse(["Vityaz Avia"], by=["Vityaz Avia"]), publisher="Night Apron"))
    assert [(row["id"], row["claims"]) for row in _found(empty, "Vityaz")] == [("Vityaz Avia", 1)]
