"""When two claims of two reports tell the same, by who and what they name; and what they have verbatim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from tailgraph.graph import keys

QUOTED_WORDS = 8
SENTENCE_WORDS = 12
"""So many words in a row are not written twice by chance."""
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")

Slots = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim: its document's order and publisher, and the ids that stand in its slots, by type of edge."""

    id: str
    document: str
    label: str
    action: str | None = None
    happened: bool = True
    event_from: date | None = None
    event_to: date | None = None
    slots: Slots = field(default_factory=dict)

    def ids(self, *types: str) -> frozenset[str]:
        return frozenset().union(*(self.slots.get(type_, frozenset()) for type_ in types))


def verbatim(kind: str, action: str | None, sentences: str) -> str | None:
    """A checksum of the longest quotation in a claim's sentences, else of the sentences themselves.

    None where both are so short that the same words may come twice by chance. An official statement that
    many print is so one origin of the claim, whoever prints it.
    """
    quoted = max(("".join(found) for found in _QUOTED.findall(sentences)),
                 key=lambda part: (len(_words(part)), part), default="")
    for text, least in ((quoted, QUOTED_WORDS), (sentences, SENTENCE_WORDS)):
        if len(words := _words(text)) >= least:
            return keys.digest("told", kind, action, " ".join(words))
    return None


def same(one: Told, other: Told) -> bool:
    """Whether both tell the same: of a kind, with what identifies it shared, and nothing at odds.

    What one leaves out is not at odds. Told from two reports of which one cites the other, this is one claim.
    """
    if one.label != other.label or one.action != other.action or one.happened != other.happened:
        return False
    if one.event_from and other.event_from and not _overlap(one, other):
        return False
    return _same_flight(one, other) if one.label == "ReportedFlight" else _same_allegation(one, other)


def _same_allegation(one: Told, other: Told) -> bool:
    accused = ("ACCUSES", "CARRIED_BY")
    if any(_at_odds(one.ids(*types), other.ids(*types)) for types in (
            accused, ("SUPPLIED_BY",), ("RECEIVED_BY",), ("USED_AGAINST",))):
        return False
    if _at_odds(_classes(one), _classes(other)):
        return False
    parties = one.ids("SUPPLIED_BY") & other.ids("SUPPLIED_BY") and one.ids("RECEIVED_BY") & other.ids(
        "RECEIVED_BY")
    return bool(one.ids(*accused) & other.ids(*accused) or parties)


def _same_flight(one: Told, other: Told) -> bool:
    if any(_at_odds(one.ids(type_), other.ids(type_)) for type_ in (
            "OF_AIRCRAFT", "OF_TYPE", "FLOWN_BY", "FROM", "TO")):
        return False
    craft = ("OF_AIRCRAFT", "OF_TYPE", "FLOWN_BY")
    return bool(one.ids(*craft) & other.ids(*craft) and one.ids("TO", "FROM") & other.ids("TO", "FROM"))


def _classes(claim: Told) -> frozenset[str]:
    """Weapons by their class: "ballistic missiles" and "KN-23 ballistic missiles" are not at odds."""
    return frozenset(id_.partition("/")[0] for id_ in claim.ids("CONCERNS"))


def _at_odds(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _overlap(one: Told, other: Told) -> bool:
    first = max(one.event_from or date.min, other.event_from or date.min)
    return first <= min(one.event_to or date.max, other.event_to or date.max)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
