"""Night over a leg and at its ends: yes, no or indeterminate, never a guess.

Darkness is the sun's elevation below a limit (sunset -0.833° by default, civil -6° or nautical -12°). A leg
is dark if some report certainly stood in the dark; it is not if every report, every silence and the open
ends lay in daylight; in between it is indeterminate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tailgraph.flights.geo import Floats, distance_nm
from tailgraph.flights.positions import Positions
from tailgraph.flights.sun import elevation_deg
from tailgraph.graph.model import Bearing, FlightEnd, Trilean

_EVERY_S = 300.0
_SUN_DEG_PER_S = 15 / 3600
_PLACE_DEG_PER_NM = 1 / 60


@dataclass(frozen=True, slots=True)
class Darkness:
    leg: Trilean
    departure: Trilean
    arrival: Trilean
    sun_at_departure_deg: float | None
    sun_at_arrival_deg: float | None


def of_leg(rows: Positions, first: int, last: int, departure: FlightEnd | Bearing | None,
           arrival: FlightEnd | Bearing | None, limit_deg: float) -> Darkness:
    """Darkness of the leg in rows `first` to `last` (inside)."""
    sample = _sample(rows, first, last)
    sun = elevation_deg(rows.time[sample], rows.latitude[sample], rows.longitude[sample])
    at_departure, sun_out = _at_end(rows, first, departure, limit_deg)
    at_arrival, sun_in = _at_end(rows, last, arrival, limit_deg)
    return Darkness(_leg(rows, sample, sun, departure, arrival, limit_deg), at_departure, at_arrival,
                    sun_out, sun_in)


def _sample(rows: Positions, first: int, last: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Rows some five minutes apart, both ends of every longer silence among them."""
    times = rows.time[first:last + 1]
    slot = np.floor((times - times[0]) / _EVERY_S)
    change = np.flatnonzero(slot[1:] != slot[:-1])
    return first + np.unique(np.concatenate([[0], change, change + 1, [len(times) - 1]])).astype(np.intp)


def _leg(rows: Positions, sample: np.ndarray[tuple[int], np.dtype[np.intp]], sun: Floats,
         departure: FlightEnd | Bearing | None, arrival: FlightEnd | Bearing | None,
         limit_deg: float) -> Trilean:
    if bool((sun < limit_deg).any()):
        return Trilean.YES
    seconds = np.diff(rows.time[sample])
    nm = distance_nm(rows.latitude[sample[:-1]], rows.longitude[sample[:-1]], rows.latitude[sample[1:]],
                     rows.longitude[sample[1:]])
    # Between two reports the sun cannot have sunk further than its own motion and the way flown allow.
    slack = np.where(seconds > _EVERY_S, seconds * _SUN_DEG_PER_S + nm * _PLACE_DEG_PER_NM, 0) / 2
    if bool((np.minimum(sun[:-1], sun[1:]) - slack < limit_deg).any()):
        return Trilean.INDETERMINATE
    open_ends = isinstance(departure, FlightEnd) and isinstance(arrival, FlightEnd)
    return Trilean.NO if open_ends else Trilean.INDETERMINATE


def _at_end(rows: Positions, row: int, end: FlightEnd | Bearing | None,
            limit_deg: float) -> tuple[Trilean, float | None]:
    """Darkness over all of a claimed end's interval, where last seen, and the sun in its middle."""
    if not isinstance(end, FlightEnd):
        return Trilean.INDETERMINATE, None
    early, late = end.earliest.timestamp(), end.latest.timestamp()
    times = np.linspace(early, late, 2 + int((late - early) / _EVERY_S) if late - early < 1e6 else 1000)
    sun = elevation_deg(times, rows.latitude[row], rows.longitude[row])
    middle = round(float(elevation_deg((early + late) / 2, rows.latitude[row], rows.longitude[row])), 2)
    if bool((sun < limit_deg).all()):
        return Trilean.YES, middle
    return (Trilean.NO if bool((sun >= limit_deg).all()) else Trilean.INDETERMINATE), middle
