"""Weapons: models of the lexicon with the noun that follows them ("Pantsir-S1 air-defence systems"), generic
ones ("152-mm shells"), models that no lexicon knows ("Z-3 missile"); figures of speech left out.

One entity for each distinct weapon: a model, or a class as the report words it. A bare "the drones" after
"Mohajer-6 drones" means these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.lexicon import key

GENERIC, MODEL = "generic", "model"
_RANK = 56
_CALIBRE = re.compile(r"(?:\b\d{1,3}(?:[.,]\d{1,2})?[ -]?(?:mm|millimetre|millimeter)s?|\b\d\.\d{1,2}(?:x\d{2,3})?)[ -]$")
_JOINED_HEAD = re.compile(
    r" (?:(?:[a-z]+(?:-[a-z]+)* ){0,3})(?:missiles?|rockets?|drones?|systems?|batter(?:y|ies)|launchers?|howitzers?|guns?|rifles?|"
    r"tanks?|carriers?|jets?|fighters?|bombers?|planes?|aircraft|helicopters?|gunships?|UAVs?|UCAVs?|munitions?|bombs?|torpedoes|"
    r"interceptors?|vehicles?|mortars?|shells?|radars?|mines?|pistols?|warheads?|kits?)\b")
_MODEL_SHAPE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z]{0,3}(?:-\d{1,3}[A-Za-z]?)?|\d[A-Z]{1,2}\d{1,3})$")
_NAME_SHAPE = re.compile(r"[A-ZÀ-Þ][\wà-ÿ'’ıİğşçöü-]{2,}$")
# Heads that a model's name stands before; "the Ababil weapons" would be odd.
_NAMED_CLASSES = frozenset((
    WeaponClass.BALLISTIC_MISSILE, WeaponClass.CRUISE_MISSILE, WeaponClass.SURFACE_TO_AIR_MISSILE, WeaponClass.ANTI_TANK_MISSILE,
    WeaponClass.MISSILE, WeaponClass.ROCKET, WeaponClass.DRONE, WeaponClass.ARTILLERY, WeaponClass.AIR_DEFENCE,
    WeaponClass.ARMOURED_VEHICLE, WeaponClass.HELICOPTER, WeaponClass.COMBAT_AIRCRAFT, WeaponClass.SMALL_ARMS, WeaponClass.BOMB))
_NO_MODEL = frozenset(
    "western eastern northern southern nato soviet cold gulf army air navy defence defense military ministry un eu cheap modern "
    "advanced new old heavy light small guided tactical strategic long short medium christmas guardian united first second "
    "ukrainian coalition allied rebel government state anti surface land sea ground stinger-type multiple".split())
_NOT_ARMS = frozenset("embargo race control controls treaty fair show expo sleeve length crossed folded".split())
_SHELL = frozenset("company companies firm firms corporation entity entities game shock bank".split())
_FUEL = frozenset("fuel oil water think gas storage septic fish drop external auxiliary ferry petrol".split())
_FIGURATIVE = frozenset("only best secret main our my ultimate greatest magic favourite favorite".split())
_WAR = re.compile(
    r"\b(?:arm(?:y|ies)|troops|soldiers?|military|rebels?|militias?|sanction(?:s|ed)|embargo|war|ceasefire|insurgents?|smuggl\w+|"
    r"defen[cs]e minist\w+|air force|armed forces|security council|paramilitar\w+|navy|strikes?|junta|warlords?|conflict|combat|"
    r"terrorists?|generals?|battlefield|front line|front-line|guerrillas?|separatists?|missile|air-defen[cs]e|warplanes?|arms)\b", re.IGNORECASE)
_SUPPLY = frozenset(
    "deliver supply lend sell order request ask unload ship transfer give send provide donate buy purchase acquire receive get export "
    "hand procure promise pledge load lease import obtain smuggle offer approve refurbish overhaul want need".split())
_SUPPLY_NOUNS = frozenset("order sale delivery transfer shipment supply purchase acquisition request export deal consignment batch "
                          "squadron component part spare dozen pair load cargo offer package".split())


def find(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """The weapons among the lexicon's hits, joined with their nouns, and models that no lexicon holds."""
    hits = sorted((c for c in known if c.kind is Kind.WEAPON), key=lambda c: (c.start, -c.length))
    if not hits:
        return []
    taken = sorted((c.start, c.end) for c in known if c.kind in (Kind.COUNTRY, Kind.PLACE, Kind.ORGANIZATION, Kind.OPERATOR, Kind.AIRPORT))
    warlike = _warlike(view, hits)
    found: list[Candidate] = []
    for hit in hits:
        if hit.role.startswith(MODEL):
            if warlike or not hit.role.endswith("?"):
                found.append(_with_head(view, hit))
        elif warlike and _meant(view, hit, hits):
            found.append(_modelled(view, hit, taken) or _generic(view, hit))
    return found


def _warlike(view: View, hits: Sequence[Candidate]) -> bool:
    """Does the report deal with war or arms at all? In sports and cookery "bombs" and "shells" are none."""
    models = sum(1 for h in hits if h.role == MODEL)
    words = {match.group().lower() for match in _WAR.finditer(view.content)}
    return 2 * models + len(words) >= 2


# --- models ------------------------------------------------------------------------------------------------


def _with_head(view: View, hit: Candidate) -> Candidate:
    """The model and the noun behind it ("Mohajer-6 drones") or before it ("drone Ababil")."""
    content = view.content
    head = _JOINED_HEAD.match(content, hit.end)
    end = hit.end
    if head and not re.search(r" (?:and|or|of|from|to|in|on|for|by|with|at|as|that|which|were|was|had|has|the|a|its|their|are|is|could|may) ", head.group()):
        end = head.end()
    before = re.search(r"(?:guided |anti-tank |cruise |ballistic |armed )*(?:missiles?|rockets?|drones?|rifles?|bombs?|tanks?) $", content[max(hit.start - 40, 0):hit.start])
    start = hit.start - (len(before.group()) if before and end == hit.end else 0)
    surface = content[hit.start:hit.end]
    return relabel(hit, start=start, end=end, rank=_RANK, variants=(surface,) if (start, end) != (hit.start, hit.end) else ())


def _modelled(view: View, hit: Candidate, taken: list[tuple[int, int]]) -> Candidate | None:
    """A generic noun with the name of an unknown model before it: "Z-3 missiles", "Almas anti-tank missiles"."""
    if hit.key not in _NAMED_CLASSES:
        return None
    doc = view.doc
    i = view.token_at(hit.start).i - 1
    while i >= 0 and (doc[i].is_lower and (doc[i].tag_ in ("JJ", "NN", "HYPH") or "-" in doc[i].text) or doc[i].text == "-") and view.token_at(hit.start).i - i <= 5:
        if doc[i].pos_ in ("ADP", "DET", "CCONJ", "VERB") and not doc[i].text.startswith("anti"):
            return None
        i -= 1
    last = i
    if last < 0 or not _model_token(view, last, taken):
        return None
    first = last
    while first > 0 and last - first < 2 and _NAME_SHAPE.match(doc[first - 1].text) and not doc[first - 1].is_sent_start \
            and _model_token(view, first - 1, taken) and doc[first - 1].whitespace_:
        first -= 1
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    name = keys.clean_name(view.content[start:end])
    return relabel(hit, start=start, id=f"{hit.key}/{name}", name=name, role=MODEL, method="shape", confidence=0.75, rank=_RANK,
                   variants=(view.content[start:end],))


def _model_token(view: View, i: int, taken: list[tuple[int, int]]) -> bool:
    token = view.doc[i]
    if token.lower_ in _NO_MODEL or token.lower_.startswith(("anti", "non-", "multi")):
        return False
    if any(start < token.idx + len(token.text) and token.idx < end for start, end in taken):
        return False
    if _MODEL_SHAPE.match(token.text):
        return True
    return bool(_NAME_SHAPE.match(token.text)) and not token.is_sent_start and token.tag_ in ("NNP", "NNPS") and not token.text.isupper() \
        and not view.in_title(token.idx)


# --- generic -----------------------------------------------------------------------------------------------


def _generic(view: View, hit: Candidate) -> Candidate:
    """The noun with its calibre in front; the id is the class, or the class and the wording."""
    calibre = _CALIBRE.search(view.content[max(hit.start - 20, 0):hit.start])
    start = hit.start - (len(calibre.group()) if calibre else 0)
    hyphenated = re.search(r"(?<![\w-])(?:[a-z]+-(?:[a-z]+-)?(?:fired|range|launched|guided|propelled|ship|tank|aircraft|air|ground|surface|"
                           r"explosive|piercing|delivered|calibre|caliber|way) )+$", view.content[max(start - 40, 0):start])
    if hyphenated:
        start -= len(hyphenated.group())
    surface = view.content[hit.start:hit.end]
    return relabel(hit, start=start, rank=_RANK - 20, variants=(surface,) if start != hit.start else ())


def _meant(view: View, hit: Candidate, hits: Sequence[Candidate]) -> bool:
    """Is the common noun a weapon here, no figure of speech, no other sense?"""
    span = view.span(hit.start, hit.end)
    token, text = span[len(span) - 1], hit.name.lower()
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X") and not view.in_title(hit.start):
        return False
    after = view.doc[span.end:span.end + 1]
    following = after[0].lower_ if len(after) and not after[0].is_punct else ""
    before = view.doc[span.start - 1].lower_ if span.start else ""
    if before in _FIGURATIVE or text in ("arms", "weapon", "weapons", "arsenal") and following in _NOT_ARMS:
        return False
    if token.dep_ == "compound" and token.head.i > token.i and token.head.lemma_.lower() in _SHELL | {"loan", "proof", "train", "point"}:
        return False
    rule = _GATES.get(text)
    return rule(view, token, before, hits) if rule else True


def _plural(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _tank(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.tag_ in ("NNS", "NNPS") and before not in _FUEL


def _beside_ammunition(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.tag_ == "NNS" and any(h.key == WeaponClass.AMMUNITION and h.name.lower() not in ("round", "bullet") for h in hits)


def _fighter(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    """Fighters are aircraft only where other combat aircraft are spoken of, and no group or faction owns them."""
    if before and view.doc[token.i - 1].pos_ == "PROPN":
        return False
    return any(h.key == WeaponClass.COMBAT_AIRCRAFT and h.name.lower() not in ("fighter", "bomber", "interceptor") for h in hits)


def _cargo(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return is_cargo(token)


def _never(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return False


def _shells(view: View, token: Token, before: str, hits: Sequence[Candidate]) -> bool:
    return token.lower_ == "shells" or before[:1].isdigit() or token.dep_ == "compound" and token.head.lemma_ in (
        "shuttle", "shipment", "supply", "delivery", "production", "plant", "casing")


_GATES = {
    "mine": _plural, "round": _beside_ammunition, "bullet": _plural, "tank": _tank, "fighter": _fighter, "bomber": _plural,
    "interceptor": _plural, "cannon": _beside_ammunition, "gun": _plural, "helicopter": _cargo, "transport helicopter": _cargo,
    "shell": _shells, "technical": _never, "kit": _never, "hardware": _never, "spare parts": _never, "patrol vehicle": _cargo,
    "military vehicle": _cargo, "speedboat": _never, "destroyer": _never, "cruiser": _never, "fuse": _cargo, "fuze": _cargo,
    "armour": _never, "armor": _never, "military support": _never, "arsenal": _never, "quadcopter": _cargo, "submarine": _cargo,
    "military jet": _cargo, "centrifuge": _cargo, "projectile": _plural, "military cargo": _plural, "silencer": _cargo,
    "air defences": _plural, "air defenses": _plural, "aircraft carrier": _never, "frigate": _cargo, "chlorine": _never,
}


def is_cargo(token: Token) -> bool:
    """Is this sold, sent, asked for or unloaded rather than flying by itself?"""
    for _ in range(6):
        if token.dep_ in ("dobj", "nsubjpass", "dative") and token.head.lemma_.lower() in _SUPPLY:
            return True
        if token.dep_ == "pobj" and token.head.lower_ in ("of", "for", "with", "in"):
            governor = token.head.head
            if governor.lemma_.lower() in _SUPPLY or governor.lemma_.lower() in _SUPPLY_NOUNS:
                return True
            if token.head.lower_ != "of":
                return False
            token = governor
        elif token.dep_ in ("conj", "compound", "nmod", "appos"):
            token = token.head
        elif token.dep_ == "relcl" or token.head is token:
            return False
        else:
            return any(c.dep_ == "relcl" and c.lemma_ in _SUPPLY or c.dep_ == "acl" and c.lemma_ in _SUPPLY for c in token.children)
    return False


# --- one entity for each weapon ----------------------------------------------------------------------------

_RELATED = {
    "missile": (WeaponClass.BALLISTIC_MISSILE, WeaponClass.CRUISE_MISSILE, WeaponClass.SURFACE_TO_AIR_MISSILE, WeaponClass.ANTI_TANK_MISSILE,
                WeaponClass.MISSILE),
    "rocket": (WeaponClass.ROCKET,), "drone": (WeaponClass.DRONE,), "uav": (WeaponClass.DRONE,), "fighter": (WeaponClass.COMBAT_AIRCRAFT,),
    "jet": (WeaponClass.COMBAT_AIRCRAFT,), "warplane": (WeaponClass.COMBAT_AIRCRAFT,), "howitzer": (WeaponClass.ARTILLERY,),
    "gun": (WeaponClass.ARTILLERY,), "helicopter": (WeaponClass.HELICOPTER,), "tank": (WeaponClass.ARMOURED_VEHICLE,),
    "anti tank missile": (WeaponClass.ANTI_TANK_MISSILE,), "fighter jet": (WeaponClass.COMBAT_AIRCRAFT,),
    "combat aircraft": (WeaponClass.COMBAT_AIRCRAFT,), "air defence gear": (WeaponClass.AIR_DEFENCE,), "launcher": (WeaponClass.ROCKET,),
    "air defence system": (WeaponClass.AIR_DEFENCE,), "air defense system": (WeaponClass.AIR_DEFENCE,),
}


def merged(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one id for each distinct weapon."""
    weapons = sorted((c for c in chosen if c.kind is Kind.WEAPON), key=lambda c: c.start)
    models = [c for c in weapons if c.role.startswith(MODEL)]
    phrases = [key(c.name) for c in weapons if c.role.startswith(GENERIC)]
    result: list[Candidate] = [c for c in chosen if c.kind is not Kind.WEAPON]
    for candidate in weapons:
        result.append(candidate if candidate in models else _placed(view, candidate, models, phrases, weapons))
    return result


def _placed(view: View, generic: Candidate, models: Sequence[Candidate], phrases: Sequence[str], weapons: Sequence[Candidate]) -> Candidate:
    name = key(generic.name)
    first = view.span(generic.start, generic.end)[0]
    owned = first.i > 0 and first.i - 1 in view.demonyms
    classes = _RELATED.get(name)
    if classes and not owned and not first.text[0].isdigit():
        same = [m for m in models if m.key in classes]
        before = [m for m in same if m.start < generic.start]
        antecedent = before[-1] if before else same[0] if same else None
        if antecedent:
            return relabel(generic, id=antecedent.id, key=antecedent.key, name=antecedent.name)
    if generic.key == WeaponClass.ARMS:
        return relabel(generic, id=str(generic.key))
    longer = [w for w in weapons if w.role.startswith(GENERIC) and w.key == generic.key and key(w.name) != name and key(w.name).endswith(" " + name)
              and " " not in name]
    if longer:
        near = [w for w in longer if w.start < generic.start] or longer
        return relabel(generic, id=f"{generic.key}/{key(near[-1].name)}")
    if str(generic.key).replace("-", " ") == name:
        return relabel(generic, id=str(generic.key))
    return relabel(generic, id=f"{generic.key}/{name}")


def also_weapons(view: View, chosen: Sequence[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Combat aircraft that fly or fight are a type and a weapon at once: the weapon mention beside the type's."""
    models = {c.start: c for c in known if c.kind is Kind.WEAPON and c.key in (WeaponClass.COMBAT_AIRCRAFT, WeaponClass.HELICOPTER)}
    for candidate in chosen:
        if candidate.kind is Kind.AIRCRAFT_TYPE and (model := models.get(candidate.start)) and model.key == WeaponClass.COMBAT_AIRCRAFT:
            yield relabel(model, start=candidate.start, end=candidate.end, rank=_RANK)
