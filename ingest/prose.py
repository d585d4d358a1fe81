"""Characters and lines → clean paragraphs: the form in which every report is stored.

Normalised text is NFC, has no control, formatting or bidirectional-override characters, only plain spaces,
and its paragraphs are single lines. Normalising it again changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028]")
_ASCII_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
# Joiners shape Arabic, Indic and emoji text; between Latin letters they only hide a word from a search.
_IDLE_JOINER = re.compile(
    "(?<![\u0590-\u1cff\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]"
    "|[\u200c\u200d](?![\u0590-\u1cff\U0001f000-\U0001faff\u2600-\u27bf])")
_JOINERS = "\u200c\u200d"
_MAX_MARKS = 30  # the stream-safe limit of Unicode Standard Annex 15; longer runs make normalising quadratic

# Lines no wider than this were wrapped by hand or by an editor, where most of a text stands in them.
_WRAP_WIDTH = 120
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[-*•·–—▪◦‣]|\(?(?:\d{1,2}|[a-z])[.)])\s")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}-$")
_OVER_A_LINE_END = re.compile(r"[\w-]{0,40}- *\n\s*\w*")
_DASH_END = ("--", " -")


def characters(text: str) -> str:
    """`text` with the characters of normalised prose; lines end in a newline, and stay."""
    return _SPACES.sub(" ", cleaned(text))


def cleaned(text: str) -> str:
    """As `characters`, with runs of spaces and tabs kept: Markdown gives them a meaning."""
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    if not text.isascii():
        text = "".join(_kept(char) for char in text)
        text = unicodedata.normalize("NFC", _few_marks(_IDLE_JOINER.sub("", text)))
    else:
        text = _ASCII_CONTROLS.sub("", text)
    return text


def _kept(char: str) -> str:
    if char in "\n\t" or " " <= char <= "~" or char in _JOINERS:
        return char
    match unicodedata.category(char):
        case "Cc" | "Cf":
            return ""
        case "Zs":
            return " "
        case "Cs":
            return "\ufffd"
        case _:
            return char


def _few_marks(text: str) -> str:
    """At most 30 combining marks in a row; no script needs more."""
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def line(text: str) -> str:
    """Normalised text on one line: a title, a name."""
    return " ".join(characters(text).split())


def paragraphs(text: str, *, typeset: bool = False) -> list[str]:
    """The paragraphs of normalised characters: blocks between blank lines, wrapped lines joined.

    Where most of the text stands in lines of at most 120 characters, a line break inside a block is a wrap
    unless the line above ended early; in a wider text each line is a paragraph. `typeset` says that words
    were hyphenated at line ends, as in a PDF.
    """
    lines = [row.strip() for row in text.split("\n")]
    narrow = [len(row) for row in lines if len(row) <= _WRAP_WIDTH]
    if 2 * sum(narrow) < sum(map(len, lines)):
        return [row for row in lines if row]
    width = max(narrow, default=0)
    words = _Words(text, typeset)
    return [paragraph for block in _blocks(lines) for paragraph in _unwrap(block, width, words)]


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for row in lines:
        if row:
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _unwrap(block: Sequence[str], width: int, words: _Words) -> Iterator[str]:
    parts = [block[0]]
    for above, below in pairwise(block):
        if _ends_early(above, below, width):
            yield "".join(parts)
            parts = [below]
        else:
            parts[-1] = words.end(above, below)
            parts.append(below)
    yield "".join(parts)


def _ends_early(above: str, below: str, width: int) -> bool:
    """Whether a writer, not the margin, ended the line: its next word would have fitted."""
    if len(above) > width or _BULLET.match(below) or _is_rule(above) or _is_rule(below):
        return True
    filled = len(above) + 1 + len(below.split(" ", 1)[0])
    if filled > 0.9 * width or (above.endswith("-") and not above.endswith(_DASH_END)):
        return False
    return filled <= 0.6 * width or _SENTENCE_END.search(above) is not None


def _is_rule(row: str) -> bool:
    """A line of signs only, as one of dashes between two parts."""
    return len(row) > 2 and not any(map(str.isalnum, row))


class _Words:
    """The words of a text, to tell a word broken at a line end from a compound that has its own hyphen."""

    def __init__(self, text: str, typeset: bool) -> None:
        self._typeset = typeset
        self._known: frozenset[str] | None = None
        self._text = text

    def end(self, left: str, right: str) -> str:
        """The line `left` as it stands before `right` on one line: "informa-" | "tion" → "informa",
        "Il-" | "76" → "Il-", "the" | "plane" → "the "."""
        if not left.endswith("-") or left.endswith(_DASH_END):
            return f"{left} "
        if not _BROKEN_WORD.search(left) or not right[:1].islower():
            return left
        head = re.split(r"[\s(\"'“‘]", left[:-1])[-1].casefold()
        tail = re.split(r"\W", right, maxsplit=1)[0].casefold()
        return left[:-1] if self._is_broken(head, tail) else left

    def _is_broken(self, head: str, tail: str) -> bool:
        if self._known is None:
            whole = _OVER_A_LINE_END.sub(" ", self._text.casefold())
            self._known = frozenset(re.findall(r"\w+(?:-\w+)*", whole))
        if head + tail in self._known:
            return True
        if f"{head}-{tail}" in self._known or {head, tail} <= self._known:
            return False
        return self._typeset
