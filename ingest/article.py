"""One source → one Document: text, Markdown, saved pages, PDF files, and reports in our own JSON form.

How a title is found: a declared one (front matter, page or PDF metadata, JSON) wins; Markdown's first heading
of level one is next; in plain text and PDF files the first paragraph is the title if it stands alone, has at
most 150 characters and does not end like a sentence. A title that the text repeats at its head is taken out
there, so that it is neither lost nor told twice. Without any of these the title stays empty.

The publication date is only ever one that the source states: in a field, or in plain text and PDF files in a
line of its own at the head (see dateline.py). A file's own time says when it was copied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tailgraph.errors import InputRefused
from tailgraph.graph import keys
from tailgraph.graph.model import Document
from tailgraph.ingest import dateline, encoding, front_matter, guard, html, markdown, mhtml, pdf, prose
from tailgraph.ingest.sources import Source, SourceKind

MAX_TEXT = 10_000_000
_MAX_LINES = 500_000
_MAX_TITLE = 500
_MAX_FOUND_TITLE = 150
_MAX_URL = 2_000
_STALL_S = 4.0
_PDF_TOTAL_S = 300.0
_SENTENCE = re.compile(r"[.:;,…][\"'”’»)\]]*$")
_NO_DATE = ("It states no publication date: days such as \"last week\" cannot be resolved. Give one as "
            "`date: 2024-03-28` between two lines of --- at the head of a text or Markdown file.")


@dataclass(frozen=True)
class Article:
    """A document, and what its reader should know of how it was read."""

    document: Document
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Draft:
    """What a format gives before the rules that hold for all of them."""

    paragraphs: Sequence[str]
    title: str = ""
    fields: Mapping[str, str | None] | None = None
    published: date | None = None
    notes: tuple[str, ...] = ()
    may_hold_title: bool = False
    dated: tuple[date, str] | None = None
    """The day that a line at the head states, and that line."""


def read(source: Source) -> Document:
    """The document in `source`; raises InputRefused, naming the source, where it cannot be read."""
    return load(source).document


def load(source: Source) -> Article:
    """As `read`, with notes for the user: an assumed encoding, a missing date, a page read by other means."""
    draft = _draft(source)
    paragraphs = list(draft.paragraphs)
    title, paragraphs = _titled(draft, paragraphs)
    text = "\n\n".join(paragraphs)
    if not text:
        raise InputRefused("There is no text in it.", where=source.name, remedy="Give a file with a text.")
    if len(text) > MAX_TEXT:
        raise InputRefused(f"Its text has {len(text):,} characters; at most {MAX_TEXT:,} are read.",
                           where=source.name, remedy="Split it.")
    return _document(draft, title, text)


def _draft(source: Source) -> _Draft:
    match source.kind:
        case SourceKind.TEXT | SourceKind.MARKDOWN:
            return _plain(source)
        case SourceKind.HTML:
            data = source.load()
            return _html(source, data, encoding.declared_charset(data))
        case SourceKind.MHTML:
            page = mhtml.read(source.load(), source.name)
            draft = _html(source, page.data, page.charset)
            return _with_url(draft, page.url)
        case SourceKind.PDF:
            return _pdf(source)
        case SourceKind.JSON:
            return _json(source)
        case SourceKind.UNKNOWN:
            source.load()  # a file that cannot be read at all says so
            raise InputRefused("It is no report that can be read: no text, Markdown, HTML, PDF or JSON.",
                               where=source.name, remedy="Save it as text (.txt) or PDF, or leave it out.")


# --- formats -----------------------------------------------------------------------------------------------


def _decoded(source: Source) -> tuple[str, str | None]:
    text, note = encoding.decode(source.load())
    if text.count("\n") > _MAX_LINES:
        raise InputRefused(f"It has more than {_MAX_LINES:,} lines.", where=source.name, remedy="Split it.")
    return text, note


def _plain(source: Source) -> _Draft:
    text, note = _decoded(source)
    fields, body = front_matter.split(prose.cleaned(text))
    if source.kind is SourceKind.MARKDOWN:
        ((heading, paragraphs),) = guard.collect(markdown.read, body, where=source.name, stall_s=_STALL_S,
                                                 total_s=_STALL_S)
        declared = fields.get("title")
        if declared and heading:
            paragraphs = [heading, *paragraphs]
        return _Draft(paragraphs, declared or heading, fields, notes=_notes(note))
    paragraphs = prose.paragraphs(prose.characters(body))
    return _Draft(paragraphs, fields.get("title", ""), fields, notes=_notes(note),
                  may_hold_title=_stands_alone(prose.characters(body)),
                  dated=dateline.find(prose.characters(body).split("\n")))


def _stands_alone(text: str) -> bool:
    """Whether the first line with text is followed by a blank one and then by more text."""
    return re.match(r"\s*\S[^\n]*\n[^\S\n]*\n\s*\S", text) is not None


def _html(source: Source, data: bytes, declared: str | None) -> _Draft:
    text, note = encoding.decode(data, declared=declared)
    page: html.Page
    (page,) = guard.collect(html.read, text, where=source.name, stall_s=_STALL_S, total_s=_STALL_S)
    fields = {"publisher": page.publisher, "url": page.url}
    return _Draft(page.paragraphs, page.title, fields, page.published, (*_notes(note), *page.notes))


def _with_url(draft: _Draft, url: str | None) -> _Draft:
    fields = draft.fields or {}
    return replace(draft, fields={**fields, "url": fields.get("url") or url})


def _pdf(source: Source) -> _Draft:
    data = source.load() if source.once or source.is_gzipped else str(source.checked_path())
    declared, *pages = guard.collect(pdf.read, data, where=source.name, stall_s=_STALL_S,
                                     total_s=_PDF_TOTAL_S)
    broken = [str(number) for number, page in enumerate(pages, 1) if page is None]
    try:
        paragraphs, running = pdf.paragraphs(pages)
    except InputRefused as error:
        raise InputRefused(error.message, where=source.name, remedy=error.remedy) from None
    notes = _notes(f"Broken pages were left out: {', '.join(broken)}." if broken else None,
                   f"Running heads were left out: {'; '.join(running)[:300]}." if running else None)
    title = pdf.title(declared)
    lines = [line for page in pages if page for line in prose.characters(page).split("\n")]
    return _Draft(paragraphs, title, notes=notes, may_hold_title=not title, dated=dateline.find(lines))


def _json(source: Source) -> _Draft:
    text, note = _decoded(source)
    try:
        form: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputRefused(f"It is no sound JSON: {error}.", where=source.name,
                           remedy="Mend the file.") from None
    if not isinstance(form, dict) or not isinstance(form.get("text"), str):
        raise InputRefused("It is JSON, but no report: a report is an object with a \"text\".",
                           where=source.name, remedy="Ingest tracking data with `tailgraph ingest tracks`.")
    fields = {name: value for name in ("title", "published", "publisher", "url")
              if isinstance(value := form.get(name), str)}
    return _Draft(prose.paragraphs(prose.characters(form["text"])), fields.get("title", ""), fields,
                  notes=_notes(note))


def _notes(*notes: str | None) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


# --- rules for all -----------------------------------------------------------------------------------------


def _titled(draft: _Draft, paragraphs: list[str]) -> tuple[str, list[str]]:
    """The title, and the paragraphs without it."""
    title = prose.line(draft.title)
    if len(title) > _MAX_TITLE:
        return "", [title, *paragraphs]
    if title:
        return title, _without_title(title, paragraphs)
    is_dateline = draft.dated is not None and draft.dated[1] == paragraphs[0]
    if draft.may_hold_title and not is_dateline and len(paragraphs) > 1 and _is_title(paragraphs[0]):
        return paragraphs[0], paragraphs[1:]
    return "", paragraphs


def _is_title(paragraph: str) -> bool:
    return len(paragraph) <= _MAX_FOUND_TITLE and not _SENTENCE.search(paragraph)


def _without_title(title: str, paragraphs: list[str]) -> list[str]:
    """Drops the head of the text where it repeats the title, even over two or three lines."""
    for count in range(1, min(3, len(paragraphs) - 1) + 1):
        if " ".join(paragraphs[:count]).casefold() == title.casefold():
            return paragraphs[count:]
    return paragraphs


def _document(draft: _Draft, title: str, text: str) -> Article:
    fields = draft.fields or {}
    notes = list(draft.notes)
    stated = fields.get("published")
    published = draft.published or (front_matter.day(stated) if stated else None)
    if not published and not stated and draft.dated:
        published, row = draft.dated
        notes.append(f"Its publication date {published} is read from its line {row!r}.")
    if not published:
        notes.append(f"Its date {stated[:40]!r} is not understood: write 2024-03-28." if stated else _NO_DATE)
    publisher = prose.line(fields.get("publisher") or "")
    if len(publisher) > keys.MAX_NAME:
        publisher = ""
        notes.append("Its publisher's name is too long to be one; it was left out.")
    document = Document(title=title, text=text, published=published, publisher=publisher or None,
                        url=_address(fields.get("url")))
    return Article(document, tuple(notes))


def _address(url: str | None) -> str | None:
    """A web address, or None for anything that must not become a link."""
    cleaned = prose.line(url or "")
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and parts.hostname and len(cleaned) <= _MAX_URL
    return cleaned if is_web else None


def documents(sources: Iterator[Source]) -> Iterator[tuple[Source, Article | InputRefused]]:
    """Every source with its article or its refusal: one bad file never ends a run."""
    for source in sources:
        try:
            yield source, load(source)
        except InputRefused as error:
            yield source, error
