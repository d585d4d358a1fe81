"""`tailgraph conflicts` as typed: both sides of each contradiction, with ids of what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import neo4j
import pytest

from tailgraph.graph import corroborate, writing
from tailgraph.graph.describe import Statement, add_shared, statement_values
from tailgraph.graph.evidence import evidence, lookup
from tailgraph.graph.model import Method
from tailgraph.graph.rows import Rows
from tailgraph.graph.shape import TRACK_PREFIX, Label, Type
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_query import typed
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, report, told, write

Output = pytest.CaptureFixture[str]
PLANE = ["RA-76777"]
DENIED = report("Denied", accuse(["IL76"], denied_by=["RU"]), text="It is said, and denied.")
FLEW = report("It flew", told(aircraft=PLANE), text="It flew.", publisher="One")
NOT = report("It did not", told(aircraft=PLANE, days=(21, 22), happened=False), text="It did not.",
             publisher="Two")
LATER = report("Nor later", told(aircraft=PLANE, days=(25, 26), happened=False), text="Nor later.")
PLAN = report("It will fly", told(aircraft=PLANE, happened=False), text="It will fly.", publisher="Three",
              published=date(2024, 3, 18))
OPEN = report("Or the other", told(aircraft=PLANE, destination=["IR/Tehran"], happened=False),
              text="Not there.")


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        write(store, DENIED, FLEW, NOT, LATER, PLAN, OPEN, scene.RUMOUR, scene.ELSEWHERE)
        operators(store, "RA-76999", ("First Air", "a table"), ("Second Air", "a list"))
        corroborate.link(store)
        yield store


def operators(store: Store, aircraft: str, *said: tuple[str, str]) -> None:
    rows = Rows()
    for operator, source in said:
        statement = Statement(Type.OPERATED_BY, (Label.OPERATOR, operator), source, Method.REPORTED)
        rows.edge(Type.OPERATED_BY, (Label.AIRCRAFT, aircraft), statement.end, **statement_values(statement))
    add_shared(rows)
    store.write(lambda transaction: writing.write_rows(transaction, rows))


def marks(store: Store, aircraft: str, *said: tuple[str, str, Method]) -> None:
    rows = Rows()
    for address, source, method in said:
        end = (Label.IDENTIFIER, f"icao24:{address}")
        statement = Statement(Type.IDENTIFIED_BY, end, source, method)
        rows.edge(Type.IDENTIFIED_BY, (Label.AIRCRAFT, aircraft), end, **statement_values(statement))
    add_shared(rows)
    store.write(lambda transaction: writing.write_rows(transaction, rows))


def test_a_rule_that_an_observation_refutes_is_no_conflict_of_equals(managed: Store, capsys: Output) -> None:
    # 152be9 is what the rule of the Russian registry makes of 76777: the graph has it already.
    marks(managed, "RA-76777", ("abc123", f"{TRACK_PREFIX}{'0' * 64}", Method.REPORTED))
    (row,) = listed(capsys, "--aircraft", "RA-76777")
    assert (row["kind"], row["first"], row["second"]) == ("sources on the address", "152be9", "abc123")
    assert row["weight"] == "inferred against observed"
    marks(managed, "RA-76777", ("abc124", "a table", Method.REPORTED))
    weights = [row["weight"] for row in listed(capsys) if row["kind"].startswith("sources")]
    assert weights[0] == "stated against stated"
    assert sorted(weights[1:]) == ["inferred against observed", "inferred against stated",
                                   "observed against stated"]


def test_the_weight_is_that_of_all_sources_not_of_the_five_shown(managed: Store, capsys: Output) -> None:
    tables = [("abc123", f"a table {number}", Method.REPORTED) for number in range(6)]
    marks(managed, "RA-76777", *tables, ("abc123", f"{TRACK_PREFIX}{'0' * 64}", Method.REPORTED))
    (row,) = listed(capsys, "--aircraft", "RA-76777")
    assert len(row["second_says"]) == 5
    assert not [said for said in row["second_says"] if said.startswith(TRACK_PREFIX)]
    assert row["weight"] == "inferred against observed"


def listed(capsys: Output, *arguments: str) -> list[dict[str, Any]]:
    code, out, err = typed(capsys, "conflicts", *arguments, "--json")
    assert (code, err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(out)
    return rows


def test_each_contradiction_once_with_both_sides(managed: Store, capsys: Output) -> None:
    rows = listed(capsys)
    assert {(row["kind"], *row["subject"], row["first"], row["second"]) for row in rows
            if row["kind"] != "report against track"} == {
        ("sources on the operator", "RA-76999", "First Air", "Second Air"),
        ("denial", "Ilyushin Il-76", "It is said, and denied.", "denied"),
        ("report against report", "RA-76777", "It flew.", "It did not.")}
    (track,) = [row for row in rows if row["kind"] == "report against track"]
    assert (track["subject"], track["when"]) == (["RA-76999"], "2024-03-20")
    assert "tracked elsewhere" in track["second"]


def test_every_id_leads_to_what_it_rests_on(managed: Store, capsys: Output) -> None:
    for row in listed(capsys):
        for id_ in row["ids"]:
            assert evidence(managed, lookup.find(managed, id_)).id == id_


def test_of_one_aircraft(managed: Store, capsys: Output) -> None:
    assert [row["kind"] for row in listed(capsys, "--aircraft", "RA-76999")] == ["sources on the operator"]
    assert listed_nothing(capsys, "--aircraft", "RA-76777") == 0
    # Two reports contradict each other about it: nobody should take this for "nothing is in doubt".
    assert typed(capsys, "conflicts", "--aircraft", "RA-76777", "--json")[2] == (
        "Reports and tracks that contradict each other are listed without --aircraft.\n")
    assert listed_nothing(capsys, "--aircraft", "RA-00000") == 2


def listed_nothing(capsys: Output, *arguments: str) -> int:
    code, out, _ = typed(capsys, "conflicts", *arguments)
    assert out == ""
    return code
