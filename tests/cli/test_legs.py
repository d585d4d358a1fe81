"""`tailgraph legs` and `tailgraph simulate` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tailgraph.cli import run

SCENARIO = {
    "aircraft": [
        {
            "icao24": "15406e",
            "registration": "RA-82030",
            "type": "A124",
            "callsign": "RFF1",
            "legs": [
                {
                    "from": "UHWW",
                    "to": "ZKPY",
                    "departure": "2024-03-20T16:30:00Z",
                    "transponder_off": [{"from_min": 14, "to_min": 900}],
                }
            ],
        }
    ]
}


@pytest.fixture
def simulated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "scenario.json").write_text(json.dumps(SCENARIO))
    assert (
        run(
            [
                "simulate",
                str(tmp_path / "scenario.json"),
                "--out",
                str(tmp_path / "out"),
                "--format",
                "both",
            ]
        )
        == 0
    )
    assert capsys.readouterr().out == ""
    return tmp_path / "out"


def test_the_simulator_writes_its_three_kinds_of_files(simulated: Path) -> None:
    assert {str(path.relative_to(simulated)) for path in simulated.rglob("*.*")} == {
        "positions.csv",
        "truth.json",
        "traces/2024-03-20/trace_full_15406e.json",
    }
    truth = json.loads((simulated / "truth.json").read_text())
    assert [(leg["origin"], leg["destination"]) for leg in truth] == [("UHWW", "ZKPY")]


def test_json_has_the_names_that_others_rely_on(
    simulated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["legs", str(simulated / "positions.csv"), "--json"]) == 0
    printed = capsys.readouterr()
    (flight,) = json.loads(printed.out)
    assert printed.err == ""
    assert flight["icao24"] == "15406e" and flight["registration"] == "RA-82030"
    assert flight["callsigns"] == ["RFF1"] and flight["night"] == "yes"
    assert flight["departure"]["airport"] == "UHWW" and flight["departure"]["method"] == "observed"
    assert {"earliest", "latest", "candidates"} <= flight["departure"].keys()
    assert flight["arrival"] is None and flight["landing_time"] is None and flight["appeared_from"] is None
    assert flight["takeoff_time"].startswith("2024-03-20T16:3")
    assert flight["vanished_toward"]["candidates"] and flight["gaps"] == []


def test_the_same_positions_in_two_files_are_the_same_flight(
    simulated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["legs", str(simulated / "positions.csv"), str(simulated / "traces"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_the_table_names_both_ends(simulated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["legs", str(simulated / "positions.csv")]) == 0
    table = capsys.readouterr().out
    assert "RA-82030" in table and "UHWW" in table and "?" in table


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_width_cuts_what_is_shown(
    simulated: Path, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("tailgraph.cli.output._PIPE_WIDTH", width)
    assert run(["legs", str(simulated / "positions.csv")]) == 0
    table = capsys.readouterr().out
    assert "…" not in table
    for whole in ("RA-82030", "15406e", "RFF1", "2024-03-20 16:24", "UHWW observed", "Seen (UTC)"):
        assert whole in table


def test_a_refused_file_is_named_and_the_rest_goes_on(
    simulated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = simulated / "bad.json"
    bad.write_text("{")
    assert run(["legs", str(bad), str(simulated / "positions.csv"), "--json"]) == 3
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == 1
    assert str(bad) in printed.err


def test_refused_rows_are_counted_and_located(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "track.csv"
    path.write_text(
        "time,icao24,latitude,longitude\n" + "never,15406e,43,132\n" * 7 + "1710952200,15406e,43,132\n"
    )
    assert run(["legs", str(path), "--json"]) == 0
    err = capsys.readouterr().err
    assert "7 of 8 rows" in err and "line 2:" in err and "and 2 more" in err


@pytest.mark.parametrize("arguments", [["legs"], ["legs", "x.csv", "--aircraft", "no aircraft"]])
def test_wrong_usage_is_said_so(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().out == ""
