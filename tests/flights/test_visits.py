"""Visits that nobody saw are proposed where both sides of a silence point to them, and nowhere else."""

from __future__ import annotations

from tailgraph.flights.derive import derive
from tailgraph.flights.scenario import PlannedAircraft, Scenario
from tailgraph.flights.simulate import simulate
from tailgraph.flights.visits import propose
from tailgraph.graph.model import Flight, UnobservedVisit


def flights(out_off: int, back_off: int, turnround_min: int = 300) -> list[Flight]:
    legs = [
        {
            "from": "UHWW",
            "to": "ZKPY",
            "departure": "2024-03-20T16:30:00Z",
            "transponder_off": [{"from_min": out_off, "to_min": 900}],
        },
        {
            "from": "ZKPY",
            "to": "UHWW",
            "turnround_min": turnround_min,
            "transponder_off": [{"from_min": -30, "to_min": back_off}],
        },
    ]
    aircraft = PlannedAircraft.model_validate({"icao24": "15406e", "legs": legs})
    return derive(simulate(Scenario(aircraft=(aircraft,))).positions)


def test_lost_and_found_on_the_same_way_is_a_visit_with_its_window() -> None:
    out, back = flights(14, 25)
    assert out.vanished_toward is not None and back.appeared_from is not None
    assert propose([back, out]) == [
        UnobservedVisit(
            airport="ZKPY",
            before=out.id,
            after=back.id,
            earliest=out.vanished_toward.earliest,
            latest=back.appeared_from.latest,
            score=min(out.vanished_toward.candidates[0].score, back.appeared_from.candidates[0].score),
        )
    ]


def test_a_landing_that_was_seen_is_no_proposal() -> None:
    assert propose(flights(900, -30)) == []


def test_other_aircraft_do_not_answer_for_it() -> None:
    out, back = flights(14, 25)
    assert propose([out, back.model_copy(update={"icao24": "155555"})]) == []
