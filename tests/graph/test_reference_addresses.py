"""Blocks of addresses, and the rules by which addresses follow from registrations and back."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.reference import marks
from tailgraph.graph.reference.address_blocks import block_of, blocks
from tailgraph.graph.reference.address_rules import address_of, registration_of, us_address, us_registration
from tests.flights import samples


@pytest.mark.parametrize(
    ("icao24", "country"),
    [
        ("15406e", "RU"),
        ("ac671b", "US"),
        ("738043", "IL"),
        ("3c6444", "DE"),
        ("4ca123", "IE"),
        ("780abc", "CN"),
        ("720001", "KP"),
        ("000000", None),
        ("~15406e", None),
        ("f00001", None),
    ],
)
def test_the_state_of_an_address(icao24: str, country: str | None) -> None:
    block = block_of(icao24)
    assert (block.country if block else None) == country


def test_a_military_part_wins_over_the_state_around_it() -> None:
    block = block_of("ae1234")
    assert block is not None and (block.country, block.military) == ("US", True)
    block = block_of("a12345")
    assert block is not None and (block.country, block.military) == ("US", False)


def test_every_block_is_sound_and_sourced() -> None:
    assert [block for block in blocks() if block.first > block.last or not block.source] == []
    assert {len(block.country) for block in blocks()} == {2}


@pytest.mark.parametrize(
    ("registration", "icao24"),
    [
        ("N1", "a00001"),
        ("N1A", "a00002"),
        ("N1AA", "a00003"),
        ("N10", "a0025a"),
        ("N899DN", "ac671b"),
        ("N99999", "adf7c7"),
    ],
)
def test_known_n_numbers(registration: str, icao24: str) -> None:
    assert (us_address(registration), us_registration(icao24)) == (icao24, registration)


@given(st.integers(0xA00001, 0xADF7C7))
def test_every_address_of_the_block_comes_back_from_its_n_number(address: int) -> None:
    registration = us_registration(f"{address:06x}")
    assert registration is not None
    assert us_address(registration) == f"{address:06x}"


@pytest.mark.parametrize(
    "registration", ["N", "N0", "N123456", "N1AAA", "N1I", "N12345A", "N1234AA", "RA-82030", ""]
)
def test_what_is_no_n_number_has_no_address(registration: str) -> None:
    assert us_address(registration) is None


@pytest.mark.parametrize("icao24", ["a00000", "adf7c8", "~a00001", "15406e", "A00001", ""])
def test_addresses_outside_the_block_have_no_n_number(icao24: str) -> None:
    assert us_registration(icao24) is None


@pytest.mark.parametrize(("registration", "icao24", "rule"), [
    ("RA-82030", "15406e", "Russian"), ("P-632", "7277a8", "North Korean"),
    ("N899DN", "ac671b", "United States"), ("C-FAAA", "c00001", "Canadian"), ("C-GAAA", "c044a9", "Canadian"),
    ("C-IAAA", "c08951", "Canadian"), ("C-FDXU", "c00a57", "Canadian")])
def test_rules_there_and_back(registration: str, icao24: str, rule: str) -> None:
    assert address_of(registration) == (icao24, f"{rule} address rule")
    assert registration_of(icao24) == registration


RULED = ((0x142710, 0x15869F), (0x727594, 0x727917), (0xC00001, 0xC0CDF8), (0xA00001, 0xADF7C7))


@given(st.sampled_from(RULED), st.floats(0, 1))
def test_every_address_under_a_rule_comes_back(span: tuple[int, int], share: float) -> None:
    icao24 = f"{span[0] + int(share * (span[1] - span[0])):06x}"
    implied = address_of(registration_of(icao24) or "")
    assert implied is not None and implied[0] == icao24


@pytest.mark.parametrize("icao24", [
    "140000", "14270f", "1586a0", "727530", "727918", "c00000", "c0cdf9", "~15406e"])
def test_addresses_beside_the_rules_imply_nothing(icao24: str) -> None:
    assert registration_of(icao24) is None


@pytest.mark.parametrize("registration", [
    "RF-82030", "RA-8203", "RA-01234", "P-1632", "C-HAAA", "CF-JGA", "C-F123"])
def test_registrations_beside_the_rules_imply_nothing(registration: str) -> None:
    assert address_of(registration) is None


@samples.needed
def test_blocks_are_those_of_the_public_table() -> None:
    """Of the rows that hold an address the narrowest counts, as with ours; codes with X are no states."""
    with (samples.FOLDER / "ref_icao24_code-blocks.csv").open(encoding="utf-8-sig", newline="") as file:
        public = [(int(row["Start"], 16), int(row["Finish"], 16),
                   (row["CountryISO2"], row["IsMilitary"] == "1")) for row in csv.DictReader(file)]
    different = []
    for address in sorted({end for row in public for end in row[:2]}):
        holding = [row for row in public if row[0] <= address <= row[1]]
        said = min(holding, key=lambda row: row[1] - row[0])[2]
        found = block_of(f"{address:06x}")
        if said[0][0] not in "XZ" and (found is None or (found.country, found.military) != said):
            different.append((f"{address:06x}", said))
    assert different == []


@samples.needed
def test_marks_are_those_of_the_public_table() -> None:
    """Where both name a state for a mark, it is the same; overseas parts of France go under France."""
    with (samples.FOLDER / "ref_reg-prefixes.csv").open(encoding="utf-8-sig", newline="") as file:
        public = [(row["Prefix"], row["CountryISO2"]) for row in csv.DictReader(file)]
    states = {mark: {row.country for row in shapes} for mark, shapes in marks.marks().items()}
    assert {(mark, country) for mark, country in public
            if None not in states.get(mark, {None}) and country not in states[mark]} == {
                ("F", "GF"), ("F", "MQ"), ("F", "RE"), ("SU", "PS")}
