"""Quoted stretches of a report and the verbs of saying that attribute them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from tailgraph.graph.model import Kind
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset

_MARKS = frozenset(['"', "“", "”", "''", "``"])
_AFTER, _BEFORE = 12, 15
# How far behind a quote the verb of a name may stand that is no verb of saying.
_INVERTED = 4


def quotes(report: Annotated) -> Iterator[tuple[Span, Token | None]]:
    """Each quote with the verb that attributes it, in its own sentence or one beside it. A quote without
    one, in
    the same paragraph as the quote before, is by the same speaker, and so is one that is a paragraph by
    itself. An open quote ends with its paragraph."""
    doc = report.doc
    opened: int | None = None
    last: Token | None = None
    before: Token | None = None
    for token in doc:
        if "\n\n" in token.text:
            before, opened, last = last, None, None
        elif token.text in _MARKS:
            if opened is None:
                opened = token.i
                continue
            span = doc[opened : token.i + 1]
            last = _attributing(span) or last or _before_sentence(span, report)
            if last is None and _is_paragraph(span):
                last = before
            yield span, last
            opened = None


def _attributing(span: Span) -> Token | None:
    """The verb of saying just after a quote, else just before it."""
    doc = span.doc
    for token in doc[span.end : min(span.end + _AFTER, len(doc))]:
        if "\n" in token.text or token.text in _MARKS:
            break
        if _says(token) and token.tag_ != "VBG":
            return token
        if token.i <= span.end + _INVERTED and _retorts(token, span):
            return token
        if token.text == "." and token.i > span.end:
            break
    for token in reversed(doc[max(0, span.start - _BEFORE) : span.start]):
        if "\n" in token.text or token.text in _MARKS:
            break
        if _says(token):
            return token
        if token.is_sent_start and token.sent.start != doc[span.start].sent.start:
            break
    return _before_colon(span)


def _before_colon(span: Span) -> Token | None:
    """ "The minister: '…'": the noun of a phrase without a verb that a colon sets before a quote."""
    doc, colon = span.doc, span.start - 1
    if colon < 1 or doc[colon].text != ":":
        return None
    start = colon
    while start > max(0, colon - _BEFORE) and not _ends(doc[start - 1]):
        start -= 1
    words = doc[start:colon]
    if not words or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words):
        return None
    return words.root if words.root.pos_ in ("NOUN", "PROPN") else None


def _is_paragraph(quote: Span) -> bool:
    """Whether a quote is all that its paragraph holds: who spoke in the paragraph before speaks on."""
    doc = quote.doc
    opens = quote.start > 0 and "\n\n" in doc[quote.start - 1].text
    return opens and (quote.end == len(doc) or "\n" in doc[quote.end].text)


def _retorts(verb: Token, span: Span) -> bool:
    """ "'Fiction,' Bucharest shot back": any verb whose subject alone stands between it and a quote that ends
    with a comma."""
    if verb.tag_ not in ("VBD", "VBZ") or len(span) < 3 or span[-2].text not in (",", "!", "?"):
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i >= span.end), None)
    objects = any(
        c.dep_ in ("dobj", "attr", "acomp", "ccomp", "xcomp") and c.i > verb.i for c in verb.children
    )
    return subject is not None and subject.left_edge.i == span.end and not objects


def _before_sentence(span: Span, report: Annotated) -> Token | None:
    """ "The ministry in Bucharest was brief. 'This is false.'": the one whom a short sentence without a verb
    of saying introduces before a quote of whole sentences."""
    doc = span.doc
    if span.start == 0 or doc[span.start].i != doc[span.start].sent.start:
        return None
    sentence = doc[span.start - 1].sent
    if len(sentence) > _BEFORE or any(t.text in _MARKS or "\n\n" in t.text for t in sentence):
        return None
    subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
    if subject is None or sentence.root.pos_ not in ("VERB", "AUX"):
        return None
    mention = report.mention_at(subject)
    person = mention is not None and mention.entity.kind == Kind.PERSON
    speaks = subject.lemma_.lower() in wordset("official") | wordset("agents") | wordset("bodies")
    return subject if person or speaks else None


def _ends(token: Token) -> bool:
    return token.text in (".", "?", "!", ";") or "\n" in token.text or token.text in _MARKS


def _says(token: Token) -> bool:
    return word_class(token) == "verb" and is_cue(token, "say", "allege", "deny", "suspect")
