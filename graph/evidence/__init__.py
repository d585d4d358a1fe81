"""What a node of the graph rests on: sentences with offsets, extractors, runs, track files, verdicts."""

from __future__ import annotations

from tailgraph.graph.evidence.claim import ClaimEvidence, claim_evidence
from tailgraph.graph.evidence.document import DocumentEvidence, document_evidence
from tailgraph.graph.evidence.entity import EntityEvidence, entity_evidence
from tailgraph.graph.evidence.flight import FlightEvidence, flight_evidence
from tailgraph.graph.evidence.neighbours import NodeEvidence, node_evidence
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import CLAIMS, ENTITIES, Label
from tailgraph.graph.store import Store

__all__ = ["ClaimEvidence", "DocumentEvidence", "EntityEvidence", "Evidence", "FlightEvidence",
           "NodeEvidence", "evidence"]

Evidence = ClaimEvidence | FlightEvidence | EntityEvidence | DocumentEvidence | NodeEvidence


def evidence(store: Store, ref: Ref) -> Evidence:
    """All that the graph holds for this node; raises UsageError where it has gone meanwhile."""
    label, id_ = ref
    if label in CLAIMS:
        return claim_evidence(store, id_)
    if label in ENTITIES:
        return entity_evidence(store, label, id_)
    if label is Label.FLIGHT:
        return flight_evidence(store, id_)
    if label is Label.DOCUMENT:
        return document_evidence(store, id_)
    return node_evidence(store, label, id_)
