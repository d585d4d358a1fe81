"""Whether one text repeats another: by runs of four words, and by the names and figures that each has.

The sketch of a text (MinHash, A. Broder 1997: "On the resemblance and containment of documents") only finds
texts that are worth comparing. What is then said of two texts is exact, and holds for this pair alone:
nothing is concluded along a chain of weak likenesses.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

from tailgraph.graph import keys
from tailgraph.graph.shape import BAND_COUNT

RUN = 4
"""Words in one run. Independent reports of one event share few runs of four beyond names."""
LEAST_WORDS = 30
"""Shorter texts are too little to tell a rewrite from chance: only the very same words make them one."""
SAME_LEAST_WORDS = 12
"""Fewer may come twice by chance ("An Il-76 landed."): with them the title counts, too."""
MOST_WORDS = 50_000
"""What comes after is not looked at."""
MUTUAL = 2 / 3
"""Two texts of which each holds so much of the other leave a third less than a third of either to share with
one of them alone: two independent reports cannot both be so like a round-up of the two."""
WITHIN = 0.9
"""So much of an excerpt stands in the longer report that came out before it."""
FIGURES = 0.75
NAMES = 0.6
"""A rewrite keeps figures and names: so many of those of the text that has fewer are in the other one too."""
ROWS = 3
"""16 bands of 3 minima find a pair of which half the runs are shared at 88%, two thirds at 99.4%."""

# Scripts without blanks between words are taken character by character.
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:[-'’.:/][^\W_]+)*")
_STOP = re.compile(r"[.!?:;\n\"“”«»„•]")
_LETTER = re.compile(r"[^\W\d_]")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split())
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a text. `designators` hold letters and digits (ra-82042, il-76, 224th)."""

    runs: Hashes
    designators: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    places: Mapping[tuple[str, str], frozenset[str]]
    """The words before and after a name or figure → what stands between."""


@dataclass(frozen=True, slots=True)
class Match:
    """How one text repeats another: `here` is the share of its runs that stand there, `there` that of the
    other's runs that stand here."""

    method: str
    here: float
    there: float

    @property
    def reason(self) -> str:
        if self.method == "excerpt":
            return f"{self.here:.0%} of its four-word runs stand in that earlier, longer report"
        return (f"{self.here:.0%} of its four-word runs stand there and {self.there:.0%} of that report's "
                "here, with the same designators")


def same_words(title: str, text: str) -> str:
    """A checksum of the words, whoever printed them, and when; of a very short text with its title."""
    words = text.casefold().split()
    if len(words) < SAME_LEAST_WORDS:
        return keys.digest("origin", " ".join(words), " ".join(title.casefold().split()))
    return keys.digest("origin", " ".join(words))


def text_of(content: str) -> Text:
    words, marks = _words_and_marks(content)
    folded = [word.casefold() for word in words]
    numbered = [word for word in folded if any(character.isdigit() for character in word)]
    return Text(
        _runs(folded), frozenset(word for word in numbered if _LETTER.search(word)),
        frozenset(word for word in numbered if not _LETTER.search(word)) | _CALENDAR.intersection(folded),
        frozenset(word for word, mark in zip(folded, marks, strict=True) if mark and not word[0].isdigit()),
        _places(folded, marks))


def match(later: Text, earlier: Text, *, is_later: bool) -> Match | None:
    """How `later` repeats `earlier`, if it does. `is_later`: it certainly came out on a later day.

    Two texts with designators of their own each (RA-82042 here, RA-82043 there), or of which one has another
    name or figure in the very place where the other has its own ("to Tehran in", "to Pyongyang in"), are
    never one, however like they are: what differs is what they tell.
    """
    if not _same_matter(later, earlier):
        return None
    shared = len(np.intersect1d(later.runs, earlier.runs, assume_unique=True))
    here, there = shared / max(1, len(later.runs)), shared / max(1, len(earlier.runs))
    if min(here, there) >= MUTUAL:
        return Match("rewritten", here, there)
    if is_later and here >= WITHIN:
        return Match("excerpt", here, there)
    return None


def bands(content: str) -> tuple[int, ...]:
    """`BAND_COUNT` numbers (signed, 64 bits), of which texts that are like share one; () if it is short."""
    words = [word.casefold() for word in _words(content)]
    if len(words) < LEAST_WORDS:
        return ()
    minima = _mix(_runs(words)[None, :] ^ _SEEDS[:, None]).min(axis=1).reshape(BAND_COUNT, ROWS)
    together = np.zeros(BAND_COUNT, dtype=np.uint64)
    for column in range(ROWS):
        together = _mix(together ^ minima[:, column])
    return tuple(int(number) for number in together.view(np.int64))


def _same_matter(one: Text, other: Text) -> bool:
    if one.designators - other.designators and other.designators - one.designators:
        return False
    if any(not one.places[at] & other.places[at] for at in one.places.keys() & other.places.keys()):
        return False
    return (_kept(one.figures, other.figures) >= FIGURES and _kept(one.names, other.names) >= NAMES)


def _kept(one: frozenset[str], other: frozenset[str]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 1.0


def _words(content: str) -> list[str]:
    return _words_and_marks(content)[0]


def _words_and_marks(content: str) -> tuple[list[str], list[bool]]:
    """The words, and of each whether it is a name (with a capital, and not at a sentence's beginning) or
    holds a figure."""
    plain = unicodedata.normalize("NFKC", content)
    words: list[str] = []
    marks: list[bool] = []
    end = 0
    for found in islice(_WORD.finditer(plain), MOST_WORDS):
        begins = not words or _STOP.search(plain, end, found.start()) is not None
        words.append(found[0])
        marks.append(any(map(str.isdigit, found[0])) or (found[0][0].isupper() and not begins))
        end = found.end()
    return words, marks


def _places(words: Sequence[str], marks: Sequence[bool]) -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    at = 0
    for is_mark, group in groupby(marks):
        size = len(list(group))
        if is_mark and at > 0 and at + size < len(words):
            found.setdefault((words[at - 1], words[at + size]), set()).add(" ".join(words[at:at + size]))
        at += size
    return {place: frozenset(names) for place, names in found.items()}


def _runs(words: Sequence[str]) -> Hashes:
    """A hash of every run of words, sorted, each once."""
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    together = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        together = _mix(together ^ hashes[at:len(words) - RUN + 1 + at])
    return np.unique(together)


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _mix(numbers: Hashes) -> Hashes:
    """The finaliser of splitmix64 (G. Steele, D. Lea, C. Flood 2014): a permutation of 64-bit numbers."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


_SEEDS = _mix(np.arange(1, BAND_COUNT * ROWS + 1, dtype=np.uint64))
