"""Whose official somebody is, or whose ministry it is, where the words beside the title leave it out and the
sentence tells it: "Tbilisi has closed its border, and the interior minister, X, said …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.slots import everything, head_of, slot_of
from tailgraph.nlp.claims.syntax import SUBJECTS, prep_objects

_WILL = frozenset({"will", "would"})


def state_above(report: Annotated, mention: Mention) -> list[Slot]:
    """ "Yerevan has recalled its envoy over what the foreign ministry called …": the state that the sentence
    is about; not one that only says something of the minister ("Israel says that the minister, X, bought
    …")."""
    root = head_of(report, mention)
    if root is None:
        return []
    below = root
    for above in root.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            told = below.dep_ == "ccomp" and is_cue(above, "say", "allege", "suspect", "deny")
            for sub in above.children:
                state = _state(report, sub) if sub.dep_ in SUBJECTS and sub.i < root.i else None
                if state is not None and state.end <= mention.start:
                    return [] if told or root in sub.subtree else [Slot(entity=state.entity)]
        below = above
    return []


def state_owning(report: Annotated, mention: Mention, described: Callable[[Token], list[Slot]]) -> list[Slot]:
    """ "The Emirates intercepted the missiles, its defence ministry said": the state that the ministry speaks
    about, or that the sentence before is about."""
    root = head_of(report, mention)
    owner = next((c for c in root.children if c.tag_ == "PRP$"), None) if root is not None else None
    if (
        root is None
        or owner is None
        or not set(mention.text.lower().split()) & wordset("state body of its own")
    ):
        return []
    said = (c for c in root.head.children if c.dep_ == "ccomp" and c.i < root.i)
    about = [
        s for c in said for t in c.children if t.dep_ in SUBJECTS if (s := _state(report, t)) is not None
    ]
    states = [s for s in described(owner) if s.entity.kind == Kind.COUNTRY]
    # Without a span: where the name stands it may fill another slot of the claim.
    return [Slot(entity=ref) for ref in (*(m.entity for m in about), *(s.entity for s in states))][:1]


def announces_for(report: Annotated, mention: Mention) -> list[Slot]:
    """ "The minister, X, announced that Lebanon would sue": the state whose next step he makes known."""
    root = head_of(report, mention)
    while root is not None and root.dep_ in ("appos", "compound", "nmod"):
        root = root.head
    if root is None or root.dep_ not in SUBJECTS:
        return []
    for verb in (root.head, *root.head.conjuncts):
        if verb.lemma_ not in wordset("announcing"):
            continue
        for clause in verb.children:
            if clause.dep_ == "ccomp" and any(c.lower_ in _WILL for c in clause.children):
                states = [_state(report, c) for c in clause.children if c.dep_ in SUBJECTS]
                return [slot_of(s) for s in states if s is not None]
    return []


def advised(
    report: Annotated, mention: Mention, states_of: Callable[[EntityRef], list[Slot]]
) -> Iterator[Slot]:
    """ "X, who advises President Y", "X, an aide to President Y": the states of whom he serves."""
    root = head_of(report, mention)
    if root is None:
        return
    served = [
        obj
        for clause in root.children
        if clause.dep_ == "relcl" and clause.lemma_ in ("advise", "counsel", "serve")
        for obj in clause.children
        if obj.dep_ == "dobj"
    ]
    titles = [root, *(c for c in root.children if c.dep_ in ("appos", "compound", "nmod"))]
    aides = [t for t in titles if t.lemma_.lower() in wordset("aides")]
    served += [obj for t in aides for obj in prep_objects(t, "to", "of")]
    served += [owner for t in aides for owner in t.children if owner.dep_ == "poss"]
    for word in served:
        other = report.mention_at(word)
        if other is not None and other.entity.kind == Kind.PERSON and other.entity != mention.entity:
            yield from states_of(other.entity)
        elif word.lemma_.lower() in wordset("offices"):
            yield from everything(report, word, Kind.COUNTRY)


def _state(report: Annotated, token: Token) -> Mention | None:
    mention = report.mention_at(token)
    return mention if mention is not None and mention.entity.kind == Kind.COUNTRY else None
