"""`tailgraph ingest …` and `tailgraph retract …` as typed."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
from pathlib import Path

import neo4j
import pytest

from tailgraph.cli import run
from tailgraph.graph.digest import digest
from tailgraph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
Output = pytest.CaptureFixture[str]


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, monkeypatch: pytest.MonkeyPatch) -> neo4j.Driver:
    """The environment of somebody who uses the running managed server; its graph is empty."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return graph


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Kyiv accused Moscow of buying shells from Pyongyang.")
    (folder / "b.txt").write_text("An Il-76 of the 224th Flight Unit landed in Tehran.")
    return folder


@pytest.fixture
def track(tmp_path: Path) -> Path:
    path = tmp_path / "track.csv"
    rows = "".join(f"{1710925200 + 60 * n},15406e,{43 + n * 0.08:.4f},132.5,10000\n" for n in range(30))
    path.write_text("time,icao24,latitude,longitude,altitude_ft\n" + rows)
    return path


def test_reports_in_and_out_again(managed: neo4j.Driver, reports: Path, capsys: Output) -> None:
    empty = digest(managed, "neo4j")
    assert run(["ingest", "reports", str(reports), "--json"]) == 0
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert (summary["stored"], summary["unchanged"], summary["refused"]) == (2, 0, [])
    assert summary["found"]["mentions"] > 0
    full = digest(managed, "neo4j")
    assert run(["retract", str(reports)]) == 0
    assert "Add --yes" in capsys.readouterr().err
    assert digest(managed, "neo4j") == full
    assert run(["retract", str(reports), "--yes"]) == 0
    assert "2 retracted" in capsys.readouterr().err
    assert digest(managed, "neo4j") == empty


def test_a_refused_file_is_named_and_ends_with_3(managed: neo4j.Driver, reports: Path,
                                                 capsys: Output) -> None:
    (reports / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert run(["ingest", "reports", str(reports)]) == 3
    printed = capsys.readouterr()
    assert printed.out.startswith("reports: 2 new or replaced, 0 unchanged, 1 refused\n")
    assert "1 of the reports was refused; it is named above." in printed.err
    assert str(reports / "c.png") in printed.err
    assert "E011" in printed.err


def test_standard_input(managed: neo4j.Driver, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    class Stdin:
        buffer = (ROOT / "LICENSE").open("rb")

    monkeypatch.setattr("sys.stdin", Stdin)
    assert run(["ingest", "reports", "-"]) == 0
    assert capsys.readouterr().out.startswith("reports: 1 new or replaced")


def test_tracks_in_and_out_by_the_beginning_of_the_id(managed: neo4j.Driver, track: Path,
                                                      capsys: Output) -> None:
    assert run(["ingest", "tracks", str(track), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["found"] == {"positions": 30}
    with managed.session() as session:
        id_ = session.run("MATCH (f:TrackFile) RETURN f.id AS id").single(strict=True)["id"]
    assert run(["retract", id_[:10], "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"kind": "TrackFile", "id": id_, "name": "track.csv", "retracted": True,
         "nodes": {"Flight": 1, "Track": 1, "TrackFile": 1}}]
    with managed.session() as session:
        assert session.run("MATCH (n:Flight|Track|Aircraft|Identifier) RETURN n").value() == []


@pytest.mark.parametrize(("target", "said"), [
    ("0" * 64, "is neither a file nor the id"), ("abc", "too short"),
    (str(ROOT / "LICENSE"), "Nothing that was ingested from it")])
def test_nothing_to_retract_ends_with_2(managed: neo4j.Driver, target: str, said: str,
                                        capsys: Output) -> None:
    assert run(["retract", target, "--yes"]) == 2
    assert said in capsys.readouterr().err


def test_an_id_that_is_not_unique_is_not_guessed(managed: neo4j.Driver, capsys: Output) -> None:
    with managed.session() as session:
        session.run("UNWIND ['abcdef1', 'abcdef2'] AS id CREATE (:Document {id: id})").consume()
    assert run(["retract", "ABCDEF", "--yes"]) == 2
    assert "Several ids" in capsys.readouterr().err


def test_reports_read_while_neo4j_is_down_wait_and_go_in_later(
        managed: neo4j.Driver, monkeypatch: pytest.MonkeyPatch, reports: Path, server: Settings,
        capsys: Output) -> None:
    assert run(["ingest", "reports", str(reports)]) == 0
    reference = digest(managed, "neo4j")
    assert run(["retract", str(reports), "--yes"]) == 0
    with socket.create_server(("127.0.0.1", 0)) as closing:
        uri = f"bolt://127.0.0.1:{closing.getsockname()[1]}"
    monkeypatch.setenv("NEO4J_URI", uri)
    capsys.readouterr()
    for waiting in ("2 waiting on disk", "2 unchanged"):
        assert run(["ingest", "reports", str(reports)]) == 5
        printed = capsys.readouterr()
        assert uri in printed.err
        assert waiting in printed.out
    monkeypatch.delenv("NEO4J_URI")
    assert len(list((server.home / "spool").iterdir())) == 2
    assert run(["ingest", "waiting"]) == 0
    assert capsys.readouterr().out.startswith("reports: 2 new or replaced, 0 unchanged, 0 refused")
    assert digest(managed, "neo4j") == reference
    assert list((server.home / "spool").iterdir()) == []


def test_the_next_run_puts_in_what_waits(managed: neo4j.Driver, monkeypatch: pytest.MonkeyPatch,
                                         reports: Path, capsys: Output) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    assert run(["ingest", "reports", str(reports / "a.txt")]) == 5
    assert "One report was read and waits on disk." in capsys.readouterr().err
    monkeypatch.delenv("NEO4J_URI")
    assert run(["ingest", "reports", str(reports)]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if ":" in line and line[0] != " "] == [
        "reports that had been waiting: 1 new or replaced, 0 unchanged, 0 refused",
        "reports: 1 new or replaced, 1 unchanged, 0 refused"]


def test_tracks_need_a_neo4j_that_answers(monkeypatch: pytest.MonkeyPatch, track: Path,
                                          capsys: Output) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    assert run(["ingest", "tracks", str(track)]) == 5
    assert "bolt://127.0.0.1:1" in capsys.readouterr().err


# --- killed at any time ------------------------------------------------------------------------------------


def killed(managed: neo4j.Driver, noun: str, path: Path, seconds: list[float]) -> None:
    """Start the command, kill it after each of these times, then let it finish: the graph of a quiet run."""
    command = [sys.executable, "-m", "tailgraph", "ingest", noun, str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    assert run(["ingest", noun, str(path)]) == 0
    reference = digest(managed, "neo4j")
    with managed.session() as session:
        session.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume()
    for wait in seconds:
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert run(["ingest", noun, str(path)]) == 0
    assert digest(managed, "neo4j") == reference


@pytest.mark.full
@pytest.mark.parametrize("noun", ["reports", "tracks"])
def test_killed_at_random_times_and_run_again(managed: neo4j.Driver, noun: str,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(noun)
    killed(managed, noun, ROOT / "examples" / noun, [rng.uniform(0.3, 5) for _ in range(12)])
