"""The map as one HTML page: it can be moved, enlarged, and read without any connection.

The page holds all that it needs. Its policy lets only the one script run whose checksum it names, so that
no name in a track or a report can bring in another.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from tailgraph.flights.chart.frame import WIDTH
from tailgraph.flights.chart.leg import Leg
from tailgraph.flights.chart.scene import Scene
from tailgraph.flights.chart.svg import FOOT, HEAD, NOTE, keys, picture, safe


def page(scene: Scene) -> str:
    """The page of a scene."""
    script, style = (resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
                     for name in ("page.js", "page.css"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    sections = "\n".join(_section(flight.leg) for flight in scene.flights)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(scene.title)}</title><style>{style}</style></head>\n<body>\n"
        f'<div class="map" style="--ratio: {_ratio(scene):.3f}">{picture(scene)}<div class="tools">'
        '<button id="closer" title="Closer">+</button><button id="farther" title="Farther">&minus;</button>'
        f'<button id="all" title="Show all">⤢</button></div>{_keys()}</div>\n'
        f'<div class="flights">\n{sections}\n</div>\n<script>{script}</script>\n</body></html>\n')


def _keys() -> str:
    """The legend as a list that wraps, for screens on which that of the picture is too small to read."""
    listed = "".join(f'<li><svg viewBox="0 0 {key.width} 16" width="{key.width}" height="16">{key.sign}</svg>'
                     f" {key.words}</li>" for row in keys() for key in row)
    return f'<ul class="keys">{listed}<li>{NOTE}</li></ul>'


def _ratio(scene: Scene) -> float:
    """Width to height of the whole picture: a page makes it no wider than shows it to its legend."""
    return WIDTH / (HEAD + scene.frame.height + FOOT)


def _section(leg: Leg) -> str:
    facts = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in _facts(leg))
    return (f'<section><h2><label><input type="checkbox" checked data-flight="{safe(leg.id)}"> '
            f"{safe(leg.title)}</label></h2><dl>{facts}</dl></section>")


def _facts(leg: Leg) -> Iterator[tuple[str, str]]:
    yield "flight", leg.id
    yield from leg.facts
