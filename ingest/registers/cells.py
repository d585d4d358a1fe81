"""From the cells of a row to an entry: blank or right, else the row is refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from tailgraph.graph import keys
from tailgraph.graph.aircraft_table import Entry
from tailgraph.graph.reference import tables
from tailgraph.graph.reference.address_blocks import state_of
from tailgraph.graph.reference.marks import registration

_NO_ADDRESS = frozenset({"000000", "ffffff"})
_NOTHING = frozenset({"", "-", "N/A", "NA", "NONE", "NULL", "UNKNOWN", "-UNKNOWN-", "UNKNOW", "TBA", "TBC"})
_TYPE = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_NO_TYPE = frozenset({"ZZZZ"})
NO_AIRCRAFT = frozenset({"TWR", "GND", "GRND", "SERV", "EMER"})
"""Types under which tables list towers and vehicles of airports."""
_MAX_REGISTRATION = 20
Cells = Mapping[str, str | None]


class Broken(ValueError):
    """Why a row cannot be taken."""


def entry(row: int, cells: Cells) -> Entry | None:
    """The entry of a row whose cells go by `Entry`'s names, as text; None where it names no aircraft at all.

    Raises Broken.
    """
    get = cells.get
    address = _address(_text(get("icao24")))
    mark = _registration(_text(get("registration")), address)
    designator = _text(get("type")).upper()
    if not (address or mark) or designator in NO_AIRCRAFT:
        return None
    since, until = _day(_text(get("since"))), _day(_text(get("until")))
    if since and until and since > until:
        raise Broken(f"it begins on {since} and ends on {until}")
    is_type = _TYPE.fullmatch(designator) and designator not in _NO_TYPE
    return Entry(
        row, address, mark, designator if is_type else None, _words(get("model")), _words(get("msn")),
        _words(get("operator")), _words(get("owner")), _country(_text(get("country"))),
        _truth(_text(get("military"))), since, until, _words(get("source")))


def _text(cell: str | None) -> str:
    return cell.strip() if cell else ""


def _address(text: str) -> str | None:
    if text.upper() in _NOTHING:
        return None
    address = keys.icao24(text)
    if address is None or address in _NO_ADDRESS or address.startswith("~"):
        raise Broken(f"{text[:20]!r} is no 24-bit address")
    return address


def _registration(text: str, address: str | None) -> str | None:
    text = _visible(text).strip()  # one public table has a zero-width space in a mark
    if text.upper() in _NOTHING or not any(c.isalnum() for c in text):
        return None
    if len(text) > _MAX_REGISTRATION or "\ufffd" in text:
        raise Broken(f"{text[:20]!r} is no registration")
    return registration(text, state_of(address) if address else None)


def _words(cell: str | None) -> str | None:
    """As written, but for what cannot be seen."""
    text = " ".join(_visible(cell).split())[:keys.MAX_NAME] if cell else ""
    return None if text.upper() in _NOTHING else text


def _visible(text: str) -> str:
    return text if text.isprintable() else "".join(c for c in text if c.isprintable() or c.isspace())


def _country(text: str) -> str | None:
    if text.upper() in _NOTHING:
        return None
    if code := tables.country_code(text):
        return code
    raise Broken(f"{text[:40]!r} is no state")


def _truth(text: str) -> bool | None:
    if text.lower() in ("yes", "true", "1"):
        return True
    return False if text.lower() in ("no", "false", "0") else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise Broken(f"{text[:20]!r} is no date; write it as 2024-03-28") from None
