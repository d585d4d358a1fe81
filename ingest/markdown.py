"""Markdown → paragraphs of plain text, by a CommonMark parser: what a reader sees, without the marks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from tailgraph.ingest import html, prose

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def read(text: str) -> Iterator[tuple[str, list[str]]]:
    """The title (the first block, where that is a heading of level one, else "") and the paragraphs.

    An iterator of this one pair, for `guard.collect`: some texts keep any Markdown parser busy for hours.
    """
    tokens = _parser().parse(text)
    blocks = list(_blocks(tokens))
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1" and blocks:
        yield blocks[0], blocks[1:]
    else:
        yield "", blocks


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")


def _blocks(tokens: list[Token]) -> Iterator[str]:
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield from filter(None, [" | ".join(filter(None, row))])
            row = None
        elif found := _text_of(token):
            if row is None:
                yield from found
            else:
                row.extend(found)


def _text_of(token: Token) -> list[str]:
    match token.type:
        case "inline":
            return list(filter(None, map(prose.line, _inline(token).split("\0"))))
        case "fence" | "code_block":
            return prose.paragraphs(prose.characters(token.content))
        case "html_block":
            return html.words(token.content)
        case _:
            return []


def _inline(token: Token) -> str:
    """The text of one block; a hard line break becomes NUL, an image its description."""
    parts: list[str] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline" | "image":
                parts.append(child.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\0")
    return "".join(parts)
