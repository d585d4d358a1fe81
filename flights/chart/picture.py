"""A map as PNG, for reports."""

from __future__ import annotations

ZOOM = 2.0
"""Pixels a unit: fit for print."""


def png(svg: str) -> bytes:
    """The picture of an SVG text, with the letters of the fonts that are installed."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM, background="#ffffff"))
