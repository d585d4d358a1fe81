"""Positions put in ahead of their files, out of sight until those appear; and what a run that was refused or
cut left of them.

A file too large for one transaction goes in piece by piece. Each piece leaves a mark in its own transaction,
which goes when the file appears. A mark that is left stands for positions without a file: the next run takes
them out. It cannot tell them from those of a run that is still under way, which therefore makes sure, as its
file appears, that all of them are there, and else puts them in again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import neo4j

from tailgraph.graph import writing
from tailgraph.graph.flight_rows import track_id, track_rows
from tailgraph.graph.rows import Rows
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Track, TrackFile

STAGE_BYTES = 8_000_000
"""Positions beyond this size are put in ahead, about so many in one transaction."""
ROUNDS = 5
"""How often positions that others took for leftovers are put in again."""
_DELETED = 200
"""Tracks taken out in one transaction."""

_MARK = "UNWIND $ids AS id MERGE (m:Meta {id: 'staged ' + id}) SET m.id = m.id"
_MARKS = """
MATCH (m:Meta) WHERE m.id STARTS WITH 'staged ' RETURN substring(m.id, 7) AS id ORDER BY id
"""
_UNMARK = "UNWIND $ids AS id MATCH (m:Meta {id: 'staged ' + id}) DELETE m"
_PRESENT = "UNWIND $ids AS id MATCH (t:Track {id: id}) WHERE t.points IS NOT NULL RETURN count(t) AS count"
# The lock of the file's key: nobody can let the file appear meanwhile.
_HOLD = "MERGE (f:TrackFile {id: $id}) SET f.id = f.id RETURN f.recorded_at IS NOT NULL AS there"
_DELETE = "MATCH (t:Track {file: $id}) WITH t LIMIT $most DETACH DELETE t RETURN count(*) AS count"
_RELEASE = "MATCH (f:TrackFile {id: $id}) WHERE f.recorded_at IS NULL DETACH DELETE f"


class Lost(Exception):
    """Positions that were put in ahead are not there any more."""


def is_large(files: Iterable[TrackFile]) -> bool:
    """Whether these files' positions go in ahead."""
    return sum(len(track.points) for file in files for track in file.tracks) > STAGE_BYTES


def stage(store: Store, tracks: Sequence[Track]) -> None:
    """Put these positions in, a few at a time."""
    batch: list[Track] = []
    for track in sorted(tracks, key=lambda track: (track.file, track.aircraft)):
        batch.append(track)
        if sum(len(one.points) for one in batch) > STAGE_BYTES:
            store.write(partial(_put, tracks=batch))
            batch = []
    store.write(partial(_put, tracks=batch))


def _put(transaction: neo4j.Transaction, tracks: Sequence[Track]) -> None:
    rows = Rows()
    for track in tracks:
        track_rows(rows, track)
    transaction.run(_MARK, ids=sorted({track.file for track in tracks})).consume()
    writing.write_rows(transaction, rows)


def appear(transaction: neo4j.Transaction, files: Sequence[TrackFile]) -> None:
    """As these files, whose keys are locked, appear: their positions wait no more. Raises Lost."""
    ids = [track_id(track.file, track.aircraft) for file in files for track in file.tracks]
    there = transaction.run(_PRESENT, ids=ids).single(strict=True)["count"]
    if there != len(ids):
        raise Lost
    transaction.run(_UNMARK, ids=[file.id for file in files]).consume()


def left(store: Store) -> list[str]:
    """Ids of files whose positions are in, or some of them, and which have not appeared."""
    return [row["id"] for row in store.read(_MARKS)]


def clear(store: Store, ids: Iterable[str] | None = None) -> None:
    """Take out the positions that wait for these files (for any); a file that has appeared keeps its own."""
    for id_ in left(store) if ids is None else ids:
        while store.write(partial(_clear, id_=id_)):
            pass


def _clear(transaction: neo4j.Transaction, id_: str) -> bool:
    """Returns whether there may be more."""
    there = transaction.run(_HOLD, id=id_).single(strict=True)["there"]
    gone = 0 if there else transaction.run(_DELETE, id=id_, most=_DELETED).single(strict=True)["count"]
    transaction.run(_RELEASE, id=id_).consume()
    if gone < _DELETED:
        transaction.run(_UNMARK, ids=[id_]).consume()
    return bool(gone == _DELETED)
