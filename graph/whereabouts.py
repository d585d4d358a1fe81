"""Where the places that reports name lie, as far as tables of airports say, and how far apart they are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tailgraph.graph.model import Verdict
from tailgraph.graph.reference import tables

NEAR_NM = 50.0
"""An airport this close to one of a city's own airports serves that city."""
_EARTH_RADIUS_NM = 3440.065

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Where:
    """One end of a reported flight: ids of airports, places and countries, whichever the report names."""

    airports: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.airports or self.places or self.countries)


NOWHERE = Where()


def judge(where: Where, airport: str) -> Verdict:
    """Whether `airport` is where the report says; by the most exact thing that it names."""
    known = [name for name in where.airports if name in tables.airports()]
    if airport in where.airports:
        return Verdict.SUPPORTED
    if known and len(known) == len(where.airports):
        return Verdict.CONTRADICTED
    if where.places:
        return _any(_judge_place(place, airport) for place in where.places)
    # An airfield that no table knows can only be told from fields in other countries.
    verdict = _judge_countries(where.countries, airport)
    return Verdict.UNTESTABLE if where.airports and verdict is Verdict.SUPPORTED else verdict


def _judge_place(place: str, airport: str) -> Verdict:
    country = place.partition("/")[0]
    positions = positions_of_place(place)
    here = position(airport)
    if not positions or here is None:
        verdict = _judge_countries(frozenset({country}), airport)
        return Verdict.CONTRADICTED if verdict is Verdict.CONTRADICTED else Verdict.UNTESTABLE
    near = min(distance_nm(here, other) for other in positions) <= NEAR_NM
    return Verdict.SUPPORTED if near else Verdict.CONTRADICTED


def _judge_countries(countries: frozenset[str], airport: str) -> Verdict:
    actual = country_of(airport)
    if actual is None or not countries or "--" in countries:
        return Verdict.UNTESTABLE
    return Verdict.SUPPORTED if actual in countries else Verdict.CONTRADICTED


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    """Of alternatives, one that holds is enough; all must fail to contradict."""
    found = set(verdicts)
    if Verdict.SUPPORTED in found:
        return Verdict.SUPPORTED
    return Verdict.CONTRADICTED if found == {Verdict.CONTRADICTED} else Verdict.UNTESTABLE


def country_of(airport: str) -> str | None:
    """ISO code of an airport's country."""
    known = tables.airports().get(airport)
    return known.country if known else None


def position(airport: str) -> Position | None:
    known = tables.airports().get(airport)
    if known is None or known.latitude is None or known.longitude is None:
        return None
    return known.latitude, known.longitude


def positions_of(where: Where) -> tuple[Position, ...]:
    """Every position that `where` may mean: its airports, else those of its places, else of its countries."""
    found = [here for airport in sorted(where.airports) if (here := position(airport))]
    if not found and not where.airports:
        found = [here for place in sorted(where.places) for here in positions_of_place(place)]
    if not found and not where.airports and not where.places:
        found = [here for country in sorted(where.countries) for here in _by_country().get(country, ())]
    return tuple(found)


def positions_of_place(place: str) -> tuple[Position, ...]:
    """The airports of a city by its id ("KP/Pyongyang"); () for regions, seas and towns without one."""
    country, _, name = place.partition("/")
    return _by_city().get((country, name.casefold()), ())


def airport_name(airport: str) -> str:
    """How a person would write an airport: "Pyongyang (ZKPY)"."""
    known = tables.airports().get(airport)
    name = (known.city or known.name) if known else None
    return f"{name} ({airport})" if name and name != airport else airport


@cache
def _by_city() -> dict[tuple[str, str], tuple[Position, ...]]:
    found: dict[tuple[str, str], list[Position]] = {}
    for icao, airport in tables.airports().items():
        here = position(icao)
        if here and airport.city and airport.country:
            found.setdefault((airport.country, airport.city.casefold()), []).append(here)
    return {city: tuple(positions) for city, positions in found.items()}


@cache
def _by_country() -> dict[str, tuple[Position, ...]]:
    found: dict[str, list[Position]] = {}
    for icao, airport in tables.airports().items():
        if airport.country and (here := position(icao)):
            found.setdefault(airport.country, []).append(here)
    return {country: tuple(positions) for country, positions in found.items()}


def distance_nm(a: Position, b: Position) -> float:
    """Great-circle distance by the haversine formula, in nautical miles."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_RADIUS_NM * math.asin(min(1.0, math.sqrt(h)))
