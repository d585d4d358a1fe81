"""What a report is compared by with others."""

from __future__ import annotations

import uuid
from typing import Any

from tailgraph.graph import keys
from tailgraph.graph.model import Document
from tailgraph.graph.origins import cited, likeness, told
from tailgraph.graph.shape import BANDS


def comparable(document: Document, passages: dict[int, str]) -> dict[str, Any]:
    """Properties of its node, from its passages by index. Until it is compared, its words are its origin."""
    words = likeness.same_words(document.title, document.text)
    cites = cited.cites(passages)
    bands = zip(BANDS, likeness.bands(document.text), strict=False)
    return {"words": words, "origin": words, "cites": cites or None, "is_citing": bool(cites) or None,
            "unsettled": uuid.uuid4().hex, **{prop.name: number for prop, number in bands}}


def comparable_claim(id_: str, sentences: str, cue_start: int | None, cue_end: int | None,
                     action: str | None, cue_sentence: str | None) -> dict[str, Any]:
    """What a claim is known by when it is read again, and what it has verbatim: of several sentences the one
    with its cue, since another report may tell the rest otherwise."""
    kind = "a" if action else "f"
    return {"reading": keys.digest("reading", id_, sentences, cue_start, cue_end, action),
            "words": told.verbatim(kind, action, cue_sentence or sentences)}
