"""The reference tables as look-ups by the key of what they tell of. Read once, when first asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from tailgraph.graph import keys

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Operator:
    name: str
    icao: str | None
    callsign: str | None
    country: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Airport:
    name: str
    iata: str | None
    city: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    elevation_ft: float | None
    timezone: str | None
    """IANA name."""
    source: str


@dataclass(frozen=True, slots=True)
class Airframe:
    """What one source says of an airframe, between two days where it says so."""

    registration: str
    icao24: str | None
    type: str | None
    operator: str | None
    country: str | None
    since: date | None
    until: date | None
    source: str


def rows(name: str) -> Iterator[Row]:
    table = resources.files(__package__) / f"{name}.csv"
    yield from csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))


@cache
def countries() -> dict[str, str]:
    """ISO code → name."""
    return {row["iso2"]: row["name"] for row in rows("countries")}


def country_code(written: str) -> str | None:
    """The ISO alpha-2 code of a state by that code or its name, in any case."""
    return written.upper() if written.upper() in countries() else _country_names().get(written.casefold())


@cache
def _country_names() -> dict[str, str]:
    return {name.casefold(): row["iso2"] for row in rows("countries")
            for name in (row["iso3"], *_items(row["names"]), row["name"])}


@cache
def aircraft_types() -> dict[str, str]:
    """ICAO designator → maker and model. Of several rows with one designator, the first names it."""
    return {row["designator"]: row["model"] for row in reversed(list(rows("aircraft_types")))}


@cache
def operators() -> dict[str, Operator]:
    """Canonical name → operator."""
    return {row["name"]: Operator(row["name"], row["icao"] or None, row["callsign"] or None,
                                  row["country"] or None, row["source"]) for row in rows("operators")}


@cache
def operator_names_by_icao() -> dict[str, str]:
    """Three-letter code → canonical name, of codes that one operator alone has."""
    found: dict[str, set[str]] = {}
    for operator in operators().values():
        if operator.icao:
            found.setdefault(operator.icao, set()).add(operator.name)
    return {code: names.pop() for code, names in found.items() if len(names) == 1}


def operator_id(written: str) -> str:
    """The id of the operator that a table or track writes so: canonical if it is known, else as written."""
    return _operator_names().get(written.casefold(), keys.clean_name(written))


@cache
def _operator_names() -> dict[str, str]:
    """Every name and alias, folded, that stands for one operator only."""
    found: dict[str, set[str]] = {}
    for row in rows("operators"):
        doubtful = {*_items(row["ambiguous"])}
        for form in [row["name"], *_items(row["aliases"])]:
            if form not in doubtful:
                found.setdefault(form.casefold(), set()).add(row["name"])
    return {form: names.pop() for form, names in found.items() if len(names) == 1}


@cache
def airports() -> dict[str, Airport]:
    """Location indicator, or cleaned name where there is none → airport; our own rows win cell by cell."""
    import airportsdata

    public = airportsdata.load("ICAO")
    known = {code: _airport({}, dict(field)) for code, field in public.items()}
    for row in rows("airports"):
        known[row["icao"] or keys.clean_name(row["name"])] = _airport(row, dict(public.get(row["icao"], {})))
    return known


@cache
def airframes() -> dict[str, tuple[Airframe, ...]]:
    """Registration → what is said of it, in the table's order."""
    found: dict[str, list[Airframe]] = {}
    for row in rows("airframes"):
        found.setdefault(row["registration"], []).append(Airframe(
            row["registration"], keys.icao24(row["icao24"]), row["type"] or None,
            operator_id(row["operator"]) if row["operator"] else None, row["country"] or None,
            _day(row["from"]), _day(row["to"]), row["source"]))
    return {registration: tuple(said) for registration, said in found.items()}


def registrations_of(icao24: str) -> frozenset[str]:
    """The registrations that the airframes table gives for an address."""
    return _registrations().get(icao24, frozenset())


@cache
def _registrations() -> dict[str, frozenset[str]]:
    """By address."""
    found: dict[str, set[str]] = {}
    for said in (one for all_said in airframes().values() for one in all_said if one.icao24):
        found.setdefault(said.icao24 or "", set()).add(said.registration)
    return {icao24: frozenset(marks) for icao24, marks in found.items()}


def _airport(row: Row, public: dict[str, Any]) -> Airport:
    def text(ours: str, theirs: str) -> str | None:
        return row.get(ours) or public.get(theirs) or None

    def number(ours: str, theirs: str) -> float | None:
        value = row.get(ours) or public.get(theirs)
        return float(value) if value not in (None, "") else None

    return Airport(row.get("name") or public.get("name") or "", text("iata", "iata"), text("city", "city"),
                   text("country", "country"), number("latitude", "lat"), number("longitude", "lon"),
                   number("elevation_ft", "elevation"),
                   text("timezone", "tz"), row.get("source") or "airportsdata")


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split("|") if item.strip()]


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
