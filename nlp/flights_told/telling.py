"""One word of movement with everything beside it: what moved, from where, to where, when, how often, and
whether it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Span, Token

from tailgraph.graph.model import Slot
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.bounds import come_from, dates_of, ends_of
from tailgraph.nlp.flights_told.clauses import zone_of
from tailgraph.nlp.flights_told.determiners import is_ordinal
from tailgraph.nlp.flights_told.frequency import how_often
from tailgraph.nlp.flights_told.local_time import localised
from tailgraph.nlp.flights_told.locations import ALSO, Location, Relation
from tailgraph.nlp.flights_told.modality import Outcome, outcome
from tailgraph.nlp.flights_told.movers import Mover, mover_of
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.senders import states_of
from tailgraph.nlp.flights_told.subjects import subject_of
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import Cue, Frame
from tailgraph.nlp.numerals import number

CALLSIGN = re.compile(
    r"\b(?:[Ff]light|[Cc]all ?sign|[Ss]quawking|[Cc]alling itself|[Aa]s)\s+(?:number"
    r"\s+|no\.?\s+|of\s+)?[\"“]?"
    r"(?P<sign>[A-Z][A-Z0-9]{1,2} ?\d{1,4}[A-Z]{0,2})\b"
)
_OUTWARD = frozenset({"outward", "outbound"})
_BY_AIR = re.compile(
    r"\bby (?:(?:cargo|military|chartered) )?(?:air|plane|aeroplane|airplane|aircraft|airlift)\b",
    re.IGNORECASE,
)
_BY_GROUND = re.compile(
    r"\bby (?:(?:rented|hired|fast|private) )?(?:road|sea|ship|boat|trucks?|lorry|lorries|cars?|bus(?:es)?"
    r"|ferry|train|rail|land|barge|motorcycle|taxi|convoy)\b|\bon foot\b",
    re.IGNORECASE,
)
_BACKWARD = frozenset({"back", "home", "homeward", "homewards"})
_FICTION = re.compile(
    r"\b(?:novel|film|movie|thriller|screenplay|script|fictional|fiction|make-believe"
    r"|imaginary|hypothetical(?:ly)?|video game|war ?game"
    r"|simulation|scenario|fairy tale|legend)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Telling:
    """What one word of movement says; `pointing`: what moved is a pronoun, "the plane", or left unsaid."""

    cue: Cue
    frame: Frame
    sentence: Span
    index: int
    mover: Mover
    vehicle: Vehicle | None
    pointing: bool
    origin: Location | None
    destination: Location | None
    home: bool
    back: bool
    before_that: bool
    dates: tuple[DateMention, ...]
    count: int | None
    counted: bool
    outcome: Outcome
    callsigns: tuple[str, ...]
    states: tuple[Slot, ...] = ()
    operator: bool = False
    both_ways: bool = False
    title: bool = False
    here: Location | None = None
    movers: int | None = None
    paragraph: int = 0
    route: bool = False
    same_route: bool = False
    alike: bool = False
    unread_end: bool = False
    repeats: bool = False
    outward: bool = False
    by_air: bool = False

    def same_paragraph(self, index: int) -> bool:
        """Whether sentence `index` is of this paragraph."""
        return self.paragraph <= index <= self.index

    @property
    def placed(self) -> bool:
        return self.origin is not None or self.destination is not None


def tellings(scene: Scene) -> Iterator[Telling]:
    """What each word of movement of a sentence tells, in order; "and back" tells of a second flight."""
    if not scene.cues or _FICTION.search(scene.sentence.text):
        return
    told: dict[Token, Telling] = {}
    for cue in scene.cues:
        telling = _read(scene, cue)
        if telling is None:
            continue
        telling = _turned_away(_of_same_subject(telling, told))
        told[cue.verb or cue.token] = telling
        if not telling.both_ways:
            for one in _again(scene, telling):
                for each in _onward(scene, one):
                    yield from _to_each(scene, each)
            continue
        turn = next(t for t in scene.sentence if t.lower_ == "back" and t.i > cue.first)
        late = tuple(d for d in telling.dates if d.start > turn.idx)
        yield replace(
            telling, back=False, dates=tuple(d for d in telling.dates if d not in late) or telling.dates
        )
        yield replace(telling, frame=Frame.RETURN, origin=None, destination=None, dates=late or telling.dates)


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


_AGAIN = re.compile(r"\b(?:and|then|,)\s+(?:then\s+)?(?:again|once more|a second time)\b", re.IGNORECASE)


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


_ON = re.compile(
    r"(?:[^.;]*?(?:\band|\bthen|\bbefore|,) (?:(?:then|later|finally|subsequently|from there|thence"
    r"|eventually|after that|further),? )*"
    r"(?:(?:on|onwards?)(?:wards?)? (?:in)?to|(?:then|thence|from there|finally) to)"
    r" (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+)?['’]s? )?|\s*[–—-]\s*)$"
)


# How many flights one word may tell of in a chain; it keeps a hostile sentence linear.
_MAX_ONWARD = 8
_ONWARD_REACH = 300
_AND_TO = re.compile(r"(?:\band|,) (?P<to>to|at|in) (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+)?['’]s? )?$")


def _dated_apart(telling: Telling, first: Location, then: Location) -> bool:
    """ "To Amman on Sunday and to Abu Dhabi on Monday": each end with a day of its own."""
    days = [d.start for d in telling.dates if d.interval]
    return any(first.end <= d < then.start for d in days) and any(d > then.end for d in days)


def _onward(scene: Scene, telling: Telling, more: int = _MAX_ONWARD) -> tuple[Telling, ...]:
    """ "Flew to Managua on Tuesday, and on to Havana the next day": the second as a flight of its own."""
    first = telling.destination
    if first is None or not more or telling.frame not in {Frame.FLY, Frame.CARRY, Frame.ARRIVE, Frame.ONWARD}:
        return (telling,)
    text = scene.annotated.document.content
    reach = range(first.end + 1, first.end + _ONWARD_REACH)
    behind = [h for h in scene.locations if h.start in reach and h.relation in {Relation.TO, first.relation}]
    nexts = [h for h in behind if h.relation is Relation.TO and _ON.match(text[first.end : h.start])]
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


def _to_each(scene: Scene, telling: Telling) -> Iterator[Telling]:
    """ "Planes flew to Misrata, Nyala and Entebbe": several aircraft, and each of the ends named for them."""
    yield telling
    first = telling.destination
    many = telling.counted or (telling.vehicle is not None and telling.vehicle.plural)
    if first is None or not first.exact or not many or telling.count or telling.frame is Frame.ONWARD:
        return
    text = scene.annotated.document.content
    before = first
    for here in scene.locations:
        if here.start > before.end and here.exact and here.relation is first.relation:
            if not ALSO.fullmatch(text[before.end : here.start]):
                return
            yield replace(telling, destination=here, repeats=True)
            before = here


def _read(scene: Scene, cue: Cue) -> Telling | None:
    doc = scene.annotated.doc
    subject = subject_of(cue)
    vehicle, pointing, mover = mover_of(scene, cue, subject)
    zone = zone_of(scene, cue)
    right = [i for i in zone if i >= cue.first] or [cue.first]
    near = doc[min(zone[0], cue.first) : right[-1] + 1].text
    by_air = _BY_AIR.search(near) is not None or cue.word.lemma == "airlift"
    if _BY_GROUND.search(near) and not by_air and not cue.nominal:
        return None
    if by_air and vehicle is None and mover in {Mover.NOTHING, Mover.OTHER} and not cue.nominal:
        mover = Mover.CARGO
    if mover is Mover.NOTHING or _in_passing(scene, cue):
        return None
    origin, destination = ends_of(scene, cue, zone, mover)
    origin = origin or come_from(scene, cue, vehicle)
    led = "".join(doc[i].text_with_ws for i in zone if i < cue.first - 6)
    count, counted = how_often(
        cue, f"{led} {doc[max(scene.sentence.start, cue.first - 6) : right[-1] + 1].text}"
    )
    words = {doc[i].lower_ for i in right}
    twice = (
        cue.word.frame in {Frame.FLY, Frame.CARRY}
        and re.search(r"(?:\band (?:then )?|, then )back\b", doc[cue.first : right[-1] + 1].text) is not None
        and any(doc[i].lower_ == "back" for i in right)
    )
    return Telling(
        cue=cue,
        frame=_frame(cue),
        sentence=scene.sentence,
        index=scene.index,
        mover=mover,
        vehicle=vehicle,
        pointing=pointing,
        origin=origin,
        destination=destination,
        home=bool(words & (_BACKWARD - {"back"})),
        back=_goes_back(cue, words),
        before_that=any(
            c.lower_ in {"had", "having"} for c in cue.token.children if c.dep_ in {"aux", "auxpass"}
        ),
        dates=_dates(scene, cue, zone, vehicle, origin, destination),
        count=count,
        counted=counted,
        outcome=outcome(cue, scene.sentence),
        callsigns=tuple(m["sign"] for m in CALLSIGN.finditer(near)),
        states=states_of(scene, cue, subject),
        operator=subject is not None and subject.lower_ in {"airline", "carrier", "operator", "company"},
        both_ways=twice,
        title=scene.title,
        here=scene.here,
        movers=_movers(cue, subject),
        paragraph=scene.paragraph,
        unread_end=any(_unread(scene, scene.annotated.doc[i]) for i in zone),
        alike=subject is not None and (cue.nominal or subject.head == cue.token) and _another(subject),
        same_route=_same_route(cue, near, bool(origin or destination)),
        outward=cue.nominal and any(c.lower_ in _OUTWARD for c in cue.token.children),
        by_air=by_air,
    )


def _in_passing(scene: Scene, cue: Cue) -> bool:
    """ "With a stopover in Caracas", "after a stop in", "stopping along the way": part of a flight told
    there.
    """
    if cue.word.frame is not Frame.STOP or len(scene.cues) < 2:
        return False
    token = cue.token
    if cue.nominal:
        head = token.head
        lead = head.head.lower_ if head.lower_ == "of" else head.lower_
        making = head.lemma_ == "make" and head.tag_ == "VBG" and head.dep_ in {"advcl", "pcomp", "acl"}
        return making or (
            token.dep_ == "pobj" and lead in {"with", "after", "including", "via", "without", "for"}
        )
    aside = token.dep_ == "acl" and token.i > 0 and token.nbor(-1).text == ","
    return token.tag_ == "VBG" and (aside or token.dep_ in {"advcl", "pcomp"})


def _dates(
    scene: Scene,
    cue: Cue,
    zone: list[int],
    vehicle: Vehicle | None,
    origin: Location | None,
    destination: Location | None,
) -> tuple[DateMention, ...]:
    arriving = cue.word.frame in {Frame.ARRIVE, Frame.STOP}
    ends = (destination, origin) if arriving else (origin, destination)
    return localised(scene.annotated, dates_of(scene, cue, zone, vehicle), *ends)


def _unread(scene: Scene, token: Token) -> bool:
    """ "Flew back to Andrews", where nobody knows Andrews: the end is said, so none may be inferred."""
    if token.lower_ != "to" or token.pos_ != "ADP":
        return False
    return any(
        c.dep_ == "pobj" and c.pos_ == "PROPN" and not scene.annotated.mention_at(c) for c in token.children
    )


def _movers(cue: Cue, subject: Token | None) -> int | None:
    """ "Six of them, all from the PLA Air Force, landed"; "flying at least 14 of the fighters"."""
    if cue.word.frame is Frame.FLY and not cue.nominal:
        subject = next((c for c in cue.token.children if c.dep_ == "dobj"), subject)
    if subject is None:
        return None
    numbered = subject.pos_ == "NUM" or subject.lower_ in {"both", "pair"}
    value = number(subject.text) if numbered else None
    return value if value and 1 < value < 100 else None


def _another(subject: Token) -> bool:
    """ "Another", "the second", "two more": of those spoken of before, but not the same."""
    words = {subject.lower_, *(c.lower_ for c in subject.children)}
    if subject.lower_ == "another" or (is_ordinal(subject) and subject.lower_ != "first"):
        return True
    return (subject.pos_ == "NUM" or subject.tag_ == "CD") and bool(words & {"more", "others", "further"})


def _frame(cue: Cue) -> Frame:
    if cue.nominal and any(
        c.lower_ in {"return", "homeward", "inbound"} and c.i < cue.first for c in cue.token.children
    ):
        return Frame.RETURN
    if cue.nominal and any(c.lower_ in {"onward", "onwards"} for c in cue.token.children):
        return Frame.ONWARD
    if (
        cue.word.frame is Frame.FLY
        and not cue.nominal
        and _ON_TO.match(cue.token.doc[cue.first + 1 :].text[:20])
    ):
        return Frame.ONWARD
    return cue.word.frame


_ON_TO = re.compile(r"(?:back )?(?:on|onwards?) (?:in)?to\b")
_BETWEEN_THEM = re.compile(
    r"\b(?:between (?:the|these|those) (?:same )?(?:two )?(?:\w+ )?(?:cities|towns|airports|airfields|bases"
    r"|capitals|countries|points|places|two)|(?:on|along|over|by) the same route|in both directions)\b",
    re.IGNORECASE,
)
_AGAIN_WORDS = frozenset({"second", "third", "fourth", "fifth", "another", "further", "more", "similar"})


def _same_route(cue: Cue, near: str, placed: bool) -> bool:
    """ "Made the same trip", "three more flights", "flew between the two cities": the ends told before."""
    if placed:
        return False
    own = list(cue.token.children)
    # "Three more such trips": "more" hangs on the number.
    attributes = {t.lower_ for t in [*own, *(g for c in own if c.dep_ == "nummod" for g in c.children)]}
    again = _AGAIN_WORDS if not attributes & {"the", "this", "that"} else frozenset[str]()
    named = cue.nominal and attributes & {"same", "identical", *_OUTWARD, *again}
    if cue.word.lemma in {"do so", "follow suit"}:
        return True
    return bool(named) or _BETWEEN_THEM.search(near) is not None


def _goes_back(cue: Cue, words: set[str]) -> bool:
    return bool(_BACKWARD & words) and cue.word.frame in {Frame.FLY, Frame.DEPART, Frame.CARRY, Frame.ARRIVE}
