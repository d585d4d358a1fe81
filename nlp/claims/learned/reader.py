"""What the models add to the claims of rules: claims where rules read none, and parties that they miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tailgraph.graph.model import Action, EntityRef, Slot, Span, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.learned import features
from tailgraph.nlp.claims.learned.cases import Case, Party
from tailgraph.nlp.claims.learned.model import ACTS, CLAIMED, PARTS, STATUSES, Models
from tailgraph.nlp.claims.slots import slot_of
from tailgraph.nlp.claims.when import Calendar

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
CLAIM = "claim"
# Nobody gives to himself; who is shot at was not given the weapons and did not fire them; nobody denies what
# he says.
_APART = (
    ("supplier", "recipient"),
    ("accused", "target"),
    ("recipient", "target"),
    ("supplier", "target"),
    ("accuser", "denied_by"),
)
_VOICES = ("accuser", "denied_by")
# What is likely missed by rules that read the claim; of carriers and denials they miss little that the models
# would find (bench/train_claims.py).
_MISSED = ("accused", "supplier", "recipient", "target", "accuser")


@dataclass(frozen=True)
class Cuts:
    """From what chance on a claim is told where rules read none (`claim`), a party has a part in such a one
    (`part`), somebody says or denies it (`voice`), and a party has a part in a claim that rules read
    (`more`)."""

    claim: float = 0.5
    part: float = 0.4
    voice: float = 0.4
    more: float = 0.6


CUTS = Cuts()


class Reader:
    def __init__(self, report: Annotated, discourse: Discourse, models: Models, cuts: Cuts) -> None:
        self._discourse, self._models, self._cuts = discourse, models, cuts
        self._calendar = Calendar(report)

    def read(self, cases: Iterable[Case], drafts: Sequence[Draft]) -> list[Draft]:
        """New claims of the weapons that rules leave; claims of rules (`drafts`) are given what they
        miss."""
        found = []
        for case in cases:
            if case.claim is not None:
                told = self._told(case, self._cuts.more, self._cuts.more)
                self._fill(drafts[case.claim], [one for one in told if one[1] in _MISSED])
            elif self._models[CLAIMED].chances(case.features)[CLAIM] >= self._cuts.claim:
                draft = self._claim(case)
                if draft is not None:
                    found.append(draft)
        return found

    def _claim(self, case: Case) -> Draft | None:
        """A claim of the models; one without any party is none."""
        told = self._told(case, self._cuts.part, self._cuts.voice)
        if not told:
            return None
        action = Action(self._likeliest(ACTS, case))
        cue = case.cue
        kind = _KIND_OF[action]
        draft = Draft(
            action=action,
            status=Status(self._likeliest(STATUSES, case)),
            sentence=case.sentence,
            cue=Span(start=cue.idx, end=cue.idx + len(cue.text)),
            rule=f"{kind}-{FAMILY}",
            evidence={case.sentence},
            told={case.sentence},
            kinds={kind},
            event=self._calendar.event(cue, []),
        )
        draft.put("weapons", [slot_of(mention) for mention in case.weapons])
        self._fill(draft, told)
        return draft

    def _likeliest(self, table: str, case: Case) -> str:
        told = self._models[table].chances(case.features)
        return max(told, key=lambda name: told[name])

    def _told(self, case: Case, part: float, voice: float) -> list[tuple[float, str, Slot]]:
        """The parts that are likely enough, the likeliest first."""
        action = self._likeliest(ACTS, case)
        found = [
            (chance, name, party.slot)
            for party in case.parties
            for name, chance in self._chances(party, action).items()
            if chance >= (voice if name in _VOICES else part)
        ]
        return sorted(found, key=lambda told: (-told[0], told[1], str(told[2].entity)))

    def _chances(self, party: Party, action: str) -> Mapping[str, float]:
        return self._models[PARTS].chances(features.acting(party.features, action))

    def _fill(self, draft: Draft, told: Iterable[tuple[float, str, Slot]]) -> None:
        for _, part, slot in told:
            if not self._barred(draft, part, slot.entity):
                draft.put(part, [slot.model_copy(update={"learned": True})])
                if part in _VOICES and slot.span is not None:
                    draft.evidence.add(self._discourse.sentence(slot.span.start))

    @staticmethod
    def _barred(draft: Draft, part: str, ref: EntityRef) -> bool:
        if any(slot.ambiguous for slot in draft.take(part)):
            return True  # the text leaves open which of those is meant, and nobody else
        return any(
            part in pair and ref in draft.refs(next(other for other in pair if other != part))
            for pair in _APART
        )
