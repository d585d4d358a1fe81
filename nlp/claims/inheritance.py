"""What a claim that names no party takes over from the claim told just before it.

"It also found that 200 guns had been delivered", "the missiles have since been fired": by whom and to whom
stands in the sentence before.
"""

from __future__ import annotations

from tailgraph.graph.model import Action
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.unarmed import is_context

_PARTIES = ("accused", "supplier", "recipient", "target", "carrier")
_ENDS = ("accused", "supplier", "recipient", "target")
_HANDED_ON = ("accused", "supplier", "recipient")
_GIVING = ("accused", "supplier", "carrier")
_MOVING = frozenset({Action.TRANSFER, Action.ACQUISITION})
# How many sentences back the claim before may stand.
_REACH = 4


def inherit(drafts: list[Draft], discourse: Discourse) -> None:
    last: Draft | None = None
    for draft in drafts:
        near = last is not None and _near(last, draft, discourse)
        if last is not None and near and _open(draft, is_context(last)) and not _told_by_another(last, draft):
            _hand_on(last, draft)
        elif any(draft.take(slot) for slot in _PARTIES):
            last = draft


def _open(draft: Draft, context: bool) -> bool:
    """Whether a claim leaves its parties open; after an accusation of backing, what carried the weapons may
    be told."""
    if draft.rule.endswith("-far"):
        return False  # so loose a reading stands by what its own sentence tells, or not at all
    if draft.another and draft.rule.endswith("-anaphor"):
        # "A further batch was flown in": to whom is told of the batch before.
        return not draft.owners and not any(draft.take(slot) for slot in _GIVING)
    return not draft.owners and not any(draft.take(slot) for slot in (_ENDS if context else _PARTIES))


def _told_by_another(last: Draft, draft: Draft) -> bool:
    """What one state accuses of is no more of what another one told."""
    if draft.retells_for(last):
        return True
    accusers = draft.refs("accuser"), last.refs("accuser")
    deniers = draft.refs("denied_by")
    if deniers and not any(deniers & last.refs(slot) for slot in _HANDED_ON):
        return True  # "X and Y call reports of deliveries baseless": not what Z is said to have delivered
    return bool(all(accusers) and not accusers[0] & accusers[1])


def _hand_on(last: Draft, draft: Draft) -> None:
    if draft.action == Action.USE and last.action in _MOVING:
        draft.put("supplier", last.take("supplier"))
    elif draft.action == Action.REQUEST and "supply" in draft.kinds and last.action == Action.TRANSFER:
        # "A third lot is to be sent by ship": by whom and to whom the lots before were.
        for slot in ("supplier", "recipient"):
            draft.put(slot, last.take(slot))
    elif draft.action == Action.ACQUISITION and last.action == Action.TRANSFER and not _alike(draft, last):
        # "X and Y sent shells to Z. Rifles, it is whispered, were bought": of whom, nobody has said.
        draft.put("recipient", last.take("recipient"))
    elif draft.action == last.action == Action.USE and not _alike(draft, last):
        return  # "a missile of X's hit it; the rebels say that a jet of theirs did": two shooters
    elif draft.action == last.action or {draft.action, last.action} == _MOVING:
        for slot in _HANDED_ON[2:] if draft.by_people else _HANDED_ON:
            # Whoever tells of bombs that were dropped does not take over the blame for rockets before.
            own = draft.refs("accuser") if draft.action == Action.USE else set()
            draft.put(slot, [s for s in last.take(slot) if s.entity not in own])


def _alike(draft: Draft, last: Draft) -> bool:
    """Whether two claims may be of the same weapons."""
    kinds = [{ref.id.split("/")[0] for ref in d.refs("weapons")} for d in (draft, last)]
    return bool(kinds[0] & kinds[1]) or "arms" in kinds[0] | kinds[1]


def _near(last: Draft, draft: Draft, discourse: Discourse) -> bool:
    here, there = (discourse.paragraph(d.cue.start).index for d in (draft, last))
    return here - there <= 1 and draft.sentence - last.sentence <= _REACH
