"""The simulator: the same each time, true to its scenario, and clear about what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from tailgraph.errors import InputRefused
from tailgraph.flights.readers import read
from tailgraph.flights.scenario import Hole, PlannedAircraft, Receiver, Scenario, load
from tailgraph.flights.simulate import simulate
from tailgraph.flights.writing import write_traces


def scenario(leg: Mapping[str, object] | None = None, **more: object) -> Scenario:
    planned = {"from": "UHWW", "to": "ZKPY", "departure": "2024-03-20T16:30:00Z", **(leg or {})}
    aircraft = {
        "icao24": "15406e",
        "registration": "RA-82030",
        "type": "A124",
        "callsign": "RFF1",
        "legs": [planned, {"from": "ZKPY", "to": "UHWW", "turnround_min": 90}],
    }
    return Scenario.model_validate({"aircraft": [aircraft], **more})


def test_the_same_scenario_gives_the_same_reports() -> None:
    one, two = simulate(scenario({"received": 0.5})), simulate(scenario({"received": 0.5}))
    assert one.truth == two.truth
    for name in ("time", "latitude", "altitude_ft", "ground"):
        np.testing.assert_array_equal(getattr(one.positions, name), getattr(two.positions, name))


def test_another_aircraft_changes_nothing_of_the_first() -> None:
    first = scenario({"received": 0.5})
    other = first.aircraft[0].model_copy(update={"icao24": "155555"})
    both = simulate(first.model_copy(update={"aircraft": (other, *first.aircraft)})).positions
    alone = simulate(first).positions
    mine = both.take(both.code == both.aircraft.index("15406e"))
    np.testing.assert_array_equal(mine.time, alone.time)
    np.testing.assert_array_equal(mine.latitude, alone.latitude)


def test_legs_follow_each_other_and_the_profile_is_flyable() -> None:
    made = simulate(scenario())
    out, back = made.truth
    assert (out.takeoff, out.origin, back.origin) == (
        datetime(2024, 3, 20, 16, 30, tzinfo=UTC),
        "UHWW",
        "ZKPY",
    )
    assert (back.takeoff - out.landing).total_seconds() == pytest.approx(5400, abs=0.1)
    rows = made.positions
    assert np.nanmax(rows.altitude_ft) <= 34_000
    assert np.nanmax(rows.ground_speed_kt) <= 441
    assert float(np.abs(rows.vertical_rate_fpm).max()) <= 1856


def test_silences_carry_their_true_reason() -> None:
    quiet = {"transponder_off": [{"from_min": 10, "to_min": 25}]}
    hole = Hole(latitude=43.4, longitude=132.15, radius_nm=20, below_ft=6000)
    made = simulate(scenario(quiet, holes=[hole.model_dump()]))
    assert [silence.reason for silence in made.truth[0].silences] == ["coverage", "transponder off"]
    assert made.truth[0].silences[0].start < made.truth[0].takeoff


def test_an_address_that_changes_on_the_way_and_one_of_a_leg() -> None:
    changed = scenario({"readdressed": [{"at_min": 30, "icao24": "abcdef"},
                                        {"at_min": 40, "icao24": "15406e"}]})
    back = changed.aircraft[0].legs[1].model_copy(update={"icao24": "155555"})
    changed = changed.model_copy(update={"aircraft": (changed.aircraft[0].model_copy(
        update={"legs": (changed.aircraft[0].legs[0], back)}),)})
    made, plain = simulate(changed), simulate(scenario())
    assert [leg.addresses for leg in made.truth] == [("15406e", "abcdef"), ("155555",)]
    by_address = {key: (rows.time - made.truth[0].takeoff.timestamp()) / 60
                  for key, rows in made.positions.groups()}
    assert set(by_address) == {"15406e", "abcdef", "155555"}
    assert by_address["abcdef"].min() >= 30
    assert by_address["abcdef"].max() < 40
    assert not ((by_address["15406e"] >= 30) & (by_address["15406e"] < 40)).any()
    assert by_address["15406e"].max() > 40
    np.testing.assert_array_equal(np.sort(made.positions.time), np.sort(plain.positions.time))
    assert {(label.aircraft, label.registration) for label in made.positions.labels} == {
        (address, "RA-82030") for address in by_address}


def test_receivers_hear_what_stands_above_their_horizon() -> None:
    receiver = Receiver(latitude=43.4, longitude=132.15, range_nm=150, antenna_ft=100)
    rows = simulate(scenario(receivers=[receiver.model_dump()])).positions
    from tailgraph.flights.geo import distance_nm

    away = distance_nm(43.4, 132.15, rows.latitude, rows.longitude)
    feet = np.nan_to_num(rows.altitude_ft, nan=50)
    assert float((away - 1.23 * (np.sqrt(np.maximum(feet, 50)) + 10)).max()) < 1.0
    assert 100 < away.max() <= 150.5


def test_traces_are_cut_at_midnight_and_read_back(tmp_path: Path) -> None:
    made = simulate(scenario({"departure": "2024-03-20T23:40:00Z"}))
    paths = write_traces(made.positions, tmp_path, zipped=True)
    assert [str(path.relative_to(tmp_path)) for path in paths] == [
        "2024-03-20/trace_full_15406e.json",
        "2024-03-21/trace_full_15406e.json",
    ]
    back = [read(path) for path in paths]
    assert [reading.refused_count for reading in back] == [0, 0]
    times = np.concatenate([reading.positions.time for reading in back])
    np.testing.assert_allclose(times, made.positions.time, atol=0.006)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"from": "XXXX"}, "No airport 'XXXX' is known"), ({"departure": None}, "has no departure")],
)
def test_an_impossible_leg_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        simulate(scenario(change))


def test_a_leg_that_starts_before_the_last_landed_is_refused() -> None:
    leg = {"from": "UHWW", "to": "ZKPY", "departure": "2024-03-20T16:30:00Z"}
    aircraft = PlannedAircraft.model_validate({"icao24": "15406e", "legs": [leg, leg]})
    with pytest.raises(InputRefused, match="before it has landed"):
        simulate(Scenario(aircraft=(aircraft,)))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"aircraft": [{"icao24": "zz", "legs": []}]}', '{"aircrafts": []}']
)
def test_a_file_that_is_no_scenario_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(text)
    with pytest.raises(InputRefused) as refusal:
        load(path)
    assert refusal.value.where == str(path)
