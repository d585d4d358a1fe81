"""Whether a reported flight may be one that nobody received, between tracked ones of its aircraft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph import comparison, unseen
from tailgraph.graph.agreement import End, Tracked
from tailgraph.graph.model import Verdict
from tailgraph.graph.whereabouts import NOWHERE
from tests.graph.test_comparison import BY_KIND, PYONGYANG, TOLD, VLADIVOSTOK, S, U, at, tracked, verdicts

TWO_DAYS = replace(TOLD, night=None)  # 20 and 21 March
THE_ONE = tracked()  # Vladivostok to Pyongyang, 20 March 16:30 to 17:42 UTC


def back(id_: str = "back", day: int = 21, hour: float = 2, aircraft: str = "RA-82030") -> Tracked:
    return tracked(id_, "ZKPY", "UHWW", begin=at(day, hour), aircraft=aircraft)


def test_out_and_back_leaves_nothing_open() -> None:
    assert verdicts(TWO_DAYS, THE_ONE, back()) == [("f", S)]
    assert not unseen.may_have_made(TWO_DAYS, [THE_ONE, back()])


def test_gone_from_there_without_having_come_back_may_have_been_the_reported_flight() -> None:
    """It was tracked home in the morning of the 21st, and leaves Pyongyang again that night."""
    again = back("again", 21, 14)
    assert unseen.may_have_made(TWO_DAYS, [back(), again])
    (best, *_) = comparison.test(TWO_DAYS, [THE_ONE, back(), again])
    assert (best.flight, best.verdict) == ("f", U)
    assert best.aircraft is best.place is best.time is S
    assert "it moved unseen" in best.reason


def test_a_report_of_two_has_room_for_it() -> None:
    told = replace(TWO_DAYS, how_many=2)
    assert dict(verdicts(told, THE_ONE, back(), back("again", 21, 14)))["f"] is S


@pytest.mark.parametrize(("hour", "possible"), [(3.5, False), (5.6, True)])
def test_there_must_have_been_time_for_it(hour: float, possible: bool) -> None:
    """It lands at home at 03:12; an hour on the ground and the way there take until 05:12 at the least."""
    assert unseen.may_have_made(TWO_DAYS, [back(), back("again", 21, hour)]) is possible


@pytest.mark.parametrize(("hour", "possible"), [(12, True), (16.5, False)])
def test_from_an_end_that_is_not_told_it_may_start_where_it_stood(hour: float, possible: bool) -> None:
    """It lands at Irkutsk, where the 21st ends at 17:00 UTC, and stays an hour; it need not set out from
    Vladivostok."""
    told = replace(TWO_DAYS, origin=NOWHERE, destination=VLADIVOSTOK)
    tracks = [tracked("a", "UHWW", "UIII", begin=at(21, hour - 3), hours=3),
              tracked("b", "UHWW", "UHHH", begin=at(22, 6))]
    assert unseen.may_have_made(told, tracks) is possible


def test_it_must_have_been_on_the_days_told() -> None:
    assert not unseen.may_have_made(TWO_DAYS, [back(day=22, hour=4), back("again", 24)])
    assert not unseen.may_have_made(replace(TWO_DAYS, earliest=None), [back(), back("again", 21, 14)])


def test_another_airframe_says_nothing_of_a_named_one_but_may_be_the_one_where_none_is() -> None:
    others = back("a", 20, 20, "RA-82042"), back("b", 21, 14, "RA-82042")
    assert dict(verdicts(TWO_DAYS, THE_ONE, *others))["f"] is S
    by_kind = replace(BY_KIND, night=None)
    assert dict(verdicts(by_kind, THE_ONE, *others))["f"] is U
    of_another_type = [replace(other, types=frozenset({"IL76"})) for other in others]
    assert dict(verdicts(by_kind, THE_ONE, *of_another_type))["f"] is S


def test_a_call_sign_tells_it_from_others_that_moved_unseen() -> None:
    told = replace(BY_KIND, night=None, callsigns=frozenset({"TTF9101"}))
    the_one = replace(THE_ONE, callsigns=frozenset({"TTF9101"}))
    others = back("a", 20, 20, "RA-82042"), back("b", 21, 14, "RA-82042")
    assert dict(verdicts(told, the_one, *others))["f"] is S


def test_moved_between_other_places_it_counts_only_over_many_days() -> None:
    """From Vladivostok it is next seen at Irkutsk: over many days by way of the reported flight."""
    elsewhere = [tracked("a", "UIII", "UHHH", begin=at(19, 6), hours=3),
                 tracked("b", "UIII", "UHHH", begin=at(22, 6), hours=3)]
    told = replace(TWO_DAYS, earliest=date(2024, 3, 20), latest=date(2024, 3, 22))
    assert not unseen.may_have_made(told, elsewhere)
    assert unseen.may_have_made(replace(told, latest=date(2024, 3, 23)), elsewhere)


def test_left_at_the_origin_and_found_elsewhere_counts_too() -> None:
    tracks = [tracked("a", "UHHH", "UHWW", begin=at(20, 2)), tracked("b", "ZYTX", "UHWW", begin=at(21, 12))]
    assert unseen.may_have_made(TWO_DAYS, tracks)
    assert not unseen.may_have_made(replace(TWO_DAYS, origin=PYONGYANG, destination=VLADIVOSTOK), tracks)


def test_where_it_points_to_the_field_that_it_left_it_need_not_have_moved() -> None:
    vanished = replace(back(), arrival=End("UHHH", False, candidates=("UHWW", "ZKPY")))
    assert not unseen.may_have_made(TWO_DAYS, [vanished, back("again", 21, 14)])


def test_without_ends_it_has_moved_if_it_is_found_far_away() -> None:
    home, again = replace(back(), arrival=None), back("again", 21, 14)
    assert unseen.may_have_made(TWO_DAYS, [home, again])  # Vladivostok and Pyongyang lie 370 nm apart
    near = replace(again, first_position=home.last_position)
    assert not unseen.may_have_made(TWO_DAYS, [home, near])


AIRPORTS = st.sampled_from(["UHWW", "ZKPY", "UHHH"])
SCENES = st.lists(st.tuples(AIRPORTS, AIRPORTS, st.integers(0, 96)), max_size=4)


@given(SCENES)
def test_it_is_a_matter_of_the_set_of_flights(drawn: Sequence[tuple[str, str, int]]) -> None:
    flights = [tracked(str(number), origin, goal, begin=at(19, hour))
               for number, (origin, goal, hour) in enumerate(drawn)]
    found = {unseen.may_have_made(TWO_DAYS, order) for order in permutations(flights)}
    assert len(found) == 1


@given(SCENES)
def test_one_that_was_followed_from_field_to_field_did_not_move_unseen(
        drawn: Sequence[tuple[str, str, int]]) -> None:
    flights, here, hour = [], "UHWW", 0.0
    for number, (_, goal, wait) in enumerate(drawn):
        flights.append(tracked(str(number), here, goal, begin=at(19, hour)))
        here, hour = goal, hour + 2 + wait / 8
    assert not unseen.may_have_made(TWO_DAYS, flights)
    supported = [v for _, v in verdicts(TWO_DAYS, *flights) if v is Verdict.SUPPORTED]
    assert len(supported) <= 1
