"""Registrations by the rules of the states that give them: whose mark one bears, and its one right form.

`registration_marks.csv` has a row for each nationality mark and shape of what follows it. Most states write a
hyphen between the two; those that do not (N899DN, JA8089, YV3531) say `no` in its column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tailgraph.graph.reference.tables import rows

_DASHES = re.compile(r"[‐‑‒–—―−﹘﹣－]")
# Addresses of these come from the blocks of the state on the right, registrations bear a mark of their own.
_SOVEREIGN = {**dict.fromkeys(("AI", "BM", "FK", "GG", "GI", "IM", "JE", "KY", "MS", "SH", "TC", "VG"), "GB"),
              **dict.fromkeys(("HK", "MO"), "CN"), **dict.fromkeys(("AW", "CW", "SX"), "NL")}


@dataclass(frozen=True, slots=True)
class Mark:
    """A nationality mark with one shape of what follows it. `country` is None where states share the two."""

    mark: str
    suffix: re.Pattern[str]
    hyphen: bool
    country: str | None

    def join(self, suffix: str) -> str:
        """The registration as its state writes it."""
        return f"{self.mark}-{suffix}" if self.hyphen else self.mark + suffix


@cache
def marks() -> dict[str, tuple[Mark, ...]]:
    """Every mark with its shapes, in the order of the table."""
    found: dict[str, list[Mark]] = {}
    for row in rows("registration_marks"):
        found.setdefault(row["mark"], []).append(Mark(
            row["mark"], re.compile(row["suffix"]), row["hyphen"] == "yes", row["country"] or None))
    return {mark: tuple(shapes) for mark, shapes in found.items()}


def shape(mark: str, suffix: str) -> Mark | None:
    """The row of the table that allows this suffix after this mark."""
    return next((row for row in marks().get(mark, ()) if row.suffix.fullmatch(suffix)), None)


def country_of_mark(registration: str) -> str | None:
    """The state whose mark a registration in its right form bears; None where none or several do.

    A mark of one letter alone ("F-16", "P-800") needs a suffix of the right shape behind it.
    """
    mark, hyphen, suffix = registration.partition("-")
    if not hyphen:
        read = readings(registration)
        return read[0].country if len(read) == 1 and not read[0].hyphen else None
    if found := shape(mark, suffix):
        return found.country if found.hyphen else None
    states = {row.country for row in marks().get(mark, ()) if row.hyphen and len(mark) > 1}
    return states.pop() if len(states) == 1 else None


@lru_cache(maxsize=4096)
def readings(solid: str) -> tuple[Mark, ...]:
    """Each mark that a registration without hyphen may begin with."""
    splits = ((solid[:at], solid[at:]) for at in range(1, min(len(solid), 5)))
    return tuple(row for mark, suffix in splits if (row := shape(mark, suffix)))


def registration(written: str, state: str | None = None) -> str:
    """The right form of a registration as a track, table or text writes it: "ra82030" → "RA-82030".

    A hyphen is put in (or taken out, for states that write none) only where one mark alone fits. Everything
    else stays as it is, in capitals: what two marks may have begun, serials, and forms of no state. `state`
    (ISO alpha-2) is that of the block of the aircraft's 24-bit address, if known: a mark of another state
    does not fit. Where it is not known, a letter and digits ("P116") may be a serial and stay as they are.
    """
    text = " ".join(_DASHES.sub("-", written).upper().split())
    mark, hyphen, suffix = text.partition("-")
    if hyphen:
        found = shape(mark, suffix)
        bare = found is not None and not found.hyphen and _fits(found, suffix, state)
        return mark + suffix if bare else text
    solid = text.replace(" ", "")
    fitting = {row.join(solid[len(row.mark):]) for row in readings(solid)
               if _fits(row, solid[len(row.mark):], state)}
    return fitting.pop() if len(fitting) == 1 else text


def _fits(row: Mark, suffix: str, state: str | None) -> bool:
    if state is None:
        return len(row.mark) > 1 or suffix.isalpha()
    return row.country in (None, state) or _SOVEREIGN.get(row.country or "") == state
