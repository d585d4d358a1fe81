"""Sentences that the parser alone reads wrong: what is put between commas, and the deed behind "accused of".

All sentences are invented.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from tailgraph.graph.model import Document
from tailgraph.nlp.pipeline import Extractor


def token(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


def subject(verb: Token) -> str | None:
    return next((c.text for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


@pytest.mark.parametrize(
    ("text", "verb", "doer", "says"),
    [
        ("Turkey, the panel says in its latest report, delivered drones to Tripoli.",
         "delivered", "Turkey", "says"),
        ("The crates, an official said on Tuesday, held mortars.", "held", "crates", "said"),
        ("They came in March, London says, from Ouagadougou.", "came", "They", "says"),
        ("A general, who, investigators believe, sold rifles to the militia, has fled.",
         "sold", "who", "believe"),
    ],
)  # fmt: skip
def test_a_clause_of_saying_governs_what_it_is_put_into(
    extractor: Extractor, text: str, verb: str, doer: str, says: str
) -> None:
    doc = extractor.parse(text)
    assert subject(token(doc, verb)) == doer
    assert token(doc, verb).head.text == says and token(doc, verb).dep_ == "ccomp"
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize(
    ("text", "verb", "doer", "opener"),
    [
        ("Belarus, for its part, was accused of flying rifles to Sudan.", "accused", "Belarus", "for"),
        ("The army, according to two diplomats, got drones from Iran.", "got", "army", "according"),
        ("Iran has been accused, in a letter seen by Wire, of arming rebels.", "accused", "Iran", "in"),
        ("The airline was blacklisted, among others, by the Treasury.", "blacklisted", "airline", "among"),
    ],
)
def test_an_adjunct_between_commas_modifies_the_clause(
    extractor: Extractor, text: str, verb: str, doer: str, opener: str
) -> None:
    doc = extractor.parse(text)
    assert subject(token(doc, verb)) == doer
    assert token(doc, opener).head.text == verb


@pytest.mark.parametrize(
    "text",
    [
        "Crates of rifles, mortars and shells came, he said, and the crew left.",
        "The cargo was food, the crew said, adding that it had been weighed.",
        "It held rifles, for the most part old, mortars and shells.",
        "Planes landed in Mopti, in Gao, and in Kidal.",
    ],
)
def test_lists_and_what_speakers_add_are_read_as_the_parser_has_them(extractor: Extractor, text: str) -> None:
    alone = extractor._nlp(text, disable=["tailgraph_trees"])
    assert [(t.dep_, t.head.i) for t in extractor.parse(text)] == [(t.dep_, t.head.i) for t in alone]


@pytest.mark.parametrize(
    ("text", "deed", "lemma", "thing"),
    [
        ("Belarus was accused by Poland of flying rifles to Sudan.", "flying", "fly", "rifles"),
        ("The firm was blacklisted by Oslo for shipping missiles to Aden.", "shipping", "ship", "missiles"),
        ("Congo was accused in the same report of supplying mortars to rebels.",
         "supplying", "supply", "mortars"),
        ("The broker was jailed for smuggling rockets to Libya.", "smuggling", "smuggle", "rockets"),
    ],
)  # fmt: skip
def test_the_deed_behind_an_accusation_is_a_verb(
    extractor: Extractor, text: str, deed: str, lemma: str, thing: str
) -> None:
    doc = extractor.parse(text)
    verb = token(doc, deed)
    assert (verb.pos_, verb.lemma_, verb.dep_) == ("VERB", lemma, "pcomp")
    assert verb.head.head.lemma_ in ("accuse", "blacklist", "jail")
    assert thing in {c.text for c in verb.children if c.dep_ == "dobj"}
    assert any(c.text == "to" for c in verb.children)


def test_offences_are_no_weapons_that_somebody_moved(extractor: Extractor) -> None:
    text = "The army seized rifles. The broker was jailed for smuggling offences in Riga."
    assert not extractor.extract(Document(text=text)).allegations


def test_with_what_somebody_is_armed_hangs_on_the_arming(extractor: Extractor) -> None:
    doc = extractor.parse("The state armed the RSF with Chinese drones, Khartoum says.")
    assert token(doc, "with").head.text == "armed"


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Companies tied to him had between 1998 and 2001 flown rifles to Kandahar.", "flown", "Companies"),
        ("Chad had in the past two years flown mortars to Mali.", "flown", "Chad"),
        ("Togo had for years sent shells to Benin.", "sent", "Togo"),
        ("The firm has since March shipped pistols to Gabon.", "shipped", "firm"),
        ("Oslo said that Minsk has for months supplied the rebels with drones.", "supplied", "Minsk"),
    ],
)  # fmt: skip
def test_a_time_between_had_and_its_verb_parts_them_not(
    extractor: Extractor, text: str, verb: str, subject: str
) -> None:
    deed = token(extractor.parse(text), verb)
    assert deed.pos_ == "VERB"
    assert {c.text for c in deed.children if c.dep_ == "nsubj"} == {subject}


@pytest.mark.parametrize(
    "text", ["Chad had in its hold captured rifles.", "Chad has for years Chinese-made rifles."]
)
def test_what_somebody_has_is_no_deed(extractor: Extractor, text: str) -> None:
    doc = extractor.parse(text)
    assert token(doc, "rifles").head.lemma_ == "have"


_PIECES = st.sampled_from(
    ["Turkey", "the panel says", "in a letter", "sent drones", ",", "–", "who", "accused", "of", "flying",
     "rifles", "to Sudan", "he said", "and", "with", "armed", ".", "\n\n", "according to", "among others"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40))
@example(["according to", "of", "according to", "Turkey", "accused"])
def test_whatever_the_words_the_tree_is_whole(extractor: Extractor, pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = extractor.parse(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert all(t.head in sentence for t in sentence)
        assert sum(t.head == t for t in sentence) == 1
