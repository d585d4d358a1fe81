"""One word that tells of several flights: there and back, again, onward, to each of the places named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from tailgraph.nlp.flights_told.bounds import starts_another
from tailgraph.nlp.flights_told.locations import ALSO, Location, Relation
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.purposes import as_meant
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.telling import Telling, read
from tailgraph.nlp.flights_told.words import Frame

_FICTION = re.compile(
    r"\b(?:novel|film|movie|thriller|screenplay|script|fictional|fiction|make-believe"
    r"|imaginary|hypothetical(?:ly)?|video game|war ?game"
    r"|simulation|scenario|fairy tale|legend)s?\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:and|then|,)\s+(?:then\s+)?(?:again|once more|a second time)\b", re.IGNORECASE)
_ON = re.compile(
    r"(?:[^.;]*?(?:\band|\bthen|\bbefore|,) (?:(?:then|later|finally|subsequently|from there|thence"
    r"|eventually|after that|further),? )*"
    r"(?:(?:on|onwards?)(?:wards?)? (?:in)?to|(?:then|thence|from there|finally) to)"
    r" (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+)?['’]s? )?|\s*[–—-]\s*)$"
)
_FINALLY = re.compile(r"\b(?:finally|lastly|then|eventually)\b", re.IGNORECASE)
_ON_TO = re.compile(r"\bon to\b", re.IGNORECASE)
# How many flights one word may tell of in a chain; it keeps a hostile sentence linear.
_MAX_ONWARD = 8
_ONWARD_REACH = 300
_AND_TO = re.compile(r"(?:\band|,) (?P<to>to|at|in) (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+)?['’]s? )?$")


def tellings(scene: Scene) -> Iterator[Telling]:
    """What each word of movement of a sentence tells, in order; "and back" tells of a second flight."""
    if not scene.cues or _FICTION.search(scene.sentence.text):
        return
    told: dict[Token, Telling] = {}
    for cue in scene.cues:
        telling = read(scene, cue)
        if telling is None:
            continue
        telling = as_meant(_turned_away(_of_same_subject(telling, told)), told)
        if telling is None:
            continue
        told[cue.verb or cue.token] = telling
        if telling.both_ways:
            yield from _there_and_back(telling)
            continue
        for one in _again(scene, telling):
            for each in _onward(scene, one):
                yield from _to_each(scene, each)


def _there_and_back(telling: Telling) -> tuple[Telling, Telling]:
    turn = next(t for t in telling.sentence if t.lower_ == "back" and t.i > telling.cue.first)
    late = tuple(d for d in telling.dates if d.start > turn.idx)
    early = tuple(d for d in telling.dates if d not in late)
    return (
        replace(telling, back=False, dates=early or telling.dates),
        replace(telling, frame=Frame.RETURN, origin=None, destination=None, dates=late or telling.dates),
    )


def _of_same_subject(telling: Telling, told: dict[Token, Telling]) -> Telling:
    """ "The crates left Tehran aboard an MD-83 and reached Aleppo": the second verb has the first's mover."""
    token = telling.cue.token
    before = told.get(token.head) if token.dep_ == "conj" else None
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
    if (
        before is not None
        and before.frame is Frame.DEPART
        and before.mover is Mover.PERSON
        and before.vehicle is None
        and telling.origin is None
        and not own
    ):
        # "Set out from Minsk on the 3rd and flew to Goma on an Il-76": where the traveller began.
        telling = replace(telling, origin=before.origin)
    if before and before.vehicle and telling.mover is Mover.PERSON and not own:
        # "Arrived on an Airbus on Monday and left on Tuesday".
        return replace(telling, vehicle=before.vehicle, mover=before.mover, pointing=True)
    if before is None or telling.vehicle or own or telling.mover not in {Mover.OTHER, Mover.UNSAID}:
        return telling
    if before.vehicle is None:
        return replace(telling, mover=before.mover, pointing=before.pointing)
    return replace(telling, vehicle=before.vehicle, mover=before.mover, pointing=True)


def _turned_away(telling: Telling) -> Telling:
    """ "Was turned away from Addis Ababa": where it was not let land."""
    words = {telling.sentence.doc[telling.cue.last].lower_}
    if telling.frame is not Frame.TURN or words != {"away"} or telling.origin is None:
        return telling
    return replace(telling, frame=Frame.ARRIVE, origin=None, destination=telling.origin)


def _again(scene: Scene, telling: Telling) -> tuple[Telling, ...]:
    """ "Flew to Gao on 1 August and again from 26 to 28 September": each of the days a flight of its own."""
    days = [d for d in telling.dates if d.interval]
    if len(days) < 2 or telling.counted:
        return (telling,)
    text = scene.annotated.document.content
    turn = next((b for a, b in pairwise(days) if _AGAIN.search(text, a.end, b.start)), None)
    if turn is None:
        return (telling,)
    late = tuple(d for d in telling.dates if d.start >= turn.start)
    return (
        replace(telling, dates=tuple(d for d in telling.dates if d not in late)),
        replace(telling, dates=late, repeats=True),
    )


def _dated_apart(telling: Telling, first: Location, then: Location) -> bool:
    """ "To Amman on Sunday and to Abu Dhabi on Monday": each end with a day of its own."""
    days = [d.start for d in telling.dates if d.interval]
    return any(first.end <= d < then.start for d in days) and any(d > then.end for d in days)


def _from_there(scene: Scene, telling: Telling, first: Location) -> Telling | None:
    """ "Flew to Bangui, and from Bangui to Birao": the second flight, between ends of its own."""
    behind = [h for h in scene.locations if h.start > first.end]
    if len(behind) < 2 or behind[0].relation is not Relation.FROM or behind[1].relation is not Relation.TO:
        return None
    if not starts_another(scene, first, behind[0]):
        return None
    late = tuple(d for d in telling.dates if d.start > behind[0].start)
    then = replace(telling, origin=behind[0], destination=behind[1], dates=late or telling.dates)
    return replace(then, count=None, repeats=True)


def _onward(scene: Scene, telling: Telling, more: int = _MAX_ONWARD) -> tuple[Telling, ...]:
    """ "Flew to Managua on Tuesday, and on to Havana the next day": the second as a flight of its own."""
    first = telling.destination
    if first is None or not more or telling.frame not in {Frame.FLY, Frame.CARRY, Frame.ARRIVE, Frame.ONWARD}:
        return (telling,)
    if then := _from_there(scene, telling, first):
        early = tuple(d for d in telling.dates if d not in then.dates)
        return (replace(telling, dates=early or telling.dates), *_onward(scene, then, more - 1))
    text = scene.annotated.document.content
    reach = range(first.end + 1, first.end + _ONWARD_REACH)
    behind = [h for h in scene.locations if h.start in reach and h.relation in {Relation.TO, first.relation}]
    nexts = [h for h in behind if h.relation is Relation.TO and _ON.match(text[first.end : h.start])]
    if not nexts and (stops := _in_turn(scene, first)):
        nexts = stops[:1]
    own = [h for h in behind if _AND_TO.search(text[first.end : h.start])]
    if own and not nexts and _dated_apart(telling, first, own[0]):
        nexts = own
    if not nexts:
        return (telling,)
    late = tuple(d for d in telling.dates if d.start > nexts[0].start)
    # "Landed at A on the 5th and at B on the 6th": where it came from the second time is not said.
    apart = nexts[0].relation is not Relation.TO
    frame = telling.frame if apart else Frame.ONWARD
    then = replace(
        telling, frame=frame, origin=None, destination=nexts[0], dates=late, count=None, repeats=apart
    )
    return (
        replace(telling, dates=tuple(d for d in telling.dates if d not in late)),
        *_onward(scene, then, more - 1),
    )


def _in_turn(scene: Scene, first: Location) -> list[Location]:
    """ "Was to go on to Colombo, Fujairah and finally Kiev": each from the one before."""
    rest = _listed(scene, first)
    text = scene.annotated.document.content
    return rest if rest and _FINALLY.search(text[first.end : rest[-1].start]) else []


def _to_each(scene: Scene, telling: Telling) -> Iterator[Telling]:
    """ "Planes flew to Misrata, Nyala and Entebbe": several aircraft, and each of the ends named for them."""
    yield telling
    first = telling.destination
    if first is None or telling.count or telling.frame is Frame.ONWARD:
        return
    rest = [] if _in_turn(scene, first) else _listed(scene, first)
    many = telling.counted or (telling.vehicle is not None and telling.vehicle.plural)
    if not (many and first.exact) and not (rest and telling.frame in {Frame.FLY, Frame.CARRY}):
        return
    for here in rest:
        yield replace(telling, destination=here, repeats=True)


def _listed(scene: Scene, first: Location) -> list[Location]:
    """The locations that a list names behind the first of them."""
    text = scene.annotated.document.content
    found = [first]
    for here in scene.locations:
        if here.start > found[-1].end and here.exact is first.exact and here.relation is first.relation:
            gap = text[found[-1].end : here.start]
            if not ALSO.fullmatch(gap) or _ON_TO.search(gap):
                break
            found.append(here)
    return found[1:]
