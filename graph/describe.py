"""What a shared node's id alone says of it, with the reference tables: its name and fixed attributes, and the
edges to other shared nodes that follow.

Nothing here looks at a report or a track, so that an entity is the same whoever names it first, and a graph
does not depend on the order of ingest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from tailgraph.graph import keys
from tailgraph.graph.model import Method
from tailgraph.graph.reference import address_blocks, address_rules, marks, tables
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import Label, Type

UNKNOWN_COUNTRY = "--"


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge that a table or a rule says, with the days between which it holds where they are known."""

    type: Type
    end: Ref
    source: str
    method: Method | None = None
    since: date | None = None
    until: date | None = None

    @property
    def dated(self) -> bool:
        return self.method is not None


@dataclass(frozen=True, slots=True)
class Description:
    properties: dict[str, Any]
    statements: tuple[Statement, ...] = field(default=())


def add_shared(rows: Rows, more: Iterable[Ref] = ()) -> None:
    """Add every shared node that an edge of `rows` touches, those of `more`, and what follows from them."""
    wanted = rows.shared_ends() | set(more)
    while pending := sorted(ref for ref in wanted if not rows.has(ref)):
        wanted = {end for ref in pending for end in _add(rows, ref)}


def _add(rows: Rows, ref: Ref) -> Iterable[Ref]:
    description = describe(*ref)
    node = rows.node(*ref, **description.properties)
    for statement in description.statements:
        rows.edge(statement.type, node, statement.end, **statement_values(statement))
    return [statement.end for statement in description.statements]


def statement_values(statement: Statement, address: str | None = None) -> dict[str, Any]:
    """The properties of a statement's edge."""
    if not statement.dated:
        return {"source": statement.source}
    days = [day.isoformat() if day else "" for day in (statement.since, statement.until)]
    key = " ".join(filter(None, [statement.source, address, "..".join(days)]))
    return {"key": key, "source": statement.source,
            "method": statement.method, "from": statement.since, "to": statement.until, "address": address}


@lru_cache(maxsize=50_000)
def describe(label: Label, id_: str) -> Description:
    """Properties of the shared node `id_` (all but the id), and the statements that start at it."""
    return _DESCRIBE.get(label, _by_name)(id_)


def _by_name(id_: str) -> Description:
    return Description({"name": id_})


def _place(id_: str) -> Description:
    country, _, name = id_.partition("/")
    known = name and country != UNKNOWN_COUNTRY
    return Description({"name": name or id_}, _in(country if known else None, Type.IN_COUNTRY, "place name"))


def _weapon(id_: str) -> Description:
    weapon_class, _, model = id_.partition("/")
    return Description({"name": model or weapon_class.replace("-", " "), "weapon_class": weapon_class,
                        "model": model or None})


def _country(id_: str) -> Description:
    return Description({"name": tables.countries().get(id_, id_)})


def _aircraft_type(id_: str) -> Description:
    return Description({"name": tables.aircraft_types().get(id_, id_)})


def _operator(id_: str) -> Description:
    known = tables.operators().get(id_)
    if known is None:
        return _by_name(id_)
    return Description({"name": known.name, "icao": known.icao, "callsign": known.callsign},
                       _in(known.country, Type.OF_COUNTRY, known.source))


def _airport(id_: str) -> Description:
    known = tables.airports().get(id_)
    if known is None:
        return _by_name(id_)
    return Description({
        "name": known.name or id_, "iata": known.iata, "city": known.city, "latitude": known.latitude,
        "longitude": known.longitude, "elevation_ft": known.elevation_ft},
        _in(known.country, Type.IN_COUNTRY, known.source))


def _in(country: str | None, type_: Type, source: str) -> tuple[Statement, ...]:
    return (Statement(type_, (Label.COUNTRY, country), source),) if country else ()


def _aircraft(id_: str) -> Description:
    return Description({"name": id_}, (*_tabled(id_), *_implied(id_)))


def _tabled(registration: str) -> Iterable[Statement]:
    """What the airframes table says, each row with its source and days."""
    for said in tables.airframes().get(registration, ()):
        address = f"icao24:{said.icao24}" if said.icao24 else None
        for type_, label, id_ in ((Type.IDENTIFIED_BY, Label.IDENTIFIER, address),
                                  (Type.OF_TYPE, Label.AIRCRAFT_TYPE, said.type),
                                  (Type.OPERATED_BY, Label.OPERATOR, said.operator),
                                  (Type.REGISTERED_IN, Label.COUNTRY, said.country)):
            if id_:
                yield Statement(type_, (label, id_), said.source, Method.REPORTED, said.since, said.until)


def _implied(id_: str) -> Iterable[Statement]:
    """What the designator itself shows: an address lies in a state's block; a registration bears its mark."""
    if address := keys.address_of(id_):
        yield Statement(Type.IDENTIFIED_BY, (Label.IDENTIFIER, f"icao24:{address}"), "address",
                        Method.REPORTED)
        if country := address_blocks.state_of(address):
            yield Statement(Type.REGISTERED_IN, (Label.COUNTRY, country), "address block", Method.INFERRED)
        return
    if implied := address_rules.address_of(id_):
        address, rule = implied
        yield Statement(Type.IDENTIFIED_BY, (Label.IDENTIFIER, f"icao24:{address}"), rule, Method.INFERRED)
    if country := marks.country_of_mark(id_):
        yield Statement(Type.REGISTERED_IN, (Label.COUNTRY, country), "nationality mark", Method.INFERRED)


def _identifier(id_: str) -> Description:
    scheme, _, value = id_.partition(":")
    return Description({"scheme": scheme, "value": value})


_DESCRIBE = {
    Label.COUNTRY: _country, Label.AIRCRAFT_TYPE: _aircraft_type, Label.OPERATOR: _operator,
    Label.AIRPORT: _airport, Label.PLACE: _place, Label.WEAPON: _weapon,
    Label.AIRCRAFT: _aircraft, Label.IDENTIFIER: _identifier,
}
