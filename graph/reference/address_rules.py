"""Addresses that follow from a registration by the habit of a state's registry, and back.

None is a rule of ICAO's, and an aircraft may send another address than its own, so that what is found here
is marked inferred. How often each held in a public table of 568,458 airframes with address and registration
(tar1090-db, April 2026):

- United States: counted from N1 = a00001 to N99999 = adf7c7. 379,981 of 380,153.
- Canada: counted from C-FAAA = c00001 over C-G to C-IZZZ, 26 letters a place. 36,374 of 36,385.
- Russia: 140000 plus the five digits of an RA- mark. 1,780 of 1,858. Of RF- marks, 65 of 146: no rule.
- North Korea: 727530 plus the three digits of a P- mark. 7 of 8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_US_FIRST, _US_LAST = 0xA00001, 0xADF7C7
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_N_NUMBER = re.compile(r"N([1-9]\d{0,4})([A-HJ-NP-Z]{0,2})")
_SUFFIXES = 1 + len(_LETTERS) * (1 + len(_LETTERS))
"""None, one of 24 letters, or one followed by another."""
_LAST_LETTERS = 1 + len(_LETTERS)
_FOUR_DIGITS = _LAST_LETTERS + 10
_BLOCKS = (101_711, 10_111, 951, _FOUR_DIGITS)
"""How many registrations begin with one, two, three, four given digits."""



_CANADA_FIRST, _PLACES = 0xC00001, (26 * 26, 26, 1)
_CANADIAN = re.compile(r"C-([FGI])([A-Z]{3})")


@dataclass(frozen=True, slots=True)
class _Count:
    """Addresses that are a base plus the number in the registration."""

    state: str
    base: int
    form: re.Pattern[str]
    written: str
    numbers: range


_COUNTS = (_Count("Russian", 0x140000, re.compile(r"RA-(\d{5})"), "RA-{:05d}", range(10_000, 100_000)),
           _Count("North Korean", 0x727530, re.compile(r"P-(\d{3})"), "P-{:03d}", range(100, 1_000)))


@lru_cache(maxsize=65_536)
def address_of(registration: str) -> tuple[str, str] | None:
    """The address that a registration implies, and the rule's name: RA-82030 → 15406e by the Russian rule."""
    if address := us_address(registration):
        return address, "United States address rule"
    if match := _CANADIAN.fullmatch(registration):
        letters = sum((ord(letter) - 65) * place for letter, place in zip(match[2], _PLACES, strict=True))
        number = "FGI".index(match[1]) * 26**3 + letters
        return f"{_CANADA_FIRST + number:06x}", "Canadian address rule"
    for count in _COUNTS:
        match = count.form.fullmatch(registration)
        if match and int(match[1]) in count.numbers:
            return f"{count.base + int(match[1]):06x}", f"{count.state} address rule"
    return None


def registration_of(icao24: str) -> str | None:
    """The registration that implies this address; None where no rule gives one."""
    address = int(icao24, 16) if re.fullmatch("[0-9a-f]{6}", icao24) else 0
    if registration := us_registration(icao24):
        return registration
    if 0 <= (number := address - _CANADA_FIRST) < 3 * 26**3:
        kind, rest = divmod(number, 26**3)
        return f"C-{'FGI'[kind]}" + "".join(chr(65 + rest // place % 26) for place in _PLACES)
    return next((count.written.format(address - count.base) for count in _COUNTS
                 if address - count.base in count.numbers), None)


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
