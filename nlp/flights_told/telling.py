"""One word of movement with everything beside it: what moved, from where, to where, when, how often, and
whether it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from tailgraph.graph.model import Kind
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.places import Location, Relation, locations, pairs
from tailgraph.nlp.flights_told.vehicles import Vehicle, vehicles
from tailgraph.nlp.flights_told.words import Cue, Frame, cues
from tailgraph.nlp.numerals import NUMBER, number

_MODALS = frozenset({"will", "'ll", "’ll", "would", "may", "might", "could", "should", "can", "shall", "must", "ca", "wo"})
_UNDONE = frozenset((
    "plan schedule intend expect hope mean want refuse reject cancel scrap abort prevent block ban pencil slate "
    "postpone suspend propose envisage due set request forbid").split())
# Verbs that undo the flight only as its own predicate ("the flight was refused"), not with a clause of theirs.
_WITH_OBJECT = frozenset("refuse reject cancel scrap abort prevent block ban postpone suspend forbid".split())
_RATE = re.compile(r"\b(?:(?:a|per|each|every)\s+(?:day|week|month|year|night)|daily|weekly|monthly|nightly|several times|regularly|"
                   r"routinely|frequently|often|repeatedly|dozens of|scores of|many times)\b", re.IGNORECASE)
_TIMES = re.compile(rf"\b(?P<n>{NUMBER})\s+(?:different\s+|separate\s+|more\s+)?times\b|\b(?P<adverb>once|twice|thrice)\b(?!\s+(?:a|per|more)\b)",
                    re.IGNORECASE)
_CALLSIGN = re.compile(r"\b(?:[Ff]light|[Cc]all ?sign|[Cc]alling itself|[Aa]s)\s+(?:number\s+|no\.?\s+)?[\"“]?(?P<sign>[A-Z][A-Z0-9]{1,2} ?\d{1,4}[A-Z]{0,2})\b")
_HOME = frozenset({"home", "homeward", "homewards"})
_BACK = frozenset({"back", "home"})
_ABOARD = frozenset({"by", "aboard", "on", "in", "with", "using", "of", "board", "via"})
_FLIES_NOT = frozenset((
    "missile rocket drone shell bullet bomb satellite projectile warhead truck lorry convoy ship vessel boat train "
    "bus car troops soldiers army refugees fighters militants tank tanks flag flags spark sparks time bird birds").split())


@dataclass(frozen=True)
class Telling:
    """What one word of movement says. `pointing`: what moved is a pronoun, "the plane", or left unsaid."""

    cue: Cue
    frame: Frame
    sentence: Span
    index: int
    vehicle: Vehicle | None
    pointing: bool
    origin: Location | None
    destination: Location | None
    home: bool
    back: bool
    before_that: bool
    dates: tuple[DateMention, ...]
    count: int | None
    repeated: bool
    happened: bool
    callsigns: tuple[str, ...]
    mover: str = "vehicle"
    definite: bool = False


@dataclass(frozen=True)
class Scene:
    """One sentence, and what stands in it."""

    annotated: Annotated
    sentence: Span
    index: int
    cues: tuple[Cue, ...]
    locations: tuple[Location, ...]
    vehicles: tuple[Vehicle, ...]
    dates: tuple[DateMention, ...]


def scenes(annotated: Annotated, dates: tuple[DateMention, ...]) -> Iterator[Scene]:
    """The report sentence by sentence."""
    all_cues = list(cues(annotated.doc))
    for index, sentence in enumerate(annotated.doc.sents):
        yield Scene(
            annotated, sentence, index,
            tuple(c for c in all_cues if sentence.start <= c.first < sentence.end and not annotated.mention_at(c.token)),
            tuple(locations(annotated, sentence)), tuple(vehicles(annotated, sentence)),
            tuple(d for d in dates if sentence.start_char <= d.start < sentence.end_char))


def tellings(scene: Scene) -> Iterator[Telling]:
    """What each word of movement of a sentence tells, in order."""
    for cue in scene.cues:
        telling = _read(scene, cue)
        if telling:
            yield telling


def _read(scene: Scene, cue: Cue) -> Telling | None:
    subject = _subject(cue)
    vehicle, pointing, mover = _vehicle(scene, cue, subject)
    if mover == "none":
        return None
    zone = _zone(scene, cue)
    origin, destination = _ends(scene, cue, zone)
    text = scene.annotated.doc.text
    first_char = scene.annotated.doc[zone[0]].idx if zone else cue.token.idx
    last_char = scene.annotated.doc[zone[-1]].idx + len(scene.annotated.doc[zone[-1]]) if zone else cue.token.idx
    words = {scene.annotated.doc[i].lower_ for i in zone}
    near = text[min(first_char, cue.token.idx):last_char]
    count, repeated = _count(scene, cue, vehicle, near)
    back = bool(_BACK & words) and cue.word.frame in {Frame.FLY, Frame.DEPART, Frame.CARRY}
    return Telling(
        cue=cue, frame=cue.word.frame, sentence=scene.sentence, index=scene.index, vehicle=vehicle, pointing=pointing,
        origin=origin, destination=destination, home=bool(_HOME & words), back=back,
        before_that=any(c.lower_ == "had" for c in cue.token.children if c.dep_ in {"aux", "auxpass"}),
        dates=_dates(scene, cue, zone), count=count, repeated=repeated, happened=_happened(cue),
        callsigns=tuple(m["sign"] for m in _CALLSIGN.finditer(near)), mover=mover,
        definite=cue.nominal and any(c.lower_ in {"the", "this", "that", "those", "these"} for c in cue.token.children))


# --- what moved ---------------------------------------------------------------------------------------------


def _subject(cue: Cue) -> Token | None:
    """The grammatical subject, or what the participle or relative clause hangs on."""
    token = cue.token
    for _ in range(5):
        for child in token.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and not (token is not cue.token and child.i > cue.first):
                if child.tag_ in {"WDT", "WP"} and token.dep_ == "relcl":
                    return token.head
                return child
        if token.dep_ in {"relcl", "acl"}:
            return token.head
        if token.dep_ in {"conj", "xcomp", "advcl", "aux", "auxpass", "prep", "pcomp", "dobj", "pobj", "attr", "prt", "advmod"} \
                and token.head is not token:
            token = token.head
            continue
        break
    return None


def _vehicle(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Vehicle | None, bool, str]:
    """What moved, whether it only points back, and what sort of mover it is ("none": nothing that flies)."""
    if cue.nominal:
        return _vehicle_of_noun(scene, cue, subject)
    named = _subject_vehicle(scene, cue, subject)
    if named:
        return named, named.definite and not named.aircraft, "vehicle"
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in cue.token.children) or cue.token.tag_ == "VBN"
    aboard = _carried_by(scene, cue)
    if subject is not None and subject.lemma_.lower() in _FLIES_NOT and not (passive or aboard):
        return None, False, "none"
    if aboard:
        return aboard, aboard.definite and not aboard.aircraft, "cargo"
    if subject is None:
        fallback = _left_vehicle(scene, cue)
        return fallback, fallback is None or fallback.definite, "vehicle"
    mention = scene.annotated.mention_at(subject)
    if mention is None and (subject.pos_ == "PRON" or subject.tag_ in {"CD", "DT"} or subject.lower_ in {"pair", "both", "another", "one", "two"}):
        return None, True, "pronoun"
    if mention and mention.entity.kind is Kind.PERSON:
        return None, False, "person"
    if mention and mention.entity.kind in {Kind.WEAPON, Kind.ORGANIZATION}:
        return None, False, "cargo" if passive else "none"
    return None, False, "cargo" if passive else "other"


def _subject_vehicle(scene: Scene, cue: Cue, subject: Token | None) -> Vehicle | None:
    if subject is None:
        return None
    left, right = subject.left_edge.i, min(subject.right_edge.i + 1, cue.first) if subject.i < cue.first else subject.right_edge.i + 1
    inside = [v for v in scene.vehicles if left <= v.first < right or v.first <= subject.i < v.end]
    inside = [v for v in inside if not any(scene.annotated.doc[i].dep_ == "relcl" for i in range(subject.i + 1, v.first))]
    return next((v for v in inside if v.craft), inside[0] if inside else None)


def _carried_by(scene: Scene, cue: Cue) -> Vehicle | None:
    doc = scene.annotated.doc
    limit = _right_limit(scene, cue)
    for vehicle in scene.vehicles:
        if not cue.first < vehicle.first < limit:
            continue
        lead = [t.lower_ for t in doc[max(cue.last, vehicle.first - 5):vehicle.first]]
        if _ABOARD & set(lead):
            return vehicle
    return None


def _left_vehicle(scene: Scene, cue: Cue) -> Vehicle | None:
    before = [v for v in scene.vehicles if v.end <= cue.first]
    return before[-1] if before else None


def _vehicle_of_noun(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Vehicle | None, bool, str]:
    right = _right_limit(scene, cue)
    inside = [v for v in scene.vehicles if cue.first < v.first < right or v.end == cue.first or v.first <= cue.first < v.end]
    if inside:
        return inside[0], inside[0].definite and not inside[0].aircraft, "vehicle"
    if subject is not None:
        named = _subject_vehicle(scene, cue, subject)
        if named:
            return named, named.definite and not named.aircraft, "vehicle"
        if subject.pos_ == "PRON":
            return None, True, "pronoun"
    before = _left_vehicle(scene, cue)
    if before:
        return before, before.definite and not before.aircraft, "vehicle"
    return None, True, "unsaid"


# --- where and when -----------------------------------------------------------------------------------------


def _right_limit(scene: Scene, cue: Cue) -> int:
    """The token at which another clause takes over from this word of movement."""
    doc = scene.annotated.doc
    later = [c.first for c in scene.cues if c.first > cue.last]
    end = min([*later, scene.sentence.end])
    for index in range(cue.last + 1, end):
        token = doc[index]
        if token.text in {";"}:
            return index
        if token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.dep_ not in {"aux", "auxpass"} or (
                token.dep_ in {"aux", "auxpass"} and token.head.i > index and token.head is not cue.token):
            return index
    return end


def _owner(scene: Scene, token: Token) -> int | None:
    """The word of movement that governs this token, None where another predicate does first."""
    starts = {c.first for c in scene.cues} | {c.last for c in scene.cues}
    for _ in range(12):
        if token.i in starts:
            return int(token.i)
        if token.head is token:
            return None
        if token.pos_ == "VERB" and token.dep_ not in {"xcomp", "acl", "amod", "advcl"}:
            return None
        token = token.head
    return None


def _zone(scene: Scene, cue: Cue) -> list[int]:
    """Indices of the tokens that belong to this word of movement: to its right up to the next clause, and what it governs."""
    right = list(range(cue.first, _right_limit(scene, cue)))
    own = {cue.first, cue.last}
    first = scene.cues[0] is cue
    left = [t.i for t in scene.sentence if t.i < cue.first and (_owner(scene, t) in own or (first and _leads(scene, t)))]
    beyond = [t.i for t in scene.sentence if right and t.i > right[-1] and _owner(scene, t) in own]
    return left + right + beyond


def _leads(scene: Scene, token: Token) -> bool:
    """Whether the token is in the adverbial that opens the sentence ("On 4 May, …")."""
    head = scene.sentence[0]
    while head.is_space and head.i + 1 < scene.sentence.end:
        head = scene.annotated.doc[head.i + 1]
    return head.pos_ in {"ADP", "ADV"} and head.left_edge.i <= token.i <= head.right_edge.i


def _ends(scene: Scene, cue: Cue, zone: list[int]) -> tuple[Location | None, Location | None]:
    inside = set(zone)
    origin = destination = None
    for here in scene.locations:
        if here.first not in inside:
            continue
        side = _side(cue, here)
        if side == "origin":
            origin = origin or here
        elif side == "destination":
            destination = destination or here
    return origin, destination


_ARRIVING = frozenset({Frame.ARRIVE, Frame.STOP})


def _side(cue: Cue, here: Location) -> str | None:
    """Which end of the flight a location is, by its relation and the word of movement."""
    frame, relation = cue.word.frame, here.relation
    if relation in {Relation.FROM, Relation.BETWEEN}:
        return "origin"
    if relation is Relation.TO:
        return "destination"
    if relation is Relation.FOR:
        return "destination" if frame in {Frame.DEPART, Frame.ONWARD} else None
    if relation is Relation.OBJECT:
        if frame is Frame.DEPART:
            return "origin"
        return "destination" if frame in {*_ARRIVING, Frame.RETURN} or cue.word.lemma in {"serve", "fly"} else None
    if relation is Relation.AT:
        return "destination" if frame in {*_ARRIVING, Frame.RETURN} else "origin" if frame is Frame.DEPART and cue.word.air else None
    return None


def _dates(scene: Scene, cue: Cue, zone: list[int]) -> tuple[DateMention, ...]:
    doc = scene.annotated.doc
    inside = {i for i in zone}
    chosen = []
    for when in scene.dates:
        span = doc.char_span(when.start, when.end, alignment_mode="expand")
        if span is not None and any(t.i in inside for t in span):
            chosen.append(when)
    if not any(d.interval for d in chosen) and len(scene.cues) == 1:
        chosen += [d for d in scene.dates if d not in chosen]
    return tuple(chosen)


# --- how often, and whether ---------------------------------------------------------------------------------


def _count(scene: Scene, cue: Cue, vehicle: Vehicle | None, near: str) -> tuple[int | None, bool]:
    """How many flights, and whether that was said of the flights themselves; None for a rate or a vague number."""
    times = _TIMES.search(near)
    if _RATE.search(near):
        return None, True
    if times:
        return (number(times["n"]) if times["n"] else number(times["adverb"])), True
    if cue.nominal:
        counted = _counted(cue.token)
        if counted is not None:
            return counted, True
        if cue.token.tag_ in {"NNS", "NNPS"}:
            return None, True
        return 1, False
    return (vehicle.count if vehicle else None), False


def _counted(token: Token) -> int | None:
    for child in token.children:
        if child.dep_ == "nummod" or child.tag_ == "CD":
            return number(child.text)
        if child.lower_ in {"dozen", "pair", "couple"} or child.dep_ == "compound" and child.lower_ == "dozen":
            return number(child.text)
        if child.lower_ == "both":
            return 2
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "of" and (value := number(head.head.text)) and value > 1:
        return value
    return None


def _happened(cue: Cue) -> bool:
    token = cue.token
    for _ in range(5):
        if any(c.dep_ == "neg" or c.lower_ == "never" or (c.dep_ == "aux" and c.lower_ in _MODALS) for c in token.children):
            return False
        if token is not cue.token and token.lemma_.lower() in _UNDONE and _undoes(token, cue.token):
            return False
        if any(c.lemma_.lower() in _UNDONE and c.dep_ in {"amod", "acl", "relcl"} for c in token.children):
            return False
        if token.dep_ == "xcomp" and token.head.lemma_ == "be" and any(c.tag_ == "TO" for c in token.children):
            return False
        if token.dep_ not in {"xcomp", "conj", "nsubjpass", "dobj", "acl", "relcl", "pobj", "prep", "appos", "aux", "attr"} or token.head is token:
            return True
        if token.dep_ == "conj" and token.pos_ == "VERB":
            head = token.head
            own = any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in token.children)
            if own or head.lemma_.lower() in _UNDONE:
                return True
        if token.dep_ in {"relcl", "acl", "dobj"} and not cue.nominal and token.head.lemma_.lower() not in _UNDONE \
                and token.head.head.lemma_.lower() not in _WITH_OBJECT:
            return True
        token = token.head
    return True


def _undoes(verb: Token, told: Token) -> bool:
    if verb.lemma_.lower() in _WITH_OBJECT:
        return not any(c.dep_ in {"xcomp", "ccomp"} and (c is told or told in c.subtree) for c in verb.children)
    return True


def routes(scene: Scene) -> Iterator[tuple[Location, Location]]:
    """Pairs of names with a dash between them, in a sentence without other words of movement."""
    yield from pairs(list(scene.locations), scene.annotated.doc.text)
