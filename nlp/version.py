"""What an extraction says that made it, told without loading the model or spaCy.

A report that this version has read before is not read again, and most runs find nothing else: they need
the version, not the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.nlp import models


def extractor_version(model: str | None = None, lexicons: Sequence[Path] = ()) -> str:
    """Of the extractor that `Extractor.load` makes of the same model and lexicon files.

    Raises ModelUnavailable where there is no such model, InputRefused for a lexicon that cannot be read.
    """
    made = f"tailgraph-{models.package_version()}"
    return f"{made} {models.identity(models.choose(model))} {_sources_digest(tuple(lexicons))}"


@cache
def _sources_digest(extra: tuple[Path, ...]) -> str:
    """First twelve hex digits of the SHA-256 over the code and tables that decide what is found."""
    digest = hashlib.sha256()
    for package, folders in (
        ("tailgraph.nlp", ("", "lexicons", "claims", "dates", "flights_told")),
        ("tailgraph.graph", ("reference",)),
    ):
        for folder in folders:
            root = resources.files(package) / folder if folder else resources.files(package)
            if not root.is_dir():
                continue
            for entry in sorted(root.iterdir(), key=lambda e: e.name):
                if entry.name.endswith((".py", ".csv", ".json")):
                    digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    for path in extra:
        digest.update(_content(path))
    return digest.hexdigest()[:12]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(
            f"The lexicon cannot be read: {error.strerror}.",
            where=str(path),
            remedy="Name a file that is there and may be read.",
        ) from error
