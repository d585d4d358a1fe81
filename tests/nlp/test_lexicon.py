"""Names matched in one pass: the longest wins, case counts where it tells, offsets hold."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.model import Kind
from tailgraph.nlp.lexicon import Case, Lexicon, Sense, case_of, key, segments

LEXICONS = Path(__file__).parents[2] / "nlp" / "lexicons"


def lexicon(*names: tuple[str, Kind]) -> Lexicon:
    built = Lexicon()
    for name, kind in names:
        built.add(name, Sense(kind, name, None, name, "", case_of(name), None, name))
    return built


def matches(built: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.senses[0].id) for hit in built.match(text, segments(text))]


def test_spelling_variants_are_one_name() -> None:
    built = lexicon(("Il-76", Kind.AIRCRAFT_TYPE))
    text = "Il-76, IL76, Il 76, Il‑76s and Il-76MDs, not Il-762 or Bil-76 nor Il, 76"
    assert [surface for surface, _ in matches(built, text)] == [
        "Il-76",
        "IL76",
        "Il 76",
        "Il‑76s",
        "Il-76MDs",
    ]


def test_accents_and_apostrophes_are_folded() -> None:
    built = lexicon(("Querétaro", Kind.PLACE), ("N'Djamena", Kind.PLACE), ("Akıncı", Kind.WEAPON))
    assert [s for s, _ in matches(built, "Queretaro, N’Djamena, Akinci")] == [
        "Queretaro",
        "N’Djamena",
        "Akinci",
    ]


def test_the_longest_name_wins() -> None:
    built = lexicon(
        ("Guinea", Kind.COUNTRY), ("Equatorial Guinea", Kind.COUNTRY), ("Guinea-Bissau", Kind.COUNTRY)
    )
    text = "Guinea, Equatorial Guinea and Guinea-Bissau"
    assert [i for _, i in matches(built, text)] == ["Guinea", "Equatorial Guinea", "Guinea-Bissau"]


def test_abbreviations_match_as_written_and_names_with_a_capital() -> None:
    built = lexicon(("CAR", Kind.COUNTRY), ("Turkey", Kind.COUNTRY), ("missile", Kind.WEAPON))
    assert [s for s, _ in matches(built, "CAR car Car Turkey turkey TURKEY Missiles missile")] == [
        "CAR",
        "Turkey",
        "TURKEY",
        "Missiles",
        "missile",
    ]


def test_an_initialism_keeps_its_last_stop() -> None:
    assert matches(lexicon(("U.S.", Kind.COUNTRY)), "The U.S. said") == [("U.S.", "U.S.")]


def test_a_name_does_not_reach_over_a_comma_or_a_line() -> None:
    built = lexicon(("Sri Lanka", Kind.COUNTRY))
    assert matches(built, "Sri, Lanka\nSri\nLanka. Sri Lanka") == [("Sri Lanka", "Sri Lanka")]


def test_cases() -> None:
    assert [case_of(n) for n in ("UAE", "U.S.", "Iran", "drone", "Hezbollah", "152")] == [
        Case.EXACT,
        Case.EXACT,
        Case.PROPER,
        Case.ANY,
        Case.PROPER,
        Case.ANY,
    ]


def test_the_users_name_replaces_other_meanings() -> None:
    built = lexicon(("Ruslan", Kind.AIRCRAFT_TYPE))
    copy = built.copy()
    copy.prefer("Ruslan", Sense(Kind.PERSON, "Ruslan", None, "Ruslan", written="Ruslan"))
    assert ([s.kind for s in copy.senses("ruslan")], [s.kind for s in built.senses("ruslan")]) == (
        [Kind.PERSON],
        [Kind.AIRCRAFT_TYPE],
    )


@given(st.text(max_size=400))
def test_hits_lie_in_order_inside_any_text(text: str) -> None:
    built = lexicon(("a", Kind.PLACE), ("b c", Kind.PLACE), ("0", Kind.WEAPON))
    end = 0
    for hit in built.match(text, segments(text)):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


@given(st.text(alphabet=st.characters(categories=("L", "Nd", "Zs", "Pd"), max_codepoint=0x24F), max_size=60))
def test_a_key_is_stable(text: str) -> None:
    assert key(key(text)) == key(text)


class Counting(dict[str, tuple[Sense, ...]]):
    lookups = 0

    def get(self, *arguments: object) -> tuple[Sense, ...]:
        Counting.lookups += 1
        return super().get(*arguments)  # type: ignore[call-overload,no-any-return]


def test_the_work_grows_with_the_text_and_no_faster() -> None:
    built = lexicon(("a a a a a a a b", Kind.PLACE))
    counted = Lexicon(Counting(built._senses), built._longest)

    def lookups(words: int) -> int:
        Counting.lookups = 0
        assert matches(counted, "a " * words) == []
        return Counting.lookups

    assert lookups(10_000) - lookups(1_000) == 9 * (lookups(2_000) - lookups(1_000))


@pytest.mark.parametrize("table", sorted(LEXICONS.glob("*.csv")), ids=lambda path: path.stem)
def test_no_row_of_a_table_stands_twice(table: Path) -> None:
    """Two hands that add rows to one table may both bring the same."""
    rows = table.read_text(encoding="utf-8").splitlines()
    assert [row for row, times in Counter(rows).items() if times > 1] == []


def test_every_set_of_words_has_one_row() -> None:
    with (LEXICONS / "claim_sets.csv").open(encoding="utf-8") as source:
        names = [row["set"] for row in csv.DictReader(source)]
    assert [name for name, times in Counter(names).items() if times > 1] == []
