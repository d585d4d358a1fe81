"""Fetching by lock file: whole and right, or not there."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tailgraph.errors import ServerError
from tailgraph.graph.server import jars
from tailgraph.graph.server.jars import Jar

CONTENT = {f"part{i}-1.0.jar": f"jar number {i} ".encode() * (i + 1) for i in range(12)}
JARS = tuple(
    Jar(path=f"org/example/{name.removesuffix('-1.0.jar')}/1.0/{name}",
        sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    for name, content in CONTENT.items()
)


class Repository:
    """Serves CONTENT, writes down what was asked for, and fails where it is told to."""

    def __init__(self, fail: Callable[[Jar], Exception | bytes | None] = lambda jar: None) -> None:
        self.fail = fail
        self.asked: list[str] = []

    def __call__(self, jar: Jar, scratch: Path) -> Path:
        self.asked.append(jar.name)
        failure = self.fail(jar)
        if isinstance(failure, Exception):
            raise failure
        scratch.mkdir(parents=True)
        file = scratch / jar.name
        file.write_bytes(CONTENT[jar.name] if failure is None else failure)
        return file


def fetched(cache: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in jars.library(cache).iterdir()}


def test_lock_names_each_jar_once_with_a_sum() -> None:
    lock = jars.lock()
    assert len({jar.name for jar in lock}) == len(lock) == 214
    assert {len(bytes.fromhex(jar.sha256)) for jar in lock} == {32}
    assert sum(jar.size for jar in lock) == 142_926_720


def test_coordinates_give_back_the_path() -> None:
    for jar in jars.lock():
        group, artifact, version, classifier = jar.coordinates
        suffix = f"-{classifier}" if classifier else ""
        assert jar.path == f"{group.replace('.', '/')}/{artifact}/{version}/{artifact}-{version}{suffix}.jar"


def test_fetches_all_and_then_nothing(tmp_path: Path) -> None:
    jars.fetch(tmp_path, Repository(), JARS)
    assert fetched(tmp_path) == CONTENT
    second = Repository()
    jars.fetch(tmp_path, second, JARS)
    assert second.asked == []


@pytest.mark.parametrize("damage", [b"", b"jar number 3 ", b"JAR number 3 " * 4, b"jar number 3 " * 9])
def test_fetches_again_what_is_cut_or_altered(tmp_path: Path, damage: bytes) -> None:
    jars.fetch(tmp_path, Repository(), JARS)
    (jars.library(tmp_path) / "part3-1.0.jar").write_bytes(damage)
    second = Repository()
    jars.fetch(tmp_path, second, JARS)
    assert second.asked == ["part3-1.0.jar"]
    assert fetched(tmp_path) == CONTENT


def test_goes_on_where_a_cut_download_was(tmp_path: Path) -> None:
    def no_network(jar: Jar) -> Exception | None:
        return ConnectionError("unreachable") if jar.name in {"part4-1.0.jar", "part5-1.0.jar"} else None

    with pytest.raises(ServerError, match=r"part[45]-1.0.jar did not arrive \(ConnectionError\).*network"):
        jars.fetch(tmp_path, Repository(no_network), JARS)
    kept = fetched(tmp_path)
    assert kept.items() <= CONTENT.items()
    second = Repository()
    jars.fetch(tmp_path, second, JARS)
    assert sorted(second.asked) == sorted(CONTENT.keys() - kept.keys())
    assert fetched(tmp_path) == CONTENT


def test_tries_again_when_one_download_fails(tmp_path: Path) -> None:
    failures = [TimeoutError("slow"), RuntimeError("not found"), None]
    repository = Repository(lambda jar: failures.pop(0) if jar.name == "part7-1.0.jar" else None)
    jars.fetch(tmp_path, repository, JARS)
    assert repository.asked.count("part7-1.0.jar") == 3
    assert fetched(tmp_path) == CONTENT


def test_never_keeps_a_jar_with_another_sum(tmp_path: Path) -> None:
    forged = Repository(lambda jar: b"forged" if jar.name == "part0-1.0.jar" else None)
    with pytest.raises(ServerError, match=r"sum of part0-1.0.jar differs"):
        jars.fetch(tmp_path, forged, JARS)
    assert "part0-1.0.jar" not in fetched(tmp_path)


def test_says_that_the_disk_is_full(tmp_path: Path) -> None:
    full = Repository(lambda jar: OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(ServerError, match=r"No space left on device.*Free some space"):
        jars.fetch(tmp_path, full, JARS)
    assert fetched(tmp_path) == {}


def test_says_how_much_space_it_needs(tmp_path: Path) -> None:
    huge = Jar(path="org/example/huge/1.0/huge-1.0.jar", sha256="00" * 32, size=10**18)
    with pytest.raises(ServerError, match=r"needs 1000000000000 MB.*TAILGRAPH_CACHE"):
        jars.fetch(tmp_path, Repository(), [huge])


def test_says_that_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with pytest.raises(ServerError, match="TAILGRAPH_CACHE"):
        jars.fetch(tmp_path / "cache", Repository(), JARS)


def test_several_at_once_fetch_each_jar_once(tmp_path: Path) -> None:
    repository = Repository()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: jars.fetch(tmp_path, repository, JARS), range(4)))
    assert sorted(repository.asked) == sorted(CONTENT)
    assert fetched(tmp_path) == CONTENT


def test_clears_what_a_killed_download_left(tmp_path: Path) -> None:
    left = jars.library(tmp_path) / "partial-abc" / "part1-1.0.jar.0"
    left.mkdir(parents=True)
    jars.fetch(tmp_path, Repository(), JARS)
    assert fetched(tmp_path) == CONTENT


def test_takes_jars_from_a_folder(tmp_path: Path) -> None:
    for name, content in CONTENT.items():
        (tmp_path / "stick" / name[:5]).mkdir(parents=True, exist_ok=True)
        (tmp_path / "stick" / name[:5] / name).write_bytes(content)
    jars.fetch(tmp_path / "cache", jars.from_folder(tmp_path / "stick"), JARS)
    assert fetched(tmp_path / "cache") == CONTENT


def test_names_the_jar_that_the_folder_lacks(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"part\d+-1.0.jar is missing"):
        jars.fetch(tmp_path / "cache", jars.from_folder(tmp_path), JARS)
