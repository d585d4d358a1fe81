"""An entity, or any other node, as an outline: what sources say is so, and apart from it what is claimed."""

from __future__ import annotations

from collections.abc import Iterable

from tailgraph.cli.identity import sentence
from tailgraph.cli.outline import Item, Piece, item, section
from tailgraph.cli.outline_flights import statement_item
from tailgraph.cli.outline_reports import ROLES, moment, said_item, sentence_item, short
from tailgraph.graph.evidence.entity import EntityEvidence, Flew, MentionedIn, SaidOf
from tailgraph.graph.evidence.neighbours import NodeEvidence
from tailgraph.graph.evidence.sameness import Sameness
from tailgraph.wording import many


def entity_outline(entity: EntityEvidence) -> Item:
    counts = entity.counts
    listed = sum(fact.is_incoming for fact in entity.facts)
    return item(
        f"{entity.kind} {entity.id}: {entity.values.get('name')} "
        f"(named in {many(counts.reports, 'report')}, {many(counts.said, 'claim')})",
        *section("What tables, rules and tracks say (each with its source)", (
            *fact_items(entity), *_more(counts.incoming, listed, "statements"))),
        *section("Judged by people", tuple(_judged(entity.sameness))),
        *section(f"Tracked flights ({counts.flights})", (
            *map(_flew, entity.flights),
            *_more(counts.flights, len({flew.id for flew in entity.flights}), "flights"))),
        *section("Claims (said by somebody, not facts)", tuple(_claims(entity)), style="claim"),
        *section(f"Mentions ({counts.mentions}, by document: {counts.documents})", (
            *map(_mentioned, entity.mentions), *_more(counts.documents, len(entity.mentions), "documents"))),
        style="head")


def fact_items(entity: EntityEvidence) -> tuple[Item, ...]:
    """Its own values, then what sources state."""
    return (*(item(f"{name}: {value}") for name, value in sorted(entity.values.items())
              if name not in ("name", "recorded_at") and value is not None),
            *map(statement_item, entity.facts))


def mention_items(entity: EntityEvidence, most: int) -> tuple[Item, ...]:
    """At most so many of the sentences that name it, under their reports."""
    return tuple(_mentioned(found) for found in entity.mentions)[:most]


def _judged(found: Sameness) -> Iterable[Item]:
    if found.merged_with:
        yield item(f"read as one with: {', '.join(found.merged_with)}", style="head")
    if found.conflicts:
        yield item(f"in conflict, so not merged with: {', '.join(found.one_with)}",
                   *(item(sentence(judgement)) for judgement in found.conflicts), style="claim")
    for judgement in (*found.judgements, *found.others):
        yield item(sentence(judgement))
    for judgement in found.revoked:
        yield item(f"taken back on {judgement.revoked_at:%Y-%m-%d} by {judgement.revoked_by}: "
                   f"{sentence(judgement)}")


def _more(count: int, listed: int, what: str) -> tuple[Item, ...]:
    return (item(f"and {count - listed} more {what}"),) if count > listed else ()


def _claims(entity: EntityEvidence) -> Iterable[Item]:
    for role in sorted(entity.counts.claims, key=list(ROLES).index):
        said = [claim for claim in entity.claims if claim.role == role]
        count = entity.counts.claims[role]
        yield item(f"as {role} ({ROLES[role]}): {count}", *map(_said_of, said),
                   *_more(count, len(said), "claims"), style="claim")


def _said_of(said: SaidOf) -> Item:
    more = ("; the text leaves open whether this is meant" if said.is_open else "") + (
        f"; track: {said.track}" if said.track else "") + (f"; under the name {said.of}" if said.of else "")
    return said_item(said, more)


def _flew(flew: Flew) -> Item:
    through = f" through {flew.through}" if flew.through else ""
    return item(f"{flew.id} ({flew.how}{through}): {moment(flew.first_seen)} to {moment(flew.last_seen)}; "
                f"{'; '.join(flew.ends) or 'ends not known'}; night: {flew.night}")


def _mentioned(found: MentionedIn) -> Item:
    publisher = f"{found.publisher}: " if found.publisher else ""
    return item((Piece(f"{publisher}{found.title or 'no title'}", "head"),
                 Piece(f" ({found.published or 'no date'}; document {short(found.id)}): {found.count}")),
                *map(sentence_item, found.sentences))


def node_outline(node: NodeEvidence) -> Item:
    values = tuple(item(f"{name}: {value}") for name, value in sorted(node.values.items())
                   if value is not None)
    return item(f"{node.kind} {node.id}", *section("Properties", values), *section("Connected with", tuple(
        item(f"{'from' if near.is_incoming else 'to'} {near.kind} by {near.type} ({near.count})",
             *map(item, near.ids), *_more(near.count, len(near.ids), "nodes"))
        for near in node.neighbours)), style="head")
