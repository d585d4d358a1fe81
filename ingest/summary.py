"""What a run has put in, what it has refused and why: kept while it runs, shown at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tailgraph.errors import TailgraphError
from tailgraph.graph.values import Problem

Step = Callable[[str], None]
"""Told the name of each input as its turn comes."""


@dataclass(frozen=True, slots=True)
class Remark:
    """An input, and what its reader should know of it."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(slots=True)
class Summary:
    """`counts` are of what is new or replaced; `unchanged` inputs were in the graph before; `waiting` ones
    are kept on disk, since Neo4j did not answer."""

    stored: int = 0
    unchanged: int = 0
    waiting: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def refuse(self, name: str, error: TailgraphError) -> None:
        where = "" if error.where in (None, name) else f"{error.where}: "
        self.refused.append(Remark(name, " ".join(filter(None, [where + error.message, error.remedy]))))

    def note(self, name: str, text: str) -> None:
        self.notes.append(Remark(name, text))

    def problem(self, problems: Iterable[Problem]) -> None:
        for problem in sorted(set(problems)):
            self.note(problem.where, f"{problem.field}: {problem.message}")

    def found(self, **counts: int) -> None:
        self.counts.update(counts)

    def as_json(self) -> dict[str, Any]:
        return {"stored": self.stored, "unchanged": self.unchanged, "waiting": self.waiting,
                "found": dict(self.counts),
                "refused": [{"name": remark.name, "reason": remark.text} for remark in self.refused],
                "notes": [{"name": remark.name, "text": remark.text} for remark in self.notes]}
