"""What kind of body a listed organisation is: `lexicons/organizations.csv` says it of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tailgraph.graph.model import Entity
from tailgraph.nlp import vocabulary


def class_of(entity: Entity) -> str | None:
    """`media`, `government`, `group`, … as listed; None for a body that is not listed."""
    names = (entity.id, *entity.names)
    return next((_classes()[name] for name in names if name in _classes()), None)


@cache
def _classes() -> Mapping[str, str]:
    """The class of each body by its name, and by its other names ("New York Times")."""
    found: dict[str, str] = {}
    bodies = list(vocabulary.rows("tailgraph.nlp", "lexicons", "organizations.csv"))
    for row in bodies:
        found.setdefault(row["name"], row["class"])
    for row in bodies:
        for alias in filter(None, row["aliases"].split("|")):
            found.setdefault(alias, row["class"])
    return found
