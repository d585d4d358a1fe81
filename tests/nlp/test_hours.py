"""How wide a stretch of the clock a told time of day leaves open, in which zones, and of which end."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Hours
from tailgraph.nlp import reported_flights
from tests.nlp.test_dates import found as dated
from tests.nlp.told import annotate


def stretches(text: str) -> list[str]:
    """ "01:30-03:30 zones" of each time of day of a text."""
    found = [mention.hours for mention in dated(text)]
    return [str(hours).removeprefix("flight ").strip() for hours in found if hours]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It left at 2:30 a.m. on March 21.", "02:15-02:45"),
        ("It left at about 2:30 a.m. local time on March 21.", "01:30-03:30 local"),
        ("It left on March 21, some time around 2 a.m.", "01:00-03:00"),
        ("It left at 2 a.m. on March 21.", "01:30-02:30"),
        ("It came down at 0340Z on 21 March.", "03:25-03:55 UTC"),
        ("It took off shortly after 23:10 Moscow time.", "23:05-00:10 Europe/Moscow"),
        ("It took off just before 6 p.m. EST.", "17:00-18:05 America/New_York"),
        ("It left between 1 and 2 a.m. on March 21.", "00:30-02:30"),
        ("It was loaded between 11 p.m. and 1 a.m. that night.", "22:30-23:30"),
        ("It had landed by 4 p.m. Beijing time.", "10:00-16:05 Asia/Shanghai"),
        ("It landed at 9:15 in the evening on Tuesday.", "21:00-21:30"),
        ("It left at 11:40 on Monday night.", "11:25-11:55"),
        ("It left shortly before midnight on March 20.", "22:00-00:00 local"),
        ("It left in the early hours of March 21.", "00:00-06:00 local"),
        ("It was seen before dawn on Saturday.", "00:00-08:00 local"),
        ("It was seen late on Tuesday.", "20:00-03:00 local"),
        ("It left around noon.", "11:00-13:30 local"),
        ("It came in on Friday morning.", "04:00-13:00 local"),
        ("It left on Monday night at 1:30 a.m.", "01:15-01:45?"),
        ("It left in the early hours of Monday, at 1:30 a.m.", "01:15-01:45"),
        ("It left before dawn on Monday, at 3:30.", "03:15-03:45"),
    ],
)
def test_as_wide_as_the_words_leave_it(text: str, told: str) -> None:
    assert stretches(text)[0] == told


@pytest.mark.parametrize("text", ["It left overnight.", "It flew at night on March 3.",
                                  "A ratio of 2:300 was seen.", "It flew under cover of darkness."])
def test_not_every_night_tells_an_hour(text: str) -> None:
    assert stretches(text) == []


def test_an_evening_makes_a_clock_time_the_second_half_of_the_day_and_dark() -> None:
    (mention,) = dated("It landed at 9:15 in the evening.")
    assert mention.night is True


def hours(text: str) -> list[list[str]]:
    return [[str(one) for one in flight.hours] for flight in reported_flights.find(annotate(text))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("RA-82030 took off from Vladivostok for Pyongyang at about 2:30 a.m. local time on March 21.",
         ["departure 01:30-03:30 local"]),
        ("At 0340Z on March 21 an Il-76 landed at Benghazi from Damascus.", ["arrival 03:25-03:55 UTC"]),
        ("In the early hours of March 21 the Il-76 flew from Tehran to Damascus.",
         ["flight 00:00-06:00 local"]),
        ("A Kavir Air Il-76 left Tehran on March 20 at 21:40 and touched down in Damascus at 0:55 a.m.",
         ["departure 21:25-21:55 ends|UTC", "arrival 00:40-01:10? ends|UTC"]),
        ("On March 20 the Il-76 left Tehran for Damascus after midnight.", ["departure 00:00-06:00? local"]),
        ("On March 20 the Il-76 left Tehran for Damascus at 9 p.m.", ["departure 20:30-21:30 ends|UTC"]),
        ("Shortly before midnight on Tuesday, EP-QZA departed Kerman for Latakia.",
         ["departure 22:00-00:00 local"]),
        ("The An-12 reached Goma from Entebbe on Monday afternoon.", ["arrival 11:30-19:00 local"]),
        ("Khartoum, March 22 (FlightWatch) - UR-ZQA arrived in Benghazi from Minsk at 3:10 p.m. on March 21.",
         ["arrival 14:55-15:25 ends|UTC|Africa/Khartoum"]),
        ("RA-82030 took off from Vladivostok for Pyongyang on March 21, the Red Cross said at 2:30 p.m.", []),
        ("RA-82030 flew from Vladivostok to Pyongyang on March 21.", []),
        ("RA-82030 flew from Vladivostok to Pyongyang by night on March 21.", []),
    ],
)
def test_of_the_end_that_the_word_of_movement_tells(text: str, told: list[str]) -> None:
    assert hours(text) == [told]


def test_what_is_written_is_read_back() -> None:
    for flight in ("departure 01:30-03:30 ends|UTC", "arrival 23:00-01:00? Asia/Seoul"):
        assert str(Hours.read(flight)) == flight
