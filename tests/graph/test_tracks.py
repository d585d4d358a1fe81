"""Track files: flights are what all tracks of an aircraft show together, whoever brought which."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from tailgraph.errors import InputRefused
from tailgraph.graph import retract, staging, tracks
from tailgraph.graph.digest import digest
from tailgraph.graph.model import Flight
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Track, TrackFile
from tests.graph.made_up import derive, track_file

EARLY = track_file(1, {"15406e": [1, 2, 3]})
LATE = track_file(2, {"15406e": [4, 5], "abcdef": [9]})
OTHER = track_file(3, {"15406e": [5, 6, 9], "~29ab12": [1]})
CONFLICTING = track_file(4, {"15406e": [7]}, registration="RF-82030")


def put(store: Store, *files: TrackFile) -> tracks.Written:
    with run(store, "test") as node:
        return tracks.write(store, files, node, derive)


def now(store: Store) -> str:
    return digest(store.driver, store.database)


def flights(store: Store) -> dict[str, list[str]]:
    rows = store.read("""MATCH (f:Flight) OPTIONAL MATCH (f)-[:BY_AIRCRAFT]->(a)
                         RETURN f.id AS id, collect(a.id) AS aircraft""")
    return {row["id"]: row["aircraft"] for row in rows}


def test_a_flight_grows_over_two_files(store: Store) -> None:
    put(store, EARLY)
    assert flights(store) == {"15406e@2024-03-20T01:00:00Z": ["RA-82030"]}
    put(store, LATE)
    assert flights(store) == {"15406e@2024-03-20T01:00:00Z": ["RA-82030"],
                              "abcdef@2024-03-20T09:00:00Z": ["N86QU"]}
    rows = store.read("""MATCH (f:Flight {icao24: '15406e'})-[:DERIVED_FROM]->(t)
                         RETURN t.file AS file, f.last_seen AS end""")
    assert {row["file"] for row in rows} == {EARLY.id, LATE.id}
    assert {row["end"].iso_format() for row in rows} == {"2024-03-20T05:00:00.000000000+00:00"}


def test_an_address_that_is_not_icaos_names_no_airframe(store: Store) -> None:
    put(store, OTHER)
    assert flights(store)["~29ab12@2024-03-20T01:00:00Z"] == []


def test_any_order_gives_one_graph(store: Store) -> None:
    digests = set()
    for order in itertools.permutations((EARLY, LATE, OTHER, CONFLICTING)):
        for file in order:
            put(store, file)
        digests.add(now(store))
        for file in order:
            retract.retract(store, retract.find(store, file.id), derive)
        assert store.read("MATCH (n) WHERE NOT n:Run AND NOT n:Meta RETURN n.id AS id") == []
    assert len(digests) == 1


@pytest.mark.parametrize("size", [0, 1 << 40])
def test_staged_or_not_the_graph_is_the_same(store: Store, size: int,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, EARLY, LATE)
    reference = now(store)
    for file in (EARLY, LATE):
        retract.retract(store, retract.find(store, file.id), derive)
    monkeypatch.setattr(staging, "STAGE_BYTES", size)
    assert put(store, LATE, EARLY).files == (EARLY.id, LATE.id)
    assert now(store) == reference
    assert put(store, LATE, EARLY).files == ()
    assert now(store) == reference


def test_positions_without_their_file_can_be_taken_out(store: Store) -> None:
    """A run was cut after it had put positions in ahead."""
    staging.stage(store, EARLY.tracks)
    assert flights(store) == {}
    (source,) = retract.present(store, [EARLY.id])
    retract.retract(store, source, derive)
    assert store.read("MATCH (t:Track) RETURN t.id") == []


def refuse(many: object) -> list[list[Flight]]:
    raise InputRefused("made up")


def test_a_refused_file_leaves_nothing_that_was_put_in_ahead(store: Store,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, OTHER)
    reference = now(store)
    monkeypatch.setattr(staging, "STAGE_BYTES", 0)
    with run(store, "test") as node:
        written = tracks.write(store, [EARLY, LATE], node, refuse)
    assert {problem.where for problem in written.refused} == {EARLY.id, LATE.id}
    assert now(store) == reference
    assert staging.left(store) == []


def test_what_a_cut_run_had_put_in_ahead_goes_with_the_next(store: Store) -> None:
    put(store, OTHER)
    reference = now(store)
    staging.stage(store, EARLY.tracks)
    assert staging.left(store) == [EARLY.id] and now(store) != reference
    staging.clear(store)
    assert now(store) == reference and staging.left(store) == []
    put(store, EARLY)
    whole = now(store)
    staging.stage(store, EARLY.tracks)  # again, by another process that does not know yet
    staging.clear(store)
    assert now(store) == whole and staging.left(store) == []


def test_what_another_process_took_for_a_leftover_is_put_in_again(store: Store,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, EARLY, LATE)
    reference = now(store)
    for file in (EARLY, LATE):
        retract.retract(store, retract.find(store, file.id), derive)
    monkeypatch.setattr(staging, "STAGE_BYTES", 0)
    stage, cleared = staging.stage, list[bool]()

    def stage_and_lose(store: Store, tracks: Sequence[Track]) -> None:
        stage(store, tracks)
        if not cleared:
            cleared.append(True)
            staging.clear(store)

    monkeypatch.setattr(staging, "stage", stage_and_lose)
    assert put(store, EARLY, LATE).files == (EARLY.id, LATE.id)
    assert cleared and now(store) == reference and staging.left(store) == []


def test_retract_gives_back_the_flights_of_the_other_files(store: Store) -> None:
    put(store, EARLY, OTHER)
    reference = now(store)
    put(store, LATE)
    source = retract.find(store, LATE.id)
    assert retract.counts(store, source) == {"Flight": 2, "Track": 2, "TrackFile": 1}
    retract.retract(store, source, derive)
    assert now(store) == reference
