"""Sentences read without what is put between their commas: "Turkey, the panel says in its report, sent ...".

A small parser hangs the verb behind such an insertion on one of its nouns, and the sentence loses its
subject. So the sentence is parsed once more without its insertions, each insertion by itself, and the
trees are joined: a clause of saying governs what it is put into, as "..., the panel says" does at the end
of a sentence; anything else modifies it. Words and offsets stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Span

from tailgraph.nlp.cues import cues
from tailgraph.nlp.trees import Tree

_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_COMMAS = frozenset([",", "–", "—"])
# Longer ones are clauses of their own, and sentences longer than that are lists.
_LONGEST, _LONGEST_ADJUNCT, _LONGEST_SENTENCE, _MOST = 14, 9, 120, 4


@dataclass
class _Insertion:
    """Tokens [first, last] of the document between two commas, and how they hang on the rest."""

    first: int
    last: int
    says: bool


@dataclass
class _Plan:
    sentence: Span
    insertions: list[_Insertion]
    kept: list[int] = field(default_factory=list)


def reread(parse: Callable[[list[Doc]], Iterable[Doc]], doc: Doc, tree: Tree) -> None:
    """Write the sentences of `doc` that hold insertions into its tree as `parse` reads them without."""
    plans = [plan for sentence in doc.sents if (plan := _plan(sentence))]
    parts = [_words(doc, plan.kept) for plan in plans]
    parts += [_words(doc, range(i.first + 1, i.last)) for plan in plans for i in plan.insertions]
    read = list(parse(parts)) if parts else []
    mains, inserted = read[: len(plans)], iter(read[len(plans) :])
    for plan, main in zip(plans, mains, strict=True):
        _join(tree, plan, main, [next(inserted) for _ in plan.insertions])


def _words(doc: Doc, indices: Iterable[int]) -> Doc:
    tokens = [doc[i] for i in indices]
    return Doc(doc.vocab, words=[t.text for t in tokens], spaces=[True] * len(tokens))


def _plan(sentence: Span) -> _Plan | None:
    # "Shipped by now, it said, are ...": turned round, the parser reads it better by its commas.
    if not 6 <= len(sentence) <= _LONGEST_SENTENCE or sentence[0].tag_ == "VBN":
        return None
    commas = [t.i for t in sentence if t.text in _COMMAS]
    insertions: list[_Insertion] = []
    for first, last in pairwise(commas):
        if insertions and first < insertions[-1].last:
            continue
        inside = sentence.doc[first + 1 : last]
        if not 1 <= len(inside) <= _LONGEST or len(insertions) == _MOST or first == sentence.start:
            continue
        says = _clause_of_saying(inside)
        if (says or _adjunct(inside)) and _goes_on(sentence, first, last, says):
            insertions.append(_Insertion(first, last, says))
    if not insertions:
        return None
    out = {i for ins in insertions for i in range(ins.first, ins.last + 1)}
    kept = [t.i for t in sentence if t.i not in out]
    return _Plan(sentence, insertions, kept) if len(kept) > 3 else None


def _clause_of_saying(inside: Span) -> bool:
    """ "the panel says in its latest report", "investigators believe": one finite verb, of saying."""
    verbs = [t for t in inside if t.tag_ in _FINITE or t.tag_ == "MD"]
    if len(verbs) != 1 or verbs[0].i == inside.start or verbs[0].lemma_ not in cues("interpolations: saying"):
        return False
    if any(t.is_quote or t.lower_ in cues("interpolations: linking") for t in inside):
        return False
    before, after = inside.doc[inside.start : verbs[0].i], inside.doc[verbs[0].i + 1 : inside.end]
    return all(t.tag_ not in ("VB", "TO") for t in before) and (
        len(after) == 0 or after[0].pos_ in ("ADP", "ADV", "PROPN")
    )


def _adjunct(inside: Span) -> bool:
    """ "in a letter seen by Wire", "for its part", "according to two diplomats": no clause, and no place that
    belongs to the place before."""
    if any(
        t.tag_ in _FINITE
        or t.tag_ in ("MD", "TO")
        or t.is_quote
        or t.ent_type_ in ("GPE", "LOC", "FAC")
        or t.lower_ in cues("interpolations: linking")
        for t in inside
    ):
        return False
    return (
        len(inside) <= _LONGEST_ADJUNCT
        and inside[0].lower_ in cues("interpolations: openers")
        and inside[-1].pos_ not in ("ADP", "DET")
    )


def _goes_on(sentence: Span, first: int, last: int, says: bool) -> bool:
    """Does the clause before go on behind? "..., he said, adding that ..." begins another one, and "for
    rifles, mortars and shells" is a list."""
    if last + 1 >= sentence.end:
        return False
    before, after = sentence.doc[first - 1], sentence.doc[last + 1]
    if after.tag_ in (*_FINITE, "MD", "VBN", "TO") or after.pos_ in ("AUX", "ADP"):
        return after.lower_ != sentence.doc[first + 1].lower_
    if after.tag_ == "RB" and not says:
        return True
    return before.pos_ == "VERB" and after.pos_ in ("PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON")


def _join(tree: Tree, plan: _Plan, main: Doc, inserted: list[Doc]) -> None:
    for token in main:
        tree.write(plan.kept[token.i], token, plan.kept[token.head.i])
    first, *further = (plan.kept[sentence.root.i] for sentence in main.sents)
    for root in further:
        # One sentence it was before, and stays.
        tree.hang(root, first, "ccomp")
    for insertion, read in zip(plan.insertions, inserted, strict=True):
        _insert(tree, plan, insertion, read)


def _insert(tree: Tree, plan: _Plan, insertion: _Insertion, read: Doc) -> None:
    start = insertion.first + 1
    for token in read:
        tree.write(start + token.i, token, start + token.head.i)
    root, *further = (start + sentence.root.i for sentence in read.sents)
    verb = _verb(tree, plan, insertion)
    for word in further:
        tree.hang(word, root, "dep")
    for comma in (insertion.first, insertion.last):
        tree.hang(comma, verb, "punct")
    if insertion.says:
        tree.hang(root, root if tree.heads[verb] == verb else tree.heads[verb], tree.deps[verb])
        tree.hang(verb, root, "ccomp")
    else:
        tree.hang(root, verb, "advmod" if tree.pos[root] == "ADV" else "prep")


def _verb(tree: Tree, plan: _Plan, insertion: _Insertion) -> int:
    """The verb of the clause into which something is put: of the word behind it, if the clause began before,
    else of the word before it."""
    kept = set(plan.kept)
    behind = next((w for w in range(insertion.last + 1, plan.sentence.end) if w in kept), None)
    ahead = next((w for w in range(insertion.first - 1, plan.sentence.start - 1, -1) if w in kept), None)
    for near in (behind, ahead):
        for word in tree.upwards(near) if near is not None else ():
            governs = tree.pos[word] in ("VERB", "AUX") and tree.deps[word] not in ("aux", "auxpass")
            begins = min([word, *(w for w in kept if tree.heads[w] == word)])
            if governs and (near is ahead or begins < insertion.first):
                return word
    return list(tree.upwards(plan.kept[0]))[-1]
