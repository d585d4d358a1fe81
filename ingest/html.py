"""A saved web page → its main text, title, date, publisher and address.

trafilatura finds the main text. It may drop nearly all of a page (it takes repeated paragraphs for
boilerplate), so what it keeps is compared with the page's own paragraphs, and these are taken instead
where too little is left. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tailgraph.errors import InputRefused
from tailgraph.ingest import front_matter, prose

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST_SHARE = 0.5
_LEAST_PARAGRAPH = 60
_BLOCKS = ("p", "li", "blockquote", "h1", "h2", "h3", "h4", "td", "pre", "dd", "dt", "figcaption")
_ASIDE = frozenset({"nav", "footer", "aside", "form", "header", "button", "select", "svg"})
_UNREAD = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head")
_ASIDE_CLASS = re.compile(r"comment|disqus|related|recommend|sidebar|footer|navbar|menu|cookie|newsletter"
                          r"|share|breadcrumb", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+/-]{1,80}(?:;[\w=.-]{1,80})*,[^\"'\s)>]*")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://\S{1,2000})\s*-->")
_TITLE_SPLIT = re.compile(r"\s+(?:[|·•»—–-]|::)\s+")


@dataclass(frozen=True)
class Page:
    """What a page holds, normalised; empty or None where it does not say."""

    title: str
    paragraphs: tuple[str, ...]
    published: date | None
    publisher: str | None
    url: str | None
    notes: tuple[str, ...]


def read(text: str) -> Iterator[Page]:
    """The one page in `text` (an iterator, for `guard.collect`); raises InputRefused where it is empty."""
    from lxml import etree, html

    saved_from = _SAVED_FROM.search(text[:4096])
    source = _EMBEDDED.sub("data:,", text).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused("The page has no content.", remedy="Save it again from the browser.") from error
    yield _page(source, tree, saved_from[1] if saved_from else None)


def _page(source: str, tree: HtmlElement, saved_from: str | None) -> Page:
    found = _extracted(source)
    main, notes = _main_text(source, tree, _rows(found.text) if found else [])
    title = _title(found, tree, main)
    url = (found.url if found else None) or saved_from
    return Page(title=title, paragraphs=tuple(main), published=_published(found), url=url,
                publisher=_publisher(found, url), notes=tuple(notes))


def _extracted(source: str, recall: bool = False) -> Any:
    from trafilatura import bare_extraction

    # Dates come from what the page declares; the latest allowed day is fixed, so that a page reads alike
    # on every day. The extensive search would take any date in the text.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
    return bare_extraction(source, with_metadata=True, include_comments=False, favor_recall=recall,
                           date_extraction_params=dates)


def _main_text(source: str, tree: HtmlElement, main: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs of the article, and a note where trafilatura's choice was not taken."""
    own = list(_own_paragraphs(tree))
    expected = sum(len(p) for p in own if len(p) >= _LEAST_PARAGRAPH) or sum(map(len, own))
    if sum(map(len, main)) >= _LEAST_SHARE * expected:
        return main, []
    again = _extracted(source, recall=True)
    wider = _rows(again.text) if again else []
    if sum(map(len, wider)) >= _LEAST_SHARE * expected:
        return wider, []
    kept = sum(map(len, main))
    return own, [f"Main-text extraction kept {kept:,} of {expected:,} characters; "
                 "all paragraphs of the page were taken instead."]


def _rows(text: str | None) -> list[str]:
    rows = (prose.line(row).removeprefix("- ") for row in prose.characters(text or "").split("\n"))
    return [row for row in rows if row]


def _own_paragraphs(tree: HtmlElement) -> Iterator[str]:
    """Text of the innermost blocks outside navigation and comments; all visible text where there are none."""
    body = tree.find("body")
    root = tree if body is None else body
    found = False
    for element in root.iter(*_BLOCKS):
        if not _is_aside(element) and next(element.iterchildren(*_BLOCKS), None) is None and (
                text := _visible(element)):
            found = True
            yield text
    if not found:
        yield from prose.paragraphs(prose.characters("\n".join(_pieces(root))))


def _is_aside(element: HtmlElement) -> bool:
    return any(ancestor.tag in _ASIDE or _ASIDE_CLASS.search(f"{ancestor.get('class')} {ancestor.get('id')}")
               for ancestor in element.iterancestors() if ancestor.tag not in ("html", "body"))


def _visible(element: HtmlElement) -> str:
    return prose.line(" ".join(_pieces(element)))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """The text nodes of `element` that a reader sees, in order, without recursion."""
    hidden = {id(unread) for tag in _UNREAD for top in element.iter(tag) for unread in top.iter()}
    for event_element in element.iter():
        if isinstance(event_element.tag, str) and id(event_element) not in hidden and event_element.text:
            yield event_element.text
        if event_element is not element and event_element.tail:
            yield event_element.tail


def _title(found: Any, tree: HtmlElement, main: list[str]) -> str:
    """The declared title; without the site's name where the page's heading is its first part."""
    declared = prose.line((found.title if found else None) or tree.findtext(".//title") or "")
    headings = [*map(_visible, tree.iter("h1")), *main[:1]]
    first_part = _TITLE_SPLIT.split(declared)[0]
    return first_part if first_part.casefold() in map(str.casefold, headings) else declared


def _published(found: Any) -> date | None:
    return front_matter.day(found.date) if found and found.date else None


def _publisher(found: Any, url: str | None) -> str | None:
    """The site's own name, else the host of its address."""
    if found and found.sitename:
        return prose.line(found.sitename)
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
