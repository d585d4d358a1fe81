"""What a 24-bit address tells by itself: the state whose block it lies in, and some registrations.

Blocks are those of ICAO Annex 10, volume III, table 9-1 (taken from the CC0 code blocks of
vradarserver/standing-data, which also tell of the parts that Hong Kong, Macau and the like have), with the
parts that states give to their military as far as they are known (address_blocks.csv). United States
addresses follow from the registration by a fixed count (N1 is a00001, N99999 is adf7c7), so they can be
turned into each other; that an aircraft really sends its own is another matter, so such a registration is
marked inferred.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_US_FIRST, _US_LAST = 0xA00001, 0xADF7C7
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_N_NUMBER = re.compile(r"N([1-9]\d{0,4})([A-HJ-NP-Z]{0,2})")
_SUFFIXES = 1 + len(_LETTERS) * (1 + len(_LETTERS))
"""None, one of 24 letters, or one followed by another."""
_LAST_LETTERS = 1 + len(_LETTERS)
_FOUR_DIGITS = _LAST_LETTERS + 10
_BLOCKS = (101_711, 10_111, 951, _FOUR_DIGITS)
"""How many registrations begin with one, two, three, four given digits."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of addresses, both ends inside. `country` is ISO 3166-1 alpha-2."""

    first: int
    last: int
    country: str
    military: bool
    source: str


@lru_cache(maxsize=1)
def blocks() -> tuple[Block, ...]:
    """All blocks, the narrowest first."""
    table = resources.files(__package__) / "address_blocks.csv"
    rows = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))
    found = [Block(int(row["first"], 16), int(row["last"], 16), row["country"], bool(row["military"]),
                   row["source"])
             for row in rows]
    return tuple(sorted(found, key=lambda block: (block.last - block.first, block.first)))


@lru_cache(maxsize=65_536)
def block_of(icao24: str) -> Block | None:
    """The narrowest block that an address lies in; None where it is not ICAO's, or not given out."""
    if not re.fullmatch("[0-9a-f]{6}", icao24):
        return None
    address = int(icao24, 16)
    return next((block for block in blocks() if block.first <= address <= block.last), None)


def us_registration(icao24: str) -> str | None:
    """The N-number that an address stands for, or None outside the civil United States block."""
    address = int(icao24, 16) if re.fullmatch("[0-9a-f]{6}", icao24) else 0
    if not _US_FIRST <= address <= _US_LAST:
        return None
    rest, digits = address - _US_FIRST, ""
    for place, size in enumerate(_BLOCKS):
        digit, rest = divmod(rest, size)
        digits += str(digit + (place == 0))
        letters = _LAST_LETTERS if place == 3 else _SUFFIXES
        if rest < letters:
            return f"N{digits}{_suffix(rest)}" if place < 3 else f"N{digits}{_letter(rest)}"
        rest -= letters
    return f"N{digits}{rest}"


def us_address(registration: str) -> str | None:
    """The address that an N-number implies, or None where it is none."""
    match = _N_NUMBER.fullmatch(registration)
    if not match or len(registration) > 6:
        return None
    digits, letters = match[1], match[2]
    address = _US_FIRST
    for place, digit in enumerate(digits[:4]):
        address += (int(digit) - (place == 0)) * _BLOCKS[place]
        if place:
            address += _SUFFIXES
    if len(digits) == 5:
        address += _LAST_LETTERS + int(digits[4])
    elif letters:
        first = _LETTERS.index(letters[0])
        address += 1 + first * (1 if len(digits) == 4 else 1 + len(_LETTERS))
        if len(letters) == 2:
            address += 1 + _LETTERS.index(letters[1])
    return f"{address:06x}"


def _suffix(number: int) -> str:
    if number == 0:
        return ""
    first, second = divmod(number - 1, 1 + len(_LETTERS))
    return _LETTERS[first] + (_LETTERS[second - 1] if second else "")


def _letter(number: int) -> str:
    return _LETTERS[number - 1] if number else ""
