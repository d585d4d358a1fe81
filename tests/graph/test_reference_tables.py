"""The reference tables: every cell has the shape that its readers rely on, and no two rows claim one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import available_timezones

import airportsdata
import pytest

from tailgraph.graph import keys
from tailgraph.graph.reference import tables
from tailgraph.graph.reference.cities import fold

ROLES = {"airliner", "freighter", "transport", "bizjet", "turboprop", "light", "tanker", "special", "fighter",
         "bomber", "helicopter", "trainer"}
CLASSES = {"airline", "cargo", "air-force", "flight-unit", "government", "charter", "aid", "mercenary",
           "military"}
TABLES = ("countries", "aircraft_types", "operators", "airports", "airframes", "city_words")
LISTS = {"names", "abbreviations", "former", "demonyms", "capitals", "seats", "ambiguous", "aliases",
         "families",
         "nicknames"}

Row = Mapping[str, str]


def items(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def squeezed(name: str) -> str:
    """What a reader who does not care for case, hyphens and spaces sees: Il-76 and IL76 are one."""
    return fold(name).replace(" ", "")


def claims(rows: Iterable[Row], key: str, *columns: str) -> dict[str, set[str]]:
    """Each name of some columns → the keys of the rows that bear it without a doubt."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        doubtful = set(items(row.get("ambiguous", "")))
        for column in columns:
            for form in items(row[column]):
                if form not in doubtful:
                    found[squeezed(form)].add(row[key])
    return found


def shared(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {form: keys_ for form, keys_ in found.items() if len(keys_) > 1}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_fills_the_header_and_gives_a_source(name: str) -> None:
    rows = list(tables.rows(name))
    assert [row for row in rows if None in row or None in row.values()] == []
    assert [row for row in rows if not row["source"]] == []
    assert [cell for row in rows for cell in row.values() if cell != cell.strip() or "\n" in cell] == []


@pytest.mark.parametrize("name", TABLES)
def test_lists_hold_no_empty_and_no_repeated_item(name: str) -> None:
    cells = [cell for row in tables.rows(name) for column, cell in row.items() if column in LISTS and cell]
    assert [cell for cell in cells
            if len(set(cell.split("|"))) < cell.count("|") + 1 or "" in cell.split("|")] == []


def test_countries_have_iso_codes_and_real_time_zones() -> None:
    rows = list(tables.rows("countries"))
    assert len({row["iso2"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)
    assert [row["iso2"] for row in rows if not re.fullmatch("[A-Z]{2}", row["iso2"])] == []
    zones = available_timezones()
    assert [row["iso2"] for row in rows if row["timezone"] and row["timezone"] not in zones] == []


def test_no_name_of_a_country_is_another_countrys() -> None:
    found = claims(tables.rows("countries"), "iso2", "name", "names", "abbreviations", "former", "demonyms")
    assert shared(found) == {}


@pytest.mark.parametrize(("form", "country"), [
    ("North Korea", "KP"), ("DPRK", "KP"), ("South Korea", "KR"), ("Republic of Korea", "KR"),
    ("Republic of the Congo", "CG"), ("Democratic Republic of the Congo", "CD"), ("DRC", "CD"),
    ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Equatorial Guinea", "GQ"), ("Papua New Guinea", "PG"),
    ("Niger", "NE"), ("Nigeria", "NG"), ("Sudan", "SD"), ("South Sudan", "SS"), ("Dominica", "DM"),
    ("Dominican Republic", "DO"), ("Mali", "ML"), ("Malawi", "MW"), ("Iran", "IR"), ("Iraq", "IQ"),
])
def test_countries_that_look_alike_stay_apart(form: str, country: str) -> None:
    rows = tables.rows("countries")
    bearers = {row["iso2"] for row in rows
               if form in [row["name"], *items(row["names"]), *items(row["abbreviations"])]}
    assert bearers == {country}


def test_designators_are_of_icaos_shape_and_given_once() -> None:
    designators = [row["designator"] for row in tables.rows("aircraft_types")]
    assert [d for d in designators if not re.fullmatch("[A-Z][A-Z0-9]{1,3}", d)] == []
    assert len(set(designators)) == len(designators)
    assert {row["role"] for row in tables.rows("aircraft_types")} == ROLES


def test_no_name_of_a_type_is_another_types() -> None:
    assert shared(claims(tables.rows("aircraft_types"), "designator", "model", "aliases")) == {}


def test_a_familys_name_is_no_name_of_one_member() -> None:
    rows = list(tables.rows("aircraft_types"))
    single = claims(rows, "designator", "model", "aliases")
    families = claims(rows, "designator", "families")
    assert sorted(families.keys() & single.keys()) == []
    assert [name for name, members in families.items() if len(members) < 2] == []


def test_models_name_their_maker() -> None:
    assert [row["model"] for row in tables.rows("aircraft_types")
            if not row["model"].startswith(row["maker"])] == []


@pytest.mark.parametrize(("form", "designator"), [
    ("Il-76", "IL76"), ("Il-78", "IL76"), ("Il-96", "IL96"), ("Il-62", "IL62"), ("An-12", "AN12"),
    ("An-124", "A124"),
    ("An-22", "AN22"), ("An-225", "A225"), ("An-2", "AN2"), ("An-24", "AN24"), ("An-26", "AN26"),
    ("A-50", "A50"),
    ("C-130", "C130"), ("C-130J", "C30J"), ("C-17", "C17"), ("A400M", "A400"), ("Tu-154", "T154"),
    ("Tu-204", "T204"),
    ("747-200", "B742"), ("747-400", "B744"), ("747-8", "B748"), ("777-200", "B772"), ("777F", "B77L"),
    ("A300-600", "A306"), ("A310", "A310"), ("A320", "A320"), ("A320neo", "A20N"), ("A321neo", "A21N"),
    ("ATR 42-500", "AT45"), ("ATR 72-500", "AT75"), ("BAe 146-300", "B463"), ("MiG-29", "MG29"),
    ("Mi-17", "MI8"),
    ("Su-24", "SU24"), ("Su-25", "SU25"), ("Su-35", "SU27"), ("Tu-22", "TU22"), ("Tu-22M3", "T22M"),
    ("Y-20", "Y20"),
    ("VC-25", "B742"), ("KC-46", "B762"), ("KC-10", "DC10"),
])
def test_a_models_name_leads_to_its_designator(form: str, designator: str) -> None:
    found = claims(tables.rows("aircraft_types"), "designator", "model", "aliases")
    assert found[squeezed(form)] == {designator}


def test_short_designations_that_are_also_other_things_need_context() -> None:
    """U-2 is a band, B-2 a vitamin, A-4 a size of paper: a letter and a digit alone are nicknames."""
    aliases = [alias for row in tables.rows("aircraft_types") for alias in items(row["aliases"])]
    assert [alias for alias in aliases if re.fullmatch("[A-Z]-?[0-9]", alias)] == []


def test_operators_have_clean_unique_names_and_codes() -> None:
    rows = list(tables.rows("operators"))
    assert [row["name"] for row in rows if keys.clean_name(row["name"]) != row["name"]] == []
    assert len({row["name"] for row in rows}) == len(rows)
    codes = [row["icao"] for row in rows if row["icao"]]
    assert [code for code in codes if not re.fullmatch("[A-Z]{3}", code)] == []
    assert len(set(codes)) == len(codes)
    assert {row["class"] for row in rows} == CLASSES
    assert [row["name"] for row in rows if row["country"] and row["country"] not in tables.countries()] == []


def test_no_name_of_an_operator_is_another_operators() -> None:
    assert shared(claims(tables.rows("operators"), "name", "name", "aliases")) == {}


def test_what_is_ambiguous_is_among_the_names() -> None:
    assert [row["name"] for row in tables.rows("operators")
            if not set(items(row["ambiguous"])) <= {row["name"], *items(row["aliases"])}] == []


@pytest.mark.parametrize(("written", "name"), [
    ("223rd Flight Unit", "223rd Flight Unit"), ("223 Flight Unit", "223rd Flight Unit"),
    ("224th Flight Unit", "224th Flight Unit"), ("224th Flight Unit State Airlines", "224th Flight Unit"),
    ("224th Air Detachment", "224th Flight Unit"), ("Russian Air Force", "Russian Aerospace Forces"),
    ("Soviet Air Force", "Soviet Air Forces"), ("South Korean Air Force", "Republic of Korea Air Force"),
    ("North Korean Air Force", "Korean People's Army Air Force"), ("Qeshm Air", "Qeshm Air"),
    ("Fars Air Qeshm", "Qeshm Fars Air"), ("Silk Way West", "Silk Way West Airlines"),
    ("Air Congo", "Air Congo"),
    ("Libyan Air Force", "Libyan Air Force"), ("Sudan Air Force", "Sudanese Air Force"),
    ("South Sudanese Air Force", "South Sudan Air Force"), ("China Airlines", "China Airlines"),
    ("Air China", "Air China"),
])
def test_operators_that_look_alike_stay_apart(written: str, name: str) -> None:
    assert tables.operator_id(written) == name


def test_initials_of_several_air_forces_name_none() -> None:
    assert [tables.operator_id(initials) for initials in ("IAF", "PAF", "RSAF")] == ["IAF", "PAF", "RSAF"]


def test_every_airport_has_a_place_on_the_map() -> None:
    public = airportsdata.load("ICAO")
    rows = list(tables.rows("airports"))
    assert [row["name"] for row in rows
            if row["icao"] not in public and not (row["latitude"] and row["longitude"])] == []
    placed = [row for row in rows if row["latitude"] or row["longitude"]]
    assert [row["name"] for row in placed
            if not (-90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180)] == []


def test_airports_have_codes_of_the_right_shape_once() -> None:
    rows = list(tables.rows("airports"))
    for column, shape in (("icao", "[A-Z]{4}|"), ("iata", "[A-Z]{3}|")):
        assert [row[column] for row in rows if not re.fullmatch(shape, row[column])] == []
        codes = [row[column] for row in rows if row[column]]
        assert sorted({code for code in codes if codes.count(code) > 1}) == []
    assert [row["name"] for row in rows if row["country"] not in tables.countries()] == []


def test_airframes_refer_to_what_the_other_tables_know() -> None:
    rows = list(tables.rows("airframes"))
    assert [row["registration"] for row in rows
            if row["type"] and row["type"] not in tables.aircraft_types()] == []
    assert [row["registration"] for row in rows if row["operator"]
            and tables.operator_id(row["operator"]) not in tables.operators()] == []
    assert [row["registration"] for row in rows
            if row["country"] and row["country"] not in tables.countries()] == []
    assert [row["registration"] for row in rows
            if row["icao24"] and not re.fullmatch("[0-9a-f]{6}", row["icao24"])] == []
    days = [(date.fromisoformat(row["from"] or "0001-01-01"), date.fromisoformat(row["to"] or "9999-12-31"))
            for row in rows]
    assert [span for span in days if span[0] > span[1]] == []


def test_addresses_lead_back_to_the_registrations_that_bear_them() -> None:
    said = [one for of_one in tables.airframes().values() for one in of_one]
    for address in {one.icao24 for one in said if one.icao24}:
        assert tables.registrations_of(address) == {one.registration for one in said if one.icao24 == address}
    assert tables.registrations_of("000000") == frozenset()
