"""Places called back without their names: "there", "from where", "the desert airstrip"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.locations import Location, Relation
from tailgraph.nlp.flights_told.standing import DISTANCES, RELATIONS

_CALLED_BACK = frozenset(
    {"airport", "airfield", "airbase", "airstrip", "strip", "base", "field", "city", "town", "island"}
)
_CALLS_BACK = re.compile(r"\b(?:there|where|here|" + "|".join(sorted(_CALLED_BACK)) + r")\b", re.IGNORECASE)


def called_back(
    annotated: Annotated,
    sentence: Span,
    found: list[Location],
    last: Location | None,
    spoken_of: Location | None,
) -> Iterator[Location]:
    """ "There", "from where", "the desert airstrip": the place or airport named before; no airstrip is where
    a plane was lost (`spoken_of`)."""
    if not _CALLS_BACK.search(sentence.text):
        return
    for token in sentence:
        if any(here.start <= token.idx < here.end for here in found):
            continue
        going = token.i > 0 and token.nbor(-1).lower_ == "to"
        ends = {Relation.TO, Relation.FOR}
        before = [h for h in found if h.end <= token.idx and (h.exact or h.relation in ends)]
        if going and before and before[-1].relation is Relation.FROM:
            before = []
        if token.i and token.nbor(-1).lower_ == "from":
            # "Came to Larnaca from Tel Aviv and went on from there": where it came to.
            before = [h for h in before if h.relation is not Relation.FROM] or before
        meant = before[-1] if before else spoken_of if token.lower_ in _CALLED_BACK else last
        if meant is None:
            continue
        relation = _calling(annotated, token)
        if relation:
            yield replace(
                meant, start=token.idx, end=token.idx + len(token), first=token.i, relation=relation
            )


def _calling(annotated: Annotated, token: Token) -> Relation | None:
    doc = annotated.doc
    if token.lower_ in {"there", "where", "here"} and token.dep_ != "expl" and token.i:
        before = doc[token.i - 1].lower_
        if before == "from":
            return Relation.FROM
        if token.lower_ == "there":
            return Relation.AT if doc[token.i - 1].pos_ in {"VERB", "ADV", "ADP", "PART"} else None
        return None
    if (
        token.lower_ in _CALLED_BACK
        and token.dep_ == "pobj"
        and any(c.lower_ in {"the", "this", "that", "same"} for c in token.children)
        and not any(c.dep_ in {"prep", "appos"} or c.pos_ == "PROPN" for c in token.children)
        and not annotated.mention_at(token)
    ):
        link = token.head
        if link.lower_ == "from" and link.i and link.nbor(-1).lower_ in DISTANCES:
            # "Ten kilometres from the airport".
            return None
        relation = RELATIONS.get(link.lower_)
        return relation if relation in {Relation.FROM, Relation.TO, Relation.AT} else None
    return None
