"""What an analysis answers: findings in order, over named views, with all that is needed to judge them."""

from __future__ import annotations

from typing import Any

from tailgraph.graph.analysis.steps import Node
from tailgraph.graph.model import Record


class Finding(Record):
    """`members` are the entities that it is about; `values` its columns, ready to be printed."""

    rank: int
    score: float
    text: str
    values: dict[str, Any]
    members: tuple[Node, ...]


class Analysis(Record):
    """`views`: what an edge means in each. `notes`: size, method, bounds, and how not to read it."""

    analysis: str
    views: dict[str, str]
    parameters: dict[str, Any]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]


def called(node: Node) -> str:
    """An entity as it is shown in a line."""
    return f"{node.name} ({node.kind} {node.id})" if node.name and node.name != node.id else (
        f"{node.id} ({node.kind})")
