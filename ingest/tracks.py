"""Track files → tracks and flights in the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.flights import packing
from tailgraph.flights.derive import derive as derive_flights
from tailgraph.flights.positions import Label, Positions, concat
from tailgraph.flights.readers.batch import files as files_behind
from tailgraph.flights.readers.content import Content, load
from tailgraph.flights.readers.detect import known_aircraft, read_content
from tailgraph.flights.readers.reading import Reading
from tailgraph.graph import tracks
from tailgraph.graph.model import Flight
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Track, TrackFile
from tailgraph.ingest.summary import Step, Summary

BATCH_FILES = 40
BATCH_BYTES = 16_000_000
_SHOWN_ROWS = 3


def ingest(store: Store, paths: Sequence[Path], run: Ref, step: Step, aircraft: str | None = None) -> Summary:
    """Put every track file behind `paths` into the graph; what is there already is not read again.

    `aircraft`: address or registration for files that name none. Raises UsageError where it is neither.
    """
    summary = Summary()
    batch: list[TrackFile] = []
    for name, content in _contents(paths, known_aircraft(aircraft)):
        step(name)
        if file := _new(store, name, content, summary):
            batch.append(file)
        if len(batch) >= BATCH_FILES or sum(map(_size, batch)) >= BATCH_BYTES:
            _flush(store, batch, run, summary)
    _flush(store, batch, run, summary)
    return summary


def count(paths: Sequence[Path]) -> int:
    return sum(1 for _ in files_behind(paths))


def derive(aircraft: str, parts: Sequence[Track]) -> list[Flight]:
    """The flights of one aircraft from all its tracks: what the store calls under the aircraft's lock."""
    return derive_flights(concat([positions(track) for track in parts]), overflown=True)


def positions(track: Track) -> Positions:
    labels = [Label(track.aircraft, track.file, *said) for said in track.labels]
    return packing.unpack(track.points, track.aircraft, track.file, labels)


def track_file(name: str, reading: Reading) -> TrackFile:
    """What one reading puts into the store: its positions packed by aircraft."""
    packed = tuple(_track(key, rows, reading) for key, rows in reading.positions.groups())
    return TrackFile(reading.digest, name, reading.format, len(reading.positions), reading.refused_count,
                     packed)


def _contents(paths: Sequence[Path], key: str | None) -> Iterator[tuple[str, Content | InputRefused]]:
    for path in files_behind(paths):
        try:
            yield str(path), load(path, key)
        except InputRefused as refusal:
            yield str(path), refusal


def _new(store: Store, name: str, content: Content | InputRefused, summary: Summary) -> TrackFile | None:
    """The file, if it can be read and is not in the graph yet; else the summary says why not."""
    try:
        if isinstance(content, InputRefused):
            raise content
        if tracks.known(store, [content.digest]):
            summary.unchanged += 1
            if content.aircraft:
                summary.note(name, "It is in the graph as it was first read; to name another aircraft, "
                                   "retract it and ingest it again.")
            return None
        reading = read_content(content)
    except InputRefused as refusal:
        summary.refuse(name, refusal)
        return None
    if reading.refused_count:
        rows = "; ".join(f"{row.where}: {row.why}" for row in reading.refused[:_SHOWN_ROWS])
        summary.note(name, f"{reading.refused_count} of {reading.rows} rows left out or mended: {rows}")
    return track_file(Path(name).name, reading)


def _track(key: str, rows: Positions, reading: Reading) -> Track:
    said = sorted({(label.registration, label.type_designator, label.operator)
                   for label in rows.labels if label.aircraft == key})
    first, last = (datetime.fromtimestamp(float(rows.time[at]), UTC) for at in (0, -1))
    return Track(reading.digest, key, first, last, len(rows), tuple(said), packing.pack(rows))


def _size(file: TrackFile) -> int:
    return sum(len(track.points) for track in file.tracks)


def _flush(store: Store, batch: list[TrackFile], run: Ref, summary: Summary) -> None:
    if batch:
        written = tracks.write(store, batch, run, derive)
        summary.stored += len(written.files)
        summary.unchanged += len(batch) - len(written.files)
        summary.found(positions=sum(file.rows for file in batch if file.id in written.files))
        summary.problem(written.problems)
        batch.clear()
