"""Models of weapons: with the noun beside them ("Pantsir-S1 air-defence systems"), those that no lexicon
knows
("Z-3 missile"), and those that are part of another name ("Dana Whitlock").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Token

from tailgraph.graph import keys
from tailgraph.graph.model import WeaponClass
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cues import cues

RANK = 56
"""Above every shape but airframes and types."""

_JOINED_HEAD = re.compile(
    r"(?:-(?:class|type|pattern|style))? (?:(?:[a-z]+(?:-[a-z]+)* ){0,3})"
    r"(?:missiles?|rockets?|drones?|systems?|batter(?:y|ies)|launchers?"
    r"|howitzers?|guns?|rifles?|"
    r"tanks?|carriers?|jets?|fighters?|bombers?|planes?|aircraft|helicopters?|gunships?|UAVs?|UCAVs?"
    r"|munitions?|bombs?|torpedoes|"
    r"interceptors?|vehicles?|mortars?|shells?|radars?|mines?|pistols?|warheads?|kits?)\b"
)

_MODEL_SHAPE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z]{0,3}(?:-\d{1,3}[A-Za-z]?)?"
    r"|\d[A-Z]{1,2}\d{1,3})$"
)

_NAME_SHAPE = re.compile(r"[A-ZÀ-Þ][\wà-ÿ'’ıİğşçöü-]{2,}$")

_TELLING = frozenset(
    (
        WeaponClass.BALLISTIC_MISSILE,
        WeaponClass.CRUISE_MISSILE,
        WeaponClass.SURFACE_TO_AIR_MISSILE,
        WeaponClass.ANTI_TANK_MISSILE,
        WeaponClass.ROCKET,
        WeaponClass.DRONE,
    )
)

# Heads that a model's name stands before; "the Ababil weapons" would be odd.
_NAMED_CLASSES = frozenset(
    (
        WeaponClass.BALLISTIC_MISSILE,
        WeaponClass.CRUISE_MISSILE,
        WeaponClass.SURFACE_TO_AIR_MISSILE,
        WeaponClass.ANTI_TANK_MISSILE,
        WeaponClass.MISSILE,
        WeaponClass.ROCKET,
        WeaponClass.DRONE,
        WeaponClass.ARTILLERY,
        WeaponClass.AIR_DEFENCE,
        WeaponClass.ARMOURED_VEHICLE,
        WeaponClass.HELICOPTER,
        WeaponClass.COMBAT_AIRCRAFT,
        WeaponClass.SMALL_ARMS,
        WeaponClass.BOMB,
    )
)


def in_a_name(view: View, hit: Candidate) -> bool:
    """Is the model's name part of another name ("Dana Whitlock", "Javelin Sportswear"), or of a reference
    ("seat B-52")?"""
    text = view.content[hit.start : hit.end]
    span = view.span(hit.start, hit.end)
    before = view.doc[span.start - 1] if span.start else None
    if before is not None and before.lower_ in (
        "seat",
        "paragraph",
        "section",
        "article",
        "route",
        "road",
        "resolution",
        "form",
    ):
        return True
    if any(c.isdigit() for c in text):
        return False
    if (
        before is not None
        and before.lower_ in ("and", ",", "or")
        and span.start > 1
        and span.start - 2 in view.located
        and not _JOINED_HEAD.match(view.content, hit.end)
    ):
        return True
    after = view.doc[span.end] if span.end < len(view.doc) else None
    if (
        after is not None
        and after.text == "-"
        and span.end + 1 < len(view.doc)
        and view.doc[span.end + 1].text[:1].isupper()
    ):
        return True
    if _JOINED_HEAD.match(view.content, hit.end) and not (before is not None and before.text == "-"):
        return False
    return (after is not None and _name_word(view, after)) or (
        before is not None
        and _name_word(view, before)
        and not before.is_sent_start
        and bool(before.whitespace_)
    )


def _name_word(view: View, token: Token) -> bool:
    """A capitalised word that goes on with a name; a country or an abbreviation does not."""
    return (
        bool(re.match(r"[A-ZÀ-Þ][a-zà-ÿ]", token.text))
        and (token.i not in view.located or token.lower_ in cues("geography: given places"))
        and token.pos_ in ("PROPN", "NOUN")
        and not view.in_title(token.idx)
        and not any(c.isdigit() for c in token.text)
    )


def with_head(view: View, hit: Candidate, nouns: Mapping[int, str]) -> Candidate:
    """The model and the noun behind it ("Mohajer-6 drones") or before it ("drone Ababil").

    Where the noun is of a class of its own, it tells the class: several weapons share names such as Nasr.
    `nouns` are the classes of the common nouns, by the offsets at which they end.
    """
    content = view.content
    head = _JOINED_HEAD.match(content, hit.end)
    end = hit.end
    if head and not re.search(
        r" (?:and|or|of|from|to|in|on|for|by|with|at|as|that|which|were|was|had|has"
        r"|the|a|its|their|are|is|could|may) ",
        head.group(),
    ):
        end = head.end()
    before = re.search(
        r"(?:guided |anti-tank |cruise |ballistic |armed )*(?:missiles?|rockets?|drones?"
        r"|rifles?|bombs?|tanks?|howitzers?|complex(?:es)?|launchers?|UAVs?) [\"“]?$",
        content[max(hit.start - 40, 0) : hit.start],
    )
    start = hit.start - (len(before.group()) if before and end == hit.end else 0)
    surface = content[hit.start : hit.end]
    told = nouns.get(end) if end > hit.end else None
    key_, identity = (
        (told, f"{told}/{hit.name}") if told in _TELLING and hit.key in _TELLING else (hit.key, hit.id)
    )
    if hit.key == WeaponClass.AIR_DEFENCE and hit.name not in _SYSTEMS:
        fired = _MISSILES_FOR.search(content[max(hit.start - 24, 0) : hit.start])
        start -= len(fired.group()) if fired else 0
        if fired or re.search(r"missiles?$", content[hit.end : end]):
            key_ = WeaponClass.SURFACE_TO_AIR_MISSILE
            identity = f"{key_}/{hit.name}"
    return relabel(
        hit,
        start=start,
        end=end,
        rank=RANK,
        key=key_,
        id=identity,
        variants=(surface,) if (start, end) != (hit.start, hit.end) else (),
    )


_SYSTEMS = frozenset(("Buk", "Pantsir"))
"""What the annotation guide has as air defence, whatever part of it is told."""

# What a system fires, and not the system: "S-300 missiles", "missiles for their S-300 batteries".
_MISSILES_FOR = re.compile(r"\bmissiles? for (?:the |its |his |their |our )?$")


def modelled(view: View, hit: Candidate, taken: frozenset[int]) -> Candidate | None:
    """A generic noun with the name of an unknown model before it: "Z-3 missiles", "Almas anti-tank
    missiles"."""
    if hit.key not in _NAMED_CLASSES:
        return None
    doc = view.doc
    i = view.token_at(hit.start).i - 1
    while (
        i >= 0
        and (
            (doc[i].is_lower and (doc[i].tag_ in ("JJ", "NN", "HYPH") or "-" in doc[i].text))
            or doc[i].text == "-"
        )
        and view.token_at(hit.start).i - i <= 5
    ):
        if doc[i].pos_ in ("ADP", "DET", "CCONJ", "VERB") and not doc[i].text.startswith("anti"):
            return None
        i -= 1
    last = i
    if last < 0 or not _model_token(view, last, taken):
        return None
    first = last
    while (
        first > 0
        and last - first < 2
        and _NAME_SHAPE.match(doc[first - 1].text)
        and not doc[first - 1].is_sent_start
        and _model_token(view, first - 1, taken)
        and doc[first - 1].whitespace_
    ):
        first -= 1
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    name = keys.clean_name(view.content[start:end])
    return relabel(
        hit,
        start=start,
        id=f"{hit.key}/{name}",
        name=name,
        role="model",
        method="shape",
        confidence=0.75,
        rank=RANK,
        variants=(view.content[start:end],),
    )


def _model_token(view: View, i: int, taken: frozenset[int]) -> bool:
    token = view.doc[i]
    if token.lower_ in cues("weapons: no model") or token.lower_.startswith(("anti", "non-", "multi")):
        return False
    if i in taken:
        return False
    if _MODEL_SHAPE.match(token.text):
        return True
    return (
        bool(_NAME_SHAPE.match(token.text))
        and not token.is_sent_start
        and token.tag_ in ("NNP", "NNPS")
        and not token.text.isupper()
        and not view.in_title(token.idx)
    )
