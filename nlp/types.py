"""Aircraft types in context: which hits of the lexicon are types, and which are roads, seats, names,
cargo."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp import type_families
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cargo import is_cargo
from tailgraph.nlp.cues import cues
from tailgraph.nlp.runs import calendar

_REFERENCE = re.compile(
    r"\b(?:paragraph|resolution|section|article|seat|room|filed as|form|annex|route"
    r"|road|highway|motorway|model no\.?|item|"
    r"interstate|bus|line|exit|junction) $",
    re.IGNORECASE,
)
_ROAD = re.compile(r"\b(?:on|along|off|via|down|up|onto|joining|near) the $", re.IGNORECASE)
_AVIATION = re.compile(
    r"\b(?:Airbus|planes?|aircraft|jets?|airliners?|freighters?|fl(?:ights?|ew|ying"
    r"|own)|air(?:lines?|ports?)|runway|landed|touched down)\b"
)
_FLEET = re.compile(
    r"^[-\w]* (?:fleet|aircraft|jets?|planes?|freighters?|flights?|airliners?|operated"
    r"|landed|flew|took)\b"
)
_AIRCRAFT_WORD = re.compile(
    r"^s? (?:aircraft|jets?|planes?|freighters?|transports?|airlifters?|cargo"
    r"|airliners?|helicopters?|fleet)\b",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"(?:Airbus|Boeing|Antonov|Ilyushin|Tupolev|Lockheed|Douglas|Embraer|Gulfstream|Cessna"
    r"|Beechcraft|Dassault|Bombardier|Fokker|ATR) $"
)


def find(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """The types that are meant, their variant letters included; nicknames only beside a type or airframe.

    A family ("Boeing 747") is the type of the family that the report names elsewhere, else that of the
    airframes that it names (`type_families`); where it names none, the family stays open, an entity without a
    designator, unless practically all of it are one member.
    """
    hits = [c for c in known if c.kind is Kind.AIRCRAFT_TYPE]
    sure = {c.id for c in hits if c.role == "" and _meant(view, c)}
    weapons = {c.end: c for c in known if c.kind is Kind.WEAPON}
    found = []
    for _, group in _by_place(hits):
        plain = [c for c in group if c.role == ""]
        if plain:
            kept = [c for c in plain[:1] if _meant(view, c) and not _is_load(view, c, weapons)]
        elif any(c.role == "nickname" for c in group):
            kept = [
                c
                for c in (_told(group, sure) or group)[:1]
                if _nickname(view, c, sure, weapons) and not _is_load(view, c, weapons)
            ]
        else:
            kept = [
                c
                for c in _told(group, sure)[:1] or [_family(view, group)]
                if _meant(view, c) and not _is_load(view, c, weapons)
            ]
        found += [_whole(view, c) for c in kept]
    return found


def _by_place(hits: Sequence[Candidate]) -> list[tuple[tuple[int, int], list[Candidate]]]:
    groups: dict[tuple[int, int], list[Candidate]] = {}
    for hit in hits:
        groups.setdefault((hit.start, hit.end), []).append(hit)
    return list(groups.items())


def _told(group: Sequence[Candidate], sure: set[str]) -> list[Candidate]:
    return [c for c in group if c.id in sure]


def _family(view: View, group: Sequence[Candidate]) -> Candidate:
    if len({c.id for c in group}) == 1:
        return group[0]
    told = type_families.member(view, group[0], group)
    if told:
        return relabel(told, confidence=0.7)
    usual = next((c for c in group if (c.key or "").lower() in cues("types: usual of a family")), None)
    if usual:
        return relabel(usual, confidence=0.7)
    name = keys.clean_name(re.sub(r"s$", "", view.text(group[0])))
    maker = group[0].name.split()[0]
    name = name if name[0].isalpha() else f"{maker} {name}"
    return relabel(group[0], id=name, key=None, name=name, confidence=0.7)


def _whole(view: View, hit: Candidate) -> Candidate:
    """With what the tokenizer keeps in one piece: "DC-8-55F" where the lexicon knows the DC-8."""
    token = view.token_at(hit.end - 1)
    end = token.idx + len(token.text)
    return (
        relabel(hit, end=end)
        if end > hit.end and re.fullmatch(r"[\w-]+", view.content[hit.end : end])
        else hit
    )


def _meant(view: View, hit: Candidate) -> bool:
    content = view.content
    before = content[max(hit.start - 24, 0) : hit.start]
    if _REFERENCE.search(before) or content[hit.end : hit.end + 1] == "/":
        return False
    text = content[hit.start : hit.end]
    if (
        re.match(
            r"(?:at|an|be|do|my|in|as|is|it|il|no|so|go|he|we|by|on) "
            r"\d",
            text,
            re.IGNORECASE,
        )
        and not text.startswith("Il ")
        and not _MAKER.search(before)
    ):
        return False
    if re.fullmatch(r"A3\d0", text) and not _AVIATION.search(content):
        return False
    if (
        re.fullmatch(r"A\d{3}", text)
        and _ROAD.search(before)
        and not _FLEET.match(content[hit.end : hit.end + 24])
    ):
        return False
    if text.isdigit():
        return bool(_MAKER.search(before)) or (
            bool(
                re.search(
                    r"\b(?:[Aa]n?|[Tt]he|of|old|[Tt]wo|ageing"
                    r"|aging|same|another) $",
                    before,
                )
            )
            and not re.match(
                r"[.,]\d| (?:people|passengers|million|per|km|miles|tonnes|tons"
                r"|[a-z]+s\b)",
                content[hit.end : hit.end + 20],
            )
        )
    return True


def _nickname(view: View, hit: Candidate, sure: set[str], weapons: dict[int, Candidate]) -> bool:
    """A nickname counts where the type is named elsewhere, an aircraft word follows, it is the name of a
    weapon that flies, or does what aircraft do."""
    token = view.token_at(hit.start)
    after = view.token_at(min(hit.end + 1, len(view.content) - 1))
    if (
        after.idx >= hit.end
        and after.text[:1].isupper()
        and after.pos_ == "PROPN"
        and not after.is_sent_start
        and view.content[hit.end : hit.end + 1] == " "
        and not any(c.isdigit() for c in after.text)
    ):
        return False
    if calendar(token) or (token.is_sent_start and token.text.isupper() and not sure):
        return False
    return (
        hit.id in sure
        or bool(_AIRCRAFT_WORD.match(view.content, hit.end))
        or _armed(weapons.get(hit.end))
        or _flies(view.span(hit.start, hit.end).root)
        or view.content[hit.start : hit.end].casefold()
        in (
            "hercules",
            "globemaster",
            "chubby girl",
            "chubby girls",
            "ruslan",
            "ruslans",
            "mriya",
            "dreamliner",
            "jumbo jet",
            "superjet",
        )
    )


def _armed(weapon: Candidate | None) -> bool:
    """ "Rafale", "Chinook": the name of a combat aircraft or helicopter wherever it stands."""
    flying = weapon is not None and weapon.key in {"combat-aircraft", "helicopter"}
    return weapon is not None and flying and not weapon.role.endswith("?")


def _flies(token: Token) -> bool:
    """ "Two Skymasters landed": counted, and what an air verb is said of."""
    if token.dep_ in ("compound", "appos", "nmod"):
        token = token.head
    counted = any(c.dep_ in {"det", "nummod"} for c in token.children)
    return counted and token.dep_ == "nsubj" and token.head.lemma_.lower() in cues("types: flying")


def _is_load(view: View, hit: Candidate, weapons: dict[int, Candidate]) -> bool:
    """Combat aircraft and helicopters that are sold, asked for or unloaded are weapons only."""
    weapon = weapons.get(hit.end)
    if weapon is None:
        return False
    root = view.span(hit.start, hit.end).root
    if weapon.key != "helicopter" or (hit.key or "").lower() in cues("types: transport helicopters"):
        return is_cargo(root)
    return not _transports(root)


def _transports(token: Token) -> bool:
    """Does the helicopter carry rather than fight or lie in a hold? It is then an aircraft like others."""
    if token.dep_ in ("compound", "appos", "nmod"):
        token = token.head
    verbs = [c for c in token.children if c.dep_ in {"relcl", "acl"}]
    verbs += [token.head] if token.dep_ == "nsubj" else []
    if verbs:
        return any(verb.lemma_.lower() in cues("types: transport") for verb in verbs)
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("aboard", "by", "in")
        and token.head.head.lemma_.lower() in cues("types: transport")
    )
