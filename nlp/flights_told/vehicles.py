"""What flew, as the text names it: registrations, types, operators and states that stand together, and what the
whole report says of each ("RA-82030 … an An-124 of the 224th Flight Unit")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.words import aircraft_words
from tailgraph.nlp.numerals import number

_NAMED = (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE, Kind.OPERATOR)
_LINK_WORDS = frozenset((
    "of by with as operated owned belonging registered flown chartered called known run leased used to the a an and "
    "its their his from or carrier airline reg registration hex icao 24-bit address tail number").split())
_LINK_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PUNCT", "PART", "NUM", "X", "SYM", "PRON"})
_STOPPERS = frozenset({";", ".", ":", "—", "that", "which", "who", "whose", "they", "he", "she", "it", "them", "him",
                       "to", "in", "at", "on", "into"})
_MAX_GAP = 9
_ALIKE = frozenset({"another", "second", "third", "sister", "others", "other"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "said", "same", "both"})


@dataclass(frozen=True)
class Vehicle:
    """What flew. `first` and `end` are token indices of the words that name it (half-open)."""

    first: int
    end: int
    aircraft: tuple[Slot, ...] = ()
    types: tuple[Slot, ...] = ()
    operators: tuple[Slot, ...] = ()
    states: tuple[Slot, ...] = ()
    count: int | None = None
    plural: bool = False
    definite: bool = False
    alike: bool = False
    noun: str | None = None

    @property
    def named(self) -> bool:
        return bool(self.aircraft or self.types or self.operators)

    @property
    def craft(self) -> bool:
        """Whether an aircraft is named or described, not its operator alone."""
        return bool(self.aircraft or self.types or self.noun)


@dataclass(frozen=True)
class _Item:
    first: int
    end: int
    mention: Mention | None

    @property
    def kind(self) -> Kind | None:
        return self.mention.entity.kind if self.mention else None


def vehicles(annotated: Annotated, sentence: Span) -> list[Vehicle]:
    """The vehicles that a sentence names or describes, in order."""
    clusters: list[list[_Item]] = []
    for item in _items(annotated, sentence):
        if clusters and _linked(annotated, clusters[-1], item):
            clusters[-1].append(item)
        else:
            clusters.append([item])
    return [_vehicle(annotated, c, sentence) for c in clusters
            if any(i.kind is not Kind.COUNTRY for i in c)]


def _items(annotated: Annotated, sentence: Span) -> Iterator[_Item]:
    taken = sentence.start
    for token in sentence:
        if token.i < taken:
            continue
        mention = annotated.mention_at(token)
        if mention and mention.entity.kind in (*_NAMED, Kind.COUNTRY):
            span = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            taken = span.end if span is not None else token.i + 1
            if mention.entity.kind is not Kind.COUNTRY or _owns(annotated, token.i, taken):
                yield _Item(token.i, taken, mention)
        elif not mention and is_aircraft_word(token):
            yield _Item(token.i, token.i + 1, None)


def is_aircraft_word(token: Token) -> bool:
    """A common noun for an aircraft; nicknames ("the old bird") only where an article points back."""
    word = aircraft_words().get(token.lower_)
    if not word or token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i > token.i:
        return False
    return word[1] != "nickname" or any(c.lower_ in _POINTING for c in token.children)


def _owns(annotated: Annotated, first: int, end: int) -> bool:
    """Whether a country's name stands as an owner or attribute: "Russian", "Iran's", "… of Belarus"."""
    doc = annotated.doc
    before = doc[first - 1].lower_ if first else ""
    if end < len(doc) and doc[end].lower_ in {"'s", "’s", "'", "’"}:
        return True
    if before == "of":
        return True
    head = doc[end - 1]
    return head.pos_ == "ADJ" or head.dep_ in {"amod", "compound", "nmod", "poss"} or doc[end:end + 1].text.startswith("-")


def _linked(annotated: Annotated, cluster: list[_Item], item: _Item) -> bool:
    last = cluster[-1]
    gap = annotated.doc[last.end:item.first]
    if len(gap) > _MAX_GAP or any(t.is_space and "\n" in t.text for t in gap):
        return False
    if last.kind is Kind.COUNTRY and len(cluster) == 1 and any(t.pos_ == "PUNCT" for t in gap):
        return False
    words = [t for t in gap if not t.is_space]
    for token in words:
        mention = annotated.mention_at(token)
        if token.lower_ in _STOPPERS and token.lower_ != "to" or (mention and mention.entity.kind in (Kind.PLACE, Kind.AIRPORT, Kind.WEAPON)):
            return False
        if token.lower_ not in _LINK_WORDS and token.pos_ not in _LINK_TAGS:
            return False
        if token.lower_ == "to" and token.i and annotated.doc[token.i - 1].lower_ != "belonging":
            return False
    return not (_repeats(cluster, item) and not any(t.lower_ in {"and", "or"} or t.text == "," for t in words))


def _repeats(cluster: list[_Item], item: _Item) -> bool:
    return item.kind is not None and any(i.kind is item.kind for i in cluster)


def _vehicle(annotated: Annotated, cluster: list[_Item], sentence: Span) -> Vehicle:
    doc = annotated.doc
    slots = {kind: _slots(annotated, cluster, kind) for kind in (*_NAMED, Kind.COUNTRY)}
    nouns = [i for i in cluster if i.mention is None]
    first, end = cluster[0].first, cluster[-1].end
    lead = [t for t in doc[max(sentence.start, first - 4):first]]
    plural = _is_plural(annotated, cluster, slots[Kind.AIRCRAFT])
    words = {t.lower_ for t in lead[-3:]}
    definite = bool(lead) and any(t.lower_ in _POINTING for t in lead[-3:]) and not _ALIKE & words
    return Vehicle(first, end, slots[Kind.AIRCRAFT], slots[Kind.AIRCRAFT_TYPE], slots[Kind.OPERATOR][:_operators(annotated, cluster)],
                   slots[Kind.COUNTRY], _count(annotated, cluster, lead, plural), plural, definite,
                   bool(_ALIKE & words), doc[nouns[0].first].lower_ if nouns else None)


def _slots(annotated: Annotated, cluster: list[_Item], kind: Kind) -> tuple[Slot, ...]:
    found: dict[EntityRef, Slot] = {}
    for item in cluster:
        if item.mention and item.kind is kind:
            span = Offsets(start=item.mention.start, end=item.mention.end)
            found.setdefault(item.mention.entity, Slot(entity=item.mention.entity, span=span))
    return tuple(found.values())


def _operators(annotated: Annotated, cluster: list[_Item]) -> int:
    """How many of the operators count: all where "and" joins them, else the first ("Emtrasur, daughter of Conviasa")."""
    named = [i for i in cluster if i.kind is Kind.OPERATOR]
    joined = 1
    for left, right in zip(named, named[1:], strict=False):
        if not any(t.lower_ in {"and", "or"} for t in annotated.doc[left.end:right.first]):
            break
        joined += 1
    return joined


def _is_plural(annotated: Annotated, cluster: list[_Item], aircraft: tuple[Slot, ...]) -> bool:
    if len(aircraft) > 1:
        return True
    for item in cluster:
        if item.mention is None:
            token = annotated.doc[item.first]
            form = aircraft_words()[token.lower_][0]
            return form if form is not None else token.tag_ in {"NNS", "NNPS"} or _numbered(token)
        if item.kind is Kind.AIRCRAFT_TYPE:
            return item.mention.text.endswith("s") and not item.mention.text.isupper()
    return False


def _numbered(token: Token) -> bool:
    return any(c.dep_ == "nummod" and (number(c.text) or 2) > 1 for c in token.children)


def _count(annotated: Annotated, cluster: list[_Item], lead: list[Token], plural: bool) -> int | None:
    """The number before the aircraft; one where it is singular; of several registrations, how many."""
    doc = annotated.doc
    aircraft = {i.mention.entity for i in cluster if i.mention and i.kind is Kind.AIRCRAFT}
    head = next((i for i in cluster if i.mention is None or i.kind is Kind.AIRCRAFT_TYPE), None)
    if head:
        before = [t for t in doc[max(head.first - 5, lead[0].i if lead else head.first):head.first]]
        found = _number_before(before, annotated)
        if found and (found > 1 or not plural):
            return found
    if aircraft:
        return len(aircraft)
    return None if plural or not head else 1


def _number_before(tokens: list[Token], annotated: Annotated) -> int | None:
    found = None
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "PUNCT"} and token.lower_ not in {"of"} and token.text != ",":
            break
        if token.lower_ in {"a", "an"} and found in {12, 20, 100, 2}:
            break
        value = number(token.text) if token.pos_ == "NUM" or token.lower_ in {"dozen", "pair", "couple", "both", "single", "trio"} else None
        if value and value < 1000:
            found = value if found is None or token.lower_ not in {"a", "an"} else found
    return found


@dataclass
class Fleet:
    """What a report says of each airframe, type and operator, gathered from everything that it names together."""

    annotated: Annotated
    _types: dict[EntityRef, tuple[Slot, ...]] = field(default_factory=dict)
    _operators: dict[EntityRef, tuple[Slot, ...]] = field(default_factory=dict)
    _states: dict[EntityRef, tuple[Slot, ...]] = field(default_factory=dict)

    def learn(self, seen: Iterable[Vehicle]) -> None:
        for vehicle in seen:
            for craft in vehicle.aircraft:
                if len(vehicle.types) == 1:
                    self._types.setdefault(craft.entity, vehicle.types)
                if vehicle.operators:
                    self._operators.setdefault(craft.entity, vehicle.operators[:1])
                if len(vehicle.states) == 1 and not vehicle.operators:
                    self._states.setdefault(craft.entity, vehicle.states)
            if len(vehicle.operators) == 1 and vehicle.states:
                self._states.setdefault(vehicle.operators[0].entity, vehicle.states[:1])

    def complete(self, vehicle: Vehicle) -> Vehicle:
        """With the type, operator and state that the report gives elsewhere for the same airframe or operator."""
        types, operators, states = vehicle.types, vehicle.operators, vehicle.states
        for craft in vehicle.aircraft:
            types = types or self._types.get(craft.entity, ())
            operators = operators or self._operators.get(craft.entity, ())
        if not states:
            for slot in (*operators, *vehicle.aircraft):
                states = (*states, *(s for s in self._states.get(slot.entity, ()) if s not in states))
                if slot.entity.kind is Kind.AIRCRAFT and operators:
                    break
        return replace(vehicle, types=types, operators=operators, states=_distinct(states))


def _distinct(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple({slot.entity: slot for slot in slots}.values())
