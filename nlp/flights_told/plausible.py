"""Whether a word of movement tells of a flight at all: something that flies must be what it moves."""

from __future__ import annotations

from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.subjects import subject_of
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame

_LOADS = frozenset({Mover.CARGO, Mover.OTHER, Mover.NOTHING, Mover.UNSAID})


def plausible(telling: Telling, craft: Craft | None, spoken_of: bool, staged: bool) -> bool:
    """A general word ("left", "arrived") tells of a flight only where something that flies is its mover.

    `spoken_of`: whether a pronoun can mean the craft here; `staged`: whether aircraft were spoken of before.
    """
    word = telling.cue.word
    if word.air and telling.frame in {Frame.FLY, Frame.CARRY} and _charged_with(telling) and _vague(telling):
        return False
    if word.air and telling.frame is not Frame.CARRY:
        return telling.mover is not Mover.OTHER or word.lemma in {"fly", "fly in"}
    if word.lemma == "due in" and telling.origin is None:
        # "Had been due in Managua": of the flight told beside it.
        return False
    if _carried_by_air(telling) or (staged and _journey(telling)):
        return True
    if telling.mover in {Mover.PERSON, Mover.OTHER}:
        return False
    if telling.frame is Frame.CARRY and not telling.origin and _charged_with(telling):
        return False
    if telling.frame is Frame.CARRY and not word.air and not _by_craft(telling):
        # "Accused the unit of delivering missiles to Russia": somebody moved something, nothing flew.
        return False
    if telling.mover is Mover.POINTER and craft is not None and not (telling.alike or spoken_of):
        return False
    if (
        telling.cue.nominal
        and telling.vehicle is None
        and (word.lemma == "way" or not (telling.counted or telling.placed or telling.same_route))
    ):
        return False
    return craft is not None and (craft.named or craft.described)


def _carried_by_air(telling: Telling) -> bool:
    """ "Fighters were airlifted to Misrata", "60 tonnes of arms arrived from Burgas by air"."""
    if telling.by_air:
        return telling.mover in _LOADS and (telling.origin is not None and telling.destination is not None)
    return (
        telling.cue.word.air
        and telling.frame is Frame.CARRY
        and telling.mover is Mover.CARGO
        and telling.placed
    )


def _journey(telling: Telling) -> bool:
    """ "The trip from Minsk to Khartoum", in a report that has spoken of aircraft."""
    named = telling.cue.word.lemma in {"trip", "journey", "crossing"}
    return named and telling.origin is not None and telling.destination is not None


def _by_craft(telling: Telling) -> bool:
    """Whether a general word of carrying is tied to an aircraft, or to an operator that went from one place
    to another; not to a state or body alone."""
    vehicle = telling.vehicle
    subject = subject_of(telling.cue)
    if vehicle is None or vehicle.craft or (subject is not None and subject.lower_ in {"flight", "flights"}):
        return True
    there = [end for end in (telling.origin, telling.destination) if end is not None and end.exact]
    return bool(vehicle.operators) and len(there) == 2 and not _only_said(telling)


def _only_said(telling: Telling) -> bool:
    """ "Washington says that Kavir Air transported rockets": a claim about an operator."""
    verbs = (telling.cue.token, *telling.cue.token.ancestors)
    return any(t.dep_ == "ccomp" for t in verbs)


def _vague(telling: Telling) -> bool:
    """ "Flying weapons to Libya": neither how often, nor in which plane, nor from where."""
    plane = telling.vehicle is not None and telling.vehicle.craft
    return not (telling.count or telling.movers or plane or (telling.origin and telling.destination))


def _charged_with(telling: Telling) -> bool:
    """ "Sanctioned for hauling weapons to Syria": what somebody is known for, no flight of this report."""
    token = telling.cue.token
    return (
        token.dep_ == "pcomp"
        and token.head.lower_ in {"for", "of"}
        and not any(d.interval for d in telling.dates)
    )
