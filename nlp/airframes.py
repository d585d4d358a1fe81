"""Which designators name one and the same airframe: "RA-82030 (hex 15406E)", "Z8-QRD (until 2023, 5Y-QRD)",
"EP-KVC and EP-KVD (formerly EK-46301 and EK-46302)", "It was EP-MQD from 2011 to 2021".

The words between two designators decide; nearness alone never does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tailgraph.nlp.candidates import Candidate, View, relabel

_FILL = r"[\s,;:()\[\]\"'“”–—-]*"
_YEAR = r"(?:in |of |from |until |till |before |since )?(?:\w+ )?(?:19|20)\d\d"
_FORMERLY = re.compile(
    rf"^{_FILL}(?:and |or |but |then |which |that |who )?(?:was |is |has |had |been |has since |had since "
    rf"|since |later |now |then |also |once )*"
    rf"(?:formerly|previously|earlier|ex|née|before that|until (?:then|recently|{_YEAR})|before (?:\d{{4}}"
    rf"|then)|a\.?k\.?a\.?|also known as|"
    rf"alias|now|later|re-?registered|registered|since|renamed|re-?marked|currently|today|once|old "
    rf"registration|new registration)"
    rf"(?:{_FILL}(?:as|to|with|under|the|registration|registered|marks?|be|being|become|known|and|carried"
    rf"|wore|flew|flying|was|it))*{_FILL}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"^{_FILL}(?:[A-Z][\w-]*(?: [\w-]+){{0,4}}{_FILL})?(?:(?:with|and|its|the|a|an|under|by|at|on|of"
    rf"|serial number [\w-]+|msn [\w-]+|of unknown)\W+)*"
    rf"(?:hex|hex code|mode[- ]?s(?: hex)?(?: code| address)?|icao(?:[- ]?24)?(?:-bit)?(?: hex)?(?: "
    rf"address| code)?|(?:ICAO )?24-bit(?: icao)? address|"
    rf"transponder(?: code| address)?|address(?:es)?|hex address(?:es)?|hexes|icao24)(?:\W+(?:is|code"
    rf"|address|no|number|of))*{_FILL}$",
    re.IGNORECASE,
)
_AT_END = re.compile(
    r"\b(?:before that|formerly|previously|originally|re-?registered as|renamed|now|later|since|until "
    r"(?:recently|(?:\w+ )?(?:19|20)\d\d),?)[,:]?\s*$",
    re.IGNORECASE,
)
_ADDRESS_AT_END = re.compile(
    r"\b(?:hex(?: code)?|mode[- ]?s(?: address| code)?|icao(?:[- ]?24)?(?: address| code)?|24-bit address"
    r"|transponder code|address)[:,]?\s*$",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:it|she|lady|plane|jet|aircraft|airframe|freighter|airliner|machine|airplane|aeroplane|jumbo)\s+"
    r"(?:was|had been|used to be|once was|flew as|had flown as)\s+(?:formerly |once |previously "
    r")?(?:registered |known )?(?:as )?$",
    re.IGNORECASE,
)
_LIST = re.compile(rf"^(?:,|,? and|,? or|/|&|;){_FILL}$")
_MAX_BETWEEN = 160


def merged(view: View, airframes: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those of one airframe under the id of the registration that the text gives first."""
    ordered = sorted(airframes, key=lambda c: c.start)
    root: dict[str, str] = {}
    groups = _groups(view, ordered)
    for i, group in enumerate(groups):
        if i:
            _link(view, groups[i - 1], group, root)
    schemes = {c.id: c.role for c in ordered}
    return [_renamed(c, _root(root, c.id), schemes) for c in ordered]


def _groups(view: View, ordered: Sequence[Candidate]) -> list[list[Candidate]]:
    """Designators in plain lists: [A and B], [C and D]."""
    groups: list[list[Candidate]] = []
    for candidate in ordered:
        last = groups[-1][-1] if groups else None
        if last and last.role == candidate.role and _LIST.match(view.content[last.end : candidate.start]):
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return groups


def _link(view: View, before: list[Candidate], group: list[Candidate], root: dict[str, str]) -> None:
    between = view.content[before[-1].end : group[0].start]
    if "\n" in between or len(between) > _MAX_BETWEEN:
        if not _WAS.search(view.content[max(group[0].start - 60, 0) : group[0].start]) or (
            "\n\n" in between and len(between) > 400
        ):
            return
        _join(root, before[-1].id, group[0].id)
        return
    is_address = group[0].role == "hex" and before[0].role != "hex"
    same = (
        (is_address and _ADDRESS.match(_last_clause(between)))
        or _FORMERLY.match(between)
        or _FORMERLY.match(_last_clause(between))
        or _WAS.search(between)
        or _AT_END.search(between)
        or (is_address and len(group) == 1 and ". " not in between and _ADDRESS_AT_END.search(between))
    )
    if not same:
        return
    if len(before) == len(group):
        for old, new in zip(before, group, strict=True):
            _join(root, old.id, new.id)
    elif len(before) == 1:
        for new in group:
            _join(root, before[0].id, new.id)
    elif len(group) == 1:
        _join(root, before[-1].id, group[0].id)


def _last_clause(between: str) -> str:
    """What follows the last full stop or semicolon: an address may stand at the end of an entry."""
    return re.split(r"(?<=[a-z\d])[;](?=\s)", between)[-1]


def _join(root: dict[str, str], one: str, other: str) -> None:
    kept, lost = _root(root, one), _root(root, other)
    if kept != lost:
        root[lost] = kept


def _root(root: dict[str, str], key: str) -> str:
    while key in root:
        key = root[key]
    return key


def _renamed(candidate: Candidate, key: str, schemes: dict[str, str]) -> Candidate:
    return candidate if key == candidate.id else relabel(candidate, id=key, key=key, name=key)
