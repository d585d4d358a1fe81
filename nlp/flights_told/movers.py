"""What a word of movement makes move: an aircraft, cargo aboard one, a person, or nothing that flies."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import cache

from spacy.tokens import Token

from tailgraph.graph.model import Kind, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.dates.days import MONTHS, WEEKDAYS
from tailgraph.nlp.flights_told.clauses import right_limit
from tailgraph.nlp.flights_told.determiners import is_ordinal
from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.modality import PERMISSION
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import Cue, Frame, aircraft_words, movement_words
from tailgraph.nlp.vocabulary import rows

_ABOARD = frozenset({"by", "aboard", "on", "in", "with", "using", "board", "via", "inside"})
_GROUND_MOVERS = frozenset(
    (
        "missile rocket drone shell bullet bomb satellite projectile warhead truck lorry convoy ship "
        "vessel boat train bus car troops soldiers army refugees fighters militants tank flag spark time "
        "round rounds uav fire crate van column motorcade limousine ferry submarine tanker-ship"
    ).split()
)
_POINTERS = frozenset(
    {
        "pair",
        "both",
        "another",
        "one",
        "two",
        "three",
        "four",
        "all",
        "latter",
        "former",
        "others",
        "each",
        "trio",
    }
)
# Verbs whose object does what the verb below says: "forced the jet to land", "saw it leaving".
_OBJECT_MOVES = frozenset(
    (
        "force order compel oblige allow permit ask tell direct instruct make let see watch spot track show "
        "log record capture film photograph observe detect find catch clear bring get hear notice intercept "
        "picture have count report place put"
    ).split()
)
# "The second landed on Friday", "most left from Abu Dhabi": some of the aircraft spoken of.
_SOME = frozenset({"most", "some", "many", "few", "several", "half"})
_FORCES = frozenset(
    "force troop army military navy authority government soldier air-force marine commando".split()
)
_FLIERS = frozenset("pilot aviator airman aircrew flier flyer delegation envoy copilot co-pilot".split())
_SENDING = frozenset({"send", "operate", "dispatch", "fly", "make", "run", "launch", "start", "conduct"})
_MAX_CLIMB = 12


class Mover(Enum):
    """What sort of thing the sentence makes move."""

    VEHICLE = "vehicle"
    CARGO = "cargo"
    PERSON = "person"
    POINTER = "pointer"
    UNSAID = "unsaid"
    OTHER = "other"
    NOTHING = "nothing"


def subject_of(cue: Cue) -> Token | None:
    """The grammatical subject, or what the participle or relative clause hangs on."""
    token = cue.token
    for _ in range(5):
        subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"} and not _is_day(c)]
        subjects = [c for c in subjects if c.i < cue.first] or (subjects if token == cue.token else [])
        if subjects:
            if subjects[-1].tag_ in {"WDT", "WP"} and token.dep_ == "relcl":
                return token.head
            return subjects[-1]
        if token.dep_ == "acl" and token.head.lower_ in PERMISSION:
            token = token.head
            continue
        if token.dep_ in {"relcl", "acl"}:
            return token.head
        if token.dep_ in {"xcomp", "ccomp", "advcl"} and token.head.lemma_.lower() in _OBJECT_MOVES:
            moved = [c for c in token.head.children if c.dep_ == "dobj" and c.i < token.i]
            # "Made a trip to Vladivostok, returning at noon": the trip is no mover.
            if moved and moved[-1].lower_ not in movement_words():
                return moved[-1]
        if accused := blamed(token):
            return accused
        if token.head == token or token.dep_ not in {
            "conj",
            "xcomp",
            "advcl",
            "aux",
            "auxpass",
            "prep",
            "pcomp",
            "dobj",
            "pobj",
            "attr",
            "prt",
            "advmod",
            "npadvmod",
        }:
            return None
        token = token.head
    return None


def _is_day(token: Token) -> bool:
    """ "… stopped in Baku, and on Monday the 6th landed": what the parser takes for a subject."""
    before = token.doc[max(token.i - 2, 0) : token.i]
    return token.lower_ in WEEKDAYS or (
        token.text[0].isdigit() and any(t.lower_ in {*WEEKDAYS, *MONTHS} for t in before)
    )


def blamed(token: Token) -> Token | None:
    """Whom "accused Moscow of flying rockets to Aleppo" accuses, though "flying" may hang on the rockets."""
    inner = token.head if token.dep_ == "amod" and token.tag_ == "VBG" and token.i < token.head.i else token
    preposition = inner.head
    if inner.dep_ not in ({"pcomp"} if inner is token else {"pobj"}):
        return None
    words = {"of", "for", "from", "with"} if inner is token else {"of"}
    if preposition.lower_ not in words:
        return None
    return next((c for c in preposition.head.children if c.dep_ == "dobj"), None)


def mover_of(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Vehicle | None, bool, Mover]:
    """What moved, whether that only points back, and of what sort it is."""
    if cue.nominal:
        return _mover_of_noun(scene, cue, subject)
    named, flown = _subject_vehicle(scene, cue, subject), _flown_object(scene, cue)
    if flown:
        whose = named.operators if named and not flown.operators else flown.operators
        return replace(flown, operators=whose), flown.definite and not flown.aircraft, Mover.CARGO
    if cue.word.lemma == "send":
        return None, False, Mover.NOTHING
    seen = _seen_moving(scene, cue)
    if seen:
        return seen, seen.definite and not seen.aircraft, Mover.VEHICLE
    if cue.word.frame is Frame.CARRY and (named is None or not named.craft):
        used = _used(scene, cue) or (_carried_by(scene, cue) if named else None)
        whose = named.operators if named else ()
        named = replace(used, operators=used.operators or whose) if used and used.craft else named
    if cue.word.frame is Frame.CRASH and (named is None or not named.craft):
        # Shares of an airline plunge, too.
        return None, False, Mover.NOTHING
    if named:
        return named, named.definite and not named.aircraft, Mover.VEHICLE
    aboard = _carried_by(scene, cue)
    passive = _passive(cue.token) and cue.word.lemma != "be gone"
    if subject is not None and subject.lemma_.lower() in _GROUND_MOVERS and not (passive or aboard):
        return None, False, Mover.NOTHING
    if aboard:
        return aboard, aboard.definite and not aboard.aircraft, Mover.CARGO
    if subject is None:
        left = _left_vehicle(scene, cue)
        return left, left is None or left.definite, Mover.VEHICLE if left else Mover.UNSAID
    mention = scene.annotated.mention_at(subject)
    beside = next((v for v in scene.vehicles if v.craft and subject.i < v.first and v.end <= cue.first), None)
    if mention is None and subject.lower_ in {*_POINTERS, "first", "second", "third"} and beside:
        return beside, False, Mover.VEHICLE
    if passive and cue.word.air and cue.word.frame is not Frame.FLY:
        # "It was landed three airplanes of the company": translated English puts the subject behind.
        late = next((v for v in scene.vehicles if v.craft and v.first > cue.first), None)
        if late:
            return late, late.definite, Mover.VEHICLE
    # Aircraft are "she" to those who watch them.
    with_others = subject.lower_ == "she" and any(c.dep_ == "conj" for c in subject.children)
    people = (
        with_others
        or subject.lower_ in {"he", "i", "who"}
        or (mention is None and subject.lemma_.lower() in _FLIERS)
    )
    if people and cue.word.frame is not Frame.CARRY and not passive:
        return None, False, Mover.PERSON
    if mention is None and (
        subject.pos_ == "PRON"
        or subject.tag_ in {"CD", "DT"}
        or subject.lower_ in _POINTERS
        or (subject.lower_ in _SOME and subject.pos_ != "NOUN")
        or is_ordinal(subject)
    ):
        return None, True, Mover.POINTER
    if mention and mention.entity.kind is Kind.PERSON:
        boarded = _left_vehicle(scene, cue)
        return boarded, False, Mover.PERSON
    if passive:
        return None, False, Mover.CARGO
    if mention and mention.entity.kind in {Kind.WEAPON, Kind.ORGANIZATION}:
        return None, False, Mover.NOTHING
    beside = None if mention else _misread(scene, cue)
    if beside:
        return beside, beside.definite and not beside.aircraft, Mover.VEHICLE
    return None, False, Mover.OTHER


def _passive(token: Token) -> bool:
    ways = {c.dep_ for c in token.children}
    if ways & {"auxpass", "nsubjpass"}:
        return True
    # A past tense that the tagger takes for a participle has a subject and no auxiliary.
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    return token.tag_ == "VBN" and not perfect and ("nsubj" not in ways or "aux" in ways)


def _seen_moving(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "The data show EX-76Z1 departing Sharjah": the aircraft right before the participle."""
    if cue.token.tag_ not in {"VBG", "VB"}:
        return None
    return next((v for v in scene.vehicles if v.craft and v.end == cue.first), None)


def _misread(scene: Scene, cue: Cue) -> Vehicle | None:
    """The only aircraft before the word, where both ends are told but the parse gives it another subject."""
    relations = {here.relation for here in scene.locations}
    crafts = [v for v in scene.vehicles if v.craft]
    if len(crafts) != 1 or crafts[0].end > cue.first or not {Relation.FROM, Relation.TO} <= relations:
        return None
    between = scene.annotated.doc[crafts[0].end : cue.first]
    plain = len(between) <= 8 and not any(
        t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ != "aux" for t in between
    )
    return crafts[0] if plain else None


def _subject_vehicle(scene: Scene, cue: Cue, subject: Token | None) -> Vehicle | None:
    if subject is None:
        return None
    left = subject.left_edge.i
    right = min(subject.right_edge.i + 1, cue.first) if subject.i < cue.first else subject.right_edge.i + 1
    doc = scene.annotated.doc
    inside = [v for v in scene.vehicles if left <= v.first < right or v.first <= subject.i < v.end]
    inside = [v for v in inside if not _in_relative_clause(doc[v.first : v.end].root, subject)]
    inside = inside or _whose_company(scene, cue, subject)
    mention = scene.annotated.mention_at(subject)
    if mention and mention.entity.kind in {Kind.PERSON, Kind.ORGANIZATION}:
        return None
    return max(inside, key=lambda v: (bool(v.aircraft), bool(v.types), v.craft, -v.first), default=None)


def _whose_company(scene: Scene, cue: Cue, subject: Token) -> list[Vehicle]:
    """ "An Il-18 of a Bishkek company, which called at Monrovia": the aircraft, whatever "which" hangs on."""
    if cue.token.dep_ != "relcl" or subject.dep_ != "pobj" or subject.head.lower_ not in {"of", "from", "by"}:
        return []
    owned = subject.head.head
    owned = owned.head if owned.dep_ == "acl" else owned
    return [v for v in scene.vehicles if v.craft and v.first <= owned.i < v.end]


def _in_relative_clause(token: Token, subject: Token) -> bool:
    for _ in range(_MAX_CLIMB):
        if token == subject or token.head == token:
            return False
        if token.dep_ == "relcl":
            return True
        token = token.head
    return False


def _carried_by(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "By EW-512TK", "in a Moldovan Il-18", "aboard the jet"; not "with 122mm rockets"."""
    doc = scene.annotated.doc
    limit = right_limit(scene, cue, over_nouns=True)
    for vehicle in scene.vehicles:
        if cue.first < vehicle.first < limit:
            lead = {t.lower_ for t in doc[max(cue.last + 1, vehicle.first - 5) : vehicle.first]}
            if _ABOARD & lead:
                return vehicle
    return None


def _flown_object(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "Accused of flying two Il-76s to Libya"."""
    if cue.word.frame not in {Frame.FLY, Frame.TURN, Frame.CRASH} and cue.word.lemma != "take":
        return None
    objects = {"dobj", "nsubjpass"} if cue.word.lemma in {"fly", "send"} else {"dobj"}
    flown = next((c for c in cue.token.children if c.dep_ in objects), None)
    found = next(
        (v for v in scene.vehicles if flown is not None and v.first <= flown.i < v.end and v.craft), None
    )
    delivered = cue.word.lemma == "send" and flown is not None and flown.dep_ == "nsubjpass"
    return None if found and delivered and _is_merchandise(found) else found


def _is_merchandise(vehicle: Vehicle) -> bool:
    """ "Twelve fighter jets were sent to Khartoum": handed over, as likely as flown there and back."""
    roles = _roles()
    sorts = {roles.get(slot.entity.id, "") for slot in vehicle.types}
    noun = aircraft_words().get(vehicle.noun or "", (None, ""))[1]
    return vehicle.warlike or "helicopter" in {noun, *sorts} or "fighter" in sorts


@cache
def _roles() -> dict[str, str]:
    """Designator → role."""
    table = rows("tailgraph.graph", "reference", "aircraft_types.csv")
    return {row["designator"]: row["role"] for row in table}


def _used(scene: Scene, cue: Cue) -> Vehicle | None:
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


def _left_vehicle(scene: Scene, cue: Cue) -> Vehicle | None:
    before = [v for v in scene.vehicles if v.end <= cue.first]
    return before[-1] if before else None


def _mover_of_noun(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Vehicle | None, bool, Mover]:
    right = right_limit(scene, cue)
    inside = [
        v
        for v in scene.vehicles
        if (cue.first < v.first < right and not _beside(scene, cue, v))
        or v.end == cue.first
        or v.first <= cue.first < v.end
        or _possesses(scene, v, cue)
    ]
    aboard = _on_its_way(scene, cue)
    if aboard:
        whose = _subject_vehicle(scene, cue, subject)
        operators = aboard.operators or (whose.operators if whose else ())
        return replace(aboard, operators=operators), False, Mover.VEHICLE
    named = next((v for v in inside if v.craft), inside[0] if inside else None) or _subject_vehicle(
        scene, cue, subject
    )
    if named is None and subject is not None and subject.pos_ == "PRON":
        return None, True, Mover.POINTER
    named = named or _left_vehicle(scene, cue)
    if named:
        return named, named.definite and not named.aircraft, Mover.VEHICLE
    return None, True, Mover.UNSAID


def _on_its_way(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "X took parts aboard a 747 on its way from A to B": the aircraft right before "on its way"."""
    if cue.word.lemma not in {"way", "route"}:
        return None
    lead = 2 if cue.word.lemma == "way" else 1
    return next((v for v in scene.vehicles if v.craft and v.end == cue.first - lead and not v.definite), None)


def _beside(scene: Scene, cue: Cue, vehicle: Vehicle) -> bool:
    """ "A flight from Engels, accompanied by an An-124": what only went along."""
    between = scene.annotated.doc[cue.last + 1 : vehicle.first]
    return any(t.lower_ in {"accompanied", "escorted", "joined", "followed", "shadowed"} for t in between)


def _possesses(scene: Scene, vehicle: Vehicle, cue: Cue) -> bool:
    """ "The jet's third trip"."""
    between = scene.annotated.doc[vehicle.end : cue.first]
    return 0 < len(between) <= 4 and between[0].lower_ in {"'s", "’s", "'", "’"}


def states_of(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Slot, ...]:
    """ "Russian military flights": the state of flights without an aircraft."""
    found = []
    if not cue.nominal and cue.word.frame is Frame.FLY and subject is not None:
        forces = [
            c
            for c in subject.children
            if subject.lemma_.lower() in _FORCES and c.dep_ in {"amod", "poss", "compound"}
        ]
        for word in (subject, *forces):
            mention = scene.annotated.mention_at(word)
            if mention and mention.entity.kind is Kind.COUNTRY:
                found.append(Slot(entity=mention.entity, span=Offsets(start=mention.start, end=mention.end)))
    if cue.nominal:
        sender = subject if cue.token.dep_ == "dobj" and subject is not None else None
        mention = scene.annotated.mention_at(sender) if sender is not None else None
        if mention and mention.entity.kind is Kind.COUNTRY and cue.token.head.lemma_.lower() in _SENDING:
            # "Qatar sent three flights of arms to Misrata".
            found.append(Slot(entity=mention.entity, span=Offsets(start=mention.start, end=mention.end)))
        for child in cue.token.children:
            mention = scene.annotated.mention_at(child)
            if (
                child.i < cue.first
                and mention
                and mention.entity.kind is Kind.COUNTRY
                and child.dep_ in {"amod", "poss", "nmod"}
            ):
                found.append(Slot(entity=mention.entity, span=Offsets(start=mention.start, end=mention.end)))
    return tuple({s.entity: s for s in found}.values())
