"""Where an operator is at home, as the words behind its name say."""

from __future__ import annotations

import re

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.items import Item

# How many tokens before "its" the subject that it means may stand.
_BACK_TO_OWNER = 25


def seat_of(annotated: Annotated, cluster: list[Item]) -> tuple[Slot, ...]:
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


# Who may be said to have aircraft without being an operator.
_PARTIES = cues("flights told: people aboard") | cues("flights told: forces of a state")


def owner_of(annotated: Annotated, lead: list[Token]) -> tuple[tuple[Slot, ...], bool]:
    """ "Spain was quicker: one of its planes left": the state that "its" means, where one is the subject last
    before; and whether it means something that is no operator ("a delegation of the state … its Il-62")."""
    its = next((t for t in reversed(lead) if t.lower_ in {"its", "their"}), None)
    if its is None:
        return (), False
    for token in reversed(annotated.doc[max(0, its.i - _BACK_TO_OWNER) : its.i]):
        named = annotated.mention_at(token)
        if named is not None and named.entity.kind is Kind.OPERATOR:
            return (), False
        if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON" or token in its.ancestors:
            continue
        if named is None or named.entity.kind is not Kind.COUNTRY or token.pos_ != "PROPN":
            body = named is not None and named.entity.kind is Kind.ORGANIZATION
            # "The airline … its Il-76" is an operator's.
            return (), body or (named is None and token.lemma_.lower() in _PARTIES)
        return (Slot(entity=named.entity, span=Offsets(start=named.start, end=named.end)),), True
    return (), False


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
