"""Which entities were read as one on which days: a pure function of all judgements that were ever given, of
those that were taken back since, too, and of when each entity came to be here.

It says what `same_as` had written at the end of each day, so far as it concerns entities that are still here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tailgraph.graph.identity.clusters import chains, clusters, merged
from tailgraph.graph.identity.judgement import Judgement
from tailgraph.graph.rows import Ref

EVER = date.min
FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Held:
    """A judgement, and the days (UTC) at whose end it stood here: from the first, until before the other."""

    judgement: Judgement
    since: date
    until: date = FOREVER

    def stood(self, day: date) -> bool:
        return self.since <= day < self.until


class Epoch(NamedTuple):
    """`member` was read as `canonical` at the end of each day of `since` ≤ day < `until` (UTC)."""

    member: Ref
    canonical: Ref
    since: date
    until: date


def epochs(held: Sequence[Held], there: Mapping[Ref, date]) -> set[Epoch]:
    """`there`: the entities that are here, with the day on which each came. EVER: before that was kept."""
    found: set[Epoch] = set()
    for members in chains([one.judgement for one in held]):
        own = [one for one in held if members.issuperset(one.judgement.refs)]
        found |= _epochs(own, {ref: there[ref] for ref in members & there.keys()})
    return found


def standing(held: Iterable[Held], day: date) -> list[Judgement]:
    """The judgements that stood at the end of that day, as they stood then."""
    return [one.judgement.model_copy(update={"revoked_at": None, "revoked_by": None})
            for one in held if one.stood(day)]


def _epochs(held: Sequence[Held], there: Mapping[Ref, date]) -> set[Epoch]:
    days = sorted({*(one.since for one in held), *(one.until for one in held), *there.values(), FOREVER})
    found, open_ = set[Epoch](), dict[tuple[Ref, Ref], date]()
    for day in days:
        now = set(_merged(held, there, day)) if day < FOREVER else set[tuple[Ref, Ref]]()
        found.update(Epoch(*pair, open_.pop(pair), day) for pair in open_.keys() - now)
        open_.update(dict.fromkeys(now - open_.keys(), day))
    return found


def _merged(held: Sequence[Held], there: Mapping[Ref, date], day: date) -> Iterable[tuple[Ref, Ref]]:
    present = [ref for ref, since in there.items() if since <= day]
    for cluster in clusters(standing(held, day)):
        yield from merged(cluster, present).items()
