"""What is left of weapons that were used, and weapons told by what they hit: "fragments of a Shahed-136 were
found in X", "the missile that struck Y", and loads told by where they were traced ("traced to a batch sold
by Z")."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import WeaponClass
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import cues, is_cue, wordset
from tailgraph.nlp.claims.holds import taken_up
from tailgraph.nlp.claims.syntax import prep_objects, subjects, undergoers

RULE, FALLEN = "strike-remains", "strike-fallen-subject"
# What flies at somebody and leaves pieces; a wrecked tank or jet was not used by being wrecked.
FLYING = frozenset(
    {
        WeaponClass.BALLISTIC_MISSILE,
        WeaponClass.CRUISE_MISSILE,
        WeaponClass.MISSILE,
        WeaponClass.SURFACE_TO_AIR_MISSILE,
        WeaponClass.ANTI_TANK_MISSILE,
        WeaponClass.ROCKET,
        WeaponClass.DRONE,
        WeaponClass.BOMB,
        WeaponClass.AMMUNITION,
    }
)
# What is made to bring down what flies.
_DEFENDING = frozenset({WeaponClass.AIR_DEFENCE, WeaponClass.SURFACE_TO_AIR_MISSILE, WeaponClass.ARTILLERY})
# Where a bomb is put that is to bring something down.
INTO = ("on", "aboard", "in", "into", "inside", "under", "onto")
_MEANT = frozenset({"mean", "intend", "destine", "earmark", "be"})
_LOADS = frozenset({"consignment", "shipment", "cargo", "load", "delivery"})
_DEALT = ("supply", "acquire", "produce")


def left_over(governor: Token, link: str, path: list[Token]) -> Act | None:
    """Remains "of" a weapon, and remains that are recognised "as" a weapon or matched "with" one."""
    if governor.lemma_.lower() in wordset("remains") and governor.pos_ in ("NOUN", "PROPN"):
        moved = governor.dep_ in ("dobj", "nsubjpass") and is_cue(governor.head, "supply", "carry", "load")
        told = link in ("of", "compound", "as") and not moved
        return Act(governor, "strike", RULE, [], path) if told else None
    if link == "from" and governor.lemma_ in ("come", "originate", "stem"):
        # "Debris collected in X came from a Shahed"
        pieces = [t for t in subjects(governor) if t.lemma_.lower() in wordset("remains")]
        return Act(pieces[0], "strike", RULE, [], [*path, governor]) if pieces else None
    if link in ("as", "with", "to") and governor.lemma_ in wordset("recognising"):
        pieces = [t for t in undergoers(governor) if t.lemma_.lower() in wordset("remains")]
        return Act(pieces[0], "strike", RULE, [], [*path, governor]) if pieces else None
    return None


def fallen(verb: Token, link: str, path: list[Token]) -> Act | None:
    """ "A missile slammed into the depot", "two drones exploded over X": where what was fired came down."""
    falls = verb.pos_ == "VERB" and link == "nsubj" and verb.lemma_ in wordset("falling")
    if not falls or taken_up(verb) is not None:
        return None
    return Act(verb, "strike", FALLEN, [], path)


def through_object(noun: Token, link: str, path: list[Token]) -> Act | None:
    """ "Struck positions with drones", "opened fire on a bus with rifles": the parser hangs "with" on what
    is hit."""
    shot_at = noun.dep_ == "pobj" and noun.head.lower_ in ("on", "at")
    verb = noun.head.head if shot_at else noun.head
    hit = link == "with" and (shot_at or noun.dep_ in ("dobj", "nsubjpass")) and verb.pos_ == "VERB"
    stored = noun.lemma_.lower() in wordset("stores") | wordset("vessels")
    if not hit or stored or not is_cue(verb, "strike"):
        return None
    return Act(verb, "strike", "strike-verb-with", [], path)


def dropped(act: Act, key: str | None) -> None:
    """ "Drops chemical bombs from Antonovs": bombs that are dropped to nobody are used."""
    given = _given(act)
    bombs = key in (WeaponClass.BOMB, WeaponClass.CHEMICAL)
    if act.rule == "carry-verb-obj" and act.cue.lemma_ in wordset("dropping") and bombs and not given:
        act.kind, act.rule = "use", "use-verb-obj"


def _given(act: Act) -> bool:
    return any(True for word in (act.cue, *act.path) for _ in prep_objects(word, "to", "for"))


def planted(act: Act, head: Token, key: str | None) -> None:
    """ "Put a bomb on a jet", "hid explosives aboard the plane": an attack on what they are put into; bombs
    in the plural are a load."""
    charge = key == WeaponClass.EXPLOSIVE or (key == WeaponClass.BOMB and head.tag_ == "NN")
    put = act.cue.lemma_ in wordset("planting") and act.rule.endswith("-verb-obj")
    places = [t.lemma_.lower() for t in prep_objects(act.cue, *INTO)]
    if charge and put and not _given(act) and any(place in wordset("attacked craft") for place in places):
        act.kind, act.rule = "use", "use-planted"


def fits(act: Act, head: Token, key: str | None) -> bool:
    """Whether the class of a weapon can be what an act tells of it."""
    if act.cue.lemma_ == "set" and act.cue.dep_ == "acl":
        return False  # "a wireless set with explosives": the noun, taken for a participle
    if act.cue.lemma_ in _MEANT and not _for_somebody(act.cue):
        return False
    if act.rule == "strike-verb-intercepted" and key in (WeaponClass.BOMB, WeaponClass.AMMUNITION):
        return False  # what was destroyed and is not fired from afar lay in a store
    if act.kind == "produce" and any(w.lemma_.lower() in _LOADS for t in act.cue.lefts for w in t.subtree):
        return False  # "a consignment of rifles was put together there": it is packed, not made
    return key in FLYING or act.rule not in (RULE, FALLEN, "strike-noun-of", "strike-verb-intercepted")


def wards_off(act: Act, key: str | None, flying: set[int]) -> bool:
    """ "Air defences shot down twelve drones": what brings down weapons (the tokens `flying`) attacks
    nobody."""
    hit = (t for c in act.cue.children if c.dep_ in ("dobj", "nsubjpass") for t in c.subtree)
    brought_down = any(t.i in flying for t in hit)
    rules = ("-subject", "-by")
    return key in _DEFENDING and act.kind == "strike" and act.rule.endswith(rules) and brought_down


def _for_somebody(cue: Token) -> bool:
    """Whether what is "meant for" goes to somebody, and not to "its own defence"."""
    goals = list(prep_objects(cue, "for"))
    return not goals or any(t.lemma_.lower() not in wordset("own purposes") for t in goals)


def traced(verb: Token, link: str) -> Act | None:
    """ "The shells were traced to a batch that Z had bought": the act of the batch."""
    if link != "obj" or verb.lemma_ not in wordset("recognising"):
        return None
    for prep in verb.children:
        for noun in prep.children if prep.dep_ == "prep" and prep.lower_ in ("to", "as", "from") else ():
            if noun.lemma_.lower() not in wordset("part") | wordset("shipment"):
                continue
            for clause in noun.children:
                kind = next((c.kind for c in cues(clause) if c.kind in _DEALT and "obj" in c.links), None)
                if kind is not None and clause.dep_ in ("acl", "relcl"):
                    return Act(clause, kind, f"{kind}-traced", [], [noun])
    return None
