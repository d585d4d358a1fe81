"""Rows of any format gathered into columns, each checked, the unusable ones located and counted."""

from __future__ import annotations

from typing import Any

import numpy as np

from tailgraph.flights.positions import GROUND_UNKNOWN, NO_SQUAWK, Label, build
from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.reading import Reading, Refusals

_LARGEST = 1e6
_TYPES = {"code": "i4", "ground": "i1", "squawk": "i2", "callsign": "S8"}
_OPTIONAL: dict[str, Any] = {"altitude_ft": None, "ground": GROUND_UNKNOWN, "ground_speed_kt": None,
                             "track_deg": None, "vertical_rate_fpm": None, "callsign": b"",
                             "squawk": NO_SQUAWK}


class Gather:
    """The rows of one file while they are read."""

    def __init__(self, content: Content, form: str) -> None:
        self.content, self.form, self.refusals, self.rows = content, form, Refusals(), 0
        self._aircraft: dict[str, int] = {}
        self._labels: set[Label] = set()
        self._columns: dict[str, list[Any]] = {name: [] for name in ("code", "time", "latitude", "longitude",
                                                                     *_OPTIONAL)}

    def refuse(self, where: str, why: str) -> None:
        """Counts a row that is none."""
        self.rows += 1
        self.refusals.add(where, why)

    def add(self, where: str, key: str | None, time: Any, latitude: Any, longitude: Any, **more: Any) -> None:
        """One row. `time`, `latitude`, `longitude` may be any values; those of `more` are of the columns' own
        kinds (None: not sent), besides `registration`, `type_designator` and `operator`."""
        self.rows += 1
        seconds, lat, lon = fields.instant(time), fields.number(latitude), fields.number(longitude)
        if seconds is None:
            self.refusals.add(where, "time is neither ISO 8601 with a zone nor epoch seconds")
        elif not fields.position(lat, lon):
            self.refusals.add(where, "latitude and longitude are no place on Earth")
        elif key is None:
            self.refusals.add(where, "names no aircraft")
        else:
            self._labels.add(Label(key, self.content.digest, more.pop("registration", ""),
                                   more.pop("type_designator", ""), more.pop("operator", "")))
            self._append(code=self._aircraft.setdefault(key, len(self._aircraft)), time=seconds, latitude=lat,
                         longitude=lon, **{**_OPTIONAL, **more})

    def _append(self, **values: Any) -> None:
        for name, value in values.items():
            self._columns[name].append(value)

    def number(self, where: str, name: str, value: Any, factor: float = 1.0) -> float | None:
        """A number that a row can do without, scaled; a bad one is reported and left out."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        result = fields.number(value)
        if result is None or abs(result * factor) > _LARGEST:
            if not (isinstance(value, float) and value != value):  # NaN stands for "not sent" in tables
                self.refusals.add(f"{where}, {name}", "is not a number that can be")
            return None
        return result * factor

    def ground(self, where: str, name: str, value: Any) -> int:
        """The state that a field of truth values gives; a bad one is reported."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return GROUND_UNKNOWN
        state = fields.on_ground(value)
        if state is None:
            self.refusals.add(f"{where}, {name}", "is neither true nor false")
        return GROUND_UNKNOWN if state is None else state

    def reading(self) -> Reading:
        """Raises InputRefused when no row could be used."""
        columns = {name: np.array(values, _TYPES.get(name, "f8")) for name, values in self._columns.items()}
        positions = build(tuple(self._aircraft), (self.content.digest,), frozenset(self._labels),
                          len(columns["time"]), **columns)
        return self.content.reading(positions, self.rows, self.refusals, self.form)
