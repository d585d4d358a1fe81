"""The grammatical subject of a word of movement, over participles, relative clauses and accusations."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.cues import cues
from tailgraph.nlp.dates.days import MONTHS, WEEKDAYS
from tailgraph.nlp.flights_told.modality import PERMISSION
from tailgraph.nlp.flights_told.words import Cue, movement_words

# Verbs whose object does what the verb below says: "forced the jet to land", "saw it leaving".
_OBJECT_MOVES = cues("flights told: the object moves")
# Links over which a verb has the subject of the one above it.
_UPWARD = frozenset("conj xcomp advcl aux auxpass prep pcomp dobj pobj attr prt advmod npadvmod".split())


def subject_of(cue: Cue) -> Token | None:
    """The grammatical subject, or what the participle or relative clause hangs on."""
    token = cue.token
    for _ in range(5):
        subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"} and not _is_day(c)]
        subjects = [c for c in subjects if c.i < cue.first] or (subjects if token == cue.token else [])
        if subjects:
            if subjects[-1].tag_ in {"WDT", "WP"} and token.dep_ == "relcl":
                return token.head
            return subjects[-1]
        if token.dep_ == "acl" and token.head.lower_ in PERMISSION:
            token = token.head
            continue
        if token.dep_ in {"relcl", "acl"}:
            return token.head
        if token.dep_ in {"xcomp", "ccomp", "advcl"} and token.head.lemma_.lower() in _OBJECT_MOVES:
            moved = [c for c in token.head.children if c.dep_ == "dobj" and c.i < token.i]
            # "Made a trip to Vladivostok, returning at noon": the trip is no mover.
            if moved and moved[-1].lower_ not in movement_words():
                return moved[-1]
        if accused := blamed(token):
            return accused
        if token.head == token or token.dep_ not in _UPWARD:
            return None
        token = token.head
    return None


def _is_day(token: Token) -> bool:
    """ "… stopped in Baku, and on Monday the 6th landed": what the parser takes for a subject."""
    before = token.doc[max(token.i - 2, 0) : token.i]
    return token.lower_ in WEEKDAYS or (
        token.text[0].isdigit() and any(t.lower_ in {*WEEKDAYS, *MONTHS} for t in before)
    )


def blamed(token: Token) -> Token | None:
    """Whom "accused Moscow of flying rockets to Aleppo" accuses, though "flying" may hang on the rockets."""
    inner = token.head if token.dep_ == "amod" and token.tag_ == "VBG" and token.i < token.head.i else token
    preposition = inner.head
    if inner.dep_ not in ({"pcomp"} if inner is token else {"pobj"}):
        return None
    words = {"of", "for", "from", "with"} if inner is token else {"of"}
    if preposition.lower_ not in words:
        return None
    return next((c for c in preposition.head.children if c.dep_ == "dobj"), None)


def is_passive(token: Token) -> bool:
    ways = {c.dep_ for c in token.children}
    if ways & {"auxpass", "nsubjpass"}:
        return True
    # A past tense that the tagger takes for a participle has a subject and no auxiliary.
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    return token.tag_ == "VBN" and not perfect and ("nsubj" not in ways or "aux" in ways)
