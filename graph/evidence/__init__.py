"""What a node of the graph rests on: sentences with offsets, extractors, runs, track files, verdicts."""

from __future__ import annotations

from tailgraph.errors import UsageError
from tailgraph.graph.asof import NOW, When
from tailgraph.graph.evidence.claim import ClaimEvidence, claim_evidence
from tailgraph.graph.evidence.document import DocumentEvidence, document_evidence
from tailgraph.graph.evidence.entity import EntityEvidence, entity_evidence
from tailgraph.graph.evidence.flight import FlightEvidence, flight_evidence
from tailgraph.graph.evidence.neighbours import NodeEvidence, node_evidence
from tailgraph.graph.evidence.relationship import RelationshipEvidence, relationship_evidence
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import CLAIMS, ENTITIES, Label
from tailgraph.graph.store import Store

__all__ = ["ClaimEvidence", "DocumentEvidence", "EntityEvidence", "Evidence", "FlightEvidence",
           "NodeEvidence", "RelationshipEvidence", "evidence", "relationship_evidence"]

Evidence = ClaimEvidence | FlightEvidence | EntityEvidence | DocumentEvidence | NodeEvidence
"""Of a node."""


def evidence(store: Store, ref: Ref, when: When = NOW) -> Evidence:
    """All that the graph holds (held then, for what was so then) for this node.

    Raises UsageError where it has gone meanwhile, was not there then, or is not explained as of a day.
    """
    label, id_ = ref
    if label in CLAIMS:
        return claim_evidence(store, id_, when)
    if label in ENTITIES:
        return entity_evidence(store, label, id_, when)
    if label is Label.FLIGHT:
        return flight_evidence(store, id_, when)
    if label is Label.DOCUMENT:
        return document_evidence(store, id_, when)
    if when != NOW:
        raise UsageError(f"A {label} is not explained as of a day.",
                         remedy="Claims, flights, reports and entities are.")
    return node_evidence(store, label, id_)
