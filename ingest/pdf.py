"""A PDF file → lines page by page, with running heads, feet and page numbers taken out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tailgraph.errors import InputRefused
from tailgraph.ingest import prose

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2_000
MAX_TEXT = 10_000_000
_EDGE = 2  # lines at the top and foot of a page that may be running heads
_DIGITS = re.compile(r"\d+")
_NUMBER_LINE = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_MADE_BY_PROGRAM = re.compile(
    r"(?i)^(?:microsoft word\b|untitled|(?:document|presentation)\d*$|.*\.(?:docx?|pdf|indd|odt|qxd)$)")
_SCANNED_REMEDY = "If its pages are scanned images, run text recognition (OCR) first."


def read(file: bytes | str) -> Iterator[str | None]:
    """First the declared title ("" where there is none), then the text of each page (None where the page is
    broken); for `guard.collect`. `file` is the content or its absolute path.

    Raises InputRefused for files that are encrypted, broken, or of more than 2,000 pages.
    """
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file if isinstance(file, str) else io.BytesIO(file))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputRefused("It is encrypted.", remedy="Save a copy without a password and give that.")
        if len(reader.pages) > MAX_PAGES:
            raise InputRefused(f"It has {len(reader.pages):,} pages; at most {MAX_PAGES:,} are read.",
                               remedy="Split it.")
        title = reader.metadata.title if reader.metadata else None
        yield title if isinstance(title, str) else ""
        length = 0
        for number in range(len(reader.pages)):
            text = _page_text(reader, number)
            length += len(text or "")
            if length > MAX_TEXT:
                raise InputRefused(f"It holds more than {MAX_TEXT:,} characters.", remedy="Split it.")
            yield text
    except DependencyError as error:
        raise InputRefused("It is encrypted in a way that needs more software.",
                           remedy="Save a copy without a password and give that.") from error
    except (MemoryError, RecursionError, InputRefused):
        raise
    except Exception as error:  # pypdf meets broken files with any exception there is
        raise InputRefused(f"It is broken: {type(error).__name__}.",
                           remedy="Print it to a new PDF file, or save its text.") from error


def _page_text(reader: PdfReader, number: int) -> str | None:
    try:
        return reader.pages[number].extract_text()
    except MemoryError:
        raise
    except Exception:  # as above; the other pages may be sound
        return None


def paragraphs(pages: Sequence[str | None]) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs of the whole file, and the running heads and feet that were left out (numbers as "#").

    Raises InputRefused where no page holds any text.
    """
    if pages and not any(page is not None for page in pages):
        raise InputRefused("All its pages are broken.", remedy="Print it to a new file, or save its text.")
    lines = [[row for line in prose.characters(page).split("\n") if (row := line.strip())]
             for page in pages if page]
    running = _running_lines(lines)
    kept = (row for page in lines for row in _without_edges(page, running))
    found = prose.paragraphs("\n".join(kept), typeset=True)
    if not found:
        raise InputRefused("No text can be read from its pages.", remedy=_SCANNED_REMEDY)
    return found, tuple(sorted(running))


def title(declared: str) -> str:
    """The declared title, unless a program filled it in."""
    cleaned = prose.line(declared)
    return "" if _MADE_BY_PROGRAM.match(cleaned) else cleaned


def _shape(row: str) -> str:
    return _DIGITS.sub("#", row.casefold())


def _running_lines(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines (numbers aside) at the edge of at least three pages and of half of all."""
    edges = ({_shape(row) for row in (*page[:_EDGE], *page[-_EDGE:])} for page in pages)
    counts = Counter(shape for shapes in edges for shape in shapes)
    least = max(3, len(pages) / 2)
    return frozenset(shape for shape, count in counts.items() if shape and count >= least)


def _without_edges(page: Sequence[str], running: frozenset[str]) -> Sequence[str]:
    """The page without the running lines at its head and foot, taken off from the edge inward."""
    first, last = 0, len(page)
    while first < min(_EDGE, last) and _is_running(page[first], running):
        first += 1
    while last > max(first, len(page) - _EDGE) and _is_running(page[last - 1], running):
        last -= 1
    return page[first:last]


def _is_running(row: str, running: frozenset[str]) -> bool:
    return _shape(row) in running or _NUMBER_LINE.fullmatch(row) is not None
