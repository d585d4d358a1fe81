"""Whether an empty answer means that nothing is known, that there is no such entity, or that nothing was here
yet."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from tailgraph.errors import UsageError
from tailgraph.graph.store import Store
from tailgraph.queries.run import ask

_MISSING = "UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Entity {id: id}) } RETURN id"


_FIRST = "MATCH (n:Document|TrackFile|AircraftTable) RETURN toString(date(min(n.recorded_at))) AS day"


def first_day(store: Store) -> str | None:
    """The day (UTC, as 2024-03-28) on which the first of the sources here was recorded; None: none is."""
    ((day,),) = ask(store, _FIRST).rows
    return str(day) if day else None


def check(store: Store, ids: Sequence[str]) -> None:
    """Raises UsageError for the first of `ids` that no entity of the graph has."""
    if not ids:
        return
    for (missing,) in ask(store, _MISSING, {"ids": list(ids)}).rows:
        name = shlex.quote(f"name={missing}")
        raise UsageError(f"No entity has the id {missing!r};",
                         remedy=f"tailgraph query run find-entity --param {name} lists ids.")
