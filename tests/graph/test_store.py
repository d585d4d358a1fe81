"""The connection: what is said when there is none, and what happens when it breaks in the middle."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import neo4j
import pytest

from tailgraph.errors import StoreUnavailable
from tailgraph.graph import reports, retract, schema, tracks, writing
from tailgraph.graph.digest import digest
from tailgraph.graph.model import Extraction
from tailgraph.graph.rows import Ref
from tailgraph.graph.runs import run
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Raced, Refused, Store, plain
from tailgraph.settings import Connection
from tests.graph import acts, made_up
from tests.graph.proxy import CutAtCommit


@pytest.fixture
def cut(connection: Connection) -> Iterator[CutAtCommit]:
    proxy = CutAtCommit(connection.uri)
    yield proxy
    proxy.close()


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(StoreUnavailable) as caught, Store(Connection(f"bolt://127.0.0.1:{port}")):
        pass
    assert caught.value.where == f"bolt://127.0.0.1:{port}"
    assert caught.value.exit_code == 5
    assert "NEO4J_URI" in str(caught.value)


def test_the_server_goes_in_the_middle(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def gone(transaction: neo4j.Transaction) -> None:
        tries.append(transaction)
        raise neo4j.exceptions.ServiceUnavailable("gone")

    with pytest.raises(StoreUnavailable, match=r"E021"):
        store.write(gone)
    assert len(tries) == 4


def test_a_refused_statement_is_not_tried_again(store: Store) -> None:
    tries = []

    def wrong(transaction: neo4j.Transaction) -> None:
        tries.append(transaction)
        transaction.run("RETURN 1 / 0").consume()

    with pytest.raises(Refused):
        store.write(wrong)
    assert len(tries) == 1


def test_a_race_is_tried_again_until_it_is_settled(store: Store) -> None:
    tries = []

    def raced(transaction: neo4j.Transaction) -> int:
        tries.append(transaction)
        if len(tries) < 4:
            raise Raced("not yet")
        return len(tries)

    assert store.write(raced) == 4


def test_a_rehearsal_that_was_raced_is_run_again_and_leaves_nothing(store: Store) -> None:
    tries = []

    def work(transaction: neo4j.Transaction) -> int:
        tries.append(1)
        transaction.run("CREATE (:Person {id: 'nobody'})").consume()
        if len(tries) == 1:
            raise Raced("once")
        return 7

    assert store.rehearse(work) == 7
    assert len(tries) == 2
    assert store.read("MATCH (n:Person) RETURN n.id") == []


def test_a_fault_of_ours_passes_through(store: Store) -> None:
    def wrong(transaction: neo4j.Transaction) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(wrong)


def test_cut_after_commit_is_submitted_again_and_done_once(store: Store, connection: Connection,
                                                           cut: CutAtCommit) -> None:
    acts.do(store, acts.EVERYTHING)
    reference = digest(store.driver, store.database)
    acts.wipe(store)
    with run(store, "test") as node, Store(replace(connection, uri=cut.uri)) as behind:
        extractions = [made_up.report(number, 0) for number in range(made_up.REPORTS)]
        written = reports.write(behind, extractions, node)
        assert cut.cuts == 1
        assert sorted(written.documents) == sorted(extraction.document.id for extraction in extractions)
        cut.cuts = 0
        files = tracks.write(behind, made_up.FILES, node, made_up.derive).files
        assert cut.cuts == 1
        assert files == tuple(file.id for file in made_up.FILES)
    assert digest(store.driver, store.database) == reference


def test_what_is_about_to_go_is_not_taken_from_under_a_new_edge(store: Store, connection: Connection,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    """One process has seen that nothing needs a country any more; before it deletes it, another names it."""
    going, coming = made_up.extraction(1, ["Examplia"] * 80), made_up.extraction(2, ["Examplia"])
    with run(store, "test") as node:
        reports.write(store, [coming], node)
        reference = digest(store.driver, store.database)
        acts.wipe(store)
    with run(store, "test") as node:
        reports.write(store, [going], node)
        other = threading.Thread(target=_write, args=(connection, coming, node))
        delete = schema.delete_nodes

        def paused(label: Label) -> str:
            if not other.ident:
                other.start()
                _wait_until_blocked_or_done(store, other)
            return delete(label)

        monkeypatch.setattr(schema, "delete_nodes", paused)
        retract.retract(store, retract.find(store, going.document.id), made_up.derive)
        other.join()
    assert digest(store.driver, store.database) == reference


def test_the_lock_keeps_others_out_until_the_commit(store: Store) -> None:
    acts.do(store, [("report", 0, 0)])
    refs = [(Label.COUNTRY, "RU")]
    inside = []

    def enter(transaction: neo4j.Transaction) -> None:
        writing.lock(transaction, refs)
        inside.append(transaction)

    other = threading.Thread(target=store.write, args=(enter,))
    with store.driver.session() as session, session.begin_transaction() as transaction:
        writing.lock(transaction, refs)
        other.start()
        _wait_until_blocked_or_done(store, other)
        assert inside == []
        transaction.commit()
    other.join()
    assert len(inside) == 1


def _write(connection: Connection, extraction: Extraction, node: Ref) -> None:
    with Store(connection) as store:
        reports.write(store, [extraction], node)


def _wait_until_blocked_or_done(store: Store, other: threading.Thread) -> None:
    """Until the other writer waits for a lock, or has got through without one."""
    while other.is_alive():
        statuses = store.read("SHOW TRANSACTIONS YIELD status RETURN status")
        if any(row["status"].startswith("Blocked") for row in statuses):
            return


def test_rows_hold_nodes_as_properties_and_bytes_as_they_are(store: Store) -> None:
    packed = b"\x00\xff" * 3
    store.write(lambda transaction: transaction.run("CREATE (:Aircraft {id: 'a', packed: $packed})",
                                                    packed=packed).consume())
    (row,) = store.read("MATCH (n:Aircraft {id: 'a'}) RETURN n, [{one: n.packed}] AS nested, null AS nothing")
    assert row == {"n": {"id": "a", "packed": packed}, "nested": [{"one": packed}], "nothing": None}


def test_bytes_of_a_row_are_not_taken_apart() -> None:
    """Packed tracks come by the megabyte: number by number, they cost minutes."""
    class Packed(bytes):
        def __iter__(self) -> Iterator[int]:
            raise AssertionError("taken apart")

    assert plain({"a": [Packed(b"\x00")]}) == {"a": [b"\x00"]}
