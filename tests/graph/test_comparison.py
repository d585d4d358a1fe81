"""The rules by which a reported flight is judged, on records alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph import agreement, comparison
from tailgraph.graph.agreement import End, Reported, Tracked
from tailgraph.graph.model import Hours, Trilean, Verdict
from tailgraph.graph.whereabouts import NOWHERE, Where, position

S, C, U = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNTESTABLE
VLADIVOSTOK = Where(places=frozenset({"RU/Vladivostok"}), countries=frozenset({"RU"}))
PYONGYANG = Where(places=frozenset({"KP/Pyongyang"}), countries=frozenset({"KP"}))
TOLD = Reported("r", aircraft=frozenset({"RA-82030"}), types=frozenset({"A124"}), origin=VLADIVOSTOK,
                destination=PYONGYANG, earliest=date(2024, 3, 20), latest=date(2024, 3, 20),
                published=date(2024, 3, 28), night=True)
BY_KIND = replace(TOLD, aircraft=frozenset(), operators=frozenset({"224th Flight Unit"}))


def at(day: int, hour: float) -> datetime:
    return datetime(2024, 3, day, tzinfo=UTC) + timedelta(hours=hour)


def place(airport: str) -> tuple[float, float]:
    here = position(airport)
    assert here, airport
    return here


def tracked(id_: str = "f", origin: str = "UHWW", goal: str = "ZKPY", begin: datetime | None = None,
            hours: float = 1.2, *, lands: bool = True, aircraft: str | None = "RA-82030",
            night: Trilean = Trilean.YES) -> Tracked:
    begin = begin or at(20, 16.5)
    return Tracked(
        id_, begin, begin + timedelta(hours=hours), aircraft=frozenset(filter(None, [aircraft])),
        types=frozenset({"A124"}), operators=frozenset({"224th Flight Unit"}), states=frozenset({"RU"}),
        departure=End(origin, True), arrival=End(goal, lands), night=night, night_at_ends=frozenset({night}),
        first_position=place(origin), last_position=place(goal))


def verdicts(reported: Reported, *flights: Tracked) -> list[tuple[str, Verdict]]:
    return [(tested.flight, tested.verdict) for tested in comparison.test(reported, flights)]


def test_all_parts_agree() -> None:
    (tested,) = comparison.test(TOLD, [tracked()])
    assert (tested.verdict, tested.aircraft, tested.type, tested.operator, tested.place, tested.time,
            tested.night, tested.method, tested.rank) == (S, S, S, U, S, S, S, "observed", 1)


def test_a_landing_that_was_not_received_makes_the_support_inferred() -> None:
    (tested,) = comparison.test(TOLD, [tracked(lands=False)])
    assert (tested.verdict, tested.method) == (S, "inferred")
    assert "vanished toward Pyongyang (ZKPY): consistent, not observed" in tested.reason


def test_how_well_an_unseen_end_fits_is_said() -> None:
    flight = replace(tracked(), arrival=End("ZKPY", False, candidates=("ZKPY",), share=0.16))
    (tested,) = comparison.test(TOLD, [flight])
    assert "vanished toward Pyongyang (ZKPY), 16% of what fits: consistent, not observed" in tested.reason


def test_a_direction_alone_supports_nothing() -> None:
    """Without an origin in the report, nothing that was observed agrees with it."""
    (tested,) = comparison.test(replace(TOLD, origin=NOWHERE), [tracked(lands=False)])
    assert (tested.verdict, tested.place) == (U, U)


def test_an_airframe_among_others_of_its_type_is_not_identified_by_the_type() -> None:
    told = replace(TOLD, aircraft=frozenset())
    (tested,) = comparison.test(told, [tracked()])
    assert tested.verdict is U
    assert "does not say enough to tell the aircraft" in tested.reason


@pytest.mark.parametrize("told", [BY_KIND, replace(BY_KIND, operators=frozenset(), states=frozenset({"RU"}))])
def test_type_with_operator_or_state_identifies(told: Reported) -> None:
    assert verdicts(told, tracked()) == [("f", S)]


def test_an_equally_good_rival_leaves_it_open() -> None:
    rival = tracked("g", aircraft="RA-82042", begin=at(20, 14))
    assert verdicts(BY_KIND, tracked(), rival) == [("f", U), ("g", U)]
    two = replace(BY_KIND, how_many=2, hours=(Hours.read("departure 23:30-02:45 local"),))
    assert verdicts(two, tracked(), rival) == [("f", S), ("g", S)]
    assert verdicts(TOLD, tracked(), rival) == [("f", S)]


def test_a_rival_of_which_less_was_received_may_be_the_one_too() -> None:
    assert verdicts(BY_KIND, tracked(lands=False), tracked("g")) == [("g", U), ("f", U)]
    assert verdicts(BY_KIND, replace(tracked(), operators=frozenset()), tracked("g")) == [("g", U), ("f", U)]
    assert verdicts(TOLD, tracked(lands=False, aircraft="RA-82042"), tracked("g")) == [("g", S)]


@pytest.mark.parametrize("more", [1, 2, 3])
def test_where_like_flights_recur_a_fit_may_be_by_chance(more: int) -> None:
    """Nobody need have received the one that is meant; an hour of one airframe is told apart from more."""
    others = [tracked(f"other {number}", begin=at(24 + number, 16.5)) for number in range(more)]
    assert verdicts(TOLD, tracked()) == [("f", S)]
    assert dict(verdicts(TOLD, tracked(), *others))["f"] is U
    one_hour = replace(TOLD, latest=date(2024, 3, 21), hours=(Hours.read("departure 02:15-03:00 local"),))
    assert dict(verdicts(one_hour, tracked(), *others))["f"] is (S if more < 2 else U)


def test_a_call_sign_identifies() -> None:
    told = replace(TOLD, aircraft=frozenset(), types=frozenset(), callsigns=frozenset({"TTF9101"}))
    assert verdicts(told, replace(tracked(), callsigns=frozenset({"TTF9101"}))) == [("f", S)]


@pytest.mark.parametrize("gap", [
    {"earliest": None}, {"earliest": None, "latest": None}, {"origin": NOWHERE, "destination": NOWHERE},
    {"latest": None, "published": None}])
def test_without_days_or_places_nothing_is_supported(gap: dict[str, object]) -> None:
    told = replace(TOLD, **gap)  # type: ignore[arg-type]
    assert S not in dict(verdicts(told, tracked())).values()


def test_what_did_not_happen_is_not_tested() -> None:
    assert verdicts(replace(TOLD, happened=False), tracked()) == []


def test_a_disputed_airframe_identifies_nothing() -> None:
    assert verdicts(TOLD, replace(tracked(), is_disputed=True)) == [("f", U)]


def test_by_day_against_by_night() -> None:
    flown_by_day = tracked(begin=at(20, 2), night=Trilean.NO)
    assert verdicts(TOLD, flown_by_day) == [("f", C)]
    assert verdicts(BY_KIND, flown_by_day) == [("f", U)]  # another one may have flown by night
    assert verdicts(TOLD, flown_by_day, tracked("g")) == [("g", S), ("f", U)]


def test_tracked_elsewhere_for_most_of_the_time_is_said_and_stays_open() -> None:
    """Khabarovsk to Irkutsk in the reported night leaves less than half of it for the reported flight."""
    told = replace(TOLD, latest=date(2024, 3, 20))
    (tested,) = comparison.test(told, [tracked(origin="UHHH", goal="UIII", begin=at(20, 14), hours=4.7)])
    assert (tested.verdict, tested.place) == (U, C)
    assert "tracked elsewhere; 43% of the reported time is left" in tested.reason


def test_tracked_elsewhere_all_the_time_contradicts() -> None:
    """The night is one of two, before and after midnight of the day: each has its flight far away."""
    told = replace(TOLD, latest=date(2024, 3, 20))
    seen = [tracked("f", origin="UUEE", goal="UHHH", begin=at(19, 15), hours=7.5),
            tracked("g", origin="UHHH", goal="UIII", begin=at(20, 10), hours=8)]
    assert {tested.verdict for tested in comparison.test(told, seen)} == {C}
    assert all("none of the reported time is left" in tested.reason for tested in comparison.test(told, seen))


def test_tracked_elsewhere_for_a_short_time_does_not() -> None:
    told = replace(TOLD, night=None, earliest=date(2024, 3, 18), latest=date(2024, 3, 21))
    assert verdicts(told, tracked(origin="UHHH", goal="UHWW", begin=at(20, 1))) == []


def test_an_unseen_landing_elsewhere_is_not_a_contradiction_of_type_and_operator() -> None:
    assert verdicts(BY_KIND, tracked(goal="UIII")) == []


def test_another_day_is_no_match() -> None:
    assert verdicts(TOLD, tracked(begin=at(24, 16.5))) == []


def test_the_day_counts_by_the_sun_at_the_place() -> None:
    """16:30 UTC on the 20th is 01:18 on the 21st in Vladivostok."""
    day = date(2024, 3, 21)
    assert verdicts(replace(TOLD, earliest=day, latest=day), tracked()) == [("f", S)]


def test_an_address_is_not_another_registration() -> None:
    part = agreement.aircraft_part(TOLD, tracked(aircraft="15406e"))
    assert (part.verdict, part.reason) == (U, "the registration of 15406e is not known")
    assert agreement.aircraft_part(TOLD, tracked(aircraft="RA-82042")).verdict is C
    assert agreement.aircraft_part(TOLD, tracked(aircraft=None)).verdict is U


@pytest.mark.parametrize(("told", "seen", "verdict"), [(None, "yes", U), (True, "yes", S), (True, "no", C),
                                                       (True, "indeterminate", U), (False, "no", S), (False,
                                                           "yes", C)])
def test_night(told: bool | None, seen: str, verdict: Verdict) -> None:
    assert agreement.night_part(replace(TOLD, night=told), tracked(night=Trilean(seen))).verdict is verdict


def test_another_operator_does_not_contradict_but_another_state_does() -> None:
    seen = replace(tracked(), operators=frozenset({"Russian Aerospace Forces"}))
    assert agreement.operator_part(BY_KIND, seen).verdict is U
    assert agreement.operator_part(replace(BY_KIND, states=frozenset({"KP"})), seen).verdict is C


# --- properties --------------------------------------------------------------------------------------------

AIRPORTS = st.sampled_from(["UHWW", "ZKPY", "UHHH", "UIII", "RKSI"])
ENDS = st.none() | st.builds(End, AIRPORTS, st.booleans())
FLIGHTS = st.builds(
    lambda hour, hours, first, last, **more: Tracked(
        "", at(19, hour), at(19, hour + hours), first_position=place(first), last_position=place(last),
        **more),
    st.integers(0, 72), st.integers(1, 6), AIRPORTS, AIRPORTS,
    aircraft=st.sets(st.sampled_from(["RA-82030", "RA-82042", "15406e"]), max_size=1).map(frozenset),
    types=st.sets(st.sampled_from(["A124", "IL76"]), max_size=1).map(frozenset),
    operators=st.sets(st.sampled_from(["224th Flight Unit", "X"]), max_size=2).map(frozenset),
    states=st.sets(st.sampled_from(["RU", "KP"]), max_size=1).map(frozenset), departure=ENDS, arrival=ENDS,
    night=st.sampled_from(Trilean), night_at_ends=st.sets(st.sampled_from(Trilean)).map(frozenset))
SCENES = st.lists(FLIGHTS, max_size=4).map(lambda found: [replace(f, id=str(i)) for i, f in enumerate(found)])
WHERES = st.sampled_from([NOWHERE, VLADIVOSTOK, PYONGYANG, Where(countries=frozenset({"RU"}))])
REPORTS = st.builds(
    Reported, st.just("r"), aircraft=st.sets(st.sampled_from(["RA-82030", "RA-82042"])).map(frozenset),
    types=st.sets(st.sampled_from(["A124", "IL76"]), max_size=1).map(frozenset),
    operators=st.sets(st.just("224th Flight Unit")).map(frozenset),
    states=st.sets(st.just("RU")).map(frozenset), origin=WHERES, destination=WHERES,
    earliest=st.none() | st.dates(date(2024, 3, 18), date(2024, 3, 22)),
    latest=st.none() | st.dates(date(2024, 3, 18), date(2024, 3, 22)), published=st.just(date(2024, 3, 28)),
    night=st.none() | st.booleans(), how_many=st.integers(1, 2), happened=st.booleans())


@given(REPORTS, SCENES)
def test_the_order_of_candidates_does_not_matter(reported: Reported, flights: list[Tracked]) -> None:
    expected = comparison.test(reported, flights)
    assert all(comparison.test(reported, order) == expected for order in permutations(flights))


@given(REPORTS, SCENES)
def test_what_support_and_contradiction_always_rest_on(reported: Reported, flights: list[Tracked]) -> None:
    by_id = {flight.id: flight for flight in flights}
    results = comparison.test(reported, flights)
    supported = [tested for tested in results if tested.verdict is S]
    assert len(supported) <= reported.how_many
    assert [tested.rank for tested in results] == list(range(1, len(results) + 1))
    for tested in supported:
        assert reported.happened and reported.days and (reported.origin or reported.destination)
        assert tested.aircraft is S or (tested.type is S and tested.operator is S)
        assert tested.place is S and tested.time is S and tested.night is not C
        ends = by_id[tested.flight]
        assert any(end and end.known for end in (ends.departure, ends.arrival))
    for tested in results:
        if tested.verdict is C:
            assert reported.aircraft & by_id[tested.flight].aircraft
            assert not supported
            assert C in (tested.place, tested.night)


@given(REPORTS, SCENES)
def test_without_any_ends_received_nothing_is_supported(reported: Reported, flights: list[Tracked]) -> None:
    silent = [replace(flight, departure=None, arrival=None) for flight in flights]
    assert S not in {tested.verdict for tested in comparison.test(reported, silent)}
