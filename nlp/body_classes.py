"""What kind of body a listed organisation is: `lexicons/organizations.csv` says it of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tailgraph.graph.model import Entity
from tailgraph.nlp import vocabulary


def class_of(entity: Entity) -> str | None:
    """`media`, `government`, `group`, … as listed; None for a body that is not listed."""
    return _classes().get(entity.id)


@cache
def _classes() -> Mapping[str, str]:
    bodies = vocabulary.rows("tailgraph.nlp", "lexicons", "organizations.csv")
    return {row["name"]: row["class"] for row in bodies}
