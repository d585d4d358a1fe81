"""Acts of carrying and giving that only say who has weapons: "the boat holds", "are armed with", "flies
MiG-29s"."""

from __future__ import annotations

from tailgraph.graph.model import WeaponClass
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.slots import Roles
from tailgraph.nlp.claims.syntax import agents, doers, is_passive, prep_objects

_VEHICLES = frozenset(
    {
        WeaponClass.COMBAT_AIRCRAFT,
        WeaponClass.HELICOPTER,
        WeaponClass.ARMOURED_VEHICLE,
        WeaponClass.WARSHIP,
    }
)
_WAYS = frozenset("to into from for in out over through aboard on home away back".split())


def possessed(act: Act, roles: Roles) -> bool:
    """Whether an act says no more than who has the weapons; `roles` are then those of who has them."""
    if _is_armed(act):
        roles["accused"] = roles.pop("recipient", {})
        return True
    if _has_got(act):
        roles.pop("recipient", None)
        return True
    holds = _only_holds(act) and not roles.get("carrier") and not roles.get("recipient")
    if not holds and not (act.kind == "carry" and _steers(act, roles)):
        return False
    # A state or group that hides or holds weapons has them; only a craft that holds them carries them.
    roles.pop("carrier", None)
    for ref in roles.get("accused", {}):
        roles.get("supplier", {}).pop(ref, None)
    return True


def _has_got(act: Act) -> bool:
    """ "Has got missiles": no more than "has missiles", where nobody is told to have given them."""
    helpers = [c for c in act.cue.children if c.dep_ == "aux"]
    having = any(c.lemma_ == "have" and c.tag_ in ("VBZ", "VBP") for c in helpers)
    sources = [o for word in (act.cue, *act.path) for o in prep_objects(word, "from")]
    return act.cue.lemma_ == "get" and act.cue.tag_ == "VBN" and having and not sources


def _only_holds(act: Act) -> bool:
    if act.kind == "carry" and act.cue.lemma_ in ("carry", "bear"):
        # Fighters, guards and instructors carry their own rifles.
        people = (wordset(name) for name in ("followers", "people", "armed guards"))
        return any(t.lemma_.lower() in frozenset().union(*people) for t in doers(act.cue))
    if any(t.lemma_.lower() in wordset("hold") for t in doers(act.cue)):
        return False  # "the boxes held missiles"
    return act.kind == "carry" and is_cue(act.cue, "possess")


def _is_armed(act: Act) -> bool:
    """ "Are armed with rifles": a state, not an act of somebody's."""
    stative = act.rule == "supply-verb-with" and act.cue.lemma_ == "arm" and is_passive(act.cue)
    helpers = [c for c in act.cue.children if c.dep_ in ("aux", "auxpass")]
    done = any(c.lemma_ == "have" or c.lower_ == "being" for c in helpers)
    return stative and not done and not any(True for word in (act.cue, *act.path) for _ in agents(word))


def _steers(act: Act, roles: Roles) -> bool:
    """ "Flies MiG-29s", "drive Humvees": who uses a vehicle has it, unless it is taken somewhere."""
    vehicles = all((m.entity.id.split("/")[0]) in _VEHICLES for m in act.weapons)
    words = (act.cue, *act.path)
    moves = [c for w in words for c in w.children if c.dep_ in ("prep", "prt", "dative", "advmod")]
    goes = any(c.lower_ in _WAYS for c in moves)
    return act.cue.lemma_ in wordset("steering") and vehicles and not goes and not roles.get("target")
