"""Blocks of addresses, and N-numbers both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.flights.addresses import block_of, blocks, us_address, us_registration


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
