"""Which aircraft a report speaks of: one craft for all that is said of it, and what "the jet" or "it"
means.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.craft import Craft, Slots
from tailgraph.nlp.flights_told.items import is_aircraft_word
from tailgraph.nlp.flights_told.states import state_of
from tailgraph.nlp.flights_told.vehicles import Vehicle
from tailgraph.nlp.flights_told.words import aircraft_words
from tailgraph.nlp.numerals import ORDINALS, number

# How many sentences back "the plane" and "it" may point.
MEMORY = 5
# How many mentions of craft are remembered at all; it keeps a long report linear.
_STAGE = 200
_DESCRIBING = frozenset(("be operate own belong register fly run identify list").split())
_SEVERAL = frozenset({"both", "they", "all", "these", "those", "two", "three"})
_MARKS = frozenset(
    "registration registered reg tail serial hull number marked marking mark hex callsign".split()
)
_OWNER_NOUNS = frozenset({"operator", "owner", "carrier", "airline"})


class Cast:
    """All craft of a report, in the order in which they come on stage."""

    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        self._airframes: dict[EntityRef, Craft] = {}
        self._states: dict[EntityRef, Slots] = {}
        self._operator_before: Slot | None = None
        self._stage: list[tuple[int, int, Craft]] = []
        self._listed: Slot | None = None
        self._members: list[Craft] = []

    # --- entering

    def enter(self, vehicle: Vehicle, index: int) -> Craft:
        """The craft that a mention in sentence `index` means."""
        self._note_states(vehicle)
        operator_before = self._operator_before
        if vehicle.operators:
            self._operator_before = vehicle.operators[-1]
        if self._describes_members(vehicle, index):
            return self._members[-1]
        if former := self._of_former_mark(vehicle, index):
            self._airframes.setdefault(vehicle.aircraft[0].entity, former)
            return former
        described = self._subject_of_description(vehicle, index)
        if described:
            for craft in described:
                craft.learn(vehicle)
            self._register(vehicle, described[0])
            return described[0]
        craft = (
            self._of_airframes(vehicle, index) if vehicle.aircraft else self._without_airframe(vehicle, index)
        )
        craft.learn(vehicle)
        self._attribute(vehicle, craft, operator_before)
        if vehicle.count and (craft.count is None or vehicle.count > 1):
            craft.count = vehicle.count
        self._register(vehicle, craft)
        if vehicle.craft:
            self._stage.append((index, vehicle.first, craft))
            del self._stage[:-_STAGE]
        return craft

    def stage(self, craft: Craft, index: int, first: int) -> None:
        """A flight of this craft was told: it is what "the aircraft" means next."""
        self._stage.append((index, first, craft))
        self._stage[:] = sorted(self._stage[-_STAGE:], key=lambda entry: entry[1])

    def head_list(self, operator: Slot | None) -> None:
        """Whose aircraft the items of a list are: "the following aircraft of X:"."""
        self._listed = operator

    def on_stage(self, index: int, before: int) -> Craft | None:
        """The craft named last before token `before`, if that is not too long ago."""
        for sentence, first, craft in reversed(self._stage):
            if first < before:
                return craft if index - sentence <= MEMORY else None
        return None

    def staged(self) -> bool:
        """Whether the report has named or described any aircraft so far."""
        return bool(self._stage)

    def stage_index(self, craft: Craft) -> int:
        """The sentence in which a craft was named last."""
        return next((i for i, _, c in reversed(self._stage) if c is craft), -1)

    def operator_before(self) -> Slot | None:
        """The operator named last: what "the airline" means."""
        return self._operator_before

    def states_of(self, craft: Craft) -> tuple[Slot, ...]:
        """The states of the craft as the text says, else those of its operators."""
        found: Slots = {}
        for operator in craft.operators:
            found.update(self._states.get(operator) or {})
            if not self._states.get(operator) and not (craft.states and len(craft.operators) == 1):
                code = state_of(self._annotated.entity(operator))
                if code:
                    ref = EntityRef(kind=Kind.COUNTRY, id=code)
                    found[ref] = Slot(entity=ref)
        return tuple((found or craft.states).values())

    def _attribute(self, vehicle: Vehicle, craft: Craft, operator: Slot | None) -> None:
        """The operator that the words around point to: "its only aircraft", "of the airline", a list's
        heading.
        """
        if craft.operators or not vehicle.craft:
            return
        if (vehicle.owned or vehicle.airline) and operator:
            craft.operators[operator.entity] = operator
            if vehicle.airline and vehicle.states:
                self._states.setdefault(operator.entity, {s.entity: s for s in vehicle.states[:1]})
        elif vehicle.aircraft and self._listed:
            craft.operators[self._listed.entity] = self._listed
        elif vehicle.aircraft and vehicle.types and not vehicle.states:
            # "Boeing 707s of the Israeli Air Force … 4X-JYT, a 707, left": one of those.
            types = {s.entity for s in vehicle.types}
            group = next(
                (
                    c
                    for _, _, c in reversed(self._stage)
                    if c.plural and not c.aircraft and c.operators and types & set(c.types)
                ),
                None,
            )
            if group:
                craft.operators.update(group.operators)
                craft.states.update(group.states)

    # --- who is meant

    def _of_airframes(self, vehicle: Vehicle, index: int) -> Craft:
        refs = [s.entity for s in vehicle.aircraft]
        if len(refs) == 1 and refs[0] in self._airframes:
            return self._airframes[refs[0]]
        if vehicle.picked and (group := self._group_before(index)):
            one = _one_of(group, "")
            one.group = group
            return one
        last = self.on_stage(index, vehicle.first)
        if last and not last.aircraft and not last.plural and self._as_mark(vehicle):
            return last
        if vehicle.one_of is not None:
            group = self._group_before(index)
            return _one_of(group, vehicle.one_of) if group else Craft()
        if vehicle.alike and last and last.agrees(Craft(types={s.entity: s for s in vehicle.types})):
            return last.like(vehicle)
        known = (
            self._recent(index, vehicle, plural=len(refs) > 1)
            if vehicle.definite or self._apposed(vehicle)
            else None
        )
        if known and not known.aircraft:
            return known
        new = Craft()
        for ref in refs:
            old = self._airframes.get(ref)
            if old:
                (
                    new.types.update(old.types),
                    new.operators.update(old.operators),
                    new.states.update(old.states),
                )
        group = (
            self._group_before(index)
            if not vehicle.types and not vehicle.operators and not new.types
            else None
        )
        return group.like() if group else new

    def _of_former_mark(self, vehicle: Vehicle, index: int) -> Craft | None:
        """ "Sold the aircraft (then EP-QZB) to …": the aircraft spoken of, by the mark that it once had."""
        if (
            len(vehicle.aircraft) != 1
            or not vehicle.definite
            or not vehicle.noun
            or not vehicle.aircraft[0].span
        ):
            return None
        doc, span = self._annotated.doc, vehicle.aircraft[0].span
        mark = doc.char_span(span.start, span.end, alignment_mode="expand")
        if mark is None or not {"then", "formerly", "previously"} & {
            t.lower_ for t in doc[mark.start - 2 : mark.start]
        }:
            return None
        last = self.on_stage(index, vehicle.first) or self._only_one(replace(vehicle, aircraft=()))
        return last if last and last.aircraft and vehicle.aircraft[0].entity not in last.aircraft else None

    def _as_mark(self, vehicle: Vehicle) -> bool:
        """ "Wreckage bore the registration EX-76011": a mark of the aircraft spoken of, not another one."""
        if vehicle.types or vehicle.noun or len(vehicle.aircraft) != 1 or not vehicle.aircraft[0].span:
            return False
        doc, span = self._annotated.doc, vehicle.aircraft[0].span
        mark = doc.char_span(span.start, span.end, alignment_mode="expand")
        lead = doc[max(0, mark.start - 3) : mark.start] if mark is not None else ()
        return bool(_MARKS & {t.lower_ for t in lead})

    def _apposed(self, vehicle: Vehicle) -> bool:
        """ "The A320 which left Mitiga two days later, 5A-LBX, …": a registration by itself between
        commas.
        """
        doc = self._annotated.doc
        alone = not (vehicle.types or vehicle.operators or vehicle.noun or vehicle.states)
        return (
            alone
            and vehicle.first > 0
            and vehicle.end < len(doc)
            and doc[vehicle.first - 1].text == ","
            and doc[vehicle.end].text in {",", "."}
            and any(
                first < vehicle.first and first >= doc[vehicle.first].sent.start and not c.plural
                for _, first, c in self._stage
            )
        )

    def _group_before(self, index: int) -> Craft | None:
        """Several aircraft without registrations, spoken of shortly before: what a bare registration is one
        of.
        """
        for sentence, _, craft in reversed(self._stage):
            if index - sentence > 3:
                return None
            if craft.plural and not craft.aircraft and craft.types:
                return craft
        return None

    def _without_airframe(self, vehicle: Vehicle, index: int) -> Craft:
        if vehicle.alike:
            last = self.on_stage(index, vehicle.first)
            return last.like(vehicle) if last and last.agrees(vehicle) else Craft()
        if vehicle.definite and vehicle.craft:
            known = self._recent(index, vehicle, vehicle.plural)
            if known:
                return known
        return Craft()

    def _recent(self, index: int, vehicle: Vehicle, plural: bool) -> Craft | None:
        span = 40 if vehicle.types else 3 * MEMORY if vehicle.aircraft else MEMORY
        # A registration names what has been described, sooner than "a freighter" spoken of in passing.
        for strict in (None, True, False) if vehicle.aircraft else (True, False):
            for sentence, first, craft in reversed(self._stage):
                if index - sentence > span:
                    break
                if (
                    first >= vehicle.first
                    or not (craft.agrees(vehicle) and self._of_model(craft, vehicle))
                    or (vehicle.aircraft and craft.aircraft)
                ):
                    continue
                if strict is None and not (craft.types or craft.operators or craft.states):
                    continue
                if strict is not False and (craft.plural != plural or (vehicle.types and not craft.types)):
                    continue
                if strict is False and vehicle.types and not (craft.aircraft or self._nameless(craft, index)):
                    continue
                return craft
        return None if plural or vehicle.types or vehicle.aircraft else self._only_one(vehicle)

    def _of_model(self, craft: Craft, vehicle: Vehicle) -> bool:
        """ "The Falcon" is none of the Gulfstreams told of."""
        word = vehicle.noun or ""
        if not craft.types or aircraft_words().get(word, (None, ""))[1] != "model":
            return True
        names = [name.lower() for ref in craft.types for name in self._annotated.entity(ref).names]
        return any(word in name for name in names)

    def _nameless(self, craft: Craft, index: int) -> bool:
        """ "A cargo plane landed … The An-26 had come from": the one aircraft spoken of, of no type yet."""
        recent = {id(c): c for i, _, c in self._stage if index - i <= 2 and not c.plural}
        return not craft.types and not craft.plural and list(recent.values()) == [craft]

    def _only_one(self, vehicle: Vehicle) -> Craft | None:
        """ "The plane", long after: the only single airframe that the report has named."""
        single = {
            id(c): c for _, first, c in self._stage if first < vehicle.first and c.aircraft and not c.plural
        }
        craft = next(iter(single.values())) if len(single) == 1 else None
        return craft if craft and craft.agrees(vehicle) and self._of_model(craft, vehicle) else None

    # --- what is said of it

    def _subject_of_description(self, vehicle: Vehicle, index: int) -> list[Craft]:
        """ "The aircraft was a 707", "the jet was operated by X", "both were Il-76s", "its operator, X"."""
        doc = self._annotated.doc
        head = doc[vehicle.first : vehicle.end].root
        lead = [t.lower_ for t in doc[max(0, vehicle.first - 4) : vehicle.first]]
        if not vehicle.aircraft and not vehicle.types and _OWNER_NOUNS & set(lead) and "its" in lead:
            last = self.on_stage(index, vehicle.first)
            return [last] if last else []
        verb, subject = _described(head)
        if subject is None and verb is not None and verb.dep_ == "conj":
            # "The aircraft is registered Z and belongs to X", where the mark was read as the verb.
            mark = self._annotated.mention_at(verb.head)
            last = self.on_stage(index, vehicle.first)
            if mark and last and mark.entity in last.aircraft and last.agrees(vehicle):
                return [last]
        if (
            not vehicle.aircraft
            and not vehicle.types
            and (owned := self._owned(vehicle, head, verb, subject, index))
        ):
            return owned
        if (
            verb is None
            or _no_longer(verb)
            or subject is None
            or verb.lemma_.lower() not in _DESCRIBING
            or subject.i >= vehicle.first
        ):
            return []
        if subject.lower_ in _SEVERAL:
            recent = [
                c
                for i, f, c in self._stage
                if index - i <= 3 and f < subject.i and c.agrees(vehicle) and not c.aircraft
            ]
            return list(dict.fromkeys(recent))
        named = self._annotated.mention_at(subject)
        if named and named.entity.kind in {Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE}:
            last = self.on_stage(index, subject.i + 1)
            return [last] if last and last.agrees(vehicle) else []
        if subject.lower_ == "it" and vehicle.aircraft:
            last = self.on_stage(index, subject.i + 1)
            return [last] if last and last.agrees(vehicle) and not last.plural else []
        if subject.lower_ == "it" or (
            subject.pos_ == "NOUN"
            and not self._annotated.mention_at(subject)
            and any(c.lower_ in {"the", "this", "that"} for c in subject.children)
            and (verb.lemma_ != "fly" or is_aircraft_word(subject) or subject.lower_ == "flight")
        ):
            # "The president flew on Air Force One" describes no aircraft told before.
            last = self.on_stage(index, subject.i + 1) or self.on_stage(index, vehicle.first)
            return [last] if last and last.agrees(vehicle) else []
        return []

    def _owned(
        self, vehicle: Vehicle, head: Token, verb: Token | None, subject: Token | None, index: int
    ) -> list[Craft]:
        """ "X has owned the jet since May", "the owner of the aircraft is X": who flies the one spoken of."""
        token = head.head if head.dep_ in {"compound", "nmod"} else head
        thing = None
        if token.dep_ == "nsubj" and token.head.lemma_ in {"own", "operate"} and not _no_longer(token.head):
            thing = next((c for c in token.head.children if c.dep_ == "dobj"), None)
        elif (
            verb is not None
            and verb.lemma_ == "be"
            and subject is not None
            and subject.lower_ in _OWNER_NOUNS
        ):
            of = next((c for c in subject.children if c.lower_ == "of"), None)
            thing = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if thing is None or not any(c.lower_ in {"the", "this", "that"} for c in thing.children):
            return []
        known = self.on_stage(index, thing.i + 1) if is_aircraft_word(thing) else None
        known = known or (self._only_one(vehicle) if is_aircraft_word(thing) else None)
        return [known] if known and not known.operators and known.agrees(vehicle) else []

    def _describes_members(self, vehicle: Vehicle, index: int) -> bool:
        """ "The first two are listed by X. The third was flown by Y": what is said of some of a group."""
        if not vehicle.operators or vehicle.aircraft or vehicle.types:
            return False
        verb, subject = _described(self._annotated.doc[vehicle.first : vehicle.end].root)
        if verb is None or subject is None or verb.lemma_.lower() not in _DESCRIBING:
            return False
        group = next((c for i, _, c in reversed(self._stage) if index - i <= 3 and len(c.aircraft) > 1), None)
        chosen = _members(subject, len(group.aircraft)) if group else []
        if not group or not chosen:
            return False
        refs = list(group.aircraft)
        self._members = [self._airframes[refs[i]] for i in chosen]
        for craft in self._members:
            craft.learn(vehicle)
        group.operators.update({s.entity: s for s in vehicle.operators})
        return True

    def _register(self, vehicle: Vehicle, craft: Craft) -> None:
        if len(vehicle.aircraft) == 1:
            self._airframes.setdefault(vehicle.aircraft[0].entity, craft)
        for slot in vehicle.aircraft[:] if len(vehicle.aircraft) > 1 else ():
            single = craft.like()
            single.aircraft[slot.entity] = slot
            self._airframes.setdefault(slot.entity, single)

    def _note_states(self, vehicle: Vehicle) -> None:
        if len(vehicle.operators) == 1 and vehicle.states:
            self._states.setdefault(
                vehicle.operators[0].entity, {vehicle.states[0].entity: vehicle.states[0]}
            )
        elif len(vehicle.operators) > 1 and len(vehicle.states) == len(vehicle.operators):
            for operator, state in zip(vehicle.operators, vehicle.states, strict=True):
                self._states.setdefault(operator.entity, {state.entity: state})


def _one_of(group: Craft, which: str) -> Craft:
    """One of a group; "the former's" is of its first operator, "the latter's" of its last."""
    one = group.like()
    if which and len(one.operators) > 1:
        ref = list(one.operators)[0 if which == "former" else -1]
        one.operators, one.states = {ref: one.operators[ref]}, {}
    return one


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


def _subject(verb: Token) -> Token | None:
    """That of the verb, else of the one that it is joined to ("is registered Z and belongs to X")."""
    for token in (verb, verb.head) if verb.dep_ == "conj" else (verb,):
        for child in token.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
    return None


def _no_longer(verb: Token) -> bool:
    """ "Before that it belonged to X", "had been operated by Y until May": whose it was once."""
    words = [t.lower_ for t in verb.sent]
    once = {"formerly", "previously", "once", "until", "till", "originally"} & set(words)
    return bool(once) or words[:2] == ["before", "that"] or verb.lemma_ == "use"


def _described(head: Token) -> tuple[Token | None, Token | None]:
    """The describing verb above a complement, and its subject."""
    token = head
    for _ in range(4):
        if token.dep_ in {"attr", "pobj", "agent", "prep", "appos", "oprd", "dobj"} and token.head != token:
            token = token.head
            if token.pos_ in {"VERB", "AUX"}:
                return token, _subject(token)
            continue
        break
    return None, None
