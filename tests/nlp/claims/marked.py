"""Sentences with their entities written in: "[Iran|C:IR] sent [rockets|W:rocket] to [Hezbollah|O:Hezbollah]".

The letter is the kind, what follows the colon the key (or, for kinds without keys, the best name). The same
letter and key mean the same entity.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from spacy.language import Language

from tailgraph.graph.model import Allegation, Document, Entity, Kind, Mention, Passage
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.learned.reader import Cuts

RULES_ALONE = Cuts(claim=2, part=2, voice=2, more=2)
"""No chance reaches these: what rules read, with nothing that models add."""

_KINDS = {
    "C": Kind.COUNTRY,
    "T": Kind.AIRCRAFT_TYPE,
    "A": Kind.AIRCRAFT,
    "L": Kind.OPERATOR,
    "R": Kind.AIRPORT,
    "X": Kind.PLACE,
    "W": Kind.WEAPON,
    "O": Kind.ORGANIZATION,
    "P": Kind.PERSON,
}
_MARK = re.compile(r"\[([^|\]]+)\|([A-Z]):([^\]]+)\]")
_SLOTS = ("accuser", "accused", "supplier", "recipient", "target", "carrier", "denied_by")


def read(file: Path) -> list[tuple[str, str, list[str]]]:
    """Name, marked text and expected claims of each entry of a file like sentences.txt."""
    entries: list[tuple[str, str, list[str]]] = []
    for block in file.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, *lines = block.rstrip().split("\n")
        text = "\n".join(line for line in lines if not line.startswith("= "))
        entries.append((name, text.strip(), [line[2:] for line in lines if line.startswith("= ")]))
    return entries


def annotate(marked: str, nlp: Language, title: str = "") -> Annotated:
    """The text of `marked` (and `title`), parsed, with a mention at every mark."""
    head, head_marks = _plain(title)
    body, marks = _plain(marked)
    document = Document(title=head, text=body, published=date(2024, 5, 2))
    shift = len(document.content) - len(body)
    marks = [*head_marks, *((start + shift, text, kind, key) for start, text, kind, key in marks)]
    doc = nlp(document.content)
    passages = tuple(Passage(index=i, start=s.start_char, end=s.end_char) for i, s in enumerate(doc.sents))
    names: dict[tuple[str, str], list[str]] = {}
    for _, text, kind, key in marks:
        names.setdefault((kind, key), []).append(text)
    entities = {mark: _entity(*mark, tuple(dict.fromkeys(found))) for mark, found in names.items()}
    mentions = tuple(
        Mention(
            passage=next((p.index for p in passages if p.start <= start < p.end), 0),
            start=start,
            end=start + len(text),
            text=text,
            entity=entities[kind, key].ref,
            method="marked",
            confidence=1.0,
        )
        for start, text, kind, key in marks
    )
    return Annotated(
        document=document, doc=doc, passages=passages, entities=tuple(entities.values()), mentions=mentions
    )


def summary(claim: Allegation) -> str:
    """A claim in one line: "transfer alleged accuser=US accused=IR weapons=drone", slots in a fixed order."""
    parts = [claim.action.value, claim.status.value]
    for slot in _SLOTS:
        found = sorted(filler.entity.id for filler in getattr(claim, slot))
        parts += [f"{slot}={'+'.join(found)}"] if found else []
    return " ".join(
        [*parts, "weapons=" + "+".join(sorted({f.entity.id.split("/")[0] for f in claim.weapons}))]
    )


def _plain(marked: str) -> tuple[str, list[tuple[int, str, str, str]]]:
    plain, marks, last = "", [], 0
    for hit in _MARK.finditer(marked):
        plain += marked[last : hit.start()]
        marks.append((len(plain), hit[1], hit[2], hit[3]))
        plain += hit[1]
        last = hit.end()
    return plain + marked[last:], marks


def _entity(kind: str, key: str, names: tuple[str, ...]) -> Entity:
    named = _KINDS[kind]
    has_key = named in (
        Kind.COUNTRY,
        Kind.AIRCRAFT_TYPE,
        Kind.AIRCRAFT,
        Kind.AIRPORT,
        Kind.PLACE,
        Kind.WEAPON,
    )
    code = key.split("/")[0] if has_key else None
    return Entity(
        kind=named, id=key, key=code, names=names if has_key else tuple(dict.fromkeys((key, *names)))
    )
