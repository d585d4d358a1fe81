"""How much of a reported time an aircraft's tracks leave for the reported flight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tailgraph.graph.elsewhere import Sighting, Window, open_share
from tailgraph.graph.whereabouts import position

DAY = Window(date(2024, 3, 20), date(2024, 3, 20))
NIGHT = Window(date(2024, 3, 20), date(2024, 3, 20), night=True)


def where(airport: str) -> tuple[float, float]:
    here = position(airport)
    assert here, airport
    return here


ORIGIN, GOAL = [where("UHWW")], [where("ZKPY")]


def seen(begin: str, origin: str, end: str, goal: str) -> Sighting:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2024-03-{text}:00").replace(tzinfo=UTC)
    return Sighting(at(begin), where(origin), at(end), where(goal))


def test_days_and_nights_are_those_of_the_place() -> None:
    """Vladivostok's mean sun is 8 hours 48 minutes ahead of UTC."""
    steps = DAY.steps(where("UHWW"))
    assert len(steps) == 144
    assert steps[0].astimezone(UTC).isoformat()[:16] == "2024-03-19T15:11"
    assert len(NIGHT.steps(where("UHWW"))) == (6 + 6 + 6) * 6


def test_without_tracks_or_places_there_is_no_saying() -> None:
    assert open_share([], DAY, ORIGIN, GOAL) is None
    assert open_share([seen("20T12:00", "UHHH", "20T13:00", "UHWW")], DAY, [], []) is None
    wide = Window(date(2024, 3, 1), date(2024, 3, 20))
    assert open_share([seen("20T12:00", "UHHH", "20T13:00", "UHWW")], wide, ORIGIN, GOAL) is None


def test_far_away_all_day_leaves_nothing() -> None:
    tracks = [seen("19T09:00", "UUEE", "19T13:00", "OMDB"), seen("20T02:00", "OMDB", "20T08:00", "UUEE"),
              seen("20T14:00", "UUEE", "20T20:00", "OMDB")]
    assert open_share(tracks, DAY, ORIGIN, GOAL) == 0


def test_a_track_on_another_day_leaves_everything() -> None:
    assert open_share([seen("10T10:00", "UUEE", "10T13:00", "OMDB")], DAY, ORIGIN, GOAL) == 1


@pytest.mark.parametrize("hours", [0, 3, 6, 12])
def test_more_tracks_never_leave_more_time(hours: int) -> None:
    one = seen("20T02:00", "UHHH", "20T04:00", "UHHH")
    other = Sighting(one.begin + timedelta(hours=hours), one.begin_at, one.end + timedelta(hours=hours),
                     one.end_at)
    both = open_share([one, other], DAY, ORIGIN, GOAL)
    assert both is not None and both <= min(open_share([one], DAY, ORIGIN, GOAL) or 0,
                                            open_share([other], DAY, ORIGIN, GOAL) or 0)
