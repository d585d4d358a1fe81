"""Lists of words that decide in context: verbs of motion, nouns of supply, offices, titles.

They lie in one reviewable table, `lexicons/cue_words.csv`; each list is named after the module that asks it.
"""

from __future__ import annotations

from functools import cache

from tailgraph.nlp.vocabulary import rows


@cache
def cues(name: str) -> frozenset[str]:
    """The words of one list; KeyError for a list that does not exist."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("tailgraph.nlp", "lexicons", "cue_words.csv"):
        found.setdefault(row["cue"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}
