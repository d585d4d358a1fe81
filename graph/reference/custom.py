"""A user's own names: a CSV with the columns `kind,name` and, as needed, `key,aliases,country`.

A file is taken whole or not at all; what is wrong in it is told with its lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.graph.reference.tables import countries

REQUIRED = ("kind", "name")
COLUMNS = ("kind", "key", "name", "aliases", "country")
_MOST_TOLD = 10
_KEY_SHAPES = {
    Kind.AIRCRAFT_TYPE: (re.compile(r"[A-Z][A-Z0-9]{1,3}"), "an ICAO type designator such as IL76"),
    Kind.AIRPORT: (re.compile(r"[A-Z]{4}|"), "an ICAO location indicator such as ZKPY, or nothing"),
    Kind.AIRCRAFT: (re.compile(r"[A-Z0-9-]{2,12}|(?=.*[a-f])[0-9a-f]{6}|icao24:\d{6}"),
                    "a registration (RA-82030) or hex address (icao24:738043 where it has digits only)"),
}
_KINDS = {kind.casefold(): kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class OwnName:
    """An entity that a user names: `key` as in `graph.model.Entity`, `country` ISO alpha-2; `where` is
    FILE:LINE."""

    kind: Kind
    key: str | None
    name: str
    aliases: tuple[str, ...]
    country: str | None
    where: str


class _Wrong(Exception):
    """What is wrong with a row."""


def read(path: Path) -> tuple[OwnName, ...]:
    """The names in the file at `path`; raises `InputRefused` naming each bad line."""
    found: list[OwnName] = []
    wrong: list[str] = []
    for line, row in _rows(path):
        try:
            found.append(_own_name(row, f"{path.name}:{line}"))
        except _Wrong as error:
            wrong.append(f"line {line}: {error}")
    if wrong:
        more = f"; and {len(wrong) - _MOST_TOLD} more" if len(wrong) > _MOST_TOLD else ""
        raise InputRefused("; ".join(wrong[:_MOST_TOLD]) + more + ".", where=str(path),
                           remedy="Correct these lines; no name of the file was used.")
    return tuple(found)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line number and cells of each row that is not empty."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused("This lexicon is not UTF-8 text.", where=str(path),
                           remedy="Save it as UTF-8 CSV.") from error
    except OSError as error:
        raise InputRefused(f"This lexicon cannot be read: {error.strerror}.", where=str(path)) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _header(next(reader, []), path)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, _cells(header, cells, path, reader.line_num)
    except csv.Error as error:
        raise InputRefused(f"This is no well-formed CSV: {error}.",
                           where=f"{path}:{reader.line_num}") from error


def _header(cells: list[str], path: Path) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    unknown = [cell for cell in header if cell not in COLUMNS]
    missing = [column for column in REQUIRED if column not in header]
    if unknown or missing or len(set(header)) < len(header):
        raise InputRefused(
            f"The first line must name the columns {', '.join(COLUMNS)} (at least {' and '.join(REQUIRED)}), "
            f"each once; it says: {', '.join(cells) or 'nothing'}.", where=f"{path}:1")
    return header


def _cells(header: list[str], cells: list[str], path: Path, line: int) -> Mapping[str, str]:
    if len(cells) > len(header):
        raise InputRefused(f"{len(cells)} cells under {len(header)} columns.", where=f"{path}:{line}",
                           remedy="Put a cell that holds a comma in double quotes.")
    return {column: cell.strip() for column, cell in zip(header, cells, strict=False)}


def _own_name(row: Mapping[str, str], where: str) -> OwnName:
    kind = _KINDS.get(row.get("kind", "").casefold())
    if kind is None:
        raise _Wrong(f'"{row.get("kind", "")}" is no kind; there are {", ".join(Kind)}')
    name = keys.clean_name(row.get("name", ""))
    if not name:
        raise _Wrong("the name is empty")
    country = _country(row.get("country", ""))
    aliases = dict.fromkeys(alias.strip() for alias in row.get("aliases", "").split("|"))
    return OwnName(kind, _key(kind, row.get("key", "")), name,
                   tuple(alias for alias in aliases if alias and alias != name),
                   country, where)


def _country(code: str) -> str | None:
    if code and code.upper() not in countries():
        raise _Wrong(f'"{code}" is no ISO 3166 country code of two letters')
    return code.upper() or None


def _key(kind: Kind, key: str) -> str | None:
    """The key, if it is one for this kind; None where the kind has none or needs none."""
    if kind is Kind.COUNTRY:
        if not key:
            raise _Wrong("a Country needs its ISO code as key")
        return _country(key)
    if kind is Kind.PLACE:
        return _country(key)
    if kind is Kind.WEAPON:
        if key not in set(WeaponClass):
            raise _Wrong(f'the key of a Weapon is its class, not "{key}"; there are {", ".join(WeaponClass)}')
        return key
    if kind not in _KEY_SHAPES:
        if key:
            raise _Wrong(f"entities of kind {kind} have no key")
        return None
    shape, description = _KEY_SHAPES[kind]
    if not shape.fullmatch(key):
        raise _Wrong(f'the key of an {kind} is {description}, not "{key}"')
    return key or None
