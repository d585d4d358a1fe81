"""Text to Extraction: the one door of the language side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module, util
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from tailgraph.graph.model import Document, Extraction, Passage
from tailgraph.nlp import (
    arithmetic,
    coreference,
    entities,
    language,
    local_names,
    mentions,
    models,
    tagging,
    text,
    tokens,
    user_lexicon,
    version,
    vocabulary,
)
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.candidates import View
from tailgraph.nlp.lexicon import Lexicon

MOST_LEXEMES = 50_000
"""Made since the tables of words were laid: 2,000 short reports. Laying them takes a tenth of a second."""


class Extractor:
    """A loaded model and its lexicons; `extract` may be called any number of times."""

    def __init__(self, nlp: Language, lexicon: Lexicon, made_by: str) -> None:
        self._nlp = nlp
        self._lexicon = lexicon
        self.version = made_by

    @classmethod
    def load(cls, model: str | None = None, lexicons: Sequence[Path] = ()) -> Extractor:
        """The extractor with this spaCy model (None: the best installed) and a user's own lexicon files."""
        lexicon = user_lexicon.added(vocabulary.standard(), lexicons)
        nlp = models.load(model)
        tokens.customise(nlp)
        tagging.quicken(nlp)
        arithmetic.quicken(nlp)
        return cls(nlp, lexicon, version.extractor_version(model, lexicons))

    def extract(self, document: Document) -> Extraction:
        """All entities, mentions and claims of a report; deterministic for one version."""
        # Else the model keeps every new word of every report, and memory grows with each.
        with self._nlp.memory_zone():
            extraction = self._extracted(self.annotate(document))
        if len(self._nlp.vocab) > MOST_LEXEMES:
            tokens.forget(self._nlp)
        return extraction

    def _extracted(self, annotated: Annotated) -> Extraction:
        return local_names.localised(
            Extraction(
                document=annotated.document,
                extractor=self.version,
                passages=annotated.passages,
                entities=annotated.entities,
                mentions=annotated.mentions,
                allegations=_claims("tailgraph.nlp.allegations", annotated),
                flights=_claims("tailgraph.nlp.reported_flights", annotated),
            )
        )

    def annotate(self, document: Document) -> Annotated:
        """The report parsed, with its entities; what the claim finders read."""
        code = language.of(document.content)
        document = document.model_copy(update={"language": code})
        doc = self.parse(document.content) if code == language.ENGLISH else self._unparsed(document.content)
        view = View(
            content=document.content, doc=doc, title_end=len(document.title), publisher=document.publisher
        )
        passages = _passages(doc)
        chosen = mentions.find(view, self._lexicon)
        if code != language.ENGLISH:
            chosen = [c for c in chosen if not language.is_common_noun(view.text(c))]
        found, named = entities.build(view, chosen, passages)
        return Annotated(
            document=document,
            doc=doc,
            passages=passages,
            entities=found,
            mentions=named,
            references=coreference.references(doc, found, named),
        )

    def parse(self, content: str) -> Doc:
        """One Doc over the whole content, parsed piece by piece; token offsets are offsets of `content`."""
        safe = text.guarded(content)
        docs = list(self._nlp.pipe(safe[start:end] for start, end in text.pieces(safe)))
        if not docs:
            return self._nlp("")
        return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)

    def _unparsed(self, content: str) -> Doc:
        """Tokens only, sentences by paragraph: what can be had of a language that no parser here reads."""
        made = self._nlp.make_doc(text.guarded(content))
        # Laid anew: a token that a tokenizer's exception made ("'", "c'm") has no valid edges before a parse,
        # and reading its children is a crash of the process.
        doc = Doc(made.vocab, words=[t.text for t in made], spaces=[bool(t.whitespace_) for t in made])
        starts = set(text.paragraphs(content))
        for token in doc:
            token.is_sent_start = token.idx in starts
        return doc


def _passages(doc: Doc) -> tuple[Passage, ...]:
    """Sentences without the white space around them."""
    passages: list[Passage] = []
    for sentence in doc.sents:
        raw = sentence.text
        stripped = raw.strip()
        if stripped:
            start = sentence.start_char + raw.index(stripped)
            passages.append(Passage(index=len(passages), start=start, end=start + len(stripped)))
    return tuple(passages)


def _claims(module: str, annotated: Annotated) -> tuple[Any, ...]:
    if not _exists(module) or annotated.document.language != language.ENGLISH:
        return ()
    find: Callable[[Annotated], tuple[Any, ...]] = import_module(module).find
    return find(annotated)


@cache
def _exists(module: str) -> bool:
    return util.find_spec(module) is not None
