"""What a run over much input says of how far it is."""

from __future__ import annotations

import re
from io import StringIO

import pytest

from tailgraph.cli import progress


def test_rate_and_time_left_are_told_by_bytes() -> None:
    assert progress.line("track files", 12_300, 850 << 20, 1700 << 20, 600) == (
        "track files: 12,300 read, 850 of 1,700 MB, 20 a second, some 10 min left")
    assert progress.line("track files", 0, 0, 0, 0).endswith("some 0 min left")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken lines tore "MB" from its number, and left rubbish behind."""
    watched = Terminal()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", watched)
    with progress.bytes_read("track files", 542_800_000) as step:
        for number in range(20_000):
            step(f"/data/2024-03-20.tar:./traces/52/{number:06}-trace_full_9be052.json", 20_000)
    shown = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", watched.getvalue()).split("\r")]
    assert all("\n" not in line.strip() and len(line) <= width for line in shown)
    (last,) = {line for line in shown if "20,000 read" in line}
    assert "400.0/542.8 MB" in last
    assert ("trace_full_9be052.json" in last) is (width == 200)


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch,
                                        capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 10.0, 31.0, 40.0, 61.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with progress.bytes_read("track files", 4 << 20) as step:
        for _ in range(4):
            step("x.json", 1 << 20)
    assert [line.split(": ")[1].split(",")[0] for line in capsys.readouterr().err.splitlines()] == [
        "2 read", "4 read"]


def test_a_log_hears_of_stages_once_a_run_is_long(monkeypatch: pytest.MonkeyPatch,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 10.0, 31.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with progress.stages() as tell:
        tell("soon …")
        tell("late …")
    assert capsys.readouterr().err == "late …\n"


def test_stages_replace_each_other_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", watched)
    with progress.stages() as tell:
        with progress.bytes_read("track files", 4) as step:
            step("x.json", 4)
        for stage in ("first …", "second …"):
            tell(stage)
    shown = watched.getvalue()
    assert "second …" in shown.rpartition("1 read")[2]
