"""GPX tracks.

Each `trkpt` has `lat`, `lon`, and inside it `time` (ISO 8601), `ele` (metres), maybe `speed` (m/s) and
`course` (degrees) under any namespace. No address: `--aircraft`, else an unknown aircraft.
"""

from __future__ import annotations

from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.gather import Gather
from tailgraph.flights.readers.markup import child_text, elements, local
from tailgraph.flights.readers.reading import Reading

FORMAT = "GPX"


def matches(content: Content) -> bool:
    return content.head.startswith(b"<") and b"<gpx" in content.head


def parse(content: Content) -> Reading:
    """Raises InputRefused on broken XML or when no point can be used."""
    gather = Gather(content, FORMAT)
    key = content.aircraft or f"file:{content.digest}"
    for element in elements(content):
        if local(element) != "trkpt":
            continue
        where = f"trkpt {gather.rows + 1}"
        gather.add(where, key, (child_text(element, "time") or "").strip(), element.get("lat"),
                   element.get("lon"),
                   altitude_ft=gather.number(where, "ele", child_text(element, "ele"), fields.FT_PER_M),
                   ground_speed_kt=gather.number(where, "speed", child_text(element, "speed"),
                                                 fields.KT_PER_M_S),
                   track_deg=gather.number(where, "course", child_text(element, "course")))
    return gather.reading()
