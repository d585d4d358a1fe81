"""CSV tables. Each dialect maps its columns to those of an entry; a line end always ends a row, so that a
stray quote costs its own row only.

| dialect | header | separator, quotes | columns taken |
|---|---|---|---|
| tar1090-db `aircraft.csv` | none | `;`, none, `\\` before a `;` of the text | address, registration, type, flags (first digit 1: military), model, year (not taken), owner |
| OpenSky, since 2024 | `'icao24','timestamp',…` | `,` and `'` | icao24, registration, typecode, model, serialNumber, operator, operatorIcao, owner |
| OpenSky, until then | `icao24,registration,manufacturericao,…` | `,` and `"` | the same, in lower case |
| plane-alert-db | `$ICAO,$Registration,$Operator,…` | `,` and `"` | $ICAO, $Registration, $Operator, $Type, $ICAO Type, #CMPG (Mil: military) |
| Tailgraph's own | icao24 or registration, and any of the rest | `,` and `"` | icao24, registration, type, model, msn, operator, owner, state, military, from, to, source |

OpenSky's `registered` and `reguntil` are days of a certificate, not of a mark, and are not taken.
"""  # noqa: E501

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tailgraph.graph.reference import tables
from tailgraph.ingest.registers.cells import Broken, Cells
from tailgraph.ingest.registers.content import Line

TAR1090 = re.compile(r"[0-9A-Fa-f]{6}(?:;[^;]*){3,12}")
_OWN = {"icao24": "icao24", "registration": "registration", "type": "type", "model": "model", "msn": "msn",
        "operator": "operator", "owner": "owner", "state": "country", "military": "military", "from": "since",
        "to": "until", "source": "source"}
_OPENSKY = {"icao24": "icao24", "registration": "registration", "typecode": "type", "model": "model",
            "serialnumber": "msn", "operator": "operator", "operatoricao": "code", "owner": "owner"}
_PLANE_ALERT = {"icao": "icao24", "registration": "registration", "operator": "operator", "type": "model",
                "icao type": "type", "cmpg": "group"}
_TAR1090 = ("icao24", "registration", "type", "flags", "model", "year", "owner")


@dataclass(frozen=True, slots=True)
class Dialect:
    """`names` are of the columns in order, "" for those that are not taken; `left` are their titles."""

    format: str
    names: tuple[str, ...]
    quote: str | None = '"'
    separator: str = ","
    header: bool = True
    complete: Callable[[dict[str, str | None]], Cells] = field(default=dict)
    left: tuple[str, ...] = ()

    def split(self, line: str) -> list[str]:
        if self.quote is None:
            unquoted = csv.reader([line], delimiter=self.separator, escapechar="\\", quoting=csv.QUOTE_NONE)
            return next(unquoted, [])
        return next(csv.reader([line], delimiter=self.separator, quotechar=self.quote), [])

    def cells(self, line: str) -> Cells:
        """Raises Broken where the line is no row of this table."""
        try:
            values = self.split(line)
        except csv.Error as error:
            raise Broken(f"no CSV: {error}") from error
        if len(values) > len(self.names):
            raise Broken(f"{len(values)} cells under {len(self.names)} columns")
        return self.complete({name: value for name, value in zip(self.names, values, strict=False) if name})


def find(first: str) -> Dialect | None:
    """The dialect of a table whose first line that is not empty is `first`."""
    if TAR1090.fullmatch(first):
        return Dialect("tar1090-db", (*_TAR1090, ""), None, ";", header=False, complete=_flagged)
    quote = "'" if first.lstrip().startswith("'") else '"'
    try:
        titles = [title.strip() for title in next(csv.reader([first], quotechar=quote), [])]
    except csv.Error:
        return None
    plain = [title.lstrip("$#").lower() for title in titles]
    if "manufacturericao" in plain and "icao24" in plain:
        return Dialect("OpenSky aircraft database", _names(plain, _OPENSKY), quote, complete=_by_code)
    if titles[:1] == ["$ICAO"]:
        return Dialect("plane-alert-db", _names(plain, _PLANE_ALERT), complete=_grouped)
    if {"icao24", "registration"} & set(plain) and not {"latitude", "lat"} & set(plain):
        left = tuple(title for title in titles if title.lower() not in _OWN)
        return Dialect("Tailgraph aircraft CSV", _names(plain, _OWN), left=left)
    return None


def rows(dialect: Dialect, lines: Iterator[Line]) -> Iterator[tuple[int, Cells | Broken]]:
    """Every row that is not empty: its line, and its cells or what is wrong with it."""
    header = dialect.header
    for number, line in lines:
        if line is not None and not line.strip():
            continue
        if header:
            header = False
            continue
        try:
            yield number, Broken("the line is too long") if line is None else dialect.cells(line)
        except Broken as broken:
            yield number, broken


def _names(titles: Sequence[str], known: dict[str, str]) -> tuple[str, ...]:
    return tuple(known.get(title, "") for title in titles)


def _flagged(cells: dict[str, str | None]) -> Cells:
    return {**cells, "military": military(cells.get("flags"))}


def military(flags: str | None) -> str | None:
    """tar1090's and Mictronics's flags: the first digit tells the military."""
    return {"1": "yes", "0": "no"}.get((flags or "")[:1])


def _grouped(cells: dict[str, str | None]) -> Cells:
    group = (cells.get("group") or "").strip().lower()
    return {**cells, "military": {"mil": "yes", "civ": "no", "gov": "no", "pol": "no"}.get(group)}


def _by_code(cells: dict[str, str | None]) -> Cells:
    """An operator of whom only the three-letter code is given goes by the name that we know for it."""
    if (cells.get("operator") or "").strip():
        return cells
    code = (cells.get("code") or "").strip().upper()
    return {**cells, "operator": tables.operator_names_by_icao().get(code)}
