"""What the aircraft tables of the user say, brought to the aircraft that somebody names.

A table of 600,000 rows makes no 600,000 aircraft. Statements follow from its rows for those that a report or
a track names, each with its days and its source, and a flight whose own files name no registration gets the
one that holds on its day. All of it is a function of what is in the graph, whoever came first: a table, a
track or a report. Sources that disagree stay side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import neo4j

from tailgraph.graph import aircraft_tables, keys, schema, writing
from tailgraph.graph.aircraft_tables import Said
from tailgraph.graph.describe import add_shared
from tailgraph.graph.model import Flight, Method
from tailgraph.graph.reference import address_rules, tables
from tailgraph.graph.rows import EdgeKey, EdgeKind, Ref, Rows
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store

CHUNK = 1_000
"""Aircraft looked at in one transaction."""

_NEXT = "MATCH (a:Aircraft) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $size"
_ANY = """
RETURN EXISTS { MATCH (t:AircraftTable) WHERE t.recorded_at IS NOT NULL } AS any
"""
_PRESENT = """
MATCH (a:Aircraft)-[r:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(e)
WHERE a.id IN $ids AND r.table IS NOT NULL
RETURN a.id AS aircraft, type(r) AS type, labels(e) AS labels, e.id AS end, r.key AS key,
       properties(r) AS properties
"""
_DELETE = """
UNWIND $rows AS row
MATCH (:Aircraft {id: row.aircraft})-[r:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN {key: row.key}]->(e)
WHERE type(r) = row.type AND e.id = row.end AND row.label IN labels(e) AND r.table IS NOT NULL
DELETE r
"""
Edge = tuple[EdgeKind, EdgeKey]


# --- flights -----------------------------------------------------------------------------------------------


def named(flight: Flight, given: Collection[str], said: Iterable[Said]) -> Flight:
    """The flight with a registration that is inferred, where its own files give none."""
    if flight.registration or not flight.icao24:
        return flight
    known = registration_on(flight.first_seen.date(), flight.icao24, given, said)
    if known is None:
        return flight
    return flight.model_copy(update={"registration": known, "registration_method": Method.INFERRED})


def given(labels: Iterable[Sequence[str]]) -> frozenset[str]:
    """The registrations among what track files say of an address."""
    return frozenset(registration for registration, *_ in labels if registration)


def addresses(aircraft: Iterable[str]) -> Iterator[dict[str, str | None]]:
    """What to ask the tables of these aircraft keys; only ICAO's addresses are in them."""
    return ({"key": key, "icao24": key, "registration": None} for key in aircraft
            if not key.startswith("~") and ":" not in key)


def registration_on(day: date, icao24: str, given: Collection[str], said: Iterable[Said]) -> str | None:
    """The one registration that all who speak of an address agree on for a day; None where they do not.

    `given` are the registrations that any track file gives for the address. Of `said`, what aircraft tables
    say of it, those rows count that hold on the day, and beside them our own table. The habit of the state's
    registry counts where no table speaks.
    """
    tabled = {one.entry.registration for one in said if one.entry.registration and one.entry.holds_on(day)}
    tabled |= tables.registrations_of(icao24)
    implied = address_rules.registration_of(icao24)
    known = {*given, *(tabled or ({implied} if implied else ()))}
    return known.pop() if len(known) == 1 else None


# --- statements --------------------------------------------------------------------------------------------


def settle(store: Store) -> None:
    """Bring the statements of aircraft tables in line with the tables and the aircraft that are there now."""
    after: str | None = ""
    while after is not None:
        ids = [row["id"] for row in store.read(_NEXT, {"after": after, "size": CHUNK})]
        if ids:
            store.write(partial(_settle, ids=ids))
        after = ids[-1] if ids else None


def any_table(store: Store) -> bool:
    """Whether any aircraft table counts."""
    return bool(store.read(_ANY)[0]["any"])


def statement_rows(aircraft: str, said: Iterable[Said]) -> Rows:
    """What rows of tables state of an aircraft of this id."""
    # (:Aircraft)-[:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(…)
    rows = Rows()
    for one in said:
        for type_, end in _ends(aircraft, one):
            rows.edge(type_, (Label.AIRCRAFT, aircraft), end, **_values(one))
    return rows


def _ends(aircraft: str, said: Said) -> Iterator[tuple[Type, Ref]]:
    entry = said.entry
    marks = ("icao24", entry.icao24), ("registration", entry.registration), ("msn", entry.msn)
    own = {keys.address_of(aircraft), aircraft}
    for scheme, value in marks:
        if value and value not in own:
            yield Type.IDENTIFIED_BY, (Label.IDENTIFIER, f"{scheme}:{value}")
    if entry.type:
        yield Type.OF_TYPE, (Label.AIRCRAFT_TYPE, entry.type)
    if entry.operator:
        yield Type.OPERATED_BY, (Label.OPERATOR, tables.operator_id(entry.operator))
    if entry.country:
        yield Type.REGISTERED_IN, (Label.COUNTRY, entry.country)


def _values(said: Said) -> dict[str, Any]:
    entry = said.entry
    return {"key": f"{said.table}/{entry.row}", "source": entry.source or said.format,
            "method": Method.REPORTED.value, "from": entry.since, "to": entry.until, "table": said.table}


def _wanted(ids: Iterable[str]) -> Iterator[dict[str, str | None]]:
    for id_ in ids:
        address = keys.address_of(id_)
        yield {"key": id_, "icao24": address, "registration": None if address else id_}


def _settle(transaction: neo4j.Transaction, ids: Sequence[str]) -> None:
    if _present(transaction, ids) == _edges(_expected(transaction, ids)):
        return  # without a lock: most are as they should be
    writing.lock(transaction, [(Label.AIRCRAFT, id_) for id_ in ids])
    there = [row["id"] for row in transaction.run(schema.ids_of(Label.AIRCRAFT), ids=list(ids))]
    rows = _expected(transaction, there)
    present, expected = _present(transaction, there), _edges(rows)
    stale = [edge for edge in present if expected.get(edge) != present[edge]]
    for kind, edges in rows.edges.items():
        for edge in [edge for edge in edges if present.get((kind, edge)) == expected[kind, edge]]:
            del edges[edge]
    ends = {(kind[2], edge[1]) for kind, edge in stale}
    add_shared(rows)
    # What an aircraft is called is no business of its statements'.
    writing.lock(transaction, ends | rows.shared_ends())
    transaction.run(_DELETE, rows=[
        {"aircraft": edge[0], "type": kind[0], "label": kind[2], "end": edge[1], "key": edge[2]}
        for kind, edge in stale]).consume()
    writing.write_rows(transaction, rows)
    writing.clean(transaction, ends)


def _expected(transaction: neo4j.Transaction, ids: Sequence[str]) -> Rows:
    rows = Rows()
    for aircraft, said in aircraft_tables.said(transaction, _wanted(ids)).items():
        rows.add(statement_rows(aircraft, said))
    return rows


def _edges(rows: Rows) -> dict[Edge, dict[str, Any]]:
    return {(kind, edge): _plain(values)
            for kind, edges in rows.edges.items() for edge, values in edges.items()}


def _present(transaction: neo4j.Transaction, ids: Sequence[str]) -> dict[Edge, dict[str, Any]]:
    found: dict[Edge, dict[str, Any]] = {}
    for row in transaction.run(_PRESENT, ids=list(ids)):
        label = schema.primary(row["labels"])
        if label:
            kind = (Type(row["type"]), Label.AIRCRAFT, label)
            found[kind, (row["aircraft"], row["end"], row["key"])] = _plain(row["properties"])
    return found


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is absent, and days as text: the driver's days are no days of Python's."""
    return {name: str(value) if name in ("from", "to") else value
            for name, value in values.items() if value is not None}
