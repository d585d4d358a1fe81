"""Acts on weapons that were named in a sentence before: "These were flown to X", "the shipment came from
Y".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import Act, denied_in_place
from tailgraph.nlp.claims.blame import BLAMED, blames_only, the_attack
from tailgraph.nlp.claims.cues import cues, is_cue, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.holds import taken_up
from tailgraph.nlp.claims.modality import negated, purpose
from tailgraph.nlp.claims.syntax import agents, child, is_passive, prep_objects, recent

_MEANT = frozenset(["intend", "destine", "bind", "mean", "earmark"])
_KINDS = ("carry", "supply", "load", "acquire", "request", "use")
_MOVING = ("carry", "supply", "load", "acquire")
_MOVED = (Action.TRANSFER, Action.ACQUISITION)
_DEFINITE = frozenset(["the", "this", "that", "these", "those"])
_DESCRIBING = ("amod", "compound", "nmod", "prep", "acl", "relcl")
# Who had a hand in what was told before.
HAND = "supply-noun-anaphor"
_REACH = 2
# How many sentences "the cargo" may point back where the report has told of one load only.
_LOAD_REACH = 8


def retold(report: Annotated, found: list[Act], discourse: Discourse) -> list[Act]:
    """Acts whose weapons are only a pronoun or "the shipment", with the weapons of the act told last."""
    out: list[Act] = []
    found = [act for act in found if not act.rule.endswith("-far")]
    governed = {act.cue.i for act in found}
    for token in report.doc:
        if token.i not in governed and (_their_transfer(token) or _the_transfer(token)):
            before = _last(found, token, discourse)
            carried = list(before.weapons) if before else _named_before(report, token, discourse)
            if carried:
                out.append(Act(token, "supply", HAND, carried, []))
            continue
        if token.i not in governed and the_attack(token):
            before = _last(found, token, discourse)
            if before is not None and before.action == Action.USE:
                out.append(Act(token, "strike", "strike-noun-anaphor", list(before.weapons), []))
            continue
        if token.i not in governed and blames_only(token):
            before = _last(found, token, discourse)
            if before is not None and before.action == Action.USE:
                out.append(Act(token, "strike", BLAMED, list(before.weapons), []))
            continue
        if token.i in governed or token.pos_ not in ("VERB", "AUX", "ADJ"):
            continue
        kind = _kind(token)
        if kind is None or not any(_stands_for_weapons(t) or _passed_on(t) for t in _things(token, kind)):
            continue
        before = _last(found, token, discourse) or _only_load(found, token, kind, discourse)
        if before is not None and any(t.lower_ in wordset("goods") for t in _things(token, kind)):
            # "The goods were flown on": what was moved, and told of just before.
            near = discourse.sentence(token.idx) - discourse.sentence(before.cue.idx) <= 1
            if kind not in _MOVING or before.action not in _MOVED or not near:
                continue
        fronted = _fronted(report, token) or ([] if before else _named_before(report, token, discourse))
        if before is not None and _passed_on(next(_things(token, kind))) and not _is_one(before):
            continue
        if (before is None and not fronted) or any(_names_weapon(report, t) for t in _things(token, kind)):
            continue
        nearer = _nearer(report, before, token, kind, discourse)
        before = None if nearer else before
        carried = fronted or nearer or (list(before.weapons) if before is not None else [])
        act = Act(token, kind, f"{kind}-anaphor", carried, [])
        passed_on = token.pos_ == "VERB" and _ends_up(token)
        known = before is not None and before.action in (Action.TRANSFER, Action.ACQUISITION)
        if kind == "carry" and before is not None and known and not passed_on:
            act.retells = before.action
        if not denied_in_place(act):
            out.append(act)
    return out


def _their_transfer(noun: Token) -> bool:
    """ "Their transfer by X", "their delivery to Y by X": what "by" parts from its doer is what is moved."""
    if noun.pos_ != "NOUN" or not any(cue.kind == "supply" for cue in cues(noun)):
        return False
    theirs = any(c.dep_ == "poss" and c.lower_ in ("their", "its") for c in noun.children)
    return theirs and any(True for _ in agents(noun))


def _the_transfer(noun: Token) -> bool:
    """ "Accused X of the shipment", "X had organised the delivery", "is behind the flights": who had a hand
    in what was told before."""
    if noun.pos_ != "NOUN" or not any(cue.kind in ("supply", "carry", "request") for cue in cues(noun)):
        return False
    definite = any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in noun.children)
    if not definite or any(c.dep_ in ("amod", "compound", "nmod") or c.lower_ == "of" for c in noun.children):
        return False  # "the first flight", "the delivery of aid"
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head.lemma_ in wordset("arranging") and not negated(noun.head)
    if noun.dep_ != "pobj":
        return False
    prep, verb = noun.head, noun.head.head
    if verb.dep_ == "dobj" and prep.lower_ == "of":
        verb = verb.head  # "accused X of the shipment": the parser hangs "of" on X
    if prep.lower_ == "behind":
        return verb.lemma_ in ("be", "stand") and not negated(verb)
    if prep.lower_ == "for" and verb.lemma_ == "pay":
        return True
    return prep.lower_ in ("of", "for", "over") and verb.pos_ == "VERB" and is_cue(verb, "allege")


def _kind(token: Token) -> str | None:
    if token.lemma_ in _MEANT and is_passive(token):
        return "carry"
    kinds = [cue.kind for cue in cues(token) if "obj" in cue.links or cue.kind == "motion"]
    if token.lemma_ in wordset("capturing") and is_passive(token):
        return None  # "they had been stolen": another account of how they were come by
    for kind in _KINDS:
        if kind in kinds and (is_passive(token) or child(token, "dobj") is not None):
            return kind
    if _ends_up(token):
        return "carry"
    if token.lemma_ == "be" and any(c.dep_ == "prep" and c.lower_ == "for" for c in token.children):
        return "carry"
    # "They came in March in a Boeing": a motion of things only where a craft carries them.
    return (
        "carry"
        if "motion" in kinds and any(True for _ in prep_objects(token, "aboard", "in", "on", "from"))
        else None
    )


def _things(token: Token, kind: str) -> Iterator[Token]:
    own = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
    if own or is_passive(token):
        yield from map(_whole, own)
    elif kind == "carry":
        yield from (_whole(c) for c in token.children if c.dep_ == "nsubj")


def _ends_up(verb: Token) -> bool:
    """ "A part of the load ended up in the hands of X", "the crates went to Y": not any "they" or "all of
    which", of which it may be told how they were come by."""
    loads = [_whole(c) for c in verb.children if c.dep_ == "nsubj"]
    told = any(t.lemma_.lower() in wordset("shipment") for t in loads) and not negated(verb)
    goal = any(True for _ in prep_objects(verb, "to", "with", "in", "into"))
    return told and (taken_up(verb) is not None or (goal and is_cue(verb, "arrive")))


def _load_before(it: Token) -> bool:
    """ "The cargo did not stay. Within days it was sent on": the subject last told before "it" is a load."""
    for token in reversed(recent(it)):
        if (
            token.dep_ in ("nsubj", "nsubjpass", "ROOT")
            and token.pos_ in ("NOUN", "PROPN")
            and token.i < it.i
        ):
            return token.tag_ == "NN" and token.lemma_.lower() in wordset("shipment")
    return False


def _whole(thing: Token) -> Token:
    """ "A part of the load": the load."""
    return next(prep_objects(thing, "of"), thing) if thing.lemma_ in ("part", "portion") else thing


def _stands_for_weapons(token: Token) -> bool:
    if token.lower_ == "it":
        return _load_before(token)
    if token.lower_ in wordset("pronouns"):
        # "Most of the transports flew on" speaks of planes, "some of the pictures were shot" of pictures.
        whole = [t for t in prep_objects(token, "of") if t.pos_ == "NOUN"]
        return not whole or any(t.lemma_.lower() in wordset("shipment") | wordset("part") for t in whole)
    if _picked(token):
        return True
    definite = any(
        c.lower_ in ("the", "these", "those", "this", "that", "its", "their") for c in token.children
    )
    if token.lemma_.lower() in wordset("shipment") and (definite or _further(token)):
        return True
    if (
        token.lower_ in wordset("goods")
        and definite
        and not any(c.dep_ in _DESCRIBING for c in token.children)
    ):
        return True
    return any(t.lower_ in ("them", "these", "those") for t in prep_objects(token, "of"))


def _picked(relative: Token) -> bool:
    """ "It was the one that X fired": the pronoun of what is picked out of those told before."""
    clause = relative.head
    one = clause.head
    return (
        clause.dep_ == "relcl"
        and relative.dep_ in ("dobj", "nsubjpass")
        and one.lower_ in ("one", "ones")
        and any(c.lower_ == "the" for c in one.children)
    )


def _further(load: Token) -> bool:
    """ "A second batch", "another consignment": one more load of what was told before, named by nothing else,
    and not one that is still to come."""
    told = any(c.dep_ == "prep" and c.lower_ == "of" for c in load.children) or purpose(load.head)
    return not told and any(
        c.lower_ in wordset("further load") for c in load.children if c.dep_ in ("det", "amod")
    )


def _passed_on(thing: Token) -> bool:
    """ "He handed it to X": what somebody brought, and no plane or ship."""
    verb = thing.head
    if thing.lower_ != "it" or thing.dep_ != "dobj" or not is_cue(verb, "supply"):
        return False
    person = any(c.dep_ == "nsubj" and c.lower_ in ("he", "she") for c in verb.children)
    return person and any(True for _ in prep_objects(verb, "to", "over"))


def _is_one(act: Act) -> bool:
    """Whether the load of an act is a single thing ("a missile"), which alone "it" may be."""
    return len({m.entity for m in act.weapons}) == 1 and not act.weapons[0].text.endswith("s")


def _fronted(report: Annotated, verb: Token) -> list[Mention]:
    """ "Of the shells, a third have been fired": the weapons of the fronted "of"."""
    return [
        m
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ == "of" and prep.i < verb.i
        for word in prep.children
        if (m := report.mention_at(word)) is not None and m.entity.kind == Kind.WEAPON
    ]


def _named_before(report: Annotated, verb: Token, discourse: Discourse) -> list[Mention]:
    """Weapons named in the sentence before, or earlier in this one, though nothing was done with them."""
    start = verb.sent.start
    earlier = report.doc[start - 1].sent.start_char if start else 0
    return discourse.between(max(earlier, discourse.paragraph(verb.idx).start), verb.idx, Kind.WEAPON)


def _nearer(
    report: Annotated, before: Act | None, verb: Token, kind: str, discourse: Discourse
) -> list[Mention]:
    """ "Sent drones. … found four missiles there. X said that it had bought them": the weapons that the
    sentence before names, though nobody is told to have moved them, are nearer to "them" than any act."""
    pronoun = any(t.lower_ in ("them", "they", "these", "those") for t in _things(verb, kind))
    start = verb.sent.start
    if before is None or not pronoun or not start:
        return []
    last = report.doc[start - 1].sent
    if before.cue.sent.start >= last.start:
        return []
    named = discourse.between(last.start_char, last.end_char, Kind.WEAPON)
    return [m for m in named if m.entity not in {w.entity for w in before.weapons}]


def _names_weapon(report: Annotated, token: Token) -> bool:
    mention = report.mention_at(token)
    return mention is not None and mention.entity.kind == Kind.WEAPON


def _last(found: list[Act], token: Token, discourse: Discourse) -> Act | None:
    earlier = [a for a in found if a.cue.i < token.i]
    if not earlier:
        return None
    act = earlier[-1]
    here, there = discourse.paragraph(token.idx).index, discourse.paragraph(act.cue.idx).index
    near = discourse.sentence(token.idx) - discourse.sentence(act.cue.idx) <= _REACH
    return act if near and here - there <= 1 else None


def _only_load(found: list[Act], token: Token, kind: str, discourse: Discourse) -> Act | None:
    """ "The cargo had been meant for X", some sentences on: the only load that the report has told of."""
    things = [t for t in _things(token, kind) if t.lemma_.lower() in wordset("shipment")]
    if not any(_further(t) or any(c.lower_ == "the" for c in t.children) for t in things):
        return None
    earlier = [a for a in found if a.cue.i < token.i and a.action == Action.TRANSFER and a.weapons]
    if not earlier or discourse.sentence(token.idx) - discourse.sentence(earlier[-1].cue.idx) > _LOAD_REACH:
        return None
    loads = [{m.entity for m in act.weapons} for act in earlier]
    return earlier[-1] if all(load & loads[-1] for load in loads) else None
