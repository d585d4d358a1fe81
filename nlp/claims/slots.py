"""From a noun phrase to the entities that fill a slot: names, lists, apposition, demonyms, descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset

PARTIES = (Kind.COUNTRY, Kind.ORGANIZATION, Kind.OPERATOR, Kind.PERSON)
STATES = (Kind.COUNTRY, Kind.ORGANIZATION)
Roles = dict[str, dict[EntityRef, Slot]]
# Words that say whose something is, but not where or by what way it comes.
_OWNED = frozenset({"compound", "nmod", "amod", "poss", "nummod", "appos", "npadvmod"})
_OF = frozenset({"of"})
_SEATED = {
    "government": ("in",),
    "authority": ("in",),
    "counsel": ("for",),
    "lawyer": ("for",),
    "spokesman": ("for",),
    "spokeswoman": ("for",),
    "spokesperson": ("for",),
    "attorney": ("for",),
    "regime": ("in",),
}


def slot_of(mention: Mention) -> Slot:
    """A filler named where the mention stands."""
    return Slot(entity=mention.entity, span=Span(start=mention.start, end=mention.end))


def put(roles: Roles, slot: str, fillers: Iterable[Slot]) -> None:
    """Add fillers to a slot; who is there already stays as first told."""
    for filler in fillers:
        roles.setdefault(slot, {}).setdefault(filler.entity, filler)


def head_of(report: Annotated, mention: Mention) -> Token | None:
    """The token of a mention that the rest of the sentence hangs on."""
    span = report.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.root if span is not None else None


def phrase(token: Token) -> Iterator[Token]:
    """The tokens of the noun phrase that `token` heads: modifiers, owner, apposition, "of" complement."""
    yield token
    for sub in token.children:
        if sub.dep_ == "nmod" and sub.i + 1 < token.i and sub.right_edge.text == ",":
            continue  # "given to the Houthis, X, the ambassador, said": X is none of theirs
        if sub.dep_ in _OWNED:
            yield from phrase(sub)
        elif sub.dep_ == "acl" and sub.lemma_ in wordset("naming"):
            for name in (*(c for c in sub.children if c.dep_ == "oprd"), *_as(sub)):
                yield from phrase(name)
        elif sub.dep_ == "prep" and (
            sub.lower_ in _OF or sub.lower_ in _SEATED.get(token.lemma_.lower(), ())
        ):
            for obj in sub.children:
                # "An A-5 of Chinese make": whence it is, not whose it is.
                if obj.dep_ == "pobj" and obj.lemma_.lower() not in wordset("make"):
                    yield from phrase(obj)
                    for other in obj.conjuncts:
                        yield from phrase(other)


def _as(clause: Token) -> Iterator[Token]:
    """ "Known as X": X."""
    for prep in clause.children:
        if prep.lower_ == "as":
            yield from (c for c in prep.children if c.dep_ == "pobj")


def named(report: Annotated, token: Token, *kinds: Kind) -> list[Slot]:
    """What the phrase headed by `token` names, of `kinds`: the head's own name first, else its modifiers'.

    Of "Zimbabwe's arms maker, ZDI" it is the body that is named; of "Zimbabwe's troops" the state.
    """
    own = _own(report, token, kinds) or _apposed_to(report, token, kinds)
    if own:
        return own
    found = everything(report, token, *kinds)
    bodies = [slot for slot in found if slot.entity.kind != Kind.COUNTRY]
    return bodies or found


def everything(report: Annotated, token: Token, *kinds: Kind) -> list[Slot]:
    """All names of `kinds` in the phrase: person, body and state of "State Department spokeswoman Ann
    Lee".
    """
    found: dict[EntityRef, Slot] = {}
    for word in phrase(token):
        for slot in _own(report, word, kinds):
            found.setdefault(slot.entity, slot)
    return list(found.values())


def _apposed_to(report: Annotated, token: Token, kinds: tuple[Kind, ...]) -> list[Slot]:
    """ "X, a Russian carrier, which …": the common noun means X, not the state whose carrier it is."""
    if token.dep_ != "appos" or token.pos_ != "NOUN":
        return []
    mention = report.mention_at(token.head)
    if mention is None or mention.entity.kind not in (Kind.OPERATOR, Kind.ORGANIZATION, Kind.PERSON):
        return []
    return _own(report, token.head, kinds)


def _own(report: Annotated, token: Token, kinds: tuple[Kind, ...]) -> list[Slot]:
    mention = report.mention_at(token)
    if mention is not None:
        return [slot_of(mention)] if mention.entity.kind in kinds else []
    span = Span(start=token.idx, end=token.idx + len(token.text))
    return [Slot(entity=ref, span=span) for ref in report.references.get(token.i, ()) if ref.kind in kinds]
