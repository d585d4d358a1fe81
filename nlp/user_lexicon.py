"""A user's own names: CSV files with the columns kind, name, key, aliases, country.

`kind` is an entity kind (Operator, Weapon, ...); `key` its designator: ISO code, ICAO type designator or
location indicator, registration, weapon class; `aliases` are split by "|"; `country` is an ISO code. What a
user says of a name wins over the tables that come with Tailgraph.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.nlp.lexicon import Lexicon, Sense, case_of
from tailgraph.nlp.vocabulary import place_id

_COLUMNS = ("kind", "name", "key", "aliases", "country")
_KINDS = {kind.value.casefold(): kind for kind in Kind}
_KEY_SHAPES = {
    Kind.COUNTRY: re.compile(r"[A-Z]{2}"),
    Kind.AIRCRAFT_TYPE: re.compile(r"[A-Z0-9]{2,4}"),
    Kind.AIRPORT: re.compile(r"[A-Z]{4}"),
}


def added(lexicon: Lexicon, files: Sequence[Path]) -> Lexicon:
    """A lexicon that holds the names of the files, too; the given one stays as it is."""
    if not files:
        return lexicon
    merged = lexicon.copy()
    for file in files:
        for name, sense in _read(file):
            merged.prefer(name, sense)
    return merged


def _read(file: Path) -> Iterator[tuple[str, Sense]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            table = csv.DictReader(handle)
            missing = [column for column in ("kind", "name") if column not in (table.fieldnames or ())]
            if missing:
                raise InputRefused(
                    f"The column {missing[0]!r} is missing.",
                    where=str(file),
                    remedy=f"Give it the columns {', '.join(_COLUMNS)}.",
                )
            for row in table:
                yield from _senses(
                    {
                        k: (v or "").strip()
                        for k, v in row.items()
                        if isinstance(k, str) and not isinstance(v, list)
                    },
                    f"{file}:{table.line_num}",
                )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputRefused(
            f"The lexicon cannot be read: {error}.", where=str(file), remedy="Save it as CSV in UTF-8."
        ) from error


def _senses(row: dict[str, str], where: str) -> Iterator[tuple[str, Sense]]:
    kind = _KINDS.get(row["kind"].casefold())
    if kind is None:
        raise InputRefused(
            f"{row['kind']!r} is no kind of entity.",
            where=where,
            remedy=f"Write one of {', '.join(k.value for k in Kind)}.",
        )
    name = keys.clean_name(row["name"])
    if not re.search(r"\w", name):
        raise InputRefused("A name is empty.", where=where, remedy="Fill in the column 'name'.")
    key = _key(kind, row.get("key", ""), where)
    country = row.get("country", "").upper() or (key if kind is Kind.COUNTRY else None) or None
    identity = _identity(kind, name, key, country)
    for form in dict.fromkeys([name, *(part.strip() for part in row.get("aliases", "").split("|"))]):
        if re.search(r"\w", form):
            role = "model" if kind is Kind.WEAPON else "named" if kind is Kind.AIRPORT else "user"
            yield (
                form,
                Sense(
                    kind,
                    identity,
                    key if kind is not Kind.PLACE else country,
                    name,
                    role,
                    case_of(form),
                    country,
                    form,
                    "user lexicon",
                ),
            )


def _key(kind: Kind, text: str, where: str) -> str | None:
    if kind is Kind.WEAPON:
        if text not in set(WeaponClass):
            raise InputRefused(
                f"{text!r} is no class of weapons.",
                where=where,
                remedy=f"Write one of {', '.join(WeaponClass)} as key.",
            )
        return text
    shape = _KEY_SHAPES.get(kind)
    if (kind in (Kind.COUNTRY, Kind.AIRCRAFT_TYPE) and not text) or (
        text and shape and not shape.fullmatch(text.upper())
    ):
        raise InputRefused(
            f"{text!r} is no key for {kind.value}.",
            where=where,
            remedy="Countries take an ISO code of two letters, types an ICAO designator, "
            "airports a location indicator.",
        )
    return (text.upper() if shape else text) or None


def _identity(kind: Kind, name: str, key: str | None, country: str | None) -> str:
    if kind is Kind.WEAPON:
        return f"{key}/{name}"
    if kind is Kind.PLACE:
        return place_id(country, name)
    if kind in (Kind.COUNTRY, Kind.AIRCRAFT_TYPE, Kind.AIRPORT, Kind.AIRCRAFT):
        return key or name
    return name
