"""How many aircraft the words that name them speak of, and whether of one or of several."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from tailgraph.graph.model import Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.frequency import compound_number
from tailgraph.nlp.flights_told.items import ARTICLES, POINTING, Item
from tailgraph.nlp.flights_told.words import aircraft_words
from tailgraph.nlp.numerals import number

_MAX_NUMBER = 1000
_PLURAL_TYPE = re.compile(r"(?:\d[A-Za-z]{0,3}|[A-Z])s$")
_SINGULAR_NAMES = frozenset({"hercules", "atlas", "super hercules", "airbus"})


def is_plural(annotated: Annotated, cluster: list[Item], aircraft: tuple[Slot, ...]) -> bool:
    if len(aircraft) > 1:
        return True
    for item in cluster:
        if item.mention is None:
            token = annotated.doc[item.first]
            form = aircraft_words().get(token.lower_, (token.tag_ == "NNS", ""))[0]
            bare = not aircraft and not any(c.dep_ in {"det", "nummod", "poss"} for c in token.children)
            named = token.tag_ in {"NNS", "NNPS"} and not aircraft
            return form if form is not None else named or bare or _numbered(token)
        if item.kind is Kind.AIRCRAFT_TYPE:
            root = annotated.doc[item.first : item.end].root
            if not aircraft and any(_several(annotated.doc[i.first]) for i in cluster if i.first >= item.end):
                return True
            return bool(_PLURAL_TYPE.search(item.mention.text)) or (
                root.tag_ in {"NNS", "NNPS"}
                and root.text.endswith("s")
                and root.lower_ not in _SINGULAR_NAMES
            )
    return _of_several(annotated.doc, cluster[0].first)


def _of_several(doc: Doc, first: int) -> bool:
    """ "Phantoms of the Air Self-Defense Force": several, though nobody knows what a Phantom is."""
    link = first - 2 if first > 1 and doc[first - 1].lower_ == "the" else first - 1
    return link > 0 and doc[link].lower_ == "of" and doc[link - 1].tag_ in {"NNS", "NNPS"}


def _several(noun: Token) -> bool:
    """ "Tu-95 bombers", "chartered Il-76 aircraft": the noun behind a type, in the plural or in neither
    number, unless something says that it is one."""
    form = aircraft_words().get(noun.lower_, (noun.tag_ == "NNS", ""))[0]
    told = any(c.dep_ in {"det", "poss"} or number(c.text) for c in noun.children)
    single = noun.dep_ in {"nsubj", "nsubjpass"} and any(
        t.tag_ == "VBZ" or t.lower_ in {"was", "has"} for t in (noun.head, *noun.head.children)
    )
    return form is True or (form is None and not (told or single or noun.dep_ == "compound"))


def _numbered(token: Token) -> bool:
    return any(c.dep_ == "nummod" and (number(c.text) or 2) > 1 for c in token.children)


def count_of(annotated: Annotated, cluster: list[Item], lead: list[Token], plural: bool) -> int | None:
    """The number before the aircraft; one where it is singular; of several registrations, how many."""
    doc = annotated.doc
    aircraft = {i.mention.entity for i in cluster if i.mention and i.kind is Kind.AIRCRAFT}
    heads = [i for i in cluster if i.mention is None or i.kind is Kind.AIRCRAFT_TYPE]
    if not aircraft and (together := _added(annotated, heads, lead)):
        return together
    head = heads[0] if heads else None
    if head:
        low = lead[0].i if lead else head.first
        found = _number_before(annotated, list(doc[max(head.first - 6, low) : head.first]))
        if found and (found > 1 or not plural):
            return found
    if aircraft:
        return len(aircraft)
    return None if plural or not head else 1


def _added(annotated: Annotated, heads: list[Item], lead: list[Token]) -> int | None:
    """ "22 planes and 24 helicopters", "an Il-62 and an An-124": each with a number of its own."""
    doc = annotated.doc
    numbers: list[int] = []
    left = lead[0].i if lead else heads[0].first if heads else 0
    for head in heads:
        between = list(doc[left : head.first])
        found = _number_before(annotated, between)
        words = {t.lower_ for t in between}
        if words & {"including", "among", "one", "them"}:
            break
        if found and numbers and "and" not in words:
            found = None
        if found:
            numbers.append(found)
        left = head.end
    return sum(numbers) if len(numbers) > 1 else None


_COLLECTIVES = frozenset({"dozen", "pair", "couple", "both", "single", "trio", "quartet", "score"})


def _number_before(annotated: Annotated, tokens: list[Token]) -> int | None:
    """The number in "two grey Il-76s", "six of them, all from the", "about a dozen", "at least nine"."""
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        if token.pos_ == "NUM" and annotated.dated(token):
            return None
        if token.lower_ in ARTICLES or token.lower_ == "another":
            return 1
        if token.lower_ in POINTING - {"both"}:
            return None
        counted = tokens[position - 1] if position else None
        if (
            token.lower_ == "of"
            and counted is not None
            and counted.pos_ == "NOUN"
            and counted.lower_ not in _COLLECTIVES
        ):
            # "Four months of cargo jets": the number is that of the months.
            return None
        if token.pos_ == "NUM" or token.lower_ in _COLLECTIVES:
            value = compound_number(token)
            return value if value and value < _MAX_NUMBER else None
        if (
            (token.pos_ in {"VERB", "AUX", "CCONJ"} and (counted is None or counted.text != "-"))
            or (token.is_punct and token.text != "-")
            or (token.pos_ == "ADP" and token.lower_ != "of")
        ):
            return None
    return None
