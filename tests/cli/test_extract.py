"""`tailgraph extract` and `tailgraph evaluate` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tailgraph.cli import run

TEXT = "Title of an invented report\n\nAn Il-76, RA-76999, landed in Khartoum on Monday.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "001-landing.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_one_report_as_json(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(report), "--json"]) == 0
    form = json.loads(capsys.readouterr().out)
    assert {(e["kind"], e["key"]) for e in form["entities"]} == {
        ("AircraftType", "IL76"),
        ("Aircraft", "RA-76999"),
        ("Place", "SD"),
    }


def test_annotations_of_a_json_report_are_never_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "002.json"
    file.write_text(
        json.dumps(
            {
                "title": "T",
                "text": "Nothing of note.",
                "published": "2024-01-02",
                "publisher": "P",
                "entities": [{"kind": "Country", "key": "FR", "names": ["France"]}],
            }
        ),
        encoding="utf-8",
    )
    assert run(["extract", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entities"] == []


def test_several_reports_are_a_list(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "002-other.txt"
    other.write_text(TEXT, encoding="utf-8")
    assert run(["extract", str(report), str(other), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_out_writes_one_file_for_each(report: Path, tmp_path: Path) -> None:
    assert run(["extract", str(report), "--out", str(tmp_path / "out")]) == 0
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["001-landing.json"]


def test_the_table_view_and_explain(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(report), "--explain"]) == 0
    assert (
        "An [Il-76|AircraftType IL76], [RA-76999|Aircraft RA-76999], landed in [Khartoum|Place SD]"
        in capsys.readouterr().out
    )


def test_html(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(["extract", str(report), "--html", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "000.json"
    broken.write_text("{", encoding="utf-8")
    assert run(["extract", str(broken), str(report), "--json"]) == 3
    captured = capsys.readouterr()
    assert json.loads(captured.out)["title"] == "Title of an invented report"
    assert "000.json" in captured.err


def test_another_language_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ru.txt"
    file.write_text(
        "Самолёт RA-82038 приземлился в Пхеньяне ночью, сообщили источники в порту.", encoding="utf-8"
    )
    assert run(["extract", str(file), "--json"]) == 0
    assert "not in English (ru)" in capsys.readouterr().err


def test_evaluate_scores_extraction_and_earlier_output(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "001-landing.json").write_text(
        json.dumps(
            {
                "title": "",
                "text": "An Il-76, RA-76999, landed in Khartoum.",
                "published": "2024-01-02",
                "publisher": "P",
                "entities": [{"kind": "Aircraft", "key": "RA-76999", "names": ["RA-76999"]}],
                "allegations": [],
                "flights": [],
            }
        )
    )
    assert run(["evaluate", str(gold), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["entity Aircraft"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1}
    (tmp_path / "none").mkdir()
    assert run(["evaluate", str(gold), "--predicted", str(tmp_path / "none"), "--errors"]) == 0
    assert "001-landing: missed Aircraft 'RA-76999' (RA-76999)" in capsys.readouterr().out


def test_a_folder_without_annotated_reports_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", str(tmp_path)]) == 2
    assert "no annotated reports" in capsys.readouterr().err
