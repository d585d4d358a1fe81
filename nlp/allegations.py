"""Allegations of a report: who is said to have moved, got, used, made, held or asked for weapons.

Acts with weapons are found first (`claims.frames`), each is read with its source, status and parties
(`claims.tellings`), what the surroundings tell is added (`claims.completion`), tellings of one claim are put
together (`claims.merge`), denials are laid against the claims that they deny (`claims.denials`), and models
add claims and parties that the rules miss (`claims.learned`).
"""

from __future__ import annotations

from collections.abc import Sequence

from tailgraph.graph.model import Allegation
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.accounts import Accounts
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.anaphora import retold
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.caution import nobody_says
from tailgraph.nlp.claims.completion import Completion, stands
from tailgraph.nlp.claims.confidence import confidence
from tailgraph.nlp.claims.craft import Crafts
from tailgraph.nlp.claims.denials import Denials
from tailgraph.nlp.claims.designations import Designations
from tailgraph.nlp.claims.destinations import name_recipient
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.endorsing import Endorsing
from tailgraph.nlp.claims.frames import acts
from tailgraph.nlp.claims.general import in_general
from tailgraph.nlp.claims.grading import credibility
from tailgraph.nlp.claims.imputation import Imputation
from tailgraph.nlp.claims.inheritance import inherit
from tailgraph.nlp.claims.learned.cases import Case, Cases
from tailgraph.nlp.claims.learned.model import Models, shipped
from tailgraph.nlp.claims.learned.reader import CUTS, Cuts, Reader
from tailgraph.nlp.claims.learned.readings import Readings
from tailgraph.nlp.claims.merge import Merger
from tailgraph.nlp.claims.modality import purpose
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.provenance import Provenance
from tailgraph.nlp.claims.referents import Referents
from tailgraph.nlp.claims.roles_told import RolesTold
from tailgraph.nlp.claims.shooters_told import shooters_told
from tailgraph.nlp.claims.speakers import Speakers
from tailgraph.nlp.claims.tellings import Tellings
from tailgraph.nlp.claims.unarmed import armings, is_context, told_better


def find(annotated: Annotated, models: Models | None = None, cuts: Cuts = CUTS) -> tuple[Allegation, ...]:
    """The distinct claims of a report in the order of their first telling; `models` are those shipped, if
    none are given."""
    finder = _Finder(annotated)
    drafts = finder.drafts(models or shipped(), cuts)
    return tuple(_freeze(i, draft, finder.ties) for i, draft in enumerate(drafts))


def examples(annotated: Annotated) -> tuple[list[Allegation], list[Case]]:
    """The claims that rules alone read, and the cases that the models judge: what these are trained on."""
    finder = _Finder(annotated)
    drafts = finder.by_rules()
    return [_freeze(i, draft, finder.ties) for i, draft in enumerate(drafts)], finder.cases(drafts)


class _Finder:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self.ties = Affiliations(report)
        self._discourse = Discourse(report)
        crafts = Crafts(report, self._discourse)
        referents = Referents(report, self.ties, self._discourse)
        self.ties.tie_described(referents.served)
        self._attributor = Attributor(
            report, self.ties, Speakers(report, self._discourse, referents), self._discourse
        )
        self._parties = Parties(report, crafts, referents)
        self._tellings = Tellings(report, self._discourse, self.ties, self._attributor, self._parties)
        self._completion = Completion(report, self._discourse, crafts)
        self._endorsing = Endorsing(report, self._discourse, self.ties, self._attributor)
        self._imputation = Imputation(report, self.ties)
        self._designations = Designations(report, self._attributor)
        self._merger = Merger(report, self.ties)
        self._denials = Denials(report, self.ties, self._attributor, self._discourse)
        # The places of weapons of which rules saw that nobody claims anything, and of those of which they saw
        # too little told.
        self._denied: set[int] = set()
        self._bare: set[int] = set()

    def drafts(self, models: Models, cuts: Cuts) -> list[Draft]:
        """The claims of rules, with what the models add to them."""
        drafts = self.by_rules()
        found = Reader(self._report, self._discourse, models, cuts).read(self.cases(drafts), drafts)
        if found:
            drafts = self._merger.merge(sorted([*drafts, *found], key=lambda d: d.cue.start))
        return drafts

    def cases(self, drafts: Sequence[Draft]) -> list[Case]:
        readings = Readings(
            self._report,
            self.ties,
            self._attributor,
            self._discourse,
            drafts,
            self._denied,
            self._bare,
            self._denials.found,
        )
        return Cases(self._report, self.ties, self._discourse).gather(readings)

    def by_rules(self) -> list[Draft]:
        """The claims that rules read, tellings of one put together, with who denies them."""
        merged = self._read()
        self._imputation.name_accused(merged)
        for draft in merged:
            self._completion.part_ends(draft)
        self._endorsing.apply(merged)
        self._denials.apply(merged)
        for draft in merged:
            name_recipient(draft)
            self._imputation.name_denier(draft)
            self._imputation.name_state_of_accused(draft)
        return sorted(merged, key=lambda d: d.cue.start)

    def _read(self) -> list[Draft]:
        found = acts(self._report)
        named = [act for act in found if not nobody_says(act) and not in_general(act)]
        self._denied.update(m.start for act in found if act not in named for m in act.weapons)
        told = [*named, *retold(self._report, named, self._discourse)]
        told += shooters_told(self._report, told, self._discourse)
        told += armings(self._report, {act.cue.i for act in told})
        told.sort(key=lambda a: a.cue.i)
        drafts = self._told(told)
        self._complete(drafts)
        inherit(drafts, self._discourse)
        Accounts(self._report, self._discourse, self._attributor).apply(drafts)
        drafts = [d for d in drafts if not is_context(d)]
        drafts = [d for d in drafts if not told_better(d, drafts)]
        Provenance(self._report, self._discourse).apply(drafts)
        RolesTold(self._report, self._parties, self._discourse).apply(drafts)
        return self._standing(self._merger.merge(drafts))

    def _complete(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            self._completion.complete(draft)
            self._imputation.name_states(draft)
            self._designations.apply(draft)

    def _told(self, told: list[Act]) -> list[Draft]:
        drafts: list[Draft] = []
        for act in told:
            draft = self._tellings.claimed(act) or self._tellings.denied(act)
            if draft is None:
                self._denied.update(mention.start for mention in act.weapons)
                continue
            if act.rule == "use-anaphor" and purpose(act.cue) and drafts:
                # "We expect X to fire them at Y": what the weapons told before are for.
                drafts[-1].put("target", draft.take("target"))
                drafts[-1].evidence.add(draft.sentence)
            else:
                drafts.append(draft)
        return drafts

    def _standing(self, merged: list[Draft]) -> list[Draft]:
        """Claims of which enough is told; one of which only a denial is told, if nothing else is of such
        weapons."""
        classes = self._merger.classes
        out = [d for d in merged if not d.only_denied and stands(d, classes(d))]
        fallen = (d for d in merged if not any(d is other for other in out))
        self._bare.update(s.span.start for d in fallen for s in d.take("weapons") if s.span)
        known = {c for d in out for c in classes(d)}
        known |= {"arms"} if known else set()
        known |= {"missile"} if any(c.endswith("-missile") for c in known) else set()
        return out + [d for d in merged if d.only_denied and d.take("accused") and not classes(d) & known]


def _freeze(index: int, draft: Draft, ties: Affiliations) -> Allegation:
    claim = Allegation(
        index=index,
        evidence=tuple(sorted(draft.evidence)),
        cue=draft.cue,
        rule=draft.rule,
        confidence=0.0,
        credibility=credibility(draft, ties),
        action=draft.action,
        status=draft.status,
        event=draft.event,
        accuser=draft.take("accuser"),
        accused=draft.take("accused"),
        supplier=draft.take("supplier"),
        recipient=draft.take("recipient"),
        target=draft.take("target"),
        carrier=draft.take("carrier"),
        weapons=draft.take("weapons"),
        denied_by=draft.take("denied_by"),
    )
    return claim.model_copy(update={"confidence": confidence(claim)})
