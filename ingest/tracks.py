"""Track files → tracks and flights in the graph.

Files are streamed: read ahead by a few pieces, worked on in several processes, written in batches. What is in
the graph already is recognised by its bytes alone, so that a run that was cut is simply run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from tailgraph.errors import InputRefused, TailgraphError
from tailgraph.flights.readers.batch import raw_files, size
from tailgraph.flights.readers.content import Raw
from tailgraph.flights.readers.detect import known_aircraft
from tailgraph.graph import staging, tracks
from tailgraph.graph.model import Flight
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Track, TrackFile
from tailgraph.ingest.summary import Summary
from tailgraph.ingest.track_reading import Read, derive, read
from tailgraph.ingest.workers import Workers

BATCH_FILES = 200
BATCH_BYTES = 6_000_000
PIECE_FILES = 50
PIECE_BYTES = 4_000_000
"""Files that are looked up in the graph together and read by one process."""
PIECE_AIRCRAFT = 16
"""Aircraft whose flights one process derives in one go."""

Progress = Callable[[str, int], None]
"""Told the name of each input that is done with, and how many bytes of the input it took."""


def ingest(store: Store, paths: Sequence[Path], run: Ref, progress: Progress, aircraft: str | None = None,
           workers: Workers | None = None) -> Summary:
    """Put every track file behind `paths` into the graph; what is there already is not read again.

    `aircraft`: address or registration for files that name none. Raises UsageError where it is neither.
    """
    key = known_aircraft(aircraft)
    staging.clear(store)
    return _Ingestion(store, run, progress, key, workers or Workers()).of(paths)


def total_bytes(paths: Sequence[Path]) -> int:
    """How much input there is, for whoever watches the progress."""
    return size(paths)


class _Ingestion:
    def __init__(self, store: Store, run: Ref, progress: Progress, aircraft: str | None,
                 workers: Workers) -> None:
        self.store, self.run, self.progress, self.aircraft = store, run, progress, aircraft
        self.workers, self.summary = workers, Summary()
        self.batch: list[TrackFile] = []
        self.underway: dict[str, str] = {}  # names by digest

    def of(self, paths: Sequence[Path]) -> Summary:
        new = self._new(_pieces(raw_files(paths)))
        for done in self.workers.map(partial(read, aircraft=self.aircraft), new):
            for one in done:
                self._take(one)
        self._flush()
        return self.summary

    def _new(self, pieces: Iterator[list[Raw]]) -> Iterator[list[Raw]]:
        """What is not in the graph yet, of each piece; the rest is accounted for."""
        for piece in pieces:
            there = tracks.known(self.store, [raw.digest for raw in piece if raw.data])
            if wanted := [raw for raw in piece if self._wanted(raw, there)]:
                yield wanted

    def _wanted(self, raw: Raw, there: set[str]) -> bool:
        if raw.refusal:
            self.summary.refuse(raw.name, raw.refusal)
        elif raw.note:
            self.summary.note(raw.name, raw.note)
        elif raw.digest in there or raw.digest in self.underway:
            self.summary.unchanged += 1
            if self.aircraft and raw.digest in there:
                self.summary.note(raw.name, "It is in the graph as it was first read; to name another "
                                            "aircraft, retract it and ingest it again.")
        else:
            self.underway[raw.digest] = raw.name
            return True
        self.progress(raw.name, raw.consumed)
        return False

    def _take(self, one: Read) -> None:
        if one.refusal:
            self.summary.refuse(one.name, one.refusal)
            self.underway.pop(one.digest, None)
        if one.note:
            self.summary.note(one.name, one.note)
        if one.file:
            self.batch.append(one.file)
        self.progress(one.name, one.consumed)
        if len(self.batch) >= BATCH_FILES or sum(map(_packed, self.batch)) >= BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        if not self.batch:
            return
        written = tracks.write(self.store, self.batch, self.run, self._derive)
        self.summary.stored += len(written.files)
        self.summary.unchanged += len(self.batch) - len(written.files) - len(written.refused)
        for refusal in written.refused:
            self.summary.refuse(self.underway[refusal.where], InputRefused(refusal.message))
        self.summary.found(positions=sum(file.rows for file in self.batch if file.id in written.files))
        self.summary.problem(written.problems)
        for file in self.batch:
            self.underway.pop(file.id, None)
        self.batch.clear()

    def _derive(self, many: Sequence[tuple[str, Sequence[Track]]]) -> list[list[Flight]]:
        """The flights of aircraft that several files show, spread over the processes."""
        parts = [many[start:start + PIECE_AIRCRAFT] for start in range(0, len(many), PIECE_AIRCRAFT)]
        try:
            return list(chain.from_iterable(self.workers.map(derive, parts)))
        except TailgraphError:
            raise
        except Exception as error:  # a fault of ours in one aircraft must not cost the others
            raise InputRefused(f"Deriving its flights failed: {type(error).__name__}: {error}.") from error


def _pieces(raws: Iterator[Raw]) -> Iterator[list[Raw]]:
    piece: list[Raw] = []
    total = 0
    for raw in raws:
        piece.append(raw)
        total += len(raw.data)
        if len(piece) >= PIECE_FILES or total >= PIECE_BYTES:
            yield piece
            piece, total = [], 0
    if piece:
        yield piece


def _packed(file: TrackFile) -> int:
    return sum(len(track.points) for track in file.tracks)
