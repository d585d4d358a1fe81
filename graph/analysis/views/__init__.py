"""The declared views, by name: each says what its edges mean. A new one is a module and an entry here."""

from __future__ import annotations

from tailgraph.graph.analysis.views.claims import CLAIMS, SPEECH
from tailgraph.graph.analysis.views.flights import FLIGHTS
from tailgraph.graph.analysis.views.identity import IDENTITY
from tailgraph.graph.analysis.views.mentions import MENTIONS
from tailgraph.graph.analysis.views.statements import STATEMENTS
from tailgraph.graph.analysis.views.view import Standing, View

__all__ = ["FACTS", "VIEWS", "Standing", "View"]

VIEWS: dict[str, View] = {
    view.name: view for view in (STATEMENTS, FLIGHTS, IDENTITY, CLAIMS, SPEECH, MENTIONS)}
FACTS = tuple(name for name, view in VIEWS.items() if view.standing is Standing.FACT)
