"""Whence weapons come: "from X", "supplied by X", "Iranian rockets", "asked X for", what follows in the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Mention, Slot, Span
from tailgraph.nlp.body_classes import class_of
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.craft import CRAFT_KINDS
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.dealt import make_behind
from tailgraph.nlp.claims.getters import beneficiaries, out_of_stores, region
from tailgraph.nlp.claims.paid import payees
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.slots import PARTIES, STATES, Roles, head_of, named, put, slot_of
from tailgraph.nlp.claims.syntax import agents, is_passive, prep_objects, undergoers

_NEXT = re.compile(r"[\"”’']?\s+(to|for|from|against)\s+(?:the\s+)?")


def fill_origins(parties: Parties, act: Act, out: Roles) -> None:
    words = region(act)
    if act.path and any(True for _ in prep_objects(act.path[0], "from")):
        words = list(act.path)  # "jets from X and drones from Y": each has its own source
    for word in words:
        # "Launched from X": a place that missiles leave is not whence they were got.
        sources = [] if word == act.cue and act.action == Action.USE else list(prep_objects(word, "from"))
        sources += _out_of_stocks(word)
        for clause in word.children:
            if clause.dep_ in ("acl", "relcl", "amod", "advcl") and is_cue(
                clause, "supply", "acquire", "produce", "arrive"
            ):
                makers = [] if is_cue(clause, "acquire") else agents(clause)
                sources += [*makers, *prep_objects(clause, "from")]
                got = is_cue(clause, "acquire", "produce") and not is_cue(clause, "arrive")
                if got or clause.lemma_ == "originate":
                    sources += [o for o in prep_objects(clause, "in") if parties.names(o, Kind.COUNTRY)]
        for obj in sources:
            put(out, "supplier", named(parties.report, obj, *STATES))
    if act.cue.dep_ == "conj" and is_cue(act.cue.head, "produce") and is_passive(act.cue.head):
        for obj in (*agents(act.cue.head), *prep_objects(act.cue.head, "in")):  # "were made in X and sent to"
            put(out, "supplier", named(parties.report, obj, *STATES))
    if act.action in (Action.ACQUISITION, Action.REQUEST):
        for obj in _got_from(parties, act):
            put(out, "supplier", named(parties.report, obj, *STATES))
    if act.kind == "request":
        for obj in _asked(act):
            put(out, "supplier", named(parties.report, obj, *STATES))
    for obj in payees(act):
        put(out, "supplier", named(parties.report, obj, *STATES))
    for noun in make_behind(act):
        put(out, "supplier", named(parties.report, noun, Kind.COUNTRY))
    getters = {s.entity for g in beneficiaries(parties, act) for s in named(parties.report, g, *STATES)}
    for mention in act.weapons:
        origin = makers_of(parties, act, mention)
        if act.rule.endswith("-anaphor"):
            origin = [maker for maker in origin if not _may_get(parties, maker)]
        put(out, "supplier", [maker for maker in origin if maker.entity not in getters])
        if act.kind == "strike" and act.rule.endswith(("-subject", "-by", "-intercepted")):
            put(out, "striker", _belongs_to(parties, mention))


def _out_of_stocks(word: Token) -> list[Token]:
    """X of "sold rifles out of the stocks of X", "out of X's depots"."""
    stores = out_of_stores(word)
    return [t for o in stores for t in (*prep_objects(o, "of"), *(c for c in o.children if c.dep_ == "poss"))]


def _got_from(parties: Parties, act: Act) -> Iterator[Token]:
    """ "Bought by X from Y", where the parser hangs Y on X; "bought in Y"; "in talks with Y to buy"."""
    for agent in agents(act.cue):
        yield from prep_objects(agent, "from")
    if act.kind == "acquire":
        yield from (o for o in prep_objects(act.cue, "in") if parties.names(o, Kind.COUNTRY))
    if act.cue.dep_ in ("acl", "relcl") and act.cue.head.pos_ == "NOUN":
        yield from prep_objects(act.cue.head, "with")


def _asked(act: Act) -> Iterator[Token]:
    """Of whom weapons are asked: "asked the Kremlin for", "an order placed with Israel", "a deal with X"."""
    if act.rule.endswith("-for") and act.cue.pos_ == "VERB":
        yield from undergoers(act.cue)
    if act.cue.pos_ == "NOUN":
        yield from prep_objects(act.cue, "to")  # "X's request to Y for drones"
    for word in region(act):
        yield from prep_objects(word, "with")
        for clause in word.children:
            if clause.dep_ in ("acl", "relcl"):
                yield from prep_objects(clause, "with", "from")


def makers_of(parties: Parties, act: Act, weapon: Mention) -> list[Slot]:
    """Countries whose weapon it is by its own phrase: "Iranian rockets", "Israeli-made", "of Chinese
    make".
    """
    found = [
        Slot(entity=ref, span=Span(start=weapon.start + start, end=weapon.start + end))
        for ref, start, end in parties.states_named_in(weapon.text)
    ]
    span = parties.report.doc.char_span(weapon.start, weapon.end, alignment_mode="expand")
    if span is None:
        return found
    for root in (span.root, *(t for t in act.path if t.pos_ in ("NOUN", "PROPN"))):
        for word in root.subtree:
            if parties.names(word, Kind.COUNTRY) and _makes(word, root):
                found += named(parties.report, word, Kind.COUNTRY)
    return found


def _makes(word: Token, weapon: Token) -> bool:
    """Whether a state's name in the phrase of a weapon says whence it is."""
    head = word.head
    if word.dep_ == "pobj":
        return head.lower_ == "in" and head.head.lemma_ in ("make", "build", "produce", "manufacture")
    if word.dep_ not in ("amod", "compound", "nmod", "poss", "npadvmod", "advmod", "nsubj"):
        return False
    return (
        head == weapon
        or head.lower_ in wordset("origin")
        or (head.head == weapon and head.dep_ in ("amod", "compound"))
    )


def _may_get(parties: Parties, slot: Slot) -> bool:
    """ "Turkey sent Chad mortars. These …": a state's noun before what was told, which may be who got it."""
    if slot.span is None:
        return False
    name = parties.report.doc.char_span(slot.span.start, slot.span.end, alignment_mode="expand")
    return name is not None and name.root.dep_ == "compound" and name.root.tag_ in ("NNP", "NNPS")


def _belongs_to(parties: Parties, weapon: Mention) -> list[Slot]:
    """The state of "Turkish jets", which is not told to have made them only ("Turkish-made jets")."""
    root = head_of(parties.report, weapon)
    own = [c for c in root.children if c.dep_ in ("amod", "compound", "nmod", "poss")] if root else []
    names = [s for c in own for s in named(parties.report, c, *STATES) if parties.names(c, *STATES)]
    return [s for s in names if s.entity.kind == Kind.COUNTRY or _fights(parties, s)]


def _fights(parties: Parties, slot: Slot) -> bool:
    """ "Houthi missiles" are those of whom fires them, not of a maker."""
    return class_of(parties.report.entity(slot.entity)) in ("group", "military", "mercenary")


def fill_following(parties: Parties, act: Act, out: Roles) -> None:
    """ "… missiles to X from Y": what follows the weapon, whatever word the parser hangs it on."""
    for mention in act.weapons:
        for name, other in _following(parties, mention.end):
            kind, slot = other.entity.kind, slot_of(other)
            if kind in PARTIES and name in ("to", "for") and act.action != Action.USE:
                if not out.get("recipient") and (name == "to" or kind in STATES):
                    put(out, "recipient", [slot])
            elif kind in STATES and name == "from" and not out.get("supplier"):
                put(out, "supplier", [slot])
            elif kind in CRAFT_KINDS and name == "from" and act.cue.lemma_ in wordset("unloading"):
                craft = parties.crafts.at(other)
                put(out, "carrier", craft.slots.values() if craft else [slot])
            elif kind in STATES and name == "against":
                put(out, "target", [slot])


def _following(parties: Parties, offset: int) -> Iterator[tuple[str, Mention]]:
    content = parties.report.document.content
    match = _NEXT.match(content, offset)
    while match:
        mention = parties.mention_from(match.end())
        if mention is None:
            return
        yield match[1], mention
        match = _NEXT.match(content, mention.end)
