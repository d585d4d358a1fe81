"""Airports in context: names that end in "airport" are sure; short names and codes need the words beside
them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.graph.reference import cities as gazetteer
from tailgraph.graph.reference import tables
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import Lexicon, fold, key
from tailgraph.nlp.runs import Run
from tailgraph.nlp.vocabulary import given_names, items, rows

_BRACKETED = re.compile(r"^\s?[(\[/]\s?[A-Z]{3,4}[)\],;/ ]")
_TOWARD = re.compile(
    r"\b(?:at|from|to|into|out of|via|for|near|over|left|reached|departed|between|and|of"
    r"|outside|leaving|reaching|toward|towards)\s(?:the )?(?:[A-Z][\w-]+['’]s )?$",
    re.IGNORECASE,
)
_FLYING = re.compile(
    r"\b(?:fl(?:y|ew|ies|ying|own|ights?)|land(?:ed|s|ing|ings)?|left|arriv\w+|depart\w+"
    r"|took off|takes? off|touch\w* down|plane|aircraft|jet|"
    r"freighter|runway|airlift|transponder|reach(?:ed|es)?|bound|parked|base|came|went"
    r"|shuttl\w+|stop(?:ped|s)?|put down|sorties?)\b",
    re.IGNORECASE,
)


_FLOWN_AT = re.compile(
    r"\b(?:land(?:s|ed|ing|ings)?|touch(?:es|ed|ing)? down|put(?:s|ting)? (?:it |them |her )?down"
    r"|set(?:s|ting)? down"
    r"|t(?:akes?|ook|aking) off|take-offs?|lift(?:s|ed|ing)? off|parked|refuel(?:s|led|ling|ed|ing)?|diverted"
    r"|(?:fl(?:y|ew|own|ies|ying)|operat(?:e|es|ed|ing)) out"
    r"|depart(?:s|ed|ing)?|based|stationed|arriv(?:es|ed|ing)|tarmac|runways?|apron|ramp|hangars?)"
    r"(?: (?:\w+ ){0,3}?)?(?:at|from|to|in|of)? (?:the )?$"
)
"""What is only done at airfields, right before a name."""

_ROUTE_AFTER = re.compile(r"\s?(?:[-–—>→➔/]|->)\s?(?P<code>[A-Z]{4})(?![A-Za-z])")
_ROUTE_BEFORE = re.compile(r"(?<![A-Za-z])(?P<code>[A-Z]{4})\s?(?:[-–—>→➔/]|->)\s?$")
_IS_BASE = re.compile(
    r"^,? (?:\([A-Z]{4}\),? )?(?:\w+['’]s |an? |the |its |another |military |main "
    r")+(?:[\w-]+ ){0,2}(?:air ?base|base|airfield|airport)\b"
)


def find(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """The airports among the lexicon's hits that are meant as such."""
    hits = [c for c in known if c.kind is Kind.AIRPORT]
    towns = {
        (c.start, c.end) for c in known if c.kind is Kind.PLACE and not _known_by_field(view, c, hits)
    }
    coded: set[str] = set()
    in_full = {c.id for c in hits if c.role == "named"}
    codes = {view.content[c.start : c.end] for c in hits if c.role == "code"}
    found: list[Candidate] = []
    for hit in hits:
        if hit.role == "named":
            found.append(hit)
        elif hit.role in ("short", "base") and (
            (hit.role == "base" and hit.id in in_full) or _short(view, hit, (hit.start, hit.end) in towns)
        ):
            found.append(relabel(hit, rank=34))
        elif hit.role == "code" and (
            _in_brackets(view, hit) or hit.id in coded or _on_route(view, hit, codes)
        ):
            coded.add(hit.id)
            found.append(relabel(hit, rank=37))
    return found


def _known_by_field(view: View, town: Candidate, hits: Sequence[Candidate]) -> bool:
    """ "took off from Brize Norton", "at Ezeiza": towns that are spoken of for their airfield alone, where
    aircraft are spoken of."""
    fields = [h for h in hits if (h.start, h.end) == (town.start, town.end)]
    name = key(view.text(town))
    if name not in cues("airports: towns known by their field") and not (
        any(h.role == "base" for h in fields) and town.role == "place" and name not in _populous()
    ):
        return False
    before = view.content[max(town.start - 40, 0) : town.start]
    line = view.content[max(town.start - 160, 0) : town.end + 160]
    return bool(_TOWARD.search(before)) and bool(_FLYING.search(line))


@cache
def _populous() -> frozenset[str]:
    """The folded names of the towns of the gazetteer."""
    return frozenset(key(form) for town in gazetteer.cities() for form in (town.name, *town.further_names))


def _short(view: View, hit: Candidate, is_town: bool) -> bool:
    """A name without "airport": one word is enough; what looks like a person needs a code or a
    preposition."""
    content, text = view.content, view.content[hit.start : hit.end]
    if not text[0].isupper():
        return False
    after = content[hit.end : hit.end + 8]
    if re.match(r" [A-ZÀ-Þ][a-zà-ÿ]", after) and not view.in_title(hit.start):
        return False
    if _BRACKETED.match(after) and not is_town:
        return True
    apposed = _IS_BASE.match(content[hit.end : hit.end + 60]) is not None
    if is_town and not (hit.role == "base" and (apposed or flown_at(content, hit.start, "at|from"))):
        return False
    if apposed:
        return True
    if _not_flown(view, hit):
        return False
    line = content[max(hit.start - 160, 0) : hit.end + 160]
    if " " in text or (hit.id not in (text,) and len(text) < 4):
        return bool(_TOWARD.search(content[max(hit.start - 40, 0) : hit.start])) and bool(
            _FLYING.search(line)
        )
    return bool(_FLYING.search(line)) or bool(_TOWARD.search(content[max(hit.start - 40, 0) : hit.start]))


def flown_at(content: str, start: int, prepositions: str) -> bool:
    """Does "landed at" or the like stand right before the offset?"""
    before = content[max(start - 60, 0) : start]
    return (
        _FLOWN_AT.search(before) is not None
        and re.search(rf"\b(?:{prepositions}) (?:the )?$", before) is not None
    )


def _not_flown(view: View, hit: Candidate) -> bool:
    """ "the Wonsan-Kalma beach resort": the name of something else of the same place."""
    root = view.span(hit.start, hit.end).root
    return root.dep_ == "compound" and root.head.lower_ not in (
        "base",
        "airport",
        "airfield",
        "runway",
        "flight",
        "flights",
        "tarmac",
        "apron",
        "tower",
        "airstrip",
    )


def _on_route(view: View, hit: Candidate, codes: set[str]) -> bool:
    """ "OMAL–HCMF": two known indicators that a dash or arrow joins."""
    after = _ROUTE_AFTER.match(view.content, hit.end)
    before = _ROUTE_BEFORE.search(view.content[max(hit.start - 8, 0) : hit.start])
    return any(m is not None and m["code"] in codes for m in (after, before))


def _in_brackets(view: View, hit: Candidate) -> bool:
    before, after = view.content[max(hit.start - 2, 0) : hit.start], view.content[hit.end : hit.end + 2]
    if _spelt_out(view, hit):
        return False
    return (before[-1:] in ("(", "[", "/") and after[:1] in (")", "]", ",", ";", "/")) or (
        len(view.content[hit.start : hit.end]) == 4
        and bool(_TOWARD.search(view.content[max(hit.start - 12, 0) : hit.start]))
    )


def _spelt_out(view: View, hit: Candidate) -> bool:
    """ "The Christian Association of Nigeria (CAN)": the initials of the words before it."""
    words = re.findall(r"[A-Za-z]+", view.content[max(hit.start - 120, 0) : hit.start])
    initials = [w[0] for w in words if w[0].isupper()]
    code = view.text(hit)
    return len(code) == 3 and initials[-3:] == list(code)


def unlisted(view: View, names: Sequence[Run], taken: frozenset[int]) -> Iterator[Candidate]:
    """Names that no list holds, where only airfields stand: "landed at Chubu", "took off from Wonderboom"."""
    for run in names:
        span = view.doc[run.first : run.last + 1]
        if (
            taken.intersection(range(run.first, run.last + 1))
            or len(span) > 3
            or view.in_title(span.start_char)
        ):
            continue
        if key(span[0].text) in given_names() or not flown_at(view.content, span.start_char, "at|from"):
            continue
        name = keys.clean_name(span.text)
        yield Candidate(
            span.start_char, span.end_char, Kind.AIRPORT, name, None, name, "flown", 0.65, rank=15
        )


def designated(candidates: Sequence[Candidate], countries: frozenset[str]) -> list[Candidate]:
    """Airports that only their shape told, with the location indicator where one airport of the public table
    fits."""
    if not any(_nameless(c) for c in candidates):
        return list(candidates)
    return [_designated(c, countries) if _nameless(c) else c for c in candidates]


def of_town(chosen: Sequence[Candidate]) -> list[Candidate]:
    """ "Beirut's airport" is the one airport of Beirut that the report names."""
    towns: dict[str, set[str]] = {}
    for candidate in chosen:
        if candidate.kind is Kind.AIRPORT and candidate.key and (city := _city(candidate.key)):
            towns.setdefault(city, set()).add(candidate.key)
    return [
        relabel(c, id=code, key=code)
        if _nameless(c) and len(codes := towns.get(_bare(c.name), set())) == 1 and (code := next(iter(codes)))
        else c
        for c in chosen
    ]


@cache
def _cities() -> dict[str, str]:
    return {
        row["icao"]: key(row["city"])
        for row in rows("tailgraph.graph", "reference", "airports.csv")
        if row["icao"]
    }


def _city(code: str) -> str:
    """The folded name of the town that an airport of our own table serves; empty for others."""
    return _cities().get(code, "")


def _nameless(candidate: Candidate) -> bool:
    return candidate.kind is Kind.AIRPORT and candidate.key is None


def _designated(candidate: Candidate, countries: frozenset[str]) -> Candidate:
    bare = _bare(candidate.name)
    fitting = _fitting(bare)
    near = [code for code, country in fitting if country in countries]
    if len(near) == 1:
        code = near[0]
    elif len(fitting) == 1 and len(bare) > 5:
        code = fitting[0][0]
    else:
        return candidate
    return relabel(candidate, id=code, key=code, country=dict(fitting)[code])


@lru_cache(maxsize=4096)
def _fitting(bare: str) -> tuple[tuple[str, str], ...]:
    """Location indicator and country of the public airports of this name, "airport" and the like apart."""
    if not bare:
        return ()
    if own := _own().get(bare):
        return own
    longest = max(bare.split(), key=len)
    return tuple(
        (code, country)
        for folded, name, code, country in _public()
        if longest in folded and _bare(name) == bare
    )


@cache
def _own() -> dict[str, tuple[tuple[str, str], ...]]:
    """Bare name → location indicator and country of the airports that our own table gives that name."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("tailgraph.graph", "reference", "airports.csv"):
        for name in items(row, "name", "names") if row["icao"] else ():
            found.setdefault(_bare(name), {})[row["icao"]] = row["country"]
    return {bare: tuple(fields.items()) for bare, fields in found.items()}


@cache
def _public() -> tuple[tuple[str, str, str, str], ...]:
    """Folded name, name, location indicator and country of each airport of the public table."""
    return tuple(
        (fold(airport.name), airport.name, code, airport.country)
        for code, airport in tables.airports().items()
        if len(code) == 4 and code.isupper() and airport.country
    )


def _bare(name: str) -> str:
    return " ".join(w for w in key(name).split() if w not in cues("airports: words of any"))


def coded(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """ "Capital Airport (PEK)" is one airport: the one of the code."""
    ordered = sorted(chosen, key=lambda c: c.start)
    same: dict[str, Candidate] = {}
    for before, after in pairwise(ordered):
        if (
            before.kind is Kind.AIRPORT
            and after.kind is Kind.AIRPORT
            and before.key is None
            and after.role == "code"
            and re.fullmatch(r" ?[(\[](?:ICAO:? |IATA:? )?", view.content[before.end : after.start])
        ):
            same[before.id] = after
    return [
        relabel(c, id=other.id, key=other.key, country=other.country)
        if c.kind is Kind.AIRPORT and (other := same.get(c.id))
        else c
        for c in ordered
    ]


def cities(view: View, chosen: Sequence[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """The city that opens its airport's name: "Misrata Airport" names Misrata, too."""
    inside = {c.start for c in chosen if c.kind is Kind.PLACE}
    for airport in chosen:
        if airport.kind is Kind.AIRPORT and airport.start not in inside and _CIVIL.search(view.text(airport)):
            city = _opening_city(view, airport, lexicon)
            if city:
                yield city


_CIVIL = re.compile(r"[Aa]irport\b|[-–]")


def _opening_city(view: View, airport: Candidate, lexicon: Lexicon) -> Candidate | None:
    inside = view.runs[
        bisect_left(view.run_starts, airport.start) : bisect_left(view.run_starts, airport.end)
    ]
    for length in range(min(3, len(inside) - 1), 0, -1):
        end = inside[length - 1].end
        senses = [
            s
            for s in lexicon.senses(view.content[airport.start : end])
            if s.kind is Kind.PLACE and s.role in ("capital", "city")
        ]
        sense = next((s for s in senses if s.country == airport.country), senses[0] if senses else None)
        if sense and view.content[airport.start].isupper():
            return Candidate(
                airport.start,
                end,
                Kind.PLACE,
                sense.id,
                sense.key,
                sense.name,
                "lexicon",
                0.8,
                role=sense.role,
                country=sense.country,
            )
    return None
