"""The lexicons in memory: every table of names, read once per process and turned into senses.

Tables that both sides of the program use lie in graph/reference, those of the language in nlp/lexicons.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.graph.reference.cities import cities
from tailgraph.nlp.lexicon import Case, Lexicon, Sense, case_of, key

Row = dict[str, str]
_BASE = re.compile(
    r"(?: International)? (?:air ?base|airfield|military airport|air force "
    r"base)$",
    re.IGNORECASE,
)
_AIRPORT_WORD = re.compile(
    r"\b(?:airport|air ?base|air-?field|airstrip|aerodrome|air station|base|RAF"
    r"|airfield)\b",
    re.IGNORECASE,
)


def rows(package: str, folder: str, name: str) -> Iterator[Row]:
    """The rows of one of our tables; none where the table does not exist."""
    table = resources.files(package) / folder / name
    if not table.is_file():
        return
    yield from csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))


def items(row: Row, *columns: str) -> list[str]:
    """The list items of some cells of a row, in order, without repeats."""
    found = (item.strip() for column in columns for item in (row.get(column) or "").split("|"))
    return list(dict.fromkeys(item for item in found if item))


@cache
def standard() -> Lexicon:
    """All names that come with Tailgraph."""
    lexicon = Lexicon()
    for add in (
        _countries,
        _aircraft_types,
        _weapons,
        _airports,
        _places,
        _operators,
        _organizations,
        _cities,
    ):
        add(lexicon)
    return lexicon


@cache
def given_names() -> frozenset[str]:
    """Common given names of many languages, folded."""
    return frozenset(key(row["name"]) for row in rows("tailgraph.nlp", "lexicons", "given_names.csv"))


def place_id(country: str | None, name: str) -> str:
    return f"{country or '--'}/{keys.clean_name(name)}"


def _countries(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.graph", "reference", "countries.csv"):
        code, name = row["iso2"], row["name"]
        doubtful = set(items(row, "ambiguous"))
        for role, columns in (
            ("name", ("name", "names", "abbreviations", "former")),
            ("demonym", ("demonyms",)),
            ("seat", ("seats",)),
        ):
            for form in items(row, *columns):
                lexicon.add(
                    form,
                    Sense(
                        Kind.COUNTRY,
                        code,
                        code,
                        name,
                        f"{role}?" if form in doubtful else role,
                        case_of(form),
                        code,
                        form,
                    ),
                )
        for capital in items(row, "capitals"):
            lexicon.add(
                capital,
                Sense(
                    Kind.PLACE, place_id(code, capital), code, capital, "capital", Case.PROPER, code, capital
                ),
            )


def _aircraft_types(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.graph", "reference", "aircraft_types.csv"):
        designator = row["designator"]
        spelled = [*items(row, "model", "aliases"), *_with_maker(row)]
        for role, names in (
            ("", spelled),
            ("family", items(row, "families")),
            ("nickname", items(row, "nicknames")),
        ):
            for name in names:
                lexicon.add(
                    name,
                    Sense(
                        Kind.AIRCRAFT_TYPE,
                        designator,
                        designator,
                        row["model"],
                        role,
                        Case.PROPER,
                        None,
                        name,
                    ),
                )


def _weapons(lexicon: Lexicon) -> None:
    makers = _makers()
    for row in rows("tailgraph.nlp", "lexicons", "weapons.csv"):
        weapon_class, model = WeaponClass(row["weapon_class"]), (row.get("model") or "").strip()
        role = ("model" if model else "generic") + ("?" if row.get("context") else "")
        identity = f"{weapon_class}/{model}" if model else str(weapon_class)
        names = [row["term"], *([model] if model else []), *items(row, "aliases")]
        names += [f"{makers[name]} {name}" for name in names if name in makers]
        for name in dict.fromkeys(names):
            lexicon.add(
                name,
                Sense(
                    Kind.WEAPON, identity, weapon_class, model or row["term"], role, case_of(name), None, name
                ),
            )


def _makers() -> dict[str, str]:
    """Name of a type → its maker: "Sukhoi Su-30" is a weapon where "Su-30" is."""
    types = rows("tailgraph.graph", "reference", "aircraft_types.csv")
    return {name: row["maker"] for row in types if row["maker"] for name in items(row, "model", "aliases")}


def _airports(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.graph", "reference", "airports.csv"):
        name, city = row["name"], row["city"]
        code = row["icao"] or None
        identity = code or keys.clean_name(name)
        base = _BASE.sub("", name)
        is_base = bool(row["military"]) or base != name
        for form in [
            *items(row, "name", "names"),
            *([base] if is_base and not _is_capital(lexicon, base) else []),
        ]:
            if key(form) == key(city) and not is_base:
                continue  # the city is meant, until the text says airport
            role = "named" if _AIRPORT_WORD.search(form) else "base" if is_base else "short"
            lexicon.add(
                form, Sense(Kind.AIRPORT, identity, code, name, role, Case.PROPER, row["country"], form)
            )
        for form in _personal(name, city):
            if not any(sense.kind in (Kind.PLACE, Kind.COUNTRY) for sense in lexicon.senses(form)):
                lexicon.add(
                    form,
                    Sense(Kind.AIRPORT, identity, code, name, "short", Case.PROPER, row["country"], form),
                )
        for codename in (row["icao"], row["iata"]):
            if codename:
                lexicon.add(
                    codename,
                    Sense(Kind.AIRPORT, identity, code, name, "code", Case.EXACT, row["country"], codename),
                )
        if city:
            lexicon.add(
                city,
                Sense(
                    Kind.PLACE,
                    place_id(row["country"], city),
                    row["country"],
                    city,
                    "city",
                    Case.PROPER,
                    row["country"],
                    city,
                ),
            )


def _personal(name: str, city: str) -> Iterator[str]:
    """ "Nikola Tesla" and "Nikola Tesla Airport" for "Belgrade Nikola Tesla Airport"."""
    bare = re.sub(r"(?: International)? Airport$", "", name)
    if bare != name:
        short = (
            bare.split(" ", 1)[1] if " " in bare and key(bare.split(" ", 1)[0])[:5] == key(city)[:5] else bare
        )
        if len(short) > 4 and " " in short and key(short) != key(city):
            yield short
            yield f"{short} Airport"
            yield f"{short} International Airport"


def _is_capital(lexicon: Lexicon, name: str) -> bool:
    return any(sense.role == "capital" for sense in lexicon.senses(name))


def _places(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.nlp", "lexicons", "places.csv"):
        country = row["country"] or None
        for name in items(row, "name", "aliases"):
            lexicon.add(
                name,
                Sense(
                    Kind.PLACE,
                    place_id(country, row["name"]),
                    country,
                    row["name"],
                    "place",
                    Case.PROPER,
                    country,
                    name,
                ),
            )


def _operators(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.graph", "reference", "operators.csv"):
        name, country = row["name"], row["country"] or None
        doubtful = set(items(row, "ambiguous"))
        for form in items(row, "name", "aliases"):
            if form not in doubtful or " " in form:
                lexicon.add(form, Sense(Kind.OPERATOR, name, None, name, "", case_of(form), country, form))


def _organizations(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.nlp", "lexicons", "organizations.csv"):
        name, country = row["name"], row["country"] or None
        doubtful = set(items(row, "ambiguous"))
        for form in items(row, "name", "aliases"):
            road = re.fullmatch(r"[A-Z]\d{1,2}", form)  # roads and seats look the same
            role = "body?" if road or form in doubtful else ""
            lexicon.add(
                form,
                Sense(
                    Kind.ORGANIZATION, keys.clean_name(name), None, name, role, case_of(form), country, form
                ),
            )


_BUREAUS = {"Antonov": "An", "Ilyushin": "Il", "Tupolev": "Tu", "Yakovlev": "Yak", "Sukhoi": "Su"}


def _with_maker(row: Row) -> Iterator[str]:
    """ "Antonov-26" and "Antonov 26" for the An-26, "Douglas DC-8-55" for the DC-8-55."""
    maker = row["maker"]
    prefix = _BUREAUS.get(maker)
    for alias in items(row, "model", "aliases"):
        if not alias.startswith(maker):
            yield f"{maker} {alias}"
        if alias.startswith("DC-"):
            yield f"Douglas {alias}"
        number = re.fullmatch(rf"(?:{re.escape(maker)} )?{prefix}-(\d+\w*)", alias) if prefix else None
        if number:
            yield f"{maker} {number[1]}"


def _cities(lexicon: Lexicon) -> None:
    """Towns of the world. They come last; all but the unmistakable count only where the words beside them
    agree."""
    for town in cities():
        role = "city" if town.population >= _LARGE and not town.doubtful else "town?"
        for form in (town.name, *town.further_names):
            _add_town(
                lexicon,
                form,
                town.name,
                town.country,
                role if form == town.name and len(form) > 4 else "town?",
            )


_LARGE = 150_000


def _add_town(lexicon: Lexicon, form: str, name: str, country: str, role: str) -> None:
    known = lexicon.senses(form)
    taken = any(
        s.kind in (Kind.COUNTRY, Kind.PLACE, Kind.AIRPORT, Kind.WEAPON, Kind.ORGANIZATION)
        and s.method != "gazetteer"
        for s in known
    )
    if len(form) > 2 and not taken and sum(s.kind is Kind.PLACE for s in known) < 3:
        lexicon.add(
            form,
            Sense(
                Kind.PLACE,
                place_id(country, name),
                country,
                name,
                role,
                Case.PROPER,
                country,
                form,
                "gazetteer",
            ),
        )
