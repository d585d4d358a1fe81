"""A folder of CSV files: one for each label, `nodes-LABEL.csv`, and each type, `edges-TYPE.csv`."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tailgraph.graph.export.cells import runs
from tailgraph.graph.export.contents import HELD, Contents
from tailgraph.graph.export.losses import Losses
from tailgraph.graph.export.standing import of_edge, of_node
from tailgraph.graph.export.texts import plain
from tailgraph.graph.shape import EDGES, NODES, Label, Type, Value

_NODE_HEAD = ("id", "standing")
_EDGE_HEAD = ("start_kind", "start_id", "end_kind", "end_id", "standing")
_APOSTROPHE = "an apostrophe before what a spreadsheet would run"
_NUL = "NUL characters went"


def write(contents: Contents, folder: Path, losses: Losses) -> None:
    """The folder must be there and empty. Lists are JSON; an empty cell is an absent value or no text."""
    with ExitStack() as stack:
        files = {label: _file(stack, folder / f"nodes-{label}.csv", (*_NODE_HEAD, *_names(label)))
                 for label in HELD}
        for node in contents.nodes():
            losses.nodes[node.label] += 1
            row = (node.id, of_node(node.label), *(node.properties.get(name) for name in _names(node.label)))
            files[node.label].writerow([_cell(value, node.label, losses) for value in row])
    with ExitStack() as stack:
        columns = {type_: _edge_names(type_) for type_ in sorted({edge.type for edge in EDGES})}
        files_of = {type_: _file(stack, folder / f"edges-{type_}.csv", (*_EDGE_HEAD, *columns[type_]))
                    for type_ in columns}
        for edge in contents.edges():
            losses.edges[edge.type] += 1
            found = (*edge.start, *edge.end, of_edge(edge.type, edge.start[0], edge.end[0]),
                     *(edge.properties.get(name) for name in columns[edge.type]))
            files_of[edge.type].writerow([_cell(value, edge.type, losses) for value in found])


def _file(stack: ExitStack, path: Path, head: tuple[str, ...]) -> Any:
    writer = csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")))
    writer.writerow(head)
    return writer


def _names(label: Label) -> tuple[str, ...]:
    return tuple(prop.name for prop in NODES[label].properties
                 if prop.name != "id" and prop.value is not Value.BYTES)


def _edge_names(type_: Type) -> tuple[str, ...]:
    return tuple(dict.fromkeys(prop.name for edge in EDGES if edge.type is type_ for prop in edge.properties))


def _cell(value: Any, what: str, losses: Losses) -> Any:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = plain(value)
    if "\0" in text:
        losses.change(what, _NUL)
        text = text.replace("\0", "")
    if runs(text):
        losses.change(what, _APOSTROPHE)
        return f"'{text}"
    return text
