"""A second denier whose verb is left out: "which Pyongyang called a lie and Prigozhin himself 'gossip'".

Parsers make one noun of the second denier and what he calls the claim, so that it is read from the words.
"""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.slots import PARTIES, slot_of

_BETWEEN = frozenset(
    {"a", "an", "the", "himself", "herself", "itself", "themselves", "pure", "sheer", "mere"}
)
_JOINING = frozenset({"and", "while", "but", ","})
_QUOTES = frozenset({'"', "“", "``", "‘", "'"})
# How far back the verb of calling may stand.
_REACH = 24


def second_caller(report: Annotated, word: Token) -> list[Slot]:
    """Who, named right before a word of denying and joined by "and", calls the claim so; nobody where no verb
    of calling stands before."""
    doc, start = word.doc, word.sent.start
    i = word.i - 1
    while i > start and (
        doc[i].lower_ in _BETWEEN
        or doc[i].text in _QUOTES
        or doc[i].pos_ == "ADJ"
        or _describes(report, doc[i], word)
    ):
        i -= 1
    mention = report.mention_at(doc[i])
    if mention is None or mention.entity.kind not in PARTIES or i >= word.i:
        return []
    first = i
    while first > start and doc[first].idx > mention.start:
        first -= 1
    before = doc[first - 1] if first > start else None
    if before is not None and before.lower_ == "the" and first - 1 > start:
        before = doc[first - 2]
    if before is None or before.lower_ not in _JOINING:
        return []
    calling = any(
        t.lemma_ in wordset("calling") and t.pos_ == "VERB" for t in doc[max(start, first - _REACH) : first]
    )
    return [slot_of(mention)] if calling else []


def _describes(report: Annotated, token: Token, word: Token) -> bool:
    """ "Fairy" of "a fairy tale"."""
    return token.dep_ == "compound" and token.head == word and report.mention_at(token) is None
