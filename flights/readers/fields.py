"""Single values as tracking data write them, brought to the units and forms of `Positions`.

Each function gives a plain value or None; none raises on any input.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

from tailgraph.flights.positions import NO_SQUAWK
from tailgraph.graph import keys
from tailgraph.graph.reference import marks

FT_PER_M = 1 / 0.3048
KT_PER_M_S = 3600 / 1852
FPM_PER_M_S = 60 / 0.3048
# From the first satellites of GPS to a date that only broken clocks reach.
EARLIEST_S, LATEST_S = 315_532_800.0, 4_102_444_800.0

_CALLSIGN = re.compile(r"[A-Z0-9]{1,8}")
_REGISTRATION = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
_TYPE = re.compile(r"[A-Z0-9]{2,4}")
_GROUND = {"1": 1, "true": 1, "t": 1, "yes": 1, "0": 0, "false": 0, "f": 0, "no": 0}


def number(value: Any) -> float | None:
    """A finite number from a JSON value or a field's text."""
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def instant(value: Any) -> float | None:
    """Epoch seconds from a number or an ISO 8601 text with zone; None also where the zone is missing."""
    seconds = number(value)
    if seconds is None and isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value.strip())
            seconds = parsed.timestamp() if parsed.tzinfo else None
        except (ValueError, OverflowError):
            return None
    return seconds if seconds is not None and EARLIEST_S <= seconds <= LATEST_S else None


def position(latitude: float | None, longitude: float | None) -> bool:
    """Whether the pair is a place on Earth; (0, 0) is what receivers send for "none"."""
    if latitude is None or longitude is None:
        return False
    return abs(latitude) <= 90 and abs(longitude) <= 180 and not latitude == longitude == 0


def callsign(value: Any) -> bytes:
    """A call sign of up to eight letters and digits, or b"" (also for all-zero and @ fillers)."""
    text = value.strip().upper().rstrip("@_") if isinstance(value, str) else ""
    return text.encode() if _CALLSIGN.fullmatch(text) and text.strip("0") else b""


def squawk(value: Any) -> int:
    """Four octal digits read as a decimal number, or NO_SQUAWK."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    text = text.removesuffix(".0").zfill(4) if text else ""
    return int(text) if re.fullmatch(r"[0-7]{4}", text) else NO_SQUAWK


def on_ground(value: Any) -> int | None:
    """1, 0, or None where the text says neither."""
    return _GROUND.get(str(value).strip().lower())


def registration(value: Any) -> str:
    """A registration in the form that its state's rules give it; some sources leave the hyphen out."""
    text = value.strip().upper() if isinstance(value, str) else ""
    return marks.registration(text) if _REGISTRATION.fullmatch(text) else ""


def type_designator(value: Any) -> str:
    text = value.strip().upper() if isinstance(value, str) else ""
    return text if _TYPE.fullmatch(text) else ""


def name(value: Any) -> str:
    """A name of an operator or owner: printable, cleaned, at most 300 characters."""
    text = value if isinstance(value, str) else ""
    return keys.clean_name("".join(c for c in text if c.isprintable()))


def aircraft_key(value: Any) -> str | None:
    """The key of an aircraft from an address or a registration, in that order of preference."""
    if not isinstance(value, str):
        return None
    address = keys.icao24(value)
    if address:
        return address
    return f"reg:{mark}" if (mark := registration(value)) else None
