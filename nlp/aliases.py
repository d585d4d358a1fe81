"""Names that a report introduces itself: abbreviations in brackets, "also known as", surnames and short
names of what was named in full before. They hold within the report that introduces them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp import public_figures
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import Case, Hit, Lexicon, Sense, case_of, key

_QUOTE = "\"'“”‘’"
_BRACKET = re.compile(
    rf"^,?\s?\(\s*(?:or |the |[Hh]ereafter |hereinafter |henceforth )*(?:the "
    rf")?[{_QUOTE}]?(?:the )?(?P<short>(?:\d{{2,4}} )?[A-Z][\w.&/-]*(?: "
    rf"[A-Z][\w.-]*){{0,2}})[{_QUOTE}]?\s*[);,]"
)
_OTHERWISE = re.compile(
    rf"(?:a\.?k\.?a\.?|f\.?k\.?a\.?|also known as|better known as|known as|nicknamed|formerly(?: known "
    rf"as)?|alias|legal name:?|trading as|doing business as|"
    rf"d/b/a|acronym|previously(?: known as)?)\s*:?\s*[{_QUOTE}]?(?P<other>[A-Z][\w.&'’-]*(?:[ "
    rf"-](?:[A-Z][\w.&'’-]*|de|del|al|of|and)){{0,5}})[{_QUOTE}]?"
)
_REACH = 120
_TOLD_PERSON = re.compile(
    r"^,? (?:alias|also known as|better known as|widely known as|known as|nicknamed) "
    r"[^.;,]*"
)
_TOLD_BODY = re.compile(
    r"^(?: of [A-Z][\w-]+)?(?:, [A-Z][\w-]+(?: [A-Z][\w-]+)?)?,? (?:trading as|doing "
    r"business as|also known as|formerly known as|formerly) [^.;]*"
)
_GENERIC_TAIL = re.compile(
    r"(?:[ ,]+(?:Air Lines|Airlines?|Airways|Air Cargo|Air Freight|Air Charter|Cargo Airlines|Air|Aviation"
    r"|Avia|Cargo|Freight|LLC|Ltd\.?|LTD\.?|Co\.?|CO\.?|Inc\.?|"
    r"PJSC|JSC|C\.A\.|S\.A\.|GmbH|FZE|SARL|International Airport|Airport|Airbase|Air Base|air base|airbase"
    r"|air force base|Air Force Base|airport|Group|"
    r"State Airlines))+$"
)


# Words after which a name is a place's, and hardly ever a carrier's or a person's.
_LOCATING = ("in", "at", "near", "via", "outside", "into", "around", "over", "above")


# Above every shape: what the report itself says of a name counts more than how the name looks.
_RANK = 55
_OWNS = ("'s", "’s")


def learn(view: View, chosen: Sequence[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Candidates for every place where a name stands that the report itself introduced."""
    local, owning, free = Lexicon(), Lexicon(), dict[tuple[str, Kind], bool]()
    for candidate in sorted(chosen, key=lambda c: (c.start, -c.length)):
        told = {name for name, _ in _told(view, candidate)}
        for name, case in (*_told(view, candidate), *_derived(view, candidate)):
            asked = name, candidate.kind
            if name not in told and asked not in free:
                free[asked] = _free(name, candidate.kind, view.content, lexicon)
            sense = Sense(
                candidate.kind,
                candidate.id,
                candidate.key,
                candidate.name,
                "alias",
                case,
                candidate.country,
                name,
            )
            if name in told or free[asked]:
                local.add(name, sense)
            elif candidate.kind is Kind.OPERATOR and _adjective(name, lexicon):
                owning.add(name, sense)
    owned = (h for h in owning.match(view.content, view.runs) if view.content[h.end : h.end + 2] in _OWNS)
    for hit in (*local.match(view.content, view.runs), *owned):
        if any(
            c.start <= hit.start and hit.end <= c.end and c.length > hit.end - hit.start
            for c in _around(chosen, hit)
        ):
            continue
        senses = {(s.kind, s.id) for s in hit.senses}
        # A surname that two persons share names neither of them for certain; the one named last is meant.
        sense = hit.senses[-1] if len(senses) > 1 else hit.senses[0]
        yield Candidate(
            hit.start,
            hit.end,
            sense.kind,
            sense.id,
            sense.key,
            sense.name,
            "alias",
            0.85,
            rank=_RANK,
            role="alias",
            country=sense.country,
        )


def _around(chosen: Sequence[Candidate], hit: Hit) -> Iterator[Candidate]:
    """The chosen candidate that begins at or before the hit and may hold it."""
    place = bisect_right(chosen, hit.start, key=lambda c: c.start)
    if place:
        yield chosen[place - 1]


def _told(view: View, candidate: Candidate) -> Iterator[tuple[str, Case]]:
    """Names that the text gives in so many words."""
    if candidate.kind in (Kind.ORGANIZATION, Kind.OPERATOR, Kind.COUNTRY) and not candidate.role.startswith(
        "generic"
    ):
        yield from _bracketed(view, candidate)
    if candidate.kind in (Kind.ORGANIZATION, Kind.OPERATOR, Kind.PERSON):
        yield from _otherwise(view, candidate)


def _derived(view: View, candidate: Candidate) -> Iterator[tuple[str, Case]]:
    """Short names that follow from the full one."""
    text = view.text(candidate)
    if candidate.kind is Kind.PERSON:
        yield from _of_person(text)
    if candidate.kind in (Kind.OPERATOR, Kind.AIRPORT) or (
        candidate.kind is Kind.ORGANIZATION and _GENERIC_TAIL.search(text)
    ):
        yield from _shortened(text)


def _bracketed(view: View, candidate: Candidate) -> Iterator[tuple[str, Case]]:
    match = _BRACKET.match(view.content[candidate.end : candidate.end + _REACH])
    if (
        match
        and match["short"].lower() not in ("a.k.a", "aka")
        and _stands_for(match["short"], view.text(candidate), candidate.kind)
    ):
        short = match["short"]
        yield short, case_of(short)


def _stands_for(short: str, name: str, kind: Kind) -> bool:
    """Is it an abbreviation of the name, or one of its words ("the Panel"), and not some other thing in
    brackets?"""
    letters = re.sub(r"[^A-Za-z]", "", short)
    initials = "".join(word[0] for word in re.findall(r"[A-Za-zÀ-ÿ]\w*", name))
    if short in name.split():
        return kind is not Kind.COUNTRY
    if kind is Kind.COUNTRY:
        return letters.isupper() and letters[:1].casefold() == initials[:1].casefold() and len(initials) > 1
    return letters.isupper() or letters[:1].casefold() == initials[:1].casefold()


def _otherwise(view: View, candidate: Candidate) -> Iterator[tuple[str, Case]]:
    after = view.content[candidate.end : candidate.end + 2 * _REACH].partition("\n")[0]
    inside = re.match(r"^,?\s?\((?P<in>[^()]*(?:\([^()]*\)[^()]*)*)\)", after)
    told = _TOLD_PERSON.match(after) if candidate.kind is Kind.PERSON else _TOLD_BODY.match(after)
    zone = inside["in"] if inside else told.group() if told else ""
    for match in _OTHERWISE.finditer(zone):
        other = match["other"].rstrip(".,")
        yield other, Case.PROPER


def _of_person(text: str) -> Iterator[tuple[str, Case]]:
    words = [w for w in re.split(r"\s+", text) if w]
    if len(words) < 2:
        return
    if re.fullmatch(r"[IVX]+\.?|[JS]r\.?", words[-1]):
        yield words[0], Case.PROPER
        words = words[:-1]
    if len(words) < 2:
        return
    last = words[-1]
    if words[-2].lower() in cues("aliases: person particles"):
        yield f"{words[-2]} {last}", Case.PROPER
    if len(last) > 2:
        yield last, Case.PROPER
    if last.startswith("al-"):
        yield "al-" + last[3:], Case.PROPER
    for word in words[:-1]:
        if public_figures.forms().get(key(word)) is False:
            yield word, Case.PROPER
    # Korean, Chinese and Burmese names put the family first.
    if len(words) == 3 and len(words[0]) <= 5 and all(len(w) <= 6 for w in words[1:]) and len(words[0]) > 1:
        yield words[0], Case.PROPER


def _shortened(text: str) -> Iterator[tuple[str, Case]]:
    short = _GENERIC_TAIL.sub("", text)
    words = short.split()
    if (
        short != text
        and words
        and not (len(words) == 1 and (words[0].lower() in cues("aliases: not alone") or len(words[0]) < 4))
    ) and (not short.isupper() or len(short) > 5):
        yield keys.clean_name(short), Case.PROPER


def _adjective(name: str, lexicon: Lexicon) -> bool:
    """Is it the adjective of a state, and of nothing else? "Ethiopian's freighters" are the airline's."""
    senses = lexicon.senses(name)
    return bool(senses) and all(s.kind is Kind.COUNTRY and s.role.startswith("demonym") for s in senses)


def _free(name: str, kind: Kind, content: str, lexicon: Lexicon) -> bool:
    """May the name be learned, or does it mean something else already: a state, a capital, a town that the
    report names as one? (An airport's town is always meant before the airport.)"""
    if not key(name):
        return False
    senses = lexicon.senses(name)
    if any(s.kind is Kind.COUNTRY or (s.kind is Kind.PLACE and s.role == "capital") for s in senses):
        return False
    town = any(s.kind is Kind.PLACE for s in senses)
    if not town or kind is Kind.AIRPORT:
        return not town
    return not re.search(rf"\b(?i:{'|'.join(_LOCATING)})\s+{re.escape(name)}\b", content)
