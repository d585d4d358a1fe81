"""Track files in and out of the graph. A file's positions are its own; flights belong to no file: they are a
pure function of all positions of an address, derived anew whenever a file with that address comes or goes.

The lock on an address's identifier node makes one writer at a time derive its flights, so that the last one
has seen every track.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

import neo4j

from tailgraph.errors import InputRefused
from tailgraph.graph import aircraft_tables, airframes, clock, pending, staging, writing
from tailgraph.graph.describe import add_shared
from tailgraph.graph.flight_rows import Derived, derived, identifier, statement_rows, track_rows
from tailgraph.graph.model import Flight
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Raced, Refused, Store
from tailgraph.graph.track_file import Derive, Track, TrackFile
from tailgraph.graph.values import Problem

DERIVE_POSITIONS = 2_000_000
"""About so many positions are taken out of the graph at once to derive flights from."""

_KNOWN = "MATCH (f:TrackFile) WHERE f.id IN $ids AND f.recorded_at IS NOT NULL RETURN f.id AS id"
_TAKE = "UNWIND $ids AS id MERGE (f:TrackFile {id: id}) SET f.id = f.id"
_STATE = """
MATCH (f:TrackFile) WHERE f.id IN $ids
RETURN f.id AS id, f.recorded_at IS NOT NULL AS there,
       EXISTS { (:Run {id: $run})-[:CONTRIBUTED]->(f) } AS ours
"""
_BEHIND = """
UNWIND $ids AS id
MATCH (:Identifier {id: id})<-[:RECEIVED_FROM]-(t:Track)
RETURN t.aircraft AS aircraft, t.file AS file, t.positions AS positions
"""
_TRACKS = """
UNWIND $ids AS id
MATCH (:Identifier {id: id})<-[:RECEIVED_FROM]-(t:Track)
RETURN t.file AS file, t.aircraft AS aircraft, t.first_seen AS first_seen, t.last_seen AS last_seen,
       t.positions AS positions, t.labels AS labels, t.points AS points
ORDER BY aircraft, file
"""
_FLIGHTS = """
UNWIND $ids AS id
MATCH (:Identifier {id: id})<-[:RECEIVED_FROM]-()<-[:DERIVED_FROM]-(f:Flight)
RETURN DISTINCT f.id AS id, f.checksum AS checksum, f.first_seen AS first_seen, f.last_seen AS last_seen
"""
_FLIGHT_ENDS = """
UNWIND $ids AS id
MATCH (f:Flight {id: id})
CALL (f) {
  MATCH (f)-->(e:Entity) RETURN e AS shared
  UNION MATCH (f)-[:BY_AIRCRAFT]->()-[r]->(s) WHERE r.address IN $aircraft RETURN s AS shared
}
RETURN DISTINCT labels(shared) AS labels, shared.id AS id
"""
_FORGET = """
UNWIND $ids AS id
MATCH (:Flight {id: id})-[:BY_AIRCRAFT]->(:Aircraft)-[r:IDENTIFIED_BY|OF_TYPE|OPERATED_BY]->()
WHERE r.address IN $aircraft
DELETE r
"""
_DELETE_FLIGHTS = """
UNWIND $ids AS id
MATCH (f:Flight {id: id}) OPTIONAL MATCH (f)-[:HAS_GAP]->(g)
DETACH DELETE g, f
"""
_SEEN = """
MATCH (t:Track {file: $id})
RETURN t.aircraft AS aircraft, t.first_seen AS first_seen, t.last_seen AS last_seen ORDER BY aircraft
"""
_DELETE_FILE = """
OPTIONAL MATCH (t:Track {file: $id}) DETACH DELETE t
WITH count(*) AS gone
MATCH (f:TrackFile {id: $id}) DETACH DELETE f
"""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that one call has put in, and the fields that had to be left out.

    `refused` are files that Neo4j would not take or whose flights could not be derived, each with its reason;
    they are not there.
    """

    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()

    def __add__(self, other: Written) -> Written:
        return Written(self.files + other.files, self.problems + other.problems,
                       self.refused + other.refused)


Seen = tuple[datetime, datetime]
"""First and last time of some positions."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A flight that is in the graph."""

    id: str
    checksum: str
    first_seen: datetime
    last_seen: datetime


def known(store: Store, ids: Iterable[str]) -> set[str]:
    """Those files of `ids` that are in the graph."""
    return {row["id"] for row in store.read(_KNOWN, {"ids": sorted(set(ids))})}


def write(store: Store, files: Sequence[TrackFile], run: Ref, derive: Derive) -> Written:
    """Put some track files into the graph and derive the flights of their aircraft, in one transaction.

    Files that are there already are left as they are. Where there is too much for one transaction, positions
    go in ahead, out of sight of everything else until the files appear. Where Neo4j refuses the whole, or
    `derive` raises InputRefused, each half is tried by itself.
    """
    try:
        return _write(store, files, run, derive)
    except (Refused, InputRefused) as error:
        if len(files) > 1:
            half = len(files) // 2
            return write(store, files[:half], run, derive) + write(store, files[half:], run, derive)
        staging.clear(store, [file.id for file in files])
        return Written(refused=tuple(Problem(file.id, "track file", error.message) for file in files))


def _write(store: Store, files: Sequence[TrackFile], run: Ref, derive: Derive) -> Written:
    if not staging.is_large(files):
        return store.write(lambda transaction: _contribute(transaction, files, run, derive, False))
    for _ in range(staging.ROUNDS):
        staging.stage(store, [track for file in files for track in file.tracks])
        with suppress(staging.Lost):
            return store.write(lambda transaction: _contribute(transaction, files, run, derive, True))
    raise InputRefused("Its positions were taken out again and again while they went in.",
                       remedy="Ingest it when nobody else ingests tracks.")


def delete(transaction: neo4j.Transaction, id_: str, derive: Derive) -> None:
    """Take a track file out; the flights of its aircraft are what the other files show."""
    transaction.run(_TAKE, ids=[id_]).consume()
    tracks = list(transaction.run(_SEEN, id=id_))
    aircraft = [row["aircraft"] for row in tracks]
    identifiers = {identifier(key) for key in aircraft}
    writing.lock(transaction, identifiers)
    flights = _flights(transaction, identifiers)
    transaction.run(_DELETE_FILE, id=id_).consume()
    seen = [(row["first_seen"].to_native(), row["last_seen"].to_native()) for row in tracks]
    _rederive(transaction, aircraft, flights, partial(_derived, transaction, aircraft, (), derive), seen)


def rederive(store: Store, aircraft: Sequence[str], derive: Derive) -> None:
    """Derive the flights of some aircraft keys anew: what else they depend on has changed."""
    store.write(lambda transaction: _derive_again(transaction, aircraft, derive))


def _derive_again(transaction: neo4j.Transaction, aircraft: Sequence[str], derive: Derive) -> None:
    identifiers = {identifier(key) for key in aircraft}
    writing.lock(transaction, identifiers)
    _rederive(transaction, aircraft, _flights(transaction, identifiers),
              partial(_derived, transaction, aircraft, (), derive), ())


def _contribute(transaction: neo4j.Transaction, files: Sequence[TrackFile], run: Ref, derive: Derive,
                staged: bool) -> Written:
    wanted, done = _take(transaction, files, run)
    if staged:
        staging.appear(transaction, files)
    if not wanted:
        return Written(done)
    aircraft = sorted({track.aircraft for file in wanted for track in file.tracks})
    identifiers = {identifier(key) for key in aircraft}
    rows = _file_rows(wanted, run, staged)
    add_shared(rows)
    writing.write_rows(transaction, rows)
    # Only now, with the identifiers locked, can no other writer be deriving flights of the same aircraft.
    flights = _flights(transaction, identifiers)
    seen = [(track.first_seen, track.last_seen) for file in wanted for track in file.tracks]
    ahead = [track for file in wanted for track in file.tracks if track.flights is not None]
    problems = _rederive(transaction, aircraft, flights,
                         partial(_derived, transaction, aircraft, ahead, derive), seen)
    return Written((*done, *(file.id for file in wanted)), (*rows.problems, *problems))


def _take(transaction: neo4j.Transaction, files: Sequence[TrackFile],
          run: Ref) -> tuple[list[TrackFile], tuple[str, ...]]:
    """Hold the lock of every file, making those that are not there; pick those that are to be written.

    The second value: ids that this run has put in, before a connection that broke at the commit.
    """
    unique = {file.id: file for file in sorted(files, key=lambda file: file.id)}
    transaction.run(_TAKE, ids=list(unique)).consume()
    state = {row["id"]: row for row in transaction.run(_STATE, ids=list(unique), run=run[1])}
    if len(state) < len(unique):
        raise Raced("a track file was retracted just now")
    wanted = [file for file in unique.values() if not state[file.id]["there"]]
    return wanted, tuple(id_ for id_ in unique if state[id_]["ours"] and state[id_]["there"])


def _file_rows(files: Iterable[TrackFile], run: Ref, staged: bool) -> Rows:
    # (:TrackFile)-[:HAS_TRACK]->(:Track)-[:RECEIVED_FROM]->(:Identifier)
    rows = Rows()
    for file in files:
        node = rows.node(Label.TRACK_FILE, file.id, name=file.name, format=file.format, rows=file.rows,
                         refused=file.refused, recorded_at=clock.now())
        rows.edge(Type.CONTRIBUTED, run, node)
        for track in file.tracks:
            part = track_rows(rows, track)
            if staged:
                del rows.nodes[Label.TRACK][part[1]]["points"]
            rows.edge(Type.HAS_TRACK, node, part)
            rows.edge(Type.RECEIVED_FROM, part, identifier(track.aircraft))
    return rows


def _flights(transaction: neo4j.Transaction, identifiers: Iterable[Ref]) -> list[_Known]:
    """The flights derived from any track of these aircraft."""
    ids = sorted(id_ for _, id_ in identifiers)
    return [_Known(row["id"], row["checksum"], row["first_seen"].to_native(), row["last_seen"].to_native())
            for row in transaction.run(_FLIGHTS, ids=ids)]


def _rederive(transaction: neo4j.Transaction, aircraft: Sequence[str], known: Sequence[_Known],
              derived_now: Callable[[], tuple[dict[str, Derived], Rows]],
              changed: Iterable[Seen]) -> list[Problem]:
    """Replace those of the `known` flights that the tracks of `aircraft` no longer show so, and add new ones.

    Identifiers that no track has any more are cleaned up with the rest. `changed` tells when the tracks that
    came or went were seen.
    """
    now, rows = derived_now()
    same = {flight.id for flight in known if flight.id in now and now[flight.id].checksum == flight.checksum}
    gone = [flight.id for flight in known if flight.id not in same]
    ends = transaction.run(_FLIGHT_ENDS, ids=[flight.id for flight in known], aircraft=aircraft)
    old = writing.shared(ends) | {identifier(key) for key in aircraft}
    for id_ in now.keys() - same:
        rows.add(now[id_].rows)
    add_shared(rows)
    writing.lock(transaction, old | rows.shared_ends())
    transaction.run(_FORGET, ids=[flight.id for flight in known], aircraft=aircraft).consume()
    transaction.run(_DELETE_FLIGHTS, ids=gone).consume()
    writing.write_rows(transaction, rows)
    writing.clean(transaction, old)
    _mark(transaction, [*changed, *((flight.first_seen, flight.last_seen) for flight in known
                                    if flight.id not in same),
                        *((one.flight.first_seen, one.flight.last_seen) for id_, one in now.items()
                          if id_ not in same)])
    return rows.problems


def _derived(transaction: neo4j.Transaction, aircraft: Sequence[str], ahead: Sequence[Track],
             derive: Derive) -> tuple[dict[str, Derived], Rows]:
    """Every flight of these aircraft as it is now, by id; and what their files state of the airframes.

    Positions are taken out of the graph only for aircraft of which it holds more than the one track whose
    flights were worked out ahead.
    """
    behind = _behind(transaction, aircraft)
    single = {track.aircraft: track for track in ahead
              if behind.get(track.aircraft, {}).keys() == {track.file}}
    tabled = aircraft_tables.said(transaction, airframes.addresses(aircraft))
    flights: dict[str, Derived] = {}
    said = Rows()

    def take(key: str, found: Sequence[Flight], tracks: Sequence[Track]) -> None:
        given = airframes.given(label for track in tracks for label in track.labels)
        named = [airframes.named(flight, given, tabled.get(key, ())) for flight in found]
        flights.update((flight.id, derived(key, flight)) for flight in named)
        said.add(statement_rows(named, tracks))

    for key, track in single.items():
        take(key, track.flights or (), [track])
    others = {key: sum(files.values()) for key, files in behind.items() if key not in single}
    for keys in _portions(others):
        tracks = _read_tracks(transaction, keys)
        for (key, parts), found in zip(tracks, derive(tracks), strict=True):
            take(key, found, parts)
    return flights, said


def _behind(transaction: neo4j.Transaction, aircraft: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each aircraft that any track is of, the positions in each file."""
    found: dict[str, dict[str, int]] = {}
    ids = [identifier(key)[1] for key in aircraft]
    for row in transaction.run(_BEHIND, ids=ids):
        found.setdefault(row["aircraft"], {})[row["file"]] = row["positions"]
    return found


def _portions(positions: Mapping[str, int]) -> Iterator[list[str]]:
    """Aircraft in portions of so many positions that they fit into memory together."""
    portion: list[str] = []
    total = 0
    for key in sorted(positions):
        if portion and total + positions[key] > DERIVE_POSITIONS:
            yield portion
            portion, total = [], 0
        portion.append(key)
        total += positions[key]
    if portion:
        yield portion


def _read_tracks(transaction: neo4j.Transaction, aircraft: Sequence[str]) -> list[tuple[str, list[Track]]]:
    """All tracks of each of these aircraft, ordered by file."""
    rows = transaction.run(_TRACKS, ids=[identifier(key)[1] for key in aircraft])
    tracks = [read_track(record) for record in rows]
    return [(key, list(group)) for key, group in groupby(tracks, key=lambda track: track.aircraft)]


def read_track(row: Mapping[str, Any]) -> Track:
    """A track from the columns of its properties."""
    values = dict(row)
    values["labels"] = tuple(tuple(json.loads(text)) for text in values["labels"] or ())
    for name in ("first_seen", "last_seen"):
        values[name] = values[name].to_native()
    return Track(**values)


def _mark(transaction: neo4j.Transaction, seen: Sequence[Seen]) -> None:
    if seen:
        first, last = min(first for first, _ in seen), max(last for _, last in seen)
        pending.mark(transaction, first.date(), last.date())
