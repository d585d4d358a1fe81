"""Sentences that say what an aircraft spoken of before is, or whose: "The jet was a 707 of X"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Kind
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.items import is_aircraft_word
from tailgraph.nlp.flights_told.stage import Stage
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.numerals import ORDINALS, number

_DESCRIBING = frozenset("be operate own belong register fly run identify list".split())
_FLYING = frozenset({"operate", "fly", "charter", "lease"})
_SEVERAL = frozenset({"both", "they", "all", "these", "those", "two", "three"})
_OWNER_NOUNS = frozenset({"operator", "owner", "carrier", "airline"})
_ONCE = frozenset({"formerly", "previously", "once", "until", "till", "originally"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COMPLEMENTS = frozenset({"attr", "pobj", "agent", "prep", "appos", "oprd", "dobj"})
_MAX_CLIMB = 4


class Descriptions:
    """What the mentions of a report say of the craft on its stage."""

    def __init__(self, annotated: Annotated, stage: Stage) -> None:
        self._annotated = annotated
        self._stage = stage

    def described(self, vehicle: Vehicle, index: int) -> list[Craft]:
        """The craft that the mention only says something of; none where it names what moves itself."""
        head = self._head(vehicle)
        of_owner = not vehicle.aircraft and not vehicle.types
        if of_owner and self._of_its_owner(vehicle):
            return self._last(vehicle, index, vehicle.first)
        verb, subject = _above(head)
        if subject is None and verb is not None and verb.dep_ == "conj":
            # "The aircraft is registered Z and belongs to X", where the mark was read as the verb.
            mark = self._annotated.mention_at(verb.head)
            last = self._last(vehicle, index, vehicle.first)
            if mark and last and mark.entity in last[0].aircraft:
                return last
        if of_owner and (owned := self._owned(vehicle, head, verb, subject, index)):
            return owned
        if verb is None or subject is None or subject.i >= vehicle.first:
            return []
        if verb.lemma_.lower() not in _DESCRIBING or _no_longer(verb) or _only_owns(verb):
            return []
        return self._subject(vehicle, verb, subject, index)

    def members(self, vehicle: Vehicle, index: int) -> tuple[Craft | None, list[int]]:
        """ "The first two are listed by X. The third was flown by Y": the group, and which of its airframes
        are meant."""
        if not vehicle.operators or vehicle.aircraft or vehicle.types:
            return None, []
        verb, subject = _above(self._head(vehicle))
        if verb is None or subject is None or verb.lemma_.lower() not in _DESCRIBING:
            return None, []
        near = (m.craft for m in reversed(self._stage) if index - m.sentence <= 3)
        group = next((c for c in near if len(c.aircraft) > 1), None)
        return group, _members(subject, len(group.aircraft)) if group else []

    def _head(self, vehicle: Vehicle) -> Token:
        return self._annotated.doc[vehicle.first : vehicle.end].root

    def _last(self, vehicle: Vehicle, index: int, before: int) -> list[Craft]:
        last = self._stage.last(index, before)
        return [last] if last and last.agrees(vehicle) else []

    def _of_its_owner(self, vehicle: Vehicle) -> bool:
        """ "Its operator, X"."""
        lead = {t.lower_ for t in self._annotated.doc[max(0, vehicle.first - 4) : vehicle.first]}
        return bool(_OWNER_NOUNS & lead) and "its" in lead

    def _subject(self, vehicle: Vehicle, verb: Token, subject: Token, index: int) -> list[Craft]:
        """The craft that the subject of a describing verb means."""
        if subject.lower_ in _SEVERAL:
            near = [m for m in self._stage if index - m.sentence <= 3 and m.first < subject.i]
            return list(dict.fromkeys(m.craft for m in near if _lacks(m.craft, vehicle)))
        last = self._last(vehicle, index, subject.i + 1)
        named = self._annotated.mention_at(subject)
        if named and self._flies(subject):
            return last
        if subject.lower_ == "it" and vehicle.aircraft:
            return [c for c in last if not c.plural]
        pointing = (
            subject.pos_ == "NOUN"
            and named is None
            and _definite(subject)
            # "The president flew on Air Force One" describes no aircraft told before.
            and (verb.lemma_ != "fly" or is_aircraft_word(subject) or subject.lower_ == "flight")
        )
        if not pointing and subject.lower_ != "it":
            return []
        if self._stage.last(index, subject.i + 1) is None:
            return self._last(vehicle, index, vehicle.first)
        return last

    def _owned(
        self, vehicle: Vehicle, head: Token, verb: Token | None, subject: Token | None, index: int
    ) -> list[Craft]:
        """ "X has owned the jet since May", "the owner of the aircraft is X", "the jet that X operates": who
        flies the one spoken of."""
        token = head.head if head.dep_ in {"compound", "nmod"} else head
        thing = None
        if token.dep_ == "nsubj" and token.head.lemma_ in {"own", "operate", "fly"}:
            thing = next((c for c in token.head.children if c.dep_ == "dobj"), None)
            if _no_longer(token.head) or (token.head.lemma_ == "fly" and token.head.dep_ != "relcl"):
                thing = None
            elif token.head.dep_ == "relcl" and (thing is None or thing.tag_ in {"WDT", "WP"}):
                return self._last(vehicle, index, token.left_edge.i) if self._flies(token.head.head) else []
        elif verb is not None and verb.lemma_ == "be" and subject is not None:
            of = next((c for c in subject.children if c.lower_ == "of"), None)
            if subject.lower_ in _OWNER_NOUNS and of is not None:
                thing = next((c for c in of.children if c.dep_ == "pobj"), None)
        if thing is None or not _definite(thing) or not is_aircraft_word(thing):
            return []
        known = self._stage.last(index, thing.i + 1) or self._stage.only_one(vehicle)
        return [known] if known and not known.operators and known.agrees(vehicle) else []

    def _flies(self, token: Token) -> bool:
        named = self._annotated.mention_at(token)
        kind = named.entity.kind if named else None
        return kind in {Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE} or is_aircraft_word(token)


def _lacks(craft: Craft, vehicle: Vehicle) -> bool:
    """Whether the craft may be told its registration by the mention."""
    return craft.agrees(vehicle) and not craft.aircraft


def _definite(token: Token) -> bool:
    return any(c.lower_ in {"the", "this", "that"} for c in token.children)


def _members(subject: Token, size: int) -> list[int]:
    """Which of `size` things "the first two", "the third", "the last" are."""
    words = {subject.lower_, *(c.lower_ for c in subject.children)}
    ordinal = next((ORDINALS[w] for w in words if w in ORDINALS), None)
    count = next((n for w in words if (n := number(w)) and n > 1), 1)
    if ordinal == 1:
        return list(range(min(count, size)))
    if ordinal:
        return [ordinal - 1] if ordinal <= size else []
    return [size - 1] if "last" in words else []


def _only_owns(verb: Token) -> bool:
    """ "Owned by X and operated by Y": it is Y who flies it."""
    joined = (*verb.conjuncts, *(c for c in verb.children if c.dep_ == "advcl"))
    return verb.lemma_ == "own" and any(other.lemma_ in _FLYING for other in joined)


def _no_longer(verb: Token) -> bool:
    """ "Before that it belonged to X", "had been operated by Y until May": whose it was once."""
    words = [t.lower_ for t in verb.sent]
    return bool(_ONCE & set(words)) or words[:2] == ["before", "that"] or verb.lemma_ == "use"


def _above(head: Token) -> tuple[Token | None, Token | None]:
    """The verb above a complement, and its subject."""
    token = head
    for _ in range(_MAX_CLIMB):
        if token.dep_ not in _COMPLEMENTS or token.head == token:
            break
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token, _subject_of(token)
    return None, None


def _subject_of(verb: Token) -> Token | None:
    """That of the verb, else of the one that it is joined to ("is registered Z and belongs to X"); for
    "which" what the clause hangs on."""
    for token in (verb, verb.head) if verb.dep_ == "conj" else (verb,):
        found = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
        if found is not None and found.tag_ in {"WDT", "WP"} and token.dep_ == "relcl":
            return token.head
        if found is not None:
            return found
    return None
