"""Acts told by a clause that hangs on the weapon: "missiles sold by X", "the drone that struck Y"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import cues, is_cue, wordset
from tailgraph.nlp.claims.links import is_part
from tailgraph.nlp.claims.modality import negated, purpose
from tailgraph.nlp.claims.syntax import is_passive, prep_objects

_BELOW = ("supply", "acquire", "use", "carry", "request", "produce", "possess")


def below(head: Token) -> Act | None:
    """A clause on the weapon itself, or on the load of which it is told: "missiles sold by X", "drones that Y
    received", "a convoy of weapons that X had sent"."""
    return _clause_on(head) or next((a for noun in _loads(head) if (a := _clause_on(noun, head))), None)


def _clause_on(noun: Token, weapon: Token | None = None) -> Act | None:
    path = [noun] if weapon is None else [weapon, noun]
    for clause in (*noun.children, *_said_of(noun)):
        if clause.dep_ not in ("acl", "relcl", "ccomp") or _fitted_with(clause):
            continue
        if _struck_with(clause):
            return Act(clause, "strike", "strike-relcl", [], path)
        own = _own_doing(clause) if clause.dep_ == "relcl" else _said_to_come(clause)
        if own is not None:
            return Act(clause, own, f"{own}-relcl-subject", [], path)
        for cue in cues(clause):
            if cue.kind in _BELOW and "obj" in cue.links:
                if clause.dep_ == "relcl" and not _theme_relative(clause):
                    continue
                if clause.dep_ == "acl" and not is_passive(clause):
                    continue
                return Act(clause, cue.kind, f"{cue.kind}-{clause.dep_}", [], path)
    return None


def _struck_with(clause: Token) -> bool:
    """ "A drone with which X says it has hit 40 targets"."""
    means = [c for word in (clause, clause.head) for c in word.children if c.lower_ == "with"]
    which = any(o.tag_ == "WDT" for c in means for o in c.children)
    return which and clause.pos_ == "VERB" and is_cue(clause, "strike")


def _loads(head: Token) -> list[Token]:
    """The nouns of "a stock of mines and mortars", "two crates of rifles"."""
    noun, found = head, []
    while (noun.dep_ == "pobj" and noun.head.lower_ == "of") or noun.dep_ == "conj":
        noun = noun.head if noun.dep_ == "conj" else noun.head.head
        if not (is_part(noun) or noun.lemma_ in wordset("stores") | wordset("hold")):
            break
        found.append(noun)
    return found


def also_used(head: Token) -> Act | None:
    """ "Gave X missiles, dozens of which X has fired at Y": besides what the weapon hangs on, its use."""
    verb = next((a for a in head.ancestors if a.pos_ == "VERB"), None)
    behind = [c for c in verb.children if c.dep_ == "advcl" and c.i > head.i] if verb is not None else []
    for clause in (*(c for c in head.children if c.dep_ == "relcl"), *behind):
        if not is_cue(clause, "use") or purpose(clause) or negated(clause):
            continue
        some = [clause, *(c for c in clause.children if c.dep_ == "dobj" and is_part(c))]
        of_which = any(o.tag_ == "WDT" for c in some for o in prep_objects(c, "of"))
        named = any(
            c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN") and not is_part(c) for c in clause.children
        )
        if named and (of_which or (clause not in behind and _theme_relative(clause))):
            return Act(clause, "use", "use-relcl", [], [head])
    return None


def _fitted_with(clause: Token) -> bool:
    """ "The missiles they carry": what jets and drones are armed with, which goes nowhere."""
    if clause.dep_ != "relcl" or clause.lemma_ not in wordset("bearing") or clause.tag_ not in ("VBP", "VBZ"):
        return False
    return not any(c.dep_ in ("prep", "dative", "prt") for c in clause.children)


def hitting(head: Token | None) -> Act | None:
    """ "The drone that struck X": the strike that a clause on the weapon tells."""
    clauses = [c for c in head.children if c.dep_ == "relcl"] if head is not None else []
    with_it = next((c for c in clauses if _struck_with(c)), None)
    if with_it is not None:
        return Act(with_it, "strike", "strike-relcl", [], [with_it.head, with_it.head.head])
    strike = next((c for c in clauses if _own_doing(c) == "strike"), None)
    return Act(strike, "strike", "strike-relcl-subject", [], [head, head.head]) if head and strike else None


def _own_doing(clause: Token) -> str | None:
    """ "The drone that hit the refinery", "radars which arrived from X": the weapon is the subject of the
    clause."""
    own = [c for c in clause.children if c.dep_ == "nsubj"]
    if not any(c.tag_ in ("WDT", "WP") or c.lower_ == "that" for c in own) or is_passive(clause):
        return None
    return "strike" if is_cue(clause, "strike") else "carry" if is_cue(clause, "arrive") else None


def _said_of(head: Token) -> list[Token]:
    """The clause of "missiles which X says Y sold to Z": what is said of the weapon."""
    return [
        part
        for clause in head.children
        if clause.dep_ == "relcl" and is_cue(clause, "say", "allege", "suspect")
        for part in clause.children
        if part.dep_ == "ccomp" and (_said_to_come(part) or _said_done(part, clause) or _struck_with(part))
    ]


def _said_done(part: Token, clause: Token) -> bool:
    """Whether what is said in `clause` is done to the word before "which"."""
    own = any(c.dep_ == "nsubj" for c in part.children)
    other = any(c.dep_ == "dobj" and c.tag_ != "WDT" for c in part.children)
    words = [*clause.children, *part.children]
    theme = any(c.tag_ in ("WDT", "WP") and c.dep_ not in ("nsubj", "nsubjpass") for c in words)
    return own and theme and not other


def _said_to_come(clause: Token) -> str | None:
    """ "Mortars which X believes came from Y": what the weapon is said to have done itself."""
    said = clause.dep_ == "ccomp" and clause.head.dep_ == "relcl" and is_cue(clause, "arrive")
    relative = any(c.tag_ in ("WDT", "WP") for part in (clause, clause.head) for c in part.children)
    own = [c for c in clause.children if c.dep_ == "nsubj"]
    named = any(c.tag_ not in ("WDT", "WP") and c.lower_ != "that" for c in own)
    return "carry" if said and relative and not named else None


def _theme_relative(clause: Token) -> bool:
    """Whether the relative pronoun (said or left out) is what the act is done to."""
    own = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    relative = [c for c in own if c.tag_ in ("WDT", "WP") or c.lower_ == "that"]
    if any(c.dep_ in ("dobj", "nsubjpass") for c in relative):
        return True
    return not relative and any(c.dep_ == "nsubj" for c in own) and not any(c.dep_ == "dobj" for c in own)
