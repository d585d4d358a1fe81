"""OpenSky's REST answers.

State vectors (`/states/all`): `{"time": s, "states": [[0 icao24, 1 callsign, 2 country, 3 time of position,
4 last contact, 5 longitude, 6 latitude, 7 barometric altitude, 8 on ground, 9 velocity, 10 true track, 11
vertical rate, 12 sensors, 13 geometric altitude, 14 squawk, …]]}`. Tracks (`/tracks`): `{"icao24",
"callsign" (or "calllsign"), "path": [[time, latitude, longitude, barometric altitude, true track, on
ground]]}`. Metres and metres per second.
"""

from __future__ import annotations

from typing import Any

from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.gather import Gather
from tailgraph.flights.readers.reading import Reading
from tailgraph.graph import keys

FORMAT = "OpenSky JSON"
_STATE, _STEP = 17, 6


def matches(content: Content) -> bool:
    if not content.head.startswith(b"{"):
        return False
    head = content.json
    return isinstance(head, dict) and (isinstance(head.get("states"), list) or (
        isinstance(head.get("path"), list) and "icao24" in head))


def parse(content: Content) -> Reading:
    """Raises InputRefused when no row can be used."""
    gather = Gather(content, FORMAT)
    head = content.json
    if isinstance(head.get("states"), list):
        for i, row in enumerate(head["states"]):
            _state(gather, f"states[{i}]", row)
    else:
        key = keys.icao24(head["icao24"]) if isinstance(head["icao24"], str) else None
        callsign = fields.callsign(head.get("callsign") or head.get("calllsign"))
        for i, row in enumerate(head["path"]):
            _step(gather, f"path[{i}]", row, key or content.aircraft, callsign)
    return gather.reading()


def _state(gather: Gather, where: str, row: Any) -> None:
    if not isinstance(row, list) or len(row) < 12:
        gather.refuse(where, "is not a state vector")
        return
    row = row + [None] * (_STATE - len(row))
    altitude = row[7] if row[7] is not None else row[13]
    gather.add(where, keys.icao24(row[0]) if isinstance(row[0], str) else None,
               row[3] if row[3] is not None else row[4], row[6], row[5], ground=_ground(row[8]),
               altitude_ft=gather.number(where, "altitude", altitude, fields.FT_PER_M),
               ground_speed_kt=gather.number(where, "velocity", row[9], fields.KT_PER_M_S),
               track_deg=gather.number(where, "true_track", row[10]),
               vertical_rate_fpm=gather.number(where, "vertical_rate", row[11], fields.FPM_PER_M_S),
               callsign=fields.callsign(row[1]), squawk=fields.squawk(row[14]))


def _step(gather: Gather, where: str, row: Any, key: str | None, callsign: bytes) -> None:
    if not isinstance(row, list) or len(row) < _STEP:
        gather.refuse(where, "is not a waypoint")
        return
    gather.add(where, key, row[0], row[1], row[2], ground=_ground(row[5]), callsign=callsign,
               altitude_ft=gather.number(where, "altitude", row[3], fields.FT_PER_M),
               track_deg=gather.number(where, "true_track", row[4]))


def _ground(value: Any) -> int:
    return (GROUND if value else AIR) if isinstance(value, bool) else GROUND_UNKNOWN
