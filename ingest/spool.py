"""Extractions that wait on disk while Neo4j is away: read once, put in when it is back.

One file a document, whole or not there (written beside, synced, renamed), readable by its owner alone. A
file goes only when the graph has acknowledged what it holds; putting it in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tailgraph.errors import InputRefused
from tailgraph.graph import keys
from tailgraph.graph.model import Extraction
from tailgraph.graph.server.home import write_whole, writing

_VERSION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Spool:
    """Of a document, the last reading is kept. `folder` is made when the first extraction is."""

    folder: Path

    def keep(self, extraction: Extraction) -> None:
        """Raises ServerError where it cannot be written: then nothing of it is kept."""
        path = self._path(extraction.document.id, extraction.extractor)
        with writing(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, extraction.model_dump_json().encode())
            for older in self.folder.glob(f"{extraction.document.id}.*.json"):
                if older != path:
                    older.unlink(missing_ok=True)

    def holds(self, document: str, extractor: str) -> bool:
        return self._path(document, extractor).exists()

    def files(self) -> list[Path]:
        """What waits, in the order of documents' ids."""
        return sorted(self.folder.glob("*.json"))

    def extractions(self) -> Iterator[tuple[Path, Extraction | InputRefused]]:
        """Each file with what it holds; one that was damaged stays where it is and is refused by name."""
        for path in self.files():
            try:
                yield path, Extraction.model_validate_json(path.read_bytes())
            except FileNotFoundError:
                continue  # another process has just put it in
            except (OSError, ValidationError) as error:
                yield path, InputRefused(f"What was kept here cannot be read: {_first_line(error)}",
                                         where=str(path), remedy="Ingest the report again, and delete this.")

    def _path(self, document: str, extractor: str) -> Path:
        """By content: what two processes keep of one document is one file."""
        return self.folder / f"{document}.{keys.digest(extractor)[:_VERSION_DIGITS]}.json"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
