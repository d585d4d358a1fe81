"""Track files read and flights derived: pure work on bytes, so that it can be done in any process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath

from tailgraph.errors import InputRefused
from tailgraph.flights import packing
from tailgraph.flights.derive import derive as derive_flights
from tailgraph.flights.positions import Label, Positions, concat
from tailgraph.flights.readers.content import Content, Raw
from tailgraph.flights.readers.detect import read_content
from tailgraph.flights.readers.reading import Reading
from tailgraph.graph.model import Flight
from tailgraph.graph.track_file import Track, TrackFile
from tailgraph.wording import many

_SHOWN_ROWS = 3


@dataclass(frozen=True, slots=True)
class Read:
    """One file's content ready for the store, or why there is none. `note` tells of rows left out."""

    name: str
    digest: str
    consumed: int
    file: TrackFile | None = None
    refusal: InputRefused | None = None
    note: str = ""


def read(raws: Sequence[Raw], aircraft: str | None = None) -> list[Read]:
    """Each file read, and the flights that it shows by itself derived.

    `aircraft` is the key for reports that name no aircraft themselves.
    """
    return [_read(raw, aircraft) for raw in raws]


def derive(many: Sequence[tuple[str, Sequence[Track]]]) -> list[list[Flight]]:
    """The flights of each aircraft from all its tracks: what the store asks for under the aircraft's lock."""
    return [flights_of(parts) for _, parts in many]


def flights_of(parts: Sequence[Track]) -> list[Flight]:
    """The flights of one aircraft from tracks of it."""
    return derive_flights(concat([positions(track) for track in parts]), overflown=True)


def positions(track: Track) -> Positions:
    labels = [Label(track.aircraft, track.file, *said) for said in track.labels]
    return packing.unpack(track.points, track.aircraft, track.file, labels)


def track_file(name: str, reading: Reading) -> TrackFile:
    """What one reading puts into the store: its positions packed by aircraft."""
    packed = tuple(_track(key, rows, reading) for key, rows in reading.positions.groups())
    return TrackFile(reading.digest, name, reading.format, len(reading.positions), reading.refused_count,
                     packed)


def _read(raw: Raw, aircraft: str | None) -> Read:
    try:
        reading = read_content(Content(raw.data, raw.name, aircraft, raw.digest))
        file = track_file(PurePath(raw.name.rpartition(":")[2]).name, reading)
        tracks = tuple(replace(track, flights=tuple(flights_of([track])))
                       for track in file.tracks)
    except InputRefused as refusal:
        return Read(raw.name, raw.digest, raw.consumed, refusal=refusal)
    except Exception as error:  # a fault of ours in one file of ten thousand must not cost the others
        return Read(raw.name, raw.digest, raw.consumed, refusal=InputRefused(
            f"Reading it failed: {type(error).__name__}: {error}.",
            remedy="The other files went on; please report this one."))
    return Read(raw.name, raw.digest, raw.consumed, replace(file, tracks=tracks), note=_note(reading))


def _note(reading: Reading) -> str:
    if not reading.refused_count:
        return ""
    rows = "; ".join(f"{row.where}: {row.why}" for row in reading.refused[:_SHOWN_ROWS])
    return f"{reading.refused_count} of {many(reading.rows, 'row')} left out or mended: {rows}"


def _track(key: str, rows: Positions, reading: Reading) -> Track:
    said = sorted({(label.registration, label.type_designator, label.operator)
                   for label in rows.labels if label.aircraft == key})
    first, last = (datetime.fromtimestamp(float(rows.time[at]), UTC) for at in (0, -1))
    return Track(reading.digest, key, first, last, len(rows), tuple(said), packing.pack(rows))
