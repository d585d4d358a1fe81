"""Experts of the United Nations in common words: "UN experts", "the U.N.'s own panel", "the panel", where the
report does not name their body in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View

_UN = r"(?:UN|U\.N\.?|United Nations)(?:['’]s?)?(?: own)?"
_OWNED = re.compile(
    rf"{_UN} (?:(?:sanctions|arms|weapons|expert|Libya|Darfur|Sudan) )?"
    r"(?:panel(?: of experts)?|experts|monitors|(?:sanctions |arms )?investigators|inspectors"
    r"|(?:expert )?team"
    r"|monitoring (?:group|team)|observers)\b"
)
_FREE = re.compile(
    r"\b(?:[Pp]anel of experts|[Ee]xpert panel|[Mm]onitoring group|(?<=[Tt]he )panel|(?<=[Tt]he )experts)\b"
)
_ABOUT_UN = re.compile(r"\b(?:UN|U\.N|United Nations|Security Council)\b")
_FULL = re.compile(r"(?:experts|panel|monitoring (?:group|team)|mechanism)\b", re.IGNORECASE)


def find(view: View, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """One body for all wordings; none where the text names its panel in full, or is not about the UN."""
    if not _ABOUT_UN.search(view.content):
        return
    if any(
        c.kind is Kind.ORGANIZATION and _FULL.search(view.text(c)) and not view.in_title(c.start)
        for c in known
    ):
        return
    named = list(_OWNED.finditer(view.content))
    alone = [m for m in _FREE.finditer(view.content) if named or m.group().lower() != "experts"]
    if not named and not any("panel" in m.group().lower() or "expert" in m.group().lower() for m in alone):
        return
    for match in (*named, *alone):
        yield Candidate(
            *match.span(),
            Kind.ORGANIZATION,
            "UN panel of experts",
            None,
            "UN panel of experts",
            "shape",
            0.7,
            rank=44,
        )
