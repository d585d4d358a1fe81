"""Who shot, told after the shot: "it was struck by a missile … the panel concludes that the fighter
belonged to X", "the launcher was of X's 5th brigade". Such a sentence tells the use before it
again, and who did it.
"""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, WeaponClass
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.slots import PARTIES, everything
from tailgraph.nlp.claims.syntax import agents, child, is_passive, prep_objects, undergoers

RULE = "strike-anaphor"
# How many sentences after the shot its shooter may be told.
_REACH = 8


def shooters_told(report: Annotated, found: list[Act], discourse: Discourse) -> list[Act]:
    """Acts that tell the strikes of `found` again, on the words that say whose the shooting weapon was."""
    out: list[Act] = []
    strikes = [act for act in found if act.action == Action.USE and act.kind == "strike"]
    governed = {act.cue.i for act in found}
    for token in report.doc if strikes else ():
        if token.i in governed or token.pos_ not in ("VERB", "AUX") or negated(token):
            continue
        if not any(everything(report, o, *PARTIES) for o in owners_told(token)):
            continue
        earlier = [act for act in strikes if act.cue.i < token.i]
        near = earlier and discourse.sentence(token.idx) - discourse.sentence(earlier[-1].cue.idx) <= _REACH
        if near and _shot(report, token, earlier[-1]):
            out.append(Act(token, "strike", RULE, list(earlier[-1].weapons), []))
    return out


def owners_told(verb: Token) -> list[Token]:
    """Whose the shooting weapon is by a verb that says no more ("belonged to X", "was operated by X")."""
    weapon = child(verb, "nsubj", "nsubjpass")
    known = wordset("shooters") | wordset("craft")
    if weapon is None or weapon.lemma_.lower() not in known or weapon.pos_ != "NOUN":
        return []
    if not any(c.lower_ in ("the", "that", "this") for c in weapon.children):
        return []
    if verb.lemma_ == "belong":
        return list(prep_objects(verb, "to"))
    if verb.lemma_ in ("operate", "fly", "man", "crew") and is_passive(verb):
        return list(agents(verb))
    return list(prep_objects(verb, "from", "of")) if verb.lemma_ in ("be", "come") else []


def _is_fighter(report: Annotated, hit: Token) -> bool:
    mention = report.mention_at(hit)
    key = report.entity(mention.entity).key if mention is not None else None
    return key == WeaponClass.COMBAT_AIRCRAFT or (
        mention is not None and mention.entity.kind == Kind.AIRCRAFT_TYPE
    )


def _shot(report: Annotated, verb: Token, strike: Act) -> bool:
    """Whether the weapon of `verb` is what shot: a fighter or launcher, but not if one was hit; a plane only
    where a fighter was told of since the strike, for else it may be what was hit."""
    weapon = child(verb, "nsubj", "nsubjpass")
    things = undergoers(strike.cue)
    hit = [t.lemma_.lower() for t in things]
    if any(_is_fighter(report, t) for t in things):
        return False
    if weapon is None or weapon.lemma_.lower() in hit:
        return False
    if weapon.lemma_.lower() in wordset("shooters"):
        return not set(hit) & wordset("shooters")
    if any(c.lower_ == "that" or c.tag_ == "WDT" for r in weapon.children for c in r.children):
        return True  # "the jet that fired it"
    since = verb.doc[strike.cue.i : weapon.i]
    return not set(hit) & wordset("craft") and any(t.lemma_.lower() in wordset("shooters") for t in since)
