"""Whether a movement that is told of took place, did not (planned, refused, cancelled, denied), or is mere
talk.
"""

from __future__ import annotations

import re
from enum import Enum

from spacy.tokens import Span, Token

from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.words import Cue, Frame


class Outcome(Enum):
    """`PLANNED`: "will leave", "would land". `TALK` is no flight at all: "could reach Moscow", "if it
    landed", "a request for a stop".
    """

    DONE = "done"
    NOT_DONE = "not done"
    PLANNED = "planned"
    TALK = "talk"


UNDONE = (Outcome.NOT_DONE, Outcome.PLANNED)
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "ca", "need"})
# Predicates under which a flight has not taken place (yet).
_UNDONE = cues("flights told: not done yet")
_UNDOES_ITS_OBJECT = cues("flights told: undoing the object")
_OF_ATTRIBUTE = cues("flights told: attributes of flights not done")
PERMISSION = cues("flights told: permissions")
_REQUEST = cues("flights told: requests")
# A plan, a ban or a refusal whose object or subject is a flight.
_UNDOES_NOUN = cues("flights told: undoing a flight")
_OCCURRENCE = cues("flights told: occurring")
# What a clause under these says has not been told as having happened.
_NOT_SAYING_SO = frozenset(("deny let allow permit enable authorise authorize doubt forbid bar").split())
_NOBODY = frozenset({"neither", "none", "nobody", "nothing"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_TRANSPARENT = frozenset({"xcomp", "aux", "auxpass", "prt"})
# "We wrote that … Wrong.", "I had misread one digit": the outlet takes its flight back.
_RETRACTED = re.compile(
    r"\W*(?:(?:that was |this was |it was )?(?:wrong|untrue|false|not so|mistaken)\W*$"
    r"|(?:\w+ ){0,4}(?:misread|misidentified|mistook|mixed up)\b)",
    re.IGNORECASE,
)
# "Did the plane land in Goma?"; "How did it get there?" takes its flight as given.
_ASKED = re.compile(
    r"\W*(?:did|do|does|was|were|is|are|has|have|had|could|can|will|would|may)\b[^?]*\?\W*$", re.IGNORECASE
)
_MAX_CLIMB = 6
# "A plane that normally carries tourists to Phuket" tells of no flight.
_HABITUAL = frozenset({"normally", "usually", "typically", "ordinarily", "generally", "mostly"})
# "It takes nine hours to fly from A to B", "planes of this type fly to C": of no flight in particular.
_IN_GENERAL = re.compile(
    r"\b(?:it|which) (?:takes|would take|can take|normally took) (?:[\w-]+ ){1,5}(?:hours?|minutes|days) to\b"
    r"|\b(?:aircraft|planes|jets|helicopters|flights) of (?:this|that) (?:type|kind|class|size|sort)\b",
    re.IGNORECASE,
)
_DISPUTING = frozenset({"deny", "reject", "refute", "dismiss"})


def outcome(cue: Cue, sentence: Span) -> Outcome:
    """What the sentence says of the movement that `cue` tells of."""
    if _ASKED.match(sentence.text) or (
        cue.token.tag_ in {"VB", "VBP", "VBZ"} and _IN_GENERAL.search(sentence.text)
    ):
        return Outcome.TALK
    if (_permission_refused(sentence) and cue.word.frame is not Frame.RETURN) or cue.word.frame is Frame.TURN:
        return Outcome.NOT_DONE
    return _of_noun(cue.token) if cue.nominal else _of_verb(cue)


def _of_verb(cue: Cue) -> Outcome:
    token = cue.token
    if cue.word.lemma in {"due in", "expected in"}:
        return Outcome.NOT_DONE
    if (
        token.tag_ == "VB"
        and token.head == token
        and not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in token.children)
    ):
        return Outcome.TALK
    for step in range(_MAX_CLIMB):
        found = _by_auxiliaries(token, cue.word.air)
        if found is not Outcome.DONE:
            return found
        if step and token.lemma_.lower() in _UNDONE and not _as_noun(token):
            return Outcome.NOT_DONE
        if token.dep_ == "ccomp" and token.head.lemma_.lower() in _NOT_SAYING_SO:
            return Outcome.TALK
        if any(
            c.dep_ in {"nsubj", "nsubjpass"} and any(d.dep_ == "det" and d.lower_ == "no" for d in c.children)
            for c in token.children
        ):
            return Outcome.TALK
        if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in token.children):
            return Outcome.TALK
        head = token.head
        if head == token or (
            token.dep_ not in _TRANSPARENT and not _coordinated_without_own(token) and not _in_purpose(token)
        ):
            break
        if token.dep_ == "xcomp" and head.lemma_ == "be" and any(c.tag_ == "TO" for c in token.children):
            return Outcome.NOT_DONE
        token = head
    return Outcome.NOT_DONE if _to_be_done(token) else Outcome.DONE


def _by_auxiliaries(token: Token, air: bool) -> Outcome:
    words = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in _NOBODY for c in token.children):
        return Outcome.TALK
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children):
        # "It has not flown since", "it could not have flown": of no flight that was planned.
        since = any(c.lower_ == "since" for c in token.children)
        return Outcome.TALK if since or (words & _POSSIBLE and "have" in words) else Outcome.NOT_DONE
    if token.tag_ in {"VBZ", "VBP"} and any(c.lower_ in _HABITUAL for c in token.children):
        return Outcome.TALK
    if words & _FUTURE or "would" in words:
        return Outcome.PLANNED if not ("would" in words and "have" in words) else Outcome.NOT_DONE
    if "should" in words and "have" in words:
        return Outcome.NOT_DONE
    if words & _POSSIBLE:
        return Outcome.DONE if air and "have" in words else Outcome.TALK
    return Outcome.DONE


def _to_be_done(token: Token) -> bool:
    """ "Was to have taken", "is to land": the infinitive that spaCy hangs on "be"."""
    return (
        token.dep_ in {"xcomp", "ccomp", "acl"}
        and token.head.lemma_ == "be"
        and any(c.tag_ == "TO" for c in token.children)
    )


def _as_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"}


def _coordinated_without_own(token: Token) -> bool:
    """ "Will leave Minsk and land in Bamako": the second verb shares the auxiliary of the first."""
    if token.dep_ != "conj" or token.pos_ != "VERB":
        return False
    return (
        token.tag_ in {"VB", "VBN", "VBG"}
        and not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in token.children)
        and token.head.lemma_.lower() not in _UNDONE
    )


def _in_purpose(token: Token) -> bool:
    return token.dep_ in {"acl", "advcl"} and any(c.tag_ == "TO" for c in token.children)


def _of_noun(token: Token) -> Outcome:
    for child in token.children:
        if child.lower_ in _OF_ATTRIBUTE or (child.dep_ == "det" and child.lower_ == "no"):
            return Outcome.NOT_DONE
        if child.dep_ in {"acl", "relcl"} and child.lemma_.lower() in _UNDOES_NOUN and child.tag_ == "VBN":
            return Outcome.NOT_DONE
    head, way = token.head, token.dep_
    if way == "compound" and head.lower_ in _REQUEST:
        return Outcome.NOT_DONE if head.head.lemma_.lower() in _UNDOES_NOUN else Outcome.TALK
    if way == "attr" and token.i and token.nbor(-1).lower_ in {"hour", "minute", "hours", "minutes", "hop"}:
        return Outcome.TALK
    if way == "pobj" and head.lower_ in {"for", "of", "to", "about", "on"} and head.head.lower_ in _REQUEST:
        withdrawn = head.head.head.lemma_.lower() in _UNDOES_NOUN
        return Outcome.NOT_DONE if withdrawn else Outcome.TALK
    if way == "pobj" and head.lower_ == "about":
        return Outcome.TALK
    if way == "dobj" and head.dep_ == "xcomp" and head.head.lemma_.lower() in _UNDONE:
        return Outcome.NOT_DONE
    if way in {"nsubj", "nsubjpass", "dobj"} and head.pos_ in {"VERB", "AUX"}:
        verbs = [head, *(c for c in head.children if c.dep_ == "conj")]
        if way == "dobj" and head.lemma_.lower() in _DISPUTING and not _indefinite(token):
            return Outcome.TALK
        if way != "nsubj" and any(v.lemma_.lower() in _UNDOES_NOUN for v in verbs):
            return Outcome.NOT_DONE
        if head.lemma_ == "call" and any(c.lower_ == "off" for c in head.children):
            return Outcome.NOT_DONE
        # "Nobody disputes the flights" and "the flight may have carried" leave it flown.
        return (
            _by_auxiliaries(head, air=True)
            if head.lemma_.lower() in _OCCURRENCE - {"carry"}
            else Outcome.DONE
        )
    return Outcome.DONE


def _indefinite(token: Token) -> bool:
    return any(c.lower_ in {"a", "an"} or c.dep_ == "nummod" for c in token.children)


def _permission_refused(sentence: Span) -> bool:
    nouns = any(t.lower_ in PERMISSION for t in sentence)
    return any(_lets_not(t) or (nouns and _refuses(t)) for t in sentence)


def _lets_not(token: Token) -> bool:
    """ "Refused to let the plane cross its airspace"."""
    return token.lemma_.lower() == "refuse" and any(
        c.dep_ == "xcomp" and c.lemma_ in {"let", "allow", "permit"} for c in token.children
    )


def _refuses(token: Token) -> bool:
    return (
        token.lemma_.lower() in {"refuse", "deny", "withhold", "revoke", "reject", "withdraw", "cancel"}
        and token.pos_ == "VERB"
        and not any(c.dep_ in {"ccomp", "xcomp"} for c in token.children)
    )


def undone_before(sentence: Span) -> bool:
    """Whether a sentence undoes the flight told before: "The flight was cancelled", "It had not", "It was
    turned back".
    """
    words = [t for t in sentence if not t.is_space and not t.is_punct]
    if (
        2 <= len(words) <= 4
        and (words[0].pos_ == "PRON" or (words[0].pos_ == "DET" and _definite_flight(words[1])))
        and words[-1].dep_ == "neg"
        and words[-2].lemma_ in {"have", "do", "be"}
    ):
        return True
    return _RETRACTED.match(sentence.text) is not None or any(_undoes(t) for t in sentence)


def _undoes(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if lemma in _DISPUTING and not any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        # "The operator denied it": what a party says of a claim does not undo the flight.
        return False
    particles = {c.lower_ for c in token.children}
    whole = (
        lemma in _UNDOES_ITS_OBJECT
        or (lemma == "call" and "off" in particles)
        or (lemma == "turn" and particles & {"back", "away", "around"})
    )
    if not whole or token.pos_ != "VERB" or any(c.dep_ in {"ccomp", "xcomp", "neg"} for c in token.children):
        return False
    return any(c.dep_ in {"dobj", "nsubjpass", "nsubj"} and _definite_flight(c) for c in token.children)


def _definite_flight(token: Token) -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in {"it", "they", "both"}
    return token.lemma_.lower() in {
        "flight",
        "trip",
        "landing",
        "plane",
        "aircraft",
        "jet",
        "departure",
    } and any(c.lower_ in {"the", "this", "that", "both"} for c in token.children)
