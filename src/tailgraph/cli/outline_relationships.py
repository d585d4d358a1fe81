"""Relationships between two nodes as an outline: what each says, how far that goes, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tailgraph.cli.identity import sentence
from tailgraph.cli.outline import Item, Piece, item, section
from tailgraph.cli.outline_flights import file_item
from tailgraph.cli.outline_reports import recorded_items, sentence_item, short, source_items
from tailgraph.graph.evidence.grounds import Mentioned, TableRow
from tailgraph.graph.evidence.relationship import EdgeEvidence, RelationshipEvidence, Standing, Told
from tailgraph.graph.shape import TRACK_PREFIX
from tailgraph.wording import many

_SHOWN_APART = frozenset({"source", "key", "table"})


def relationship_outline(found: RelationshipEvidence) -> Item:
    return item(many(len(found.edges), "relationship"),
                *map(_edge, found.edges), style="head")


def _edge(edge: EdgeEvidence) -> Item:
    style = "claim" if edge.standing is Standing.CLAIM else "head"
    return item(
        (Piece(f"{edge.start_kind} {short(edge.start)} {edge.type} {edge.end_kind} {short(edge.end)}", style),
         Piece(f": {edge.standing}")),
        *section("What it says", tuple(_values(edge.values))),
        *section("Source", tuple(_source(edge))),
        *(told for one in edge.told for told in section("Report", tuple(_told(one)))),
        *section("Track files", tuple(map(file_item, edge.files))),
        *section("Judged by people", tuple(item(sentence(one)) for one in edge.judgements)),
        *section("Ends that people judged to be one with others",
                 tuple(item(sentence(one)) for one in edge.judged)),
        *section("What was found", tuple(_values(edge.finding or {}))),
        *section("Run", tuple(recorded_items(None, edge.runs))[1:]))


def _values(values: dict[str, Any]) -> Iterable[Item]:
    for name, value in sorted(values.items()):
        if name not in _SHOWN_APART and value not in (None, []):
            yield item(f"{name}: {', '.join(value) if isinstance(value, list) else value}")


def _source(edge: EdgeEvidence) -> Iterator[Item]:
    if edge.source and not edge.source.startswith(TRACK_PREFIX):
        yield item(edge.source)
    if edge.row:
        yield _row(edge.row)


def _row(row: TableRow) -> Item:
    return item((Piece(row.name or "(no name)", "head"), Piece(f", {row.format}; table {short(row.table)}")),
                item("the row says", *_values(row.said)), *tuple(recorded_items(None, row.runs))[1:])


def _told(told: Told) -> Iterator[Item]:
    yield from map(sentence_item, told.sentences)
    if told.mention:
        yield item(_mention(told.mention))
    yield item(f"read by: {told.source.extractor}{f'; rule: {told.rule}' if told.rule else ''}")
    yield from source_items(told.source)


def _mention(mention: Mentioned) -> str:
    return (f"characters {mention.start} to {mention.end} name a {mention.kind}; found by {mention.method}, "
            f"confidence {mention.confidence}")
