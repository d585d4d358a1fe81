"""Flights whose registration is inferred, checked against what is known of their address now.

A flight is named when it is derived. An aircraft table that came or went since, or while it was being
derived, may say otherwise; such flights are derived again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import neo4j

from tailgraph.graph import aircraft_tables, airframes, tracks
from tailgraph.graph.pending import Mark
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Derive

CHUNK = 500
"""Addresses looked at, and derived again, at once."""
_EVER = (date(1900, 1, 1), date(2200, 1, 1))
_ADDRESSES = """
MATCH (f:Flight) WHERE f.first_seen >= $since AND f.first_seen < $until
  AND f.icao24 IS NOT NULL AND f.registration_method <> 'reported'
RETURN DISTINCT f.icao24 AS icao24
"""
_FLIGHTS = """
UNWIND $icao24s AS icao24
MATCH (f:Flight {icao24: icao24}) WHERE f.registration_method <> 'reported'
WITH icao24, collect([date(f.first_seen), f.registration]) AS flights
RETURN icao24, flights,
  COLLECT { MATCH (:Identifier {id: 'icao24:' + icao24})<-[:RECEIVED_FROM]-(t:Track)
            UNWIND coalesce(t.labels, []) AS label RETURN DISTINCT label } AS labels
"""


def settle(store: Store, marks: Iterable[Mark], derive: Derive) -> bool:
    """Derive those flights of the days of these marks again that would be named otherwise now; after a change
    of tables, those of any day. Returns whether there were any."""
    found = False
    changed = list(marks)
    days = [_EVER] if any(mark.tables for mark in changed) else [
        (mark.first_day, mark.last_day) for mark in changed if mark.first_day and mark.last_day]
    ordered = sorted({row["icao24"] for first, last in days
                      for row in store.read(_ADDRESSES, _bounds(first, last))})
    for start in range(0, len(ordered), CHUNK):
        if renamed := store.write(partial(_renamed, icao24s=ordered[start:start + CHUNK])):
            tracks.rederive(store, renamed, derive)
            found = True
    return found


def _renamed(transaction: neo4j.Transaction, icao24s: Sequence[str]) -> list[str]:
    """Those of the addresses of which a flight bears another name than it should."""
    said = aircraft_tables.said(transaction, airframes.addresses(icao24s))
    return [row["icao24"] for row in transaction.run(_FLIGHTS, icao24s=list(icao24s))
            if _is_renamed(row["icao24"], row["flights"], airframes.given(map(json.loads, row["labels"])),
                           said.get(row["icao24"], []))]


def _is_renamed(icao24: str, flights: Sequence[Sequence[Any]], given: frozenset[str],
                said: Sequence[aircraft_tables.Said]) -> bool:
    return any(airframes.registration_on(day.to_native(), icao24, given, said) != registration
               for day, registration in flights)


def _bounds(first: date, last: date) -> dict[str, datetime]:
    return {"since": datetime.combine(first, time(), UTC),
            "until": datetime.combine(last + timedelta(days=1), time(), UTC)}
