"""Common nouns for weapons where they mean weapons: "shells" but no shell companies, "arms" but no
sleeves."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Span, Token

from tailgraph.graph.model import WeaponClass
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cargo import is_cargo
from tailgraph.nlp.cues import cues
from tailgraph.nlp.weapon_models import RANK

CALIBRE = re.compile(
    r"(?:\b\d{1,3}(?:[.,]\d{1,2})?[ -]?(?:mm|millimetre|millimeter)s?"
    r"|\b\d\.\d{1,2}(?:x\d{2,3})?)[ -]$"
)

_COMPONENTS = frozenset(
    (
        "guidance kit",
        "fuse",
        "fuze",
        "warhead",
        "rocket motor",
        "bomb kit",
        "propellant charge",
        "detonator",
        "drone engine",
    )
)


def is_component(view: View, hit: Candidate, starts: Sequence[int]) -> bool:
    """ "guidance kits for Fateh-110 missiles": the missiles are meant; their parts are no weapon of their
    own.

    `starts` are the offsets of all weapons named, in order.
    """
    if hit.name.lower() not in _COMPONENTS:
        return False
    place = bisect_left(starts, hit.end)
    if place == len(starts) or starts[place] > hit.end + 60:
        return False
    between = view.content[hit.end : starts[place]]
    return "." not in between and re.search(r"\b(?:for|of)\b", between) is not None


def with_calibre(view: View, hit: Candidate) -> Candidate:
    """The noun with its calibre in front; the id is the class, or the class and the wording."""
    calibre = CALIBRE.search(view.content[max(hit.start - 20, 0) : hit.start])
    start = hit.start - (len(calibre.group()) if calibre else 0)
    hyphenated = re.search(
        r"(?<![\w-])(?:[a-z]+-(?:[a-z]+-)?(?:fired|range|launched|guided|propelled|ship"
        r"|tank|aircraft|air|ground|surface|"
        r"explosive|piercing|delivered|calibre|caliber|way) "
        r")+$",
        view.content[max(start - 40, 0) : start],
    )
    if hyphenated:
        start -= len(hyphenated.group())
    quoted = re.search(r"[\"“](?:kamikaze|suicide|one-way)[\"”] $", view.content[max(start - 14, 0) : start])
    if quoted:
        start -= len(quoted.group())
    surface = view.content[hit.start : hit.end]
    return relabel(hit, start=start, rank=RANK - 20, variants=(surface,) if start != hit.start else ())


def meant(view: View, hit: Candidate, beside: frozenset[str]) -> bool:
    """Is the common noun a weapon here, no figure of speech, no other sense?

    `beside` holds the classes of the report's certain weapons: "rounds" are ammunition only beside shells.
    """
    span = view.span(hit.start, hit.end)
    token, text = span[len(span) - 1], hit.name.lower()
    if (
        token.pos_ not in ("NOUN", "PROPN", "ADJ", "X")
        and not view.in_title(hit.start)
        and not (token.tag_ == "VBZ" and text not in _GATES and text != "arms")
    ):
        return False
    if view.content[hit.start].isupper() and token.pos_ == "PROPN" and _capital_inside(view, span, hit):
        return False
    after = view.doc[span.end : span.end + 1]
    following = after[0].lower_ if len(after) and not after[0].is_punct else ""
    before = view.doc[span.start - 1].lower_ if span.start else ""
    if view.content[max(hit.start - 4, 0) : hit.start].lower().endswith(("non-", "non ")):
        return False  # "non-lethal aid"
    if before in cues("weapons: figurative") or (
        text in ("arms", "weapon", "weapons", "arsenal") and following in cues("weapons: not arms")
    ):
        return False
    if (
        text in ("arms", "weapon", "weapons")
        and following
        and after[0].lemma_.lower() in cues("weapons: trade")
    ):
        return False
    if text == "mine" and before in (
        "gold",
        "diamond",
        "copper",
        "coal",
        "cobalt",
        "salt",
        "uranium",
        "iron",
        "tin",
        "lithium",
        "silver",
    ):
        return False
    if text == "arms" and before in cues("weapons: body arms"):
        return False
    if (
        token.dep_ == "compound"
        and token.head.i > token.i
        and token.head.lemma_.lower() in cues("weapons: shell") | {"loan", "proof", "train", "point"}
    ):
        return False
    rule = _GATES.get(text)
    return rule(view, token, before, beside) if rule else True


def _capital_inside(view: View, span: Span, hit: Candidate) -> bool:
    """A common noun with a capital inside a sentence is part of a name: "Macon Bombers"."""
    return not (
        hit.name[:1].isupper() or span[0].is_sent_start or view.in_title(hit.start) or span.text.isupper()
    )


def _plural(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _striking(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    """ "Government jets bombed X", "was hit by jets": jets that strike are combat aircraft."""
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "by" else token.head
    doing = token.dep_ in ("nsubj", "pobj") and verb.pos_ == "VERB"
    return token.tag_ == "NNS" and doing and verb.lemma_.lower() in cues("weapons: striking")


def _counted(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    """ "400 tonnes of military cargo", and not "a military cargo plane"."""
    weighed = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ == "NOUN"
    return weighed or _plural(view, token, before, beside)


def _bomber(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    """Aircraft, and not the people who blow themselves up."""
    return before not in ("suicide", "car", "shoe", "roadside") and _plural(view, token, before, beside)


def _tank(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    filled = token.dep_ == "dobj" and token.head.lemma_.lower() in _FILLING
    return token.tag_ in ("NNS", "NNPS") and before not in cues("weapons: fuel") and not filled


_FILLING = frozenset(("fill", "refill", "top", "drain", "empty", "refuel"))


def _gun(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    """ "The guns fell silent" tells of a truce."""
    silent = token.dep_ == "nsubj" and token.head.lemma_.lower() in ("fall", "go")
    return token.tag_ in ("NNS", "NNPS") and not silent


_MANY = re.compile(r"(?:\d,\d{3}|\d{4,}|\b(?:hundred|thousand|million|thousands|millions)(?: of)?)[ ]$")


def _beside_ammunition(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    """ "75,000 rounds", or rounds and bullets beside other ammunition."""
    counted = _MANY.search(view.content[max(token.idx - 16, 0) : token.idx]) is not None
    return token.tag_ == "NNS" and (WeaponClass.AMMUNITION in beside or counted)


def _fighter(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    """Fighters are aircraft only where other combat aircraft are spoken of, and no group or faction owns
    them. Those of a nation ("Syrian fighters") are people unless their sentence speaks of flying."""
    after = view.doc[token.i + 1 : token.i + 2]
    if (before and view.doc[token.i - 1].pos_ == "PROPN") or (
        len(after) > 0 and after[0].lower_ in ("who", "whose")
    ):
        return False
    of_nation = before != "" and view.doc[token.i - 1].pos_ == "ADJ" and view.doc[token.i - 1].text.istitle()
    if of_nation and not any(t.lemma_.lower() in cues("weapons: flying") for t in token.sent):
        return False
    return WeaponClass.COMBAT_AIRCRAFT in beside


def _cargo(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    return is_cargo(token)


def _never(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    return False


def _shells(view: View, token: Token, before: str, beside: frozenset[str]) -> bool:
    return (
        token.lower_ == "shells"
        or before[:1].isdigit()
        or (
            token.dep_ == "compound"
            and token.head.lemma_
            in ("shuttle", "shipment", "supply", "delivery", "production", "plant", "casing")
        )
    )


_GATES = {
    "mine": _plural,
    "round": _beside_ammunition,
    "bullet": _plural,
    "tank": _tank,
    "fighter": _fighter,
    "bomber": _bomber,
    "interceptor": _plural,
    "cannon": _beside_ammunition,
    "gun": _gun,
    "helicopter": _cargo,
    "transport helicopter": _cargo,
    "pistol": _plural,
    "shell": _shells,
    "technical": _never,
    "kit": _never,
    "hardware": _never,
    "spare parts": _never,
    "patrol vehicle": _cargo,
    "military vehicle": _cargo,
    "speedboat": _never,
    "destroyer": _never,
    "cruiser": _never,
    "fuse": _cargo,
    "fuze": _cargo,
    "armour": _never,
    "armor": _never,
    "military support": _never,
    "arsenal": _never,
    "quadcopter": _cargo,
    "submarine": _cargo,
    "military jet": _cargo,
    "centrifuge": _cargo,
    "projectile": _plural,
    "military cargo": _counted,
    "jet": _striking,
    "government jet": _striking,
    "army jet": _striking,
    "silencer": _cargo,
    "air defences": _plural,
    "air defenses": _plural,
    "aircraft carrier": _never,
    "frigate": _cargo,
    "chlorine": _never,
}
