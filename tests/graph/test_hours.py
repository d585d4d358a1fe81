"""Times of day that a report tells, against tracked flights and against what nobody received."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tailgraph.graph import agreement, comparison, hours, unseen
from tailgraph.graph.agreement import End
from tailgraph.graph.hours import When
from tailgraph.graph.model import Hours
from tailgraph.graph.whereabouts import Where
from tests.graph.test_comparison import BY_KIND, PYONGYANG, TOLD, S, U, at, place, tracked, verdicts

DAY = replace(TOLD, earliest=date(2024, 3, 21), latest=date(2024, 3, 21), night=None)
DAYS = date(2024, 3, 21), date(2024, 3, 21)
THE_ONE = tracked()  # Vladivostok 20 March 16:30 UTC (02:30 on the 21st there) to Pyongyang 17:42 UTC (02:42)


def told(*written: str) -> tuple[Hours, ...]:
    return tuple(map(Hours.read, written))


@pytest.mark.parametrize(("written", "fits"), [
    ("departure 02:15-02:45 local", True), ("departure 02:15-02:45 Asia/Vladivostok", True),
    ("departure 16:15-16:45 UTC", False),  # on the 20th by UTC, not on the 21st
    ("departure 02:15-02:45 Europe/Moscow", False), ("departure 12:00-13:00 local", False),
    ("arrival 02:00-03:00 local", True), ("arrival 04:00-05:00 local", False),
    ("flight 00:00-06:00 local", True), ("flight 00:00-00:45 local", False),
    ("flight 03:00-03:15 local", True),  # on the way, by the clock of the origin
    ("departure 01:00-01:15 local", False), ("departure 01:00-01:15 ends", True),  # 16:15 UTC at Pyongyang
    ("departure 23:00-03:00 local", True), ("departure 20:00-02:00 local", True),
    ("departure 02:15-02:45 No/Where", True)])
def test_a_flight_at_the_time_of_day_told(written: str, fits: bool) -> None:
    assert agreement.at_hours_told(replace(DAY, hours=told(written)), THE_ONE, DAYS) is fits


def test_every_moment_told_must_fit_and_of_one_moment_any() -> None:
    left, other = "departure 02:15-02:45 local", "departure 12:00-12:30 local"
    landed = "arrival 02:30-03:00 local"
    for written, fits in (((left, landed), True), ((other, landed), False), ((left, other, landed), True)):
        assert agreement.at_hours_told(replace(DAY, hours=told(*written)), THE_ONE, DAYS) is fits


def test_a_time_that_need_not_be_of_the_day_told_may_be_a_day_off() -> None:
    yesterday = date(2024, 3, 20), date(2024, 3, 20)
    for written, fits in (("arrival 02:30-03:00 local", False), ("arrival 02:30-03:00? local", True)):
        assert agreement.at_hours_told(replace(DAY, hours=told(written)), THE_ONE, yesterday) is fits


@pytest.mark.parametrize(("written", "day", "hour", "fits"), [
    ("departure 18:00-00:00 UTC", 20, 19, True), ("departure 18:00-00:00 UTC", 19, 19, False),
    ("departure 18:00-00:00 UTC", 21, 1, False), ("departure 20:00-03:00 UTC", 20, 21, True),
    ("departure 20:00-03:00 UTC", 21, 2, True), ("departure 20:00-03:00 UTC", 20, 2, True),
    ("departure 20:00-03:00 UTC", 19, 21, False), ("departure 22:30-01:30 UTC", 19, 23, False)])
def test_the_evening_before_a_day_is_not_of_it(written: str, day: int, hour: int, fits: bool) -> None:
    """Around midnight, a time told of the 20th may be of the morning of the 20th or of the 21st."""
    instant = When(at(day, hour), at(day, hour), (place("UHWW"),))
    assert hours.fit(told(written), (date(2024, 3, 20), date(2024, 3, 20)), instant, instant) is fits


def test_an_end_that_was_not_received_leaves_the_time_to_it_open() -> None:
    landed = replace(DAY, hours=told("arrival 03:20-03:40 local"))
    off_the_coast = (41.5, 130.5)
    lost = replace(THE_ONE, arrival=End("ZKPY", False), last_seen=at(20, 17), last_position=off_the_coast)
    assert agreement.at_hours_told(landed, lost, DAYS)
    assert not agreement.at_hours_told(landed, replace(lost, arrival=End("ZKPY", True)), DAYS)


def test_the_hour_tells_which_of_two_flights_of_a_day_is_meant() -> None:
    at_noon = tracked("noon", begin=at(21, 2))
    assert verdicts(DAY, THE_ONE, at_noon) == [("f", U), ("noon", U)]
    found = comparison.test(replace(DAY, hours=told("departure 02:15-02:45 local")), [THE_ONE, at_noon])
    assert [(one.flight, one.verdict, one.time) for one in found] == [("f", S, S), ("noon", U, U)]
    assert "not at the time of day told" in found[1].reason


def test_another_time_of_day_than_told_does_not_contradict() -> None:
    (found,) = comparison.test(replace(DAY, hours=told("departure 12:00-12:30 local")), [THE_ONE])
    assert (found.verdict, found.time) == (U, U)


def test_a_day_by_the_zone_that_is_told_may_be_another_than_here() -> None:
    """At 12:30 in New York on the 20th it was 02:30 on the 21st at Vladivostok."""
    there = replace(DAY, earliest=date(2024, 3, 20), latest=date(2024, 3, 20))
    there = replace(there, hours=told("departure 12:15-12:45 America/New_York"))
    assert verdicts(there, THE_ONE) == [("f", S)]


def test_the_hour_leaves_less_time_for_a_flight_that_nobody_received() -> None:
    wide = unseen.open_hours(DAY, [THE_ONE])
    narrow = unseen.open_hours(replace(DAY, hours=told("departure 14:00-15:00 local")), [THE_ONE])
    unsaid = unseen.open_hours(replace(DAY, hours=told("departure 14:00-15:00 local|UTC")), [THE_ONE])
    assert 0 < narrow < unsaid < wide / 3


def test_flights_that_keep_to_the_hour_told_make_an_unheard_one_likelier() -> None:
    """Of two that were heard on days before, those at the hour told weigh more than those at another."""
    report = replace(BY_KIND, earliest=DAY.earliest, latest=DAY.latest, night=None,
                     hours=told("departure 02:00-03:00 local"))

    def reason(hour: float) -> str:
        before = [tracked(str(day), begin=at(day, hour), aircraft="RA-82042") for day in (15, 17, 18)]
        return comparison.test(report, [THE_ONE, *before])[0].reason

    assert "nobody received" in reason(16.5)
    assert "nobody received" not in reason(4)


def test_in_a_country_of_many_zones_an_hour_says_less() -> None:
    somewhere = When(at(20, 16.5), at(20, 16.5), (place("UHWW"), place("UUEE")))
    nowhere = When(at(20, 18), at(20, 18), (place("ZKPY"),))
    for hour in ("departure 02:15-02:45 local", "departure 19:15-19:45 local"):
        days = date(2024, 3, 20), date(2024, 3, 21)
        assert hours.fit(told(hour), days, somewhere, nowhere)
    assert not hours.fit(told("departure 10:00-10:30 local"), days, somewhere, nowhere)


def test_summer_time_is_that_of_the_day() -> None:
    for month, utc in ((1, 7), (7, 6)):
        day = date(2024, month, 10)
        instant = datetime(2024, month, 10, utc, tzinfo=UTC)
        eight = When(instant, instant, (place("EDDF"),))
        assert hours.fit(told("departure 07:45-08:15 local"), (day, day), eight, eight)


@pytest.mark.parametrize(("written", "share"), [
    (("departure 02:00-03:00 local",), 1 / 24), (("departure 23:00-01:00 local|UTC",), 4 / 24),
    (("departure 02:00-03:00 local", "flight 00:00-06:00 local"), 1 / 24), ((), 1)])
def test_share_of_a_day_that_is_left_open(written: tuple[str, ...], share: float) -> None:
    assert hours.share(told(*written)) == pytest.approx(share)


def test_the_zone_of_a_place_is_that_of_the_nearest_airport() -> None:
    assert hours.zone_at(place("ZKPY")).key == "Asia/Pyongyang"
    assert hours.zone_at((43.1, 131.9)).key == "Asia/Vladivostok"


def test_places_alone_and_an_hour_leave_it_open() -> None:
    report = replace(DAY, aircraft=frozenset(), types=frozenset(), hours=told("departure 02:15-02:45 local"),
                     origin=Where(), destination=PYONGYANG)
    assert verdicts(report, THE_ONE) == [("f", U)]
    assert timedelta(minutes=10) <= agreement.LAG
