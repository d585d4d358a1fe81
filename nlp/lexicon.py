"""One pass over a report that finds every name of the lexicons, longest first.

Names and text are cut into runs of letters and runs of digits, folded to lower case without accents, so
that "Il-76", "IL76" and "Il 76" are one name, and "Querétaro" is "Queretaro". What the fold loses, the
sense's `case` brings back: "CAR" is no "car", and "turkey" is no country.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from tailgraph.graph.model import Kind

_SEGMENT = re.compile(r"[^\W\d_]+|\d+")
# What may stand between two segments of one name; a comma or a line break may not.
_JOINT = re.compile(r"(?:[ \u00a0]?[-‐‑–/&'’ʼ.][ \u00a0]?|[ \u00a0]| & )?")
_INITIALISM = re.compile(r"(?:^|\W)(?:[A-Z]\.)+[A-Z]$")
_ARTICLE = re.compile(r"^[Tt]he ")
_SPECIAL = str.maketrans({"ı": "i", "İ": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "ə": "a"})


class Case(Enum):
    """How strictly the letters of a name count."""

    EXACT = "exact"  # abbreviations and codes: as written
    PROPER = "proper"  # names: the first letter is a capital
    ANY = "any"  # common nouns


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name of a lexicon may mean."""

    kind: Kind
    id: str
    key: str | None
    name: str
    role: str = ""
    case: Case = Case.PROPER
    country: str | None = None
    written: str = ""
    method: str = "lexicon"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of letters or digits; `joined` tells whether it may continue the name before it."""

    start: int
    end: int
    folded: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon in the text (half-open character offsets) and all that it may mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]


def fold(run: str) -> str:
    """Lower case, without accents."""
    if run.isascii():
        return run.lower()
    plain = unicodedata.normalize("NFKD", run.translate(_SPECIAL).casefold())
    return "".join(c for c in plain if c.isalnum()).translate(_SPECIAL)


def key(name: str) -> str:
    """The folded segments of a name, joined by single spaces."""
    return " ".join(fold(run) for run in _SEGMENT.findall(name))


def segments(content: str) -> list[Segment]:
    """The letter and digit runs of `content` with their offsets."""
    found: list[Segment] = []
    end = -1
    for match in _SEGMENT.finditer(content):
        start = match.start()
        joined = end >= 0 and start - end <= 3 and _JOINT.fullmatch(content, end, start) is not None
        found.append(Segment(start, match.end(), fold(match.group()), joined))
        end = match.end()
    return found


def case_of(name: str) -> Case:
    """How a name of a lexicon is to be matched, judged by how it is written there."""
    letters = [c for c in name if c.isalpha()]
    if not letters or not any(c.isupper() for c in letters):
        return Case.ANY
    if len(letters) <= 6 and all(c.isupper() for c in letters):
        return Case.EXACT
    return Case.PROPER


@dataclass
class Lexicon:
    """Names with their senses; built once, then only read."""

    _senses: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, sense: Sense) -> None:
        folded = key(_ARTICLE.sub("", name))
        if not folded:
            return
        known = self._senses.get(folded, ())
        if any(
            s.kind == sense.kind and s.id == sense.id and s.case == sense.case and s.role == sense.role
            for s in known
        ):
            return
        self._senses[folded] = (*known, sense)
        first, _, rest = folded.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if self._longest.get(first, 0) < length:
            self._longest[first] = length

    def copy(self) -> Lexicon:
        return Lexicon(dict(self._senses), dict(self._longest))

    def prefer(self, name: str, sense: Sense) -> None:
        """Add a name whose other meanings no longer count."""
        self._senses.pop(key(_ARTICLE.sub("", name)), None)
        self.add(name, sense)

    def senses(self, name: str) -> tuple[Sense, ...]:
        """All that a name may mean, whatever its case."""
        return self._senses.get(key(name), ())

    def match(self, content: str, runs: list[Segment]) -> Iterator[Hit]:
        """The longest name at each place; hits do not overlap."""
        place = 0
        while place < len(runs):
            hit, length = self._longest_at(content, runs, place)
            if hit:
                yield hit
            place += max(length, 1)

    def _longest_at(self, content: str, runs: list[Segment], place: int) -> tuple[Hit | None, int]:
        limit = self._longest.get(runs[place].folded, 0)
        if not limit and runs[place].folded.endswith("s"):
            limit = 1 if runs[place].folded[:-1] in self._senses else 0
        if not limit or _inside_word(runs, place):
            return None, 1
        names = [runs[place].folded]
        while len(names) < limit and place + len(names) < len(runs) and runs[place + len(names)].joined:
            names.append(runs[place + len(names)].folded)
        for length in range(len(names), 0, -1):
            hit = self._hit(content, runs, place, names[:length])
            if hit:
                return hit, length
        return None, 1

    def _hit(self, content: str, runs: list[Segment], place: int, names: list[str]) -> Hit | None:
        last = place + len(names) - 1
        start, end = runs[place].start, runs[last].end
        if (
            names[-1] == "s"
            and content[end - 1] == "s"
            and len(names) > 1
            and runs[last].start == runs[last - 1].end
        ):
            return None  # "MiG-29s" is the plural of MiG-29, not the variant MiG-29S
        if last + 1 < len(runs) and runs[last + 1].start == end:
            end = _variant_end(content, runs, last)
            if not end:
                return None
        joined = " ".join(names)
        senses = self._senses.get(joined, ())
        surface = content[start:end]
        fitting = tuple(s for s in senses if _fits(surface, s))
        if not fitting and joined.endswith("s"):
            single = f"{joined[:-3]}y" if joined.endswith("ies") else joined[:-1]
            fitting = tuple(s for s in self._senses.get(single, ()) if _pluralises(surface, s))
        if end != runs[last].end:
            fitting = tuple(s for s in fitting if s.kind in (Kind.AIRCRAFT_TYPE, Kind.WEAPON))
        elif _INITIALISM.search(surface) and content[end : end + 1] == ".":
            end += 1
        return Hit(start, end, fitting) if fitting else None


def _inside_word(runs: list[Segment], place: int) -> bool:
    return place > 0 and runs[place - 1].end == runs[place].start


def _variant_end(content: str, runs: list[Segment], last: int) -> int:
    """Where a designator with a variant or plural ending stuck to it ends ("Il-76" in "Il-76MDs"), else 0."""
    after = runs[last + 1]
    tail = content[after.start : after.end]
    if not content[runs[last].start : runs[last].end].isdigit() or not re.fullmatch(
        r"(?:[A-Z][A-Za-z]{0,3})?s?", tail
    ):
        return 0
    if last + 2 < len(runs) and runs[last + 2].start == after.end:
        return 0
    return after.end


def _fits(surface: str, sense: Sense) -> bool:
    if sense.case is Case.ANY:
        return True
    if sense.kind in (Kind.AIRCRAFT_TYPE, Kind.WEAPON) and surface[-1] == "s" and sense.written[-1] != "s":
        surface = surface[:-1]
    if sense.case is Case.PROPER:
        return surface[0].isupper() or surface[0].isdigit() or not sense.written[:1].isupper()
    return re.sub(r"\W", "", surface) == re.sub(r"\W", "", sense.written)


def _pluralises(surface: str, sense: Sense) -> bool:
    if surface[-1] not in "sS" or sense.kind not in (Kind.AIRCRAFT_TYPE, Kind.WEAPON):
        return False
    return _fits(surface[:-1], sense) or (surface.endswith("ies") and _fits(f"{surface[:-3]}y", sense))
