"""`tailgraph review` as typed: keys in, verdicts kept at once; verdicts out and in as JSON lines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from tailgraph.graph.digest import digest
from tailgraph.graph.identity import decide, exchange
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Kind
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_query import typed
from tests.graph.scene import accuse, report, write

Output = pytest.CaptureFixture[str]
NAMES = ("Gelix Airlines", "Gelix Airline OOO", "Motor Sich", "Motor Sich JSC")


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Reports that accuse two airlines, each under two names, and a unit that is like neither."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.setenv("TAILGRAPH_USER", "analyst")
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        write(store, *(report(f"On {name}", accuse([name])) for name in (*NAMES, "223rd Flight Unit",
                                                                         "224th Flight Unit")))
        yield store


def review(capsys: Output, monkeypatch: pytest.MonkeyPatch, keys: str, *options: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    code, out, err = typed(capsys, "review", *options)
    assert (code, err) == (0, "")
    return out


def verdicts(store: Store) -> list[tuple[str, str, str, bool]]:
    return [(one.left, one.right, one.verdict.value, one.stands) for one in decide.read(store)]


GELIX, MOTOR = ("Gelix Airline OOO", "Gelix Airlines"), ("Motor Sich", "Motor Sich JSC")


def test_a_key_a_verdict_and_later_what_is_left(managed: Store, capsys: Output,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    shown = review(capsys, monkeypatch, "s\nq")
    assert "1 of 2: are these one Operator?" in shown
    assert f"{GELIX[0]} (1 report, 1 claim, 0 flights)" in shown
    assert "Judged: 1 same." in shown
    assert verdicts(managed) == [(*GELIX, "same", True)]
    shown = review(capsys, monkeypatch, "d")
    assert "1 of 1" in shown
    assert verdicts(managed)[1:] == [(*MOTOR, "different", True)]
    assert "There is no pair left to judge." in review(capsys, monkeypatch, "")


def test_back_undoes_and_returns(managed: Store, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(managed.driver, managed.database)
    shown = review(capsys, monkeypatch, "sbnnb")
    assert "taken back" in shown
    assert digest(managed.driver, managed.database) == before
    assert verdicts(managed) == [(*GELIX, "same", False)]


def test_the_end_of_the_input_is_the_end(managed: Store, capsys: Output,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Judged: nothing." in review(capsys, monkeypatch, "xyz")
    assert verdicts(managed) == []


def test_proposals_are_listed_with_reasons_and_merge_nothing(managed: Store, capsys: Output) -> None:
    code, out, err = typed(capsys, "identity", "propose", "--json")
    assert (code, err) == (0, "")
    assert [(one["left"], one["right"]) for one in json.loads(out)] == [GELIX, MOTOR]
    assert managed.read("MATCH ()-[s:SAME_AS]->() RETURN s") == []


def test_out_and_in_again(managed: Store, capsys: Output, monkeypatch: pytest.MonkeyPatch,
                          tmp_path: Path) -> None:
    review(capsys, monkeypatch, "su")
    judged, file = digest(managed.driver, managed.database), tmp_path / "verdicts.json"
    assert typed(capsys, "review", "--export", str(file))[0] == 0
    managed.write(lambda transaction: transaction.run("MATCH (j:Judgement) DELETE j").consume())
    managed.write(lambda transaction: transaction.run("MATCH ()-[s:SAME_AS]->() DELETE s").consume())
    code, out, _ = typed(capsys, "review", "--import", str(file))
    assert (code, out) == (0, "2 verdicts taken, 0 known already, 0 refused\n")
    assert digest(managed.driver, managed.database) == judged
    assert typed(capsys, "review", "--import", str(file))[1].startswith("0 verdicts taken, 2 known")


def test_what_stands_here_is_not_overridden_from_outside(managed: Store, capsys: Output,
                                                         monkeypatch: pytest.MonkeyPatch,
                                                         tmp_path: Path) -> None:
    review(capsys, monkeypatch, "d")
    file = tmp_path / "verdicts.json"
    ours = decide.read(managed)[0].model_copy(update={"revoked_at": decide.read(managed)[0].at})
    file.write_text("\n".join(exchange.write([ours])))
    code, out, err = typed(capsys, "review", "--import", str(file))
    assert (code, out) == (3, "0 verdicts taken, 0 known already, 1 refused\n")
    assert "taken back elsewhere" in err
    file.write_text(json.dumps([f"Operator:{GELIX[0]}", f"Operator:{GELIX[1]}", "positive", None, "them",
                                "2024-03-01T10:00:00"]) + "\nnonsense\n")
    code, out, err = typed(capsys, "review", "--import", str(file))
    assert (code, out) == (3, "0 verdicts taken, 0 known already, 1 refused\n")
    assert "here it stands that" in err
    assert "verdicts.json:2" in err
    assert verdicts(managed) == [(*GELIX, "different", True)]


def test_a_verdict_that_another_has_overtaken_is_not_told_as_taken(
        managed: Store, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    class Overtaken(io.StringIO):
        def read(self, size: int | None = -1) -> str:
            decide.give(managed, [Judgement.of(Kind.OPERATOR, *GELIX, Sameness.DIFFERENT, "another")])
            return super().read(size)

    monkeypatch.setattr("sys.stdin", Overtaken("sq"))
    _, out, err = typed(capsys, "review")
    assert "not taken: here it stands that" in err
    assert "Judged: nothing." in out
    assert verdicts(managed) == [(*GELIX, "different", True)]
