"""A user's own names: found, preferred, and refused clearly where the file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tailgraph.errors import InputRefused
from tailgraph.graph.model import Document, Kind
from tailgraph.nlp import user_lexicon, vocabulary
from tailgraph.nlp.lexicon import Lexicon
from tailgraph.nlp.pipeline import Extractor

NAMES = """kind,name,key,aliases,country
Operator,Turkmen Shadow Cargo,,TSC|Shadow Cargo,TM
Weapon,Zolt-9,rocket,Zolt 9,
AircraftType,Myasishchev Frobnicator,FROB,Frobnicator,
Place,Hollow Creek,,,US
Person,Ruslan Ruslanov,,Ruslan,
"""


def test_names_of_the_user_are_found(extractor: Extractor, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text(NAMES, encoding="utf-8")
    own = Extractor(extractor._nlp, user_lexicon.added(vocabulary.standard(), [file]), "test")
    annotated = own.annotate(
        Document(text="A Frobnicator of TSC brought Zolt-9 rockets to Hollow Creek for Ruslan.")
    )
    assert {(e.kind, e.id) for e in annotated.entities} == {
        (Kind.AIRCRAFT_TYPE, "FROB"),
        (Kind.OPERATOR, "Turkmen Shadow Cargo"),
        (Kind.WEAPON, "rocket/Zolt-9"),
        (Kind.PLACE, "US/Hollow Creek"),
        (Kind.PERSON, "Ruslan Ruslanov"),
    }


def test_the_standard_lexicon_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text(NAMES, encoding="utf-8")
    user_lexicon.added(vocabulary.standard(), [file])
    assert vocabulary.standard().senses("Turkmen Shadow Cargo") == ()


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes(b"kind,name\nPerson,\xff\xfe\n")
    with pytest.raises(InputRefused, match="UTF-8"):
        user_lexicon.added(Lexicon(), [file])
