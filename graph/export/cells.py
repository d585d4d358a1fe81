"""Cells of a CSV file as a spreadsheet opens them: as text, never as a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones count in East Asian settings


def runs(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula, or might."""
    return text.startswith(("\t", "\r")) or text.lstrip().startswith(_FORMULA)
