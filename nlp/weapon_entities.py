"""One entity for each distinct weapon: a model, or a class as the report words it. A bare "the drones" after
"Mohajer-6 drones" means these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.lexicon import key
from tailgraph.nlp.weapon_models import RANK

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

_PLAIN = {
    "ammunition": ("ammunition", "munition", "ammo", "ordnance"),
    "small-arms": ("small arms", "small arm"),
    "explosive": ("explosive", "explosives", "explosive material"),
    "drone": (
        "drone",
        "uav",
        "unmanned aerial vehicle",
        "unmanned aircraft",
        "uas",
        "unmanned aerial system",
    ),
}


def merged(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one id for each distinct weapon."""
    weapons = sorted((c for c in chosen if c.kind is Kind.WEAPON), key=lambda c: c.start)
    others = [c for c in chosen if c.kind is not Kind.WEAPON]
    weapons = _of_family(weapons)
    told = _Told(weapons)
    placed: list[Candidate] = []
    for i, weapon in enumerate(weapons):
        if weapon.role.startswith("model"):
            placed.append(weapon)
        elif i and _is_abbreviation(view, weapons[i - 1], weapon):
            placed.append(relabel(placed[-1], start=weapon.start, end=weapon.end, variants=()))
        elif i + 1 < len(weapons) and _is_named(view, weapon, weapons[i + 1]):
            placed.append(_same(weapon, weapons[i + 1]))
        else:
            placed.append(_placed(view, weapon, told))
    return others + placed


def _of_family(weapons: list[Candidate]) -> list[Candidate]:
    """ "Mohajers" are the one Mohajer-6 that the report names; of several variants they may be any."""
    models = {c.name: c for c in weapons if c.role.startswith("model")}

    def variant(weapon: Candidate) -> Candidate:
        longer = [c for name, c in models.items() if re.match(rf"{re.escape(weapon.name)}[- ]\w", name)]
        return _same(weapon, longer[0]) if len(longer) == 1 and longer[0].key == weapon.key else weapon

    return [variant(w) if w.role.startswith("model") and w.name.isalpha() else w for w in weapons]


class _Told:
    """Where models and worded classes are named: the last one before an offset, else the first of all."""

    def __init__(self, weapons: Sequence[Candidate]) -> None:
        self._models: dict[str, list[Candidate]] = {}
        self._worded: dict[str, list[Candidate]] = {}
        for weapon in weapons:
            if weapon.role.startswith("model"):
                self._models.setdefault(str(weapon.key), []).append(weapon)
            elif " " in (name := key(weapon.name)):
                self._worded.setdefault(name.rsplit(" ", 1)[1], []).append(weapon)

    def model(self, classes: Sequence[str], offset: int) -> Candidate | None:
        near = [_nearest(self._models[str(c)], offset) for c in classes if str(c) in self._models]
        return max(
            near, key=lambda c: (c.start < offset, c.start if c.start < offset else -c.start), default=None
        )

    def worded(self, noun: str, classes: Sequence[str], offset: int) -> Candidate | None:
        """A phrase that ends in the noun: "artillery shells" for "shells"."""
        fitting = [c for c in self._worded.get(noun, ()) if c.key in classes]
        return _nearest(fitting, offset) if fitting else None


def _nearest(candidates: Sequence[Candidate], offset: int) -> Candidate:
    place = bisect_left(candidates, offset, key=lambda c: c.start)
    return candidates[max(place - 1, 0)]


def _is_abbreviation(view: View, before: Candidate, weapon: Candidate) -> bool:
    """ "short-range ballistic missiles (SRBMs)"."""
    return re.fullmatch(r" \([\"“]?", view.content[before.end : weapon.start]) is not None


def _is_named(view: View, weapon: Candidate, following: Candidate) -> bool:
    """ "armed drones, the ANSU-100": the model behind is what the noun means."""
    between = view.content[weapon.end : min(following.start, weapon.end + 20)]
    naming = r",? (?:the|called|dubbed|named|known as)(?: the)? "
    return following.role.startswith("model") and re.fullmatch(naming, between) is not None


def _same(weapon: Candidate, other: Candidate) -> Candidate:
    return relabel(weapon, id=other.id, key=other.key, name=other.name)


def _placed(view: View, generic: Candidate, told: _Told) -> Candidate:
    """A common noun: a model told before, a fuller wording told before, or a weapon of its own."""
    name = key(generic.name)
    first = view.span(generic.start, generic.end)[0]
    owned = first.i > 0 and first.i - 1 in view.demonyms
    classes = _RELATED.get(name, ())
    if classes and (not owned or view.in_title(generic.start)) and not first.text[0].isdigit():
        model = told.model(classes, generic.start)
        meant = _definite(first) or (model is not None and _of_its_class(view, model, generic))
        if model and (" " in name or (not owned and meant)):
            return _same(generic, model)
    if name == "missile" and generic.key == WeaponClass.MISSILE and not _points_back(view, generic, told):
        # A bare "missiles" says no class; only "the missiles" told of before have the class told there.
        return relabel(generic, id=_phrase_id(generic))
    if generic.key != WeaponClass.ARMS and " " not in name:
        fuller = (classes and not owned and told.worded(name, classes, generic.start)) or told.worded(
            name, (generic.key,) if generic.key else (), generic.start
        )
        if fuller:
            return relabel(generic, key=fuller.key, id=_phrase_id(fuller))
    return relabel(generic, id=str(generic.key) if generic.key == WeaponClass.ARMS else _phrase_id(generic))


def _points_back(view: View, generic: Candidate, told: _Told) -> bool:
    """ "Anti-tank missiles … the missiles": with an article, behind the fuller wording."""
    fuller = told.worded("missile", _RELATED["missile"], generic.start)
    first = view.span(generic.start, generic.end)[0]
    return fuller is not None and fuller.start < generic.start and _definite(first)


def _definite(first: Token) -> bool:
    """ "the drones", "these missiles": weapons spoken of before."""
    before = first.doc[max(first.i - 3, 0) : first.i]
    return any(t.lower_ in _POINTING for t in before)


_POINTING = frozenset(("the", "these", "those", "that", "this", "such", "both", "its", "their"))
_NEARBY = 6
"""Sentences back to which a bare noun points."""


def _of_its_class(view: View, model: Candidate, generic: Candidate) -> bool:
    """Is a model of the very class named before, a few sentences back?"""
    if model.key != generic.key or model.start > generic.start:
        return False
    between = view.doc[view.token_at(model.start).i : view.token_at(generic.start).i]
    return sum(1 for t in between if t.is_sent_start) <= _NEARBY


def _phrase_id(generic: Candidate) -> str:
    """The class, and the wording where it says more than the class."""
    name = key(generic.name)
    return (
        str(generic.key)
        if name in _PLAIN.get(str(generic.key), (str(generic.key).replace("-", " "),))
        else f"{generic.key}/{name}"
    )


def also_weapons(view: View, chosen: Sequence[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Combat aircraft that fly or fight are a type and a weapon at once: the weapon mention beside the
    type's."""
    models = [c for c in known if c.kind is Kind.WEAPON and c.key == WeaponClass.COMBAT_AIRCRAFT]
    starts = [c.start for c in models]
    for candidate in chosen:
        place = bisect_left(starts, candidate.start)
        model = models[place] if place < len(models) else None
        if candidate.kind is Kind.AIRCRAFT_TYPE and model and model.start < candidate.end:
            yield relabel(model, start=candidate.start, end=candidate.end, rank=RANK)
