"""A model's attribute ruler and lemmatizer made quicker, their results unchanged.

spaCy tries nearly two hundred patterns on every token. All but a few look at one token, and only at its
tag, its dependency and a handful of words, so that the tokens of English fall into some hundred kinds: each
kind is tried once. The rule lemmatizer looks forms up in lists of thousands of words; sets answer at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.vocab import Vocab

# What a pattern may ask of a token here; a ruler that asks anything else stays as it is.
_ASKED = frozenset({"TAG", "POS", "DEP", "LOWER", "ORTH", "IS_SPACE"})
_TESTS = frozenset({"IN", "NOT_IN", "REGEX"})
_RULER = "attribute_ruler"
_QUICK_RULER = "tailgraph_attribute_ruler"

TokenPattern = dict[str, Any]
Match = tuple[int, int, int, int]


class QuickRuler(AttributeRuler):
    """The matches of an attribute ruler, found once for each kind of token."""

    def follow(self, ruler: AttributeRuler) -> None:
        """Take over all rules of another, those that ask about one token apart from the few about several."""
        self.add_patterns(ruler.patterns)
        self._alone, self._together = Matcher(self.vocab), Matcher(self.vocab)
        for rule, pattern in _patterns(ruler):
            matcher = self._alone if len(pattern) == 1 else self._together
            matcher.add(str(rule), [pattern])
        alone = [pattern[0] for _, pattern in _patterns(ruler) if len(pattern) == 1]
        self._asked = sorted({name for token in alone for name in token})
        self._values = [_Values(self.vocab, [t[name] for t in alone if name in t]) for name in self._asked]
        self._rules: dict[tuple[int, ...], list[tuple[int, int]]] = {}

    def match(self, doc: Doc) -> list[Match]:
        """(rule, its name's hash, start, end) of every match, by rule: later ones overrule."""
        found: list[Match] = []
        columns = [
            [values.kind(value) for value in doc.to_array(name).tolist()]
            for name, values in zip(self._asked, self._values, strict=True)
        ]
        for place, kind in enumerate(zip(*columns, strict=True)):
            rules = self._rules.get(kind)
            if rules is None:
                rules = self._rules[kind] = [
                    self._rule(name) for name, _, _ in self._alone(doc[place : place + 1], allow_missing=True)
                ]
            found += [(rule, name, place, place + 1) for rule, name in rules]
        found += [
            (*self._rule(name), start, end) for name, start, end in self._together(doc, allow_missing=True)
        ]
        found.sort()
        return found

    def _rule(self, name: int) -> tuple[int, int]:
        return int(self.vocab.strings[name]), name


class _Values:
    """The values of one attribute by what is asked of it: all that no pattern tells apart are one kind."""

    _OTHER = -1

    def __init__(self, vocab: Vocab, asked: list[Any]) -> None:
        self._strings = vocab.strings
        self._patterns = [re.compile(test["REGEX"]) for test in asked if _tests(test) and "REGEX" in test]
        named = {_number(value) for test in asked for value in _named(test)}
        self._named = frozenset(named)

    def kind(self, value: int) -> int:
        # Not kept for other values: every word of every report is one.
        if value in self._named or any(p.search(self._strings[value]) for p in self._patterns):
            return value
        return self._OTHER


def quicken(nlp: Language) -> None:
    """Give a loaded model the quick ruler and the sets of words, as far as its own are of the known form."""
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, Lemmatizer) and pipe.lookups.has_table("lemma_index"):
            index = pipe.lookups.get_table("lemma_index")
            for part_of_speech, words in list(index.items()):
                index[part_of_speech] = frozenset(words)
    if _RULER not in nlp.pipe_names:
        return
    ruler = nlp.get_pipe(_RULER)
    if type(ruler) is AttributeRuler and all(_readable(token) for _, p in _patterns(ruler) for token in p):
        quick = cast(QuickRuler, nlp.replace_pipe(_RULER, _QUICK_RULER))
        quick.follow(ruler)


@Language.factory(_QUICK_RULER)
def _quick_ruler(nlp: Language, name: str) -> QuickRuler:
    return QuickRuler(nlp.vocab, name)


def _patterns(ruler: AttributeRuler) -> Iterator[tuple[int, list[TokenPattern]]]:
    """The number of each rule with each of its patterns."""
    for number, rule in enumerate(ruler.patterns):
        for pattern in cast(list[list[TokenPattern]], rule["patterns"]):
            yield number, pattern


def _readable(token: TokenPattern) -> bool:
    return bool(token) and all(
        name in _ASKED and (test.keys() <= _TESTS if _tests(test) else isinstance(test, (str, bool)))
        for name, test in token.items()
    )


def _tests(test: object) -> bool:
    return isinstance(test, dict)


def _named(test: Any) -> list[Any]:
    """The values that a test names: `VBZ`, or those that it wants or does not want."""
    return [*test.get("IN", ()), *test.get("NOT_IN", ())] if _tests(test) else [test]


def _number(value: str | bool) -> int:
    return get_string_id(value) if isinstance(value, str) else int(value)
