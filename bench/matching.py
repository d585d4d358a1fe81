"""How well reported flights are matched with tracked ones, on simulated weeks of traffic with known truth.

Run: python bench/matching.py [--dev | --further] [--hours SHARE]. In each, aircraft of several types and
operators fly between fields of a few countries; routes recur, some often. Some flights are told of in reports
as vaguely as reports are (no airframe, a type or an operator only, a country for a city, a span of days, "at
night"; in a share of cases with a time of day: `clocks`),
each made from the true flight and dated by either end's own day; some of these flights were never tracked.
Printed:

- precision@1 where a verdict is given: supported verdicts that name the true flight;
- verdicts "supported" for flights that were left out of the tracks: none may be given;
- how often the true flight comes first among those kept (ties are told apart by nothing);
- how often support is found at all, by how much the report says: silence is no error, a wrong match is.

`--dev` takes the weeks on which the rules were looked at; without it, weeks in other countries, with other
operators, densities, and shares of vagueness; `--further` takes three more draws of these. `--hours SHARE`
sets how many of the reports tell a clock time (`clocks`), and as many a part of the day. Of each verdict
"supported" for a flight left out, what the tracks show of the aircraft meant around that flight is counted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import clocks
import numpy as np
from weeks import DEV, FURTHER, HELD_OUT, Week

from tailgraph.flights.airports import airfields
from tailgraph.flights.geo import distance_nm
from tailgraph.flights.sun import elevation_deg
from tailgraph.graph import bearing, comparison, hours
from tailgraph.graph.agreement import End, Reported, Tracked
from tailgraph.graph.elsewhere import solar
from tailgraph.graph.model import Trilean, Verdict
from tailgraph.graph.whereabouts import Where, country_of, position

Draw = np.random.Generator
START = datetime(2024, 3, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Flown:
    """A flight as it was, and as the tracks show it."""

    truth: Tracked
    shown: Tracked
    registration: str


def fields(week: Week) -> dict[str, list[str]]:
    """By country, the fields that are flown to: those with scheduled traffic and a city of their own."""
    table = airfields()
    found: dict[str, list[str]] = {}
    for row in table.scheduled.tolist():
        icao = table.icao[row]
        if table.country[row] in week.countries and country_of(icao) and position(icao):
            found.setdefault(table.country[row], []).append(icao)
    return {country: sorted(names)[:8] for country, names in found.items()}


def traffic(week: Week) -> list[Flown]:
    """The flights of these weeks. Every aircraft flies on from where it is, with routes that repeat."""
    draw = np.random.default_rng([week.seed, 1])
    places = fields(week)
    routes = [tuple(draw.choice(places[country]) for country in draw.choice(sorted(places), 2, replace=False))
              for _ in range(week.routes)]
    often = 1 / (np.arange(len(routes)) + 3.0)
    fleet = [(f"ZZ-{n:03d}", week.types[int(draw.integers(len(week.types)))],
              week.operators[int(draw.integers(len(week.operators)))]) for n in range(week.aircraft)]
    free = [START + timedelta(hours=float(draw.uniform(0, 24))) for _ in fleet]
    here = [str(draw.choice(routes[int(draw.choice(len(routes), p=often / often.sum()))])) for _ in fleet]
    flights: list[Flown] = []
    while len(flights) < week.flights and min(free) < START + timedelta(weeks=week.weeks):
        which = int(np.argmin(np.array([at.timestamp() for at in free])))
        out = often * np.array([here[which] in route for route in routes])
        ends = routes[int(draw.choice(len(routes), p=out / out.sum()))]
        goal = str(ends[0] if ends[1] == here[which] else ends[1])
        flown = _fly(week, f"f{len(flights):04d}", fleet[which], free[which], here[which], goal, draw)
        flights.append(flown)
        free[which] = flown.truth.last_seen + timedelta(hours=float(draw.uniform(2, 30)))
        here[which] = goal
    return flights


def _fly(week: Week, id_: str, craft: tuple[str, str, tuple[str, str]], begin: datetime, origin: str,
         goal: str, draw: Draw) -> Flown:
    registration, type_, (operator, state) = craft
    here, there = position(origin) or (0.0, 0.0), position(goal) or (0.0, 0.0)
    hours = float(distance_nm(*here, *there)) / 420 + 0.5
    end = begin + timedelta(hours=hours)
    nights = [_dark(begin, here), _dark(end, there)]
    truth = Tracked(
        id_, begin, end, aircraft=frozenset({registration}), types=frozenset({type_}),
        operators=frozenset({operator}), states=frozenset({state}), departure=End(origin, True),
        arrival=End(goal, True), night=Trilean.YES if Trilean.YES in nights else Trilean.NO,
        night_at_ends=frozenset(nights), first_position=here, last_position=there)
    shown = truth
    if draw.random() < week.unseen_ends:
        shown = replace(shown, arrival=End(goal, False, "", (), 0.7))
    if draw.random() < week.unseen_ends:
        shown = replace(shown, departure=End(origin, False, "", (), 0.7))
    if draw.random() < 0.3:
        shown = replace(shown, operators=frozenset())
    return Flown(truth, shown, registration)


def _dark(at: datetime, place: tuple[float, float]) -> Trilean:
    sun = float(elevation_deg(np.array([at.timestamp()]), *map(np.array, place))[0])
    return Trilean.YES if sun < -0.833 else Trilean.NO


def report(week: Week, number: int, flown: Flown, draw: Draw) -> Reported:
    """What a report says of a flight: true, and as vague as reports are."""
    true = flown.truth
    says = {name for name in ("type", "operator", "state") if draw.random() < 0.65}
    by_name = draw.random() < week.names_airframe
    told = Reported(
        f"r{number:04d}", aircraft=frozenset({flown.registration}) if by_name else frozenset(),
        types=true.types if "type" in says else frozenset(),
        operators=true.operators if "operator" in says else frozenset(),
        states=true.states if "state" in says else frozenset())
    both = draw.random() < week.names_both_ends
    for name, end in (("origin", true.departure), ("destination", true.arrival)):
        if end and (both or name == "destination"):
            told = replace(told, **{name: _where(week, end.airport, draw)})
    first, last = _days(week, true, draw)
    night = true.night is Trilean.YES if draw.random() < week.names_night and true.night_at_ends == {
        true.night} else None
    return replace(told, earliest=first, latest=last, published=last + timedelta(days=3), night=night)


def _where(week: Week, airport: str, draw: Draw) -> Where:
    country = country_of(airport) or ""
    if draw.random() < week.names_city:
        return Where(airports=frozenset({airport}), countries=frozenset({country}))
    return Where(countries=frozenset({country}))


def _days(week: Week, true: Tracked, draw: Draw) -> tuple[date, date]:
    day = (solar(true.first_seen, true.first_position) if draw.random() < 0.5
           else solar(true.last_seen, true.last_position)).date()
    before, after = (int(draw.integers(0, week.widest_days // 2 + 1)) for _ in range(2))
    if week.names_day and draw.random() < week.names_day:
        return day, day
    return day - timedelta(days=before), day + timedelta(days=after)


def judged(week: Week) -> Iterator[tuple[Reported, Flown, str, list[comparison.Tested]]]:
    """Each report, the flight behind it, what its tracks show instead ("" if it was tracked), verdicts."""
    for told, flown, instead, bearing_on in asked(week):
        yield told, flown, instead, comparison.test(told, bearing_on)


def asked(week: Week) -> Iterator[tuple[Reported, Flown, str, list[Tracked]]]:
    """As `judged`, with the tracked flights that a report is judged by instead of the verdicts."""
    draw, of_hours = np.random.default_rng([week.seed, 2]), np.random.default_rng([week.seed, 3])
    flights = traffic(week)
    chosen = draw.choice(len(flights), min(week.reports, len(flights)), replace=False).tolist()
    hidden = {flights[at].truth.id for at in chosen if draw.random() < week.untracked}
    tracked = [flown for flown in flights if flown.truth.id not in hidden]
    shown = {flown.truth.id: flown.shown for flown in tracked}
    for number, at in enumerate(chosen):
        told = clocks.with_hours(report(week, number, flights[at], draw), flights[at].truth, of_hours,
                                 week.tells_clock, week.tells_part)
        instead = _instead(flights[at], tracked) if flights[at].truth.id in hidden else ""
        yield told, flights[at], instead, _bearing_on(told, shown)


def _bearing_on(told: Reported, shown: Mapping[str, Tracked]) -> list[Tracked]:
    """Of the tracked flights, those that the graph would look up for a report."""
    since, until = comparison.window(told) or (datetime.max.replace(tzinfo=UTC),) * 2
    within = [flight for flight in shown.values() if flight.first_seen <= until and flight.last_seen >= since]
    named = {flight.id for flight in within if flight.aircraft & told.aircraft}
    around = {flight.id: (flight.first_seen, frozenset(filter(None, (
        country_of(end.airport) for end in (flight.departure, flight.arrival) if end)))) for flight in within}
    return bearing.Nearby(bearing.Candidates({told.id: named}, around), shown).bearing_on(told)


def _instead(left_out: Flown, tracked: Sequence[Flown]) -> str:
    """What the tracks show of its aircraft around a flight that was left out of them."""
    of_it = [flown.truth for flown in tracked if flown.registration == left_out.registration]
    before = [flight for flight in of_it if flight.last_seen < left_out.truth.first_seen]
    after = [flight for flight in of_it if flight.first_seen > left_out.truth.last_seen]
    if not before or not after:
        return "tracked only before or after"
    stood = before[-1].arrival == after[0].departure
    return "stood at one field, by its tracks" if stood else "moved unseen, by its tracks"


def score(week: Week) -> Counter[str]:
    counts: Counter[str] = Counter()
    truth = {flown.truth.id: flown.truth for flown in traffic(week)}
    for told, flown, instead, tested in judged(week):
        supported = [one.flight for one in tested if one.verdict is Verdict.SUPPORTED]
        kind = "airframe" if told.aircraft else "kind" if told.types and (
            told.operators or told.states) else "little"
        hour = "no hour" if not told.hours else "hour" if hours.share(told.hours) < 0.2 else "part of a day"
        counts["reports"] += 1
        if instead:
            counts["left out"] += 1
            counts["left out, supported"] += bool(supported)
            counts["left out, supported, of which true as told"] += any(
                _holds(told, truth[one]) for one in supported)
            counts[f"left out ({hour})"] += 1
            counts[f"left out, supported ({kind})"] += bool(supported)
            counts[f"left out, supported ({hour})"] += bool(supported)
            counts[f"left out, supported: {instead}"] += bool(supported)
            continue
        for what in (kind, hour):
            counts[f"tracked ({what})"] += 1
            counts[f"supported ({what})"] += bool(supported)
        counts["tracked"] += 1
        counts["supported"] += bool(supported)
        counts["supported, right"] += supported == [flown.truth.id]
        counts["first"] += bool(tested) and tested[0].flight == flown.truth.id
        counts["kept"] += any(one.flight == flown.truth.id for one in tested)
        wrong = [one for one in tested if one.flight == flown.truth.id
                 and one.verdict is Verdict.CONTRADICTED]
        counts["true one contradicted"] += bool(wrong)
    return counts


def _holds(told: Reported, true: Tracked) -> bool:
    """Whether nothing that the report says is false of a flight, with everything of it known."""
    (tested,) = comparison.test(told, [true])
    return Verdict.CONTRADICTED not in (tested.aircraft, tested.type, tested.operator, tested.place,
                                        tested.time, tested.night)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--dev", action="store_const", dest="weeks", const=DEV)
    which.add_argument("--further", action="store_const", dest="weeks", const=FURTHER)
    parser.add_argument("--hours", type=float, metavar="SHARE")
    chosen = parser.parse_args(arguments)
    weeks = chosen.weeks or HELD_OUT
    if chosen.hours is not None:
        weeks = [replace(week, tells_clock=chosen.hours, tells_part=chosen.hours) for week in weeks]
    total: Counter[str] = Counter()
    for week in weeks:
        counts = score(week)
        print(f"week {week.seed}: {({name: count for name, count in sorted(counts.items()) if count})}")
        total += counts
    print(f"precision@1 of supported: {total['supported, right'] / max(1, total['supported']):.4f} "
          f"({total['supported']} of {total['tracked']} tracked)")
    print(f"supported though left out: {total['left out, supported']} of {total['left out']}; "
          f"the report is true of {total['left out, supported, of which true as told']} of these")
    print("the aircraft meant in these: " + ", ".join(
        f"{name.partition(': ')[2]} {count}" for name, count in sorted(total.items())
        if name.startswith("left out, supported: ") and count))
    for what in ("airframe", "kind", "little", "hour", "part of a day", "no hour"):
        print(f"  told: {what}: {total[f'supported ({what})']} of {total[f'tracked ({what})']} supported, "
              f"{total[f'left out, supported ({what})']} of those left out")
    print(f"true flight first: {total['first'] / total['tracked']:.3f}; kept: "
          f"{total['kept'] / total['tracked']:.3f}; contradicted: {total['true one contradicted']}")


if __name__ == "__main__":
    main(sys.argv[1:])
