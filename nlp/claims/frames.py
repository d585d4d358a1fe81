"""From each weapon of a sentence to the word that says what is done with it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from tailgraph.graph.model import Mention, WeaponClass
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import Act, weapons
from tailgraph.nlp.claims.captures import captured
from tailgraph.nlp.claims.clauses import also_used, below, hitting
from tailgraph.nlp.claims.cues import ACTS, Cue, cues, is_cue, light_cues, word_class, wordset
from tailgraph.nlp.claims.firing import of_kind, shot_at
from tailgraph.nlp.claims.givers import giving, let_have
from tailgraph.nlp.claims.holds import fragment, held
from tailgraph.nlp.claims.intercepted import intercepted
from tailgraph.nlp.claims.laden import laden
from tailgraph.nlp.claims.links import is_part, itemised, link_of, sense
from tailgraph.nlp.claims.lists import follows
from tailgraph.nlp.claims.making import tooling
from tailgraph.nlp.claims.nearby import beside, far
from tailgraph.nlp.claims.paid import paid
from tailgraph.nlp.claims.remains import (
    FLYING,
    dropped,
    fallen,
    fits,
    left_over,
    planted,
    through_object,
    traced,
    wards_off,
)
from tailgraph.nlp.claims.sightings import reckoned, seen
from tailgraph.nlp.claims.slots import head_of
from tailgraph.nlp.claims.syntax import is_passive

_STEPS = 12
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis"})


def acts(report: Annotated) -> list[Act]:
    """All acts of a report in order of their cues; a weapon that no act governs yields none."""
    found: dict[tuple[int, int], Act] = {}
    named = list(weapons(report))
    armed = _tokens(report, named)
    flying = _tokens(report, [m for m in named if report.entity(m.entity).key in FLYING])
    loose: list[tuple[Mention, Token]] = []
    for mention in named:
        head = head_of(report, mention)
        if head is None or _feeds(head, armed, report):
            continue
        key = report.entity(mention.entity).key
        act = _told(head, armed, key)
        if act is None:
            if not _describes(head) and not _banned(head) and not shot_at(head):
                loose.append((mention, head))
            continue
        if wards_off(act, key, flying):
            continue
        used = also_used(head)
        for told in [act] if used is None or used.cue == act.cue else [act, used]:
            kept = found.setdefault((told.cue.i, _own_source(head)), told)
            kept.weapons.append(mention)
            kept.path.extend(t for t in told.path if t not in kept.path)
    loose = [pair for pair in loose if not _listed(*pair, found.values())]
    _add_far(loose, found)
    return [found[key] for key in sorted(found)]


def _tokens(report: Annotated, mentions: Iterable[Mention]) -> set[int]:
    spans = (report.doc.char_span(m.start, m.end, alignment_mode="expand") for m in mentions)
    return {t.i for span in spans for t in span or ()}


def _told(head: Token, armed: set[int], key: str | None) -> Act | None:
    """The act that the tree tells of a weapon of class `key`; where it broke, what stands beside it."""
    if shot_at(head):
        return None
    act = _swallowed(head) or _above(head, armed) or below(head) or of_kind(head)
    if act is not None and act.rule == "carry-verb-nsubj":
        act = hitting(head) or act  # "the drone that struck X came from Y" tells of the strike
    if act is not None and fits(act, head, key):
        dropped(act, key)
        planted(act, head, key)
        return act
    near = None if _describes(head) or _banned(head) else beside(head)
    return near if near is not None and fits(near, head, key) else None


def _feeds(head: Token, armed: set[int], report: Annotated) -> bool:
    """ "Half a million rounds for machine guns", "warheads for X's Scud brigade": the guns and the brigade's
    missiles are not what is moved."""
    unit = head.head if head.dep_ in ("compound", "nmod", "amod") and head.head.i not in armed else None
    if unit is not None and unit.lemma_.lower() in wordset("units"):
        return _for_unit(unit, armed)
    load = head.head.head
    if head.dep_ != "pobj" or head.head.lower_ != "for" or load.i not in armed:
        return False
    mention = report.mention_at(load)
    return mention is not None and mention.entity.id.split("/")[0] == WeaponClass.AMMUNITION


def _for_unit(unit: Token, armed: set[int]) -> bool:
    """Whether something else is moved for a unit that is called after its weapons."""
    governor = unit.head.head
    return (
        unit.dep_ == "pobj"
        and unit.head.lower_ in ("for", "to")
        and any(t.i in armed for t in (governor, *(c for c in governor.children if c.dep_ == "dobj")))
    )


def _swallowed(head: Token) -> Act | None:
    """ "Accused X of flying missiles", "as having flown missiles": the parser takes the act for an adjective
    of the weapon."""
    governor = head.head
    charge = head.dep_ == "pobj" and governor.lower_ == "of" and is_cue(governor.head, "allege", "suspect")
    having = head.dep_ == "dobj" and governor.lower_ == "having"
    for part in head.children:
        if part.dep_ == "amod" and ((charge and part.tag_ == "VBG") or (having and part.tag_ == "VBN")):
            for cue in cues(part):
                if cue.kind in ACTS and "obj" in cue.links and part.i == governor.i + 1:
                    return Act(part, cue.kind, f"{cue.kind}-verb-obj", [], [head])
    return None


def _describes(head: Token) -> bool:
    """ "Arms plane", "weapons specialists": the weapon only says of what kind something else is."""
    noun = head.head
    if head.dep_ not in ("compound", "nmod") or noun.pos_ != "NOUN":
        return False
    if any(c.dep_ == "cc" for c in head.children):
        return False  # "ammunition and assault rifles", which the parser makes one phrase
    return not is_part(noun) and not is_cue(noun, *ACTS)


def _banned(head: Token) -> bool:
    """ "The embargo on arms to X": what is forbidden."""
    if head.dep_ in ("compound", "nmod"):
        return head.head.lemma_.lower() in wordset("bans")
    return (
        head.dep_ == "pobj"
        and head.head.lower_ in ("on", "against", "for", "of")
        and (head.head.head.lemma_.lower() in wordset("bans"))
    )


def _add_far(loose: list[tuple[Mention, Token]], found: dict[tuple[int, int], Act]) -> None:
    """Last resorts for weapons that no act governs, on verbs that no other act uses."""
    taken = {cue for cue, _ in found}
    for mention, head in loose:
        act = far(head)
        if act is not None and act.cue.i not in taken:
            kept = found.setdefault((act.cue.i, -2), act)
            kept.weapons.append(mention)
            kept.path.extend(t for t in act.path if t not in kept.path)


def _listed(mention: Mention, head: Token, found: Iterable[Act]) -> bool:
    """Puts a weapon that no act governs, but that stands in a list with one that an act does, into that act:
    parsers hang the last items of long lists on other words."""
    if head.dep_ == "nsubj" and any(c.dep_ in ("dobj", "aux") for c in head.head.children):
        return False  # "was hit by drones, and air defences were repelling them": it does something itself
    for act in found:
        for other in act.weapons:
            if follows(head.doc, other, mention):
                act.weapons.append(mention)
                act.path.append(head)
                return True
    return False


def _own_source(head: Token) -> int:
    """Marks weapons that are listed each with its source ("tanks from X, jets from Y and drones from Z")."""
    return head.i if _sourced(head) and any(_sourced(c) for c in head.conjuncts) else -1


def _sourced(noun: Token) -> bool:
    return any(c.dep_ == "prep" and c.lower_ == "from" for c in noun.children)


def _above(head: Token, armed: set[int]) -> Act | None:
    """The act whose word the weapon hangs on, directly or through parts, crates and lists."""
    path, token = [head], head
    for _ in range(_STEPS):
        governor, dep = token.head, token.dep_
        if governor == token:
            return None if _describes(head) else fragment(token, path)
        if dep in _CLAUSES:
            return None
        listed = dep in ("conj", "appos") and governor.pos_ not in ("VERB", "AUX")
        if not listed and not (governor.i in armed and dep in ("conj", "dobj")):
            link, held_by = link_of(token)
            if held_by is None:
                return None
            governor = held_by
            # "Received missiles and a supply of rounds": the supply is one more thing that was received.
            beside = governor.dep_ == "conj" and governor.head.i in armed and is_part(governor)
            act = None if beside else _at(governor, token, link, path)
            made_with = tooling(act.cue) if act is not None and act.kind == "produce" else None
            if made_with is not None:
                # "Parts for making drones were aboard": what is done is done with the parts.
                path += [t for t in (governor, made_with) if t not in path]
                token = made_with
                continue
            if act is not None:
                return act
            if governor.pos_ in ("VERB", "AUX") or not _passes(governor, link):
                return None
        path.append(governor)
        token = governor
    return None


def _at(governor: Token, token: Token, link: str, path: list[Token]) -> Act | None:
    """The act that `governor` says of what hangs on it by `link`."""
    made = link == "obj" and is_cue(governor, "produce") and is_passive(governor)
    shared = _later_passive(governor, path) if link == "nsubj" or made else None
    if shared is not None:
        return shared
    gives = giving(governor, link, path)
    if gives is not None:
        return gives
    given = (
        intercepted(governor, link, path)
        or let_have(governor, link, path)
        or paid(governor, link, path)
        or laden(governor, link, path)
    )
    if given is not None:
        return given
    deal = _dealt(governor, link)
    if deal is not None:
        return Act(deal, "request", "request-noun-for", [], [*path, governor])
    trip = _trip(governor, link, path)
    if trip is not None:
        return trip
    light = _light(governor, link, path)
    if light is not None:
        return light
    taken = captured(governor, link, path)
    if taken is not None:
        return taken
    caused = _caused(governor, token)
    if caused is not None:
        return caused
    left = (
        left_over(governor, link, path)
        or fallen(governor, link, path)
        or through_object(governor, link, path)
        or _covered(governor, link)
    )
    if left is not None:
        return left
    if link == "with" and governor.pos_ == "VERB" and governor.lemma_ in wordset("backing"):
        return Act(governor, "supply", "supply-verb-with", [], path)  # "backed X with mortars"
    cue = sense(governor, link)
    if cue is not None and _plausible(governor, token, cue):
        link = "subject" if link == "nsubj" and cue.kind == "strike" else link
        return Act(governor, cue.kind, f"{cue.kind}-{word_class(governor)}-{link}", [], path)
    if _through_party(governor, link):
        cue = sense(governor.head.head, "of")
        if cue is not None:
            return Act(governor.head.head, cue.kind, f"{cue.kind}-noun-of", [], path)
    watched = seen(governor, link, path) or reckoned(governor, link, path)
    if watched is not None:
        return watched
    inside = held(governor, token, link) or traced(governor, link)
    if inside is not None:
        inside.path.extend(path)
    return inside


def _later_passive(verb: Token, path: list[Token]) -> Act | None:
    """ "Three carriers rolled down the ramp and were handed to X", "rifles were made in Y and shipped to X":
    the passive that shares the subject."""
    for other in verb.children:
        if (
            other.dep_ == "conj"
            and any(c.dep_ == "auxpass" for c in other.children)
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in other.children)
        ):
            for cue in cues(other):
                if cue.kind in ACTS and "obj" in cue.links:
                    return Act(other, cue.kind, f"{cue.kind}-verb-shared", [], path)
    return None


def _dealt(governor: Token, link: str) -> Token | None:
    """The noun of "signed a deal with X for jets", "placed an order with Y for shells"."""
    if link != "for" or governor.pos_ != "VERB":
        return None
    return next(
        (c for c in governor.children if c.dep_ in ("dobj", "nsubjpass") and is_cue(c, "request")), None
    )


def _covered(verb: Token, link: str) -> Act | None:
    """ "The contract covered five batteries", "the order included shells"."""
    if link != "obj" or verb.lemma_ not in wordset("covering") or is_passive(verb):
        return None
    deal = next((c for c in verb.children if c.dep_ == "nsubj" and is_cue(c, "request")), None)
    return Act(deal, "request", "request-noun-for", [], [verb]) if deal is not None else None


def _trip(verb: Token, link: str, path: list[Token]) -> Act | None:
    """ "Made landings with ammunition": the parser hangs "with" on a verb that says nothing of its own."""
    if link != "with" or verb.lemma_ not in wordset("making trips"):
        return None
    trips = (c for c in verb.children if c.dep_ == "dobj" and any("with" in cue.links for cue in cues(c)))
    noun = next((c for c in trips if is_cue(c, "carry")), None)
    return Act(noun, "carry", "carry-noun-with", [], [*path, verb]) if noun is not None else None


def _light(noun: Token, link: str, path: list[Token]) -> Act | None:
    """ "Took delivery of jets", "placed an order for shells": the lexicon lists verb and noun as one."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or verb.pos_ != "VERB" or link not in ("of", "for"):
        return None
    for cue in light_cues(verb, noun):
        if cue.kind in ACTS and link in cue.links:
            return Act(verb, cue.kind, f"{cue.kind}-verb-{link}", [], [noun, *path])
    return None


def _caused(verb: Token, thing: Token) -> Act | None:
    """ "Got munitions shipped", "had rifles flown in": the participle says what is done."""
    if verb.lemma_ not in ("get", "have", "see", "want"):
        return None
    for part in (*verb.children, *thing.children):
        if (
            part.tag_ == "VBN"
            and part.i > thing.i
            and part.dep_ in ("ccomp", "xcomp", "oprd", "acl", "acomp")
        ):
            for cue in cues(part):
                if cue.kind in ("supply", "carry", "load") and "obj" in cue.links:
                    return Act(part, cue.kind, f"{cue.kind}-verb-caused", [], [thing])
    return None


def _plausible(governor: Token, token: Token, cue: Cue) -> bool:
    """A verb with another object before this one is a parser's slip ("made an assessment of … bombs"),
    unless it
    is one of giving ("sold it shells")."""
    earlier = token.dep_ == "dobj" and any(
        c.dep_ == "dobj" and c.i < token.i and c.pos_ not in ("SCONJ", "PRON") and not itemised(c, token)
        for c in governor.children
    )
    return cue.kind in ("supply", "carry") or not earlier


def _passes(noun: Token, link: str) -> bool:
    """Whether the search goes on above `noun`, which holds the weapon by `link`."""
    return link in ("compound", "including", "like", "as", "namely") or is_part(noun)


def _through_party(noun: Token, link: str) -> bool:
    """ "The supply to X of parts": the parser hangs "of" on X."""
    return (
        link == "of"
        and noun.dep_ == "pobj"
        and noun.head.lower_ in ("to", "by", "from")
        and (noun.head.head.pos_ == "NOUN")
    )
