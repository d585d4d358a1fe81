"""What one run read from a report, in short, and how two such readings differ.

A reading names offsets and ids, no words: those stay with the report, and go with it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tailgraph.graph.model import Allegation, Claim, Extraction, Record, ReportedFlight, Slot

Values = dict[str, Any]


class ReadClaim(Record):
    """A claim: its kind, the cue's place, the stretch of its sentences, and what it says, slot by slot."""

    kind: str
    cue_start: int
    cue_end: int
    start: int
    end: int
    says: Values

    @property
    def place(self) -> tuple[str, int, int]:
        return self.kind, self.cue_start, self.cue_end


class Reading(Record):
    """`mentions` are "START-END KIND ID"; all in canonical order."""

    extractor: str
    claims: tuple[ReadClaim, ...] = ()
    mentions: tuple[str, ...] = ()


class Changed(Record):
    """A claim that both readings have in one place, and what it says otherwise: slot → before and after."""

    before: ReadClaim
    after: ReadClaim
    slots: dict[str, tuple[Any, Any]]


class Delta(Record):
    """What the second reading of a report has that the first had not, and the other way round."""

    added: tuple[ReadClaim, ...] = ()
    gone: tuple[ReadClaim, ...] = ()
    changed: tuple[Changed, ...] = ()
    mentions_added: tuple[str, ...] = ()
    mentions_gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.gone, self.changed, self.mentions_added, self.mentions_gone))


def reading(extraction: Extraction) -> Reading:
    spans = {passage.index: (passage.start, passage.end) for passage in extraction.passages}
    told: tuple[Allegation | ReportedFlight, ...] = (*extraction.allegations, *extraction.flights)
    claims = [_claim(claim, spans) for claim in told]
    mentions = {f"{one.start}-{one.end} {one.entity.kind} {one.entity.id}" for one in extraction.mentions}
    return Reading(extractor=extraction.extractor, claims=tuple(sorted(claims, key=_order)),
                   mentions=tuple(sorted(mentions, key=_place)))


def stored(read: Reading) -> dict[str, Any]:
    """As properties of the edge from a run to what it contributed."""
    return {"extractor": read.extractor, "mentions": list(read.mentions),
            "claims": [_line(claim.model_dump()) for claim in read.claims]}


def restored(properties: Mapping[str, Any]) -> Reading | None:
    """From such properties; None where an older version wrote none."""
    if properties.get("extractor") is None:
        return None
    return Reading(extractor=properties["extractor"], mentions=tuple(properties.get("mentions") or ()),
                   claims=tuple(ReadClaim(**json.loads(line)) for line in properties.get("claims") or ()))


def delta(before: Reading | None, after: Reading | None) -> Delta:
    """None stands for a reading without anything."""
    old, new = (one or Reading(extractor="") for one in (before, after))
    gone, added, changed = _claims(old.claims, new.claims)
    return Delta(added=added, gone=gone, changed=changed, mentions_added=_less(new.mentions, old.mentions),
                 mentions_gone=_less(old.mentions, new.mentions))


def _claims(old: Sequence[ReadClaim], new: Sequence[ReadClaim]) -> tuple[
        tuple[ReadClaim, ...], tuple[ReadClaim, ...], tuple[Changed, ...]]:
    """Gone, added and changed. What is the same in both falls out first; of what is left, claims of one place
    are paired in order."""
    left = _without(old, new)
    right = _without(new, old)
    beside: dict[tuple[str, int, int], list[ReadClaim]] = defaultdict(list)
    for claim in right:
        beside[claim.place].append(claim)
    gone, changed = list[ReadClaim](), list[Changed]()
    for claim in left:
        if at_place := beside[claim.place]:
            changed.append(_changed(claim, at_place.pop(0)))
        else:
            gone.append(claim)
    return tuple(gone), tuple(claim for claims in beside.values() for claim in claims), tuple(changed)


def _changed(before: ReadClaim, after: ReadClaim) -> Changed:
    names = sorted({*before.says, *after.says})
    return Changed(before=before, after=after, slots={
        name: (before.says.get(name), after.says.get(name)) for name in names
        if before.says.get(name) != after.says.get(name)})


def _without(these: Sequence[ReadClaim], those: Sequence[ReadClaim]) -> list[ReadClaim]:
    count = Counter(_line(claim.model_dump()) for claim in those)
    kept = []
    for claim in these:
        line = _line(claim.model_dump())
        count[line] -= 1
        if count[line] < 0:
            kept.append(claim)
    return kept


def _less(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(these) - set(those), key=_place))


def _claim(claim: Allegation | ReportedFlight, spans: Mapping[int, tuple[int, int]]) -> ReadClaim:
    stretch = [spans[index] for index in claim.evidence if index in spans] or [(0, 0)]
    kind = "Allegation" if isinstance(claim, Allegation) else "ReportedFlight"
    said = {name: _plain(value) for name, value in claim if name not in Claim.model_fields}
    return ReadClaim(kind=kind, cue_start=claim.cue.start, cue_end=claim.cue.end, start=min(stretch)[0],
                     end=max(end for _, end in stretch),
                     says={name: value for name, value in said.items() if value not in (None, [], {})}
                     | {"rule": claim.rule, "credibility": claim.credibility})


def _plain(value: Any) -> Any:
    """Slots as "KIND ID", with a question mark where the text leaves them open; the rest as JSON has it."""
    match value:
        case Slot():
            return f"{value.entity.kind} {value.entity.id}{'?' if value.ambiguous else ''}"
        case tuple():
            return sorted({str(_plain(item)) for item in value})
        case Record():
            return {name: _plain(item) for name, item in value if item is not None}
        case None | bool() | int():
            return value
        case _:
            return str(value)


def _line(value: Values) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _order(claim: ReadClaim) -> tuple[int, int, str, str]:
    return claim.cue_start, claim.cue_end, claim.kind, _line(claim.says)


def _place(mention: str) -> tuple[int, str]:
    return int(mention.partition("-")[0]), mention


def count(deltas: Iterable[Delta]) -> dict[str, int]:
    """How many claims and mentions came, went and changed, over all."""
    total: Counter[str] = Counter()
    for one in deltas:
        total.update(claims_added=len(one.added), claims_gone=len(one.gone), claims_changed=len(one.changed),
                     mentions_added=len(one.mentions_added), mentions_gone=len(one.mentions_gone))
    return dict(total)
