"""What somebody tells of himself: "We gave X drones", "the minister admitted that rifles had been given"."""

from __future__ import annotations

from tailgraph.graph.model import Action, Kind
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.blame import claimant
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.said import Attribution
from tailgraph.nlp.claims.syntax import doers, is_passive

# "Acknowledge" is left out: it is said as well of what others did.
_ADMITTING = frozenset({"admit", "concede", "confess"})
_OURSELVES = frozenset({"we", "i"})
_GIVING = frozenset({"supply", "carry"})


def own_deed(act: Act, attribution: Attribution, draft: Draft) -> None:
    """Name who speaks as who did it, where he says "we", or admits what he tells nobody else to have done."""
    if claimant(act.cue) is not None:
        draft.put("accused", [s for s in attribution.sources if s.entity.kind != Kind.PERSON])
    if draft.take("accused") or draft.take("carrier") or draft.action not in (Action.TRANSFER, Action.USE):
        return
    doing = [] if _undergoes(act) else [t.lower_ for t in doers(act.cue)]
    ours = bool(doing) and set(doing) <= _OURSELVES
    if not ours and (doing or not _undergoes(act) or draft.take("supplier") or not _admits(attribution)):
        return
    taken = draft.refs("recipient") | draft.refs("target")
    states = [s for s in attribution.sources if s.entity.kind == Kind.COUNTRY and s.entity not in taken]
    draft.put("accused", states)
    if draft.action == Action.TRANSFER and act.kind in _GIVING:
        draft.put("supplier", states)


def _undergoes(act: Act) -> bool:
    """ "Rifles were handed over", "drones had gone to X": nobody is told to have done it."""
    agentless = is_passive(act.cue) and not doers(act.cue)
    return agentless or act.rule.endswith("verb-nsubj")


def _admits(attribution: Attribution) -> bool:
    return any(word.lemma_ in _ADMITTING for word in attribution.words)
