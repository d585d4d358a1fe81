"""What a track file holds on its way into the store: one packed track for each aircraft in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tailgraph.graph.model import Flight

Said = tuple[str, str, str]
"""Registration, type designator and operator, as a file gives them; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Track:
    """What one file says of one aircraft: its key on the flight side, and its positions, packed."""

    file: str
    aircraft: str
    first_seen: datetime
    last_seen: datetime
    positions: int
    labels: tuple[Said, ...]
    points: bytes


@dataclass(frozen=True, slots=True)
class TrackFile:
    """`id` is the SHA-256 of the file's bytes; `rows` and `refused` count its position reports."""

    id: str
    name: str
    format: str
    rows: int
    refused: int
    tracks: tuple[Track, ...]


Derive = Callable[[str, Sequence[Track]], list[Flight]]
"""Aircraft key and all its tracks in the graph, ordered by file → its flights."""
