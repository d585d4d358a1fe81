"""Text as XML 1.0 can hold it. Most control characters have no form there at all, not even escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from tailgraph.graph import keys
from tailgraph.graph.export.losses import Losses
from tailgraph.graph.rows import Ref

_UNHELD = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WHY = "characters that XML cannot hold became \ufffd"


def held(text: str) -> str:
    """`text` with \ufffd for each character that XML 1.0 cannot hold."""
    return _UNHELD.sub("\ufffd", text)


def content(text: str, what: str, losses: Losses) -> str:
    """`text` as the content of an element; a change is counted under `what`."""
    return escape(_noted(text, what, losses), {"\r": "&#13;"})


def attribute(text: str, what: str, losses: Losses) -> str:
    """`text` as an attribute's value with its quotation marks; line ends and tabs stay what they are."""
    return quoteattr(_noted(text, what, losses), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def node_id(ref: Ref) -> str:
    """LABEL/ID as an attribute's value. One that had to change ends in a checksum of what it was."""
    text = f"{ref[0]}/{ref[1]}"
    kept = held(text)
    unique = kept if kept == text else f"{kept}…{keys.digest(text)[:16]}"
    return quoteattr(unique, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def _noted(text: str, what: str, losses: Losses) -> str:
    kept = held(text)
    if kept != text:
        losses.change(what, WHY)
    return kept
