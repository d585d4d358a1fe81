"""Marks on a sentence: no offsets, however wrong, lose a character of it or break off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.evidence.marking import Mark, stretches

_EDGE = st.none() | st.integers(-5, 60) | st.integers()
MARKS = st.lists(st.builds(Mark, role=st.just("ACCUSES"), number=st.integers(1, 9), start=_EDGE, end=_EDGE),
                 max_size=6)


@given(st.text(max_size=40), st.integers(0, 30), MARKS)
def test_whatever_the_offsets_the_sentence_stays_whole(text: str, offset: int, marks: list[Mark]) -> None:
    assert "".join(stretch.text for stretch in stretches(text, offset, marks)) == text


@given(st.text(max_size=40), st.integers(0, 30), MARKS)
def test_each_character_bears_the_marks_that_lie_over_it(text: str, offset: int, marks: list[Mark]) -> None:
    at = offset
    for stretch in stretches(text, offset, marks):
        for place in range(at, at + len(stretch.text)):
            assert [*stretch.marks] == [mark for mark in marks if mark.start is not None
                                        and mark.end is not None and mark.start <= place < mark.end]
        at += len(stretch.text)


def test_marks_may_overlap_and_reach_out() -> None:
    unit, place, cue = (Mark(role=role, number=number, start=start, end=end) for role, number, start, end in (
        ("ACCUSES", 1, 104, 121), ("FROM", 2, 119, 140), ("cue", None, 90, 103)))
    assert [(s.text, [m.number for m in s.marks]) for s in stretches(
        "The 224th Flight Unit flew", 100, [unit, place, cue])] == [
        ("The", [None]), (" ", []), ("224th Flight Un", [1]), ("it", [1, 2]), (" flew", [2])]


def test_offsets_count_characters_not_bytes() -> None:
    (before, marked, after) = stretches("✈️🛩 Ан-124!", 7, [Mark(role="OF_TYPE", number=1, start=11, end=17)])
    assert (before.text, marked.text, after.text) == ("✈️🛩 ", "Ан-124", "!")
