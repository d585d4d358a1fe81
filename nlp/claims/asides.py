"""Clauses of saying between commas: ", X said" at the end of a sentence, ", X recalls," within it.

They are read by their words alone: where the parser hangs them on some noun before, the tree has lost them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from tailgraph.graph.model import Kind, Slot
from tailgraph.nlp.claims.cues import is_cue
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.slots import PARTIES, slot_of
from tailgraph.nlp.claims.speakers import Speakers

# Words that open a clause of its own, in which somebody says something else.
_LINKING = frozenset(
    "which who whose that and but because when where while if what after before since until though "
    "although".split()
)
_FINITE = ("VBD", "VBZ", "VBP")
_CLAUSE_LENGTH = 14
# How many words around an act its sentence is searched; keeps endless sentences linear.
_REACH = 80


@dataclass(frozen=True)
class Aside:
    verb: Token
    sources: list[Slot]


def set_off(cue: Token, speakers: Speakers, discourse: Discourse) -> Aside | None:
    """Who says the sentence of an act, by a clause between commas; the last one counts."""
    for clause in _segments(cue):
        verb = _says(clause)
        if verb is not None:
            return Aside(verb, _sources(clause, verb, speakers, discourse))
    return None


def per(cue: Token) -> list[Token]:
    """ "Per X, …", "…, per X": who is credited, where a comma sets him off ("200 per month" is a rate)."""
    for token in _around(cue):
        if token.lower_ != "per" or not (token.is_sent_start or token.nbor(-1).text in (",", "–", "—")):
            continue
        return [c for c in token.children if c.dep_ == "pobj"]
    return []


def _says(clause: list[Token]) -> Token | None:
    """The verb of saying of a clause that says nothing of its own."""
    verbs = [t for t in clause if t.tag_ in _FINITE]
    if len(verbs) != 1 or not is_cue(verbs[0], "say", "allege", "suspect"):
        return None
    verb = verbs[0]
    own = any(c.dep_ in ("ccomp", "xcomp") and c in clause for c in verb.children)
    own = own or (is_cue(verb, "allege") and any(c.dep_ == "dobj" for c in verb.children))
    linked = any(t.lower_ in _LINKING for t in clause[: clause.index(verb)])
    return None if own or linked else verb


def _sources(clause: list[Token], verb: Token, speakers: Speakers, discourse: Discourse) -> list[Slot]:
    found = [slot_of(m) for m in discourse.between(clause[0].idx, verb.idx, *PARTIES)]
    if not found and verb.lemma_ == "tell":
        heard = discourse.between(verb.idx, clause[-1].idx + 1, Kind.ORGANIZATION)
        found = [slot_of(m) for m in heard]
    if not found:
        subjects = [t for t in clause if t.dep_ in ("nsubj", "appos") and t.pos_ in ("NOUN", "PRON")]
        found = [s for t in subjects[:1] for s in speakers.of(t)]
    return found


def _segments(cue: Token) -> Iterator[list[Token]]:
    """The stretches between commas of a sentence that do not hold the cue, the last ones first."""
    words = [t for t in _around(cue) if not t.is_space]
    while words and (words[-1].is_punct or words[-1].text in "\"'”’"):
        words.pop()
    cuts = [i for i, t in enumerate(words) if t.text in (",", "–", "—", "(", ")")] + [len(words)]
    for first, last in reversed(list(pairwise(cuts))):
        segment = words[first + 1 : last]
        if segment and cue not in segment and len(segment) <= _CLAUSE_LENGTH:
            yield segment


def _around(cue: Token) -> Span:
    """The words of a sentence within reach of an act."""
    sentence = cue.sent
    return cue.doc[max(sentence.start, cue.i - _REACH) : min(sentence.end, cue.i + _REACH)]
