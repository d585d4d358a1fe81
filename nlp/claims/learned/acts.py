"""Acts with weapons as the models tell them: what is likely enough to be shown, with the parties that are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import SPEECH, is_cue
from tailgraph.nlp.claims.learned.features import acting
from tailgraph.nlp.claims.learned.groups import Group, Party
from tailgraph.nlp.claims.learned.model import ACTS, LEFT, PARTS, chances

# The class of act whose sense is widest, for each action that a model tells.
_KIND_OF = {
    Action.TRANSFER: "carry",
    Action.ACQUISITION: "acquire",
    Action.USE: "use",
    Action.PRODUCTION: "produce",
    Action.POSSESSION: "possess",
    Action.REQUEST: "request",
}
FAMILY = "learned"
NONE = "none"
# Where the chances are cut: what does best by cross-validation (bench/train_claims.py prints it).
_AT_MOST_NONE = 0.4
_AT_LEAST = 0.4
# Nobody gives to himself, and who is shot at was not given the weapons and did not fire them.
_APART = (("supplier", "recipient"), ("accused", "target"), ("recipient", "target"), ("supplier", "target"))


def learned_acts(groups: Iterable[Group]) -> Iterator[Act]:
    """Each likely act, with its likely parties by slot; an act without any party is none."""
    for group in groups:
        if chances(LEFT, group.features)[NONE] > _AT_MOST_NONE:
            continue
        told = chances(ACTS, group.features)
        action = max(told, key=lambda name: told[name])
        parts = _parts(group, action)
        if parts:
            kind = _KIND_OF[Action(action)]
            cue = _cue(group.heads[0])
            yield Act(cue, kind, f"{kind}-{FAMILY}", list(group.weapons), list(group.heads), parts=parts)


def _parts(group: Group, action: str) -> dict[str, list[Slot]]:
    likeliest: dict[str, list[Party]] = {}
    for party in group.parties:
        told = chances(PARTS, acting(party.features, action))
        likely = {slot for slot, chance in told.items() if chance >= _AT_LEAST}
        for pair in _APART:
            if likely.issuperset(pair):
                likely.remove(min(pair, key=lambda slot: told[slot]))
        for slot in sorted(likely):
            likeliest.setdefault(slot, []).append(party)
    return {
        slot: [party.slot for party in parties if not any(_only_whose(party, other) for other in parties)]
        for slot, parties in likeliest.items()
    }


def _only_whose(party: Party, other: Party) -> bool:
    """ "Sudan's Rapid Support Forces": the state says whose body it is, and has no part of its own."""
    above, span = party.head.head, other.slot.span
    owned = party.head.dep_ in ("poss", "amod", "compound", "nmod") and other.slot.entity.kind != Kind.COUNTRY
    named = span is not None and span.start <= above.idx < span.end
    return party.slot.entity.kind == Kind.COUNTRY and owned and named


def _cue(head: Token) -> Token:
    """The word that the act is told by: the verb over the weapon, unless that only says that one speaks."""
    token = head
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") and not is_cue(token, *SPEECH) else head
