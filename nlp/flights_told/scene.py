"""A report sentence by sentence, with what stands in each: words of movement, places, aircraft, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.locations import Location
from tailgraph.nlp.flights_told.places import Whereabouts
from tailgraph.nlp.flights_told.vehicles import Vehicle, vehicles
from tailgraph.nlp.flights_told.words import Cue, Frame, words_of_movement
from tailgraph.nlp.numerals import LATER_ORDINAL

# "Flight" as part of another thing: its plan, its data, its crew; or before a flight number.
_NOT_FLIGHTS = cues("flights told: things named after flight")
_TAKES_PLACE = frozenset({"be", "make", "take", "happen", "occur", "complete", "perform", "effect", "carry"})
# "The flight was forced to land": what the verb below says holds for it.
_MADE_TO = frozenset({"force", "compel", "oblige", "order"})
# "Turned round in 70 minutes": on the ground, between two flights.
_TURNAROUND = re.compile(r"(?:in|within|after) (?:\w+ ){1,3}(?:minutes?|hours?)\b", re.IGNORECASE)
_FLIGHT_NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,2}")


# "…, the ninth such flight this month", "…, its third visit since January": of what row of flights the one
# told is. It tells of no further one, and its days are those of the row.
_ORDINAL = rf"(?:{LATER_ORDINAL}|latest|last)"
_OF_A_ROW = re.compile(
    rf", (?:the|its|their|his|her) (?:at least )?{_ORDINAL} (?:such |known |reported |similar )*"
    r"(?:flight|visit|trip|landing|delivery|arrival|run|rotation|sortie|aircraft|plane|jet|time|one)\b[^,.;:()]*"
    rf"|, the {_ORDINAL} (?:in|this|since|within)\b[^,.;:()]*"
    r"|, one of (?:at least |some )?\w+ such (?:flights|visits|trips|landings|arrivals|runs)\b[^,.;:()]*",
    re.IGNORECASE,
)


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

    @cached_property
    def starts(self) -> frozenset[int]:
        """The token indices of the words of movement and of their particles."""
        return frozenset(i for cue in self.cues for i in (cue.first, cue.last))

    @cached_property
    def owners(self) -> dict[int, int | None]:
        """The word of movement that governs a token, as far as it was asked for (`clauses.owner`)."""
        return {}

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
        after_break = "\n" in sentence.text[len(sentence.text.rstrip()) :]
        while place < len(dates) and dates[place].start < sentence.start_char:
            place += 1
        end = place
        while end < len(dates) and dates[end].start < sentence.end_char:
            end += 1
        here = whereabouts.spoken_of()
        found = tuple(whereabouts.read(sentence))
        aside = [
            range(sentence.start_char + row.start(), sentence.start_char + row.end())
            for row in _OF_A_ROW.finditer(sentence.text)
        ]
        yield Scene(
            annotated,
            sentence,
            index,
            _cues(annotated, sentence, aside),
            found,
            tuple(v for v in vehicles(annotated, sentence) if not _within(annotated.doc[v.first].idx, aside)),
            tuple(d for d in dates[place:end] if not _within(d.start, aside)),
            here,
            paragraph,
        )


def _within(offset: int, stretches: Sequence[range]) -> bool:
    return any(offset in stretch for stretch in stretches)


def _cues(annotated: Annotated, sentence: Span, aside: Sequence[range]) -> tuple[Cue, ...]:
    found = [
        c
        for c in words_of_movement(sentence)
        if not annotated.mention_at(c.token) and not _other_thing(c) and not _within(c.token.idx, aside)
    ]
    nouns = [c for c in found if c.nominal]
    found = [c for c in found if not any(_named_by(c, noun) for noun in nouns)]
    pairs = [(noun, cue) for noun in nouns for cue in found if _only_carries(cue, noun)]
    verbs = {
        noun.first: cue
        for noun, cue in pairs
        if noun.token.head == _top(cue) or _relates(cue, noun) or _misread(cue, noun)
    }
    told = {cue.first for _, cue in pairs}
    return tuple(_moving(c, verbs.get(c.first)) for c in found if c.first not in told)


def _named_by(cue: Cue, noun: Cue) -> bool:
    """ "A flight on its way from Minsk to Goma": both words tell of the one flight."""
    return cue.word.lemma == "way" and cue.token.head.lower_ == "on" and cue.token.head.head == noun.token


def _only_carries(cue: Cue, noun: Cue) -> bool:
    """ "Ran eight flights", "no flight took place", "flights operated by X": the noun tells it all."""
    if cue.nominal:
        return False
    head = noun.token
    governed = head.dep_ in {"dobj", "nsubj", "nsubjpass"} and head.head in (cue.token, _top(cue))
    return governed or (cue.token.dep_ in {"acl", "relcl"} and cue.token.head == noun.token)


def _top(cue: Cue) -> Token:
    """The verb whose subject is that of the word of movement: "was forced" of "was forced to land"."""
    token = cue.token
    return token.head if token.dep_ == "xcomp" and token.head.lemma_ in _MADE_TO else token


def _relates(cue: Cue, noun: Cue) -> bool:
    """ "The flight that touched down in Asmara"."""
    return (
        cue.token.dep_ == "relcl"
        and cue.token.head == noun.token
        and any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in cue.token.children)
    )


def _misread(cue: Cue, noun: Cue) -> bool:
    """ "In May six flights landed at Goma", where the parser takes the past tense for an attribute."""
    return cue.token.dep_ == "acl" and cue.token.tag_ == "VBD" and cue.token.head == noun.token


def _moving(noun: Cue, verb: Cue | None) -> Cue:
    """ "A flight from Moscow landed in Ankara": what the verb says of its ends holds for the flight."""
    if verb is None or verb.word.frame in {Frame.FLY, Frame.CARRY}:
        return noun
    if noun.token.dep_ == "dobj" and not _relates(verb, noun):
        return noun
    return replace(noun, word=replace(noun.word, frame=verb.word.frame), verb=verb.token)


def _lines(doc: Doc) -> Iterator[Span]:
    """Sentences, cut at line breaks: each line of a log or list stands for itself."""
    for sentence in doc.sents:
        start = sentence.start
        for token in sentence:
            if token.is_space and "\n" in token.text and token.i + 1 < sentence.end:
                yield doc[start : token.i + 1]
                start = token.i + 1
        yield doc[start : sentence.end]


def _tracked(token: Token) -> bool:
    """ "Tracked 4L-QZA from Burgas to Goma": with the aircraft and both of its ends."""
    kinds = {c.dep_ for c in token.children}
    words = {t.lower_ for t in token.subtree if t.dep_ == "prep" and t.i > token.i}
    return "dobj" in kinds and {"from", "to"} <= words


def _goes_on_doing(token: Token) -> bool:
    """ "Continued to shell the town", "went on protecting the airfield"."""
    deeds = [c for c in token.children if c.dep_ in {"xcomp", "advcl"} and c.pos_ == "VERB"]
    doing = any(c.tag_ == "VBG" and c.dep_ == "xcomp" for c in deeds)
    to_do = any(d.tag_ == "TO" for c in deeds for d in c.children)
    led = any(c.lower_ in {"to", "from", "for"} and c.dep_ == "prep" for c in token.children)
    return (doing or to_do) and not led


def _other_thing(cue: Cue) -> bool:
    token = cue.token
    if cue.word.lemma == "go" and token.head.lemma_ == "let":
        return True
    if cue.word.frame is Frame.ONWARD and _goes_on_doing(token):
        return True
    if cue.word.lemma == "make it" and cue.last + 1 < len(token.doc) and token.doc[cue.last + 1].tag_ == "VB":
        # "Made it land": somebody else did.
        return True
    if cue.word.frame is Frame.TURN and _TURNAROUND.match(token.doc[cue.last + 1 : cue.last + 5].text):
        return True
    if cue.word.lemma == "leave" and any(
        c.dep_ == "dobj" and c.lower_ in cues("flights told: left on the way") for c in token.children
    ):
        # "Seconds after leaving the runway".
        return True
    if cue.word.lemma == "airborne" and token.dep_ in {"amod", "compound"}:
        # "Carrying airborne units".
        return True
    if cue.word.lemma == "track":
        return not _tracked(token)
    if cue.word.lemma == "delivery":
        # "The delivery was made by an Il-76": a flight only where the noun is all that is told of.
        return token.dep_ not in {"nsubj", "nsubjpass"} or token.head.lemma_ not in _TAKES_PLACE
    if cue.word.lemma == "route":
        return not (token.i and token.nbor(-1).lower_ in {"en", "same", "identical"})
    if cue.word.pos == "passive":
        return any(c.tag_ == "TO" for c in token.children)
    if cue.word.lemma == "way":
        return (
            token.i < 2
            or token.nbor(-1).lower_ not in {"its", "their", "the", "her", "his"}
            or not (token.nbor(-2).lower_ == "on" or token.nbor(-2).lemma_ == "make")
        )
    if not cue.nominal or token.i + 1 >= len(token.doc):
        return False
    after = token.doc[token.i + 1]
    if cue.word.frame is Frame.CRASH and after.text == "-":
        # "Crash-landed": the verb tells it.
        return True
    if token.lower_ == "flight" and after.lower_ in {"-", "plan"} | _NOT_FLIGHTS:
        return after.lower_ != "-" or (
            after.i + 1 < len(token.doc) and token.doc[after.i + 1].lower_ in _NOT_FLIGHTS | {"tracking"}
        )
    return (
        token.lower_ == "flight"
        and token.i > 0
        and token.nbor(-1).lower_ == "as"
        and bool(_FLIGHT_NUMBER.match(after.text))
    )
