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
_TWICE_READ = 500_000  # characters; a second attempt at a larger page costs seconds
_LEAST_PARAGRAPH = 60
_UNREAD = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head")
_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd",
                     "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr"})
_ASIDE = frozenset({"nav", "footer", "aside", "form", "button", "select"})
_ASIDE_CLASS = re.compile(r"comment|disqus|related|recommend|sidebar|footer|navbar|menu|cookie|newsletter"
                          r"|share|breadcrumb", re.IGNORECASE)
_LARGEST_ASIDE = 0.5  # what holds more of the page's text than this is no aside, whatever it is called
_SPACE = re.compile(r"\s+")
# What no XML tree may hold; character references (&#1;) bring it in even where the source is clean.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
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
    saved_from = _SAVED_FROM.search(text[:4096])
    source = _NO_XML.sub("", _EMBEDDED.sub("data:,", text))
    yield _page(source, _tree(source), saved_from[1] if saved_from else None)


def words(fragment: str) -> list[str]:
    """The paragraphs that a reader sees of a piece of HTML; none where it holds only tags and comments."""
    try:
        return _paragraphs(_laid_out(_tree(fragment)))
    except InputRefused:
        return []


def _tree(source: str) -> HtmlElement:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused("The page has no content.", remedy="Save it again from the browser.") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputRefused("Its elements are nested too deeply or too long to be read whole.",
                           remedy="Save its text as a plain text file and give that instead.")
    return tree


def _laid_out(tree: HtmlElement) -> HtmlElement:
    """The body without what no reader sees, and with line ends where a browser would break the line."""
    body = tree.find("body")
    root = tree if body is None else body
    for unread in list(root.iter(*_UNREAD)):
        if unread is not root:
            unread.drop_tree()
    for element in root.iter():
        around = "" if element.tag in _INLINE else "\n"
        inside = element.text or ""
        element.text = around + _NO_XML.sub("", inside if element.tag == "pre" else _SPACE.sub(" ", inside))
        element.tail = around + _NO_XML.sub("", _SPACE.sub(" ", element.tail or ""))
    return root


def _paragraphs(root: HtmlElement) -> list[str]:
    return [row for row in map(str.strip, prose.characters(root.text_content()).split("\n")) if row]


def _without_asides(root: HtmlElement) -> HtmlElement:
    """The body without navigation, comments and the like."""
    total = len(root.text_content())
    for element in list(root.iter()):
        if element is not root and element.getparent() is not None and _is_aside(element, total):
            element.drop_tree()
    return root


def _is_aside(element: HtmlElement, total: int) -> bool:
    named = element.tag in _ASIDE or _ASIDE_CLASS.search(f"{element.get('class')} {element.get('id')}")
    return bool(named) and len(element.text_content()) <= _LARGEST_ASIDE * total


def _page(source: str, tree: HtmlElement, saved_from: str | None) -> Page:
    found = _extracted(source)
    headings = [prose.line(heading.text_content()) for heading in tree.iter("h1")]
    main, notes = _main_text(source, tree, _rows(found.text) if found else [])
    title = _title(found, tree, [*headings, *main[:1]])
    url = (found.url if found else None) or saved_from
    return Page(title=title, paragraphs=tuple(main), published=_published(found), url=url,
                publisher=_publisher(found, url), notes=tuple(notes))


def _extracted(source: str, recall: bool = False) -> Any:
    from trafilatura import bare_extraction

    # Dates come from what the page declares; the latest allowed day is fixed, so that a page reads alike
    # on every day. The extensive search would take any date in the text.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
    try:
        return bare_extraction(source, with_metadata=True, include_comments=False, favor_recall=recall,
                               date_extraction_params=dates)
    except MemoryError:
        raise
    except Exception:  # it meets broken pages with any exception there is; they are read without it
        return None


def _main_text(source: str, tree: HtmlElement, main: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs of the article, and a note where trafilatura's choice was not taken."""
    own = _paragraphs(_without_asides(_laid_out(tree)))
    expected = sum(len(p) for p in own if len(p) >= _LEAST_PARAGRAPH) or sum(map(len, own))
    if sum(map(len, main)) >= _LEAST_SHARE * expected:
        return main, []
    again = _extracted(source, recall=True) if len(source) < _TWICE_READ else None
    wider = _rows(again.text) if again else []
    if sum(map(len, wider)) >= _LEAST_SHARE * expected:
        return wider, []
    kept = sum(map(len, main))
    return own, [f"Main-text extraction kept {kept:,} of {expected:,} characters; "
                 "all paragraphs of the page were taken instead."]


def _rows(text: str | None) -> list[str]:
    rows = (prose.line(row).removeprefix("- ") for row in prose.characters(text or "").split("\n"))
    return [row for row in rows if row]


def _title(found: Any, tree: HtmlElement, headings: list[str]) -> str:
    """The declared title; without the site's name where the page's heading is its first part."""
    declared = prose.line((found.title if found else None) or tree.findtext(".//title") or "")
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
