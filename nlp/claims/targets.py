"""Against whom weapons are used, or are to be used."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action, EntityRef, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue
from tailgraph.nlp.claims.getters import region
from tailgraph.nlp.claims.parties import Parties, here
from tailgraph.nlp.claims.slots import STATES, Roles, named, put
from tailgraph.nlp.claims.syntax import doers, prep_objects, undergoers

_AT = ("against", "at", "on", "upon", "over", "into", "across", "toward", "towards")
_OWNERS = frozenset(["its", "their", "his", "her", "our"])


def fill_targets(parties: Parties, act: Act, out: Roles) -> None:
    """Fill "target"; who is to use what is moved ("which X will turn on Y") is its recipient."""
    sent = act.cue.lemma_ in ("fly", "send", "launch") and act.kind in ("carry", "supply")
    hits = [act.cue, *act.path] if act.action == Action.USE or (sent and _against(act)) else []
    hits += [c for word in hits for c in word.children if c.dep_ == "acl"]
    for use in _uses_inside(act, hits):
        hits.append(use)
        if use.dep_ == "relcl" and act.action == Action.TRANSFER:
            put(out, "recipient", [s for t in doers(use) for s in named(parties.report, t, *STATES)])
    if act.kind == "strike" and act.cue.pos_ == "VERB":
        for obj in undergoers(act.cue):
            found = named(parties.report, obj, *STATES)
            put(out, "target", found or _struck(parties, obj, set(out.get("accused", {}))))
    for word in hits:
        for obj in prep_objects(word, *_AT):
            put(
                out,
                "target",
                named(parties.report, obj, *STATES)
                or _owned(parties, obj, set(out.get("accused", {})))
                or _struck(parties, obj, set(out.get("accused", {}))),
            )


def _against(act: Act) -> bool:
    """ "Flew drones against X's positions": what is sent against somebody is used."""
    return any(True for word in (act.cue, *act.path) for _ in prep_objects(word, "against"))


def _uses_inside(act: Act, hits: list[Token]) -> list[Token]:
    """Words of using below the act: "for use against", "aimed at", "to be fired at"."""
    return [
        sub
        for word in region(act)
        for sub in word.subtree
        if sub != act.cue
        and (is_cue(sub, "use", "strike") or sub.lemma_ in ("aim", "direct"))
        and (sub.dep_ != "conj" or sub.head in hits)
    ]


def _struck(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """The state that a place shot at lies in, if the report speaks of it ("rockets on Kharkiv")."""
    mention = parties.report.mention_at(obj)
    if mention is None or mention.entity.kind != Kind.PLACE:
        return []
    state = parties.state(parties.report.entity(mention.entity).key)
    return [here(Slot(entity=state), obj)] if state is not None and state not in shooters else []


def _owned(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """ "Its troops": those of a party further up in the sentence that is not the one who shoots."""
    owner = next((c for c in obj.children if c.dep_ == "poss" and c.lower_ in _OWNERS), None)
    for above in obj.ancestors if owner is not None else ():
        for sub in above.children:
            if owner is not None and sub.dep_ in ("nsubj", "nsubjpass") and obj not in sub.subtree:
                found = [
                    here(s, owner) for s in named(parties.report, sub, *STATES) if s.entity not in shooters
                ]
                if found:
                    return found
    return []
