"""Which of several countries or places of one name is meant, and which names of places are people's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp import bodies
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import Hit, Sense
from tailgraph.nlp.vocabulary import place_id

# Places that are given names, too. Before a further capitalised word they are more often persons.
_US_GEORGIA = re.compile(
    r"\b(?:Atlanta|Macon|Augusta|Savannah, Ga|Fulton County|Interstate|Alabama"
    r"|Tennessee|Florida|Carolina|Fort (?:Benning|Moore|Stewart)|"
    r"Marietta|U\.S\. state|state of Georgia|Huntsville|Warner Robins|Ga\.)"
)
_COUNTRY_GEORGIA = re.compile(
    r"\b(?:Tbilisi|Batumi|Kutaisi|Abkhazia\w*|South Ossetia|Caucasus|Georgian\w*"
    r"|Armenia|Azerbaijan|Saakashvili|Kazakhstan|Kyrgyzstan|Russian?)\b"
)
# Short forms that mean other things more often than the state.


def settled(content: str, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Sense]]:
    """Every sense of every hit, but of several countries or several places only the one that is meant."""
    evidence = Counter(
        sense.id for hit in hits for sense in hit.senses if sense.kind is Kind.COUNTRY and _sure(hit, sense)
    )
    bodies_named = Counter(
        sense.id
        for hit in hits
        for sense in hit.senses
        if sense.kind is Kind.ORGANIZATION and len(hit.senses) == 1
    )
    for hit in hits:
        for kind in dict.fromkeys(sense.kind for sense in hit.senses):
            senses = [sense for sense in hit.senses if sense.kind is kind]
            if kind is Kind.ORGANIZATION and _rather_state(hit, senses, bodies_named):
                continue
            if kind in (Kind.COUNTRY, Kind.PLACE):
                sense = _likeliest(senses, evidence)
                if kind is Kind.COUNTRY and not _plausible(content, hit, sense, evidence):
                    continue
                yield hit, _georgia(content, sense)
            else:
                for sense in senses:
                    yield hit, sense


def _rather_state(hit: Hit, bodies_meant: Sequence[Sense], named: Counter[str]) -> bool:
    """ "CAR" is the state, not Conflict Armament Research, unless the report names that body in full."""
    return any(s.kind is Kind.COUNTRY for s in hit.senses) and not any(named[s.id] for s in bodies_meant)


def _sure(hit: Hit, sense: Sense) -> bool:
    return not sense.role.endswith("?") and sum(other.kind is Kind.COUNTRY for other in hit.senses) == 1


def _likeliest(senses: Sequence[Sense], evidence: Counter[str]) -> Sense:
    """In a country that the report names; else a capital; else the one that comes first in the tables."""

    def order(sense: Sense) -> tuple[bool, bool]:
        return (sense.role != "capital", evidence[sense.country or ""] == 0)

    by_country = [s for s in senses if evidence[s.country or ""]]
    return min(by_country or senses, key=order)


def _plausible(content: str, hit: Hit, sense: Sense, evidence: Counter[str]) -> bool:
    text = content[hit.start : hit.end]
    return not (
        sense.role.endswith("?")
        and (text.casefold() in cues("geography: rarely states") or (len(text) <= 2 and text != "US"))
        and not evidence[sense.id]
    )


def _georgia(content: str, sense: Sense) -> Sense:
    """The U.S. state, where the surroundings are American and nothing Caucasian is."""
    if (
        sense.id == "GE"
        and sense.role != "demonym"
        and _US_GEORGIA.search(content)
        and not _COUNTRY_GEORGIA.search(content)
    ):
        return Sense(
            Kind.PLACE, place_id("US", "Georgia"), "US", "Georgia", "place", sense.case, "US", "Georgia"
        )
    return sense


def namesakes(view: View, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Persons with the name of a place: "Kenya Okoro", "Sydney Jordan"."""
    places = [c for c in known if c.kind in (Kind.COUNTRY, Kind.PLACE) and not c.role.startswith("demonym")]
    for place in places:
        text = view.text(place)
        if (
            text.casefold() not in cues("geography: given places")
            or view.content[place.end : place.end + 1] != " "
        ):
            continue
        match = re.match(
            r"(?: [A-Z]\.)? (?:(?:al|bin|de|van|von|der|ben)[ "
            r"-])?[A-ZÀ-Þ][’'a-zà-ÿ][\wà-ÿ’'-]*",
            view.content[place.end : place.end + 40],
        )
        if match is None:
            continue
        surname = match.group().split()[-1]
        if (
            surname.lower() in bodies.heads()
            or view.token_at(place.end + match.end() - 1).pos_ not in ("PROPN", "NOUN", "ADJ")
            or view.token_at(place.end + match.end() - 1).ent_type_ in ("DATE", "NORP")
        ):
            continue
        if text.casefold() in (
            "israel",
            "india",
            "america",
            "cuba",
            "washington",
            "malta",
            "georgia",
            "london",
            "asia",
            "ireland",
            "kenya",
            "jordan",
            "chad",
        ) and surname.lower() in cues("geography: not surnames"):
            continue
        end = place.end + len(match.group().removesuffix("'s").removesuffix("’s"))
        name = keys.clean_name(view.content[place.start : end])
        yield Candidate(place.start, end, Kind.PERSON, name, None, name, "namesake", 0.7, rank=29)


_LOCATING = re.compile(
    r"(?:^|[^\w])(?:in|at|from|to|near|of|outside|around|via|through|toward|towards"
    r"|into|for|between|over|off|above|and|or|by|leave|leaves|left|reach|reached|"
    r"reaches|leaving|reaching|central|northern|southern|eastern|western|downtown|town"
    r"|city|village|port)\s(?:the )?(?:\w+ of )?$",
    re.IGNORECASE,
)


def towns(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """Without those towns of the gazetteer that nothing beside them makes one: Reading, Most, Split,
    Victoria."""
    return [c for c in known if c.role != "town?" or _is_town(view, c)]


def _is_town(view: View, town: Candidate) -> bool:
    content = view.content
    token = view.token_at(town.start)
    text = content[town.start : town.end]
    if (
        token.pos_ not in ("PROPN", "NOUN")
        or (text.isupper() and (len(text) < 5 or view.in_title(town.start)))
        or _inside_name(view, town)
    ):
        return False
    if token.dep_ == "compound" and token.head.is_lower and token.head.i == token.i + 1:
        return False  # "Bath towels"
    after = content[town.end : town.end + 24]
    if (
        re.match(
            r" ?(?:\([A-Z]+\) )?[–—]|, [A-ZÀ-Þ][a-zà-ÿ]+|,? [A-Z][a-z]{2,3}\.? \d+ "
            r"?[-–—]",
            after,
        )
        and token.is_sent_start
    ):
        return True
    before = content[max(town.start - 24, 0) : town.start]
    located = bool(_LOCATING.search(before))
    if len(text) < 4 or text.casefold() in cues("geography: given places"):
        return located and token.ent_type_ in ("GPE", "LOC", "FAC")
    return (located and token.ent_type_ not in ("PERSON", "DATE", "TIME")) or token.ent_type_ in (
        "GPE",
        "LOC",
    )


def _inside_name(view: View, town: Candidate) -> bool:
    """Does a capitalised word stand right before or behind it?"""
    content = view.content
    if re.match(
        r" [A-ZÀ-Þ][a-zà-ÿ]"
        r"|[-–][A-ZÀ-Þ]",
        content[town.end : town.end + 3],
    ) and not view.in_title(town.start):
        return True
    first = view.token_at(town.start)
    if first.i == 0 or not first.nbor(-1).whitespace_ or view.in_title(town.start):
        return False
    before = first.nbor(-1)
    return (
        bool(re.match(r"[A-ZÀ-Þ][a-zà-ÿ]", before.text))
        and not before.is_sent_start
        and before.pos_ == "PROPN"
        and before.i not in view.demonyms
    )
