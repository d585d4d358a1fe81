"""What a report is compared by with others."""

from __future__ import annotations

from typing import Any

from tailgraph.graph.model import Document
from tailgraph.graph.origins import cited, likeness
from tailgraph.graph.shape import BANDS


def comparable(document: Document, passages: dict[int, str]) -> dict[str, Any]:
    """Properties of its node, from its passages by index. Until it is compared, its words are its origin."""
    words = likeness.same_words(document.title, document.text)
    cites = cited.cites(passages)
    bands = zip(BANDS, likeness.bands(document.content), strict=False)
    return {"words": words, "origin": words, "cites": cites or None, "is_citing": bool(cites) or None,
            "unsettled": True, **{prop.name: number for prop, number in bands}}
