"""Bodies of a state in common words: "Ukraine's foreign ministry", "embassy of Sudan", "the defence
ministry"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View

_AFFAIRS = (
    "defence|defense|foreign|interior|information|transport|oil|finance|justice|health|trade"
    "|economy|energy|"
    "aviation|civil aviation|state|home|national security|external affairs|communications|industry"
)
_LOWER_BODY = re.compile(
    rf"""(?:(?P<operator>(?:[Nn]aval\ )?[Aa]ir\ force|[Aa]erospace\ forces)
        | (?P<body>(?:(?:{_AFFAIRS})(?:\ and\ (?:{_AFFAIRS}))?\ )+
            (?:ministry|department|office|secretariat|authority|agency)
          | (?:foreign|military|domestic|external)\ intelligence(?:\ (?:service|agency|directorate))?
          | (?:state\ )?intelligence\ (?:service|agency|directorate)
          | (?:civil\ )?aviation\ (?:authority|regulator|agency)
          | army | navy | police | coast\ guard | armed\ forces | military | parliament | embassy | consulate
          | mission | general\ staff
          | border\ guard | joint\ chiefs\ of\ staff | national\ guard
          | customs\ (?:service|authority|agency)))\b""",
    re.VERBOSE,
)
# These name nothing on their own: somebody's army, some embassy.
_NEED_OWNER = frozenset(
    (
        "army",
        "navy",
        "police",
        "coast guard",
        "armed forces",
        "military",
        "parliament",
        "embassy",
        "consulate",
        "mission",
        "general staff",
        "border guard",
        "air force",
        "aerospace forces",
        "national guard",
        "intelligence service",
        "intelligence agency",
        "state office",
        "home office",
        "customs service",
        "customs authority",
        "customs agency",
    )
)


def find(view: View, known: list[Candidate]) -> Iterator[Candidate]:
    """Bodies of a state in common words: "Ukraine's foreign ministry", "embassy of Sudan", "the defence
    ministry"."""
    countries = [c for c in known if c.kind is Kind.COUNTRY or c.role == "capital"]
    owners_before = {
        c.end: c
        for c in countries
        if c.kind is Kind.COUNTRY or view.content[c.end : c.end + 2] in ("'s", "’s")
    }
    owners_after = {c.start: c for c in countries}
    for match in _LOWER_BODY.finditer(view.content):
        if match.start() and (
            view.content[match.start() - 1].isalnum() or view.content[match.start() - 1] in "-"
        ):
            continue
        yield from _lower_body(view, match, owners_before, owners_after)


def _lower_body(
    view: View, match: re.Match[str], before: dict[int, Candidate], after: dict[int, Candidate]
) -> Iterator[Candidate]:
    content, (start, end) = view.content, match.span()
    if match.group().lower() == "military" and view.token_at(start).dep_ in ("amod", "compound"):
        return
    kind = Kind.OPERATOR if match["operator"] else Kind.ORGANIZATION
    owner = next(
        (
            before[start - n]
            for n, sep in ((1, " "), (3, "'s "), (3, "’s "), (2, "' "), (2, "’ "))
            if start >= n and content[start - n : start] == sep and start - n in before
        ),
        None,
    )
    link = re.match(r" of (?:the )?", content[end : end + 8])
    common = match.group().lower()
    if owner is None and link and end + link.end() in after:
        owner = after[end + link.end()]
        yield _state_body(view, start, owner.end, kind, owner, common)
    elif owner:
        yield _state_body(view, owner.start, end, kind, owner, common)
    elif common not in _NEED_OWNER and re.search(
        r"ministry|department|secretariat|civil aviation "
        r"authority|foreign office",
        common,
    ):
        name = keys.clean_name(match.group())
        yield Candidate(start, end, kind, name, None, name, "shape", 0.6, rank=30, role=f"generic:{common}")


def _state_body(view: View, start: int, end: int, kind: Kind, owner: Candidate, common: str) -> Candidate:
    name = keys.clean_name(view.content[start:end])
    return Candidate(
        start,
        end,
        kind,
        name,
        None,
        name,
        "shape",
        0.85,
        rank=45,
        role=f"state:{common}",
        country=owner.country,
    )
