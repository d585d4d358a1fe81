"""The vocabulary of the whole program: frozen records that extraction and the flight side yield,
the store writes, and the command line prints.

All offsets are half-open and count Unicode code points in `Document.content`. All instants are aware
and in UTC. Altitudes are in feet, distances in nautical miles, angles in degrees.
"""

from tailgraph.graph.model.flights import (
    AirportCandidate,
    Bearing,
    CoverageGap,
    Fix,
    Flight,
    FlightEnd,
    Overflight,
    Timed,
    UnobservedVisit,
)
from tailgraph.graph.model.reports import (
    ENDS,
    LOCAL,
    Allegation,
    Claim,
    DateInterval,
    Document,
    Endpoint,
    Entity,
    EntityRef,
    Extraction,
    Hours,
    Mention,
    Moment,
    Passage,
    ReportedFlight,
    Slot,
    Span,
)
from tailgraph.graph.model.values import (
    Action,
    GapClass,
    Kind,
    Method,
    Probability,
    Record,
    Status,
    Trilean,
    Verdict,
    WeaponClass,
)

__all__ = [
    "ENDS", "LOCAL", "Action", "AirportCandidate", "Allegation", "Bearing", "Claim", "CoverageGap",
    "DateInterval", "Document", "Endpoint", "Entity", "EntityRef", "Extraction", "Fix", "Flight", "FlightEnd",
    "GapClass", "Hours", "Kind", "Mention", "Method", "Moment", "Overflight", "Passage", "Probability",
    "Record", "ReportedFlight", "Slot", "Span", "Status", "Timed", "Trilean", "UnobservedVisit", "Verdict",
    "WeaponClass",
]
