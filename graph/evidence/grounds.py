"""What a relationship can rest on, each read for one end of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tailgraph.graph import schema
from tailgraph.graph.evidence.flight import File, file
from tailgraph.graph.evidence.marking import Mark, stretches
from tailgraph.graph.evidence.sources import Contribution, Sentence, contributions, rows
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store

MOST_FILES = 20

# A statement of tracks names its file, or the address whose tracks say so.
_FILES = """
CALL () {
  MATCH (:Flight {id: $flight})-[:DERIVED_FROM]->(t:Track) RETURN t
  UNION
  MATCH (t:Track {id: $track}) RETURN t
  UNION
  MATCH (:TrackFile {id: $file})-[:HAS_TRACK]->(t:Track) WHERE $address IS NULL OR t.aircraft = $address
  RETURN t
}
MATCH (file:TrackFile)-[:HAS_TRACK]->(t)
WITH file, t ORDER BY file.id, t.id LIMIT $most
RETURN file {.*} AS file, t.id AS track, t.positions AS positions, t.first_seen AS first_seen,
  t.last_seen AS last_seen,
  COLLECT { MATCH (file)<-[:CONTRIBUTED]-(run:Run) WITH run ORDER BY run.started, run.id
            RETURN run {.*} } AS runs
ORDER BY file.id, track
"""
_ROW = """
MATCH (table:AircraftTable {id: $table}) MATCH (row:AircraftRecord {id: $row})
RETURN table.name AS name, table.format AS format, row {.*} AS said,
  COLLECT { MATCH (table)<-[:CONTRIBUTED]-(run:Run) WITH run ORDER BY run.started, run.id
            RETURN run {.*} } AS runs
"""
_PASSAGES = """
UNWIND $ids AS id MATCH (p:Passage {id: id})
RETURN p.id AS id, p.index AS index, p.start AS start, p.end AS end, p.text AS text ORDER BY p.document, index
"""
_MENTION = """
MATCH (m:Mention {id: $id})-[:IN_PASSAGE]->(p:Passage)
RETURN m.start AS start, m.end AS end, m.label AS kind, p.id AS passage, p.document AS document,
  m.method AS method, m.confidence AS confidence
"""


class TableRow(Record):
    """A row of an aircraft table of the user's: `said` is all that it holds."""

    table: str
    name: str | None = None
    format: str | None = None
    said: dict[str, Any]
    runs: tuple[Contribution, ...] = ()


class Mentioned(Record):
    document: str
    passage: str
    start: int
    end: int
    kind: str
    method: str | None = None
    confidence: float | None = None

    @property
    def mark(self) -> Mark:
        return Mark(role=self.kind, start=self.start, end=self.end)


def files(store: Store, *, flight: str | None = None, track: str | None = None, file_id: str | None = None,
          address: str | None = None) -> tuple[File, ...]:
    """The track files behind a flight or a track; or the one of this id, for what it says of an address."""
    found = rows(store, _FILES, flight=flight, track=track, file=file_id, address=address, most=MOST_FILES)
    return tuple(file(row) for row in found)


def table_row(store: Store, key: str) -> TableRow | None:
    """The row TABLE/NUMBER of an aircraft table; None where it is not there."""
    table = key.rpartition("/")[0]
    found = rows(store, _ROW, table=table, row=key)
    if not found:
        return None
    said = {name: value for name, value in found[0]["said"].items() if name != "id"}
    return TableRow(table=table, name=found[0]["name"], format=found[0]["format"], said=said,
                    runs=contributions(found[0]["runs"]))


def passages(store: Store, ids: Iterable[str], marks: Iterable[Mark] = ()) -> tuple[Sentence, ...]:
    over = tuple(marks)
    return tuple(Sentence(**row, stretches=stretches(row["text"], row["start"], over))
                 for row in rows(store, _PASSAGES, ids=list(ids)))


def mention(store: Store, id_: str) -> Mentioned | None:
    found = rows(store, _MENTION, id=id_)
    return Mentioned(**found[0]) if found else None


def values(store: Store, ref: Ref) -> dict[str, Any]:
    """The properties of a node; {} where it is not there."""
    label, id_ = ref
    found = rows(store, schema.properties(label), id=id_)
    return found[0]["properties"] if found else {}
