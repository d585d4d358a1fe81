"""Acts with weapons: from each weapon of a sentence to the word that says what is done with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import ACTS, Cue, cues, is_cue, word_class
from tailgraph.nlp.claims.slots import head_of
from tailgraph.nlp.claims.syntax import child, is_passive, negated

ACTION_OF = {"supply": Action.TRANSFER, "carry": Action.TRANSFER, "load": Action.TRANSFER, "motion": Action.TRANSFER,
             "cargo": Action.TRANSFER, "acquire": Action.ACQUISITION, "use": Action.USE, "strike": Action.USE,
             "produce": Action.PRODUCTION, "possess": Action.POSSESSION, "request": Action.REQUEST}
# What stands between an act and the weapon without changing what is moved.
_PART_NOUNS = frozenset(
    "part component crate box kit set batch ton tonne number dozen hundred thousand pair load fuse fuze stock piece "
    "battery system launcher pod engine spare machinery technology container pallet case truckload round amount "
    "quantity worth type kind variety consignment shipment supply delivery cargo order lot chest drum sack some all "
    "most half rest more series unit model version guidance warhead hundreds crateload planeload shipload mix "
    "assortment equipment gear material item line plant tool licence barrel tube stockpile cache arsenal generation "
    "squadron fleet warhead thing goods one two three four five six eight ten twelve twenty".split())
_HOLD_NOUNS = frozenset("hold cargo load payload freight belly manifest consignment shipment crate box pallet "
                        "container contents lading bay deck hull cabin".split())
_UPWARD = frozenset({"conj", "appos"})
_NOMINAL = frozenset({"compound", "nmod", "amod", "poss", "npadvmod"})


@dataclass
class Act:
    """One act: the word that says it, the weapons it is done with, and the words between."""

    cue: Token
    kind: str
    rule: str
    weapons: list[Mention] = field(default_factory=list)
    path: list[Token] = field(default_factory=list)
    retells: Action | None = None

    @property
    def action(self) -> Action:
        return self.retells or ACTION_OF[self.kind]


def weapons(report: Annotated) -> Iterator[Mention]:
    """Mentions of weapons, a combat aircraft that is named as a type ("MiG-29s") being one as well."""
    known = {name: e for e in report.entities if e.kind == Kind.WEAPON for name in e.names}
    for mention in report.mentions:
        if mention.entity.kind == Kind.WEAPON:
            yield mention
        elif mention.entity.kind == Kind.AIRCRAFT_TYPE and mention.text in known:
            yield mention.model_copy(update={"entity": known[mention.text].ref})


def acts(report: Annotated) -> list[Act]:
    """All acts of a report in order of their cues; a weapon that no act governs yields none."""
    found: dict[tuple[int, int], Act] = {}
    named = list(weapons(report))
    armed = {t.i for m in named for t in report.doc.char_span(m.start, m.end, alignment_mode="expand") or ()}
    for mention in named:
        head = head_of(report, mention)
        if head is None:
            continue
        for act in _governing(head, armed):
            kept = found.setdefault((act.cue.i, _own_source(head, act)), act)
            kept.weapons.append(mention)
            kept.path.extend(t for t in act.path if t not in kept.path)
    return [found[i] for i in sorted(found)]


def _own_source(head: Token, act: Act) -> int:
    """Marks weapons that are listed each with its source ("tanks from X, jets from Y and drones from Z")."""
    own = any(c.dep_ == "prep" and c.lower_ == "from" for c in head.children)
    listed = head.dep_ == "conj" or any(c.dep_ == "conj" for c in head.children)
    return head.i if own and listed else -1


def _governing(head: Token, armed: set[int]) -> Iterator[Act]:
    above = _above(head, armed)
    below = _below(head)
    if above is None and below is None:
        above = _beside(head)
    if above is not None:
        yield above
    elif below is not None:
        yield below


def _above(head: Token, armed: set[int]) -> Act | None:
    path = [head]
    token = head
    for _ in range(12):
        governor, dep = token.head, token.dep_
        if governor == token:
            return _fragment(token, path)
        if dep in ("relcl", "advcl", "ccomp", "parataxis"):
            return None
        if dep in _UPWARD and governor.pos_ not in ("VERB", "AUX") or governor.i in armed and dep in ("conj", "dobj"):
            path.append(governor)
            token = governor
            continue
        if dep == "nsubj" and governor.pos_ in ("VERB", "AUX"):
            later = _later_passive(governor, path)
            if later is not None:
                return later
        link, governor, prep = _link(token)
        if link == "nsubj" and governor is not None and governor.tag_ == "VBN" and child(governor, "aux", "auxpass") is None:
            link = "obj"  # "had seen rockets taken aboard"
        if governor is None:
            return None
        deal = _dealt(governor, link)
        if deal is not None:
            return Act(deal, "request", "request-noun-for", [], [*path, governor])
        cue = _cue_for(governor, link)
        if cue is not None and _plausible(governor, token, cue):
            link = "subject" if link == "nsubj" and cue.kind == "strike" else link
            return Act(governor, cue.kind, f"{cue.kind}-{word_class(governor)}-{link}", [], path)
        if _through_party(governor, link):
            cue = _cue_for(governor.head.head, "of")
            if cue is not None:
                return Act(governor.head.head, cue.kind, f"{cue.kind}-noun-of", [], path)
        copula = _copula(governor, token, link)
        if copula is not None:
            copula.path.extend(path)
            return copula
        if governor.pos_ in ("VERB", "AUX") or not _passes(governor, link, token):
            return None
        path.append(governor)
        token = governor
    return None


def _later_passive(verb: Token, path: list[Token]) -> Act | None:
    """"Three carriers rolled down the ramp and were handed to X": the passive that shares the subject."""
    for other in verb.children:
        if other.dep_ == "conj" and any(c.dep_ == "auxpass" for c in other.children) and not any(
                c.dep_ in ("nsubj", "nsubjpass") for c in other.children):
            for cue in cues(other):
                if cue.kind in ACTS and "obj" in cue.links:
                    return Act(other, cue.kind, f"{cue.kind}-verb-shared", [], path)
    return None


def _strikes(verb: Token) -> bool:
    """"Drones took off to strike X": what the weapon does is to be used."""
    return any(c.dep_ in ("xcomp", "advcl") and is_cue(c, "strike") and any(t.tag_ == "TO" for t in c.children)
               for c in verb.children)


def _dealt(governor: Token, link: str) -> Token | None:
    """The noun of "signed a deal with X for jets", "placed an order with Y for shells"."""
    if link != "for" or governor.pos_ != "VERB":
        return None
    return next((c for c in governor.children if c.dep_ in ("dobj", "nsubjpass") and is_cue(c, "request")), None)


def _plausible(governor: Token, token: Token, cue: Cue) -> bool:
    """A verb with another object before this one is a parser's slip ("made an assessment of … bombs"), unless it
    is one of giving ("sold it shells")."""
    return cue.kind in ("supply", "carry") or not (token.dep_ == "dobj" and any(c.dep_ == "dobj" and c.i < token.i for c in governor.children))


def _link(token: Token) -> tuple[str, Token | None, Token | None]:
    governor, dep = token.head, token.dep_
    if dep in ("pobj", "pcomp"):
        prep = governor
        while prep.head.dep_ in ("prep", "agent") and prep.dep_ == "prep" and prep.head.pos_ == "ADP":
            prep = prep.head
        return governor.lower_, prep.head if prep.head != prep else None, prep
    if dep == "dobj" or dep == "nsubjpass" or dep == "oprd":
        return "obj", governor, None
    if dep in ("nsubj", "attr", "dative"):
        return dep, governor, None
    if dep in ("acl", "xcomp"):
        return dep, governor, None
    return ("compound" if dep in _NOMINAL else dep), governor, None


def _cue_for(governor: Token, link: str) -> Cue | None:
    if governor.lower_ in ("one", "others", "another") and governor.dep_ == "conj" and governor.head.pos_ == "NOUN":
        governor = governor.head
    if link == "obj" and governor.pos_ == "VERB" and any(
            c.dep_ == "prep" and c.lower_ == "for" and not any(True for _ in c.children) for c in governor.children):
        link = "for"  # "jets had been asked for by X"
    if governor.dep_ == "amod" and governor.pos_ != "NOUN":
        return None
    if link == "obj" and is_passive(governor) and governor.lemma_ in ("mean", "intend", "destine", "earmark", "bind"):
        return Cue("carry", frozenset())
    if link == "nsubj" and governor.pos_ == "VERB" and _strikes(governor):
        return Cue("strike", frozenset())
    if link == "nsubj" and is_cue(governor, "arrive") and not is_passive(governor):
        return Cue("carry", frozenset())
    senses = [c for c in cues(governor) if c.kind in ACTS]
    for cue in senses:
        if link in cue.links:
            return cue
    if governor.pos_ == "VERB":
        for cue in senses:
            if link == "with" and cue.kind in ("carry", "use"):
                return Cue("motion" if cue.kind == "carry" else "strike", cue.links)
            if link == "dative" and "obj" in cue.links:
                return cue
            if link == "for" and cue.kind in ("carry", "supply", "acquire") and any(
                    c.dep_ == "dobj" and _is_part(c) for c in governor.children):
                return cue
            if link == "nsubj" and (cue.kind == "strike" or governor.lemma_ in ("fire", "shoot")):
                return Cue("strike", cue.links)
            if link == "of" and governor.lemma_ in ("take", "dispose"):
                return Cue("acquire", cue.links)
    return None


def _passes(noun: Token, link: str, token: Token) -> bool:
    """Whether the search goes on above `noun`, which holds the weapon by `link`."""
    if link == "compound":
        return True
    return link in ("including", "like", "as", "namely") or _is_part(noun)


def _through_party(noun: Token, link: str) -> bool:
    """"The supply to X of parts": the parser hangs "of" on X."""
    return link == "of" and noun.dep_ == "pobj" and noun.head.lower_ in ("to", "by", "from") and (
        noun.head.head.pos_ == "NOUN")


def _is_part(noun: Token) -> bool:
    return noun.lemma_.lower() in _PART_NOUNS or noun.pos_ in ("NUM", "PRON")


def _copula(verb: Token, token: Token, link: str) -> Act | None:
    """"The cargo was rockets", "in the hold were crates of missiles", "drones were aboard"."""
    if is_cue(verb, "found") and link == "obj" and (_in_hold(verb) or _in_hold(token)):
        return Act(verb, "cargo", "cargo-found", [], [])
    if verb.lemma_ == "be" and link == "attr" and any(
            c.dep_ in ("nsubj", "expl") and c.lower_ in ("it", "that", "they", "there") for c in verb.children
    ) and _talks_of_holds(verb):
        return Act(verb, "cargo", "cargo-copula", [], [])
    if verb.lemma_ == "be" and link in ("nsubj", "attr") and _on_the_way(verb):
        return Act(verb, "carry", "carry-copula", [], [])
    if verb.lemma_ == "be" and link == "attr" and any(
            c.dep_ == "nsubj" and c.lemma_ in ("guess", "bet", "hunch", "answer", "suspicion") for c in verb.children):
        return Act(verb, "cargo", "cargo-guess", [], [])
    if verb.lemma_ not in ("be", "consist", "comprise", "include", "lie", "sit", "constitute", "form"):
        return None
    others = [c for c in verb.children if c != token and c.dep_ in ("nsubj", "attr", "prep", "advmod", "acomp", "npadvmod")]
    for other in others:
        words = list(other.subtree) if other.dep_ == "prep" else [other]
        if any(w.lemma_.lower() in _HOLD_NOUNS or w.lower_ in ("aboard", "onboard", "board") for w in words):
            return Act(verb, "cargo", "cargo-copula", [], [])
    return None


def _in_hold(verb: Token) -> bool:
    """Whether something is found in a hold, in crates or aboard: "in these boxes", "on the plane"."""
    return any(w.lemma_.lower() in _HOLD_NOUNS or w.lower_ in ("aboard", "onboard")
               for c in verb.children if c.dep_ in ("prep", "advmod") for w in c.subtree)


def _on_the_way(verb: Token) -> bool:
    """"The shells were on their way to X", "bound for Y", "destined for Z"."""
    for sub in verb.children:
        if sub.lower_ in ("bound", "destined", "headed", "meant", "intended", "en") or sub.lower_ == "on" and any(
                w.lower_ in ("way", "route") for w in sub.subtree):
            return True
    return False


def _talks_of_holds(verb: Token) -> bool:
    """Whether the sentences just before speak of holds, cargo or unloading."""
    start = max(0, verb.i - 60)
    return any(t.lemma_.lower() in _HOLD_NOUNS or t.lemma_.lower() in ("belly", "unload", "unloading")
               for t in verb.doc[start:verb.i])


_FULL = frozenset("laden loaded packed crammed filled stuffed full heaped piled".split())


def _full_of(head: Token) -> Act | None:
    """"A 747 laden with bombs", where the parser takes "laden" for a noun."""
    for step in range(1, 5):
        if head.i - step <= head.sent.start:
            return None
        token = head.doc[head.i - step]
        if token.lower_ in ("with", "of") and token.nbor(-1).lower_ in _FULL:
            return Act(token.nbor(-1), "load", "load-near-with", [], [head])
    return None


def _fragment(root: Token, path: list[Token]) -> Act | None:
    """A sentence without a verb: "Probably cartridges for the rebels"."""
    if root.pos_ in ("NOUN", "PROPN", "ADV", "ADJ", "NUM") or root in path:
        if any(is_cue(t, "hedge") for t in root.sent):
            return Act(root, "cargo", "cargo-fragment", [], path)
    return None


def _beside(head: Token) -> Act | None:
    """Where the parse broke: a verb just before the weapon, or a passive just after it."""
    token = head
    for step in range(1, 10):
        if head.i - step < head.sent.start:
            break
        token = head.doc[head.i - step]
        if token.is_punct and token.text not in "-,":
            break
        for cue in cues(token):
            if _nearby(token, cue):
                return Act(token, cue.kind, f"{cue.kind}-near", [], [head])
        if token.tag_.startswith("VB") or token.lower_ in _FULL:
            break
    return _full_of(head) or _relative_after(head) or _passive_after(head)


def _relative_after(head: Token) -> Act | None:
    """"… a Shahed that Russia had fired at X", where the parse lost the relative clause."""
    rest = [t for t in head.doc[head.i + 1:min(head.i + 9, head.sent.end)]]
    if not rest or rest[0].lower_ not in ("that", "which"):
        return None
    for token in rest[1:]:
        if token.tag_.startswith("VB") and token.pos_ == "VERB":
            return next((Act(token, c.kind, f"{c.kind}-near", [], [head]) for c in cues(token)
                         if _nearby(token, c) and child(token, "dobj") is None), None)
    return None


def _nearby(token: Token, cue: Cue) -> bool:
    return (token.tag_.startswith("VB") and token.dep_ != "amod" and "obj" in cue.links
            and cue.kind in ("supply", "carry", "load", "acquire", "use", "possess", "request"))


def _passive_after(head: Token) -> Act | None:
    """"… missiles, both of Chinese make, were re-exported by X": the next passive after the weapon."""
    seen_be = False
    for token in head.doc[head.i + 1:min(head.i + 14, head.sent.end)]:
        if token.lower_ in ("were", "was", "been", "being", "be"):
            seen_be = True
        elif seen_be and token.tag_ == "VBN":
            if any(c.dep_ == "nsubjpass" and c != head and head not in c.subtree for c in token.children):
                return None
            return next((Act(token, c.kind, f"{c.kind}-near", [], [head]) for c in cues(token) if _nearby(token, c)), None)
        elif token.tag_ in ("VBD", "VBZ", "VBP") and token.pos_ == "VERB":
            return None
    return None


def _below(head: Token) -> Act | None:
    """A clause on the weapon itself: "missiles sold by X", "drones that Y received"."""
    for clause in head.children:
        if clause.dep_ not in ("acl", "relcl"):
            continue
        for cue in cues(clause):
            if cue.kind in ("supply", "acquire", "use", "carry", "request", "produce", "possess") and "obj" in cue.links:
                if clause.dep_ == "relcl" and not _theme_relative(clause):
                    continue
                if clause.dep_ == "acl" and not is_passive(clause):
                    continue
                return Act(clause, cue.kind, f"{cue.kind}-{clause.dep_}", [], [head])
    return None


def _theme_relative(clause: Token) -> bool:
    """Whether the relative pronoun (said or left out) is what the act is done to."""
    own = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    relative = [c for c in own if c.tag_ in ("WDT", "WP") or c.lower_ == "that"]
    if any(c.dep_ in ("dobj", "nsubjpass") for c in relative):
        return True
    return not relative and any(c.dep_ == "nsubj" for c in own) and not any(c.dep_ == "dobj" for c in own)


def denied_in_place(act: Act) -> bool:
    """"Did not deliver", "carried no missiles": the act is said not to have been."""
    token = act.cue
    if token.pos_ in ("VERB", "AUX") and negated(token):
        return True
    for word in act.path:
        if any(c.lower_ in ("no", "not", "neither", "nor") and c.dep_ in ("det", "neg", "preconj", "cc")
               and not (c.lower_ == "not" and c.nbor().lower_ in ("only", "less", "fewer", "just"))
               for c in word.children if c.i + 1 < len(c.doc)):
            return True
    return False
