"""Fuller wordings of a body's name that the text beside it gives: "Iran's Revolutionary Guards", "the
Treasury Department's Office of Foreign Assets Control", "Panel of Experts on Mali"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View, relabel

_OWNERS = (Kind.COUNTRY, Kind.ORGANIZATION)
_OWNING = re.compile(r"(?:['’]s?)? ")
_TAIL = re.compile(r" (?:of|for|on|in|concerning) (?:the )?")
_SEATED = re.compile(
    r"(?:ministry|embassy|consulate|mission|court|office|department|police|bureau|experts|group|committee|panel"
    r"|team|council|command|army|forces|service|agency|authority|customs|directorate|centre|center|branch)$",
    re.IGNORECASE,
)


def fuller(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, bodies with what stands right before and behind them as further wordings."""
    ordered = sorted(chosen, key=lambda c: c.start)
    starts = [c.start for c in ordered]
    ends = sorted((c.end, i) for i, c in enumerate(ordered) if c.kind in _OWNERS)
    return [
        relabel(c, variants=(*c.variants, *found))
        if c.kind is Kind.ORGANIZATION
        and not view.in_title(c.start)
        and (found := _wordings(view, c, ordered, starts, ends))
        else c
        for c in ordered
    ]


def _wordings(
    view: View,
    body: Candidate,
    ordered: Sequence[Candidate],
    starts: Sequence[int],
    ends: Sequence[tuple[int, int]],
) -> tuple[str, ...]:
    content = view.content
    before = _owner(view, body, ordered, ends)
    after = _seat(view, body, ordered, starts)
    return tuple(
        content[a:b] for a, b in ((before, body.end), (body.start, after)) if (a, b) != (body.start, body.end)
    )


def _owner(view: View, body: Candidate, ordered: Sequence[Candidate], ends: Sequence[tuple[int, int]]) -> int:
    """Where the owner right before the body begins; the body's own beginning if there is none."""
    place = bisect_right(ends, (body.start, 0)) - 1
    if place < 0:
        return body.start
    owner = ordered[ends[place][1]]
    link = view.content[owner.end : body.start]
    if not _OWNING.fullmatch(link) or (owner.kind is not Kind.COUNTRY and "s" not in link):
        return body.start
    return owner.start


def _seat(view: View, body: Candidate, ordered: Sequence[Candidate], starts: Sequence[int]) -> int:
    """Where the place or state right behind the body ends; the body's own end if there is none."""
    link = _TAIL.match(view.content, body.end) if _SEATED.search(view.text(body)) else None
    if link is None:
        return body.end
    place = bisect_left(starts, link.end())
    after = ordered[place] if place < len(ordered) else None
    fits = after is not None and after.start == link.end() and after.kind in (Kind.COUNTRY, Kind.PLACE)
    return after.end if fits and after is not None else body.end
