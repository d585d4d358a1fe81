"""readsb `aircraft.json`: what one receiver sees at one instant; one snapshot a file, or one a line.

Schema (readsb, README-json.md): `{"now": s, "aircraft": [{"hex", "lat", "lon", "seen_pos" (age of the
position in seconds), "alt_baro" (feet or "ground"), "alt_geom", "gs", "track", "baro_rate", "geom_rate",
"flight", "squawk", "r", "t", "ownOp", "lastPosition": {"lat", "lon", "seen_pos"}}]}`. Servers of the same
data say `ac` for `aircraft` and give `now` in milliseconds. Aircraft without a position are no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.gather import Gather
from tailgraph.flights.readers.reading import Reading
from tailgraph.graph import keys

FORMAT = "readsb aircraft.json"
_NOW = re.compile(rb'"now"\s*:')
_LIST = re.compile(rb'"(?:aircraft|ac)"\s*:\s*\[')
_MILLISECONDS_FROM = 1e11


def matches(content: Content) -> bool:
    return (content.head.startswith(b"{") and _NOW.search(content.data, 0, 1 << 20) is not None
            and _LIST.search(content.data, 0, 1 << 20) is not None)


def parse(content: Content) -> Reading:
    """Raises InputRefused when no row can be used."""
    gather = Gather(content, FORMAT)
    for where, snapshot in _snapshots(content, gather):
        now = fields.number(snapshot.get("now"))
        now = now / 1000 if now is not None and now >= _MILLISECONDS_FROM else now
        listed = snapshot.get("aircraft", snapshot.get("ac"))
        for i, seen in enumerate(listed if isinstance(listed, list) else ()):
            _seen(gather, f"{where}aircraft[{i}]", seen, now)
    return gather.reading()


def _snapshots(content: Content, gather: Gather) -> Iterator[tuple[str, dict[str, Any]]]:
    """The one snapshot, or one for each line."""
    lines = content.data.splitlines()
    several = len(lines) > 1 and lines[0].rstrip().endswith(b"}") and lines[1].lstrip().startswith(b"{")
    for number, line in enumerate(lines if several else [content.data], 1):
        if not line.strip():
            continue
        place = f"line {number}, " if several else ""
        try:
            snapshot = orjson.loads(line) if several else content.json
        except orjson.JSONDecodeError as error:
            gather.refuse(f"line {number}", f"is broken JSON ({error})")
            continue
        if isinstance(snapshot, dict):
            yield place, snapshot


def _seen(gather: Gather, where: str, seen: Any, now: float | None) -> None:
    if not isinstance(seen, dict):
        gather.refuse(where, "is not an object")
        return
    place = seen if "lat" in seen else seen.get("lastPosition")
    if not isinstance(place, dict) or "lat" not in place:
        return
    age = fields.number(place.get("seen_pos", 0))
    barometric = seen.get("alt_baro")
    grounded = barometric == "ground"
    rate = seen.get("baro_rate", seen.get("geom_rate"))
    altitude = seen.get("alt_geom") if grounded or barometric is None else barometric
    gather.add(where, keys.icao24(seen["hex"]) if isinstance(seen.get("hex"), str) else None,
               None if now is None or age is None else now - age, place.get("lat"), place.get("lon"),
               ground=GROUND if grounded else GROUND_UNKNOWN if altitude is None else AIR,
               altitude_ft=None if grounded else gather.number(where, "altitude", altitude),
               ground_speed_kt=gather.number(where, "gs", seen.get("gs")),
               track_deg=gather.number(where, "track", seen.get("track")),
               vertical_rate_fpm=gather.number(where, "baro_rate", rate),
               callsign=fields.callsign(seen.get("flight")), squawk=fields.squawk(seen.get("squawk")),
               registration=fields.registration(seen.get("r")),
               type_designator=fields.type_designator(seen.get("t")), operator=fields.name(seen.get("ownOp")))
