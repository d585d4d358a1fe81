"""What a statement of a user may do: read the graph, and nothing else.

Neo4j's read mode refuses writes, but not LOAD CSV (files and addresses), not SHOW or TERMINATE, and not
procedures and functions that reach outside. So a statement is looked at before it runs: its words, then the
plan that Neo4j makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tailgraph.errors import QueryRefused, UsageError

PROCEDURES = frozenset({
    "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization",
    "db.schema.nodetypeproperties", "db.schema.reltypeproperties", "db.index.fulltext.querynodes",
    "db.index.fulltext.queryrelationships",
})
# Functions with a dot in their name that Cypher itself brings along and that only compute.
_NAMESPACES = frozenset({"date", "datetime", "time", "localtime", "localdatetime", "duration", "point",
                         "vector"})
_PREFIXES = frozenset({"explain", "profile", "cypher", "use"})
_TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `(?:[^`]|``)*` | //[^\n]* | /\*.*?\*/""",
                    re.VERBOSE | re.DOTALL)
_DOTTED_CALL = re.compile(r"\w+(?:\s*\.\s*\w+)+(?=\s*\()")
_READ = "r"
MAX_STATEMENT = 100_000


def check_words(statement: str) -> None:
    """Raises QueryRefused for what need not be planned to be refused, UsageError where nothing is asked."""
    if not statement.strip():
        raise UsageError("There is no statement.",
                         remedy="Give one, such as 'MATCH (a:Aircraft) RETURN a.id'.")
    if len(statement) > MAX_STATEMENT:
        raise QueryRefused(f"The statement has more than {MAX_STATEMENT:,} characters.", remedy="Shorten it.")
    # Neo4j decodes \uXXXX before it reads a statement, even where that ends a string or a name.
    if "\\u" in statement.lower():
        raise QueryRefused(r"A statement must not hold \u escapes.",
                           remedy="Write the character itself, or pass it as a parameter.")
    bare = _TOKEN.sub(_without_text, statement)
    first = re.search(r"\w+", bare)
    if first and first[0].lower() in _PREFIXES:
        raise QueryRefused(f"A statement must not begin with {first[0].upper()}.",
                           remedy="Leave that word out.")
    for call in _DOTTED_CALL.finditer(bare):
        name = re.sub(r"\s", "", call[0]).lower()
        if name not in PROCEDURES and name.partition(".")[0] not in _NAMESPACES:
            raise QueryRefused(f"{name} is not among the procedures and functions that may be called.",
                               remedy=f"Procedures: {', '.join(sorted(PROCEDURES))}.")


def _without_text(token: re.Match[str]) -> str:
    """Strings and comments go, names in backticks lose them."""
    text = token[0]
    return text[1:-1] if text.startswith("`") else "''" if text[0] in "'\"" else " "


def check_plan(kind: str | None, plan: Mapping[str, Any] | None) -> None:
    """Raises QueryRefused unless the plan only reads. `kind` is Neo4j's query type, `plan` its EXPLAIN."""
    if kind != _READ or plan is None:
        raise QueryRefused("The statement does more than read.",
                           remedy="Only statements that read may run; ingest and retract change the graph.")
    for operator, details in _operators(plan):
        name = operator.lower()
        if name.startswith(("loadcsv", "show", "terminate")):
            raise QueryRefused(f"The statement uses {operator}.", remedy="Only reading the graph is allowed.")
        if "procedurecall" in name and re.split(r"[\s(]", details, maxsplit=1)[0].lower() not in PROCEDURES:
            raise QueryRefused(f"The statement calls {details.partition('(')[0]}.",
                               remedy=f"Procedures that may be called: {', '.join(sorted(PROCEDURES))}.")


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every operator of a plan, without its "@neo4j" suffix, and its details."""
    waiting = [plan]
    while waiting:
        step = waiting.pop()
        yield str(step["operatorType"]).partition("@")[0], str(step.get("args", {}).get("Details", ""))
        waiting.extend(step.get("children", ()))
