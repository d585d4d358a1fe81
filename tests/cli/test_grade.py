"""`tailgraph grade` as typed: grades kept with who, when and why, shown apart, and never lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from tailgraph.graph import reports, retract
from tailgraph.graph.digest import digest
from tailgraph.graph.retract import Source
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_query import typed
from tests.graph.made_up import derive
from tests.graph.scene import accuse, report, told, write

Output = pytest.CaptureFixture[str]

SAID = report("Said", accuse(["IL76"]), told(aircraft=["RA-82030"], index=1), text="It is said.")
OTHER = report("Also", accuse(["A124"]), publisher="Night Apron", text="It is said, too.")
CLAIM = f"{SAID.document.id}#a0"


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.setenv("TAILGRAPH_USER", "tester")
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        write(store, SAID, OTHER)
        yield store


def done(capsys: Output, *arguments: str) -> str:
    code, out, err = typed(capsys, *arguments)
    assert code == 0, err
    return out


def found(capsys: Output, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(done(capsys, *arguments, "--json"))
    return rows


def grades(capsys: Output, query: str, *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in found(capsys, "query", "run", query)}


def test_both_grades_stand_apart_beside_the_extractors(managed: Store, capsys: Output) -> None:
    before = digest(managed.driver, managed.database)
    done(capsys, "grade", "publisher", "example wire", "b", "--reason", "years of good work")
    done(capsys, "grade", "claim", f"{CLAIM[:12]}#a0", "3", "--reason", "one witness", "--by", "Ann")
    assert grades(capsys, "allegations", "publisher", "reliability", "credibility", "graded") == {
        ("Example Wire", "B", 6, "3, Ann"), ("Night Apron", "F", 6, None)}
    (flow,) = found(capsys, "query", "run", "weapons-flow")
    assert flow["grades"] == ["B 3", "F 6"]
    shown = " ".join(done(capsys, "explain", CLAIM).split())
    for part in ("credibility as the extractor sees it: 6", "credibility: 3, possibly", "graded 3 by Ann",
                 "reliability B, usually reliable", "graded B by tester", "years of good work"):
        assert part in shown
    assert digest(managed.driver, managed.database) == before


def test_history_is_kept_and_the_last_one_can_be_taken_back(managed: Store, capsys: Output) -> None:
    for value in ("C", "E"):
        done(capsys, "grade", "publisher", "Night Apron", value, "--reason", f"reason {value}")
    assert [(row["grade"], row["state"]) for row in found(capsys, "grade", "list", "--all")] == [
        ("C", "given anew since"), ("E", "stands")]
    (last,) = found(capsys, "grade", "list")
    done(capsys, "grade", "undo", last["id"])
    (left,) = found(capsys, "grade", "list")
    assert (left["grade"], left["by"], left["reason"]) == ("C", "tester", "reason C")
    assert [row["grade"] for row in found(capsys, "grade", "list", "--all")] == ["C", "E"]
    code, _, err = typed(capsys, "grade", "undo", last["id"])
    assert code == 2 and "taken back" in err
    done(capsys, "grade", "undo", left["id"])
    assert grades(capsys, "publishers", "reliability") == {("F",)}


def test_grades_hold_again_when_the_report_comes_back(managed: Store, capsys: Output) -> None:
    done(capsys, "grade", "claim", CLAIM, "2", "--reason", "seen")
    done(capsys, "grade", "publisher", "Example Wire", "A", "--reason", "known")
    retract.retract(managed, Source("Document", SAID.document.id, None, None), derive)
    assert {row["state"] for row in found(capsys, "grade", "list")} == {
        "stands", "stands, but no claim here reads so now"}
    write(managed, SAID)
    rows = grades(capsys, "allegations", "reliability", "graded")
    assert rows == {("A", "2, tester"), ("F", None)}


def test_a_claim_that_is_read_otherwise_is_not_graded_by_it(managed: Store, capsys: Output) -> None:
    """The extractor that comes after numbers its claims otherwise: the same id, another claim."""
    done(capsys, "grade", "claim", CLAIM, "1", "--reason", "seen")
    cue = SAID.allegations[0].cue.model_copy(update={"end": 7})
    other = SAID.model_copy(update={"extractor": "made up 2", "allegations": (
        SAID.allegations[0].model_copy(update={"cue": cue}),)})
    with run(managed, "test") as node:
        reports.write(managed, [other], node)
    assert grades(capsys, "allegations", "graded") == {(None,)}


def test_a_table_of_publishers_goes_out_is_edited_and_comes_back(managed: Store, capsys: Output,
                                                                 tmp_path: Path) -> None:
    done(capsys, "grade", "publisher", "Night Apron", "E", "--reason", "=invented")
    text = done(capsys, "grade", "export")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [(row["publisher"], row["reliability"], row["reports"]) for row in table] == [
        ("Example Wire", "", "1"), ("Night Apron", "E", "1")]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text.replace("Example Wire,,,", "Example Wire,b,edited,") + "Not Here Yet,C,,,,\n")
    assert done(capsys, "grade", "import", str(sheet), "--dry-run").splitlines() == [
        "Example Wire: not graded → B", "Not Here Yet: not graded → C"]
    assert len(found(capsys, "grade", "list")) == 1
    done(capsys, "grade", "import", str(sheet))
    assert {(row["subject"], row["grade"], row["reason"]) for row in found(capsys, "grade", "list")} == {
        ("Night Apron", "E", "=invented"), ("Example Wire", "B", "edited"),
        ("Not Here Yet", "C", "table sheet.csv")}
    assert done(capsys, "grade", "import", str(sheet)) == ""
    sheet.write_text("publisher,reliability\nExample Wire,A\nNight Apron,Q\n")
    code, _, err = typed(capsys, "grade", "import", str(sheet))
    assert code == 2 and "'Q' is no grade" in err
    assert len(found(capsys, "grade", "list", "--all")) == 3


@pytest.mark.parametrize(("arguments", "told"), [
    (("publisher", "Nobody", "A"), "No publisher"), (("publisher", "Example Wire", "7"), "no grade"),
    (("claim", "abcdef", "3"), "Nothing in the graph"), (("claim", "IL76", "3"), "no claim"),
    (("claim", CLAIM, "A"), "no grade")])
def test_what_cannot_be_graded(managed: Store, capsys: Output, arguments: tuple[str, ...], told: str) -> None:
    code, _, err = typed(capsys, "grade", *arguments, "--reason", "x")
    assert code == 2 and told in err
