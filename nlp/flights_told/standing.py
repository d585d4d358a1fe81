"""How a location stands in its sentence: by the preposition, the dash or the verb before it."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.locations import ALSO, DASH, TO, Location, Relation

RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(("from", "ex"), Relation.FROM),
    **dict.fromkeys(("to", "into", "onto", "toward", "towards"), Relation.TO),
    "for": Relation.FOR,
    "between": Relation.BETWEEN,
    **dict.fromkeys(("in", "at", "on", "inside", "near", "outside"), Relation.AT),
    **dict.fromkeys(
        (
            "via",
            "through",
            "over",
            "past",
            "across",
            "above",
            "around",
            "off",
            "by",
            "along",
            "against",
            "about",
            "after",
            "beyond",
            "with",
            "of",
            "than",
            "as",
        ),
        Relation.VIA,
    ),
}
PLACE_NOUNS = cues("flights told: places")
_PLURAL_PLACES = cues("flights told: several places")
DISTANCES = frozenset(
    {
        "drive",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "mile",
        "minutes",
        "far",
        "away",
        "walk",
        "metres",
        "nm",
        "short",
    }
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
# Verbs with the place as their object, whatever the tagger takes them for.
_LEAVING = frozenset(
    ("depart departs departed leave leaves left reach reaches reached dep arr etd eta").split()
)
_MAX_BACK = 7
# To whom and on what occasion something is said: where they stood says nothing of a flight.
_HEARD = cues("standing: hearers and occasions of speaking")
_SPEECH = cues("context: speech")
_PEOPLE = cues("flights told: people of a place")
_LOSING = cues("flights told: losing an aircraft")
_INSIDE = frozenset({"in", "at", "inside", "outside", "on"})


def relation_of(annotated: Annotated, index: int, mention: Mention, before: Location | None) -> Relation:
    """How a location that begins at token `index` stands, after the location before it in its sentence."""
    text = annotated.document.content
    gap = text[before.end : mention.start] if before else ""
    if before and gap and DASH.fullmatch(gap):
        return Relation.TO
    if before and before.relation is not Relation.NONE and ALSO.fullmatch(gap):
        return Relation.TO if before.relation is Relation.BETWEEN else before.relation
    if text[mention.end : mention.end + 6].lower() == "-bound":
        return Relation.TO
    if _tells_whose(annotated, mention) or _whence_crew(annotated, index, mention):
        return Relation.NONE
    return governed(annotated, index)


def _tells_whose(annotated: Annotated, mention: Mention) -> bool:
    """ "To a Dubai trader", "from Goma residents": where somebody is from."""
    span = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or mention.entity.kind is not Kind.PLACE:
        return False
    root, head = span.root, span.root.head
    return root.dep_ in {"compound", "amod", "nmod"} and head.i >= span.end and head.lemma_.lower() in _PEOPLE


def _whence_crew(annotated: Annotated, index: int, mention: Mention) -> bool:
    """ "Flown by crews from Belarus": whence those who fly, not the flight."""
    if mention.entity.kind is not Kind.COUNTRY or index < 2:
        return False
    link = annotated.doc[index - 2] if annotated.doc[index - 1].lower_ == "the" else annotated.doc[index - 1]
    crew = (
        link.lower_ == "from" and link.i > 0 and link.nbor(-1).lemma_.lower() in cues("flights told: crews")
    )
    return crew and not TO.match(annotated.document.content, mention.end)


def governed(annotated: Annotated, index: int) -> Relation:
    """By the preposition before, over articles, adjectives and nouns in apposition ("the desert
    airstrip of").
    """
    doc = annotated.doc
    for step in range(1, _MAX_BACK):
        if index - step < 0:
            return Relation.NONE
        token = doc[index - step]
        word = token.lower_
        if word == "of" and doc[index - step - 1].lower_ in PLACE_NOUNS | {"capital"}:
            continue
        if word == "of":
            return _of(doc[index - step - 1])
        if word in {"out", "inbound"}:
            return Relation.FROM
        turned = index - step > 1 and doc[index - step - 2].lemma_.lower() == "turn"
        if word == "from" and doc[index - step - 1].lower_ in DISTANCES and not turned:
            return Relation.VIA
        if word == "to" and doc[index - step - 1].lower_ == "according":
            return Relation.NONE
        if word in {"at", "in"} and doc[index - step - 1].lower_ == "destination":
            # "With destination at Lomé", as translations have it.
            return Relation.TO
        if word in RELATIONS and token.pos_ in {"ADP", "SCONJ", "ADV", "PART"}:
            outer = index - step - 1
            # "To rebel airstrips in Angola": the airstrips are where it went.
            if (
                RELATIONS[word] is Relation.AT
                and outer > 0
                and doc[outer].lower_ in PLACE_NOUNS | _PLURAL_PLACES
            ):
                found = governed(annotated, outer)
                return found if found in {Relation.FROM, Relation.TO} else Relation.AT
            return RELATIONS[word]
        if word in _POSSESSIVE or doc[index - step + 1].lower_ in _POSSESSIVE:
            continue
        if step == 1 and word in _LEAVING:
            return Relation.OBJECT
        if token.pos_ in {"VERB", "AUX"}:
            return Relation.OBJECT if step <= 4 else Relation.NONE
        if token.pos_ not in {"DET", "ADJ", "NUM", "PRON", "NOUN", "PROPN"} or (
            token.pos_ in {"NOUN", "PROPN"} and annotated.mention_at(token)
        ):
            return Relation.NONE
    return Relation.NONE


def _of(before: Token) -> Relation:
    if before.lower_ == "out":
        return Relation.FROM
    if before.lower_ == "short":
        return Relation.AT
    return Relation.VIA if before.lower_ == "way" else Relation.NONE


def is_venue(annotated: Annotated, here: Location) -> bool:
    """ "Told reporters in Kyiv", "at a briefing in Ankara", "In Warsaw, the minister said": where somebody
    spoke, and nothing flew.
    """
    token = annotated.doc[here.first]
    preposition = next((t for t in token.ancestors if t.i < token.i and t.lower_ in _INSIDE), None)
    if here.relation is not Relation.AT or preposition is None or preposition.dep_ != "prep":
        return False
    head = preposition.head
    if head.lower_ in _HEARD:
        return True
    return head.pos_ == "VERB" and head.lemma_.lower() in _SPEECH and not _is_craft(head, annotated)


def is_scene_of_loss(annotated: Annotated, here: Location) -> bool:
    """ "Collided with a fighter near Yerevan": whatever came in elsewhere did not come there."""
    verb = next((t for t in annotated.doc[here.first].ancestors if t.pos_ == "VERB"), None)
    return verb is not None and verb.lemma_.lower() in _LOSING


def _is_craft(verb: Token, annotated: Annotated) -> bool:
    """Never is an aircraft the speaker: a verb with one as its subject was misread."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    named = annotated.mention_at(subject) if subject is not None else None
    return named is not None and named.entity.kind in {Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE}
