"""`tailgraph explain`: what a statement of the graph rests on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json, dated
from tailgraph.errors import UsageError
from tailgraph.graph.shape import NODES, Label, Type
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.cli.outline import Item
    from tailgraph.graph.asof import When
    from tailgraph.graph.evidence import Evidence, RelationshipEvidence
    from tailgraph.graph.rows import Ref
    from tailgraph.graph.store import Store
    from tailgraph.ingest.points import Point

_KINDS = [label.value for label in NODES if label is not Label.META]


@click.command("explain")
@click.argument("names", metavar="ID | ID [TYPE] ID", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(_KINDS, case_sensitive=False), metavar="LABEL",
              help="What it is, where several nodes have this id: Aircraft, Operator, Allegation …")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
@click.option("--markdown", "is_markdown", is_flag=True, help="Print Markdown.")
@dated
@click.option("--points", "with_points", is_flag=True, help="Of a flight: list every position received.")
@click.pass_obj
def command(settings: Settings, names: tuple[str, ...], kind: str | None, is_json: bool, is_markdown: bool,
            with_points: bool, as_of: datetime | None = None, known_at: datetime | None = None) -> None:
    """Show what a node or a relationship of the graph rests on.

    ID is that of a claim, a flight, an aircraft, a unit, a country, a document or any other node, as the
    questions of the library print it, or the beginning of one that no other id shares; DOCUMENT#a0 may be
    shortened before its sign; an entity may be written by its whole name, an aircraft by its 24-bit address,
    and LABEL:ID says which of several is meant. A claim is shown with its sentences, in which the words that
    it was read from are marked, and with what the tracks say of it; a flight with its track files and how
    each value is known; an entity with facts and claims set apart.

    Two ids show every relationship between both, each with what it rests on: sentences, track files, rows
    of tables, judgements. TYPE, such as OPERATED_BY, shows those of one type.
    """
    from tailgraph.graph import server
    from tailgraph.graph.asof import When
    from tailgraph.graph.store import Store

    if is_json and is_markdown:
        raise UsageError("--json and --markdown exclude one another.", remedy="Give one of them.")
    when = When(as_of and as_of.date(), known_at and known_at.date())
    with Store(server.connect(settings), prepare=False) as store:
        found, flights = _found(store, names, kind, when)
        received = _received(store, flights) if with_points else None
    click.echo(_printed(found, received, is_json, is_markdown), nl=is_json)


def _found(store: Store, names: tuple[str, ...], kind: str | None,
           when: When) -> tuple[Evidence | RelationshipEvidence, list[Ref]]:
    """What a node or the relationships between two rest on; and the nodes themselves."""
    from tailgraph.graph.evidence import evidence, lookup, relationship_evidence

    if len(names) == 1:
        ref = lookup.find(store, names[0], [Label(kind)] if kind else lookup.EXPLAINED)
        return evidence(store, ref, when), [ref]
    if kind:
        raise UsageError("--kind is for one node.", remedy="Write each end of a relationship as LABEL:ID.")
    type_ = _type(names)
    ends = [lookup.find(store, name) for name in (names[0], names[-1])]
    return relationship_evidence(store, ends[0], ends[1], type_, when), ends


def _type(names: tuple[str, ...]) -> Type | None:
    if len(names) == 2:
        return None
    if len(names) > 3 or names[1].upper() not in Type.__members__:
        raise UsageError(f"{' '.join(names[1:-1])!r} is no type of relationship.",
                         remedy="Write ID TYPE ID with a type of docs/model.md, such as OPERATED_BY; put a "
                         "name of several words in quotation marks.")
    return Type[names[1].upper()]


def _received(store: Store, refs: list[Ref]) -> list[Point]:
    from tailgraph.ingest.points import points

    flights = [id_ for label, id_ in refs if label is Label.FLIGHT]
    if not flights:
        label, id_ = refs[0]
        raise UsageError(f"Only a flight has positions; {id_!r} is {label}.",
                         remedy="Leave --points out, or give the id of a flight.")
    return [point for flight in flights for point in points(store, flight)]


def _printed(found: Evidence | RelationshipEvidence, received: list[Point] | None, is_json: bool,
             is_markdown: bool) -> str:
    from tailgraph.cli import outline

    if is_json:
        more = {} if received is None else {"points": [point.model_dump(mode="json") for point in received]}
        return as_json({**found.model_dump(mode="json"), **more})
    root = _outline(found)
    if received is not None:
        from tailgraph.cli.outline_flights import points_items

        root = outline.item(root.line, *root.items, *points_items(received))
    return outline.markdown(root) if is_markdown else outline.tree(root)


def _outline(found: Evidence | RelationshipEvidence) -> Item:
    from tailgraph.cli.outline_entities import entity_outline, node_outline
    from tailgraph.cli.outline_flights import flight_outline
    from tailgraph.cli.outline_relationships import relationship_outline
    from tailgraph.cli.outline_reports import claim_outline, document_outline
    from tailgraph.graph.evidence import (
        ClaimEvidence,
        DocumentEvidence,
        EntityEvidence,
        FlightEvidence,
        RelationshipEvidence,
    )

    match found:
        case ClaimEvidence():
            return claim_outline(found)
        case FlightEvidence():
            return flight_outline(found)
        case EntityEvidence():
            return entity_outline(found)
        case DocumentEvidence():
            return document_outline(found)
        case RelationshipEvidence():
            return relationship_outline(found)
        case _:
            return node_outline(found)
