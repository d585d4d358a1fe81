"""The parties of an act, from the words that hang on it."""

from __future__ import annotations

from tailgraph.graph.model import Action, Kind
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.carriers import fill_carriers
from tailgraph.nlp.claims.doers import arranged, fill_doers
from tailgraph.nlp.claims.getters import fill_getters
from tailgraph.nlp.claims.origins import fill_following, fill_origins, makers_of
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.slots import Roles
from tailgraph.nlp.claims.targets import fill_targets


def roles_of(parties: Parties, act: Act) -> Roles:
    """Fillers by slot. Beside the slots of an Allegation there are "behalf" (on whose behalf it was done),
    "owner" (the state whose plane it was) and "striker" (the state whose drones struck), which count only
    where nothing better is told."""
    out: Roles = {}
    for fill in (fill_doers, fill_getters, fill_origins, fill_targets, fill_carriers, fill_following):
        fill(parties, act, out)
    if arranged(act) and any(ref.kind == Kind.COUNTRY for ref in out.get("supplier", {})):
        # "X arranged the delivery of Y's rifles": they are not X's.
        makers_told = {s.entity for m in act.weapons for s in makers_of(parties, act, m)}
        brokers = set(out.get("accused", {})) - makers_told
        out["supplier"] = {r: s for r, s in out["supplier"].items() if r not in brokers} or out["supplier"]
    makers = {s.span for s in out.get("supplier", {}).values() if s.span is not None}
    for ref, slot in list(out.get("target", {}).items()):
        if slot.span in makers:  # "fired Chinese-made missiles at Indian jets"
            del out["target"][ref]
    recipients = out.get("recipient", {})
    for ref in list(recipients):
        # Nobody supplies himself: who gives is no recipient, and who is shot at gets nothing.
        gives = ref in out.get("supplier", {}) or ref in out.get("accused", {})
        if ref in out.get("target", {}) or (gives and act.action == Action.TRANSFER):
            del recipients[ref]
    return out
