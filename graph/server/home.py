"""The folder of the managed server: what lies where, who may read it, and who may change it now."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from tailgraph.errors import ServerError


class ServerState(BaseModel):
    """What one `up` tells the next command: the ports, the process, and whether Bolt has answered."""

    model_config = ConfigDict(frozen=True)

    bolt_port: int
    http_port: int
    pid: int | None = None
    ready_for: str | None = None
    """Version of Tailgraph whose schema is in place; None while the server is starting."""


@dataclass(frozen=True, slots=True)
class Home:
    """Paths under one state folder (`TAILGRAPH_HOME`)."""

    root: Path

    @property
    def neo4j(self) -> Path:
        """The server's own home: conf, data, logs, tmp and so on lie in it."""
        return self.root / "neo4j"

    @property
    def conf(self) -> Path:
        return self.neo4j / "conf"

    @property
    def data(self) -> Path:
        return self.neo4j / "data"

    @property
    def logs(self) -> Path:
        return self.neo4j / "logs"

    @property
    def tmp(self) -> Path:
        return self.neo4j / "tmp"

    @property
    def loading(self) -> Path:
        """A dump that is being read."""
        return self.neo4j / "loading"

    @property
    def discarded(self) -> Path:
        """What is about to be deleted."""
        return self.neo4j / "discarded"

    def has_started(self) -> bool:
        """Whether the server has ever made its databases here."""
        return (self.data / "databases" / "system").exists()

    @property
    def password_file(self) -> Path:
        return self.root / "password"

    @property
    def state_file(self) -> Path:
        return self.root / "server.json"

    @property
    def lock_file(self) -> Path:
        return self.root / "server.lock"

    def prepare(self) -> None:
        """Make the folders, readable by their owner alone; raises ServerError where that cannot be done."""
        if ":" in str(self.root):
            raise ServerError("A class path cannot name a folder with a colon.", where=str(self.root),
                              remedy="Choose another with TAILGRAPH_HOME.")
        inner = (self.conf, self.data, self.logs, self.tmp,
                 self.neo4j / "import", self.neo4j / "plugins", self.neo4j / "run")
        with writing(self.root):
            for folder in (self.root, self.neo4j, *inner):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.root.chmod(0o700)

    def state(self) -> ServerState | None:
        """What was recorded, or None. An unreadable record counts as none: all in it can be found again."""
        try:
            return ServerState.model_validate_json(self.state_file.read_bytes())
        except (OSError, ValidationError):
            return None

    def record(self, state: ServerState) -> None:
        with writing(self.state_file):
            write_whole(self.state_file, state.model_dump_json().encode())

    def password(self) -> str:
        """The generated password; made on first use, in a file that only its owner reads."""
        with suppress(FileNotFoundError):
            return self.password_file.read_text(encoding="ascii").strip()
        if self.has_started():
            raise ServerError("The password of the managed server is gone.", where=str(self.password_file),
                              remedy="Put the file back, or start afresh with `tailgraph db wipe --yes`.")
        password = secrets.token_hex(16)  # no sign in it that a command line or a file format could read
        with writing(self.password_file):
            write_whole(self.password_file, password.encode())
        return password


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the failures of our own writes (permissions, a full disk) into one clear line."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "Free some space and run the command again." if full else (
            "Make it writable, or choose another folder with TAILGRAPH_HOME (TAILGRAPH_CACHE for downloads).")
        raise ServerError(f"Cannot be written: {error.strerror or error}.", where=str(error.filename or path),
                          remedy=remedy) from error


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file so that a reader, or a crash at any moment, sees the old or the new, never a part."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, waiting_for: str) -> Iterator[None]:
    """Hold the lock of `path` across processes; the system frees it when its holder dies, however it dies."""
    with writing(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Waiting for another command that is {waiting_for} …", file=sys.stderr)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
