"""One entity for each distinct weapon: a model, or a class as the report words it. A bare "the drones" after
"Mohajer-6 drones" means these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

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
    "drone": ("drone", "uav", "unmanned aerial vehicle"),
}


def merged(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one id for each distinct weapon."""
    weapons = sorted((c for c in chosen if c.kind is Kind.WEAPON), key=lambda c: c.start)
    models = [c for c in weapons if c.role.startswith("model")]
    phrases = [key(c.name) for c in weapons if c.role.startswith("generic")]
    others = [c for c in chosen if c.kind is not Kind.WEAPON]
    return others + [c if c in models else _placed(view, c, models, phrases, weapons) for c in weapons]


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
            if w.role.startswith("generic") and w.key in classes and key(w.name).endswith(" " + name)
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
        if w.role.startswith("generic")
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
