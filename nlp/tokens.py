"""Tokens that keep designators whole: Il-62M, RA-82035, 15:40Z, 152-mm, N'Djamena; sentences that end with
the paragraph.

Without this the parser sees "15 : 40 Z" as four words and hangs the next clause on one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from tailgraph.nlp import datelines, repairs

_WHOLE = re.compile(
    r"""
    [A-Z][A-Za-z]{0,3}[-‑–]\d{1,4}[A-Za-z]{0,5}(?:[-‑]\d{1,4}[A-Za-z]{0,3})?  # Il-62M, Il-96-300, KN-23
  | [A-Z0-9]{1,2}[-‑][A-Z0-9]{2,6}                                              # RA-82035, 4X-JYT, P-632
  | [A-Z]{2,4}[-‑][A-Z]{2,5}                                                    # ST-EWN
  | \d{3}-\d{1,3}[A-Za-z]{0,4}                                                  # 747-200F, 767-300s
  | \d{2}-\d{4}                                                                 # 16-0055
  | [012]?\d[:.][0-5]\d(?::[0-5]\d)?(?:[Zz]|[ap]m)?                             # 15:40Z, 1.40am
  | [0-2]\d[0-5]\dZ                                                             # 0130Z
  | \d{1,3}(?:\.\d{1,2})?[-‑]?mm                                                # 152-mm, 7.62mm
  | \d{1,3}(?:st|nd|rd|th)
  | (?:[NMd]|[DLO]|Sh?a|Qu?r?)['’ʼ][A-Z][\w]+(?:-[\w]+)?                         # N'Djamena, M'Poko, d'Ivoire
  | al-[A-Z]\w+ | el-[A-Z]\w+ | [Aa]d-[A-Z]\w+ | [Aa]s-[A-Z]\w+ | [Aa]r-[A-Z]\w+ | [Aa]n-[A-Z][a-z]\w+
  | [Rr]e-(?:ex|im|sold|sell|suppl|sale)\w*                                        # re-exported
  | [Ff]ly-(?:in|by|past)s?                                                        # gatherings, no flights
  | (?:[A-Z]\.){2,5}
    """,
    re.VERBOSE,
)
_NOT_WORDS = ("vectors", "lookups")
SENTENCES = "tailgraph_paragraphs"
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def customise(nlp: Language) -> None:
    """Teach a loaded model our tokens and paragraph ends; once per model."""
    if SENTENCES in nlp.pipe_names:
        return
    tokenizer = nlp.tokenizer
    inherited = cast("Callable[[str], object] | None", getattr(tokenizer, "token_match", None))

    def token_match(text: str) -> object:
        return _WHOLE.fullmatch(text) or (inherited(text) if inherited else None)

    tokenizer.token_match = token_match  # type: ignore[union-attr]
    nlp.add_pipe(SENTENCES, before="parser")
    nlp.add_pipe(repairs.TREES)


def forget(nlp: Language) -> None:
    """Lay a model's tables of words anew, and empty its lemmas; not within a memory zone.

    A zone gives the words back that it brought, but their places in the tables stay marked, and the tables
    double whenever too few are left.
    """
    vocab: Any = nlp.vocab
    getters = dict(vocab.lex_attr_getters)
    vocab.from_bytes(vocab.to_bytes(exclude=_NOT_WORDS), exclude=_NOT_WORDS)
    # spaCy puts another look-up of norms around the one that is there, each time.
    vocab.lex_attr_getters.update(getters)
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, Lemmatizer):
            pipe.cache.clear()


@Language.component(SENTENCES)
def end_sentences_with_paragraphs(doc: Doc) -> Doc:
    """A sentence never runs over a paragraph break, and never ends behind a plain word ("Two | Il-76s took
    off"); a dateline is one by itself, else its outlet becomes a part of what follows.

    The parser fills in the rest."""
    for start, end in datelines.spans(doc.text):
        if tokens := doc.char_span(start, end, alignment_mode="contract"):
            for token in tokens[1:]:
                token.is_sent_start = False
            if tokens.end < len(doc):
                doc[tokens.end].is_sent_start = True
    broken = False
    for token in doc:
        if broken and not token.is_space:
            token.is_sent_start = True
            broken = False
        elif token.is_space:
            broken = broken or _PARAGRAPH_BREAK.search(token.text) is not None
        elif token.i and doc[token.i - 1].text[-1].isalnum():
            token.is_sent_start = False
    return doc
