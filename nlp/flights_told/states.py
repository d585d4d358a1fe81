"""The state that an operator belongs to, where only its name says so ("Israeli Air Force"), or our table
does.
"""

from __future__ import annotations

import re
from functools import cache

from tailgraph.graph.model import Entity
from tailgraph.nlp.vocabulary import items, rows


@cache
def _country_names() -> tuple[dict[str, str], re.Pattern[str]]:
    codes: dict[str, str] = {}
    for row in rows("tailgraph.graph", "reference", "countries.csv"):
        doubtful = set(items(row, "ambiguous"))
        for name in items(row, "name", "names", "abbreviations", "former", "demonyms"):
            if name not in doubtful and len(name) > 2:
                codes.setdefault(name, row["iso2"])
    longest = sorted(codes, key=len, reverse=True)
    return codes, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


@cache
def _operators() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("tailgraph.graph", "reference", "operators.csv"):
        code = row.get("country") or row.get("state") or ""
        if len(code) == 2:
            for name in items(row, "name", "aliases", "names"):
                found.setdefault(name.casefold(), code)
    return found


def state_of(operator: Entity) -> str | None:
    """ISO code of an operator's state: by our table of operators, else by a country in its name."""
    for name in operator.names:
        code = _operators().get(name.casefold())
        if code:
            return code
    codes, pattern = _country_names()
    match = next((m for m in map(pattern.search, operator.names) if m), None)
    return codes[match.group()] if match else None
