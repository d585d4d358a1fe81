"""The dependency tree of a parsed document, open to changes: heads, labels and tags by token."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token


def infinitive(nlp: Language, participle: str, tag: str) -> str:
    """The infinitive of a participle that is tagged VBG or VBN."""
    alone = Doc(nlp.vocab, words=[participle], tags=[tag], pos=["VERB"])
    if nlp.has_pipe("lemmatizer"):
        alone = nlp.get_pipe("lemmatizer")(alone)
    return alone[0].lemma_ or participle


class Tree:
    """A parsed document whose tree is being mended; `doc` makes a new document of it, words unchanged."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.heads = [t.head.i for t in doc]
        self.deps = [t.dep_ for t in doc]
        self.tags = [t.tag_ for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.lemmas = [t.lemma_ for t in doc]
        self._morphs: dict[int, str] = {}
        self._changed = False

    def hang(self, word: int, head: int, dep: str) -> None:
        """Make `word` depend on `head`; a word that is its own head is a root."""
        self.heads[word], self.deps[word] = head, dep
        self._changed = True

    def tag(self, word: int, tag: str, pos: str, lemma: str) -> None:
        """Give `word` another part of speech."""
        self.tags[word], self.pos[word], self.lemmas[word] = tag, pos, lemma
        self._changed = True

    def write(self, word: int, token: Token, head: int) -> None:
        """Give `word` the label, tags and lemma of another reading of it, under `head`."""
        self.hang(word, head, token.dep_)
        self.tags[word], self.pos[word] = token.tag_, token.pos_
        self.lemmas[word], self._morphs[word] = token.lemma_, str(token.morph)

    def below(self, word: int, sentence: Span) -> list[int]:
        """The words of its sentence that hang on it, in order."""
        return [w for w in range(sentence.start, sentence.end) if self.heads[w] == word and w != word]

    def upwards(self, word: int) -> Iterator[int]:
        """The word, its head, and so on up to the root."""
        while True:
            yield word
            if self.heads[word] == word:
                return
            word = self.heads[word]

    def doc(self) -> Doc:
        """The document with the tree as it stands; the same one where nothing was changed."""
        old = self._doc
        if not self._changed:
            return old
        made = Doc(
            old.vocab,
            words=[t.text for t in old],
            spaces=[bool(t.whitespace_) for t in old],
            tags=self.tags,
            pos=self.pos,
            lemmas=self.lemmas,
            morphs=[str(self._morphs.get(t.i, t.morph)) for t in old],
            heads=self.heads,
            deps=self.deps,
        )
        made.set_ents([Span(made, e.start, e.end, e.label_) for e in old.ents])
        return made
