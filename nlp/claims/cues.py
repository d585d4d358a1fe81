"""The words that make a claim: classes of verbs, nouns and adverbs from lexicons/claim_words.csv.

A row is `lemma, pos, class, link, source`. `link` says how the weapon hangs on the word: "obj" (object, or
subject of a passive), a preposition ("with" in "armed with rockets"), or "compound" ("missile deliveries").
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from spacy.tokens import Token

ACTS = frozenset(
    {
        "supply",
        "carry",
        "load",
        "motion",
        "acquire",
        "use",
        "strike",
        "produce",
        "possess",
        "request",
        "cargo",
    }
)
SPEECH = frozenset({"say", "allege", "suspect", "deny", "designate"})

# How many words may part a verb from its particle ("waved the account of the shipments away").
_PARTICLE = 12


@dataclass(frozen=True)
class Cue:
    """One sense of a word: its class and the ways in which a weapon hangs on it."""

    kind: str
    links: frozenset[str]


@cache
def _table() -> Mapping[tuple[str, str], tuple[Cue, ...]]:
    table: dict[tuple[str, str], tuple[Cue, ...]] = {}
    source = files("tailgraph.nlp") / "lexicons" / "claim_words.csv"
    with source.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            key = (row["lemma"], row["pos"])
            table[key] = (*table.get(key, ()), Cue(row["class"], frozenset(row["link"].split("|"))))
    return MappingProxyType(table)


def word_class(token: Token) -> str:
    """The lexicon's part of speech of a token: verb, noun, modal, adverb or adjective."""
    if token.tag_ == "MD":
        return "modal"
    if token.pos_ in ("VERB", "AUX"):
        return "verb"
    return {"NOUN": "noun", "PROPN": "noun", "ADV": "adverb", "ADJ": "adjective"}.get(token.pos_, "")


def cues(token: Token) -> tuple[Cue, ...]:
    """Every sense of `token` that the lexicon knows."""
    pos = word_class(token)
    table = _table()
    lemma = token.lemma_.lower()
    if token.tag_ == "NNPS" and lemma.endswith("s"):
        lemma = lemma[:-1]  # "Accusations" at the head of a sentence, taken for a name
    if lemma.startswith("re-") and (lemma[:-1], pos) in table:
        lemma = lemma[:-1]  # the lemmatiser makes "re-exporte" of "re-exported"
    elif lemma.endswith("ie") and (lemma[:-2] + "y", pos) in table:
        lemma = lemma[:-2] + "y"  # and "resupplie" of "resupplied"
    if pos == "verb":
        for part in token.children:
            if part.dep_ in ("prt", "advmod", "prep", "acomp", "dobj", "nsubjpass") and abs(
                part.i - token.i
            ) < (_PARTICLE if part.dep_ in ("prt", "advmod") else 8):
                word = part.lemma_.lower() if part.dep_ in ("dobj", "nsubjpass") else part.lower_
                if word == "by" and any(c.lemma_.lower() in wordset("ways") for c in part.children):
                    continue  # "air defences that come by plane": nobody comes by them
                found = table.get((f"{lemma} {word}", pos), ())
                if found:
                    return found
            for obj in part.children if part.dep_ == "prep" else ():
                found = table.get((f"{lemma} {part.lower_} {obj.lemma_.lower()}", pos), ())
                if found:
                    return found
    found = table.get((lemma, pos), ())
    if not found and pos == "adjective" and token.tag_ in ("VBN", "VBG", "JJ"):
        found = table.get((token.lower_, pos), ())
    return found


def light_cues(verb: Token, noun: Token) -> tuple[Cue, ...]:
    """Senses of a verb together with the noun that it is done to ("take delivery", "impose sanction")."""
    return _table().get((f"{verb.lemma_.lower()} {noun.lemma_.lower()}", "verb"), ())


def is_cue(token: Token, *kinds: str) -> bool:
    return any(cue.kind in kinds for cue in cues(token))


def is_denial(word: str) -> bool:
    """Whether a word calls a claim untrue ("fabricated", "baseless"), whatever the tagger takes it for."""
    return any(cue.kind == "denial" for cue in _table().get((word, "adjective"), ()))


@cache
def wordset(name: str) -> frozenset[str]:
    """A set of words of lexicons/claim_sets.csv, by its name."""
    source = files("tailgraph.nlp") / "lexicons" / "claim_sets.csv"
    with source.open(encoding="utf-8") as rows:
        found = next(row for row in csv.DictReader(rows) if row["set"] == name)
    return frozenset(found["words"].split("|"))
