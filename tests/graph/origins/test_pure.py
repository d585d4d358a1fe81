"""Likeness of texts, names that are cited, and claims that tell the same: pure functions, no graph."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.origins import cited, documents, likeness, told
from tailgraph.graph.origins.order import Order
from tailgraph.graph.origins.told import Told
from tests.graph.origins.pool import EXCERPT, OTHER, REWRITTEN, ROUND_UP, STORY, TWIN

PROSE = st.text(alphabet=st.sampled_from("abcdefg RA-82IL. “”\n飛機"), max_size=300)


def method(later: str, earlier: str, *, is_later: bool = True) -> str | None:
    found = likeness.match(likeness.text_of(later), likeness.text_of(earlier), is_later=is_later)
    return found.method if found else None


@pytest.mark.parametrize(("later", "earlier", "expected"), [
    (REWRITTEN, STORY, "rewritten"), (STORY, REWRITTEN, "rewritten"), (EXCERPT, STORY, "excerpt"),
    (STORY, EXCERPT, None), (TWIN, STORY, None), (OTHER, STORY, None), (ROUND_UP, STORY, None),
    (STORY.replace("224th", "223rd"), STORY, None), (STORY.replace("An-124", "Il-76"), STORY, None),
    (STORY.replace("Pyongyang", "Tehran"), STORY, None), (STORY.replace("Tuesday", "Monday"), STORY, None),
    (STORY.replace("March 21", "March 28"), STORY, None)])
def test_what_repeats_what(later: str, earlier: str, expected: str | None) -> None:
    assert method(later, earlier) == expected


def test_an_excerpt_of_the_same_day_may_have_been_first() -> None:
    assert method(EXCERPT, STORY, is_later=False) is None


def test_a_form_filled_in_anew_is_another_report() -> None:
    form = ("Daily note of the field watch. On {day} the {plane} of the {owner} landed at {place} at {hour} "
            "and left again before noon. It was received throughout; nothing is known of its load. This note "
            "is made from what volunteers hear and see, and may be used by all who name the field watch.")
    one = form.format(day="Monday 18", plane="freighter", owner="Alpha Line", place="Alma", hour="10")
    other = form.format(day="Friday 22", plane="airliner", owner="Beta Wings", place="Baku", hour="17")
    assert method(other, one) is None


@given(PROSE, PROSE)
def test_likeness_is_mutual_and_sure_of_itself(one: str, other: str) -> None:
    first, second = likeness.text_of(one), likeness.text_of(other)
    there, back = (likeness.match(*pair, is_later=False) for pair in ((first, second), (second, first)))
    assert (there is None) == (back is None)
    if there and back:
        assert (there.here, there.there) == (back.there, back.here)
    assert likeness.bands(one) == likeness.bands(one.upper())


def test_bands_find_what_is_like() -> None:
    bands = [set(enumerate(likeness.bands(text))) for text in (STORY, REWRITTEN, OTHER)]
    assert bands[0] & bands[1] and not bands[0] & bands[2]
    assert likeness.bands("An Il-76 landed.") == ()


@pytest.mark.parametrize(("sentence", "names"), [
    ("Both planes flew, Newsweek said, citing NK News and NK Pro.", {"newsweek", "nk news", "nk pro"}),
    ("The flight was first reported by Reuters on Monday.", {"reuters"}),
    ("Officials told the Associated Press that it had left.", {"associated press"}),
    ("According to a report by AFP, it had left.", {"agence france-presse"}),
    ("Flight-tracking data seen by NK Pro show two flights.", {"nk pro"}),
    ("The Harbour Lane Monitor (example) reported the flight.", set()),
    ("The Harbour Lane Monitor reported the flight.", {"harbour lane monitor"}),
    ("Reuters could not independently verify what NK News reported.", set()),
    ("The plane landed in Pyongyang.", set())])
def test_who_is_cited(sentence: str, names: set[str]) -> None:
    assert names <= {cited.passage_and_name(one)[1] for one in cited.cites({7: sentence})}
    assert not cited.cites({7: sentence}) or names


@given(st.text(max_size=2_000))
def test_any_text_can_be_looked_at_for_whom_it_cites(text: str) -> None:
    for one in cited.cites({3: text}):
        assert cited.passage_and_name(one)[0] == 3 and cited.passage_and_name(one)[1]


def test_words_that_are_told_twice() -> None:
    quote = "“we have never delivered a single missile to anybody”"
    assert told.verbatim("a", "transfer", f"In Moscow he said {quote}.") == told.verbatim(
        "a", "transfer", f"{quote.upper()}, says the ministry")
    assert told.verbatim("a", "transfer", quote) != told.verbatim("a", "use", quote)
    assert told.verbatim("f", None, "An Il-76 landed.") is None


def flight(**slots: str) -> Told:
    ids = {name: frozenset(listed.split()) for name, listed in slots.items()}
    return Told("x", "d", "ReportedFlight", slots=ids, event_from=date(2024, 3, 20),
                event_to=date(2024, 3, 21))


@pytest.mark.parametrize(("other", "expected"), [
    (flight(OF_AIRCRAFT="RA-82030", TO="KP ZKPY"), True), (flight(OF_TYPE="A124", TO="KP"), True),
    (flight(OF_AIRCRAFT="RA-82043", OF_TYPE="A124", TO="KP"), False),
    (flight(OF_AIRCRAFT="RA-82030", TO="IR"), False),
    (flight(TO="KP"), False), (flight(OF_AIRCRAFT="RA-82030"), False)])
def test_flights_told_alike(other: Told, expected: bool) -> None:
    told_first = flight(OF_AIRCRAFT="RA-82030", OF_TYPE="A124", TO="KP ZKPY")
    assert told.same(told_first, other) == told.same(other, told_first) == expected


def test_later_reports_push_no_earlier_one_out_of_what_is_compared() -> None:
    def lead(id_: str, day: int, body: str) -> documents._Lead:
        return documents._Lead(Order(date(2024, 3, day), False, id_), body, False)

    later = {f"later {n}": lead(f"later {n}", 9, OTHER) for n in range(documents.MOST_COMPARED)}
    leads = {"first": lead("first", 1, STORY), "own": lead("own", 2, REWRITTEN), **later}
    hits = dict.fromkeys(later, 16) | {"first": 1}
    found = documents._best("own", hits, leads)
    assert found is not None
    assert found.other == "first"
