"""Legs and their ends against simulated truth, and what must hold of any rows at all."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tailgraph.flights.derive import derive
from tailgraph.flights.positions import Positions, build, concat
from tailgraph.flights.scenario import PlannedAircraft, Scenario, Spoof, Window
from tailgraph.flights.simulate import Simulation, simulate
from tailgraph.flights.worlds import World, scenario
from tailgraph.graph.model import Flight, Method, Trilean

WITHIN_S = 300.0


@lru_cache(maxsize=8)
def world(unseen_ends: float = 0.0) -> Simulation:
    return simulate(scenario(World(seed=9, aircraft=12, interval_s=20, unseen_ends=unseen_ends)))


def planned(*legs: dict[str, object]) -> Simulation:
    """One invented aircraft that flies `legs`."""
    aircraft = PlannedAircraft.model_validate(
        {"icao24": "15406e", "registration": "RA-82030", "type": "A124", "callsign": "RFF1", "legs": legs}
    )
    return simulate(Scenario(aircraft=(aircraft,)))


def leg(
    origin: str, destination: str, departure: str | None = "2024-03-20T16:30:00Z", **more: object
) -> dict[str, object]:
    return {"from": origin, "to": destination, "departure": departure, **more}


def boundaries(flights: list[Flight]) -> list[tuple[str | None, float, float]]:
    return [
        (flight.icao24, flight.first_seen.timestamp(), flight.last_seen.timestamp()) for flight in flights
    ]


def without_sources(flights: list[Flight]) -> list[Flight]:
    return [flight.model_copy(update={"sources": ()}) for flight in flights]


@pytest.mark.parametrize("unseen_ends", [0.0, 0.4])
def test_legs_of_a_simulated_world_are_those_flown(unseen_ends: float) -> None:
    made = world(unseen_ends)
    true = [
        (leg.icao24, leg.first_received.timestamp(), leg.last_received.timestamp())
        for leg in sorted(made.truth, key=lambda leg: (leg.icao24, leg.takeoff))
        if leg.first_received and leg.last_received
    ]
    found = boundaries(derive(made.positions))
    assert [key for key, _, _ in found] == [key for key, _, _ in true]
    assert np.abs(np.array([b for _, *b in found]) - np.array([b for _, *b in true])).max() <= WITHIN_S


@pytest.mark.parametrize("unseen_ends", [0.0, 0.4])
def test_every_claimed_airport_is_the_true_one(unseen_ends: float) -> None:
    made = world(unseen_ends)
    true = sorted(made.truth, key=lambda leg: (leg.icao24, leg.takeoff))
    claims = [
        (end.airport, airport)
        for flight, leg in zip(derive(made.positions), true, strict=True)
        for end, airport in ((flight.departure, leg.origin), (flight.arrival, leg.destination))
        if end
    ]
    assert len(claims) > len(true)
    assert [claimed for claimed, _ in claims] == [airport for _, airport in claims]


def test_times_lie_within_five_minutes_and_inside_their_intervals() -> None:
    made = world()
    true = sorted(made.truth, key=lambda leg: (leg.icao24, leg.takeoff))
    for flight, leg in zip(derive(made.positions), true, strict=True):
        assert flight.takeoff_time and flight.landing_time and flight.departure and flight.arrival
        assert abs((flight.takeoff_time - leg.takeoff).total_seconds()) <= WITHIN_S
        assert abs((flight.landing_time - leg.landing).total_seconds()) <= WITHIN_S
        assert flight.departure.earliest <= flight.takeoff_time <= flight.departure.latest
        assert flight.arrival.earliest <= flight.landing_time <= flight.arrival.latest


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_order_repeats_and_spread_over_files_do_not_matter(seed: int) -> None:
    positions, draw = world(0.4).positions, np.random.default_rng(seed)
    shuffled = positions.take(draw.permutation(len(positions)))
    halves = [shuffled.take(draw.random(len(shuffled)) < 0.5) for _ in range(2)]
    again = Positions(
        shuffled.aircraft,
        ("other",),
        frozenset(),
        *(getattr(halves[0], name) for name in Positions.__slots__[3:]),
    )
    assert without_sources(derive(concat([halves[1], shuffled, again, halves[0]]))) == without_sources(
        derive(positions)
    )


@settings(max_examples=60, deadline=None)
@example(start=0.25, length=0.375)
@given(start=st.floats(-0.1, 1.0), length=st.floats(0.0, 1.1))
def test_cutting_a_track_anywhere_makes_no_wrong_airport(start: float, length: float) -> None:
    """Three legs, any stretch of the track gone: what is still claimed is where the aircraft was then."""
    made = planned(leg("UHWW", "UHHH"), leg("UHHH", "UIII", None), leg("UIII", "UNNT", None))
    positions, truth = made.positions, made.truth
    span = positions.time[-1] - positions.time[0]
    low = positions.time[0] + start * span
    kept = positions.take((positions.time < low) | (positions.time > low + length * span))
    for flight in derive(kept):
        for end, key in ((flight.departure, "origin"), (flight.arrival, "destination")):
            if end is None:
                continue
            time = "takeoff" if key == "origin" else "landing"
            near = [
                getattr(one, key)
                for one in truth
                if (end.earliest - getattr(one, time)).total_seconds() <= WITHIN_S
                and (getattr(one, time) - end.latest).total_seconds() <= WITHIN_S
            ]
            assert end.airport in near


def test_a_track_that_ends_in_the_air_has_no_arrival() -> None:
    flights = derive(
        planned(leg("UHWW", "ZKPY", transponder_off=[Window(from_min=14, to_min=900)])).positions
    )
    assert len(flights) == 1
    flight = flights[0]
    assert (flight.arrival, flight.landing_time) == (None, None)
    assert flight.departure is not None and flight.departure.airport == "UHWW"
    assert flight.vanished_toward is not None
    assert flight.vanished_toward.earliest > flight.last_seen
    assert "ZKPY" in {candidate.airport for candidate in flight.vanished_toward.candidates}
    assert flight.night is Trilean.YES
    assert flight.night_at_arrival is Trilean.INDETERMINATE


def test_an_unseen_visit_parts_two_legs_that_point_to_the_same_airport() -> None:
    made = planned(
        leg("UHWW", "ZKPY", transponder_off=[Window(from_min=14, to_min=900)]),
        leg("ZKPY", "UHWW", None, turnround_min=300, transponder_off=[Window(from_min=-30, to_min=25)]),
    )
    out, back = derive(made.positions)
    assert out.vanished_toward is not None and back.appeared_from is not None
    assert out.vanished_toward.airport == back.appeared_from.airport == "ZKPY"
    assert back.arrival is not None and back.arrival.airport == "UHWW"


def test_a_silence_that_distance_explains_parts_nothing() -> None:
    made = planned(leg("UHWW", "PHNL", transponder_off=[Window(from_min=40, to_min=330)]))
    flights = derive(made.positions)
    assert [
        (
            flight.departure and flight.departure.airport,
            flight.arrival and flight.arrival.airport,
            len(flight.gaps),
        )
        for flight in flights
    ] == [("UHWW", "PHNL", 1)]
    assert flights[0].gaps[0].excess_s < 1200


def test_spoofed_positions_are_set_aside_and_counted() -> None:
    away = Spoof(from_min=30, to_min=42, latitude=33.8, longitude=35.5)
    clean = derive(planned(leg("UHWW", "UIII")).positions)
    flights = derive(planned(leg("UHWW", "UIII", spoofed=[away])).positions)
    assert boundaries(flights) == boundaries(clean)
    assert flights[0].set_aside == clean[0].positions - flights[0].positions > 60


def test_two_aircraft_under_one_address_stay_two_flights() -> None:
    one = planned(leg("UHWW", "UIII")).positions
    other = planned(leg("EDDF", "LEMD", "2024-03-20T16:40:00Z")).positions
    flights = derive(concat([one, other]))
    assert {
        (flight.departure.airport, flight.arrival.airport)
        for flight in flights
        if flight.departure and flight.arrival
    } == {("UHWW", "UIII"), ("EDDF", "LEMD")}
    assert len(flights) == 2


def test_false_ground_bits_in_cruise_part_nothing() -> None:
    flights = derive(planned(leg("UHWW", "UNNT", false_ground_share=0.02)).positions)
    assert [
        (flight.departure.airport, flight.arrival.airport)
        for flight in flights
        if flight.departure and flight.arrival
    ] == [("UHWW", "UNNT")]
    assert len(flights) == 1


@pytest.mark.parametrize(("origin", "destination"), [("PHNL", "NFFN"), ("RJAA", "KLAX"), ("ENSB", "PABR")])
def test_the_date_line_and_the_pole_are_no_borders(origin: str, destination: str) -> None:
    flights = derive(planned(leg(origin, destination)).positions)
    assert [
        (flight.departure and flight.departure.airport, flight.arrival and flight.arrival.airport)
        for flight in flights
    ] == [(origin, destination)]
    assert flights[0].set_aside == 0


def test_conflicting_registrations_are_not_chosen_between() -> None:
    made = planned(leg("UHWW", "UHHH")).positions
    label = next(iter(made.labels))
    from dataclasses import replace

    other = replace(
        made,
        sources=("other",),
        labels=frozenset([replace(label, source="other", registration="RF-82030")]),
    )
    assert [flight.registration for flight in derive(made)] == ["RA-82030"]
    assert [flight.registration for flight in derive(concat([made, other]))] == [None]


def test_nothing_in_nothing_out_and_a_parked_aircraft_is_no_flight() -> None:
    assert derive(build((), (), frozenset(), 0)) == []
    parked = build(
        ("15406e",),
        ("s",),
        frozenset(),
        3,
        time=[1e9, 1e9 + 60, 1e9 + 90000],
        latitude=[43.4] * 3,
        longitude=[132.15] * 3,
        ground=[1, 1, 1],
    )
    assert derive(parked) == []


def test_ground_seen_at_two_places_is_a_flight_between_them() -> None:
    hop = build(
        ("15406e",),
        ("s",),
        frozenset(),
        2,
        time=[1e9, 1e9 + 4800],
        latitude=[43.399, 48.528],
        longitude=[132.148, 135.188],
        ground=[1, 1],
    )
    flights = derive(hop)
    assert [
        (flight.departure.airport, flight.arrival.airport, flight.departure.method, flight.takeoff_time)
        for flight in flights
        if flight.departure and flight.arrival
    ] == [("UHWW", "UHHH", Method.OBSERVED, None)]


def test_a_hop_between_two_taxiings_leaves_from_the_first_and_ends_at_the_second() -> None:
    times = [1e9, 1e9 + 20, 1e9 + 40, 1e9 + 4800, 1e9 + 4820, 1e9 + 4840]
    places = [(43.399, 132.148)] * 3 + [(48.528, 135.188)] * 3
    hop = build(
        ("15406e",),
        ("s",),
        frozenset(),
        6,
        time=times,
        latitude=[lat for lat, _ in places],
        longitude=[lon for _, lon in places],
        ground=[1] * 6,
    )
    (flight,) = derive(hop)
    assert flight.departure and flight.arrival
    assert (flight.departure.airport, flight.arrival.airport) == ("UHWW", "UHHH")
    for end in (flight.departure, flight.arrival):
        assert (end.earliest.timestamp(), end.latest.timestamp()) == (times[2], times[3])


columns = st.fixed_dictionaries(
    {
        "time": st.floats(1e9, 1e9 + 2e5),
        "latitude": st.floats(-90, 90),
        "longitude": st.floats(-180, 180),
        "altitude_ft": st.one_of(st.just(float("nan")), st.floats(-2000, 60000)),
        "ground": st.sampled_from([-1, 0, 1]),
        "ground_speed_kt": st.one_of(st.just(float("nan")), st.floats(0, 3000)),
        "track_deg": st.one_of(st.just(float("nan")), st.floats(-10, 400)),
        "vertical_rate_fpm": st.one_of(st.just(float("nan")), st.floats(-1e5, 1e5)),
        "callsign": st.sampled_from([b"", b"A", b"B1"]),
        "squawk": st.sampled_from([-1, 0, 7700]),
        "flags": st.integers(0, 3),
        "code": st.integers(0, 2),
        "source": st.integers(0, 1),
    }
)


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(columns, max_size=12), seed=st.integers(0, 2**32 - 1))
def test_any_rows_give_records_that_do_not_depend_on_their_order(
    rows: list[dict[str, float]], seed: int
) -> None:
    made = build(
        ("15406e", "~15406e", "reg:RA-1"),
        ("a", "b"),
        frozenset(),
        len(rows),
        **{name: [row[name] for row in rows] for name in (rows[0] if rows else {})},
    )
    flights = derive(made)
    shuffled = made.take(np.random.default_rng(seed).permutation(len(made)))
    assert derive(shuffled) == flights
    assert sum(flight.positions for flight in flights) <= 2 * len(rows)
    assert all(flight.first_seen <= flight.last_seen for flight in flights)
