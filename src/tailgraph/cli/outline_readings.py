"""How two readings of reports differ, as an outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tailgraph.cli import outline
from tailgraph.cli.outline import Item, Piece, item
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.graph.contributions import Both, Put
    from tailgraph.graph.readings import Changed, Delta, ReadClaim
    from tailgraph.graph.store import Store

_SHORT = 12
_SHOWN = 200
Texts = dict[str, str]
"""Document id → the text in which offsets count."""


def show(head: str, items: list[Item]) -> None:
    click.echo(outline.tree(outline.item(head, *items[:_SHOWN], style="head")), nl=False)
    if len(items) > _SHOWN:
        click.echo(f"… and {len(items) - _SHOWN} more (--json has them all).", err=True)


def counted(both: Iterable[Both]) -> str:
    from tailgraph.graph import readings

    total = readings.count(one.delta for one in both)
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in total.items() if number) or (
        "nothing differs")


def put_item(one: Put) -> Item:
    claims = f", {many(one.claims, 'claim')}" if one.claims else ""
    return item(f"{one.kind} {one.id[:_SHORT]} {one.name or ''}{claims}")


def both_item(one: Both, texts: Texts) -> Item:
    return item(f"Document {one.id[:_SHORT]} {one.name or ''}", *_delta(one.delta, texts.get(one.id, "")),
                style="head")


def _delta(found: Delta, text: str) -> Iterator[Item]:
    yield from (_claim("+", claim, text) for claim in found.added)
    yield from (_claim("-", claim, text) for claim in found.gone)
    yield from (_changed(one, text) for one in found.changed)
    for sign, mentions in (("+", found.mentions_added), ("-", found.mentions_gone)):
        if mentions:
            yield item(f"{sign} {many(len(mentions), 'mention')}",
                       *(item(_mention(one, text)) for one in mentions))


def _claim(sign: str, claim: ReadClaim, text: str) -> Item:
    says = (item(f"{name}: {_flat(value)}") for name, value in sorted(claim.says.items()))
    return item((Piece(f"{sign} {claim.kind}: ", "claim"), Piece(text[claim.start:claim.end])), *says)


def _changed(one: Changed, text: str) -> Item:
    slots = (item(f"{name}: {_flat(before)} → {_flat(after)}") for name, (before, after) in one.slots.items())
    return item((Piece(f"~ {one.after.kind}: ", "claim"), Piece(text[one.after.start:one.after.end])), *slots)


def _mention(mention: str, text: str) -> str:
    where, _, what = mention.partition(" ")
    start, _, end = where.partition("-")
    return f"“{text[int(start):int(end)]}” {what}"


def _flat(value: Any) -> str:
    match value:
        case None | []:
            return "nothing"
        case list() | tuple():
            return ", ".join(map(_flat, value))
        case dict():
            return ", ".join(f"{name} {_flat(inner)}" for name, inner in value.items())
        case _:
            return str(value)


def texts(store: Store, ids: list[str]) -> Texts:
    from tailgraph.graph import contributions

    return {document.id: document.content for document, _ in contributions.texts(store, ids)}
