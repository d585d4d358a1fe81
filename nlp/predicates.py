"""Sentences whose verb the parser takes for a participle: "The rapporteur, Ann Lee, named Serbia in May."

The name in apposition draws the verb to it, and the sentence is left without one. Where a full sentence has
no finite verb of its own and behind the last comma of its subject stands a participle that has an object,
that is its verb.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Span

from tailgraph.nlp.cues import cues
from tailgraph.nlp.trees import Tree, infinitive

_FINITE = frozenset(["VBD", "VBP", "VBZ", "MD"])
_NOMINAL = frozenset(["NN", "NNS", "NNP", "NNPS"])
_BELOW = frozenset(["relcl", "ccomp", "advcl", "aux", "auxpass"])
_ENDS = frozenset([".", '."', ".”"])


def find(nlp: Language, sentence: Span, tree: Tree) -> None:
    """Make the participle that is the verb of a sentence its root, with the old root as its subject."""
    root = next((w for w in range(sentence.start, sentence.end) if tree.heads[w] == w), None)
    if root is None or tree.tags[root] not in _NOMINAL or not _is_full(sentence):
        return
    for word in range(root + 1, sentence.end):
        if tree.tags[word] in _FINITE and tree.deps[word] not in _BELOW:
            return
        if _is_verb(sentence, tree, word, root) or _reports(sentence, tree, word, root):
            tree.tag(word, "VBD", "VERB", tree.lemmas[word])
            tree.hang(word, word, "ROOT")
            tree.hang(root, word, "nsubj")
            for below in tree.below(word, sentence):
                if tree.deps[below] == "oprd":
                    tree.hang(below, word, "dobj")
            return
        if _takes_object(nlp, sentence, tree, word, root):
            thing = tree.heads[word]
            tree.tag(word, "VBD", "VERB", infinitive(nlp, sentence.doc[word].text, "VBN"))
            tree.hang(word, word, "ROOT")
            tree.hang(root, word, "nsubj")
            tree.hang(thing, word, "dobj")
            return


def _is_full(sentence: Span) -> bool:
    last = next((t for t in reversed(sentence) if not t.is_space), sentence[-1])
    return last.text in _ENDS or (last.is_quote and last.i > sentence.start and last.nbor(-1).text == ".")


def _reports(sentence: Span, tree: Tree, word: int, root: int) -> bool:
    """ "A U.N. panel reported in April that …": a participle on the subject that says what follows "that"."""
    if tree.tags[word] != "VBN" or tree.deps[word] != "acl" or tree.heads[word] != root:
        return False
    below = tree.below(word, sentence)
    said = [w for w in below if tree.deps[w] == "ccomp" and w > word]
    marked = any(
        tree.deps[m] == "mark" and sentence.doc[m].lower_ == "that"
        for w in said
        for m in tree.below(w, sentence)
    )
    return marked and not any(tree.deps[w] in ("agent", "auxpass") for w in below)


def _takes_object(nlp: Language, sentence: Span, tree: Tree, word: int, root: int) -> bool:
    """ "Its minister, Ann Lee, accused dealers of buying": the verb of accusing that the parser makes an
    adjective of the noun behind it, and that noun one more apposition of the subject."""
    noun = tree.heads[word]
    placed = tree.tags[word] == "VBN" and tree.deps[word] == "amod" and sentence.doc[word - 1].text == ","
    behind = noun > word and tree.deps[noun] == "appos" and root in tree.upwards(noun)
    return (
        placed
        and behind
        and infinitive(nlp, sentence.doc[word].text, "VBN") in cues("repairs: before a deed")
    )


def _is_verb(sentence: Span, tree: Tree, word: int, root: int) -> bool:
    """A participle on the subject or its apposition, behind a comma, with an object and no agent."""
    if tree.tags[word] != "VBN" or tree.deps[word] != "acl" or sentence.doc[word - 1].text != ",":
        return False
    holder = tree.heads[word]
    if holder != root and not (tree.heads[holder] == root and tree.deps[holder] == "appos"):
        return False
    below = [tree.deps[w] for w in tree.below(word, sentence)]
    return ("oprd" in below or "dobj" in below) and "agent" not in below and "auxpass" not in below
