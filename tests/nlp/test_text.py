"""Text made safe to parse, with every offset kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tailgraph.nlp import text


@given(st.text(alphabet=st.characters(), max_size=2000))
def test_guarding_keeps_the_length_and_short_words(content: str) -> None:
    safe = text.guarded(content)
    assert len(safe) == len(content)
    assert max((len(run) for run in safe.split()), default=0) <= text.MAX_RUN


def test_only_the_tail_of_a_long_run_is_blanked() -> None:
    run = "'" * 1000
    assert text.guarded(f"a {run} b") == "a " + "'" * 256 + " " * 744 + " b"


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert text.guarded("a\ud800b") == "a\ufffdb"


@given(st.text(alphabet="ab \n", max_size=3000), st.integers(min_value=2, max_value=200))
def test_pieces_cover_the_content_once(content: str, limit: int) -> None:
    cuts = list(text.pieces(content, limit))
    assert "".join(content[start:end] for start, end in cuts) == content
    assert all(0 < end - start <= limit for start, end in cuts)


def test_pieces_end_at_paragraphs() -> None:
    content = "one two\n\nthree four\n\nfive"
    assert [content[s:e] for s, e in text.pieces(content, 15)] == ["one two\n\n", "three four\n\n", "five"]


def test_paragraphs() -> None:
    content = "Title\n\nFirst.\n \nSecond.\n\n"
    assert [content[start : start + 5] for start in text.paragraphs(content)] == ["Title", "First", "Secon"]
