"""A claim is no fact where its sentence speaks of a source, even one that the parse does not tie to it.

The last guard before an act counts as told in the report's own voice: broken parses lose "X has insisted
that", "the finding by X that", "according to X", and what somebody says must never be shown as a fact.
"""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Slot, Status
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.syntax import (
    MISREAD,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    agents,
    child,
    prep_objects,
)

# How far above an act its word of accusing is looked for.
_REACH = 6
# How many words before an act a verb of saying may stand.
_BEFORE = 60
_NO_ONE = frozenset(("nobody", "none", "neither"))


def weaken(act: Act, draft: Draft, attributor: Attributor) -> None:
    """Make an asserted claim alleged (or suspected) where its sentence names a source, and name the source
    where one word alone can be it."""
    if draft.status != Status.ASSERTED:
        return
    others = (t for t in act.cue.sent if t != act.cue and t not in act.path)
    words = [t for t in others if _tells(t, act.cue) and not _closed_aside(t, act.cue)]
    if not words:
        return
    doubted = all(is_cue(t, "doubt", "suspect") for t in words)
    draft.status = Status.SUSPECTED if doubted else Status.ALLEGED
    found = [_speakers(t, attributor) for t in words if _introduces(t, act.cue)]
    named = [slots for slots in found if slots]
    if len(named) == 1 and not draft.take("accuser"):
        blamed = {ref for slot in ("accused", "supplier", "recipient", "carrier") for ref in draft.refs(slot)}
        draft.put("accuser", [s for s in named[0] if s.entity not in blamed])


def _closed_aside(word: Token, cue: Token) -> bool:
    """ "X kept silent, saying that …; Y sold rifles": what a semicolon has ended, X says no more."""
    first, last = sorted((word.i, cue.i))
    return word.tag_ == "VBG" and any(t.text == ";" for t in cue.doc[first:last])


def nobody_says(act: Act) -> bool:
    """Whether the word of accusing over an act is itself denied: "was not accused of sending", "nobody has
    accused X of", "no one suspects that". Such a sentence makes no claim at all."""
    token = act.cue
    if _ruled(token):
        return True
    for _ in range(_REACH):
        if token.head == token or (token.dep_ == "conj" and child(token, *SUBJECTS, *PASSIVE_SUBJECTS)):
            return False  # "X was not asked, but Y sent rifles"
        token = token.head
        if token.pos_ == "VERB" and is_cue(token, "allege", "suspect", "designate"):
            # The parser may hang the "no" of "no one suspects" on the verb itself.
            nobody = any(_no_one(c) or c.lower_ == "no" for c in token.children)
            return nobody or negated(token) or _nobody(token)
        if token.pos_ == "VERB" and is_cue(token, "say") and _nobody(token):
            return True
    return False


def _ruled(cue: Token) -> bool:
    """ "It is unlawful to carry arms on civil aircraft": a rule, and nobody's deed."""
    being = cue.head
    return (
        cue.dep_ in ("xcomp", "ccomp", "csubj", "advcl")
        and any(c.tag_ == "TO" for c in cue.children)
        and (being.lemma_ == "be" or being.lower_ in wordset("lawful"))
        and any(t.lower_ in wordset("lawful") for t in (being, *being.children))
    )


def _nobody(verb: Token) -> bool:
    """ "Nobody claimed that", "found no one who says that"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ != "WP" or verb.dep_ != "relcl":
        return subject is not None and _is_nobody(subject)
    # "No one, not in X, who says": the parser hangs the clause on the place.
    noun = verb.head
    for _ in range(_REACH):
        if _is_nobody(noun):
            return True
        if noun.dep_ not in ("pobj", "prep", "conj", "appos"):
            return False
        noun = noun.head
    return False


def _is_nobody(noun: Token) -> bool:
    return noun.lower_ == "nobody" or (noun.lower_ == "one" and any(c.lower_ == "no" for c in noun.children))


def _no_one(token: Token) -> bool:
    """ "No one", "nobody", "none of them", "by nobody", "not a single state"."""
    if token.dep_ in ("agent", "prep") and token.lower_ == "by":
        return any(_no_one(c) for c in token.children)
    return token.dep_ in ("nsubj", "nsubjpass", "pobj") and (
        token.lower_ in _NO_ONE or any(c.lower_ in ("no", "neither", "not") for c in token.children)
    )


def _sources(token: Token) -> bool:
    if token.lower_ == "according" or token.lower_ in MISREAD:
        return True
    kind = word_class(token)
    return (kind == "verb" and token.lemma_ in wordset("telling")) or (
        kind == "noun" and token.lemma_ in wordset("told")
    )


def _tells(token: Token, cue: Token) -> bool:
    """A word of telling, or another verb of saying before a "that" behind which the act stands."""
    if _sources(token):
        return True
    spoken = word_class(token) == "verb" and token.tag_ in ("VBD", "VBZ", "VBP") and is_cue(token, "say")
    return spoken and 0 < cue.i - token.i <= _BEFORE and _introduces(token, cue)


def _introduces(token: Token, cue: Token) -> bool:
    """Whether "that" stands between a word of telling and the act, with no other act's object between."""
    return token.i < cue.i and any(t.lower_ == "that" for t in token.doc[token.i + 1 : cue.i])


def _speakers(token: Token, attributor: Attributor) -> list[Slot]:
    if word_class(token) == "verb":
        return attributor.named_sources(token)
    makers = [*prep_objects(token, "by", "from"), *agents(token)]
    makers += [c for c in token.children if c.dep_ == "poss"]
    return attributor.expanded([s for t in makers for s in attributor.speakers.of(t)])
