"""A name taken apart: words that tell it from others, numbers, opposites, countries, initials.

What must never be taken for alike is set apart before anything is compared: 223rd and 224th, north and
south, deputy and chief, Il-76 and Il-96.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from tailgraph.graph.identity.letters import plain
from tailgraph.graph.model import Kind
from tailgraph.graph.reference import tables

_LOCAL = re.compile(r" \(in [0-9a-f]{12}\)$")
_DOTTED = re.compile(r"\b((?:\w\.){2,})(?=\W|$)")
_PART = re.compile(r"(\d+)(?:st|nd|rd|th|[-‐](?:й|я|го|ое))?(?![^\W\d_])|[^\W\d_]+|\d+")
_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}
_WITH_COUNTRIES = frozenset((Kind.OPERATOR, Kind.ORGANIZATION, Kind.AIRPORT))
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Name:
    written: str
    words: tuple[str, ...]
    """Plain, in order, at most twelve; without numbers, articles, legal forms, opposites and countries."""
    numbers: tuple[str, ...] = ()
    contrasts: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    """What its initials may be: "mod" for Ministry of Defence."""
    is_short: bool = False
    """Whether it may be made of initials itself: "VKS", "U.N."."""

    @property
    def telling(self) -> tuple[str, ...]:
        """Words that not a thousand bodies share."""
        return tuple(word for word in self.words if word not in words("generic"))

    @property
    def squashed(self) -> str:
        return "".join(self.words)


@lru_cache(200_000)
def name(text: str, kind: Kind) -> Name:
    """A written name of an entity of this kind, taken apart."""
    written = _LOCAL.sub("", text)
    if kind in (Kind.PLACE, Kind.WEAPON):
        written = written.partition("/")[2] or written
    parts, numbers = _parts(written)
    countries: frozenset[str] = frozenset()
    everything = [part for part in parts if part not in words("legal")]
    if kind in _WITH_COUNTRIES:
        parts, countries = _without_countries(parts)
    # A single letter in a person's name is an initial.
    minor = [word for word in words("minor") if kind is not Kind.PERSON or len(word) > 1]
    contrasts = frozenset(words("contrast")[part] for part in parts if part in words("contrast"))
    kept = [words("variant").get(part, part) for part in map(_usual, parts)
            if part not in words("legal") and part not in minor and part not in words("contrast")
            and not (kind is Kind.AIRPORT and part in words("airfield"))]
    letters = re.sub(r"\W", "", written)
    return Name(written, tuple(kept[:MOST_WORDS]), tuple(sorted(numbers)), contrasts, countries,
                frozenset(_initials(everything)) | frozenset(_initials(kept)),
                2 <= len(letters) <= 6 and letters.isalpha() and sum(map(str.isupper, letters)) > 1
                and " " not in written.strip())


def _parts(written: str) -> tuple[list[str], list[str]]:
    """Plain words and numbers."""
    found, numbers = list[str](), list[str]()
    for match in _PART.finditer(_DOTTED.sub(lambda dotted: dotted[1].replace(".", ""), written)):
        whole, digits = match[0], match[1]
        part = "usa" if whole == "US" else plain(whole)
        if digits or whole.isdecimal():
            numbers.append("".join(str(int(digit)) for digit in digits or whole).lstrip("0") or "0")
        elif whole in _ROMAN:
            numbers.append(str(_ROMAN[whole]))
        elif part in words("number"):
            numbers.append(words("number")[part])
        elif part:
            found.append(part)
    return found, numbers


def _usual(word: str) -> str:
    """A word as it is usually written: abbreviations in full, British; common ones without the plural."""
    word = words("short").get(word, word)
    word = words("spelling").get(word, word)
    return word.removesuffix("s") if word.removesuffix("s") in words("generic") else word


def _initials(parts: list[str]) -> Iterator[str]:
    """With the small words and without them."""
    if len(parts) > 1:
        yield "".join(part[0] for part in parts)
        yield "".join(part[0] for part in parts if part not in words("minor"))


def _without_countries(parts: list[str]) -> tuple[list[str], frozenset[str]]:
    """The parts that are no name of a country, and the codes of those that are."""
    known, kept, found = country_words(), list[str](), set[str]()
    at = 0
    while at < len(parts):
        for size in range(min(6, len(parts) - at), 0, -1):
            if code := known.get(tuple(parts[at:at + size])):
                found.add(code)
                at += size
                break
        else:
            kept.append(parts[at])
            at += 1
    return kept, frozenset(found)


@cache
def country_words() -> dict[tuple[str, ...], str]:
    """Plain words of a country's names and demonyms → its code; without those that mean several things, and
    those of states that are gone: Rhodesia's air force is not Zimbabwe's."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in tables.rows("countries"):
        doubtful = set(row["ambiguous"].split("|")) | _gone(row)
        for column in ("name", "names", "abbreviations", "demonyms"):
            for form in row[column].split("|"):
                if form and form not in doubtful and not (column == "abbreviations" and form.islower()):
                    found.setdefault(tuple(plain(form).replace(".", "").split()), set()).add(row["iso2"])
    return {form: codes.pop() for form, codes in found.items() if len(codes) == 1 and form != ("us",)}


def _gone(row: dict[str, str]) -> set[str]:
    """The demonyms that begin as a former name does, and not as a present one."""
    former, present = ({word[:4] for form in row[column].split("|") for word in form.split()}
                       for column in ("former", "name"))
    return {form for form in row["demonyms"].split("|") if form and all(
        word[:4] in former for word in form.split()) and form.split()[0][:4] not in present}


@cache
def words(role: str) -> dict[str, str]:
    """The words of words.csv that play a role, each with what it stands for (itself if nothing is told)."""
    table = resources.files(__package__) / "words.csv"
    rows = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))
    return {word: row["means"] or word for row in rows if row["role"] == role
            for word in row["word"].split(";")}
