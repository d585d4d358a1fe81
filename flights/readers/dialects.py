"""The tables that Tailgraph knows, by their column names. A new one is one entry here.

- Tailgraph CSV: docs/flights.md. Feet, knots, feet per minute. - OpenSky state vectors (history database
and Zenodo sets): `time, icao24, lat, lon, velocity, heading, vertrate, callsign, onground, squawk,
baroaltitude, geoaltitude, lastposupdate, lastcontact`. Metres, metres per second. The instant of a position
is `lastposupdate`; `time` only says when the row was written. - `traffic` tables (Python library, OpenSky
data): `timestamp` (ISO 8601 or epoch milliseconds), `icao24, latitude, longitude, altitude, groundspeed,
track, vertical_rate, callsign, squawk, onground`. Feet, knots. - Flightradar24 playback: `Timestamp, UTC,
Callsign, Position, Altitude, Speed, Direction`; `Position` is one quoted "lat,lon", or two columns
`Latitude, Longitude`. Feet, knots; altitude 0 on the ground. No address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tailgraph.flights.readers import fields
from tailgraph.flights.readers.tables import Dialect

_MILLISECONDS_FROM = 1e11


def _stamp(record: dict[str, Any]) -> dict[str, Any]:
    """Time stamps of data frames: epoch milliseconds, or ISO 8601 that is UTC where it names no zone."""
    stamp = record.get("timestamp")
    if isinstance(stamp, datetime):
        stamp = stamp.isoformat() if stamp.tzinfo else stamp.replace(tzinfo=UTC).isoformat()
    number = fields.number(stamp)
    if number is not None and number >= _MILLISECONDS_FROM:
        stamp = number / 1000
    elif isinstance(stamp, str) and number is None and fields.instant(stamp) is None:
        stamp = f"{stamp}+00:00"
    return {**record, "timestamp": stamp}


def _pair(record: dict[str, Any]) -> dict[str, Any]:
    """The playback's "lat,lon" taken apart."""
    latitude, _, longitude = str(record.get("position", ",")).partition(",")
    return {"latitude": latitude, "longitude": longitude, **record}


TAILGRAPH = Dialect(
    "Tailgraph CSV", frozenset({"time", "latitude", "longitude"}),
    numbers={name: ((name,), 1.0) for name in ("altitude_ft", "ground_speed_kt", "track_deg",
                                               "vertical_rate_fpm")})

OPENSKY = Dialect(
    "OpenSky state vectors", frozenset({"time", "icao24", "lat", "lon", "velocity"}),
    time=("lastposupdate", "time"), latitude="lat", longitude="lon", ground="onground",
    numbers={"altitude_ft": (("baroaltitude", "geoaltitude"), fields.FT_PER_M),
             "ground_speed_kt": (("velocity",), fields.KT_PER_M_S), "track_deg": (("heading",), 1.0),
             "vertical_rate_fpm": (("vertrate",), fields.FPM_PER_M_S)})

TRAFFIC = Dialect(
    "traffic table", frozenset({"timestamp", "latitude", "longitude", "icao24"}), time=("timestamp",),
    ground="onground", type_designator="typecode", prepare=_stamp,
    numbers={"altitude_ft": (("altitude", "geoaltitude"), 1.0), "ground_speed_kt": (("groundspeed",), 1.0),
             "track_deg": (("track",), 1.0), "vertical_rate_fpm": (("vertical_rate",), 1.0)})

_FR24_NUMBERS = {"altitude_ft": (("altitude",), 1.0), "ground_speed_kt": (("speed",), 1.0),
                 "track_deg": (("direction",), 1.0)}
FR24 = Dialect("Flightradar24 CSV", frozenset({"timestamp", "position", "altitude", "speed"}),
               time=("timestamp", "utc"), numbers=_FR24_NUMBERS, prepare=_pair, zero_altitude_is_ground=True,
               anonymous=True)
FR24_SPLIT = Dialect("Flightradar24 CSV",
                     frozenset({"timestamp", "latitude", "longitude", "speed", "direction"}),
                     time=("timestamp", "utc"), numbers=_FR24_NUMBERS, zero_altitude_is_ground=True,
                     anonymous=True)

ALL = (TAILGRAPH, OPENSKY, TRAFFIC, FR24, FR24_SPLIT)


def find(names: Iterable[str]) -> Dialect | None:
    """The first dialect whose needed columns are all there."""
    have = {name.strip().lower() for name in names}
    return next((dialect for dialect in ALL if dialect.needed <= have), None)
