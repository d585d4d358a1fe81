"""BaseStation (port 30003) logs: one comma-separated message a line.

Fields: 0 `MSG`, 1 type, 4 address in hex, 6 and 7 date and time of the message (`2024/03/20`,
`16:30:00.000`), 10 call sign, 11 altitude in feet, 12 ground speed in knots, 13 track, 14 latitude, 15
longitude, 16 vertical rate in ft/min, 17 squawk, 21 on the ground (`-1` or `1` for yes, `0` for no). Each
message has some of these; a row is made of each that has a position, with what the same aircraft sent
within thirty seconds before. The log names no zone: its times are taken as UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.gather import Gather
from tailgraph.flights.readers.reading import Reading
from tailgraph.graph import keys

FORMAT = "BaseStation"
_FIELDS = 22
_REMEMBERED_S = 30.0
_NUMBERS = {"altitude_ft": 11, "ground_speed_kt": 12, "track_deg": 13, "vertical_rate_fpm": 16}
_OTHER_MESSAGES = ("SEL,", "ID,", "AIR,", "STA,", "CLK,")


@dataclass(slots=True)
class _Heard:
    """What one aircraft sent last: value and instant, by column."""

    values: dict[str, tuple[float, float]] = field(default_factory=dict)
    callsign: bytes = b""


def matches(content: Content) -> bool:
    line = content.first_line
    return (line.startswith("MSG,") and line.count(",") >= 15) or line.startswith(_OTHER_MESSAGES)


def parse(content: Content) -> Reading:
    """Raises InputRefused when no message has a usable position."""
    gather, aircraft = Gather(content, FORMAT), dict[str, _Heard]()
    for number, line in enumerate(content.lines, 1):
        if not line.strip() or line.startswith(_OTHER_MESSAGES):
            continue
        cells = line.split(",")
        key = keys.icao24(cells[4]) if len(cells) > 4 else None
        if cells[0] != "MSG" or len(cells) < 16 or key is None:
            gather.refuse(f"line {number}", "is not a message of an aircraft")
        else:
            cells += [""] * (_FIELDS - len(cells))
            _message(gather, f"line {number}", cells, key, aircraft.setdefault(key, _Heard()))
    return gather.reading()


def _message(gather: Gather, where: str, cells: list[str], key: str, heard: _Heard) -> None:
    time = fields.instant(f"{cells[6].replace('/', '-')}T{cells[7]}+00:00")
    heard.callsign = fields.callsign(cells[10]) or heard.callsign
    if time is None:
        gather.refuse(where, "has no time")
        return
    for name, place in _NUMBERS.items():
        value = gather.number(where, name, cells[place])
        if value is not None:
            heard.values[name] = (value, time)
    if cells[14].strip() and cells[15].strip():
        recent: dict[str, Any] = {name: value for name, (value, then) in heard.values.items()
                                  if 0 <= time - then <= _REMEMBERED_S}
        ground = _ground(cells[21].strip())
        if ground == GROUND:
            recent["altitude_ft"] = None
        gather.add(where, key, time, cells[14], cells[15], ground=ground, callsign=heard.callsign,
                   squawk=fields.squawk(cells[17]), **recent)


def _ground(text: str) -> int:
    return {"-1": GROUND, "1": GROUND, "0": AIR}.get(text, GROUND_UNKNOWN)
