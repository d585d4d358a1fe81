"""Aircraft tables in and out of the graph: a table's rows are nodes of their own, looked up by address and
registration. What follows from them for the aircraft that somebody names is worked out in `airframes`.

A table of 600,000 rows fits no transaction. Its rows go in ahead, in batches; they count from the moment at
which the table itself appears, and stop to count before the first of them goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import partial
from itertools import islice
from typing import Any

import neo4j

from tailgraph.errors import InputRefused
from tailgraph.graph import clock, pending, writing
from tailgraph.graph.aircraft_table import AircraftTable, Entry
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store
from tailgraph.graph.values import Problem

BATCH = 5_000
"""Rows in one transaction."""
_VALUES = tuple(field.name for field in fields(Entry) if field.name not in ("row", "since", "until"))

_KNOWN = "MATCH (t:AircraftTable) WHERE t.id IN $ids AND t.recorded_at IS NOT NULL RETURN t.id AS id"
_TAKE = "MERGE (t:AircraftTable {id: $id}) SET t.id = t.id"
_STATE = """
MATCH (t:AircraftTable {id: $id})
RETURN t.recorded_at IS NOT NULL AS there, EXISTS { (:Run {id: $run})-[:CONTRIBUTED]->(t) } AS ours
"""
_COUNT = "MATCH (r:AircraftRecord) WHERE r.id STARTS WITH $id + '/' RETURN count(r) AS count"
_HIDE = "MATCH (t:AircraftTable {id: $id}) REMOVE t.recorded_at"
_DELETE_ROWS = """
MATCH (t:AircraftTable {id: $id}) SET t.id = t.id
WITH t MATCH (r:AircraftRecord) WHERE r.id STARTS WITH t.id + '/'
WITH r LIMIT $size DETACH DELETE r RETURN count(*) AS count
"""
_DELETE = "MATCH (t:AircraftTable {id: $id}) WHERE t.recorded_at IS NULL DETACH DELETE t"
# One row for each that speaks of the aircraft: by its address, or by its registration.
_SAID = """
UNWIND $wanted AS wanted
CALL (wanted) {
  MATCH (r:AircraftRecord {icao24: wanted.icao24}) RETURN r
  UNION MATCH (r:AircraftRecord {registration: wanted.registration}) RETURN r
}
MATCH (t:AircraftTable {id: left(r.id, 64)}) WHERE t.recorded_at IS NOT NULL
RETURN wanted.key AS key, t.id AS table, t.format AS format, properties(r) AS record
ORDER BY key, record.id
"""


@dataclass(frozen=True, slots=True)
class Said:
    """An entry that is in the graph, and the table that it is from."""

    table: str
    format: str
    entry: Entry


def known(store: Store, ids: Iterable[str]) -> set[str]:
    """Those tables of `ids` that are in the graph, whole."""
    return {row["id"] for row in store.read(_KNOWN, {"ids": sorted(set(ids))})}


def put(store: Store, table: str, entries: Iterable[Entry]) -> Iterator[tuple[int, list[Problem]]]:
    """Put rows in ahead of their table, batch by batch; yields how many each had and what had to be left out.

    One batch is made ready while the one before is written. Running it again changes nothing.
    """
    waiting = iter(entries)
    with ThreadPoolExecutor(max_workers=1) as writer:
        written: Future[None] | None = None
        while batch := list(islice(waiting, BATCH)):
            rows = _rows(table, batch)
            if written:
                written.result()
            written = writer.submit(store.write, partial(_put, table=table, rows=rows))
            yield len(batch), rows.problems
        if written:
            written.result()


def appear(store: Store, table: AircraftTable, run: Ref) -> bool:
    """Let the table, whose rows are in, count from now on; False if it was there. Raises InputRefused
    where rows were taken out meanwhile."""
    return store.write(lambda transaction: _appear(transaction, table, run))


def delete(store: Store, id_: str) -> None:
    """Take a table out. One that was cut while it went in or out goes, too."""
    store.write(lambda transaction: _hide(transaction, id_))
    while store.write(lambda transaction: _delete_rows(transaction, id_)):
        pass
    store.write(lambda transaction: transaction.run(_DELETE, id=id_).consume())


def said(transaction: neo4j.Transaction, wanted: Iterable[dict[str, str | None]]) -> dict[str, list[Said]]:
    """What the tables say: for each `key`, of its `icao24` or of its `registration` (None: not asked)."""
    found: dict[str, list[Said]] = {}
    for row in transaction.run(_SAID, wanted=list(wanted)):
        found.setdefault(row["key"], []).append(_said(row["table"], row["format"], row["record"]))
    return found


def _said(table: str, format_: str, record: dict[str, Any]) -> Said:
    values = {name: value.to_native() if hasattr(value, "to_native") else value
              for name, value in record.items()}
    row = int(values.pop("id").rpartition("/")[2])
    entry = Entry(row, since=values.pop("from", None), until=values.pop("to", None), **values)
    return Said(table, format_, entry)


def _rows(table: str, entries: Sequence[Entry]) -> Rows:
    rows = Rows()
    for entry in entries:
        values = {name: getattr(entry, name) for name in _VALUES}
        rows.node(Label.AIRCRAFT_RECORD, f"{table}/{entry.row}", **values,
                  **{"from": entry.since, "to": entry.until})
    # A row never changes, since its table is known by its bytes: there is nothing to take away from its node.
    rows.nodes = {label: {id_: {name: value for name, value in values.items() if value is not None}
                          for id_, values in nodes.items()} for label, nodes in rows.nodes.items()}
    return rows


def _put(transaction: neo4j.Transaction, table: str, rows: Rows) -> None:
    transaction.run(_TAKE, id=table).consume()
    writing.write_rows(transaction, rows)


def _appear(transaction: neo4j.Transaction, table: AircraftTable, run: Ref) -> bool:
    transaction.run(_TAKE, id=table.id).consume()
    state = transaction.run(_STATE, id=table.id, run=run[1]).single(strict=True)
    if state["there"]:
        return bool(state["ours"])
    if transaction.run(_COUNT, id=table.id).single(strict=True)["count"] != table.entries:
        raise InputRefused("The table was retracted while it went in.", where=table.name,
                           remedy="Ingest it again.")
    rows = Rows()
    node = rows.node(Label.AIRCRAFT_TABLE, table.id, name=table.name, format=table.format,
                     entries=table.entries, refused=table.refused, recorded_at=clock.now())
    rows.edge(Type.CONTRIBUTED, run, node)
    writing.write_rows(transaction, rows)
    pending.mark(transaction, tables=True)
    return True


def _hide(transaction: neo4j.Transaction, id_: str) -> None:
    transaction.run(_HIDE, id=id_).consume()
    pending.mark(transaction, tables=True)


def _delete_rows(transaction: neo4j.Transaction, id_: str) -> int:
    return int(transaction.run(_DELETE_ROWS, id=id_, size=BATCH).single(strict=True)["count"])
