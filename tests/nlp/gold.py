"""Annotated reports as input for claim finders: their entities are given, so only the claims are on trial."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language

from tailgraph.graph.model import Document, Entity, EntityRef, Kind, Mention, Passage
from tailgraph.nlp.annotation import Annotated


def read(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def document(report: dict[str, Any]) -> Document:
    return Document(
        title=report["title"],
        text=report["text"],
        publisher=report["publisher"],
        published=date.fromisoformat(report["published"]),
    )


def annotate(report: dict[str, Any], nlp: Language) -> Annotated:
    """The report parsed, with a mention at every occurrence of every gold name (longest name first)."""
    source = document(report)
    doc = nlp(source.content)
    passages = tuple(Passage(index=i, start=s.start_char, end=s.end_char) for i, s in enumerate(doc.sents))
    entities = tuple(
        Entity(
            kind=Kind(e["kind"]),
            id=f"{e['key']}/{e['names'][0]}"
            if e["kind"] == "Weapon"
            else e["key"]
            if e["key"] and e["kind"] not in ("Place",)
            else e["names"][0],
            key=e["key"],
            names=tuple(e["names"]),
        )
        for e in report["entities"]
    )
    taken: set[int] = set()
    mentions: list[Mention] = []
    named: list[tuple[str, EntityRef]] = [(name, e.ref) for e in entities for name in e.names]
    for name, ref in sorted(named, key=lambda pair: -len(pair[0])):
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", source.content):
            if taken.isdisjoint(range(*hit.span())):
                taken.update(range(*hit.span()))
                passage = next((p.index for p in passages if p.start <= hit.start() < p.end), 0)
                mentions.append(
                    Mention(
                        passage=passage,
                        start=hit.start(),
                        end=hit.end(),
                        text=hit.group(),
                        entity=ref,
                        method="gold",
                        confidence=1.0,
                    )
                )
    return Annotated(
        document=source,
        doc=doc,
        passages=passages,
        entities=entities,
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
    )
