"""Which registration an address stands for on a day, and what rows of tables state of an aircraft."""

from __future__ import annotations

from datetime import date

import pytest

from tailgraph.graph import airframes
from tailgraph.graph.aircraft_table import Entry
from tailgraph.graph.aircraft_tables import Said
from tailgraph.graph.shape import Label, Type

DAY = date(2024, 3, 20)
OLD = Entry(1, "15406e", "RF-82030", until=date(2019, 12, 31))
NEW = Entry(2, "15406e", "RA-82030", since=date(2020, 1, 1))
UNDATED = Entry(3, "15406e", "RA-82031")
NAMELESS = Entry(4, "15406e", type="A124")


def said(*entries: Entry) -> list[Said]:
    return [Said("t" * 64, "made up", entry) for entry in entries]


@pytest.mark.parametrize(("day", "given", "entries", "registration"), [
    (DAY, [], [], "RA-82030"),                        # the registry's habit
    (DAY, [], [NAMELESS], "RA-82030"),                # a table that does not speak of it
    (DAY, [], [OLD, NEW], "RA-82030"), (date(2018, 1, 1), [], [OLD, NEW], "RF-82030"),
    (date(2019, 12, 31), [], [OLD, NEW], "RF-82030"), (date(2020, 1, 1), [], [OLD, NEW], "RA-82030"),
    (DAY, [], [UNDATED], "RA-82031"),                 # a table goes before the habit
    (DAY, [], [NEW, UNDATED], None),                  # sources that disagree
    (DAY, ["RF-82030"], [], None),                    # as files and habit here
    (DAY, ["RA-82030"], [OLD, NEW], "RA-82030"), (DAY, ["RF-82030"], [NEW], None),
    (DAY, ["RA-82030", "RF-82030"], [], None)])
def test_one_registration_where_all_agree_for_the_day(day: date, given: list[str], entries: list[Entry],
                                                      registration: str | None) -> None:
    assert airframes.registration_on(day, "15406e", given, said(*entries)) == registration


@pytest.mark.parametrize("icao24", ["4ca1b2", "~15406e"])
def test_an_address_of_which_nobody_speaks_stands_for_nothing(icao24: str) -> None:
    assert airframes.registration_on(DAY, icao24, (), ()) is None


def test_only_icaos_addresses_are_asked_of_tables() -> None:
    keys = ["15406e", "~29ab12", "reg:RA-82030", "file:x"]
    assert [asked["key"] for asked in airframes.addresses(keys)] == ["15406e"]


def test_a_row_states_what_it_holds_but_for_the_aircrafts_own_mark() -> None:
    entry = Entry(7, "15406e", "RA-82030", "A124", msn="9773054732039", operator="224 Flight Unit",
                  country="RU", owner="Somebody", since=DAY, source="A gazette")
    rows = airframes.statement_rows("RA-82030", said(entry))
    found = {(kind[0], edge[1]): values
             for kind, edges in rows.edges.items() for edge, values in edges.items()}
    assert set(found) == {
        (Type.IDENTIFIED_BY, "icao24:15406e"), (Type.IDENTIFIED_BY, "msn:9773054732039"),
        (Type.OF_TYPE, "A124"), (Type.OPERATED_BY, "224th Flight Unit"), (Type.REGISTERED_IN, "RU")}
    assert {(values["source"], values["method"], values["from"], values["to"], values["key"])
            for values in found.values()} == {("A gazette", "reported", DAY, None, f"{'t' * 64}/7")}
    assert rows.problems == []


def test_of_an_airframe_named_by_its_address_the_row_states_the_mark() -> None:
    rows = airframes.statement_rows("icao24:738043", said(Entry(1, "738043", "4X-ABC")))
    assert list(rows.edges) == [(Type.IDENTIFIED_BY, Label.AIRCRAFT, Label.IDENTIFIER)]
    assert [edge[1] for edges in rows.edges.values() for edge in edges] == ["registration:4X-ABC"]
