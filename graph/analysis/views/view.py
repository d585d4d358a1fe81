"""A view: a set of edges between entities, and what such an edge means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """What may be made of an edge. The order is that of strength."""

    FACT = "fact"
    """A table, a rule or a track says so, and is named."""
    JUDGEMENT = "judgement"
    """A person who works with this graph judged that both are one."""
    CLAIM = "claim"
    """Somebody says so."""
    MENTION = "mention"
    """Two names stand in one sentence; nothing is said of how they belong together."""


@dataclass(frozen=True, slots=True)
class View:
    """Edges between entities, read from the graph by constant statements.

    `around` takes `refs` [{kind, id}], `kinds` (those that may be reached), `ends` (ids that may be reached
    whatever their kind) and `most` (neighbours of one entity); it returns `from_kind`, `from_id`, `kind`,
    `id`, `name`, `degree` and `count`. `between` takes `start_kind`, `start`, `end_kind`, `end` and `most`
    and returns what one edge rests on. `whole` takes `after_kind` and `kinds` and returns all edges once:
    `start_kind`, `start`, `end_kind`, `end`, `count`. `parameters` go with each of them.
    """

    name: str
    standing: Standing
    what: str
    around: str
    between: str
    whole: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
