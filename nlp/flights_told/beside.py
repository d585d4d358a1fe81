"""Which aircraft that a sentence names goes with a word of movement: as subject, object, or on board."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Kind
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.clauses import right_limit
from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import Cue, Frame, aircraft_words, roles

_ABOARD = frozenset({"by", "aboard", "on", "in", "with", "using", "board", "via", "inside"})
_MEETING = cues("flights told: meeting in the air")
_RULES = frozenset({"may", "must", "can", "should", "shall", "cannot"})
_MAX_CLIMB = 12
# "An Il-18 at the service of a body, which …".
_MAX_LINKS = 2


def of_subject(scene: Scene, cue: Cue, subject: Token | None) -> Vehicle | None:
    if subject is None:
        return None
    left = subject.left_edge.i
    right = min(subject.right_edge.i + 1, cue.first) if subject.i < cue.first else subject.right_edge.i + 1
    doc = scene.annotated.doc
    inside = [v for v in scene.vehicles if left <= v.first < right or v.first <= subject.i < v.end]
    inside = [v for v in inside if not _in_relative_clause(doc[v.first : v.end].root, subject)]
    mention = scene.annotated.mention_at(subject)
    if not inside and (of_company := _whose_company(scene, cue, subject)):
        inside = of_company
    elif mention and mention.entity.kind in {Kind.PERSON, Kind.ORGANIZATION}:
        return None
    return max(inside, key=lambda v: (bool(v.aircraft), bool(v.types), v.craft, -v.first), default=None)


def _whose_company(scene: Scene, cue: Cue, subject: Token) -> list[Vehicle]:
    """ "An Il-18 of a Bishkek company, which called at Monrovia": the aircraft, whatever "which" hangs on."""
    owned = subject
    for _ in range(_MAX_LINKS if cue.token.dep_ == "relcl" else 0):
        if owned.dep_ != "pobj" or owned.head.lower_ not in {"of", "from", "by", "at", "in"}:
            break
        owned = owned.head.head
        owned = owned.head if owned.dep_ == "acl" else owned
        found = [v for v in scene.vehicles if v.craft and v.first <= owned.i < v.end]
        if found:
            return found
    return []


def _in_relative_clause(token: Token, subject: Token) -> bool:
    for _ in range(_MAX_CLIMB):
        if token == subject or token.head == token:
            return False
        if token.dep_ == "relcl":
            return True
        token = token.head
    return False


def seen_moving(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "The data show EX-76Z1 departing Sharjah": the aircraft right before the participle."""
    if cue.token.tag_ not in {"VBG", "VB"}:
        return None
    return next((v for v in scene.vehicles if v.craft and v.end == cue.first), None)


def aboard(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "By EW-512TK", "in a Moldovan Il-18", "aboard the jet"; not "with 122mm rockets"."""
    doc = scene.annotated.doc
    limit = right_limit(scene, cue, over_nouns=True)
    for vehicle in scene.vehicles:
        if cue.first < vehicle.first < limit:
            lead = {t.lower_ for t in doc[max(cue.last + 1, vehicle.first - 5) : vehicle.first]}
            if _ABOARD & lead:
                return vehicle
    return None


def used_for(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "Will use its C-130 to bring shells": what the operator carries with."""
    head = cue.token.head
    if (
        head.lemma_ == "use"
        and head.tag_ in {"VBZ", "VBP"}
        and not any(c.dep_ == "aux" for c in head.children)
    ):
        # "Uses its An-12s to carry fish": what it does, not a flight.
        return None
    objects = (c for c in head.children if c.dep_ == "dobj")
    tool = next(objects, None) if head.lemma_ == "use" else head if cue.token.dep_ == "acl" else None
    return next((v for v in scene.vehicles if tool is not None and v.first <= tool.i < v.end), None)


def flown_on(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "Operated the plane on trips to Goma", "used an An-12 for flights": with what somebody made them."""
    link = cue.token.head
    if cue.token.dep_ != "pobj" or link.lower_ not in {"on", "for"}:
        return None
    verb = link.head if link.head.pos_ == "VERB" else link.head.head
    if verb.lemma_ not in {"operate", "use", "fly", "employ"}:
        return None
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    return next((v for v in scene.vehicles if v.craft and any(v.first <= t.i < v.end for t in objects)), None)


def last_before(scene: Scene, cue: Cue) -> Vehicle | None:
    before = [v for v in scene.vehicles if v.end <= cue.first]
    return before[-1] if before else None


def flown(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "Accused of flying two Il-76s to Libya"."""
    if cue.word.frame not in {Frame.FLY, Frame.TURN, Frame.CRASH} and cue.word.lemma != "take":
        return None
    objects = {"dobj", "nsubjpass"} if cue.word.lemma in {"fly", "send"} else {"dobj"}
    thing = next((c for c in cue.token.children if c.dep_ in objects), None)
    found = next(
        (v for v in scene.vehicles if thing is not None and v.first <= thing.i < v.end and v.craft), None
    )
    delivered = cue.word.lemma == "send" and thing is not None and thing.dep_ == "nsubjpass"
    return None if found and delivered and _is_merchandise(found) else found


def left_behind(scene: Scene, cue: Cue) -> bool:
    """ "That left the jet with little to do": no aircraft left."""
    things = [c for c in cue.token.children if c.dep_ == "dobj"]
    return any(v.craft and v.first <= thing.i < v.end for thing in things for v in scene.vehicles)


def flies_it(scene: Scene, cue: Cue) -> bool:
    """ "He took it to Caracas last December": the aircraft spoken of."""
    if cue.word.frame not in {Frame.FLY, Frame.CARRY} or cue.word.lemma not in {"take", "fly", "bring"}:
        return False
    taken = any(c.dep_ == "dobj" and c.lower_ == "it" for c in cue.token.children)
    return taken and any(h.relation is Relation.TO and h.first > cue.first for h in scene.locations)


def is_load(scene: Scene, vehicle: Vehicle) -> bool:
    """ "The airlift took tanks and MiG-21s to Aden": combat aircraft that others carry."""
    token = scene.annotated.doc[vehicle.first : vehicle.end].root
    while token.dep_ in {"conj", "appos"} and token.head != token:
        token = token.head
    carrying = {c.token for c in scene.cues if c.word.frame in {Frame.CARRY, Frame.FLY} and not c.nominal}
    return token.dep_ == "dobj" and token.head in carrying and _is_merchandise(vehicle)


def only_met(scene: Scene, vehicle: Vehicle) -> bool:
    """ "It collided with a Soviet jet", "was escorted by two F-16s": what "the plane" means next is the
    other."""
    token = scene.annotated.doc[vehicle.first : vehicle.end].root
    while token.dep_ in {"conj", "appos", "compound", "nmod"} and token.head != token:
        token = token.head
    link = token.head
    return token.dep_ == "pobj" and link.lower_ in {"by", "with"} and link.head.lemma_.lower() in _MEETING


def in_general(scene: Scene, vehicle: Vehicle) -> bool:
    """ "A plane that has been there may not enter the country": none of those told of."""
    root = scene.annotated.doc[vehicle.first : vehicle.end].root
    if vehicle.named or vehicle.definite or root.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return any(c.dep_ == "aux" and c.lower_ in _RULES for c in root.head.children)


def _is_merchandise(vehicle: Vehicle) -> bool:
    """ "Twelve fighter jets were sent to Khartoum": handed over, as likely as flown there and back."""
    sorts = {roles().get(slot.entity.id, "") for slot in vehicle.types}
    noun = aircraft_words().get(vehicle.noun or "", (None, ""))[1]
    return vehicle.warlike or "helicopter" in {noun, *sorts} or "fighter" in sorts


def of_noun(scene: Scene, cue: Cue) -> list[Vehicle]:
    right = right_limit(scene, cue)
    return [
        v
        for v in scene.vehicles
        if (cue.first < v.first < right and not _goes_along(scene, cue, v))
        or v.end == cue.first
        or v.first <= cue.first < v.end
        or _possesses(scene, v, cue)
    ]


def _goes_along(scene: Scene, cue: Cue, vehicle: Vehicle) -> bool:
    """ "A flight from Engels, accompanied by an An-124": what only went along."""
    between = scene.annotated.doc[cue.last + 1 : vehicle.first]
    return any(t.lower_ in {"accompanied", "escorted", "joined", "followed", "shadowed"} for t in between)


def _possesses(scene: Scene, vehicle: Vehicle, cue: Cue) -> bool:
    """ "The jet's third trip"."""
    between = scene.annotated.doc[vehicle.end : cue.first]
    return 0 < len(between) <= 4 and between[0].lower_ in {"'s", "’s", "'", "’"}


def on_its_way(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "X took parts aboard a 747 on its way from A to B": the aircraft right before "on its way"."""
    if cue.word.lemma not in {"way", "route"}:
        return None
    lead = 2 if cue.word.lemma == "way" else 1
    return next((v for v in scene.vehicles if v.craft and v.end == cue.first - lead and not v.definite), None)
