"""What weapons are made with and where: "parts for making drones were aboard", "hid workshops for converting
rockets"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import wordset


def tooling(making: Token) -> Token | None:
    """The parts "for making drones", the gear "meant to turn rockets into guided ones": they are moved."""
    if making.dep_ == "pcomp" and making.head.lower_ == "for":
        noun = making.head.head
        if noun.pos_ == "VERB":  # "sold X machinery for making rockets": the parser hangs "for" on the verb
            noun = next((c for c in noun.children if c.dep_ in ("dobj", "nsubjpass")), noun)
    elif making.dep_ in ("xcomp", "advcl") and making.head.dep_ in ("acl", "relcl"):
        noun = making.head.head if making.head.lemma_ in wordset("meant") | {"need", "use"} else making
    else:
        return None
    return noun if noun.pos_ == "NOUN" and noun.lemma_ in wordset("tooling") else None


def works(noun: Token) -> bool:
    """Whether a noun is of a place where weapons are made, which makes none itself: its owner does."""
    return noun.pos_ == "NOUN" and noun.lemma_ in wordset("works")
