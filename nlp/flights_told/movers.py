"""What a word of movement makes move: an aircraft, cargo aboard one, a person, or nothing that flies."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from spacy.tokens import Token

from tailgraph.graph.model import Kind, Mention
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told import beside
from tailgraph.nlp.flights_told.determiners import is_ordinal
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.subjects import is_passive
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import Cue, Frame

_GROUND_MOVERS = cues("flights told: what moves on the ground or is shot")
_FLIERS = cues("flights told: who flies aircraft")
_POINTERS = frozenset("pair both another one two three four all latter former others each trio".split())
# "The second landed on Friday", "most left from Abu Dhabi": some of the aircraft spoken of.
_SOME = frozenset({"most", "some", "many", "few", "several", "half"})
# Nouns of what people do as well as aircraft.
_JOURNEYS = frozenset({"visit", "trip", "journey", "tour", "crossing"})


class Mover(Enum):
    """What sort of thing the sentence makes move."""

    VEHICLE = "vehicle"
    CARGO = "cargo"
    PERSON = "person"
    POINTER = "pointer"
    UNSAID = "unsaid"
    OTHER = "other"
    NOTHING = "nothing"


class Moved(NamedTuple):
    """What moved; `pointing`: that is a pronoun, "the plane", or left unsaid."""

    vehicle: Vehicle | None
    pointing: bool
    sort: Mover


_NOTHING = Moved(None, False, Mover.NOTHING)


def mover_of(scene: Scene, cue: Cue, subject: Token | None) -> Moved:
    """What the word of movement makes move."""
    if cue.nominal:
        return _of_flight(scene, cue, subject)
    named = beside.of_subject(scene, cue, subject)
    if cue.word.frame is Frame.DEPART and beside.left_behind(scene, cue):
        return _NOTHING
    if beside.flies_it(scene, cue):
        return Moved(None, True, Mover.POINTER)
    flown = beside.flown(scene, cue)
    # "An-12s flew dismantled MiG-17s to Kano": the ones carry the others.
    if flown and not (named and named.craft and named is not flown):
        whose = named.operators if named and not flown.operators else flown.operators
        return Moved(replace(flown, operators=whose), _points(flown), Mover.CARGO)
    if cue.word.lemma == "send":
        return _NOTHING
    if seen := beside.seen_moving(scene, cue):
        return Moved(seen, _points(seen), Mover.VEHICLE)
    if cue.word.frame is Frame.CARRY and (named is None or not named.craft):
        named = _carrier(scene, cue, named)
    if cue.word.frame is Frame.CRASH and (named is None or not named.craft):
        # Shares of an airline plunge, too.
        return _NOTHING
    if named:
        return Moved(named, _points(named), Mover.VEHICLE)
    return _of_load(scene, cue, subject)


def _points(vehicle: Vehicle) -> bool:
    return vehicle.definite and not vehicle.aircraft


def _carrier(scene: Scene, cue: Cue, named: Vehicle | None) -> Vehicle | None:
    """ "Will use its C-130 to bring shells", "X ferried shells aboard a 747": with what somebody carries."""
    used = beside.used_for(scene, cue) or (beside.aboard(scene, cue) if named else None)
    if used is None or not used.craft:
        return named
    return replace(used, operators=used.operators or (named.operators if named else ()))


def _of_load(scene: Scene, cue: Cue, subject: Token | None) -> Moved:
    """The mover where the subject is no aircraft: what is aboard one, else what the subject is."""
    carrier = beside.aboard(scene, cue)
    passive = is_passive(cue.token) and cue.word.lemma != "be gone"
    if subject is not None and subject.lemma_.lower() in _GROUND_MOVERS and not (passive or carrier):
        return _NOTHING
    if carrier:
        return Moved(carrier, _points(carrier), Mover.CARGO)
    if subject is None:
        left = beside.last_before(scene, cue)
        return Moved(left, left is None or left.definite, Mover.VEHICLE if left else Mover.UNSAID)
    if told := _apposed_or_late(scene, cue, subject, passive):
        return told
    mention = scene.annotated.mention_at(subject)
    if subject.lower_ == "crew" and mention is None and not (passive or cue.word.lemma == "come"):
        # "The crew went on to Phuket": where they went, their aircraft did; whence they come, they are.
        return Moved(None, True, Mover.POINTER)
    if _is_flier(subject, mention) and cue.word.frame is not Frame.CARRY and not passive:
        return Moved(None, False, Mover.PERSON)
    carried = any(c.dep_ in {"auxpass", "nsubjpass"} for c in cue.token.children)
    if carried and subject.lower_ in {"he", "she"}:
        return Moved(None, False, Mover.PERSON)
    if mention is None and _calls_back(subject):
        return Moved(None, True, Mover.POINTER)
    if mention and mention.entity.kind is Kind.PERSON:
        return Moved(beside.last_before(scene, cue), False, Mover.PERSON)
    if passive:
        return Moved(None, False, Mover.CARGO)
    if mention and mention.entity.kind in {Kind.WEAPON, Kind.ORGANIZATION}:
        return _NOTHING
    return Moved(None, False, Mover.OTHER)


def _apposed_or_late(scene: Scene, cue: Cue, subject: Token, passive: bool) -> Moved | None:
    """ "Both, an Il-76 and …, landed"; "it was landed three airplanes", as translations put the subject
    behind."""
    apposed = next(
        (v for v in scene.vehicles if v.craft and subject.i < v.first and v.end <= cue.first), None
    )
    words = {*_POINTERS, "first", "second", "third"}
    if apposed and subject.lower_ in words and scene.annotated.mention_at(subject) is None:
        return Moved(apposed, False, Mover.VEHICLE)
    if not (passive and cue.word.air and cue.word.frame is not Frame.FLY):
        return None
    late = next((v for v in scene.vehicles if v.craft and v.first > cue.first), None)
    return Moved(late, late.definite, Mover.VEHICLE) if late else None


def _is_flier(subject: Token, mention: Mention | None) -> bool:
    """ "He", "the pilot", "she and the crew"; by itself an aircraft is "she" to those who watch it."""
    with_others = subject.lower_ == "she" and any(c.dep_ == "conj" for c in subject.children)
    unnamed = mention is None and subject.lemma_.lower() in _FLIERS
    return with_others or unnamed or subject.lower_ in {"he", "i", "who"}


def _calls_back(subject: Token) -> bool:
    """ "It", "both", "the second": some of the aircraft spoken of before."""
    return (
        subject.pos_ == "PRON"
        or subject.tag_ in {"CD", "DT"}
        or subject.lower_ in _POINTERS
        or (subject.lower_ in _SOME and subject.pos_ != "NOUN")
        or is_ordinal(subject)
    )


def _is_personal(cue: Cue) -> bool:
    """ "During his visit to Baku": somebody went."""
    return any(c.dep_ == "poss" and c.lower_ in {"his", "her", "my", "our"} for c in cue.token.children)


def _of_flight(scene: Scene, cue: Cue, subject: Token | None) -> Moved:
    """The mover of "flight", "landing", "trip": beside the noun, else the subject, else the last before."""
    if cue.word.lemma in _JOURNEYS and _is_personal(cue):
        return Moved(None, False, Mover.PERSON)
    whose = beside.of_subject(scene, cue, subject)
    if aboard := beside.on_its_way(scene, cue):
        operators = aboard.operators or (whose.operators if whose else ())
        return Moved(replace(aboard, operators=operators), False, Mover.VEHICLE)
    near = beside.of_noun(scene, cue)
    if (flown := beside.flown_on(scene, cue)) and not (whose and whose.craft):
        return Moved(
            replace(flown, operators=flown.operators or (whose.operators if whose else ())),
            False,
            Mover.VEHICLE,
        )
    named = next((v for v in near if v.craft), near[0] if near else None) or whose
    if named is None and subject is not None and subject.pos_ == "PRON":
        return Moved(None, True, Mover.POINTER)
    named = named or beside.last_before(scene, cue)
    return Moved(named, _points(named), Mover.VEHICLE) if named else Moved(None, True, Mover.UNSAID)
