"""What a name means where it stands: "Moscow denied" is the state, "landed in Moscow" the city.

The parse decides, then the words beside the name; where both are silent, a capital is a city.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from tailgraph.nlp.cues import cues

_CITY_APPOSITIVES = frozenset(["capital", "city", "town", "port"])


def means_state(span: Span) -> bool:
    """Does the name of a capital (or seat of power) stand for the state here?"""
    token = span.root
    if (
        span.start == span.sent.start
        and span.doc[span.end : span.end + 1].text == ":"
        and not span.text.isupper()
    ):
        return True
    if _says(span):
        return True
    if _dateline(span) or _beside_place_word(span):
        return False
    return _by_role(token)


def _says(span: Span) -> bool:
    """Does a verb of speaking follow at once, however the parser hangs it ("..., London says, from ...")?"""
    after = span.doc[span.end : span.end + 1]
    if span.start and span.doc[span.start - 1].pos_ in ("ADP", "CCONJ"):
        return False
    return len(after) > 0 and after[0].lower_ in (
        "says",
        "said",
        "denies",
        "denied",
        "insists",
        "claims",
        "rejects",
        "confirms",
    )


def _by_role(token: Token, depth: int = 0) -> bool:
    dep, head = token.dep_, token.head
    if dep in ("conj", "appos") and depth < 4:
        return _by_role(head, depth + 1) if head.ent_type_ or head.pos_ == "PROPN" else False
    if dep in ("nsubj", "nsubjpass"):
        return _subject_is_state(token, head)
    if dep == "agent" or (dep == "pobj" and head.dep_ == "agent"):
        return True
    if dep == "poss":
        return (
            head.lemma_.lower() not in cues("roles: motion nouns")
            and head.ent_type_ not in ("FAC",)
            and head.pos_ != "PROPN"
        )
    if dep == "pobj":
        return _object_of_preposition(token, head)
    if dep in ("dobj", "dative"):
        return head.lemma_.lower() not in cues("roles: motion")
    if dep in ("compound", "nmod", "amod"):
        return head.lemma_.lower() in (
            "government",
            "official",
            "officials",
            "regime",
            "junta",
            "authority",
            "administration",
        )
    return False


def _subject_is_state(token: Token, verb: Token) -> bool:
    if token.dep_ == "nsubjpass":
        return verb.lemma_.lower() in cues("roles: supply") | cues("roles: belief")
    if verb.lemma_ == "be":
        return not any(
            child.dep_ == "attr" and child.lemma_.lower() in _CITY_APPOSITIVES for child in verb.children
        )
    return verb.pos_ in ("VERB", "AUX")


def _object_of_preposition(token: Token, preposition: Token) -> bool:
    word = preposition.lower_
    governor = preposition.head
    while governor.dep_ == "prep" and governor.head is not governor:
        governor = governor.head
    lemma = governor.lemma_.lower()
    if word == "at":
        return lemma in cues("roles: attitude")
    if word in cues("roles: place prepositions") or lemma in _BOUND or governor.lower_ in _BOUND:
        return False
    if word == "from":
        return (
            lemma in cues("roles: supply")
            or _deals(governor)
            or any(_deals(c) for c in governor.children if c.dep_ == "nsubj")
        )
    if word in ("to", "between", "of", "on"):
        return (word != "of" and (lemma in cues("roles: supply") or _deals(governor))) or (
            word == "to" and governor.pos_ in ("NOUN", "ADJ") and lemma not in cues("roles: motion nouns")
        )
    if word == "for":
        return lemma not in cues("roles: motion") and lemma not in cues("roles: motion nouns")
    return word in ("by", "with", "against", "like", "unlike", "than")


_BOUND = frozenset(["bound", "destined", "due", "head", "depart", "leave", "set", "en"])


def _deals(noun: Token) -> bool:
    return noun.lemma_.lower() in cues("roles: deals")


def _dateline(span: Span) -> bool:
    """Does it open a dateline, or a headline in capitals ("MOSCOW: ...")?"""
    doc, sentence = span.doc, span.sent
    if span.start and not (doc[span.start].is_sent_start or doc[span.start - 1].is_space):
        return False
    after = doc[span.end : span.end + 1]
    if span.text.isupper() and len(after) and after[0].text in ("-", "–", "—", ",", "(", ":", "/"):
        return True
    return next((t.text for t in reversed(sentence) if not t.is_space), "") in ("-", "–", "—", "--")


def _beside_place_word(span: Span) -> bool:
    """ "the Moscow air base", "Moscow-based", "greater Moscow"."""
    doc = span.doc
    after = doc[span.end : span.end + 2]
    if (
        len(after) == 2
        and after[0].text in ("-", "‑", "–")
        and after[1].lower_ in ("based", "bound", "born", "area")
    ):
        return True
    return len(after) > 0 and after[0].lower_ in (
        "air",
        "airport",
        "airfield",
        "region",
        "airspace",
        "suburb",
        "suburbs",
        "district",
    )
