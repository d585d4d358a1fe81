"""Numbers with what they count, in words: one way for all that is said."""

from __future__ import annotations


def many(count: int, one: str, more: str | None = None) -> str:
    """`1 report`, `2 reports`, `1,200 reports`; `more` where the plural is not `one` with an s."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
