"""`tailgraph paths` and `export` as typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from tailgraph.graph import corroborate
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_explain import flat
from tests.cli.test_query import typed
from tests.graph import test_corroborate as scene
from tests.graph.analysis.conftest import ACCUSATION, SECOND
from tests.graph.scene import accuse, report, write

Output = pytest.CaptureFixture[str]
WICKED = report("Wicked \x1b[31m", accuse(["224th Flight Unit"], by=[]), text="\x1b[2J\u202e# [x](y) <b>",
                publisher="P\x1b[2J")


@pytest.fixture(scope="module")
def _filled(server: Settings, driver: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as store:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
        write(store, ACCUSATION, SECOND, WICKED, *scene.EVERYTHING)
        corroborate.link(store)
        yield store


@pytest.fixture
def managed(_filled: Store, server: Settings, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return _filled


def test_a_claim_on_the_way_reads_as_one(managed: Store, capsys: Output) -> None:
    code, out, err = typed(capsys, "paths", "224th Flight Unit", "North Korea", "-k", "1", "--evidence", "9")
    assert (code, err) == (0, "")
    shown = flat(out)
    assert "Path 1: 1 step, in part only claimed" in shown
    assert "claim, not a fact: 224th Flight Unit (Operator) – North Korea (Country KP)" in shown
    assert "said by United States; denied by Russia that: “It is said here.”" in shown
    assert "224th Flight Unit: accused (left open whether this is meant); KP: supplier" in shown
    assert "told in the report; said not to have taken place that:" in shown
    assert not set(out) & {"\x1b", "\u202e"}


def test_a_direction_is_no_arrival(managed: Store, capsys: Output) -> None:
    _, out, _ = typed(capsys, "paths", "RA-82030", "ZKPY", "--facts-only", "-k", "1")
    shown = flat(out)
    assert "Path 1: 1 step, facts only" in shown
    assert "fact, but of a direction only: RA-82030 (Aircraft) – Pyongyang Sunan" in shown
    assert "vanished toward it, not seen to land" in shown


def test_claims_stand_apart_from_the_facts_of_a_step(managed: Store, capsys: Output) -> None:
    _, out, _ = typed(capsys, "paths", "RA-82030", "Operator:224th Flight Unit", "-k", "1")
    before, sign, after = flat(out).partition("besides, it is claimed, which makes no fact:")
    assert sign and "is operated by" in before and "source:" in before
    assert "told in the report" not in before and "told in the report" in after


def test_paths_as_json_and_markdown(managed: Store, capsys: Output) -> None:
    _, out, _ = typed(capsys, "paths", "224th Flight Unit", "KP", "--json", "--without", "Airport")
    found = json.loads(out)
    assert found["paths"][0]["standing"] == "claim"
    assert found["views"].keys() == {"statements", "flights", "identity", "claims", "speech"}
    assert "Airport" not in {step["end"]["kind"] for path in found["paths"] for step in path["steps"]}
    _, out, _ = typed(capsys, "paths", "224th Flight Unit", "KP", "--markdown")
    assert out.startswith("# 224th Flight Unit (Operator) to North Korea (Country KP)\n")
    assert "**claim, not a fact:** " in out and "<b>" not in out and "\x1b" not in out


@pytest.mark.parametrize(("arguments", "said"), [
    (["nobody", "KP"], "Nothing in the graph has the id or name 'nobody'"),
    (["KP", "North Korea"], "Both ends are Country KP"),
    (["KP", "RU", "--json", "--markdown"], "exclude one another"),
    (["KP", "RU", "--facts-only", "--mentions"], "exclude one another"),
    (["KP", "RU", "--through", "Airport", "--without", "Airport"], "given to --through and to --without")])
def test_what_makes_no_sense(managed: Store, capsys: Output, arguments: list[str], said: str) -> None:
    code, out, err = typed(capsys, "paths", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_no_path_is_no_proof(managed: Store, capsys: Output) -> None:
    code, out, _ = typed(capsys, "paths", "RA-82030", "UA", "--facts-only")
    assert code == 0
    assert "No path of at most 4 steps within these bounds; that proves no lack of one." in flat(out)


def test_an_export_says_what_it_lost(managed: Store, capsys: Output, tmp_path: Path) -> None:
    target = tmp_path / "graph.ftm.json"
    code, out, err = typed(capsys, "export", "--format", "ftm", "--out", str(target))
    assert (code, out) == (0, "")
    assert "Left out:\n" in err and "FollowTheMoney has no place for it" in err
    report_ = json.loads((tmp_path / "graph.ftm.json.losses.json").read_text())
    assert report_["nodes"]["Allegation"] == sum(
        json.loads(line)["properties"].get("summary", [""])[0].startswith("Allegation: a claim")
        for line in target.read_text().splitlines())


def test_an_export_of_one_report_to_standard_output(managed: Store, capsys: Output) -> None:
    code, out, err = typed(capsys, "export", "--format", "graphml", "--document", SECOND.document.id[:10])
    assert code == 0
    assert out.count(">Allegation</data>") == 1 and "Exported " in err


def test_a_folder_is_needed_for_csv(managed: Store, capsys: Output) -> None:
    code, out, err = typed(capsys, "export", "--format", "csv")
    assert (code, out) == (2, "") and "Name a folder with --out" in err


def test_an_analysis_says_what_its_edges_mean(managed: Store, capsys: Output) -> None:
    code, out, err = typed(capsys, "analyse", "brokers")
    assert code == 0
    assert err.startswith("flights: One tracked flight has both") and "Betweenness over all" in err
    assert "betweenness" in out and "UHWW" in out
    _, out, _ = typed(capsys, "analyse", "communities", "--view", "claims", "--through", "Country", "--json")
    found = json.loads(out)
    assert found["analysis"] == "communities" and found["views"].keys() == {"claims"}
    assert "Country" in found["parameters"]["kinds"]


def test_what_is_kept_is_listed_and_removed(managed: Store, capsys: Output) -> None:
    code, _, err = typed(capsys, "analyse", "co-travel", "--least", "1", "--window", "9", "--write")
    assert code == 0 and "Annotations kept: 1; `tailgraph analyse remove --run " in err
    _, out, _ = typed(capsys, "analyse", "list", "--json")
    [kept] = json.loads(out)
    assert (kept["analysis"], kept["count"]) == ("co-travel", 1)
    assert typed(capsys, "analyse", "remove")[0] == 2
    code, out, _ = typed(capsys, "analyse", "remove", "--run", kept["run"])
    assert (code, out) == (0, "Annotations removed: 1\n")
    assert typed(capsys, "analyse", "list")[1:] == ("", "Nothing found.\n")
