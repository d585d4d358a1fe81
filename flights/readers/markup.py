"""XML read safely: no document type, hence no entities; text as UTF-8 only; a cap on the size.

Document types are refused outright rather than made harmless: no track format needs one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from tailgraph.errors import InputRefused
from tailgraph.flights.readers.content import Content

_MAX_BYTES = 64 << 20
_MAX_DEPTH = 64


def elements(content: Content) -> Iterator[ElementTree.Element]:
    """Every element with its children complete, in the order of their ends. Raises InputRefused on XML that
    is broken, too deep, or has a document type."""
    if len(content.data) > _MAX_BYTES:
        raise InputRefused(f"The XML text is longer than {_MAX_BYTES >> 20} MB.", where=content.where,
                           remedy="Split it.")
    if b"<!DOCTYPE" in content.data or b"<!ENTITY" in content.data or b"\0" in content.data:
        raise InputRefused("The XML text has a document type or is not UTF-8.", where=content.where,
                           remedy="Save it as plain UTF-8 without <!DOCTYPE>.")
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    depth = 0
    try:
        parser.feed(content.data)
        parser.close()
        for event, element in parser.read_events():
            depth += 1 if event == "start" else -1
            if depth > _MAX_DEPTH:
                raise InputRefused(f"The XML text nests deeper than {_MAX_DEPTH}.", where=content.where)
            if event == "end":
                yield element
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputRefused(f"The XML text is broken: {error}.", where=content.where,
                           remedy="Fetch the file again.") from error


def local(element: ElementTree.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_text(element: ElementTree.Element, name: str) -> str | None:
    """The text of the first descendant of that local name."""
    return next((found.text for found in element.iter() if local(found) == name and found.text), None)
