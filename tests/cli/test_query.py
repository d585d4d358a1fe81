"""`tailgraph query`, `cypher` and `link` as typed, and what they print."""

from __future__ import annotations

import csv
import io
import json
import socket
from datetime import UTC, datetime

import neo4j
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.cli import output, run
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.graph import test_corroborate as scene
from tests.graph.scene import write

Output = pytest.CaptureFixture[str]


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Store:
    """The scene in the running managed server, not yet linked."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        write(store, *scene.EVERYTHING)
        return store


def typed(capsys: Output, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_link_then_ask(managed: Store, capsys: Output) -> None:
    code, out, _ = typed(capsys, "link", "--json")
    assert (code, json.loads(out)["supported"], json.loads(out)["changed"]) == (0, 2, 5)
    assert json.loads(typed(capsys, "link", "--json")[1])["changed"] == 0
    assert "supported: 2\ncontradicted: 1\n" in typed(capsys, "link")[1]
    code, out, err = typed(capsys, "query", "run", "contradicted-reports", "--json")
    assert (code, err, [row["report"] for row in json.loads(out)]) == (0, "", ["A rumour"])
    code, _, err = typed(capsys, "query", "run", "night-flights", "-p", "newest=1")
    assert code == 0
    assert err == "There are more: the question ends at newest=1; --param NAME=NUMBER raises that.\n"


def test_a_question_as_table_json_and_csv(managed: Store, capsys: Output) -> None:
    arguments = ["query", "run", "night-flights", "-p", "country=KP", "--param", "from=2024-03-20"]
    code, table, _ = typed(capsys, *arguments)
    assert code == 0
    assert "vanished toward" in table and "Pyongyang (ZKPY)" in table
    assert typed(capsys, *arguments, "--table")[1] == table
    objects = json.loads(typed(capsys, *arguments, "--json")[1])
    rows = list(csv.DictReader(io.StringIO(typed(capsys, *arguments, "--csv")[1])))
    assert [row["flight"] for row in rows] == [row["flight"] for row in objects] == [
        scene.OUTBOUND.id, scene.TUPOLEV.id]
    assert list(rows[0]) == list(objects[0])


def test_no_rows(managed: Store, capsys: Output) -> None:
    arguments = ["query", "run", "night-flights", "-p", "country=JP"]
    assert typed(capsys, *arguments) == (0, "", "Nothing found.\n")
    assert typed(capsys, *arguments, "--json") == (0, "[]\n", "")
    assert typed(capsys, *arguments, "--csv")[1].startswith("flight,airframe,")


def test_a_day_before_all_that_is_here_is_told_of(managed: Store, capsys: Output) -> None:
    today = datetime.now(UTC).date()
    for command in (["query", "run", "allegations"], ["conflicts"]):
        code, _, err = typed(capsys, *command, "--known-at", "2020-01-01", "--json")
        assert (code, err) == (0, "Nothing was here at the end of 2020-01-01: "
                                  f"the first source was recorded on {today}.\n")
        assert typed(capsys, *command, "--known-at", str(today), "--json")[2] == ""


@pytest.mark.parametrize("style", ["--table", "--json", "--csv"])
def test_an_entity_that_is_not_there_is_no_empty_answer(managed: Store, capsys: Output, style: str) -> None:
    assert typed(capsys, "query", "run", "who-says-what", "-p", "subject=Turkey", style) == (
        2, "", "tailgraph: No entity has the id 'Turkey'; "
        "tailgraph query run find-entity --param name=Turkey lists ids. [E002]\n")
    code, out, err = typed(capsys, "query", "run", "shared-airports", "-p", "aircraft=RA-82030", "-p",
                           "other=no such; one", style)
    assert (code, out) == (2, "")
    assert "--param 'name=no such; one' lists ids" in err


def test_an_entity_that_is_there_may_have_no_answer(managed: Store, capsys: Output) -> None:
    assert typed(capsys, "query", "run", "coverage-gaps", "-p", "aircraft=RA-85990") == (
        0, "", "Nothing found.\n")


def test_the_library_needs_no_server(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    code, out, _ = typed(capsys, "query", "list", "--json")
    assert (code, json.loads(out)[0]["name"]) == (0, "accused-night-flights")
    code, out, _ = typed(capsys, "query", "show", "who-says-what")
    assert (code, out.splitlines()[0]) == (0, "// title: Who says what about an entity")


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["query", "run", "nosuch"], 2, "There is no query"), (["query", "show", "nosuch"], 2,
                                                           "There is no query"),
    (["query", "run", "night-flights", "-p", "x=1"], 2, "no parameter 'x'"),
    (["query", "run", "night-flights", "-p", "country"], 2, "Write it as NAME=VALUE"),
    (["query", "run", "night-flights", "-p", "from=soon"], 2, "no date"),
    (["query", "run", "night-flights", "-p", "country=KP", "-p", "country=RU"], 2, "given twice"),
    (["query", "run", "coverage-gaps"], 2, "'aircraft' is missing"),
    (["query", "run", "night-flights", "--json", "--csv"], 2, "exclude one another")])
def test_what_makes_no_sense(capsys: Output, arguments: list[str], code: int, said: str) -> None:
    assert typed(capsys, *arguments)[0] == code
    assert run(arguments) == code
    assert said in capsys.readouterr().err


def test_cypher(managed: Store, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = "MATCH (a:Aircraft {id: $id}) RETURN a.id AS id, $n AS n, a"
    code, out, _ = typed(capsys, "cypher", statement, "-p", "id=RA-82030", "-p", "n=5", "--json")
    assert code == 0
    (row,) = json.loads(out)
    assert (row["id"], row["n"], row["a"]["labels"]) == ("RA-82030", 5, ["Aircraft", "Entity"])
    monkeypatch.setattr("sys.stdin", io.StringIO("RETURN 1 AS x"))
    assert typed(capsys, "cypher", "-", "--csv")[1] == "x\n1\n"
    code, out, err = typed(capsys, "cypher", "UNWIND range(1, 9) AS x RETURN x", "--limit", "2", "--csv")
    assert (code, out) == (0, "x\n1\n2\n")
    assert "more than these 2 rows" in err


def test_cypher_is_refused_with_its_own_code(managed: Store, capsys: Output) -> None:
    code, out, err = typed(capsys, "cypher", "MATCH (n) DETACH DELETE n")
    assert (code, out) == (6, "")
    assert err.startswith("tailgraph: The statement does more than read.")
    assert managed.connection.uri not in err


def test_without_a_server_there_is_one_line_and_a_code(capsys: Output, monkeypatch:
                                                       pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("NEO4J_URI", f"bolt://127.0.0.1:{port}")
    code, out, err = typed(capsys, "query", "run", "publishers")
    assert (code, out, err.count("\n")) == (5, "", 1)
    assert str(port) in err


# --- what is printed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@x", "\tx", "=cmd|' /C calc'!A0", " =1", "\n=1", "＝1"])
def test_csv_cells_open_as_text(text: str) -> None:
    (head, row) = csv.reader(io.StringIO(output.as_csv([text], [[text]]), newline=""))
    assert head == row == [f"'{text}"]


def test_a_carriage_return_neither_ends_a_row_nor_begins_a_cell() -> None:
    rows = list(csv.reader(io.StringIO(output.as_csv(["x"], [["\rx"], ["a\r=1+1"], ["a\r\nb"]]), newline="")))
    assert rows == [["x"], ["'\nx"], ["a\n=1+1"], ["a\nb"]]


def test_csv_keeps_numbers_as_numbers() -> None:
    assert output.as_csv(["a", "b", "c", "d"], [[-1.5, None, True, ["x",
        "=y"]]]) == "a,b,c,d\n-1.5,,yes,x; =y\n"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_csv_cell_begins_like_a_formula(texts: list[str]) -> None:
    written = output.as_csv(["x"] * len(texts), [texts])
    for cell in list(csv.reader(io.StringIO(written, newline="")))[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(st.characters(codec="utf-8")))
def test_nothing_printed_can_drive_a_terminal(text: str) -> None:
    for printed in (output.cell(text), output.as_json([{"x": text}])):
        assert {char for char in printed if ord(char) < 32 or 127 <= ord(char) < 160} <= {"\n", "\t"}
        assert not set(printed) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200e\u200f")
    assert json.loads(output.as_json([{"x": text}])) == [{"x": text}]


def test_a_wide_answer_becomes_cards_and_no_word_is_lost(capsys: Output) -> None:
    columns = [f"column_{n}" for n in range(12)]
    row = [f"value {n} " + "word " * 8 for n in range(12)]
    output.emit(columns, [row, [None] * 12], "table")
    printed = capsys.readouterr().out
    assert all(f"column {n}" in printed and f"value {n}" in printed for n in range(12))
    assert printed.count("word") == 96
    assert max(map(len, printed.splitlines())) <= 120


def test_a_narrow_answer_is_a_grid(capsys: Output) -> None:
    output.emit(["name", "count"], [["a\x1b[31m", 1], ["b", 2]], "table")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if line.strip() and "─" not in line] == [
        ["name", "count"], ["a[31m", "1"], ["b", "2"]]
