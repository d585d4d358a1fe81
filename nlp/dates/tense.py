"""What the clause around a date says of its time: that it lies ahead, or that something counts from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token

_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_PLANNING = frozenset(
    {"plan", "schedule", "due", "expect", "intend", "mean", "set", "slate", "hope", "pencil"}
)
_MAX_CLIMB = 30


class Clauses:
    """The clauses of a parsed text, asked by the offset of a date in them."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._offsets = [token.idx for token in doc]

    def look_ahead(self, start: int) -> bool:
        """ "Will fly on Friday", "is due back on Sunday": whether the clause speaks of the future."""
        for token in self._upward(start):
            if token.pos_ in {"VERB", "AUX", "ADJ"} and _is_future(token):
                return True
            if token.pos_ == "VERB" and token.dep_ in {"ROOT", "relcl", "advcl", "ccomp"}:
                return False
        return False

    def count_from(self, start: int) -> bool:
        """ "Since war broke out in April": whether something counts from what the clause tells."""
        verb = next((t for t in self._upward(start) if t.pos_ in {"VERB", "AUX"} or t.head == t), None)
        return verb is not None and any(
            c.lower_ == "since" and c.dep_ in {"mark", "advmod", "prep"} and c.i < verb.i
            for c in verb.children
        )

    def _upward(self, start: int) -> Iterator[Token]:
        """The token at the offset and those above it in the parse."""
        if not self._offsets:
            return
        token: Token = self._doc[max(0, bisect_right(self._offsets, start) - 1)]
        for _ in range(_MAX_CLIMB):
            yield token
            if token.head == token:
                return
            token = token.head


def _is_future(token: Token) -> bool:
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & _FUTURE:
        return True
    if "would" in auxiliaries and "have" not in auxiliaries and token.dep_ == "ccomp":
        # "He said that a C-2 would set out on Thursday."
        return True
    if token.lower_ in {"is", "are"}:
        return _is_to(token) or any(
            child.lemma_.lower() in _PLANNING for child in token.children if child.dep_ in {"acomp", "attr"}
        )
    present = auxiliaries & {"is", "are", "'s", "’s"} or token.tag_ in {"VBZ", "VBP"}
    head_present = token.head.lower_ in {"is", "are"}
    return token.lemma_.lower() in _PLANNING and bool(present or head_present)


def _is_to(token: Token) -> bool:
    """ "She is to travel on Friday"."""
    return any(
        child.dep_ == "xcomp" and child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        for child in token.children
    )
