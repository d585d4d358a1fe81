"""What definite descriptions and pronouns stand for: "the cargo plane", "both jets", "the unit", "the
airline",
"the former", "he", and "it" where only an aircraft can be meant.

Centering in a small form: the last thing named that fits wins; for aircraft, one told as a subject wins over
one told in passing. What fits nothing stays unresolved: no reference is better than a wrong one.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from tailgraph.graph.model import Entity, EntityRef, Kind, Mention
from tailgraph.nlp.body_classes import class_of
from tailgraph.nlp.cues import cues
from tailgraph.nlp.vocabulary import rows

_PLURAL_ONLY = frozenset(["these", "those", "both", "two", "three", "pair"])
_UNITS = frozenset(["unit", "squadron", "detachment", "regiment", "wing"])
_CARRIERS = frozenset(["airline", "carrier", "operator"])
_COMPANIES = frozenset(["company", "firm"])
_BASES = frozenset(["airport", "base", "airfield", "airstrip", "airbase", "aerodrome"])
_TOWNS = frozenset(["city", "town", "village", "port"])
# A common noun for a body, and the words in a body's name that it takes up.
_BODIES: dict[str, tuple[str, ...]] = {
    "ministry": ("ministry", "department", "office"),
    "department": ("department",),
    "agency": ("agency", "service"),
    "panel": ("panel", "experts", "group of experts"),
    "committee": ("committee",),
    "council": ("council",),
    "commission": ("commission",),
    "command": ("command",),
    "bureau": ("bureau",),
    "institute": ("institute", "center", "centre"),
    "embassy": ("embassy", "mission"),
    "court": ("court",),
    "service": ("service",),
}
# "The Group" with a capital is a body's own short form; "the group" may be anybody.
_CAPITALS = frozenset(["Group", "Team", "Mission"])
_HE = frozenset(["he", "she", "him", "her"])
_HIS = frozenset(["his", "her"])
_OF_PERSONS = _HE | _HIS
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
# How many sentences back a person may be told whom "he" takes up.
_PERSON_REACH = 3


@cache
def aircraft_nouns() -> dict[str, bool]:
    """Common nouns for aircraft, with whether the form is a plural."""
    nouns: dict[str, bool] = {}
    for row in rows("tailgraph.nlp", "lexicons", "aircraft_words.csv"):
        nouns[row["word"]] = False
        nouns[row["plural"]] = row["plural"] != row["word"]
    return nouns


class _Report:
    """Mentions by token, so that what stands before a token is found without a search."""

    def __init__(self, doc: Doc, entities: Sequence[Entity], mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.text = doc.text
        self.entities = {entity.ref: entity for entity in entities}
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.taken = {
            token.i
            for m in mentions
            for token in doc.char_span(m.start, m.end, alignment_mode="expand") or ()
        }

    def before(self, offset: int, reach: int = 40) -> Iterator[Mention]:
        """Mentions that end before the offset, the nearest first, at most `reach` of them."""
        place = bisect_left(self.starts, offset)
        for mention in reversed(self.mentions[max(place - reach, 0) : place]):
            if mention.end <= offset:
                yield mention


def references(
    doc: Doc, entities: Sequence[Entity], mentions: Sequence[Mention]
) -> dict[int, tuple[EntityRef, ...]]:
    """Index of the token that heads a description or pronoun → what it refers to."""
    report = _Report(doc, entities, mentions)
    found: dict[int, tuple[EntityRef, ...]] = {}
    for token in doc:
        if token.i not in report.taken and (token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")):
            refs = _meant(report, token, found)
            if refs:
                found[token.i] = refs
    return {i: refs for i, refs in found.items() if doc[i].tag_ != "PRP$"}


def _meant(report: _Report, token: Token, found: dict[int, tuple[EntityRef, ...]]) -> tuple[EntityRef, ...]:
    word = token.lower_
    if word in _OF_PERSONS:
        return _person(report, token, found)
    if word == "it" and token.dep_ in _SUBJECTS and token.head.lemma_.lower() in cues("coreference: flying"):
        return _flier_before(report, token, found)
    if word in ("former", "latter"):
        return _of_two(report, token, word == "latter")
    if not _definite(token):
        return ()
    if word in aircraft_nouns() and not _has_named_modifier(report, token):
        return _aircraft(report, token, plural=aircraft_nouns()[word] or _says_plural(token))
    return _body(report, token)


def _definite(token: Token) -> bool:
    return any(
        child.lower_ in cues("coreference: definite") and child.i < token.i for child in token.children
    ) or (token.lower_ in ("both", "pair") and token.dep_ != "predet")


def _says_plural(token: Token) -> bool:
    return any(child.lower_ in _PLURAL_ONLY for child in token.children)


def _has_named_modifier(report: _Report, token: Token) -> bool:
    """ "the Antonov plane", "Iran's jets", "the aircraft of Conviasa": the name itself says which."""
    of = (obj for prep in token.children if prep.lower_ == "of" for obj in prep.children)
    names = (*(c for c in token.children if c.dep_ in ("compound", "appos")), *of)
    return any(name.i in report.taken for name in names)


def _aircraft(report: _Report, token: Token, *, plural: bool) -> tuple[EntityRef, ...]:
    """The airframes told last (one, or as many as are listed together); else the type told last."""
    group: list[Mention] = []
    for mention in report.before(token.idx):
        if mention.entity.kind is Kind.AIRCRAFT:
            if group and (not plural or group[-1].start - mention.end > 60):
                break
            group.append(mention)
        elif mention.entity.kind is Kind.AIRCRAFT_TYPE and not group:
            if _own_airframe_follows(report, mention, token):
                continue
            return (mention.entity,)
    if plural and len(group) == 1:
        return _types_in_plural(report, token)
    return tuple(dict.fromkeys(m.entity for m in reversed(group)))


def _types_in_plural(report: _Report, token: Token) -> tuple[EntityRef, ...]:
    """ "those planes" after "Boeing 707-300s and C-130Js": the types that were told together in the
    plural."""
    types: list[Mention] = []
    for mention in report.before(token.idx):
        if mention.entity.kind is Kind.AIRCRAFT_TYPE and mention.text.endswith("s"):
            if types and types[-1].start - mention.end > 30:
                break
            types.append(mention)
    return tuple(dict.fromkeys(m.entity for m in reversed(types)))


def _own_airframe_follows(report: _Report, kind: Mention, token: Token) -> bool:
    """ "RA-82030, an An-124, ... the plane": the type belongs to the airframe told just before it."""
    near = (m for m in report.before(kind.start, 3) if m.entity.kind is Kind.AIRCRAFT)
    before = next(near, None)
    return (
        before is not None
        and kind.start - before.end < 40
        and "." not in report.text[before.end : kind.start]
    )


def _flier_before(
    report: _Report, token: Token, found: dict[int, tuple[EntityRef, ...]]
) -> tuple[EntityRef, ...]:
    """The aircraft that is the subject of the sentence, or of the one before; no other subject may stand
    between."""
    sentence = token.sent
    start = sentence.start
    sentences = [sentence] + ([report.doc[start - 1].sent] if start else [])
    for one in sentences:
        subjects = [t for t in one if t.dep_ in _SUBJECTS and t.i < token.i]
        for subject in reversed(subjects):
            refs = found.get(subject.i, ()) or _named_at(report, subject)
            fliers = tuple(ref for ref in refs if ref.kind in (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE))
            if fliers:
                return fliers
            if subject.pos_ in ("NOUN", "PROPN") and subject.lower_ not in aircraft_nouns():
                return ()
    return ()


def _named_at(report: _Report, subject: Token) -> tuple[EntityRef, ...]:
    """What the subject phrase names: airframes first, types where it names no airframe."""
    left, right = subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge.text)
    place = bisect_left(report.starts, left)
    inside = []
    for mention in report.mentions[place : place + 12]:
        if mention.start >= right:
            break
        inside.append(mention.entity)
    for kind in (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE):
        refs = tuple(dict.fromkeys(ref for ref in inside if ref.kind is kind))
        if refs:
            return refs
    return tuple(dict.fromkeys(inside))


def _person(report: _Report, token: Token, found: dict[int, tuple[EntityRef, ...]]) -> tuple[EntityRef, ...]:
    """The person that the sentence so far, or one of the few before, speaks of: its subject, else the one
    told last.

    A pronoun that was resolved keeps its person in view, one that was not ends the search; an owner
    ("Maduro's generals") is passed over.
    """
    own, excluded, quoted = _clause_subject(token), set[EntityRef](), list[EntityRef]()
    if own is not None and _told_by_nobody(report, token):
        return ()
    for stretch in _stretches(report.doc, token):
        named = _persons(report, stretch, found)
        barred = {ref for head, ref in named if own is not None and head in (own, *own.conjuncts)}
        named = [(head, ref) for head, ref in named if ref not in barred | excluded]
        excluded |= barred
        quoted += [ref for head, ref in named if _cited(head)]
        named = [(head, ref) for head, ref in named if ref not in quoted]
        if token.lower_ in ("she", "her") and not named and any(_is_vessel(t) for t in stretch):
            return ()  # "a freighter, and X feared that she was bringing shells"
        subjects = [ref for head, ref in named if head.dep_ in _SUBJECTS]
        if any(t.lower_ in _HE and t.dep_ in _SUBJECTS and t.i not in found and t != own for t in stretch):
            return ()
        if subjects:
            return (subjects[-1],)
        if named:
            return (named[-1][1],)
    return tuple(quoted[:1])


def _is_vessel(token: Token) -> bool:
    """Whether a word names what sailors and fliers call "she"."""
    return token.pos_ == "NOUN" and (
        token.lower_ in aircraft_nouns() or token.lemma_.lower() in cues("coreference: vessels")
    )


def _cited(head: Token) -> bool:
    """ "According to Rossi, he …": whom somebody else is told of before is meant rather than Rossi."""
    return head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"


def _clause_subject(token: Token) -> Token | None:
    """The subject beside which "him" is an object: whom "she sold him rifles" tells of, it is not she."""
    if token.dep_ in _SUBJECTS or (token.lower_ in _HIS and token.tag_ == "PRP$"):
        return None
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    return next((c for c in verb.children if c.dep_ in _SUBJECTS), None) if verb is not None else None


def _told_by_nobody(report: _Report, token: Token) -> bool:
    """ "One of the guards told the court that X had given him a gun": "him" is a guard without a name."""
    for verb in token.ancestors:
        speaker = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if (
            verb.lemma_ in cues("coreference: telling")
            and speaker is not None
            and token not in speaker.subtree
        ):
            edge = speaker.right_edge
            start, end = bisect_left(report.starts, speaker.left_edge.idx), edge.idx + len(edge)
            last = bisect_left(report.starts, end)
            named = any(m.entity.kind is Kind.PERSON for m in report.mentions[start:last])
            return speaker.tag_ in ("NN", "CD") and not named
    return False


def _stretches(doc: Doc, token: Token) -> Iterator[Span]:
    """The sentence up to the pronoun, then the sentences before it, the nearest first."""
    sentence = token.sent
    yield doc[sentence.start : token.i]
    for _ in range(_PERSON_REACH):
        if not sentence.start:
            return
        sentence = doc[sentence.start - 1].sent
        yield sentence


def _persons(
    report: _Report, stretch: Span, found: dict[int, tuple[EntityRef, ...]]
) -> list[tuple[Token, EntityRef]]:
    """Persons named or resolved in a stretch of text, with the word that heads each, in text order."""
    named = []
    place = bisect_left(report.starts, stretch.start_char)
    for mention in itertools.takewhile(lambda m: m.end <= stretch.end_char, report.mentions[place:]):
        if mention.entity.kind is Kind.PERSON and report.text[mention.end : mention.end + 2] not in (
            "'s",
            "’s",
        ):
            span = report.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span:
                named.append((span.root, mention.entity))
    named += [(t, found[t.i][0]) for t in stretch if t.lower_ in _OF_PERSONS and t.i in found]
    return sorted(named, key=lambda pair: pair[0].i)


def _body(report: _Report, token: Token) -> tuple[EntityRef, ...]:
    """ "the unit", "the airline", "the base", "the ministry": the last of its kind whose name fits."""
    lemma = token.lemma_.lower()
    if token.tag_ == "NNS" or _modified_by_name(report, token):
        return ()
    if lemma in _UNITS:
        return _last(report, token, Kind.OPERATOR, ("unit", "squadron", "detachment", "regiment", "wing"))
    if lemma in _CARRIERS:
        return _last(report, token, Kind.OPERATOR)
    if lemma in _COMPANIES:
        return _company(report, token)
    if lemma in _BASES:
        return _last(report, token, Kind.AIRPORT)
    if lemma in _TOWNS:
        return _last(report, token, Kind.PLACE)
    if token.text in _CAPITALS:
        return _last(report, token, Kind.ORGANIZATION, (f"{lemma} of", f"{lemma} on"))
    if lemma in _BODIES and not any(c.tag_ == "PRP$" for c in token.children):
        return _last(report, token, Kind.ORGANIZATION, _BODIES[lemma])
    return ()


def _modified_by_name(report: _Report, token: Token) -> bool:
    return any(
        child.i in report.taken and child.dep_ in ("compound", "poss", "appos", "amod")
        for child in token.children
    )


def _company(report: _Report, token: Token) -> tuple[EntityRef, ...]:
    """The body named last that may be a company; a ministry or an air force is none. "The firm that runs the
    jet" is told anew."""
    if any(c.dep_ == "relcl" for c in token.children):
        return ()
    for mention in report.before(token.idx):
        if mention.entity.kind not in (Kind.ORGANIZATION, Kind.OPERATOR):
            continue
        entity = report.entities[mention.entity]
        if class_of(entity) not in _NO_FIRMS and not any(
            word in name.lower() for name in entity.names for word in _NO_COMPANY
        ):
            return (mention.entity,)
    return ()


_NO_FIRMS = frozenset(["government", "state", "international", "military", "group", "media"])
_NO_COMPANY = (
    "air force",
    "forces",
    "army",
    "ministry",
    "unit",
    "squadron",
    "department",
    "council",
    "police",
    "government",
    "panel",
    "un ",
)


def _last(report: _Report, token: Token, kind: Kind, words: tuple[str, ...] = ()) -> tuple[EntityRef, ...]:
    for mention in report.before(token.idx):
        if mention.entity.kind is kind:
            names = report.entities[mention.entity].names
            if not words or any(word in name.lower() for name in names for word in words):
                return (mention.entity,)
    return ()


def _of_two(report: _Report, token: Token, last: bool) -> tuple[EntityRef, ...]:
    """ "the former" and "the latter": of the last two things of one kind that "and" or "or" joins."""
    earlier = list(report.before(token.idx, 16))
    for later, first in itertools.pairwise(earlier):
        between = report.text[first.end : later.start]
        if (
            later.entity.kind is first.entity.kind
            and later.entity != first.entity
            and len(between) < 60
            and (" and " in between or " or " in between)
        ):
            return (later.entity,) if last else (first.entity,)
    return ()
