"""Sentences whose verb the parser takes for a participle: "The rapporteur, Ann Lee, named Serbia in May."

The name in apposition draws the verb to it, and the sentence is left without one. Where a full sentence has
no finite verb of its own and behind the last comma of its subject stands a participle that has an object,
that is its verb.
"""

from __future__ import annotations

from spacy.tokens import Span

from tailgraph.nlp.trees import Tree

_FINITE = frozenset(["VBD", "VBP", "VBZ", "MD"])
_NOMINAL = frozenset(["NN", "NNS", "NNP", "NNPS"])
_BELOW = frozenset(["relcl", "ccomp", "advcl", "aux", "auxpass"])
_ENDS = frozenset([".", '."', ".”"])


def find(sentence: Span, tree: Tree) -> None:
    """Make the participle that is the verb of a sentence its root, with the old root as its subject."""
    root = next((w for w in range(sentence.start, sentence.end) if tree.heads[w] == w), None)
    if root is None or tree.tags[root] not in _NOMINAL or not _is_full(sentence):
        return
    for word in range(root + 1, sentence.end):
        if tree.tags[word] in _FINITE and tree.deps[word] not in _BELOW:
            return
        if _is_verb(sentence, tree, word, root):
            tree.tag(word, "VBD", "VERB", tree.lemmas[word])
            tree.hang(word, word, "ROOT")
            tree.hang(root, word, "nsubj")
            for below in tree.below(word, sentence):
                if tree.deps[below] == "oprd":
                    tree.hang(below, word, "dobj")
            return


def _is_full(sentence: Span) -> bool:
    last = next((t for t in reversed(sentence) if not t.is_space), sentence[-1])
    return last.text in _ENDS or (last.is_quote and last.i > sentence.start and last.nbor(-1).text == ".")


def _is_verb(sentence: Span, tree: Tree, word: int, root: int) -> bool:
    """A participle on the subject or its apposition, behind a comma, with an object and no agent."""
    if tree.tags[word] != "VBN" or tree.deps[word] != "acl" or sentence.doc[word - 1].text != ",":
        return False
    holder = tree.heads[word]
    if holder != root and not (tree.heads[holder] == root and tree.deps[holder] == "appos"):
        return False
    below = [tree.deps[w] for w in tree.below(word, sentence)]
    return ("oprd" in below or "dobj" in below) and "agent" not in below and "auxpass" not in below
