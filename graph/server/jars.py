"""The jars of Neo4j: named and summed in a lock file, fetched once, checked before every start."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from tailgraph.errors import ServerError
from tailgraph.graph.server.config import VERSION
from tailgraph.graph.server.home import locked, sync_folder, writing

THREADS = 8
ATTEMPTS = 3
READ_TIMEOUT = 60
"""Seconds without a byte before a download counts as cut."""


class Jar(BaseModel):
    """One line of the lock file; `path` is the repository's: group folders, artifact, version, file name."""

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[1]

    @property
    def coordinates(self) -> tuple[str, str, str, str]:
        """Group, artifact, version, classifier ("" where there is none)."""
        *groups, artifact, version, name = self.path.split("/")
        stem = name.removesuffix(".jar").removeprefix(f"{artifact}-{version}")
        return ".".join(groups), artifact, version, stem.removeprefix("-")

    def matches(self, file: Path) -> bool:
        """Whether the file is there, whole and unchanged."""
        try:
            if file.stat().st_size != self.size:
                return False
            with file.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256
        except FileNotFoundError:
            return False


Source = Callable[[Jar, Path], Path]
"""Brings one jar into a scratch folder and returns where it lies; raises OSError or RuntimeError."""


def lock() -> tuple[Jar, ...]:
    """The jars of the release, in the order of the lock file."""
    text = resources.files(__package__).joinpath(f"neo4j-{VERSION}.lock.json").read_bytes()
    return tuple(TypeAdapter(list[Jar]).validate_json(text))


def library(cache: Path) -> Path:
    return cache / f"neo4j-{VERSION}"


def missing(folder: Path, jars: Sequence[Jar]) -> list[Jar]:
    """The jars that are absent, cut or altered, largest first."""
    with ThreadPoolExecutor(THREADS) as pool:
        good = pool.map(lambda jar: jar.matches(folder / jar.name), jars)
    return sorted((jar for jar, is_good in zip(jars, good, strict=True) if not is_good),
                  key=lambda jar: -jar.size)


def fetch(cache: Path, source: Source | None = None, jars: Sequence[Jar] | None = None) -> Path:
    """The folder with every jar of the lock (or of `jars`), each checked; what is missing is fetched first.

    A jar appears under its name only when it is whole and its sum is right, so a cut download goes on where
    it was. Raises ServerError where there is no network, no space, or a sum differs.
    """
    folder = library(cache)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    jars = lock() if jars is None else jars
    if not missing(folder, jars):
        return folder
    with locked(cache / "fetch.lock", "fetching Neo4j"):
        if wanted := missing(folder, jars):
            _fetch_all(folder, wanted, source or from_repository)
    return folder


def _fetch_all(folder: Path, wanted: Sequence[Jar], source: Source) -> None:
    for left_by_a_crash in folder.glob("partial-*"):
        shutil.rmtree(left_by_a_crash, ignore_errors=True)
    size = sum(jar.size for jar in wanted)
    _need_space(folder, size)
    with (
        writing(folder),
        tempfile.TemporaryDirectory(prefix="partial-", dir=folder) as scratch,
        _progress(size) as arrived,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        fetching = [pool.submit(_fetch_one, jar, folder, Path(scratch), source) for jar in wanted]
        try:
            for fetched in as_completed(fetching):
                arrived(fetched.result().size)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    sync_folder(folder)


def _fetch_one(jar: Jar, folder: Path, scratch: Path, source: Source) -> Jar:
    """Fetch one jar, again if it does not arrive or arrives altered, and only then give it its name."""
    for attempt in range(ATTEMPTS):
        try:
            file = source(jar, scratch / f"{jar.name}.{attempt}")
        except (OSError, RuntimeError) as error:  # requests' errors are OSErrors, jgo's are RuntimeErrors
            if getattr(error, "errno", None) in _OWN_DISK:
                raise
            if attempt == ATTEMPTS - 1:
                raise _did_not_arrive(jar, error) from error
            continue
        if jar.matches(file):
            _keep(file, folder / jar.name)
            return jar
    raise ServerError(f"The sum of {jar.name} differs from the one in the lock file, {ATTEMPTS} times.",
                      remedy="Do not use it. Try another network, or fetch the jars elsewhere and run "
                             "`tailgraph db fetch --from FOLDER`.")


def _keep(file: Path, target: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
    file.replace(target)


_OWN_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})  # not the network's fault


def _did_not_arrive(jar: Jar, error: Exception) -> ServerError:
    return ServerError(
        f"Neo4j cannot be fetched: {jar.name} did not arrive ({type(error).__name__}).",
        remedy="Check the network and run the command again: what has arrived is kept. "
               "Without one: copy the jars from another machine and run `tailgraph db fetch --from FOLDER`.")


def _need_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size * 1.1:
        raise ServerError(f"Neo4j needs {size / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free.",
                          where=str(folder), remedy="Free some space or set TAILGRAPH_CACHE.")


def from_repository(jar: Jar, scratch: Path) -> Path:
    """One jar from Maven's central repository, whose address jgo knows."""
    from jgo.maven import MavenContext

    group, artifact, version, classifier = jar.coordinates
    context = MavenContext(repo_cache=scratch, timeout=READ_TIMEOUT)
    component = context.project(group, artifact).at_version(version)
    found: Path = component.artifact(classifier=classifier, packaging="jar").resolve()
    return found


def from_folder(folder: Path) -> Source:
    """Jars that somebody copied here, searched by name in `folder` and below it."""
    known = {path.name: path for path in folder.rglob("*.jar")}

    def source(jar: Jar, scratch: Path) -> Path:
        if jar.name not in known:
            raise ServerError(f"{jar.name} is missing.", where=str(folder),
                              remedy=f"Copy it there: {jar.path}")
        scratch.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(known[jar.name], scratch))

    return source


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task(f"Fetching Neo4j {VERSION}", total=total)
        yield lambda size: bars.advance(task, size)
