"""Acts told by a clause that hangs on the weapon: "missiles sold by X", "the drone that struck Y"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import cues, is_cue, wordset
from tailgraph.nlp.claims.syntax import is_passive

_BELOW = ("supply", "acquire", "use", "carry", "request", "produce", "possess")


def below(head: Token) -> Act | None:
    """A clause on the weapon itself: "missiles sold by X", "drones that Y received"."""
    for clause in (*head.children, *_said_of(head)):
        if clause.dep_ not in ("acl", "relcl", "ccomp") or _fitted_with(clause):
            continue
        own = _own_doing(clause) if clause.dep_ == "relcl" else None
        if own is not None:
            return Act(clause, own, f"{own}-relcl-subject", [], [head])
        for cue in cues(clause):
            if cue.kind in _BELOW and "obj" in cue.links:
                if clause.dep_ == "relcl" and not _theme_relative(clause):
                    continue
                if clause.dep_ == "acl" and not is_passive(clause):
                    continue
                return Act(clause, cue.kind, f"{cue.kind}-{clause.dep_}", [], [head])
    return None


def _fitted_with(clause: Token) -> bool:
    """ "The missiles they carry": what jets and drones are armed with, which goes nowhere."""
    if clause.dep_ != "relcl" or clause.lemma_ not in wordset("bearing") or clause.tag_ not in ("VBP", "VBZ"):
        return False
    return not any(c.dep_ in ("prep", "dative", "prt") for c in clause.children)


def hitting(head: Token | None) -> Act | None:
    """ "The drone that struck X": the strike that a clause on the weapon tells."""
    clauses = [c for c in head.children if c.dep_ == "relcl"] if head is not None else []
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
        if part.dep_ == "ccomp"
        and any(c.dep_ == "nsubj" for c in part.children)
        and not any(c.dep_ == "dobj" for c in part.children)
        and any(
            c.tag_ in ("WDT", "WP") and c.dep_ not in ("nsubj", "nsubjpass")
            for c in (*clause.children, *part.children)
        )
    ]


def _theme_relative(clause: Token) -> bool:
    """Whether the relative pronoun (said or left out) is what the act is done to."""
    own = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    relative = [c for c in own if c.tag_ in ("WDT", "WP") or c.lower_ == "that"]
    if any(c.dep_ in ("dobj", "nsubjpass") for c in relative):
        return True
    return not relative and any(c.dep_ == "nsubj" for c in own) and not any(c.dep_ == "dobj" for c in own)
