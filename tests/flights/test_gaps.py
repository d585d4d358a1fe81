"""Silences judged by other traffic."""

from __future__ import annotations

from tailgraph.flights.derive import derive
from tailgraph.flights.gaps import classify
from tailgraph.flights.scenario import Hole, PlannedAircraft, Scenario
from tailgraph.flights.simulate import simulate
from tailgraph.graph.model import Flight, GapClass


def aircraft(icao24: str, minute: int, **leg: object) -> PlannedAircraft:
    planned = {
        "from": "UHWW",
        "to": "UIII",
        "departure": f"2024-03-20T{6 + minute // 60:02}:{minute % 60:02}:00Z",
    }
    return PlannedAircraft.model_validate({"icao24": icao24, "legs": [{**planned, **leg}]})


OFF = {"transponder_off": [{"from_min": 60, "to_min": 90}]}
OTHERS = tuple(aircraft(f"70000{n}", 10 + 7 * n) for n in range(6))


def judged(*planes: PlannedAircraft, holes: tuple[Hole, ...] = ()) -> list[Flight]:
    positions = simulate(Scenario(aircraft=planes, holes=holes)).positions
    return classify(derive(positions), positions)


def classes(flights: list[Flight], icao24: str = "15406e") -> list[GapClass]:
    return [gap.gap_class for flight in flights for gap in flight.gaps if flight.icao24 == icao24]


def test_silent_where_others_are_heard_is_unexplained() -> None:
    assert classes(judged(aircraft("15406e", 30, **OFF), *OTHERS)) == [GapClass.UNEXPLAINED]


def test_silent_where_others_fall_silent_is_coverage() -> None:
    hole = Hole(latitude=49.5, longitude=119.6, radius_nm=110)
    flights = judged(aircraft("15406e", 30), *OTHERS, holes=(hole,))
    assert classes(flights) == [GapClass.COVERAGE]
    assert {kind for key in range(6) for kind in classes(flights, f"70000{key}")} == {GapClass.COVERAGE}


def test_alone_nothing_can_be_said() -> None:
    assert classes(judged(aircraft("15406e", 30, **OFF))) == [GapClass.INSUFFICIENT_DATA]
    elsewhere = tuple(aircraft(f"70000{n}", 10, **{"from": "EDDF", "to": "LEMD"}) for n in range(4))
    assert classes(judged(aircraft("15406e", 30, **OFF), *elsewhere)) == [GapClass.INSUFFICIENT_DATA]


def test_a_track_that_breaks_off_is_judged_too() -> None:
    gone = {"transponder_off": [{"from_min": 60, "to_min": 900}]}
    flight = next(f for f in judged(aircraft("15406e", 30, **gone), *OTHERS) if f.icao24 == "15406e")
    assert flight.vanished_toward is not None
    assert flight.vanished_toward.gap_class is GapClass.UNEXPLAINED
