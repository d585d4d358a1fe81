"""What a run over much input says of how far it is."""

from __future__ import annotations

import pytest

from tailgraph.cli import progress


def test_rate_and_time_left_are_told_by_bytes() -> None:
    assert progress.line("track files", 12_300, 850 << 20, 1700 << 20, 600) == (
        "track files: 12,300 read, 850 of 1,700 MB, 20 a second, some 10 min left")
    assert progress.line("track files", 0, 0, 0, 0).endswith("some 0 min left")


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch,
                                        capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 10.0, 31.0, 40.0, 61.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with progress.bytes_read("track files", 4 << 20) as step:
        for _ in range(4):
            step("x.json", 1 << 20)
    assert [line.split(": ")[1].split(",")[0] for line in capsys.readouterr().err.splitlines()] == [
        "2 read", "4 read"]
