"""What is known of who says an act: sources, the words that tie it to them, and who denies it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Slot


@dataclass
class Attribution:
    """Sources of an act, and the kinds of word (say, allege, suspect, deny …) that tie it to them."""

    sources: list[Slot] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    accused: list[Token] = field(default_factory=list)
    deniers: list[Slot] = field(default_factory=list)
    unsaid: bool = False
    # Somebody stands behind it beside the sentence ("if X did it, as Y says").
    vouched: bool = False

    @property
    def denied(self) -> bool:
        """Whether the act itself is denied, and not somebody's claim of it ("rejected a charge that …")."""
        return bool(self.kinds) and self.kinds[0] == "deny"


def unique(slots: list[Slot]) -> list[Slot]:
    """`slots`, each entity once, as it was told first."""
    seen: dict[EntityRef, Slot] = {}
    for slot in slots:
        seen.setdefault(slot.entity, slot)
    return list(seen.values())
