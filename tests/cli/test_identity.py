"""`tailgraph identity` as typed: verdicts given, shown, refused and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from tailgraph.graph.digest import digest
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_query import typed
from tests.graph.scene import accuse, report, write

Output = pytest.CaptureFixture[str]
UNIT, SHORT, DETACHMENT = "224th Flight Unit", "224 FU", "224 Det"


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Three reports that accuse one unit under three names, in the running managed server."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.setenv("TAILGRAPH_USER", "analyst")
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        write(store, report("One", accuse([UNIT])), report("Two", accuse([SHORT])),
              report("Three", accuse([DETACHMENT])))
        yield store


def said(capsys: Output, *arguments: str) -> str:
    code, out, err = typed(capsys, *arguments)
    assert (code, err) == (0, "")
    return out


def listed(capsys: Output, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said(capsys, "identity", "list", "--json", *options))
    return found


def test_from_a_verdict_to_its_undoing(managed: Store, capsys: Output) -> None:
    before = digest(managed.driver, managed.database)
    assert "are the same, by analyst" in said(capsys, "identity", "same", UNIT, SHORT, "--why", "same code")
    assert [(one["left"], one["right"], one["verdict"], one["by"], one["reason"]) for one in listed(capsys)] \
        == [(SHORT, UNIT, "same", "analyst", "same code")]
    shown = said(capsys, "explain", SHORT)
    assert f"read as one with: {UNIT}" in shown
    assert "(same code)" in shown
    assert "as ACCUSES (accused): 2" in shown
    assert f"under the name {UNIT}" in shown
    claim = managed.read("MATCH (c)-[:ACCUSES]->(:Operator {id: $id}) RETURN c.id AS id", {"id": SHORT})
    assert f"judged to be one with {UNIT}" in said(capsys, "explain", claim[0]["id"])
    assert "Taken back" in said(capsys, "identity", "undo", "224 F", UNIT)
    assert digest(managed.driver, managed.database) == before
    assert listed(capsys) == []
    assert [one["revoked_by"] for one in listed(capsys, "--all")] == ["analyst"]


def test_a_conflict_is_shown_at_once_and_merges_nothing(managed: Store, capsys: Output) -> None:
    said(capsys, "identity", "same", UNIT, SHORT)
    said(capsys, "identity", "same", SHORT, DETACHMENT)
    code, _, err = typed(capsys, "identity", "different", UNIT, DETACHMENT)
    assert code == 0
    assert "Conflict: 224 Det, 224 FU, 224th Flight Unit are judged to be one, but" in err
    assert managed.read("MATCH ()-[s:SAME_AS]->() RETURN s") == []
    assert [one["merged"] for one in listed(capsys, "--conflicts")] == [False]
    assert "in conflict, so not merged with" in said(capsys, "explain", UNIT)
    said(capsys, "identity", "undo", SHORT, DETACHMENT)
    assert listed(capsys, "--conflicts") == []
    assert [one["members"] for one in listed(capsys, "--clusters")] == [[SHORT, UNIT]]


@pytest.mark.parametrize(("arguments", "words"), [
    (("same", UNIT, "US"), "Only entities of one kind"), (("same", "US", "RU"), "Country is not judged"),
    (("same", UNIT, UNIT), "one id, not two"), (("same", UNIT, "nobody"), "Nothing in the graph has the id"),
    (("undo", UNIT, SHORT), "No verdict stands on")])
def test_what_makes_no_sense_is_refused(managed: Store, capsys: Output, arguments: tuple[str, ...],
                                        words: str) -> None:
    code, _, err = typed(capsys, "identity", *arguments)
    assert code == 2
    assert words in err


def test_a_standing_verdict_gives_way_only_when_told(managed: Store, capsys: Output) -> None:
    said(capsys, "identity", "unsure", UNIT, SHORT)
    said(capsys, "identity", "different", SHORT, UNIT)
    code, _, err = typed(capsys, "identity", "same", UNIT, SHORT)
    assert (code, "Another verdict stands" in err) == (2, True)
    assert "No longer" in said(capsys, "identity", "same", UNIT, SHORT, "--replace")
    assert "Known already" in said(capsys, "identity", "same", SHORT, UNIT)
    assert [one["verdict"] for one in listed(capsys, "--all")] == ["unsure", "different", "same"]
