"""One word of movement with everything beside it: what moved, from where, to where, when, how often, and
whether it happened."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from tailgraph.graph.model import Slot
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.bounds import come_from, dates_of, ends_of
from tailgraph.nlp.flights_told.clauses import zone_of
from tailgraph.nlp.flights_told.determiners import is_ordinal
from tailgraph.nlp.flights_told.frequency import how_often
from tailgraph.nlp.flights_told.local_time import localised
from tailgraph.nlp.flights_told.locations import Location
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
    r"\bby (?:(?:cargo|military|chartered) )?(?:air|plane|aeroplane|airplane|aircraft|airlift)\b"
    r"|\b(?:on|aboard|on board) (?:an?|the) (?:[\w-]+ ){0,3}(?:flight|airliner)\b",
    re.IGNORECASE,
)
_BY_GROUND = re.compile(
    r"\bby (?:(?:rented|hired|fast|private) )?(?:road|sea|ship|boat|trucks?|lorry|lorries|cars?|bus(?:es)?"
    r"|ferry|train|rail|land|barge|motorcycle|taxi|convoy)\b|\bon foot\b",
    re.IGNORECASE,
)
_BACKWARD = frozenset({"back", "home", "homeward", "homewards"})


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
    def at_a_rate(self) -> bool:
        """ "It made the flight twice a week": on no day told before."""
        single = self.cue.nominal and self.cue.token.tag_ == "NN"
        return single and self.counted and self.count is None

    @property
    def placed(self) -> bool:
        return self.origin is not None or self.destination is not None


def read(scene: Scene, cue: Cue) -> Telling | None:
    """What the word says, None where it tells of no flight."""
    doc = scene.annotated.doc
    subject = subject_of(cue)
    vehicle, pointing, mover = mover_of(scene, cue, subject)
    zone = zone_of(scene, cue)
    right = [i for i in zone if i >= cue.first] or [cue.first]
    near = doc[min(zone[0], cue.first) : right[-1] + 1].text
    # "… in luggage on a passenger flight": the noun is a word of movement itself, behind the words of this.
    by_air = _BY_AIR.search(doc[min(zone[0], cue.first) : right[-1] + 2].text) is not None
    by_air = by_air or cue.word.lemma == "airlift"
    if _BY_GROUND.search(near) and not by_air and not cue.nominal:
        return None
    carried = {Mover.NOTHING, Mover.OTHER, *({Mover.PERSON} if cue.word.frame is Frame.CARRY else ())}
    if by_air and vehicle is None and mover in carried and not cue.nominal:
        mover = Mover.CARGO
    if mover is Mover.NOTHING or _in_passing(scene, cue):
        return None
    origin, destination = ends_of(scene, cue, zone, mover)
    origin = origin or come_from(scene, cue, vehicle)
    led = "".join(doc[i].text_with_ws for i in zone if i < cue.first - 6)
    count, counted = how_often(
        scene.annotated, cue, f"{led} {doc[max(scene.sentence.start, cue.first - 6) : right[-1] + 1].text}"
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
    if cue.word.lemma in {"do so", "follow suit"} or (cue.nominal and cue.token.head.lemma_ == "repeat"):
        return True
    return bool(named) or _BETWEEN_THEM.search(near) is not None


def _goes_back(cue: Cue, words: set[str]) -> bool:
    return bool(_BACKWARD & words) and cue.word.frame in {Frame.FLY, Frame.DEPART, Frame.CARRY, Frame.ARRIVE}
