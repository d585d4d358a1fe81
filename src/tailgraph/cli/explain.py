"""`tailgraph explain`: what a statement of the graph rests on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json, dated
from tailgraph.errors import UsageError
from tailgraph.graph.shape import NODES, Label
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.cli.outline import Item
    from tailgraph.graph.evidence import Evidence
    from tailgraph.graph.rows import Ref
    from tailgraph.graph.store import Store
    from tailgraph.ingest.points import Point

_KINDS = [label.value for label in NODES if label is not Label.META]


@click.command("explain")
@click.argument("id_", metavar="ID")
@click.option("--kind", type=click.Choice(_KINDS, case_sensitive=False), metavar="LABEL",
              help="What it is, where several nodes have this id: Aircraft, Operator, Allegation …")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
@click.option("--markdown", "is_markdown", is_flag=True, help="Print Markdown.")
@dated
@click.option("--points", "with_points", is_flag=True, help="Of a flight: list every position received.")
@click.pass_obj
def command(settings: Settings, id_: str, kind: str | None, is_json: bool, is_markdown: bool,
            with_points: bool, as_of: datetime | None = None, known_at: datetime | None = None) -> None:
    """Show what a node of the graph rests on.

    ID is that of a claim, a flight, an aircraft, a unit, a country, a document or any other node, as the
    questions of the library print it, or the beginning of one that no other id shares; DOCUMENT#a0 may be
    shortened before its sign. A claim is shown with its sentences, in which the words that it was read from
    are marked, and with what the tracks say of it; a flight with its track files and how each value is
    known; an entity with facts and claims set apart.
    """
    from tailgraph.graph import server
    from tailgraph.graph.asof import When
    from tailgraph.graph.evidence import evidence, lookup
    from tailgraph.graph.store import Store

    if is_json and is_markdown:
        raise UsageError("--json and --markdown exclude one another.", remedy="Give one of them.")
    with Store(server.connect(settings), prepare=False) as store:
        ref = lookup.find(store, id_, Label(kind) if kind else None)
        found = evidence(store, ref, When(as_of and as_of.date(), known_at and known_at.date()))
        received = _received(store, ref) if with_points else None
    click.echo(_printed(found, received, is_json, is_markdown), nl=is_json)


def _received(store: Store, ref: Ref) -> list[Point]:
    from tailgraph.ingest.points import points

    if ref[0] is not Label.FLIGHT:
        raise UsageError(f"Only a flight has positions; {ref[1]!r} is {ref[0]}.",
                         remedy="Leave --points out, or give the id of a flight.")
    return points(store, ref[1])


def _printed(found: Evidence, received: list[Point] | None, is_json: bool, is_markdown: bool) -> str:
    from tailgraph.cli import outline

    if is_json:
        more = {} if received is None else {"points": [point.model_dump(mode="json") for point in received]}
        return as_json({**found.model_dump(mode="json"), **more})
    root = _outline(found)
    if received is not None:
        from tailgraph.cli.outline_flights import points_items

        root = outline.item(root.line, *root.items, *points_items(received))
    return outline.markdown(root) if is_markdown else outline.tree(root)


def _outline(found: Evidence) -> Item:
    from tailgraph.cli.outline_entities import entity_outline, node_outline
    from tailgraph.cli.outline_flights import flight_outline
    from tailgraph.cli.outline_reports import claim_outline, document_outline
    from tailgraph.graph.evidence import ClaimEvidence, DocumentEvidence, EntityEvidence, FlightEvidence

    match found:
        case ClaimEvidence():
            return claim_outline(found)
        case FlightEvidence():
            return flight_outline(found)
        case EntityEvidence():
            return entity_outline(found)
        case DocumentEvidence():
            return document_outline(found)
        case _:
            return node_outline(found)
