"""One family of errors: each has a code, an exit code, and says what was wrong, where, and what to do."""

from __future__ import annotations

from typing import ClassVar


class TailgraphError(Exception):
    """Base of every error that Tailgraph raises on purpose.

    `message` says what was wrong, `where` names the file (and line) or the host, `remedy` says what to do.
    """

    code: ClassVar[str] = "E000"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{remedy} [{self.code}]"


class UsageError(TailgraphError):
    """What was asked for makes no sense: an unknown query, a parameter that is missing."""

    code = "E002"
    exit_code = 2


class InputRefused(TailgraphError):
    """One input (a file, a row, a field) cannot be read; the rest of the batch goes on."""

    code = "E010"
    exit_code = 3


class ServerError(TailgraphError):
    """The managed Neo4j cannot be fetched, started or stopped."""

    code = "E020"
    exit_code = 4


class StoreUnavailable(TailgraphError):
    """Neo4j does not answer; nothing was lost and the command may be run again."""

    code = "E021"
    exit_code = 5


class QueryRefused(TailgraphError):
    """The read-only gate does not let this statement through."""

    code = "E030"
    exit_code = 6


class ModelUnavailable(TailgraphError):
    """The spaCy model is missing, or its files differ from their known sums."""

    code = "E040"
    exit_code = 7


class Incomplete(TailgraphError):
    """A run finished, but some of its inputs were refused; each was named on standard error."""

    code = "E011"
    exit_code = 3
