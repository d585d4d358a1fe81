"""Report text made safe to parse: no run of characters that costs quadratic time, no piece that spaCy
refuses.

Every step keeps the length of the text and thereby all offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# spaCy's tokenizer peels affixes off a run of non-space characters one by one: 16 KB of quotes cost 75 s.
MAX_RUN = 256
# spaCy refuses more than a million characters; smaller pieces also keep the parser's memory flat.
MAX_PIECE = 50_000

_LONG_RUN = re.compile(rf"(\S{{{MAX_RUN}}})(\S+)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_SPACE = re.compile(r"\s+")


def guarded(content: str) -> str:
    """`content` with the tail of every run of more than 256 non-space characters blanked; same length."""
    text = _LONG_RUN.sub(lambda run: run[1] + " " * len(run[2]), content)
    # Lone surrogates are no characters; spaCy hands its text to UTF-8.
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def pieces(content: str, limit: int = MAX_PIECE) -> Iterator[tuple[int, int]]:
    """Cuts of `content` into at most `limit` characters: at paragraphs, else at spaces, else anywhere.

    The pieces follow each other without gap or overlap, so joining them gives `content` again.
    """
    start = 0
    while len(content) - start > limit:
        cut = (
            _last_end(_PARAGRAPH, content, start, start + limit)
            or _last_end(_SPACE, content, start + limit // 2, start + limit)
            or start + limit
        )
        yield start, cut
        start = cut
    if start < len(content):
        yield start, len(content)


def paragraphs(content: str) -> Iterator[int]:
    """The offset at which each paragraph begins."""
    yield 0
    for gap in _PARAGRAPH.finditer(content):
        if gap.end() < len(content):
            yield gap.end()


def _last_end(pattern: re.Pattern[str], content: str, start: int, end: int) -> int | None:
    last = None
    for match in pattern.finditer(content, start, end):
        last = match.end()
    return last
