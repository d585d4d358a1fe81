"""Bodies of a state in common words: "Ukraine's foreign ministry", "embassy of Sudan", "the Russian embassy
in Tokyo", "state television"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.cues import cues

_AFFAIRS = (
    "defence|defense|foreign|interior|information|transport|oil|finance|justice|health|trade|economy|economic"
    "|energy|aviation|civil aviation|state|home|national security|security|external affairs|communications"
    "|industry|treasury|commerce|emergencies|agriculture|culture|tourism|labour|labor|planning|public works"
    "|environment|education|interior affairs"
).replace(" ", r"\ ")
_OPENING = "|".join(rf"[{field[0].upper()}{field[0]}]{field[1:]}" for field in _AFFAIRS.split("|"))
_FIELDS = rf"(?:{_AFFAIRS}|foreign\ affairs|emergency\ situations)"
_BODY = re.compile(
    rf"""(?:(?P<operator>(?:[Nn]aval\ )?[Aa]ir\ force|[Aa]erospace\ forces|[Aa]ir\ corps)
        | (?P<body>(?:{_OPENING})\ (?:ministry|headquarters|secretariat)
          | (?:(?:{_AFFAIRS})(?:\ and\ (?:{_AFFAIRS}))?\ )+
            (?:ministry|department|office|secretariat|authority|agency)
          | (?:ministry|department)\ of\ (?:the\ )?{_FIELDS}(?:\ and\ {_FIELDS})?
          | (?:foreign|military|domestic|external)\ intelligence(?:\ (?:service|agency|directorate))?
          | (?:state\ )?intelligence\ (?:service|agency|directorate) | secret\ (?:service|police)
          | (?:civil\ )?aviation\ (?:authority|regulator|agency) | airports?\ authority
          | (?:[Aa]ttorney[-\ ]general|president|prosecutor(?:[-\ ]general)?|prime\ minister)['’]s\ office
          | [Ss]tate\ (?:television|TV|radio|media|broadcaster|news\ agency) | news\ agency
          | (?:federal|high|supreme|district|military|constitutional|criminal|regional|appeals?|county|crown
            |provincial)\ court | court\ of\ appeal
          | (?:presidential|republican|national|palace)\ guard
          | (?:transitional|interim|unity)\ government | chamber\ of\ commerce | central\ bank
          | army | navy | police | coast\ guard | armed\ forces | military | parliament | embassy | consulate
          | mission\ (?:to|at)\ the\ (?:UN|U\.N|United\ Nations) | mission | general\ staff | marines
          | border\ guard | joint\ chiefs\ of\ staff
          | customs\ (?:service|authority|agency)))\b""",
    re.VERBOSE,
)
_LINK = re.compile(r" of (?:the )?")
_SEAT = re.compile(r" in (?=[A-Z])")
_SEATED = re.compile(r"embassy|consulate|mission|ministry|department")
_SEPARATORS = ((1, " "), (3, "'s "), (3, "’s "), (2, "' "), (2, "’ "))


def find(view: View, known: list[Candidate]) -> Iterator[Candidate]:
    """Bodies of a state in common words, with their state where the text names it beside them."""
    countries = [c for c in known if c.kind is Kind.COUNTRY or c.role == "capital"]
    owners_before = {
        c.end: c
        for c in countries
        if c.kind is Kind.COUNTRY or view.content[c.end : c.end + 2] in ("'s", "’s")
    }
    owners_after = {c.start: c for c in countries}
    seats = {c.start: c for c in known if c.role == "capital"}
    towns = {c.end: c for c in known if c.kind is Kind.PLACE}
    for match in _BODY.finditer(view.content):
        if not match.start() or not (
            view.content[match.start() - 1].isalnum() or view.content[match.start() - 1] == "-"
        ):
            court = match.group().endswith("court")  # "the Antwerp criminal court": that of a town
            before = towns | owners_before if court else owners_before
            yield from _body(view, match, before, owners_after, seats)


def seats(view: View, chosen: Sequence[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """The capitals inside "embassy in Tokyo": the town is named, too."""
    capitals = {c.end: c for c in known if c.role == "capital"}
    for body in chosen:
        town = capitals.get(body.end) if body.role.startswith("state:") else None
        if town and view.content[body.start : town.start].endswith(" in "):
            yield town


def _body(
    view: View,
    match: re.Match[str],
    before: dict[int, Candidate],
    after: dict[int, Candidate],
    seats: dict[int, Candidate],
) -> Iterator[Candidate]:
    content, (start, end) = view.content, match.span()
    common = match.group().lower()
    if common == "military" and view.token_at(start).dep_ in ("amod", "compound"):
        return
    kind = Kind.OPERATOR if match["operator"] else Kind.ORGANIZATION
    owner = next(
        (
            before[start - n]
            for n, text in _SEPARATORS
            if start >= n and content[start - n : start] == text and start - n in before
        ),
        None,
    )
    link = _LINK.match(content, end)
    if owner is None and link and link.end() in after:
        owner = after[link.end()]
        yield _owned(view, start, owner.end, kind, owner, common, (content[start:end],))
    elif owner:
        seat = _seat(content, end, common, seats)
        yield _owned(
            view,
            owner.start,
            seat.end if seat else end,
            kind,
            owner,
            common,
            (content[start:end], *((content[owner.start : end],) if seat else ())),
        )
    elif common not in cues("state bodies: need owner"):
        seat = _seat(content, end, common, seats)
        if seat:
            yield _owned(view, start, seat.end, kind, seat, common, (content[start:end],))
        else:
            name = keys.clean_name(match.group())
            yield Candidate(
                start, end, kind, name, None, name, "shape", 0.6, rank=30, role=f"generic:{common}"
            )


def _seat(content: str, end: int, common: str, seats: dict[int, Candidate]) -> Candidate | None:
    """The capital in "embassy in Tokyo"."""
    link = _SEAT.match(content, end) if _SEATED.search(common) else None
    return seats.get(link.end()) if link else None


def _owned(
    view: View,
    start: int,
    end: int,
    kind: Kind,
    owner: Candidate,
    common: str,
    variants: tuple[str, ...] = (),
) -> Candidate:
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
        variants=variants,
    )
