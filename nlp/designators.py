"""Designators of airframes in running text: registrations, military serials, 24-bit addresses.

They match exactly by shape, or by shape and a word beside them where the shape alone is too common:
"16-0055" needs an aircraft near it, "15406E" a word such as hex. Look-alikes are refused: missile and
model names (R-77, P-800), roads (A330), resolution numbers, clock times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tailgraph.graph import keys
from tailgraph.graph.reference import marks

_DASH = "[-‐‑–]"
_EDGE_BEFORE = r"(?<![\w/])(?<!\d[-‐‑–.])"
_EDGE_AFTER = r"(?!\w)(?![-‐‑–/]\w)"

# Words by which a number of a common shape is known to be an airframe's.
_AIRFRAME_CUE = re.compile(
    r"\b(?:tail(?:[- ]number)?s?|serial(?:s|ed)?|registr(?:ation|ations|ered)|reg\.?|aircraft|airframes?"
    r"|airlifters?|"
    r"planes?|jets?|freighters?|transports?|airlifters?|C-?1[37]0?[A-Z]?|A400Ms?|A330|C-17s?|C-130[A-Z]*s?"
    r"|KC-\d+|"
    r"Globemasters?|Hercules|bort|marked|Boeing|Airbus|Antonov|Ilyushin|Tupolev|Gulfstream|Embraer|Falcon|"
    r"(?:Il|An|Tu|Yak|MD|DC|L|Y|KJ)-?\d{1,3}[A-Z]*s?|7[0-8]7(?:-\d{1,3}[A-Z]*)?s?"
    r"|A3[1-8]0(?:-\d{3})?s?)\b",
    re.IGNORECASE,
)
_HEX_CUE = re.compile(
    r"\b(?:hex(?:es|adecimal)?(?:[- ]codes?)?|ICAO(?:[- ]?24)?|24-bit|mode[- ]?s|addresse?s?|transponder "
    r"codes?|icao24)\b",
    re.IGNORECASE,
)
_REGISTRATION_CUE = re.compile(
    r"\b(?:registration|registered|registration number|reg\.?|tail(?:[- ]number)?|marks?)(?:\s+(?:as|is"
    r"|was|number|no\.?|of|under|the|mark|it))*"
    r"\s*[:(]?\s*[\"'“]?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\b(?:resolution|resolutions|paragraph|paragraphs|route|road|highway|motorway|interstate|flight"
    r"|flights|seat|"
    r"section|article|room|annex|form|filed as|call ?sign|callsigns?|squawk(?:ing|ed)?|no\.?"
    r"|number)\s+$",
    re.IGNORECASE,
)
_WEAPON_AFTER = re.compile(
    r"^[\s-]*(?:[a-z]+[- ]){0,2}(?:missiles?|rockets?|drones?|howitzers?|rifles?|torpedo(?:es)?|launchers?"
    r"|tanks?|radars?|"
    r"systems?|bombs?|oniks|onyx|bastion|guns?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Designator:
    """An airframe's designator in the text: `key` is normalised; `scheme` is registration, serial or hex."""

    start: int
    end: int
    key: str
    scheme: str
    country: str | None
    confidence: float


@cache
def _pattern() -> re.Pattern[str]:
    hyphened = {mark for mark, shapes in marks.marks().items() if shapes[0].hyphen or len(mark) > 1}
    ordered = sorted(hyphened, key=lambda mark: (-len(mark), mark))
    return re.compile(
        rf"""{_EDGE_BEFORE}(?:
            (?P<mark>{"|".join(ordered)}){_DASH}(?P<suffix>[A-Z0-9]{{2,6}})
          | (?P<solid>(?:RA|RF|UR|UK|EK|EW|EX|UN|CCCP)\ ?\d{{5}}|U[NP]\ ?[A-Z]\d{{4}})
          | (?P<venezuela>YV\d{{3,4}}T?) | (?P<korea>HL\d{{4}}) | (?P<japan>JA\d{{2,4}}[A-Z]{{0,2}})
          | (?P<november>N[1-9]\d{{0,4}}[A-HJ-NP-Z]{{0,2}})
          | (?P<serial>\d{{2}}{_DASH}\d{{4,5}}) | (?P<iran>[5-9]{_DASH}\d{{4}})
          | (?P<address>[0-9A-Fa-f]{{6}})
        ){_EDGE_AFTER}""",
        re.VERBOSE,
    )


def find(content: str) -> Iterator[Designator]:
    """All designators of airframes in `content`, in order."""
    for match in _pattern().finditer(content):
        shape = match.lastgroup if match.lastgroup != "suffix" else "mark"
        found = _FINDERS[shape or "mark"](content, match)
        if found:
            yield found


def _marked(content: str, match: re.Match[str]) -> Designator | None:
    mark, suffix = match["mark"], match["suffix"]
    found = marks.shape(mark, suffix)
    if found is None or _WEAPON_AFTER.match(content[match.end() : match.end() + 40]):
        return None
    # One-letter marks with digits are the shape of weapons and roads, too: they need an aircraft nearby.
    doubtful = len(mark) == 1 and not (mark + suffix).isalpha()
    if (doubtful and _refused(content, match)) or (
        doubtful
        and not (
            _near(_AIRFRAME_CUE, content, match, 120) or _REGISTRATION_CUE.search(_before(content, match))
        )
    ):
        return None
    return Designator(
        *match.span(), found.join(suffix), "registration", found.country, 0.8 if doubtful else 0.98
    )


def _solid(content: str, match: re.Match[str]) -> Designator | None:
    if _refused(content, match):
        return None
    text = match.group().replace(" ", "")
    prefix = next((m for m in (text[:4], text[:2], text[:1]) if m in marks.marks()), None)
    found = marks.shape(prefix, text[len(prefix) :]) if prefix else None
    if prefix is None or found is None:
        return None
    return Designator(*match.span(), found.join(text[len(prefix) :]), "registration", found.country, 0.9)


def _whole(country: str) -> Callable[[str, re.Match[str]], Designator | None]:
    def build(content: str, match: re.Match[str]) -> Designator | None:
        if _refused(content, match):
            return None
        return Designator(*match.span(), match.group(), "registration", country, 0.9)

    return build


def _november(content: str, match: re.Match[str]) -> Designator | None:
    text = match.group()
    digits, letters = sum(c.isdigit() for c in text), sum(c.isalpha() for c in text) - 1
    if _refused(content, match) or digits + letters < 3:
        return None
    cued = _near(_AIRFRAME_CUE, content, match, 120) or _REGISTRATION_CUE.search(_before(content, match))
    if letters == 0 and not cued:
        return None
    return Designator(*match.span(), text, "registration", "US", 0.95 if cued else 0.75)


def _serial(content: str, match: re.Match[str]) -> Designator | None:
    if _refused(content, match) or not _near(_AIRFRAME_CUE, content, match, 80):
        return None
    return Designator(*match.span(), re.sub(_DASH, "-", match.group()), "serial", None, 0.75)


def _address(content: str, match: re.Match[str]) -> Designator | None:
    text = match.group()
    before = _before(content, match, 60)
    cue = next(iter(reversed(list(_HEX_CUE.finditer(before)))), None)
    # Only other addresses, "and" and brackets may stand between the cue and the address.
    if cue is None or not re.fullmatch(
        r"[\s:(\[\"'“,/#]*(?:(?:code|address|is|of|and|or|number|identifier"
        r"|known|as|[0-9A-Fa-f]{6})[\s:(\"'“,;]*)*",
        before[cue.end() :],
        re.IGNORECASE,
    ):
        return None
    return Designator(*match.span(), keys.aircraft_of(text.lower()), "hex", None, 0.95)


def _before(content: str, match: re.Match[str], width: int = 48) -> str:
    return content[max(match.start() - width, 0) : match.start()]


def _near(cue: re.Pattern[str], content: str, match: re.Match[str], width: int) -> bool:
    """Is the cue in the same paragraph, within `width` characters on either side?"""
    before = _before(content, match, width).rpartition("\n\n")[2]
    after = content[match.end() : match.end() + width].partition("\n\n")[0]
    return bool(cue.search(before) or cue.search(after))


def _refused(content: str, match: re.Match[str]) -> bool:
    return bool(
        (_NOT_AFTER.search(_before(content, match)) and not _REGISTRATION_CUE.search(_before(content, match)))
        or _WEAPON_AFTER.match(content[match.end() : match.end() + 40])
    )


_FINDERS = {
    "mark": _marked,
    "solid": _solid,
    "venezuela": _whole("VE"),
    "korea": _whole("KR"),
    "japan": _whole("JP"),
    "november": _november,
    "serial": _serial,
    "iran": _serial,
    "address": _address,
}
