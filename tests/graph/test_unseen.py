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
from tailgraph.graph.whereabouts import NOWHERE
from tests.graph.test_comparison import BY_KIND, PYONGYANG, TOLD, S, U, at, tracked, verdicts

TWO_DAYS = replace(TOLD, night=None, latest=date(2024, 3, 21))
ONE_DAY = replace(TWO_DAYS, latest=TWO_DAYS.earliest)
ONE_NIGHT = TOLD
THE_ONE = tracked()  # Vladivostok to Pyongyang, 20 March 16:30 to 17:42 UTC
WAY_H = 370 / 480  # hours from the one to the other at the speed of elsewhere.SPEED_KT


def back(id_: str = "back", day: int = 21, hour: float = 2, aircraft: str = "RA-82030") -> Tracked:
    return tracked(id_, "ZKPY", "UHWW", begin=at(day, hour), aircraft=aircraft)


def followed(first: int, last: int) -> list[Tracked]:
    """Every hour from one of two fields in the same region to the other, so that no time is left."""
    fields = ("UHHH", "UHKM")
    return [tracked(f"{day} {hour}", fields[hour % 2], fields[1 - hour % 2], begin=at(day, hour), hours=0.5)
            for day in range(first, last + 1) for hour in range(24)]


def around(*tracks: Tracked) -> list[Tracked]:
    """These, and before and after them others that leave no time."""
    begin, end = min(track.first_seen for track in tracks), max(track.last_seen for track in tracks)
    return [*tracks, *(track for track in followed(17, 24)
                       if track.last_seen < begin or track.first_seen > end)]


def test_where_every_hour_is_accounted_for_none_is_open() -> None:
    assert unseen.open_hours(TWO_DAYS, followed(18, 23)) == 0


def test_one_that_was_not_tracked_at_all_counts_nothing() -> None:
    assert unseen.open_hours(TWO_DAYS, []) == 0


def test_without_days_or_places_nothing_is_counted() -> None:
    assert unseen.open_hours(replace(TWO_DAYS, earliest=None), [THE_ONE]) == 0
    assert unseen.open_hours(replace(TWO_DAYS, origin=NOWHERE, destination=NOWHERE), [THE_ONE]) == 0


def test_an_hour_at_the_origin_counts_more_than_one_from_which_it_must_first_get_there() -> None:
    at_origin = tracked("a", "UHHH", "UHWW", begin=at(15, 2))
    elsewhere = tracked("a", "UHHH", "UHHH", begin=at(15, 2))
    assert unseen.open_hours(ONE_DAY, [elsewhere]) == pytest.approx(
        unseen.open_hours(ONE_DAY, [at_origin]) * unseen.FURTHER, rel=0.01)


def test_a_silence_without_an_end_is_open_all_the_time_told() -> None:
    """The day by the sun at either end, and the way before it: it may have come in the first minute."""
    at_origin = tracked("a", "UHHH", "UHWW", begin=at(15, 2))
    assert unseen.open_hours(ONE_DAY, [at_origin]) == pytest.approx(24 + WAY_H, abs=0.5)


def test_a_track_that_begins_elsewhere_than_the_last_one_ended_weighs_most() -> None:
    """Left at the origin and found at the destination: the one flight that is missing is the one told of."""
    left, found = tracked("a", "UHHH", "UHWW", begin=at(19, 2)), back("b", 22, 20)
    stood = tracked("b", "UHWW", "UHHH", begin=at(22, 20))
    assert unseen.open_hours(ONE_DAY, [left, found]) > 5 * unseen.open_hours(ONE_DAY, [left, stood])


@pytest.mark.parametrize(("hour", "possible"), [(4.9, False), (6.6, True)])
def test_there_must_have_been_time_for_it(hour: float, possible: bool) -> None:
    """It lands at home at 03:12; an hour at either end and the way take until 05:59 at the least."""
    assert (unseen.open_hours(TWO_DAYS, around(back(), back("again", 21, hour))) > 0) is possible


@pytest.mark.parametrize(("hour", "possible"), [(12, True), (17, False)])
def test_from_an_end_that_is_not_told_it_may_start_where_it_stood(hour: float, possible: bool) -> None:
    """It lands at Irkutsk, where the 21st ends at 17:00 UTC, and stays an hour; it need not set out from
    Vladivostok."""
    told = replace(TWO_DAYS, earliest=date(2024, 3, 21), origin=NOWHERE, destination=PYONGYANG)
    stay = around(tracked("a", "UHHH", "UIII", begin=at(21, hour - 3), hours=3),
                  tracked("b", "UIII", "UHHH", begin=at(21, hour + 8), hours=1))
    assert (unseen.open_hours(told, stay) > 0) is possible


def test_an_arrival_on_the_days_told_may_have_begun_the_evening_before() -> None:
    """By the sun the 20th begins at 15:11 UTC on the 19th at Vladivostok, and at 15:37 at Pyongyang, which is
    46 minutes away; to be seen there at 16:45 it must have begun before 15:00."""
    evening = around(tracked("a", "UHHH", "UHWW", begin=at(19, 12.5)), back("b", 19, 16.75))
    assert unseen.open_hours(ONE_DAY, evening) > 0


def test_what_was_left_or_found_long_before_and_after_does_not_matter() -> None:
    far = [tracked("a", "UHHH", "UHWW", begin=at(9, 2)), tracked("b", "ZKPY", "UHHH", begin=at(10, 2))]
    near = followed(18, 22)
    assert unseen.open_hours(ONE_DAY, [*far, *near]) == unseen.open_hours(ONE_DAY, near)


def test_each_aircraft_that_may_be_meant_adds_its_hours() -> None:
    others = [back("a", 20, 20, "RA-82042"), back("b", 21, 14, "RA-82043")]
    one_by_one = sum(unseen.open_hours(TWO_DAYS, [other]) for other in others)
    assert unseen.open_hours(TWO_DAYS, others) == pytest.approx(one_by_one)


def test_where_it_points_to_the_field_that_it_left_it_need_not_have_moved() -> None:
    vanished = replace(back(), arrival=End("UHHH", False, candidates=("UHWW", "ZKPY")))
    landed = replace(back(), arrival=End("UHHH", True))
    again = back("again", 21, 14)
    assert unseen.open_hours(TWO_DAYS, [vanished, again]) < unseen.open_hours(TWO_DAYS, [landed, again]) * 3


def test_without_ends_it_has_moved_if_it_is_found_far_away() -> None:
    home, again = replace(back(), arrival=None), back("again", 21, 14)
    near = replace(again, first_position=home.last_position)
    assert unseen.open_hours(TWO_DAYS, [home, again]) > unseen.open_hours(TWO_DAYS, [home, near])


# --- what the comparison makes of it ----------------------------------------------------------------------


def test_a_night_told_and_nothing_else_received_leaves_the_one_that_was() -> None:
    assert verdicts(ONE_NIGHT, THE_ONE) == [("f", S)]
    assert verdicts(ONE_DAY, THE_ONE) == [("f", U)]
    assert ("f", S) in verdicts(ONE_DAY, *followed(17, 19), THE_ONE, *followed(21, 24))


def test_many_days_told_leave_room_for_another() -> None:
    told = replace(TWO_DAYS, latest=date(2024, 3, 23))
    (best,) = comparison.test(told, [THE_ONE])
    assert (best.verdict, best.aircraft, best.place, best.time) == (U, S, S, S)
    assert "it may be another that nobody received" in best.reason
    assert verdicts(told, *followed(17, 19), THE_ONE, *followed(21, 24)) != verdicts(told, THE_ONE)


def test_gone_from_there_without_having_come_back_may_have_been_the_reported_flight() -> None:
    """It was tracked home in the morning of the 21st, and leaves Pyongyang again that night."""
    (best, *_) = comparison.test(TWO_DAYS, [THE_ONE, back(), back("again", 21, 14)])
    assert (best.flight, best.verdict) == ("f", U)
    assert best.aircraft is best.place is best.time is S
    assert "nobody received" in best.reason


def test_a_report_of_two_has_room_for_it() -> None:
    told = replace(TWO_DAYS, how_many=2)
    assert dict(verdicts(told, THE_ONE, back(), back("again", 21, 14)))["f"] is S


def test_another_airframe_says_nothing_of_a_named_one_but_may_be_the_one_where_none_is() -> None:
    others = back("a", 20, 1, "RA-82042"), back("b", 20, 14, "RA-82042")
    assert dict(verdicts(ONE_NIGHT, THE_ONE, *others))["f"] is S
    assert dict(verdicts(BY_KIND, THE_ONE, *others))["f"] is U
    of_another_type = [replace(other, types=frozenset({"IL76"})) for other in others]
    assert dict(verdicts(BY_KIND, THE_ONE, *of_another_type))["f"] is S


def test_a_call_sign_tells_it_from_others_that_moved_unseen() -> None:
    told = replace(BY_KIND, callsigns=frozenset({"TTF9101"}))
    the_one = replace(THE_ONE, callsigns=frozenset({"TTF9101"}))
    others = back("a", 20, 1, "RA-82042"), back("b", 20, 14, "RA-82042")
    assert dict(verdicts(told, the_one, *others))["f"] is S


AIRPORTS = st.sampled_from(["UHWW", "ZKPY", "UHHH"])
SCENES = st.lists(st.tuples(AIRPORTS, AIRPORTS, st.integers(0, 96)), max_size=4)


@given(SCENES)
def test_it_is_a_matter_of_the_set_of_flights(drawn: Sequence[tuple[str, str, int]]) -> None:
    flights = [tracked(str(number), origin, goal, begin=at(19, hour))
               for number, (origin, goal, hour) in enumerate(drawn)]
    first, *others = [unseen.open_hours(TWO_DAYS, order) for order in permutations(flights)]
    assert others == pytest.approx([first] * len(others))


@given(SCENES, st.integers(0, 3))
def test_more_days_told_never_leave_less_open(drawn: Sequence[tuple[str, str, int]], more: int) -> None:
    flights = [tracked(str(number), origin, goal, begin=at(19, hour))
               for number, (origin, goal, hour) in enumerate(drawn)]
    wider = replace(TWO_DAYS, latest=date(2024, 3, 21 + more))
    assert unseen.open_hours(wider, flights) >= unseen.open_hours(TWO_DAYS, flights) - 1e-9
