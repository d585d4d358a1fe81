"""Against whom weapons are used, or are to be used."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action, EntityRef, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.blame import BLAMED, blamed, culprits
from tailgraph.nlp.claims.craft import CRAFT_KINDS
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.getters import region
from tailgraph.nlp.claims.intercepted import RULE as INTERCEPTED
from tailgraph.nlp.claims.intercepted import defenders
from tailgraph.nlp.claims.parties import Parties, here
from tailgraph.nlp.claims.remains import INTO
from tailgraph.nlp.claims.slots import STATES, Roles, named, put
from tailgraph.nlp.claims.syntax import child, doers, prep_objects, undergoers

_AT = ("against", "at", "on", "upon", "over", "into", "across", "toward", "towards")
_WITHIN = ("in", "near", "inside", "outside", "around", "across")
_OWNERS = frozenset(["its", "their", "his", "her", "our"])


def fill_targets(parties: Parties, act: Act, out: Roles) -> None:
    """Fill "target"; who is to use what is moved ("which X will turn on Y") is its recipient."""
    sent = act.cue.lemma_ in ("fly", "send", "launch") and act.kind in ("carry", "supply")
    hits = [act.cue, *act.path] if act.action == Action.USE or (sent and _against(act)) else []
    if act.kind == "strike" and act.cue.dep_ in ("dobj", "nsubjpass"):
        hits.append(act.cue.head)  # "documented strikes with bombs on X"
    if not act.rule.endswith("-by"):  # "hit by a missile fired from a battery at X": X is not hit
        hits += [c for word in hits for c in word.children if c.dep_ == "acl" and not _stationed(c)]
    for use in _uses_inside(act, hits) if not act.rule.endswith("-by") else ():
        hits.append(use)
        if use.dep_ == "relcl" and act.action == Action.TRANSFER:
            put(out, "recipient", [s for t in doers(use) for s in named(parties.report, t, *STATES)])
    shooters = set(out.get("accused", {}))
    if act.rule == INTERCEPTED:
        barred = shooters | {*out.get("supplier", {}), *out.get("striker", {})}
        put(out, "target", defenders(parties, act, barred))
        return
    if act.kind == "strike" and act.cue.pos_ == "VERB" and act.rule != BLAMED:
        for obj in undergoers(act.cue):
            put(out, "target", _hit(parties, obj, shooters))
    guilty = {*culprits(act.cue), *(blamed(act.cue) if act.rule == BLAMED else ())}
    for word in hits:
        for obj in prep_objects(word, *_AT):
            if obj.lemma_.lower() not in wordset("orders") and obj not in guilty:
                put(out, "target", _hit(parties, obj, shooters))
    if act.rule == "use-planted":
        for obj in prep_objects(act.cue, *INTO):
            fliers = [s for s in parties.craft_of(obj) if s.entity.kind == Kind.OPERATOR]
            put(out, "target", fliers)


def _hit(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """Who is hit: by name, as the owner, by the place, else by where the thing hit stands."""
    return (
        named(parties.report, obj, *STATES)
        or _owned(parties, obj, shooters)
        or _struck(parties, obj, shooters)
        or _flier(parties, obj, shooters)
        or _owned_before(parties, obj, shooters)
        or [s for place in prep_objects(obj, *_WITHIN) for s in _place(parties, place, shooters)]
    )


def _place(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    state = [s for s in named(parties.report, obj, Kind.COUNTRY) if s.entity not in shooters]
    return state or _struck(parties, obj, shooters)


def hits_place(parties: Parties, act: Act) -> bool:
    """ "Fired rockets at Haifa", "at villages": what is fired at a town, ship or people is no test."""
    if act.action != Action.USE:
        return False
    words = (act.cue, *act.path)
    shot = (obj for word in words for obj in prep_objects(word, "at", "on", "against", "toward"))
    hit = wordset("ships") | wordset("craft") | wordset("hit")
    return any(
        parties.names(obj, Kind.PLACE, Kind.AIRPORT, Kind.WEAPON) or obj.lemma_.lower() in hit for obj in shot
    )


def _against(act: Act) -> bool:
    """ "Flew drones against X's positions": what is sent against somebody is used."""
    return any(True for word in (act.cue, *act.path) for _ in prep_objects(word, "against"))


def _stationed(clause: Token) -> bool:
    """ "Drones based at X", "jets flying from Y": where they are, not whom they hit."""
    return clause.lemma_ in ("base", "station", "fly", "deploy", "operate", "park", "see", "keep")


def _uses_inside(act: Act, hits: list[Token]) -> list[Token]:
    """Words of using below the act: "for use against", "aimed at", "to be fired at"."""
    return [
        sub
        for word in region(act)
        for sub in word.subtree
        if sub != act.cue
        and (is_cue(sub, "use", "strike") or sub.lemma_ in ("aim", "direct") or _war_for(sub))
        and (sub.dep_ != "conj" or sub.head in hits)
    ]


def _flier(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """ "A missile had hit the jet": whose jet it was."""
    if obj.lemma_.lower() not in wordset("craft") and not parties.names(obj, *CRAFT_KINDS):
        return []
    told = obj.sent.end_char
    fliers = [s for s in parties.craft_of(obj) if s.entity.kind == Kind.OPERATOR]
    return [
        here(s, obj) for s in fliers if s.entity not in shooters and (s.span is None or s.span.start < told)
    ]


def _owned_before(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """ "A drone of the X police was over the coast. It was struck by": whose the thing is that the sentence
    before is about."""
    start = obj.sent.start
    if obj.lower_ not in ("it", "they") or not start:
        return []
    subject = child(obj.doc[start - 1].sent.root, "nsubj", "nsubjpass")
    if subject is None or parties.names(subject, *STATES, Kind.PERSON):
        return []  # "the army says …": not the army was hit
    things = wordset("craft") | wordset("ships") | {"vehicle", "depot", "building", "base", "camp"}
    if subject.lemma_.lower() not in things and not parties.names(subject, Kind.WEAPON, *CRAFT_KINDS):
        return []
    found = named(parties.report, subject, *STATES)
    return [here(s, obj) for s in found if s.entity not in shooters]


def _war_for(noun: Token) -> bool:
    """ "For its war against X", "in their fight against Y": what weapons are got for."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("for", "in")
        and noun.lemma_.lower() in wordset("wars")
        and any(c.lower_ == "against" for c in noun.children)
    )


def _struck(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """The state that a place shot at lies in, if the report speaks of it ("rockets on Kharkiv")."""
    mention = parties.report.mention_at(obj)
    if mention is None or mention.entity.kind != Kind.PLACE:
        return []
    state = parties.state(parties.report.entity(mention.entity).key)
    return [here(Slot(entity=state), obj)] if state is not None and state not in shooters else []


def _owned(parties: Parties, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
    """ "Its troops": those of a party further up in the sentence that is not the one who shoots; "his forces"
    those of the body that he leads or speaks for."""
    owner = next((c for c in obj.children if c.dep_ == "poss" and c.lower_ in _OWNERS), None)
    for above in obj.ancestors if owner is not None else ():
        for sub in above.children:
            if owner is None or sub.dep_ not in ("nsubj", "nsubjpass") or obj in sub.subtree:
                continue
            if not parties.names(sub, Kind.WEAPON):
                parties_above = named(parties.report, sub, *STATES, Kind.PERSON)
                found = [
                    here(s, owner)
                    for slot in parties_above
                    for s in parties.led_by(slot)
                    if s.entity not in shooters
                ]
                if found:
                    return found
    return []
