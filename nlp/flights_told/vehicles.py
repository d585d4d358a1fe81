"""What flew, as the text names it: registrations, types, operators, states and nouns that stand together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.counting import count_of, is_plural
from tailgraph.nlp.flights_told.determiners import determined, of_airline, once_of, one_of, owned, picked
from tailgraph.nlp.flights_told.items import ARTICLES, NAMED, POINTING, Item, items_of
from tailgraph.nlp.flights_told.seats import owner_of, seat_of

_LINK_WORDS = cues("flights told: between the names of an aircraft")
_LINK_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PUNCT", "PART", "NUM", "X", "SYM", "PRON", "ADV"})
_STOPPERS = cues("flights told: never between the names of an aircraft")
_ELSEWHERE = (Kind.PLACE, Kind.AIRPORT, Kind.WEAPON, Kind.PERSON, Kind.ORGANIZATION)
_MAX_GAP = 9
_FLOWN = frozenset({"operate", "fly", "charter", "lease"})
# How far before an operator its "owned by" stands ("owned by the Sharjah firm X").
_BY = 5


@dataclass(frozen=True)
class Vehicle:
    """What flew. `first` and `end` are token indices of the words that name it (half-open).

    `definite`: "the jet"; `alike`: "another jet"; `picked`: "only one, RF-86825"; `one_of`: "one of
    the former's jets" (what stands behind "of the": "former", "latter" or ""); `owned`: "its only jet";
    `airline`: "an A320 of the airline".
    """

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
    picked: bool = False
    one_of: str | None = None
    owned: bool = False
    airline: bool = False
    noun: str | None = None
    warlike: bool = False

    @property
    def named(self) -> bool:
        return bool(self.aircraft or self.types or self.operators)

    @property
    def craft(self) -> bool:
        """Whether an aircraft is named or described, not its operator alone."""
        return bool(self.aircraft or self.types or self.noun)


def vehicles(annotated: Annotated, sentence: Span) -> list[Vehicle]:
    """The vehicles that a sentence names or describes, in order."""
    clusters: list[list[Item]] = []
    for item in items_of(annotated, sentence):
        if item.kind is Kind.OPERATOR and once_of(sentence, item.first):
            continue
        if clusters and _linked(annotated, clusters[-1], item):
            clusters[-1].append(item)
        else:
            clusters.append([item])
    return [_vehicle(annotated, c, sentence) for c in clusters if any(i.kind is not Kind.COUNTRY for i in c)]


def _linked(annotated: Annotated, cluster: list[Item], item: Item) -> bool:
    last = cluster[-1]
    words = [t for t in annotated.doc[last.end : item.first] if not t.is_space]
    if len(words) > _MAX_GAP or "\n" in annotated.doc[last.end : item.first].text:
        return False
    if last.kind is Kind.COUNTRY and len(cluster) == 1 and any(t.is_punct and t.text != "-" for t in words):
        return False
    apposed = [t.lower_ for t in words] in ([",", "a"], [",", "an"], [",", "the"]) and any(
        i.kind is Kind.AIRCRAFT for i in cluster
    )
    if (
        item.mention is None
        and not apposed
        and words
        and words[-1].lower_ in POINTING | {"another"} | ARTICLES
    ):
        return False
    if any(not _may_link(annotated, token) for token in words):
        return False
    if (
        item.kind is Kind.COUNTRY
        and any(t.lower_ == "and" or t.pos_ == "NUM" for t in words)
        and not _operator_follows(annotated, item)
    ):
        return False
    listed = any(t.lower_ in {"and", "or"} or t.text in {",", "("} for t in words)
    return listed or not any(i.kind is item.kind for i in cluster if item.kind is not None)


def _operator_follows(annotated: Annotated, item: Item) -> bool:
    mentions = [annotated.mention_at(t) for t in annotated.doc[item.end : item.end + 4]]
    return any(m and m.entity.kind is Kind.OPERATOR for m in mentions)


def _may_link(annotated: Annotated, token: Token) -> bool:
    mention = annotated.mention_at(token)
    if token.lower_ == "to":
        return bool(token.i) and annotated.doc[token.i - 1].lower_ == "belonging"
    if token.lower_ == "them" and token.i and token.nbor(-1).lower_ in {"among", "of"}:
        return True
    if token.lower_ == "in":
        return bool(token.i) and token.nbor(-1).lower_ == "registered"
    if token.lower_ in _STOPPERS or (mention and mention.entity.kind in _ELSEWHERE):
        return False
    if token.tag_ == "VBN" and token.i and token.nbor(-1).text == "-":
        # "RA-76842, a Soviet-built Il-76".
        return True
    return token.lower_ in _LINK_WORDS or token.pos_ in _LINK_TAGS


def _vehicle(annotated: Annotated, cluster: list[Item], sentence: Span) -> Vehicle:
    doc = annotated.doc
    cluster = _without_owners(annotated, cluster)
    slots = {kind: _slots(cluster, kind) for kind in (*NAMED, Kind.COUNTRY)}
    nouns = [i for i in cluster if i.mention is None]
    first, end = cluster[0].first, cluster[-1].end
    # A number that the parser took for a sentence of its own still counts what follows.
    opened = first == sentence.start and first > 0 and doc[first - 1].pos_ == "NUM"
    lead = list(doc[first - 1 if opened else max(sentence.start, first - 5) : first])
    which = one_of(lead)
    # "One of the Il-76s, EX-76Z1": one, whatever the number of those that it is picked from.
    single = which is not None and len(slots[Kind.AIRCRAFT]) <= 1
    plural = not single and is_plural(annotated, cluster, slots[Kind.AIRCRAFT])
    pointing, alike = determined(lead)
    its = owned(lead) and not slots[Kind.OPERATOR]
    whose, other = owner_of(annotated, lead) if its else ((), False)
    states = slots[Kind.COUNTRY] or seat_of(annotated, cluster) or whose
    return Vehicle(
        first,
        end,
        slots[Kind.AIRCRAFT],
        slots[Kind.AIRCRAFT_TYPE],
        slots[Kind.OPERATOR][: _operators(annotated, cluster)],
        states,
        1 if single else count_of(annotated, cluster, lead, plural),
        plural,
        pointing and not alike and not other,
        alike,
        picked(lead),
        None if whose else which,
        owned(lead) and not other,
        not slots[Kind.OPERATOR] and of_airline(doc[first : min(end + 8, sentence.end)]),
        doc[nouns[0].first].lower_ if nouns else None,
        any(t.lower_ in {"fighter", "combat", "attack"} for t in [*lead[-2:], *doc[first:end]]),
    )


def _without_owners(annotated: Annotated, cluster: list[Item]) -> list[Item]:
    """ "Owned by X and operated by Y", "flown by Y and owned by X": it is Y who flies."""
    doc = annotated.doc
    told = {
        i.first: {t.lemma_ for t in doc[max(i.first - _BY, 0) : i.first] if t.tag_ == "VBN"}
        for i in cluster
        if i.kind is Kind.OPERATOR
    }
    flown = any(words & _FLOWN for words in told.values())
    return [i for i in cluster if not (flown and "own" in told.get(i.first, ()))]


def _slots(cluster: list[Item], kind: Kind) -> tuple[Slot, ...]:
    found: dict[EntityRef, Slot] = {}
    for item in cluster:
        if item.mention and item.kind is kind:
            span = Offsets(start=item.mention.start, end=item.mention.end)
            found.setdefault(item.mention.entity, Slot(entity=item.mention.entity, span=span))
    return tuple(found.values())


def _operators(annotated: Annotated, cluster: list[Item]) -> int:
    """How many of the operators count: all where "and" joins them, else the first ("Emtrasur, daughter of
    Conviasa").
    """
    named = [i for i in cluster if i.kind is Kind.OPERATOR]
    joined = 1
    for left, right in pairwise(named):
        if not any(t.lower_ in {"and", "or"} for t in annotated.doc[left.end : right.first]):
            break
        joined += 1
    return joined
