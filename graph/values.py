"""Values as Neo4j can hold them: normalised or refused field by field, so that one bad value never costs
the rest of its batch.

Measured on 5.26 with driver 6.4: lone surrogates and integers beyond 64 bits raise in the driver, and a text
of more than 8,167 bytes in an indexed property fails the whole transaction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tailgraph.graph import keys
from tailgraph.graph.shape import Property, Value

MAX_INDEXED_BYTES = 8_000
MAX_ID_BYTES = 2_000
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A field that could not be stored as it was, and what became of it."""

    where: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.field}: {self.message}"


class Refused(ValueError):
    """A value that has no place in its property."""


def fit(prop: Property, value: Any) -> tuple[Any, str | None]:
    """`value` as the property can hold it, and what was wrong with it, if anything. None stays None."""
    if value is None or _is_plain(prop, value):
        return value, None
    try:
        fitted = _FIT[prop.value](value)
    except (Refused, ValueError, TypeError, OverflowError) as error:
        return None, f"left out: {error}"
    if prop.indexed and isinstance(fitted, str) and len(fitted.encode()) > MAX_INDEXED_BYTES:
        return shorten(fitted, MAX_INDEXED_BYTES), "shortened: too long for an index"
    changed = isinstance(fitted, str | list) and fitted != (value if isinstance(value, str) else list(value))
    return fitted, "characters that are no Unicode text were replaced" if changed else None


def _is_plain(prop: Property, value: Any) -> bool:
    """Whether it is what nearly all values are: a text that nothing can be wrong with."""
    return (type(value) is str and prop.value is Value.TEXT and value.isascii()
            and (not prop.indexed or len(value) <= MAX_INDEXED_BYTES))


def node_id(text: str) -> str:
    """`text` as a key. One that had to change ends in a checksum of what it was: no two fall together."""
    if type(text) is str and len(text) <= MAX_ID_BYTES and text.isascii():
        return text
    plain = _text(text)
    if plain == text and len(plain.encode()) <= MAX_ID_BYTES:
        return plain
    return f"{shorten(plain, MAX_ID_BYTES // 2)}…{keys.digest(text)[:16]}"


def shorten(text: str, size: int) -> str:
    """The longest beginning of `text` that takes at most `size` bytes of UTF-8."""
    return text.encode()[:size].decode(errors="ignore")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(f"{type(value).__name__} is no text")
    return keys.unicode_text(str(value))


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in _INT64:
        raise Refused("no whole number of 64 bits")
    return value


def _real(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise Refused("no finite number")
    return number


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("neither yes nor no")
    return value


def _day(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refused("no date")
    return value


def _instant(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Refused("no instant with a time zone")
    return value.astimezone(UTC)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise Refused("no bytes")
    return value


def _texts(value: Any) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise Refused("no list of texts")
    return [_text(item) for item in value]


_FIT: dict[Value, Callable[[Any], Any]] = {
    Value.TEXT: _text, Value.WHOLE: _whole, Value.REAL: _real, Value.TRUTH: _truth, Value.DAY: _day,
    Value.INSTANT: _instant, Value.BYTES: _bytes, Value.TEXTS: _texts,
}
