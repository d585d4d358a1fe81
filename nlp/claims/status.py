"""How firmly an act is said to have been: asserted, alleged or suspected; never firmer than the text."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Status
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue, word_class
from tailgraph.nlp.claims.said import Attribution

# How many words from a verb "in all probability" may stand.
_BESIDE = 8
_CLAUSE = frozenset({"ccomp", "xcomp", "pcomp", "acl", "relcl", "advcl", "parataxis", "conj"})


def status_of(act: Act, attribution: Attribution) -> Status:
    if (
        act.rule == "cargo-guess"
        or hedged(act.cue)
        or any(hedged_noun(w) for w in (act.cue, *act.path))
        or any(hedged(w) for w in attribution.words)
    ):
        return Status.SUSPECTED
    firm = [k for k in attribution.kinds if k != "suspect"]
    if "suspect" in attribution.kinds and attribution.kinds[0] == "suspect":
        return Status.SUSPECTED
    if firm or "suspect" in attribution.kinds or reported(act.cue):
        return Status.SUSPECTED if "suspect" in attribution.kinds else Status.ALLEGED
    return Status.ASSERTED


def hedged(verb: Token) -> bool:
    """A modal or an adverb of doubt on the verb ("may have", "probably"), or on the verb that governs it."""
    if _in_all_probability(verb):
        return True
    token = verb
    for _ in range(3):
        for sub in token.children:
            if sub.dep_ in ("aux", "advmod", "acomp", "amod", "neg") and is_cue(sub, "hedge"):
                return True
            if sub.dep_ == "advmod" and any(is_cue(s, "hedge") for s in sub.children):
                return True
        if token.dep_ == "xcomp" and word_class(token.head) == "verb" and is_cue(token.head, "hedge"):
            return True
        if token.dep_ not in ("xcomp", "conj", "pcomp") or token.head.pos_ not in ("VERB", "AUX"):
            return False
        token = token.head
    return False


def _in_all_probability(verb: Token) -> bool:
    """ "In all probability", "in all likelihood" beside a verb, wherever the parser hangs it."""
    sentence = verb.sent
    near = verb.doc[max(sentence.start + 1, verb.i - _BESIDE) : min(sentence.end, verb.i + _BESIDE)]
    return any(word_class(t) == "noun" and is_cue(t, "hedge") and t.nbor(-1).lower_ == "all" for t in near)


def hedged_noun(noun: Token) -> bool:
    return any(sub.dep_ in ("amod", "advmod") and is_cue(sub, "hedge") for sub in noun.children)


def reported(verb: Token) -> bool:
    """ "Reportedly", "if the papers are to be trusted"."""
    return any(is_cue(sub, "reported") or _if_trusted(sub) for sub in verb.children)


def _if_trusted(clause: Token) -> bool:
    marks = (c.lower_ for c in clause.children if c.dep_ == "mark")
    trusts = any(t.lemma_ in ("trust", "believe", "credit") for t in clause.subtree)
    return clause.dep_ == "advcl" and "if" in marks and trusts
