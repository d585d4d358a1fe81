"""What flew, as the text names it: registrations, types, operators, states and nouns that stand together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.counting import count_of, is_plural
from tailgraph.nlp.flights_told.items import ARTICLES, NAMED, POINTING, Item, is_aircraft_word, items_of
from tailgraph.nlp.numerals import ORDINALS, number

_LINK_WORDS = frozenset(
    (
        "of by with as operated owned belonging registered flown chartered called known run leased used "
        "the a an and its their his from or carrier airline reg registration hex icao address tail number "
        "based among them including namely being both without only"
    ).split()
)
_LINK_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PUNCT", "PART", "NUM", "X", "SYM", "PRON", "ADV"})
_STOPPERS = frozenset(
    {
        ";",
        ".",
        ":",
        "—",
        "–",
        "that",
        "which",
        "who",
        "whose",
        "they",
        "he",
        "she",
        "it",
        "them",
        "him",
        "to",
        "in",
        "at",
        "on",
        "into",
        "than",
        "!",
        "?",
    }
)
_ELSEWHERE = (Kind.PLACE, Kind.AIRPORT, Kind.WEAPON, Kind.PERSON, Kind.ORGANIZATION)
_MAX_GAP = 9
_ALIKE = frozenset({"another", "second", "third", "sister", "others", "other", "further"})
_PICKED_FROM = frozenset({"the", "its", "their", "these", "those"})
_LATER_ORDINAL = re.compile(
    r"(?:fourth|fifth|sixth|seventh|eighth|ninth|\w+teenth|tenth|eleventh|twelfth|twentieth|\d+th)"
)


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
    return token.lower_ in _LINK_WORDS or token.pos_ in _LINK_TAGS


def _vehicle(annotated: Annotated, cluster: list[Item], sentence: Span) -> Vehicle:
    doc = annotated.doc
    slots = {kind: _slots(cluster, kind) for kind in (*NAMED, Kind.COUNTRY)}
    nouns = [i for i in cluster if i.mention is None]
    first, end = cluster[0].first, cluster[-1].end
    # A number that the parser took for a sentence of its own still counts what follows.
    opened = first == sentence.start and first > 0 and doc[first - 1].pos_ == "NUM"
    lead = list(doc[first - 1 if opened else max(sentence.start, first - 5) : first])
    one_of = _one_of(lead)
    # "One of the Il-76s, EX-76Z1": one, whatever the number of those that it is picked from.
    single = one_of is not None and len(slots[Kind.AIRCRAFT]) == 1
    plural = not single and is_plural(annotated, cluster, slots[Kind.AIRCRAFT])
    pointing, alike = _determined(lead)
    states = slots[Kind.COUNTRY] or _seat(annotated, cluster)
    return Vehicle(
        first,
        end,
        slots[Kind.AIRCRAFT],
        slots[Kind.AIRCRAFT_TYPE],
        slots[Kind.OPERATOR][: _operators(annotated, cluster)],
        states,
        1 if single else count_of(annotated, cluster, lead, plural),
        plural,
        pointing and not alike,
        alike,
        _picked(lead),
        one_of,
        _owned(lead),
        not slots[Kind.OPERATOR] and _of_airline(doc[first : min(end + 8, sentence.end)]),
        doc[nouns[0].first].lower_ if nouns else None,
        any(t.lower_ in {"fighter", "combat", "attack"} for t in [*lead[-2:], *doc[first:end]]),
    )


def _determined(lead: list[Token]) -> tuple[bool, bool]:
    """Whether the nearest determiner before points back, and whether it says "another"."""
    for token in reversed(lead):
        if (token.lower_ in _ALIKE or _LATER_ORDINAL.fullmatch(token.lower_)) and token.pos_ in {
            "DET",
            "ADJ",
        }:
            return False, True
        if (
            token.lower_ in ARTICLES
            and token.i > 1
            and token.nbor(-1).text == ","
            and is_ordinal(token.nbor(-2))
        ):
            return False, True
        if token.lower_ in ARTICLES or token.pos_ == "NUM":
            return False, any(t.lower_ in _ALIKE for t in lead[token.i - lead[0].i + 1 :])
        if token.lower_ in POINTING and token.pos_ in {"DET", "PRON", "ADJ"}:
            return True, any(t.lower_ in _ALIKE for t in lead[token.i - lead[0].i + 1 :])
        if token.text == "," and token.i and token.nbor(-1).lower_ in _ALIKE:
            return False, True
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PART", "PUNCT", "ADV"} or token.text == ",":
            return False, False
    return False, False


def is_ordinal(token: Token) -> bool:
    """ "The first, an Il-76", "the eleventh came": one of those told of before."""
    written = token.lower_ in ORDINALS or _LATER_ORDINAL.fullmatch(token.lower_) is not None
    return written and token.pos_ in {"ADJ", "NOUN", "ADV"}


def _picked(lead: list[Token]) -> bool:
    """ "One of them, RF-86825", "only one, RF-86825"."""
    return "one" in {t.lower_ for t in lead[-4:]} and bool(lead) and lead[-1].text == ","


def _one_of(lead: list[Token]) -> str | None:
    words = [t.lower_ for t in lead]
    if words[-4:-1] == ["of", "the", "former"] or words[-4:-1] == ["of", "the", "latter"]:
        return words[-2] if words[-5:-4] == ["one"] else None
    if words and (number(words[-1]) or 0) > 1:
        words.pop()
    return "" if words[-3:-1] == ["one", "of"] and words[-1] in _PICKED_FROM else None


def _owned(lead: list[Token]) -> bool:
    """ "Its only aircraft", "one of the former's planes": of the operator named before."""
    for token in reversed(lead[-4:]):
        if token.lower_ in {"its", "their"} or (
            token.lower_ == "former" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"'s", "’s"}
        ):
            return True
        if (
            token.pos_ not in {"ADJ", "NUM", "PART", "ADV"}
            and token.text != ","
            and not is_aircraft_word(token)
        ):
            return False
    return False


def _of_airline(words: Span) -> bool:
    """ "Of the Portuguese low-cost airline", right behind the aircraft."""
    for token in words:
        if token.lower_ in {"airline", "carrier"}:
            return any(c.lower_ in {"the", "same", "this", "that"} for c in token.children)
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}:
            return False
    return False


def _slots(cluster: list[Item], kind: Kind) -> tuple[Slot, ...]:
    found: dict[EntityRef, Slot] = {}
    for item in cluster:
        if item.mention and item.kind is kind:
            span = Offsets(start=item.mention.start, end=item.mention.end)
            found.setdefault(item.mention.entity, Slot(entity=item.mention.entity, span=span))
    return tuple(found.values())


def _seat(annotated: Annotated, cluster: list[Item]) -> tuple[Slot, ...]:
    """The country of an operator's home: "Kush Air Freight of Juba", "…, a Kinshasa company", "… (SAC),
    Bangui".
    """
    last = next((i for i in reversed(cluster) if i.kind is Kind.OPERATOR), None)
    if last is None:
        return ()
    doc = annotated.doc
    sentence_end = doc[last.first].sent.end
    for token in doc[last.end : min(last.end + 14, sentence_end)]:
        home = annotated.mention_at(token)
        if home and home.entity.kind in (Kind.PLACE, Kind.COUNTRY):
            return _home(annotated, home, doc[last.end : token.i].text)
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.text == ";":
            return ()
    return ()


_BESIDE = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|based in|,(?:[^,]*\b(?:Airport|Air Base|airport),)?"
    r"|, (?:an?|the)(?: \w+)?|, (?:based in|from))\s*(?:the\s+)?",
    re.IGNORECASE,
)


def _home(annotated: Annotated, home: Mention, gap: str) -> tuple[Slot, ...]:
    after = annotated.document.content[home.end : home.end + 30]
    plain = re.fullmatch(r"\s*(?:\([^)]*\)\s*)?,\s*", gap) is not None
    if not _BESIDE.fullmatch(gap) or (plain and not re.match(r"\s*(?:[,.);]|$)", after)):
        return ()
    if re.search(r", (?:an?|the)(?: \w+)?\s*$", gap) and not re.match(
        r"(?:[- ]based)?(?: [\w-]+)? (?:company|carrier|airline|firm|operator|outfit)\b", after
    ):
        return ()
    entity = annotated.entity(home.entity)
    key = entity.key if entity.key and len(entity.key) == 2 else None
    if key is None:
        return ()
    return (Slot(entity=EntityRef(kind=Kind.COUNTRY, id=key), span=Offsets(start=home.start, end=home.end)),)


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
