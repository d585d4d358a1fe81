"""The folders that hold the graph on disk: swapped and thrown away so that a crash never leaves a half."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from tailgraph.graph.server.config import DATABASE
from tailgraph.graph.server.home import Home, write_whole

PARTS = ("databases", "transactions")
"""Folders of the data directory that together hold one database."""

COMPLETE = "complete"
"""A file of this name says that the dump in `loading` has been read to its end."""


def settle(place: Home) -> None:
    """Finish what a crash may have cut: put a completely read dump in place, delete all else.

    To be called while no server runs; may be cut and called again.
    """
    if (place.loading / COMPLETE).exists():
        for part in PARTS:
            fresh, old = place.loading / part / DATABASE, place.data / part / DATABASE
            if fresh.exists():
                discard(place, old)
                old.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                fresh.rename(old)
    shutil.rmtree(place.loading, ignore_errors=True)
    shutil.rmtree(place.discarded, ignore_errors=True)


def mark_complete(place: Home) -> None:
    write_whole(place.loading / COMPLETE, b"")


def discard(place: Home, folder: Path) -> None:
    """Out of the way in one step, then deleted; what a crash leaves is deleted by `settle`."""
    if folder.exists():
        place.discarded.mkdir(mode=0o700, exist_ok=True)
        folder.rename(place.discarded / secrets.token_hex(8))
        shutil.rmtree(place.discarded, ignore_errors=True)
