"""What a hostile file name or row says is printed as text: nothing of it drives the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tailgraph.cli import summaries
from tailgraph.errors import InputRefused
from tailgraph.ingest.summary import Summary
from tests.cli.test_query import typed

Output = pytest.CaptureFixture[str]
HOSTILE = "a\x1b[2J\x9b31m\u202eb"


def test_remarks_and_refusals(capsys: Output) -> None:
    summary = Summary(stored=1)
    summary.note(HOSTILE, HOSTILE)
    summary.refused.append(summary.notes[0])
    summaries.print_summary(summary, "reports")
    assert "a[2J31mb: a[2J31mb" in capsys.readouterr().err


def test_a_summary_as_json(capsys: Output) -> None:
    summary = Summary(stored=1)
    summary.note(HOSTILE, HOSTILE)
    summaries.show(summary, "reports", as_json=True)
    printed = capsys.readouterr()
    assert not {"\x1b", "\x9b", "\u202e"} & set(printed.out + printed.err)
    assert json.loads(printed.out)["notes"] == [{"name": HOSTILE, "text": HOSTILE}]


def test_a_refused_file(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / f"{HOSTILE}.bin"
    file.write_bytes(b"\0\1\2")
    code, out, err = typed(capsys, "legs", str(file))
    assert code == InputRefused.exit_code
    assert not {"\x1b", "\x9b", "\u202e"} & set(out + err)
    assert "a[2J31mb.bin" in err
