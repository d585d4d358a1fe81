"""Flights to draw, made with the simulator: invented, with known truth."""

from __future__ import annotations

from typing import Any

from tailgraph.flights.chart.leg import Airport, End, EndKind, Leg
from tailgraph.flights.positions import Positions
from tailgraph.flights.scenario import Scenario
from tailgraph.flights.simulate import simulate
from tailgraph.graph.reference import tables


def airport(icao: str) -> Airport:
    field = tables.airports()[icao]
    return Airport(icao, field.city or field.name, field.latitude or 0, field.longitude or 0)


def rows(**leg: Any) -> Positions:
    """One leg of one aircraft: `leg` as in a scenario; UHWW to ZKPY by night unless it says otherwise."""
    told = {"from": "UHWW", "to": "ZKPY", "departure": "2024-03-20T16:30:00Z", **leg}
    made = {"seed": 7, "aircraft": [{"icao24": "15406e", "legs": [told]}]}
    return simulate(Scenario.model_validate(made)).positions


def leg(title: str = "RFF1234", **told: Any) -> Leg:
    """A leg with its true departure, and an arrival that nobody saw."""
    ends = (End(EndKind.DEPARTED, airport(told.get("from", "UHWW")), "departed"),
            End(EndKind.VANISHED, airport(told.get("to", "ZKPY")), "vanished toward", (airport("ZKWS"),)))
    return Leg("15406e@2024-03-20T16:24:00Z", title, rows(**told), ends, (), (("aircraft", title),))
