"""Where and when a word of movement says that something went: its two ends and its dates."""

from __future__ import annotations

import re

from spacy.tokens import Span

from tailgraph.graph.model import DateInterval, Kind
from tailgraph.nlp.cues import cues
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.clauses import leads, of_paper, owner, spoken
from tailgraph.nlp.flights_told.locations import TO, Location, Relation
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import Cue, Frame

_ARRIVING = frozenset({Frame.ARRIVE, Frame.STOP})
_UP_TO = frozenset({"until", "till", "before"})
_FROM_THEN = frozenset({"after", "since", "once"})
_ENDING = frozenset("end cease stop halt discontinue suspend".split())
_BOUND_NOUN = re.compile(
    r"\b(?:bound|destined|booked|planned|scheduled|pencilled in|penciled in|slated|due)\s+for\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def ends_of(scene: Scene, cue: Cue, zone: list[int], mover: Mover) -> tuple[Location | None, Location | None]:
    inside = set(zone)
    origin = destination = None
    for here in scene.locations:
        if here.first in inside and not (
            mover is Mover.PERSON
            and here.first < cue.first
            and not leads(scene, scene.annotated.doc[here.first])
        ):
            side = None if _whence_load(scene, cue, here) else _side(scene, cue, here)
            if side == "origin" and destination and starts_another(scene, destination, here):
                break
            if side == "origin":
                stronger = origin is not None and origin.relation is not Relation.FROM
                origin = here if origin is None or (stronger and here.relation is Relation.FROM) else origin
            elif side == "destination":
                # "A flight from Minsk to Aleppo landed in Ankara": where it came down is where it ended.
                came_down = (
                    cue.verb is not None and cue.word.frame is Frame.ARRIVE and here.first > cue.verb.i
                )
                again = came_down and destination is not None and destination.first < here.first
                destination = here if again else destination or here
    if destination is None:
        destination = _host(scene, cue)
    if origin is None and cue.word.frame is Frame.DEPART:
        # "Boarded the jet at José Martí … and took off for Tehran".
        origin = next(
            (
                h
                for h in scene.locations
                if h.relation is Relation.AT and h.airport and h.end < cue.token.idx and mover is Mover.PERSON
            ),
            None,
        )
    if origin and destination is None and cue.word.frame is Frame.ARRIVE:
        # "Seized at Monrovia after arriving from Ouagadougou".
        destination = next(
            (h for h in scene.locations if h.relation is Relation.AT and h.exact and h.start < cue.token.idx),
            None,
        )
    if origin and destination is None and cue.word.frame in {Frame.FLY, Frame.CARRY}:
        destination = next(
            (
                h
                for h in scene.locations
                if h.first in inside
                and h.relation is Relation.AT
                and h.start > origin.end
                and re.search(
                    r"(?:airstrip|airport|airfield|base|strip|field|town)s?\s+(?:in|near|at|around)"
                    r"\s+[\w'’ ]*$",
                    scene.annotated.document.content[origin.end : h.start],
                )
            ),
            None,
        )
    return origin, destination


def _host(scene: Scene, cue: Cue) -> Location | None:
    """ "Sanaa saw its first flight from Tehran": the place that the flights came to."""
    verb = cue.token.head
    hosting = cue.nominal and cue.token.dep_ == "dobj" and verb.lemma_ in cues(_HOSTING)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if hosting else None
    if subject is None:
        return None
    return next((h for h in scene.locations if h.exact and h.start <= subject.idx < h.end), None)


_HOSTING = "flights told: what a place does with flights"
_AND_FROM = re.compile(r"[^.;:]{0,40}?,? and (?:then |later )?(?:on )?from (?:the )?", re.IGNORECASE)


def starts_another(scene: Scene, destination: Location, origin: Location) -> bool:
    """ "Flew to Bangui, and from Bangui to Birao": a second flight."""
    text = scene.annotated.document.content
    gap = text[destination.end : origin.start]
    return _AND_FROM.fullmatch(gap) is not None


def come_from(scene: Scene, cue: Cue, vehicle: Vehicle | None) -> Location | None:
    """ "A plane from Tehran landed in …": where the aircraft that came is said to be from."""
    if vehicle is None or not vehicle.craft or cue.word.frame not in _ARRIVING or vehicle.end > cue.first:
        return None
    text = scene.annotated.doc
    return next(
        (
            here
            for here in scene.locations
            if here.relation is Relation.FROM
            and here.exact
            and vehicle.end < here.first < cue.first
            and text[vehicle.end : here.first].text.lower() in {"from", "from the", "coming from", "out of"}
        ),
        None,
    )


def _side(scene: Scene, cue: Cue, here: Location) -> str | None:
    """Which end of the flight a location is, by its relation and the word of movement."""
    frame, relation = cue.word.frame, here.relation
    if cue.word.lemma in {"airdrop", "drop", "appear over"} and relation in {Relation.AT, Relation.VIA}:
        return "destination"
    if frame is Frame.CRASH and relation in {Relation.AT, Relation.VIA}:
        return "destination" if relation is Relation.VIA or cue.word.lemma != "hit" else None
    if relation is Relation.AT and frame in {Frame.FLY, Frame.CARRY} and _there(scene, here):
        return "destination"
    if relation in {Relation.FROM, Relation.BETWEEN}:
        return "origin"
    if relation is Relation.TO:
        return "destination"
    if relation is Relation.FOR:
        if not here.exact and _for_load(scene, here):
            return None
        if cue.word.lemma == "final":
            return "destination"
        bound = frame in {Frame.DEPART, Frame.ONWARD} or _BOUND_NOUN.search(
            scene.annotated.document.content[max(0, here.start - 40) : here.start]
        )
        return "destination" if bound else None
    if relation is Relation.OBJECT:
        if here.first < cue.first:
            return None
        if frame is Frame.DEPART:
            return "origin"
        return (
            "destination"
            if frame in {*_ARRIVING, Frame.RETURN} or cue.word.lemma in {"serve", "fly"}
            else None
        )
    if relation is Relation.AT:
        return (
            "destination"
            if frame in {*_ARRIVING, Frame.RETURN, Frame.TURN}
            else "origin"
            if frame is Frame.DEPART and (cue.word.air or cue.word.lemma in {"load", "originate"})
            else None
        )
    return None


def _for_load(scene: Scene, here: Location) -> bool:
    """ "Left with helmets for Ukraine": who is to get the load."""
    token = scene.annotated.doc[here.first]
    preposition = next((t for t in token.ancestors if t.dep_ == "prep"), None)
    load = preposition.head if preposition is not None and preposition.lower_ == "for" else None
    if load is None or load.pos_ != "NOUN" or load.lower_ in cues("flights told: people aboard"):
        return False
    return any(t.lower_ in {"with", "carrying", "of"} for t in load.ancestors if t.i < load.i)


def _whence_load(scene: Scene, cue: Cue, here: Location) -> bool:
    """ "It returned with athletes from the North": whence those aboard, where the way back is known."""
    if cue.word.frame is not Frame.RETURN or here.relation is not Relation.FROM:
        return False
    if TO.match(scene.annotated.document.content, here.end):
        return False
    link = next((t for t in scene.annotated.doc[here.first].ancestors if t.lower_ == "from"), None)
    load = link.head if link is not None else None
    return (
        load is not None
        and load.pos_ == "NOUN"
        and any(t.lower_ in {"with", "carrying", "bringing"} and t.i > cue.first for t in load.ancestors)
    )


def _there(scene: Scene, here: Location) -> bool:
    """ "It went there from Semera"."""
    return scene.annotated.doc[here.first].lower_ == "there"


def dates_of(scene: Scene, cue: Cue, zone: list[int], vehicle: Vehicle | None) -> tuple[DateMention, ...]:
    doc = scene.annotated.doc
    named = range(vehicle.first, vehicle.end) if vehicle and vehicle.aircraft else range(0)
    chosen: list[DateMention] = []
    spare: list[DateMention] = []
    for when in scene.dates:
        span = doc.char_span(when.start, when.end, alignment_mode="expand")
        if span is None or span.start in named or _of_former_name(scene, span) or of_paper(span.root):
            continue
        near = any(t.i in zone for t in span) and not _behind_relative(cue, span)
        (chosen if near else spare).append(when)
    if not any(d.interval for d in chosen):
        chosen += [d for d in spare if not told_on(scene, d) and (len(scene.cues) == 1 or _unowned(scene, d))]
    chosen = [_of_other_clause(scene, cue, _until_ended(scene, cue, d)) for d in chosen]
    return tuple(sorted(chosen, key=lambda d: d.start))


def _behind_relative(cue: Cue, when: Span) -> bool:
    """ "The Hercules, which had left X, and, on 2 January, another": a date of what the clause is joined
    to."""
    verb, edge = cue.token, cue.token.right_edge.i
    if verb.dep_ != "relcl" or when.start <= edge:
        return False
    return any(t.lower_ == "and" for t in verb.doc[edge + 1 : when.start])


def _until_ended(scene: Scene, cue: Cue, when: DateMention) -> DateMention:
    """ "Those flights ended in December 2008": up to then."""
    head = cue.token.head
    span = scene.annotated.doc.char_span(when.start, when.end, alignment_mode="expand")
    ended = cue.nominal and cue.token.dep_ in {"nsubj", "nsubjpass"} and head.lemma_.lower() in _ENDING
    if not ended or span is None or when.interval is None or head not in (*span.root.ancestors,):
        return when
    return when.model_copy(update={"interval": DateInterval(earliest=None, latest=when.interval.latest)})


def _of_other_clause(scene: Scene, cue: Cue, when: DateMention) -> DateMention:
    """ "Landed there until the town fell in May 1999", "was listed in May for having flown": before that, and
    "after the war had begun in May": since then."""
    span = scene.annotated.doc.char_span(when.start, when.end, alignment_mode="expand")
    verb = next((t for t in span.root.ancestors if t.pos_ in {"VERB", "AUX"}), None) if span else None
    if verb is None or when.interval is None or verb in (cue.token, cue.verb):
        return when
    if verb.lemma_.lower() in cues("flights told: listing") and verb in cue.token.ancestors:
        return _open(when, before=True)
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark" or (c.dep_ == "prep" and c.i < verb.i)}
    if verb.dep_ != "advcl" or cue.token in (*verb.subtree,):
        return when
    if marks & _UP_TO:
        return _open(when, before=True)
    lasting = when.interval.latest == scene.annotated.document.published
    return _open(when, before=False) if marks & _FROM_THEN and not lasting else when


def _open(when: DateMention, before: bool) -> DateMention:
    assert when.interval
    told = DateInterval(
        earliest=None if before else when.interval.earliest, latest=when.interval.latest if before else None
    )
    return when.model_copy(update={"interval": told})


def _unowned(scene: Scene, when: DateMention) -> bool:
    """Whether no word of movement governs a date, or stands between it and the verb that does."""
    span = scene.annotated.doc.char_span(when.start, when.end, alignment_mode="expand")
    return span is not None and owner(scene, span.root) is None


def told_on(scene: Scene, when: DateMention) -> bool:
    """Whether a date is that of somebody's saying so, not of what is told."""
    span = scene.annotated.doc.char_span(when.start, when.end, alignment_mode="expand")
    return span is None or spoken(span.root)


def _of_former_name(scene: Scene, when: Span) -> bool:
    """ "(until 2023, 5Y-QRD)": since when an aircraft has its name, not when it flew."""
    doc = scene.annotated.doc
    start = when.start
    for index in range(start, max(scene.sentence.start, start - 6), -1):
        if doc[index].text == ")":
            return False
        if doc[index].text == "(":
            inside = doc[index : min(index + 12, scene.sentence.end)]
            end = next((t.i for t in inside if t.text == ")"), inside.end)
            return any(True for _ in scene.annotated.mentions_in(doc[index:end], Kind.AIRCRAFT))
    return False
