"""One word of movement with everything beside it: what moved, from where, to where, when, how often, and
whether it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from spacy.tokens import Doc, Span, Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.frequency import how_often
from tailgraph.nlp.flights_told.modality import PERMISSION, Outcome, outcome
from tailgraph.nlp.flights_told.places import Location, Relation, Whereabouts, joined
from tailgraph.nlp.flights_told.vehicles import Vehicle, vehicles
from tailgraph.nlp.flights_told.words import Cue, Frame, MovementWord, cues, movement_words
from tailgraph.nlp.numerals import number

_CALLSIGN = re.compile(
    r"\b(?:[Ff]light|[Cc]all ?sign|[Ss]quawking|[Cc]alling itself|[Aa]s)\s+(?:number\s+|no\.?\s+|of\s+)?[\"“]?"
    r"(?P<sign>[A-Z][A-Z0-9]{1,2} ?\d{1,4}[A-Z]{0,2})\b")
_BACKWARD = frozenset({"back", "home", "homeward", "homewards"})
_ABOARD = frozenset({"by", "aboard", "on", "in", "with", "using", "board", "via", "inside"})
_GROUND_MOVERS = frozenset((
    "missile rocket drone shell bullet bomb satellite projectile warhead truck lorry convoy ship vessel boat train "
    "bus car troops soldiers army refugees fighters militants tank flag spark time round rounds uav fire crate "
    "van column motorcade limousine ferry submarine tanker-ship").split())
_POINTERS = frozenset({"pair", "both", "another", "one", "two", "three", "four", "all", "latter", "former", "others", "each", "trio"})
_CLAUSE_ENDS = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "dep"})
_ARRIVING = frozenset({Frame.ARRIVE, Frame.STOP})
_BOUND_NOUN = re.compile(r"\b(?:bound|destined|booked|planned|scheduled|pencilled in|penciled in|slated|due)\s+for\s+(?:the\s+)?$", re.IGNORECASE)
_SPEECH = frozenset((
    "say tell report announce publish claim state write confirm deny accuse allege add note warn testify charge insist "
    "post tweet reveal release disclose acknowledge admit declare call describe speak inform brief observe argue quote").split())
# Verbs that say of a flight only that it took place.
_LIGHT = frozenset("end make conduct operate complete perform fly take go run carry log record undertake follow be".split())
# "Flight" as part of another thing: its plan, its data, its crew; or before a flight number.
_NOT_FLIGHTS = frozenset((
    "plan plans data path paths tracking tracker deck crew crews unit units number log logs recorder recorders radar "
    "engineer attendant attendants squadron school simulator test tests information records record schedule").split())
_FICTION = re.compile(
    r"\b(?:novel|film|movie|thriller|screenplay|script|fictional|fiction|make-believe|imaginary|hypothetical(?:ly)?|video game|war ?game"
    r"|simulation|scenario|fairy tale|legend)s?\b", re.IGNORECASE)
_FLIGHT_NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,2}")
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

    def same_paragraph(self, index: int) -> bool:
        """Whether sentence `index` is of this paragraph."""
        return self.paragraph <= index <= self.index

    @property
    def placed(self) -> bool:
        return self.origin is not None or self.destination is not None


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
    here: Location | None
    paragraph: int = 0

    @property
    def opens_paragraph(self) -> bool:
        return self.paragraph == self.index

    @property
    def title(self) -> bool:
        return self.sentence.start_char < len(self.annotated.document.title)


def scenes(annotated: Annotated, dates: Sequence[DateMention], whereabouts: Whereabouts) -> Iterator[Scene]:
    """The report sentence by sentence."""
    place = paragraph = 0
    after_break = True
    for index, sentence in enumerate(_lines(annotated.doc)):
        paragraph = index if after_break else paragraph
        after_break = "\n" in sentence.text[len(sentence.text.rstrip()):]
        while place < len(dates) and dates[place].start < sentence.start_char:
            place += 1
        end = place
        while end < len(dates) and dates[end].start < sentence.end_char:
            end += 1
        here = whereabouts.last_exact()
        found = tuple(whereabouts.read(sentence))
        yield Scene(annotated, sentence, index,
                    _cues(annotated, sentence),
                    found, tuple(vehicles(annotated, sentence)), tuple(dates[place:end]), here, paragraph)


def _only_carries(cue: Cue, among: Sequence[Cue]) -> bool:
    """ "Ran eight flights", "no flight took place", "flights operated by X": the noun tells it all."""
    if cue.nominal:
        return False
    nouns = [c.token for c in among if c.nominal]
    return any((n.dep_ in {"dobj", "nsubj", "nsubjpass"} and n.head == cue.token)
               or (cue.token.dep_ in {"acl", "relcl"} and cue.token.head == n) for n in nouns)


def _cues(annotated: Annotated, sentence: Span) -> tuple[Cue, ...]:
    found = [c for c in cues(sentence) if not annotated.mention_at(c.token) and not _other_thing(c)]
    return tuple(c for c in found if not _only_carries(c, found))


def _lines(doc: Doc) -> Iterator[Span]:
    """Sentences, cut at line breaks: each line of a log or list stands for itself."""
    for sentence in doc.sents:
        start = sentence.start
        for token in sentence:
            if token.is_space and "\n" in token.text and token.i + 1 < sentence.end:
                yield doc[start:token.i + 1]
                start = token.i + 1
        yield doc[start:sentence.end]


def _other_thing(cue: Cue) -> bool:
    token = cue.token
    if cue.word.lemma == "route":
        return not (token.i and token.nbor(-1).lower_ in {"en", "same", "identical"})
    if cue.word.lemma == "way":
        return token.i < 2 or token.nbor(-1).lower_ not in {"its", "their", "the", "her", "his"} or token.nbor(-2).lower_ != "on"
    if not cue.nominal or token.i + 1 >= len(token.doc):
        return False
    after = token.doc[token.i + 1]
    if token.lower_ == "flight" and after.lower_ in {"-", "plan"} | _NOT_FLIGHTS:
        return after.lower_ != "-" or (after.i + 1 < len(token.doc) and token.doc[after.i + 1].lower_ in _NOT_FLIGHTS | {"tracking"})
    return token.lower_ == "flight" and token.i > 0 and token.nbor(-1).lower_ == "as" and bool(_FLIGHT_NUMBER.match(after.text))


def tellings(scene: Scene) -> Iterator[Telling]:
    """What each word of movement of a sentence tells, in order; "and back" tells of a second flight."""
    if _FICTION.search(scene.sentence.text):
        return
    for cue in scene.cues:
        telling = _read(scene, cue)
        if telling is None:
            continue
        if not telling.both_ways:
            yield from _onward(scene, telling)
            continue
        turn = next(t for t in scene.sentence if t.lower_ == "back" and t.i > cue.first)
        late = tuple(d for d in telling.dates if d.start > turn.idx)
        yield replace(telling, back=False, dates=tuple(d for d in telling.dates if d not in late) or telling.dates)
        yield replace(telling, frame=Frame.RETURN, origin=None, destination=None, dates=late or telling.dates)


def _onward(scene: Scene, telling: Telling) -> tuple[Telling, ...]:
    """ "Flew to Managua on Tuesday, and on to Havana the next day": the second as a flight of its own."""
    first = telling.destination
    if first is None or telling.frame not in {Frame.FLY, Frame.CARRY, Frame.ARRIVE}:
        return (telling,)
    text = scene.annotated.doc.text
    on = re.compile(r"(?:[^.;]*?\b(?:and|then)(?: then)? on to (?:the )?|\s*[–—-]\s*)$")
    nexts = [h for h in scene.locations if h.start > first.end and on.match(text[first.end:h.start])]
    if not nexts:
        return (telling,)
    late = tuple(d for d in telling.dates if d.start > nexts[0].start)
    return (replace(telling, dates=tuple(d for d in telling.dates if d not in late)),
            replace(telling, frame=Frame.ONWARD, origin=None, destination=nexts[0], dates=late, count=None, counted=False))


def _read(scene: Scene, cue: Cue) -> Telling | None:
    doc = scene.annotated.doc
    subject = subject_of(cue)
    vehicle, pointing, mover = _mover(scene, cue, subject)
    if mover is Mover.NOTHING:
        return None
    zone = _zone(scene, cue)
    origin, destination = _ends(scene, cue, zone, mover)
    right = [i for i in zone if i >= cue.first] or [cue.first]
    near = doc[min(zone[0], cue.first):right[-1] + 1].text
    count, counted = how_often(cue, doc[max(scene.sentence.start, cue.first - 6):right[-1] + 1].text)
    words = {doc[i].lower_ for i in right}
    twice = cue.word.frame in {Frame.FLY, Frame.CARRY} and re.search(r"(?:\band (?:then )?|, then )back\b", near) is not None
    return Telling(
        cue=cue, frame=_frame(cue), sentence=scene.sentence, index=scene.index, mover=mover, vehicle=vehicle, pointing=pointing,
        origin=origin, destination=destination, home=bool(words & (_BACKWARD - {"back"})), back=_goes_back(cue, words),
        before_that=any(c.lower_ in {"had", "having"} for c in cue.token.children if c.dep_ in {"aux", "auxpass"}),
        dates=_dates(scene, cue, zone, vehicle), count=count, counted=counted, outcome=outcome(cue, scene.sentence),
        callsigns=tuple(m["sign"] for m in _CALLSIGN.finditer(near)), states=_states(scene, cue, subject),
        operator=subject is not None and subject.lower_ in {"airline", "carrier", "operator", "company"}, both_ways=twice,
        title=scene.title, here=scene.here, movers=_movers(cue, subject), paragraph=scene.paragraph,
        alike=subject is not None and subject.lower_ in {"another", "second", "third"},
        same_route=cue.nominal and any(c.lower_ in {"same", "identical"} for c in cue.token.children))


def _movers(cue: Cue, subject: Token | None) -> int | None:
    """ "Six of them, all from the PLA Air Force, landed"; "flying at least 14 of the fighters"."""
    if cue.word.frame is Frame.FLY and not cue.nominal:
        subject = next((c for c in cue.token.children if c.dep_ == "dobj"), subject)
    if subject is None:
        return None
    numbered = subject.pos_ == "NUM" or subject.lower_ in {"both", "pair"}
    value = number(subject.text) if numbered else None
    return value if value and 1 < value < 100 else None


def _frame(cue: Cue) -> Frame:
    if cue.nominal and any(c.lower_ in {"return", "homeward", "inbound"} and c.i < cue.first for c in cue.token.children):
        return Frame.RETURN
    if cue.nominal and any(c.lower_ in {"onward", "onwards"} for c in cue.token.children):
        return Frame.ONWARD
    return cue.word.frame


def _goes_back(cue: Cue, words: set[str]) -> bool:
    return bool(_BACKWARD & words) and cue.word.frame in {Frame.FLY, Frame.DEPART, Frame.CARRY, Frame.ARRIVE}


# --- what moved ---------------------------------------------------------------------------------------------


def subject_of(cue: Cue) -> Token | None:
    """The grammatical subject, or what the participle or relative clause hangs on."""
    token = cue.token
    for _ in range(5):
        subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
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
        if token.dep_ == "pcomp" and (accused := [c for c in token.head.head.children if c.dep_ == "dobj"]):
            return accused[0]
        if token.head == token or token.dep_ not in {
                "conj", "xcomp", "advcl", "aux", "auxpass", "prep", "pcomp", "dobj", "pobj", "attr", "prt", "advmod"}:
            return None
        token = token.head
    return None


def _mover(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Vehicle | None, bool, Mover]:
    """What moved, whether that only points back, and of what sort it is."""
    if cue.nominal:
        return _mover_of_noun(scene, cue, subject)
    named, flown = _subject_vehicle(scene, cue, subject), _flown_object(scene, cue)
    if flown:
        whose = named.operators if named and not flown.operators else flown.operators
        return replace(flown, operators=whose), flown.definite and not flown.aircraft, Mover.CARGO
    if cue.word.lemma == "send":
        return None, False, Mover.NOTHING
    if named:
        return named, named.definite and not named.aircraft, Mover.VEHICLE
    aboard = _carried_by(scene, cue)
    passive = cue.token.tag_ == "VBN" or any(c.dep_ in {"auxpass", "nsubjpass"} for c in cue.token.children)
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
    if mention is None and (subject.pos_ == "PRON" or subject.tag_ in {"CD", "DT"} or subject.lower_ in _POINTERS):
        return None, True, Mover.POINTER
    if mention and mention.entity.kind is Kind.PERSON:
        boarded = _left_vehicle(scene, cue)
        return boarded, False, Mover.PERSON
    if passive:
        return None, False, Mover.CARGO
    if mention and mention.entity.kind in {Kind.WEAPON, Kind.ORGANIZATION}:
        return None, False, Mover.NOTHING
    return None, False, Mover.OTHER


def _subject_vehicle(scene: Scene, cue: Cue, subject: Token | None) -> Vehicle | None:
    if subject is None:
        return None
    left = subject.left_edge.i
    right = min(subject.right_edge.i + 1, cue.first) if subject.i < cue.first else subject.right_edge.i + 1
    doc = scene.annotated.doc
    inside = [v for v in scene.vehicles if left <= v.first < right or v.first <= subject.i < v.end]
    inside = [v for v in inside if not _in_relative_clause(doc[v.first:v.end].root, subject)]
    mention = scene.annotated.mention_at(subject)
    if mention and mention.entity.kind in {Kind.PERSON, Kind.ORGANIZATION}:
        return None
    return max(inside, key=lambda v: (bool(v.aircraft), bool(v.types), v.craft, -v.first), default=None)


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
    limit = _right_limit(scene, cue, over_nouns=True)
    for vehicle in scene.vehicles:
        if cue.first < vehicle.first < limit:
            lead = {t.lower_ for t in doc[max(cue.last + 1, vehicle.first - 5):vehicle.first]}
            if _ABOARD & lead:
                return vehicle
    return None


def _flown_object(scene: Scene, cue: Cue) -> Vehicle | None:
    """ "Accused of flying two Il-76s to Libya"."""
    if cue.word.frame is not Frame.FLY:
        return None
    flown = next((c for c in cue.token.children if c.dep_ == "dobj"), None)
    return next((v for v in scene.vehicles if flown is not None and v.first <= flown.i < v.end and v.craft), None)


def _left_vehicle(scene: Scene, cue: Cue) -> Vehicle | None:
    before = [v for v in scene.vehicles if v.end <= cue.first]
    return before[-1] if before else None


def _mover_of_noun(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Vehicle | None, bool, Mover]:
    right = _right_limit(scene, cue)
    inside = [v for v in scene.vehicles
              if cue.first < v.first < right or v.end == cue.first or v.first <= cue.first < v.end or _possesses(scene, v, cue)]
    named = next((v for v in inside if v.craft), inside[0] if inside else None) or _subject_vehicle(scene, cue, subject)
    if named is None and subject is not None and subject.pos_ == "PRON":
        return None, True, Mover.POINTER
    named = named or _left_vehicle(scene, cue)
    if named:
        return named, named.definite and not named.aircraft, Mover.VEHICLE
    return None, True, Mover.UNSAID


def _possesses(scene: Scene, vehicle: Vehicle, cue: Cue) -> bool:
    """ "The jet's third trip"."""
    between = scene.annotated.doc[vehicle.end:cue.first]
    return 0 < len(between) <= 4 and between[0].lower_ in {"'s", "’s", "'", "’"}


def _states(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Slot, ...]:
    """ "Russian military flights": the state of flights without an aircraft."""
    found = []
    if not cue.nominal and cue.word.frame is Frame.FLY and subject is not None:
        mention = scene.annotated.mention_at(subject)
        if mention and mention.entity.kind is Kind.COUNTRY:
            found.append(Slot(entity=mention.entity, span=Offsets(start=mention.start, end=mention.end)))
    if cue.nominal:
        for child in cue.token.children:
            mention = scene.annotated.mention_at(child)
            if child.i < cue.first and mention and mention.entity.kind is Kind.COUNTRY and child.dep_ in {"amod", "poss", "nmod"}:
                found.append(Slot(entity=mention.entity, span=Offsets(start=mention.start, end=mention.end)))
    return tuple({s.entity: s for s in found}.values())


# --- where and when -----------------------------------------------------------------------------------------


def _right_limit(scene: Scene, cue: Cue, over_nouns: bool = False) -> int:
    """The token at which another clause takes over from this word of movement."""
    doc = scene.annotated.doc
    later = [c.first for c in scene.cues if c.first > cue.last and not (over_nouns and c.nominal)]
    end = min([*later, scene.sentence.end])
    for index in range(cue.last + 1, end):
        token = doc[index]
        if token.text == ";":
            return index
        if _opens_clause(token, cue) and not _parenthetical(token):
            verb = token.head if token.dep_ in {"aux", "auxpass"} else token
            return verb.left_edge.i if cue.last < verb.left_edge.i < index else index
    return end


def _about_cue(verb: Token, cue: Cue) -> bool:
    """ "The 122 flights that they sent to the airstrip", "six flights were made to Bria": a clause about the flights."""
    if not cue.nominal:
        return False
    if verb.dep_ == "relcl" and verb.head == cue.token:
        return True
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    partitive = cue.token.head.head if cue.token.dep_ == "pobj" and cue.token.head.lower_ == "of" else cue.token
    about = verb.lemma_.lower() in _LIGHT or verb.lower_ in movement_words()
    return about and any(c in (cue.token, partitive) for c in subjects)


def _opens_clause(token: Token, cue: Cue) -> bool:
    if token.pos_ == "AUX" and token.dep_ in {"aux", "auxpass"}:
        verb = token.head
        return verb != cue.token and verb.i > token.i and not _about_cue(verb, cue)
    if token.tag_ == "VBG" and token.dep_ == "advcl" and token.i and token.nbor(-1).text == ",":
        return True
    if token.lower_.endswith("bound") or token.pos_ not in {"VERB", "AUX"} or token.tag_ not in {"VBD", "VBZ", "VBP", "MD"} or token.dep_ not in _CLAUSE_ENDS:
        return False
    return not _about_cue(token, cue)


def _parenthetical(token: Token) -> bool:
    """ "…, London says, …"."""
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].text not in {",", "–", "—", "\""}:
        return False
    return any(doc[i].text in {",", "–", "—"} for i in range(max(0, token.i - 5), token.i))


def _owner(scene: Scene, token: Token) -> int | None:
    """The word of movement that governs this token, None where another predicate does first."""
    starts = {c.first for c in scene.cues} | {c.last for c in scene.cues}
    for _ in range(_MAX_CLIMB):
        if token.i in starts:
            return int(token.i)
        if token.head == token or (token.pos_ == "VERB" and token.dep_ not in {"xcomp", "acl", "amod", "advcl"}):
            return None
        token = token.head
    return None


def _zone(scene: Scene, cue: Cue) -> list[int]:
    """Tokens that belong to this word of movement: to its right up to the next clause, and what it governs."""
    limit = _right_limit(scene, cue)
    own = {cue.first, cue.last}
    first = scene.cues[0] is cue
    if first and scene.title:
        return list(range(scene.sentence.start, limit))
    left = [t.i for t in scene.sentence if t.i < cue.first and (_owner(scene, t) in own or (first and _leads(scene, t)))]
    beyond = [t.i for t in scene.sentence if t.i >= limit and _owner(scene, t) in own]
    return [*left, *range(cue.first, limit), *beyond]


def _leads(scene: Scene, token: Token) -> bool:
    """Whether the token is in the adverbial that opens the sentence ("On 4 May, …")."""
    head = next((t for t in scene.sentence if not t.is_space and not t.is_punct), scene.sentence[0])
    return head.pos_ in {"ADP", "ADV"} and head.left_edge.i <= token.i <= head.right_edge.i and not _spoken(head)


def _spoken(token: Token) -> bool:
    """Whether the nearest verb above only tells that somebody said something ("told the channel on Thursday")."""
    for _ in range(_MAX_CLIMB):
        if token.pos_ == "VERB":
            return token.lemma_.lower() in _SPEECH
        if token.head == token:
            return False
        token = token.head
    return False


def _ends(scene: Scene, cue: Cue, zone: list[int], mover: Mover) -> tuple[Location | None, Location | None]:
    inside = set(zone)
    origin = destination = None
    for here in scene.locations:
        if here.first in inside and not (mover is Mover.PERSON and here.first < cue.first and not _leads(scene, scene.annotated.doc[here.first])):
            side = _side(scene, cue, here)
            if side == "origin":
                origin = origin or here
            elif side == "destination":
                destination = destination or here
    if origin is None and cue.word.frame is Frame.DEPART:
        # "Boarded the jet at José Martí … and took off for Tehran".
        origin = next((h for h in scene.locations if h.relation is Relation.AT and h.airport and h.end < cue.token.idx
                       and mover is Mover.PERSON), None)
    if origin and destination is None and cue.word.frame is Frame.ARRIVE:
        # "Seized at Monrovia after arriving from Ouagadougou".
        destination = next((h for h in scene.locations if h.relation is Relation.AT and h.exact and h.start < cue.token.idx), None)
    if origin and destination is None and cue.word.frame in {Frame.FLY, Frame.CARRY}:
        destination = next((h for h in scene.locations if h.first in inside and h.relation is Relation.AT and h.start > origin.end
                            and re.search(r"(?:airstrip|airport|airfield|base|strip|field|town)s?\s+(?:in|near|at|around)\s+[\w'’ ]*$",
                                          scene.annotated.doc.text[origin.end:h.start])), None)
    return origin, destination


def _side(scene: Scene, cue: Cue, here: Location) -> str | None:
    """Which end of the flight a location is, by its relation and the word of movement."""
    frame, relation = cue.word.frame, here.relation
    if relation in {Relation.FROM, Relation.BETWEEN}:
        return "origin"
    if relation is Relation.TO:
        return "destination"
    if relation is Relation.FOR:
        if cue.word.lemma == "final":
            return "destination"
        bound = frame in {Frame.DEPART, Frame.ONWARD} or _BOUND_NOUN.search(scene.annotated.doc.text[max(0, here.start - 40):here.start])
        return "destination" if bound else None
    if relation is Relation.OBJECT:
        if frame is Frame.DEPART:
            return "origin"
        return "destination" if frame in {*_ARRIVING, Frame.RETURN} or cue.word.lemma in {"serve", "fly"} else None
    if relation is Relation.AT:
        return "destination" if frame in {*_ARRIVING, Frame.RETURN, Frame.TURN} else "origin" if frame is Frame.DEPART and cue.word.air else None
    return None


def _dates(scene: Scene, cue: Cue, zone: list[int], vehicle: Vehicle | None) -> tuple[DateMention, ...]:
    doc = scene.annotated.doc
    named = range(vehicle.first, vehicle.end) if vehicle and vehicle.aircraft else range(0)
    chosen: list[DateMention] = []
    spare: list[DateMention] = []
    for when in scene.dates:
        span = doc.char_span(when.start, when.end, alignment_mode="expand")
        if span is None or span.start in named or _of_former_name(scene, span):
            continue
        (chosen if any(t.i in zone for t in span) else spare).append(when)
    if not any(d.interval for d in chosen):
        chosen += [d for d in spare if not told_on(scene, d) and (len(scene.cues) == 1 or _unowned(scene, d))]
    return tuple(sorted(chosen, key=lambda d: d.start))


def _unowned(scene: Scene, when: DateMention) -> bool:
    """Whether no word of movement governs a date, or stands between it and the verb that does."""
    span = scene.annotated.doc.char_span(when.start, when.end, alignment_mode="expand")
    return span is not None and _owner(scene, span.root) is None


def told_on(scene: Scene, when: DateMention) -> bool:
    """Whether a date is that of somebody's saying so, not of what is told."""
    span = scene.annotated.doc.char_span(when.start, when.end, alignment_mode="expand")
    return span is None or _spoken(span.root)


def _of_former_name(scene: Scene, when: Span) -> bool:
    """ "(until 2023, 5Y-QRD)": since when an aircraft has its name, not when it flew."""
    doc = scene.annotated.doc
    start = when.start
    for index in range(start, max(scene.sentence.start, start - 6), -1):
        if doc[index].text == ")":
            return False
        if doc[index].text == "(":
            inside = doc[index:min(index + 12, scene.sentence.end)]
            end = next((t.i for t in inside if t.text == ")"), inside.end)
            return any(True for _ in scene.annotated.mentions_in(doc[index:end], Kind.AIRCRAFT))
    return False


_FILED = re.compile(r"\bflight plans?\b|\bfiled (?:for|to)\b", re.IGNORECASE)
_ROUTE = MovementWord("route", frozenset(), Frame.FLY, "noun", False)


def routes(scene: Scene, logged: bool) -> Iterator[tuple[Location, Location]]:
    """Pairs of airports or places that a dash or "to" joins, where a log or a line about an aircraft lists them."""
    if any(_predicates(scene, t) for t in scene.sentence) and not _FILED.search(scene.sentence.text):
        return
    found = list(joined(scene.locations, scene.annotated.doc.text))
    for left, right in found:
        codes = bool(left.airport and right.airport)
        if left.exact and right.exact and (logged or codes) and not scene.title:
            yield left, right


def _predicates(scene: Scene, token: Token) -> bool:
    """Whether the token is a finite verb with a subject; taggers take designators for verbs."""
    if token.tag_ == "MD":
        return True
    finite = token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.is_alpha
    governs = token.dep_ in {"aux", "auxpass"} or any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in token.children)
    return finite and not scene.annotated.mention_at(token) and governs


def route_telling(scene: Scene, left: Location, right: Location) -> Telling:
    """A route as the telling of a flight; its cue is the first word of the route."""
    token = scene.annotated.doc[left.first]
    cue = Cue(token, token.i, _ROUTE)
    planned = _FILED.search(scene.sentence.text) is not None
    cancelled = planned or any(t.lower_ in {"cancelled", "canceled", "refused", "aborted", "scrubbed", "cnl", "cnx"} for t in scene.sentence)
    return Telling(cue=cue, frame=Frame.FLY, sentence=scene.sentence, index=scene.index, mover=Mover.VEHICLE, vehicle=None,
                   pointing=False, origin=left, destination=right, home=False, back=False, before_that=False, dates=scene.dates,
                   count=how_often(cue, scene.sentence.text)[0], counted=False, outcome=Outcome.NOT_DONE if cancelled else Outcome.DONE,
                   callsigns=tuple(m["sign"] for m in _CALLSIGN.finditer(scene.sentence.text)), paragraph=scene.paragraph, route=True)
