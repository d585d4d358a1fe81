"""An outline of lines within lines, as a tree for a terminal or a nested list in Markdown."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tailgraph.cli.output import cell

_PIPE_WIDTH = 120
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_STYLES = {"head": "bold", "claim": "bold yellow", "mark": "bold reverse", "dim": "dim", "": ""}
_STRONG = ("head", "claim", "mark")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and how they look: head, claim, mark, dim, or plain."""

    text: str
    style: str = ""

    @property
    def plain(self) -> str:
        """On one line, without what could drive a terminal."""
        return re.sub(r"\s+", " ", cell(self.text))


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Item:
    line: Line
    items: tuple[Item, ...] = ()


def item(text: str | Line, *items: Item, style: str = "") -> Item:
    return Item((Piece(text, style),) if isinstance(text, str) else text, items)


def section(title: str, items: Sequence[Item], *, style: str = "head") -> tuple[Item, ...]:
    """A heading with what belongs under it; nothing where nothing does."""
    return (item(title, *items, style=style),) if items else ()


def tree(root: Item) -> str:
    """The outline drawn with lines, as wide as the terminal; coloured only where one is watching."""
    from rich.console import Console

    is_watched = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_watched else _PIPE_WIDTH
    console = Console(width=max(width, 40), highlight=False, markup=False, emoji=False,
                      force_terminal=is_watched, no_color=not is_watched)
    with console.capture() as capture:
        console.print(_branch(root))
    return re.sub(r" +$", "", capture.get(), flags=re.MULTILINE)


def _branch(root: Item) -> object:
    from rich.text import Text
    from rich.tree import Tree

    branch = Tree(Text.assemble(*((piece.plain, _STYLES[piece.style]) for piece in root.line)))
    for child in root.items:
        branch.children.append(_branch(child))  # type: ignore[arg-type]
    return branch


def markdown(root: Item) -> str:
    """Headings for the whole and each section, nested lists below; no text of a report can become markup."""
    lines = [f"# {_inline(root.line, is_heading=True)}", ""]
    for part in root.items:
        if not part.items:
            lines += [f"- {_inline(part.line)}"]
            continue
        lines += ["", f"## {_inline(part.line, is_heading=True)}", ""]
        lines += [line for child in part.items for line in _bullets(child, 0)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _bullets(entry: Item, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {_inline(entry.line)}"
    for child in entry.items:
        yield from _bullets(child, depth + 1)


def _inline(line: Line, *, is_heading: bool = False) -> str:
    parts = [_strong(_escaped(piece.plain)) if piece.style in _STRONG and not is_heading
             else _escaped(piece.plain) for piece in line]
    text = "".join(parts).strip()
    # What would begin a list or a numbered one, as the first thing of a line.
    return re.sub(r"^([-+]|\d+[.)])(?=\s|$)", r"\\\1", text)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _strong(text: str) -> str:
    """Bold needs its stars right at the words."""
    inner = text.strip()
    return text.replace(inner, f"**{inner}**", 1) if inner else text
