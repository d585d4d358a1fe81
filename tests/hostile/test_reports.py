"""No file may hang, exhaust or crash the reading of reports: it is read, or refused by name (R10, R11)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.errors import InputRefused
from tailgraph.ingest import article, guard, sources
from tests.hostile import reports

# Reads each file named on standard input and says what came of it, the CPU seconds that took, and the peak of
# memory in kB (both of this process or of its guarded child).
MEASURE = """
import json, sys, time
from pathlib import Path
import psutil
from tailgraph.errors import InputRefused
from tailgraph.ingest import article, guard, sources

def peak(pid):
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(row.split()[1]) for row in status if row.startswith("VmHWM")), 0)

def child_seconds():
    try:
        return sum(psutil.Process(guard._child.process.pid).cpu_times()[:2])
    except (AttributeError, psutil.Error):
        return 0.0

if __name__ == "__main__":
    peaks = [0]
    for name in sys.stdin.read().splitlines():
        (source,) = sources.expand([name])
        begin, child_begin = time.process_time(), child_seconds()
        try:
            said = len(article.load(source).document.text)
        except InputRefused as error:
            said = str(error)
        print(json.dumps([name, said, time.process_time() - begin,
                          child_seconds() - child_begin]), flush=True)
        if guard._child:
            peaks.append(peak(guard._child.process.pid))
    print(json.dumps(max(peak("self"), *peaks)))
"""


linux = pytest.mark.skipif(sys.platform != "linux", reason="peaks of memory are read from /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in reports.FILES.items():
        (folder / name).write_bytes(make())
    return folder


@linux
def test_each_hostile_file_takes_at_most_five_seconds_and_500_mb(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "measure.py"
    program.write_text(MEASURE)
    names = "\n".join(str(path) for path in sorted(folder.iterdir()))
    done = subprocess.run([sys.executable, str(program)], input=names, capture_output=True, text=True,
                          timeout=600, check=True, env=_environment())
    *results, peak = map(json.loads, done.stdout.splitlines())
    assert len(results) == len(reports.FILES) >= 60
    slow = {Path(name).name: seconds for name, _, *seconds in results if max(seconds) > 5}
    assert slow == {}
    assert peak <= 500_000
    assert {Path(name).name for name, said, *_ in results if isinstance(said, str) and name not in
            said} == set()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(sources.__file__).parents[2])}


def test_what_is_read_of_them_is_normalised(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.stat().st_size > 2_000_000 or path.suffix in (".html", ".pdf"):
            continue
        (source,) = sources.expand([str(path)])
        try:
            document = article.read(source)
        except InputRefused:
            continue
        check(document.content)


def check(content: str) -> None:
    content.encode()
    assert unicodedata.is_normalized("NFC", content[:10_000])
    odd = {unicodedata.category(c) for c in content[:100_000] if c not in "\n\u200c\u200d"}
    assert odd.isdisjoint({"Cc", "Cf", "Cs"})


SNIPPETS = st.sampled_from([
    b"<html>", b"<p>", b"</p>", b"%PDF-1.4\n", b"1 0 obj\n<<", b">>", b"stream\n", b"endstream", b"---\n",
    b"title: ",
    b'{"text": "', b'"}', b"\xff\xfe", b"\x1f\x8b", b"\x00", b"\r\n\r\n", b"# ", b"RA-82030", b"&#x0;",
    b"&#xd800;",
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n",
    b"<meta charset=utf-16>", b"<!--", b"]]>", b"xref\n0 1\n",
    b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF",
    "\u202e\u0301é".encode()])
ANY_BYTES = st.binary(max_size=400) | st.lists(SNIPPETS | st.binary(max_size=12), max_size=25).map(b"".join)
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.mhtml", "a.json", "a.pdf", "a", "a.txt.gz", "a.xyz"])


def only_our_own_errors(folder: Path, data: bytes, name: str) -> None:
    path = folder / name
    path.write_bytes(data)
    (source,) = sources.expand([str(path)])
    try:
        document = article.read(source)
    except InputRefused as error:
        assert error.where == str(path)
        assert not isinstance(error, guard.ParserFailed | guard.TooHungry | guard.Stalled)
        return
    check(document.content)
    assert document.content.endswith(document.text)
    assert document.text.strip() == document.text != ""


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_BYTES, NAMES)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, name: str) -> None:
    only_our_own_errors(tmp_path, data, name)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_BYTES, NAMES)
def test_any_bytes_are_read_or_refused_ten_thousand_times(tmp_path: Path, data: bytes, name: str) -> None:
    only_our_own_errors(tmp_path, data, name)
