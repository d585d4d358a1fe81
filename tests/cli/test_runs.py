"""What runs put in, as typed: taken out as a whole, read again, compared. With the real model and server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from tailgraph.graph.digest import digest
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_query import typed

Output = pytest.CaptureFixture[str]
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
FIRST, SECOND, THIRD = (str(EXAMPLES / name) for name in (
    "01-state-department-action.md", "04-shanghai-pyongyang.md", "07-invented-rumour.md"))


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        yield store


def done(capsys: Output, *arguments: str) -> str:
    code, out, err = typed(capsys, *arguments)
    assert code == 0, err
    return out


def found(capsys: Output, *arguments: str) -> Any:
    return json.loads(done(capsys, *arguments, "--json"))


def runs(capsys: Output) -> list[str]:
    """Ids of the runs, the oldest first."""
    return [row["run"] for row in reversed(found(capsys, "query", "run", "runs"))]


def test_a_run_is_taken_out_but_for_what_another_put_in(managed: Store, capsys: Output,
                                                        tmp_path: Path) -> None:
    own = tmp_path / "names.csv"
    own.write_text("kind,name,key,aliases,country\noperator,Aviacon Zitotrans Cargo,,,RU\n")
    done(capsys, "ingest", "reports", THIRD)
    alone = digest(managed.driver, managed.database)
    done(capsys, "ingest", "reports", FIRST, SECOND)
    done(capsys, "reextract", SECOND, "--lexicon", str(own))
    _, second, third = runs(capsys)
    code, out, err = typed(capsys, "retract", second[:10])
    assert code == 0 and "Nothing was changed" in err
    assert "stays: Document" in err and third[:12] in err
    assert "In all, with what follows" in out and "Named by nothing else: " in out
    assert "Vladimir Mikheychik" in out
    assert len(found(capsys, "query", "run", "new-since", "--param", "since=2020-01-01")) == 3
    done(capsys, "retract", second, third, "--yes")
    assert digest(managed.driver, managed.database) == alone
    assert [(row["reports"], row["retracted"] is None) for row in found(capsys, "query", "run", "runs")] == [
        (0, False), (0, False), (1, True)]


def test_a_run_that_met_a_report_unchanged_does_not_keep_it_and_the_rehearsal_says_so(
        managed: Store, capsys: Output) -> None:
    done(capsys, "ingest", "reports", FIRST)
    done(capsys, "ingest", "reports", FIRST)
    first, second = runs(capsys)
    _, out, err = typed(capsys, "retract", first)
    assert "Document" in out and "Later runs that met any of these unchanged put nothing in" in err
    _, out, err = typed(capsys, "retract", second)
    assert out == "" and "Later runs" not in err


def test_a_rehearsal_says_exactly_what_then_goes(managed: Store, capsys: Output) -> None:
    done(capsys, "ingest", "reports", FIRST, SECOND)
    count = "MATCH (n) WHERE NOT n:Run AND NOT n:Meta RETURN head(labels(n)) AS label, count(n) AS count"
    before = {row["label"]: row["count"] for row in managed.read(count)}
    out = done(capsys, "retract", FIRST)
    told = {line.split(": ")[0].strip(): line.split(": ")[1] for line in out.splitlines() if ": -" in line}
    done(capsys, "retract", FIRST, "--yes")
    after = {row["label"]: row["count"] for row in managed.read(count)}
    for label, number in before.items():
        assert told.get(label, "-0") == f"-{number - after.get(label, 0)}", label


def test_reports_read_again_show_what_differs_and_so_do_the_runs(managed: Store, capsys: Output,
                                                                 tmp_path: Path) -> None:
    own = tmp_path / "names.csv"
    own.write_text("kind,name,key,aliases,country\noperator,Night Apron,,,RU\n")
    done(capsys, "ingest", "reports", FIRST, THIRD)
    before = digest(managed.driver, managed.database)
    assert found(capsys, "reextract", "all")["unchanged"] == 2
    dry = found(capsys, "reextract", "all", "--lexicon", str(own), "--dry-run")
    assert digest(managed.driver, managed.database) == before
    real = found(capsys, "reextract", "all", "--lexicon", str(own))
    assert real == dry and (real["read"], real["unchanged"]) == (2, 0)
    (differing,) = real["differing"]
    assert any(mention.endswith(" Operator Night Apron") for mention in differing["delta"]["mentions_added"])
    first, *_, last = runs(capsys)
    compared = found(capsys, "diff", first, last)
    assert [one["delta"] for one in compared["both"]] == [differing["delta"]]
    assert (compared["only_first"], compared["only_second"], compared["same"]) == ([], [], 1)
    assert "“Night Apron” Operator Night Apron" in " ".join(done(capsys, "diff", first, last).split())
    back = found(capsys, "reextract", THIRD)
    assert back["differing"][0]["delta"]["mentions_gone"] == differing["delta"]["mentions_added"]
    done(capsys, "reextract", "all")
    assert digest(managed.driver, managed.database) == before


def test_no_such_run(managed: Store, capsys: Output) -> None:
    code, _, err = typed(capsys, "diff", "abcdef", "abcdef")
    assert code == 2 and "No run" in err
