r"""Values as Cypher literals, for a script that others load.

Neo4j decodes \uXXXX before it reads a statement, wherever it stands: the six characters \u0027 inside a text
would end it. So no backslash that belongs to a text is ever followed by a `u` in what is written here; the
text is cut in two after it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tailgraph.graph.export.texts import instant, plain

# Controls, and what makes a terminal or an editor show another order than is there.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CUT = r"\\' + '"


def text(value: str) -> str:
    """A Cypher expression that is exactly `value`, on one line and harmless in a terminal."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    # An odd one: `\\` and `u` stand side by side. Cut between them.
    escaped = re.sub(r"\\\\(?=[uU])", lambda _: _CUT, escaped)
    escaped = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return f"('{escaped}')" if _CUT in escaped else f"'{escaped}'"


def literal(value: Any) -> str:
    """A Cypher expression for a value of the graph; raises TypeError for bytes and other kinds."""
    match value:
        case None:
            return "null"
        case bool():
            return plain(value)
        case int():
            return str(value) if value > -(2**63) else f"toInteger('{value}')"
        case float():
            if not math.isfinite(value):
                raise TypeError(f"{value} has no literal")
            return repr(value).replace("e+", "e")
        case str():
            return text(value)
        case datetime():
            return f"datetime('{instant(value)}')"
        case date():
            return f"date('{value.isoformat()}')"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
        case Mapping():
            return "{" + ", ".join(f"{_name(name)}: {literal(inner)}" for name, inner in value.items()) + "}"
        case _:
            raise TypeError(f"{type(value).__name__} has no literal")


def _name(name: str) -> str:
    """Names are ours, from the shape; anything else is refused rather than quoted."""
    if not _WORD.fullmatch(name):
        raise TypeError(f"{name!r} is no name of ours")
    return name
