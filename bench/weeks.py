"""The simulated weeks of bench/matching.py: what each is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import clocks


@dataclass(frozen=True, slots=True)
class Week:
    """What a week is drawn from. Shares are those of reports that leave something out or make it vague."""

    seed: int
    countries: tuple[str, ...]
    operators: tuple[tuple[str, str], ...]
    """Name and state."""
    types: tuple[str, ...] = ("A124", "IL76", "AN12", "C130")
    aircraft: int = 60
    flights: int = 600
    reports: int = 400
    untracked: float = 0.3
    unseen_ends: float = 0.2
    names_airframe: float = 0.25
    names_city: float = 0.6
    names_both_ends: float = 0.7
    names_night: float = 0.4
    widest_days: int = 4
    names_day: float = 0.0
    """Share that names one day, as four in five annotated reports do; the others a span, up to the widest."""
    tells_clock: float = clocks.CLOCK
    tells_part: float = clocks.PART
    weeks: int = 3
    routes: int = 60
    """Of which the first are flown most often, the last seldom."""


DEV = [
    Week(1, ("RU", "KP", "CN", "IR", "SY"), (("Air One", "RU"), ("Air Two", "RU"), ("Air Three", "IR"),
                                             ("Air Four", "CN"))),
    Week(2, ("SD", "AE", "TD", "LY"), (("Gulf Cargo", "AE"), ("Desert Air", "SD"), ("Sahel Lift", "TD")),
         flights=300, aircraft=30),
    Week(101, ("UA", "BY", "RS", "AZ", "AM"), (("North Lift", "BY"), ("Old Freight", "UA"), ("Sky Box", "AM"),
                                               ("Blue Tail", "RS")), types=("IL76", "AN26", "B744", "A332"),
         flights=900, aircraft=80, names_airframe=0.15, widest_days=6, routes=90),
    Week(102, ("VE", "CU", "NI", "TR", "DZ"), (("Isla Cargo", "CU"), ("Llano Air", "VE")),
         types=("B742", "IL96", "A343"), flights=250, aircraft=20, names_city=0.4, untracked=0.5, routes=40),
    Week(103, ("ET", "ER", "DJ", "KE", "UG", "AE"), (("Horn Air", "ET"), ("Lake Wings", "UG"),
                                                     ("Dune Cargo", "AE")), flights=1500, aircraft=90,
         names_night=0.7, unseen_ends=0.4, routes=120),
]
"""Weeks on which the rules were looked at."""
HELD_OUT = [
    Week(201, ("KZ", "UZ", "TM", "KG", "AF", "PK"), (("Steppe Lift", "KZ"), ("Oxus Air", "UZ"),
                                                     ("Hindu Kush Cargo", "AF"), ("Indus Wings", "PK")),
         types=("IL76", "AN12", "B744", "C17"), aircraft=70, flights=1000, untracked=0.35, unseen_ends=0.3,
         names_airframe=0.2, names_city=0.5, names_night=0.3, widest_days=5, names_day=0.8, routes=80),
    Week(202, ("AO", "CD", "ZM", "TZ", "ZA"), (("Kwanza Air", "AO"), ("Lualaba Freight", "CD"),
                                               ("Cape Lift", "ZA")), types=("AN12", "IL76", "B742"),
         aircraft=25, flights=350, untracked=0.5, unseen_ends=0.5, names_airframe=0.4, widest_days=6,
         weeks=4, routes=30),
    Week(203, ("SA", "EG", "YE", "SO", "QA"), (("Red Sea Cargo", "EG"), ("Pearl Wings", "QA"),
                                               ("Najd Air", "SA")), types=("A332", "C130", "IL76", "B77L"),
         aircraft=120, flights=1800, names_both_ends=0.5, names_night=0.6, names_day=0.5, routes=150),
    Week(204, ("MM", "TH", "VN", "ID", "PH", "JP"), (("Irrawaddy Air", "MM"), ("Mekong Lift", "VN"),
                                                     ("Banda Cargo", "ID")), types=("Y20", "C130", "B748"),
         aircraft=50, flights=700, untracked=0.4, names_city=0.8, names_day=0.84, weeks=2),
    Week(205, ("BR", "CO", "PE", "MX", "PA"), (("Llanura Air", "CO"), ("Pantanal Freight", "BR"),
                                               ("Isthmus Lift", "PA")), types=("B742", "IL62", "C130"),
         aircraft=100, flights=500, widest_days=2, untracked=0.45, names_airframe=0.3, weeks=6),
    Week(206, ("LV", "FI", "NO", "GB", "FR", "CZ"), (("Baltic Lift", "LV"), ("Fjord Cargo", "NO"),
                                                     ("Bohemia Air", "CZ")), types=("A400", "C17", "IL76"),
         aircraft=30, flights=900, untracked=0.4, names_airframe=0.6, names_day=0.84, weeks=8, routes=20),
]
"""Countries that no other world has, and wider ranges of all else; drawn up before the first run on them."""
FURTHER = [replace(week, seed=week.seed + 1000 * number) for number in (1, 2, 3) for week in HELD_OUT]
