"""Words that tell of movement, found in a parsed report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Span, Token

from tailgraph.nlp.vocabulary import rows


class Frame(StrEnum):
    """What a word of movement says of the ends of a flight."""

    DEPART = "depart"
    ARRIVE = "arrive"
    STOP = "stop"
    FLY = "fly"
    RETURN = "return"
    ONWARD = "onward"
    CARRY = "carry"
    TURN = "turn"
    CRASH = "crash"


@dataclass(frozen=True)
class MovementWord:
    """One row of the lexicon. `air`: the word alone tells of flying; else an aircraft must be near."""

    lemma: str
    particles: frozenset[str]
    frame: Frame
    pos: str
    air: bool


@dataclass(frozen=True)
class Cue:
    """A word of movement in the text. `last` is its particle, if it has one, else the word itself; `verb` is
    the verb of movement whose subject the noun is ("the flight landed").
    """

    token: Token
    last: int
    word: MovementWord
    verb: Token | None = None

    @property
    def first(self) -> int:
        return self.token.i

    @property
    def nominal(self) -> bool:
        return self.word.pos == "noun"


_WAYS_TO_LAND = frozenset({"crash", "belly", "force", "emergency"})
_NOUN_TAGS = frozenset({"NOUN", "PROPN"})
# How far a particle may stand behind its verb: "took the crew back".
_PARTICLE_REACH = 3


@cache
def movement_words() -> dict[str, tuple[MovementWord, ...]]:
    """Every form to the words that it may be, the ones with particles first."""
    found: dict[str, list[MovementWord]] = {}
    for row in rows("tailgraph.nlp", "lexicons", "movement_words.csv"):
        particles = frozenset(row["particle"].split("|")) - {""}
        word = MovementWord(
            row["lemma"], particles, Frame(row["frame"]), row["pos"], row["strength"] == "air"
        )
        for form in row["forms"].split("|"):
            found.setdefault(form, []).append(word)
    return {
        form: tuple(sorted(words, key=lambda w: (not w.particles, w.pos != "passive")))
        for form, words in found.items()
    }


@cache
def roles() -> dict[str, str]:
    """Designator of a type → what it is for ("fighter", "freighter")."""
    table = rows("tailgraph.graph", "reference", "aircraft_types.csv")
    return {row["designator"]: row["role"] for row in table}


@cache
def aircraft_words() -> dict[str, tuple[bool | None, str]]:
    """Common nouns for aircraft: whether plural (None where one form serves both), and their sort."""
    found: dict[str, tuple[bool | None, str]] = {}
    for row in rows("tailgraph.nlp", "lexicons", "aircraft_words.csv"):
        same = row["word"] == row["plural"]
        found[row["word"]] = (None if same else False, row["sort"])
        if not same:
            found[row["plural"]] = (True, row["sort"])
    return found


def words_of_movement(sentence: Span) -> Iterator[Cue]:
    """Words of movement in order; a form with its particle wins over the bare form."""
    for token in sentence:
        cue = _cue(token, sentence)
        if cue:
            yield cue


def _cue(token: Token, sentence: Span) -> Cue | None:
    hyphened = token.i > 1 and token.nbor(-1).text == "-" and token.pos_ != "NOUN"
    if hyphened and token.nbor(-2).lower_ not in _WAYS_TO_LAND:
        # "US-made parts for": the second half of an adjective; "crash-landed" is none.
        return None
    for word in movement_words().get(token.lower_, ()):
        if not _fits(token, word):
            continue
        if not word.particles:
            return Cue(token, token.i, word)
        particle = _particle(token, word, sentence)
        if particle is not None:
            return Cue(token, particle, word)
    return None


def _fits(token: Token, word: MovementWord) -> bool:
    if word.pos == "noun":
        return token.pos_ in _NOUN_TAGS
    if word.pos == "adj":
        return True
    if word.lemma == "be to":
        # "It has been to Minsk twice", not "it had been to blame".
        return token.tag_ == "VBN" and any(c.lemma_ == "have" for c in token.children)
    if word.pos == "passive":
        return token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
    if token.pos_ in {"VERB", "AUX"}:
        return True
    # Headlines and log lines: "Jet lands in ..." is tagged as a noun, "Flown from ..." as a name.
    sure = word.air or word.lemma in {"depart", "arrive"}
    return sure and not token.lower_.endswith("ing") and not _is_noun_form(token)


def _is_noun_form(token: Token) -> bool:
    return any(word.pos == "noun" for word in movement_words().get(token.lower_, ()))


def _particle(token: Token, word: MovementWord, sentence: Span) -> int | None:
    for child in token.children:
        if child.lower_ in word.particles and child.i > token.i and child.i - token.i <= 6:
            if (
                word.lemma in {"fly in", "go on"}
                and child.dep_ == "prep"
                and any(c.dep_ == "pobj" for c in child.children)
            ):
                continue
            return int(child.i)
    doc = token.doc
    if token.i + 2 < sentence.end and doc[token.i + 1].text == "-":
        return token.i + 2 if doc[token.i + 2].lower_ in word.particles else None
    for index in range(token.i + 1, min(token.i + 1 + _PARTICLE_REACH, sentence.end)):
        if doc[index].lower_ in word.particles:
            inward = word.lemma in {"fly in", "go on"} and any(c.dep_ == "pobj" for c in doc[index].children)
            return None if inward else index
        if doc[index].pos_ in {"VERB", "AUX", "PUNCT", "ADP"}:
            return None
    return None
