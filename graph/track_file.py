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
    flights: tuple[Flight, ...] | None = None
    """What this track shows by itself, where that was worked out ahead; never stored as such."""


@dataclass(frozen=True, slots=True)
class TrackFile:
    """`id` is the SHA-256 of the file's bytes; `rows` and `refused` count its position reports."""

    id: str
    name: str
    format: str
    rows: int
    refused: int
    tracks: tuple[Track, ...]


Derive = Callable[[Sequence[tuple[str, Sequence[Track]]]], Sequence[Sequence[Flight]]]
"""Aircraft keys, each with all its tracks in the graph ordered by file → the flights of each, in order."""
