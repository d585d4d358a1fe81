"""The "had" of "had for years sent": an auxiliary that a time parts from its verb.

The parser then leaves the subject on the "had", or makes the "had" a verb of owning and the participle an
adjective of what was sent.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Span

from tailgraph.nlp.cues import cues
from tailgraph.nlp.trees import Tree, infinitive

# How many words the time between them may have.
_REACH = 8


def join(nlp: Language, sentence: Span, tree: Tree) -> None:
    """Hang on the verb what the parser left on its auxiliary."""
    for word in range(sentence.start, sentence.end - 2):
        if tree.lemmas[word] != "have" or tree.tags[word] not in ("VBD", "VBZ", "VBP"):
            continue
        if tree.deps[word] == "aux":
            _give(sentence, tree, word, tree.heads[word])
            continue
        participle = _parted(nlp, sentence, tree, word)
        if participle is not None:
            _make_verb(nlp, sentence, tree, word, participle)


def _give(sentence: Span, tree: Tree, auxiliary: int, verb: int) -> None:
    for other in tree.below(auxiliary, sentence):
        tree.hang(other, verb, tree.deps[other])


def _parted(nlp: Language, sentence: Span, tree: Tree, had: int) -> int | None:
    """The participle right behind a time that begins right behind the "had", before what it is done to."""
    doc, end = sentence.doc, min(had + 2 + _REACH, sentence.end - 1)
    if tree.pos[had + 1] not in ("ADP", "SCONJ") or tree.deps[had + 1] != "prep":
        return None
    for word in range(had + 2, end):
        if tree.tags[word] in ("VBN", "JJ") and tree.deps[word] == "amod" and tree.heads[word] > word:
            timed = word > had + 2 and _is_time(doc[word - 1].lemma_, doc[word - 1].like_num)
            if timed and infinitive(nlp, doc[word].text, "VBN") != doc[word].text:
                return word
        if tree.pos[word] in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _is_time(lemma: str, number: bool) -> bool:
    return number or lemma.lower() in cues("auxiliaries: times")


def _make_verb(nlp: Language, sentence: Span, tree: Tree, had: int, participle: int) -> None:
    thing = tree.heads[participle]
    above = (had, "ROOT") if tree.heads[had] == had else (tree.heads[had], tree.deps[had])
    tree.tag(participle, "VBN", "VERB", infinitive(nlp, sentence.doc[participle].text, "VBN"))
    tree.hang(participle, participle if above[1] == "ROOT" else above[0], above[1])
    tree.hang(thing, participle, "dobj")
    for other in tree.below(thing, sentence):
        if other < participle:
            tree.hang(other, participle, tree.deps[other] if tree.deps[other] != "nummod" else "npadvmod")
        elif tree.deps[other] == "prep" and sentence.doc[other].lower_ != "of":
            tree.hang(other, participle, "prep")
    _give(sentence, tree, had, participle)
    tree.tag(had, tree.tags[had], "AUX", "have")
    tree.hang(had, participle, "aux")
