"""Trees that a small parser gets wrong in ways that can be told, since the words leave one reading.

"Accused of flying rifles to Sudan" it takes for rifles that fly, and in "accused in the report of selling"
it hangs the selling on the report.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from tailgraph.nlp import auxiliaries, interpolations, predicates
from tailgraph.nlp.cues import cues
from tailgraph.nlp.trees import Tree, infinitive

_OBJECTS = frozenset(["pobj", "npadvmod", "dobj"])


TREES = "tailgraph_trees"


@Language.factory(TREES)
def _component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The last step of a model: it reads insertions apart and mends what is known to go wrong."""

    def mended(doc: Doc) -> Doc:
        tree = Tree(doc)
        interpolations.reread(lambda parts: nlp.pipe(parts, disable=[name]), doc, tree)
        mend(nlp, doc, tree)
        return tree.doc()

    return mended


def mend(nlp: Language, doc: Doc, tree: Tree) -> None:
    """Mend the tree over the words of `doc`, sentence by sentence; what `doc` says of its own tree is old."""
    for sentence in doc.sents:
        auxiliaries.join(nlp, sentence, tree)
        predicates.find(nlp, sentence, tree)
        for word in range(sentence.start, sentence.end - 1):
            _describe(sentence, tree, word)
            _wish(sentence, tree, word)
            if tree.pos[word] != "ADP":
                continue
            if tree.tags[word + 1] == "VBG" or _noun_like(sentence, tree, word + 1):
                _lift(sentence, tree, word)
                _unfold(nlp, sentence, tree, word)
            elif sentence.doc[word].lower_ == "with":
                _hang_on_verb(tree, word)


def _describe(sentence: Span, tree: Tree, that: int) -> None:
    """ "Delivered shells that X had bought": a clause whose object "that" is says something of the noun
    before it, and is not what is delivered."""
    verb, noun = tree.heads[that], that - 1
    if sentence.doc[that].lower_ != "that" or tree.deps[that] != "dobj" or tree.deps[verb] != "ccomp":
        return
    above = list(tree.upwards(noun)) if noun >= sentence.start and tree.pos[noun] in ("NOUN", "PROPN") else []
    other = any(w != that and tree.deps[w] == "dobj" for w in tree.below(verb, sentence))
    if tree.heads[verb] in above[1:] and verb not in above and not other:
        tree.hang(verb, noun, "relcl")


def _wish(sentence: Span, tree: Tree, word: int) -> None:
    """ "Asked X for drones to protect its convoys": what is asked for, and not that they may protect."""
    verb = tree.heads[word]
    asking = tree.heads[verb]
    if sentence.doc[word].lower_ != "for" or tree.deps[word] != "mark" or tree.deps[verb] != "advcl":
        return
    below = tree.below(verb, sentence)
    thing = next((w for w in below if tree.deps[w] == "nsubj" and word < w < verb), None)
    asked = any(tree.deps[w] == "dobj" and w < word for w in tree.below(asking, sentence))
    if thing is not None and asked and tree.lemmas[asking] in cues("repairs: asking"):
        tree.hang(word, asking, "prep")
        tree.hang(thing, word, "pobj")
        tree.hang(verb, thing, "relcl")


def _noun_like(sentence: Span, tree: Tree, word: int) -> bool:
    """ "For shipping missiles": the parser took the deed for a noun."""
    head = tree.heads[word]
    return (
        tree.tags[word] == "NN"
        and sentence.doc[word].lower_.endswith("ing")
        and (
            any(tree.deps[w] == "dobj" for w in tree.below(word, sentence))
            if tree.deps[word] == "pcomp"
            else tree.tags[head] == "NNS"
        )
    )


def _hang_on_verb(tree: Tree, preposition: int) -> None:
    """ "Armed the force with Chinese drones": what somebody is armed with, not a force that has them."""
    noun = tree.heads[preposition]
    verb = tree.heads[noun]
    if (
        noun < preposition
        and tree.deps[noun] in ("dobj", "nsubjpass")
        and tree.lemmas[verb] in cues("repairs: with something")
        and tree.deps[preposition] == "prep"
    ):
        tree.hang(preposition, verb, "prep")


def _lift(sentence: Span, tree: Tree, preposition: int) -> None:
    """ "Accused in the report of selling": "of" hangs on the verb, not on a noun between them."""
    above = list(tree.upwards(preposition))[1:]
    for place, word in enumerate(above):
        if _accuses(tree, word):
            between = above[:place]
            own = {sentence.doc[w].lower_ for w in tree.below(word, sentence)}
            free = sentence.doc[preposition].lower_ not in own
            if between and free and all(_adverbial(tree, w) for w in between):
                tree.hang(preposition, word, "prep")
                _follow(sentence, tree, preposition, between)
            return


def _adverbial(tree: Tree, word: int) -> bool:
    """ "In turn", "once more": what may stand between an accusation and its "of"."""
    more = tree.tags[word] in ("JJR", "RBR", "RB") and tree.deps[word] in ("advcl", "advmod")
    return tree.deps[word] in (*_OBJECTS, "prep", "agent") or more


def _follow(sentence: Span, tree: Tree, preposition: int, left: list[int]) -> None:
    """ "Accused X in turn of bombing Y from jets": what stands behind the deed is no part of the words that
    its "of" was lifted from."""
    deed = preposition + 1
    if deed >= sentence.end:
        return
    for noun in left:
        for word in tree.below(noun, sentence):
            if word > deed and tree.deps[word] == "prep" and word not in tree.upwards(deed):
                tree.hang(word, deed, "prep")


def _unfold(nlp: Language, sentence: Span, tree: Tree, preposition: int) -> None:
    """ "Accused of flying rifles to Sudan": the rifles are what is flown, and Sudan is where to. "Smuggling
    offences" are no things that somebody smuggles."""
    verb = preposition + 1
    noun = tree.heads[verb]
    if tree.tags[verb] == "NN" and tree.deps[verb] == "pcomp":
        tree.tag(verb, "VBG", "VERB", infinitive(nlp, sentence.doc[verb].text, "VBG"))
        return
    if (
        tree.deps[verb] not in ("amod", "compound", "nmod")
        or tree.heads[noun] != preposition
        or tree.lemmas[noun] in cues("repairs: no things")
        or not _accuses(tree, tree.heads[preposition])
    ):
        return
    tree.hang(verb, preposition, "pcomp")
    tree.tag(verb, "VBG", "VERB", infinitive(nlp, sentence.doc[verb].text, "VBG"))
    tree.hang(noun, verb, "dobj")
    for word in tree.below(noun, sentence):
        moves = tree.deps[word] in ("prep", "agent", "npadvmod") and sentence.doc[word].lower_ != "of"
        if word > noun and moves:
            tree.hang(word, verb, tree.deps[word])


def _accuses(tree: Tree, word: int) -> bool:
    """Is it a word that takes a deed behind its preposition: accuse of, sanction for, guilty of?"""
    return tree.lemmas[word].lower() in cues("repairs: before a deed")
