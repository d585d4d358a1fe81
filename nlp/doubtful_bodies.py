"""Bodies whose listed name is a word or a shared abbreviation, too: "Stern", "The Hill", "BIA", "X".

Such a name is the body only where the report says so: its state or its full name is told, or the words
beside it are those that stand beside a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.context import as_source, speaks
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import Hit

ROLE = "body?"
_ARTICLE = re.compile(r"[^.!?:\n“\"] The $")
_WITH_ARTICLE = re.compile(r"\b[Tt]he $")
_X = re.compile(
    r"\b(?:[Oo]n|to|via|platform|network) (X)(?=[,.;:)’”\"]| (?:that|by|in|after|on|and|formerly)\b)"
)
_POSTING = re.compile(r"\b(?:post\w*|wrote|tweet\w*|account|platform|formerly|video|users?|said|message)\b")


class Backing:
    """What in a report backs doubtful names: the states and the bodies that it names beyond doubt."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        senses = [s for hit in hits for s in hit.senses if len(hit.senses) == 1]
        located = [s for s in senses if s.kind is Kind.PLACE]
        # "Congo" may be either; where it stands, a body of either may be meant.
        located += [s for hit in hits for s in hit.senses if s.kind is Kind.COUNTRY]
        self._states = frozenset(s.country for s in located if s.country)
        self._bodies = frozenset(s.id for s in senses if s.kind is Kind.ORGANIZATION and s.role != ROLE)

    def backs(self, view: View, candidate: Candidate) -> bool:
        """Is the doubtful name the body here?"""
        text = view.text(candidate)
        if candidate.id in self._bodies:
            return True
        if text.isupper() and len(text) <= 5:
            return candidate.country in self._states
        if candidate.name.startswith("The ") and not _WITH_ARTICLE.search(
            view.content[max(candidate.start - 5, 0) : candidate.start]
        ):
            return False
        return _beside_source_words(view, candidate)


def _beside_source_words(view: View, candidate: Candidate) -> bool:
    content = view.content
    span = view.span(candidate.start, candidate.end)
    after = view.doc[span.end : span.end + 1]
    return (
        as_source(view, span.start)
        or speaks(span.root)
        or bool(_ARTICLE.search(content[max(candidate.start - 7, 0) : candidate.start]))
        or (len(after) > 0 and after[0].lower_ in cues("context: titles of media"))
    )


def platforms(view: View) -> Iterator[Candidate]:
    """ "on X", where somebody posts."""
    for match in _X.finditer(view.content):
        around = view.content[max(match.start() - 60, 0) : match.end() + 60]
        if _POSTING.search(around):
            yield Candidate(
                match.start(1),
                match.end(1),
                Kind.ORGANIZATION,
                "X (formerly Twitter)",
                None,
                "X",
                "shape",
                0.8,
                rank=48,
            )
