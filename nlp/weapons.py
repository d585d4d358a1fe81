"""Weapons: models of the lexicon with the noun that follows them ("Pantsir-S1 air-defence systems"), generic
ones ("152-mm shells"), models that no lexicon knows ("Z-3 missile"); figures of speech left out.

One entity for each distinct weapon: a model, or a class as the report words it. A bare "the drones" after
"Mohajer-6 drones" means these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import key

GENERIC, MODEL = "generic", "model"
_RANK = 56
_CALIBRE = re.compile(
    r"(?:\b\d{1,3}(?:[.,]\d{1,2})?[ -]?(?:mm|millimetre|millimeter)s?"
    r"|\b\d\.\d{1,2}(?:x\d{2,3})?)[ -]$"
)
_JOINED_HEAD = re.compile(
    r" (?:(?:[a-z]+(?:-[a-z]+)* ){0,3})(?:missiles?|rockets?|drones?|systems?|batter(?:y|ies)|launchers?"
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
# These are weapons only beside others that certainly are.
_DEPENDENT = frozenset(("round", "cannon", "fighter"))
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
_WAR = re.compile(
    r"\b(?:arm(?:y|ies)|troops|soldiers?|military|rebels?|militias?|sanction(?:s|ed)|embargo|war|ceasefire"
    r"|insurgents?|smuggl\w+|"
    r"defen[cs]e minist\w+|air force|armed forces|security council|paramilitar\w+|navy|air ?strikes?|junta"
    r"|warlords?|combat|"
    r"terrorists?|battlefield|front line|front-line|guerrillas?|separatists?|air-defen[cs]e|warplanes?"
    r"|airlift|"
    r"weapons|ammunition|munitions|warhead|intelligence|pentagon|drones|air base|nuclear"
    r"|kremlin)\b",
    re.IGNORECASE,
)
_PLAY = re.compile(
    r"\b(?:innings?|pitch(?:er|ing)|shortstop|coach|goals?|league|season|fans|stadium|quarterback|striker"
    r"|goalkeeper|tournament|championship|"
    r"umpire|referee|half-time|scor(?:ed|eless|er)|playoffs?|pennant|midfielder|teammates?|home run"
    r"|touchdown|basketball|football|baseball|"
    r"oven|recipe|butter|tablespoons?|flour|simmer|dough|novel|film|album|guitar|video game"
    r"|players?)\b",
    re.IGNORECASE,
)
_UNLOAD = frozenset("unload deliver supply buy purchase order lend sell donate".split())


def find(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """The weapons among the lexicon's hits, joined with their nouns, and models that no lexicon holds."""
    hits = sorted((c for c in known if c.kind is Kind.WEAPON), key=lambda c: (c.start, -c.length))
    if not hits:
        return []
    taken = sorted(
        (c.start, c.end)
        for c in known
        if c.kind in (Kind.COUNTRY, Kind.PLACE, Kind.ORGANIZATION, Kind.OPERATOR, Kind.AIRPORT)
    )
    warlike = _warlike(view, hits, known)
    models = [
        h
        for h in hits
        if h.role.startswith(MODEL) and (warlike or not h.role.endswith("?")) and not _in_a_name(view, h)
    ]
    generic = [h for h in hits if h.role.startswith(GENERIC) and warlike and not _component(view, h, hits)]
    sure = [*models, *(h for h in generic if h.name.lower() not in _DEPENDENT and _meant(view, h, ()))]
    meant = {(h.start, h.end) for h in generic if _meant(view, h, sure)}
    found = [_with_head(view, h, hits) for h in models]
    found += [_modelled(view, h, taken) or _generic(view, h) for h in generic if (h.start, h.end) in meant]
    return found


def _warlike(view: View, hits: Sequence[Candidate], known: Sequence[Candidate]) -> bool:
    """Does the report deal with war or arms at all? In sports and cookery "bombs" and "shells" are none.

    Two signs are enough: a model, words of war, two states, aircraft, a calibre, arms that are handed over.
    """
    models = sum(1 for h in hits if h.role == MODEL and not _in_a_name(view, h))
    phrases = {h.name for h in hits if h.role == GENERIC and " " in h.name}
    words = {match.group().lower() for match in _WAR.finditer(view.content)}
    if len({match.group().lower() for match in _PLAY.finditer(view.content)}) >= 3:
        return models > 1
    signs = 2 * models + len(words) + len(phrases)
    if signs < 2:
        signs += len({c.id for c in known if c.kind is Kind.COUNTRY or c.role == "capital"}) >= 2
        signs += any(c.kind in (Kind.AIRCRAFT_TYPE, Kind.OPERATOR) for c in known)
    if signs < 2:
        generic = [h for h in hits if h.role.startswith(GENERIC)]
        signs += any(
            _CALIBRE.search(view.content[max(h.start - 20, 0) : h.start])
            or is_cargo(view.span(h.start, h.end).root)
            for h in generic
        )
    return signs >= 2


# --- models ------------------------------------------------------------------------------------------------


def _in_a_name(view: View, hit: Candidate) -> bool:
    """Is the model's name part of another name ("Dana Whitlock", "Javelin Sportswear"), or of a reference ("seat B-52")?"""
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


def _component(view: View, hit: Candidate, hits: Sequence[Candidate]) -> bool:
    """ "guidance kits for Fateh-110 missiles": the missiles are meant; their parts are no weapon of their own."""
    if hit.name.lower() not in _COMPONENTS:
        return False
    after = view.content[hit.end : hit.end + 60].partition(".")[0]
    return any(
        hit.end < h.start < hit.end + 60 and re.search(r"\b(?:for|of)\b", view.content[hit.end : h.start])
        for h in hits
    ) and bool(after)


def _with_head(view: View, hit: Candidate, hits: Sequence[Candidate]) -> Candidate:
    """The model and the noun behind it ("Mohajer-6 drones") or before it ("drone Ababil").

    Where the noun is of a class of its own, it tells the class: several weapons share names such as Nasr.
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
        r"|rifles?|bombs?|tanks?) $",
        content[max(hit.start - 40, 0) : hit.start],
    )
    start = hit.start - (len(before.group()) if before and end == hit.end else 0)
    surface = content[hit.start : hit.end]
    told = next(
        (
            h.key
            for h in hits
            if h.role.startswith(GENERIC) and hit.end <= h.start and h.end == end and h.key in _TELLING
        ),
        None,
    )
    key_, identity = (told, f"{told}/{hit.name}") if told and hit.key in _TELLING else (hit.key, hit.id)
    return relabel(
        hit,
        start=start,
        end=end,
        rank=_RANK,
        key=key_,
        id=identity,
        variants=(surface,) if (start, end) != (hit.start, hit.end) else (),
    )


def _modelled(view: View, hit: Candidate, taken: list[tuple[int, int]]) -> Candidate | None:
    """A generic noun with the name of an unknown model before it: "Z-3 missiles", "Almas anti-tank missiles"."""
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
        role=MODEL,
        method="shape",
        confidence=0.75,
        rank=_RANK,
        variants=(view.content[start:end],),
    )


def _model_token(view: View, i: int, taken: list[tuple[int, int]]) -> bool:
    token = view.doc[i]
    if token.lower_ in cues("weapons: no model") or token.lower_.startswith(("anti", "non-", "multi")):
        return False
    if any(start < token.idx + len(token.text) and token.idx < end for start, end in taken):
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


# --- generic -----------------------------------------------------------------------------------------------


def _generic(view: View, hit: Candidate) -> Candidate:
    """The noun with its calibre in front; the id is the class, or the class and the wording."""
    calibre = _CALIBRE.search(view.content[max(hit.start - 20, 0) : hit.start])
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
    surface = view.content[hit.start : hit.end]
    return relabel(hit, start=start, rank=_RANK - 20, variants=(surface,) if start != hit.start else ())


def _meant(view: View, hit: Candidate, hits: Sequence[Candidate]) -> bool:
    """Is the common noun a weapon here, no figure of speech, no other sense?"""
    span = view.span(hit.start, hit.end)
    token, text = span[len(span) - 1], hit.name.lower()
    if (
        token.pos_ not in ("NOUN", "PROPN", "ADJ", "X")
        and not view.in_title(hit.start)
        and not (token.tag_ == "VBZ" and text not in _GATES)
    ):
        return False
    if view.content[hit.start].isupper() and token.pos_ == "PROPN" and _capital_inside(view, span, hit):
        return False
    after = view.doc[span.end : span.end + 1]
    following = after[0].lower_ if len(after) and not after[0].is_punct else ""
    before = view.doc[span.start - 1].lower_ if span.start else ""
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
    return rule(view, token, before, hits) if rule else True


def _capital_inside(view: View, span: Span, hit: Candidate) -> bool:
    """A common noun with a capital inside a sentence is part of a name: "Macon Bombers"."""
    if hit.name[:1].isupper() or span[0].is_sent_start or view.in_title(hit.start) or span.text.isupper():
        return False
    return True


def _plural(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _tank(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.tag_ in ("NNS", "NNPS") and before not in cues("weapons: fuel")


def _beside_ammunition(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.tag_ == "NNS" and any(
        h.key == WeaponClass.AMMUNITION and h.name.lower() not in ("round", "bullet") for h in hits
    )


def _fighter(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    """Fighters are aircraft only where other combat aircraft are spoken of, and no group or faction owns them."""
    if before and view.doc[token.i - 1].pos_ == "PROPN":
        return False
    return any(
        h.key == WeaponClass.COMBAT_AIRCRAFT and h.name.lower() not in ("fighter", "bomber", "interceptor")
        for h in hits
    )


def _cargo(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return is_cargo(token)


def _never(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return False


def _shells(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
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
    "bomber": _plural,
    "interceptor": _plural,
    "cannon": _beside_ammunition,
    "gun": _plural,
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
    "military cargo": _plural,
    "silencer": _cargo,
    "air defences": _plural,
    "air defenses": _plural,
    "aircraft carrier": _never,
    "frigate": _cargo,
    "chlorine": _never,
}


def is_cargo(token: Token) -> bool:
    """Is this sold, sent, asked for or unloaded rather than flying by itself?"""
    before = token.doc[max(token.i - 4, token.sent.start) : token.i]
    if any(t.lemma_.lower() in _UNLOAD and t.pos_ == "VERB" and t.dep_ != "amod" for t in before):
        return True
    for _ in range(6):
        if any(
            c.dep_ in ("relcl", "acl") and c.lemma_.lower() in cues("weapons: supply") and not _flown(c)
            for c in token.children
        ):
            return True
        if token.dep_ in ("dobj", "nsubjpass", "dative"):
            return token.head.lemma_.lower() in cues("weapons: supply")
        if token.dep_ == "pobj" and token.head.lower_ in ("of", "for", "with", "in", "from", "including"):
            governor = token.head.head
            if governor.lemma_.lower() in cues("weapons: supply") or governor.lemma_.lower() in cues(
                "weapons: supply nouns"
            ):
                return True
            token = governor
        elif token.dep_ in ("conj", "compound", "nmod", "appos", "attr", "nummod"):
            token = token.head
        else:
            return False
    return False


def _flown(verb: Token) -> bool:
    """ "the MiGs that were ordered home" fly; "the MiGs that it ordered" do not."""
    return any(
        c.dep_ in ("advmod", "prep") and c.lower_ in ("home", "to", "into", "back") for c in verb.children
    )


# --- one entity for each weapon ----------------------------------------------------------------------------

_RELATED = {
    "missile": (
        WeaponClass.BALLISTIC_MISSILE,
        WeaponClass.CRUISE_MISSILE,
        WeaponClass.SURFACE_TO_AIR_MISSILE,
        WeaponClass.ANTI_TANK_MISSILE,
        WeaponClass.MISSILE,
    ),
    "rocket": (WeaponClass.ROCKET,),
    "drone": (WeaponClass.DRONE,),
    "uav": (WeaponClass.DRONE,),
    "fighter": (WeaponClass.COMBAT_AIRCRAFT,),
    "jet": (WeaponClass.COMBAT_AIRCRAFT,),
    "warplane": (WeaponClass.COMBAT_AIRCRAFT,),
    "howitzer": (WeaponClass.ARTILLERY,),
    "gun": (WeaponClass.ARTILLERY,),
    "helicopter": (WeaponClass.HELICOPTER,),
    "tank": (WeaponClass.ARMOURED_VEHICLE,),
    "anti tank missile": (WeaponClass.ANTI_TANK_MISSILE,),
    "fighter jet": (WeaponClass.COMBAT_AIRCRAFT,),
    "combat aircraft": (WeaponClass.COMBAT_AIRCRAFT,),
    "air defence gear": (WeaponClass.AIR_DEFENCE,),
    "launcher": (WeaponClass.ROCKET,),
    "air defences": (WeaponClass.AIR_DEFENCE,),
    "air defenses": (WeaponClass.AIR_DEFENCE,),
    "air defence system": (WeaponClass.AIR_DEFENCE,),
    "air defense system": (WeaponClass.AIR_DEFENCE,),
}


def merged(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one id for each distinct weapon."""
    weapons = sorted((c for c in chosen if c.kind is Kind.WEAPON), key=lambda c: c.start)
    models = [c for c in weapons if c.role.startswith(MODEL)]
    phrases = [key(c.name) for c in weapons if c.role.startswith(GENERIC)]
    result: list[Candidate] = [c for c in chosen if c.kind is not Kind.WEAPON]
    for candidate in weapons:
        result.append(
            candidate if candidate in models else _placed(view, candidate, models, phrases, weapons)
        )
    return result


def _placed(
    view: View,
    generic: Candidate,
    models: Sequence[Candidate],
    phrases: Sequence[str],
    weapons: Sequence[Candidate],
) -> Candidate:
    name = key(generic.name)
    first = view.span(generic.start, generic.end)[0]
    owned = first.i > 0 and first.i - 1 in view.demonyms
    classes = _RELATED.get(name)
    bracket = re.search(r"[\w)] \([\"“]?$", view.content[max(generic.start - 4, 0) : generic.start])
    before_it = [w for w in weapons if w.end < generic.start]
    if bracket and before_it and generic.start - before_it[-1].end <= 3:
        return relabel(
            _placed(view, before_it[-1], models, phrases, weapons), start=generic.start, end=generic.end
        )
    named = next(
        (
            m
            for m in models
            if 0 < m.start - generic.end <= 14
            and re.fullmatch(
                r",? (?:the|called|dubbed|named|known as)(?: the)? ", view.content[generic.end : m.start]
            )
        ),
        None,
    )
    if named:
        return relabel(generic, id=named.id, key=named.key, name=named.name)
    if classes and (not owned or view.in_title(generic.start)) and not first.text[0].isdigit():
        same = [m for m in models if m.key in classes]
        before = [m for m in same if m.start < generic.start]
        antecedent = before[-1] if before else same[0] if same else None
        if antecedent:
            return relabel(generic, id=antecedent.id, key=antecedent.key, name=antecedent.name)
    if classes and " " not in name and not owned:
        same = [
            w
            for w in weapons
            if w.role.startswith(GENERIC) and w.key in classes and key(w.name).endswith(" " + name)
        ]
        before = [w for w in same if w.start < generic.start]
        if same:
            other = before[-1] if before else same[0]
            return relabel(generic, key=other.key, id=_phrase_id(other))
    if generic.key == WeaponClass.ARMS:
        return relabel(generic, id=str(generic.key))
    longer = [
        w
        for w in weapons
        if w.role.startswith(GENERIC)
        and w.key == generic.key
        and key(w.name) != name
        and key(w.name).endswith(" " + name)
        and " " not in name
    ]
    if longer:
        near = [w for w in longer if w.start < generic.start] or longer
        return relabel(generic, id=_phrase_id(near[-1]))
    return relabel(generic, id=_phrase_id(generic))


def _phrase_id(generic: Candidate) -> str:
    """The class, and the wording where it says more than the class."""
    name = key(generic.name)
    return (
        str(generic.key)
        if name in _PLAIN.get(str(generic.key), (str(generic.key).replace("-", " "),))
        else f"{generic.key}/{name}"
    )


_PLAIN = {
    "ammunition": ("ammunition", "munition", "ammo", "ordnance"),
    "small-arms": ("small arms", "small arm"),
    "explosive": ("explosive", "explosives", "explosive material"),
    "drone": ("drone", "uav", "unmanned aerial vehicle"),
}


def also_weapons(view: View, chosen: Sequence[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Combat aircraft that fly or fight are a type and a weapon at once: the weapon mention beside the type's."""
    models = [c for c in known if c.kind is Kind.WEAPON and c.key == WeaponClass.COMBAT_AIRCRAFT]
    starts = [c.start for c in models]
    for candidate in chosen:
        place = bisect_left(starts, candidate.start)
        model = models[place] if place < len(models) else None
        if candidate.kind is Kind.AIRCRAFT_TYPE and model and model.start < candidate.end:
            yield relabel(model, start=candidate.start, end=candidate.end, rank=_RANK)
