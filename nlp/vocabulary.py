"""The lexicons in memory: every table of names, read once per process and turned into senses.

Tables that both sides of the program use lie in graph/reference, those of the language in nlp/lexicons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.nlp.lexicon import Case, Lexicon, Sense, case_of

Row = dict[str, str]


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
    for add in (_countries, _aircraft_types, _weapons):
        add(lexicon)
    return lexicon


def place_id(country: str | None, name: str) -> str:
    return f"{country or '--'}/{keys.clean_name(name)}"


def _countries(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.graph", "reference", "countries.csv"):
        code, name = row["iso2"], row["name"]
        doubtful = set(items(row, "ambiguous"))
        for role, columns in (("name", ("name", "names", "abbreviations", "former")), ("demonym", ("demonyms",)),
                              ("seat", ("seats",))):
            for form in items(row, *columns):
                lexicon.add(form, Sense(Kind.COUNTRY, code, code, name,
                                        f"{role}?" if form in doubtful else role, case_of(form), code, form))
        for capital in items(row, "capitals"):
            lexicon.add(capital, Sense(Kind.PLACE, place_id(code, capital), code, capital, "capital", Case.PROPER,
                                       code, capital))


def _aircraft_types(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.graph", "reference", "aircraft_types.csv"):
        designator = row["designator"]
        for role, names in (("", items(row, "model", "aliases")), ("nickname", items(row, "nicknames"))):
            for name in names:
                lexicon.add(name, Sense(Kind.AIRCRAFT_TYPE, designator, designator, row["model"], role, Case.PROPER, None, name))


def _weapons(lexicon: Lexicon) -> None:
    for row in rows("tailgraph.nlp", "lexicons", "weapons.csv"):
        weapon_class, model = WeaponClass(row["weapon_class"]), (row.get("model") or "").strip()
        role = ("model" if model else "generic") + ("?" if row.get("context") else "")
        identity = f"{weapon_class}/{model}" if model else str(weapon_class)
        for name in dict.fromkeys([row["term"], *([model] if model else []), *items(row, "aliases")]):
            lexicon.add(name, Sense(Kind.WEAPON, identity, weapon_class, model or row["term"], role, case_of(name), None, name))
