"""What is told and not said to be so: asked, prevented, only meant to follow, negated, left out."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.syntax import SUBJECTS, child, prep_objects

# How many words before "so did Y" the verb may stand that it takes up.
_ECHO = 20
# When something that is denied was not: "at no time", "on no occasion", "in no case".
_NO_TIME = frozenset({"time", "point", "moment", "stage", "occasion", "case"})


def asked(token: Token) -> bool:
    """Whether the clause of `token` is a question or a condition ("whether", "if"), so that nobody
    states it.
    """
    for word in (token, *token.ancestors):
        if any(c.dep_ == "mark" and c.lower_ in ("whether", "if", "unless", "should") for c in word.children):
            return True
        if any(
            c.lower_ == "whether" and c.dep_ in ("advmod", "cc", "preconj", "mark") for c in word.children
        ):
            return True
    return False


def inquiry(token: Token) -> Token | None:
    """The verb of "is looking into whether X sent rifles", which says that X is suspected of it."""
    for word in (token, *token.ancestors):
        whether = any(c.lower_ == "whether" and c.i < token.i for c in word.children)
        if not whether:
            continue
        above = word.head.head if word.head.pos_ == "ADP" else word.head
        # Whether something should be done is no inquiry into what was.
        told = word.dep_ in ("ccomp", "pcomp") and not purpose(word)
        probing = told and above.lemma_ in wordset("probing")
        return above if probing and child(above, *SUBJECTS) is not None and not negated(above) else None
    return None


_PREVENTING = frozenset(
    {
        "forbid",
        "prohibit",
        "ban",
        "bar",
        "prevent",
        "stop",
        "keep",
        "refuse",
        "block",
        "discourage",
        "deter",
        "dissuade",
    }
)


# "Offered to send" says that nothing has been sent.
_MUSING = frozenset({"offer", "propose", "threaten", "consider", "contemplate", "decline", "hesitate"})
_BANS = frozenset({"ban", "embargo", "moratorium", "prohibition", "bar", "freeze", "restriction", "limit"})


def prevented(token: Token) -> bool:
    """ "Forbids it to sell", "banned from exporting", "refused to send": an act that is not to be."""
    verb = token.head
    if token.pos_ == "NOUN" and token.dep_ in ("dobj", "nsubjpass"):
        return verb.lemma_ in wordset("banning")  # "a policy to prohibit transfers"
    if token.dep_ == "pcomp" and verb.lower_ in ("from", "against", "on"):
        if verb.i and verb.nbor(-1).lemma_ in _BANS:
            return True  # "a ban on exporting", whatever word the parser hangs "on" upon
        verb = verb.head
    elif token.dep_ not in ("xcomp", "ccomp", "advcl"):
        return False
    if token.dep_ == "xcomp" and verb.lemma_ in _MUSING:
        return True
    if verb.lower_ in wordset("hard to do") and any(c.tag_ == "TO" for c in token.children):
        return True  # "made it hard for X to send"
    return (
        verb.pos_ == "VERB"
        and verb.lemma_ in _PREVENTING
        and not (verb.lemma_ in ("stop", "quit") and token.dep_ == "xcomp" and negated(verb))
        and not (verb.lemma_ == "keep" and token.tag_ == "VBG" and token.dep_ != "pcomp")
    )


def echoed(token: Token) -> Token | None:
    """The verb that "as did Y", "so has Y" takes up; None for any other word."""
    if token.lemma_ not in ("do", "have") or token.dep_ in ("aux", "auxpass") or not token.i:
        return None
    if token.nbor(-1).lower_ not in ("so", "as") or any(c.dep_ in ("dobj", "xcomp") for c in token.children):
        return None
    before = token.doc[max(0, token.i - _ECHO) : token.i]
    finite = ("VBD", "VBZ", "VBP") if token.lemma_ == "do" else ("VBN",)
    return next((t for t in reversed(before) if t.tag_ in finite and t.pos_ == "VERB"), None)


def purpose(verb: Token) -> bool:
    """Whether an act is only meant to follow: "to be fired at", "will turn on", "expect X to use"."""
    return any(c.tag_ in ("TO", "MD") for c in verb.children)


def negated(verb: Token) -> bool:
    """ "Did not", "never", or a subject or object that is none at all ("no shells", "nothing"); "or
    exported" after "never produced"."""
    for sub in verb.children:
        if sub.dep_ == "neg" or sub.lower_ in ("never", "neither", "nor", "hardly"):
            return True
        if sub.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and (
            sub.lower_ in ("nothing", "none", "nobody")
            or any(c.lower_ in ("no", "neither") for c in sub.children)
        ):
            return True
    return _denied_with(verb) or _at_no_time(verb)


def _at_no_time(verb: Token) -> bool:
    """ "At no time were rifles sent"."""
    return any(
        obj.lemma_ in _NO_TIME and any(c.lower_ == "no" for c in obj.children)
        for obj in prep_objects(verb, "at", "on", "in")
    )


def never_was(word: Token) -> bool:
    """ "There have been no deliveries", "there has never been any sale", "no transfer took place", "at no
    time were rifles sent": what is said not to have been at all."""
    if word.dep_ == "acl" and word.head.dep_ == "attr":
        return negated(word.head.head)  # of "were rifles sent" the parser makes "rifles that were sent"
    verb = word.head
    there = word.dep_ == "attr" and verb.lemma_ == "be" and child(verb, "expl") is not None
    been = word.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in wordset("happening")
    return (there or been) and negated(verb)


def _denied_with(verb: Token) -> bool:
    """Whether "or" or "nor" joins a verb without a subject of its own to one that "not" denies."""
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX") or child(verb, *SUBJECTS) is not None:
        return False
    links = [c.lower_ for c in verb.head.children if c.dep_ == "cc" and c.i < verb.i]
    return links[-1:] in (["or"], ["nor"]) and any(
        c.dep_ == "neg" and c.i < verb.head.i for c in verb.head.children
    )
