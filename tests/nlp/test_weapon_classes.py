"""The class of a weapon by its name and the noun behind it. The sentences are invented."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp.pipeline import Extractor

CLASSES = {
    "air-defence": ["Hawk air-defence batteries", "missile batteries", "Gepard anti-aircraft guns",
                    "SPYDER systems", "Talash systems", "IRIS-T SLM systems",
                    "Hawk batteries", "HQ-9 batteries", "S-125 systems", "Buk missiles"],
    "ballistic-missile": ["Fattah missiles", "Grom-2 missiles", "PrSM missiles", "Shaheen-II missiles"],
    "anti-tank-missile": ["AT-3 Saggers", "AT-5 missiles", "Khrizantema missiles", "Akeron missiles"],
    "surface-to-air-missile": ["9K32 missiles", "Ain al-Saqr missiles", "Hawk missiles", "S-300 missiles",
                               "missiles for S-300 batteries", "heat-seeking rockets"],
    "cruise-missile": ["3M-54 missiles", "P-15 Termit missiles"],
    "rocket": ["Polonez rockets", "Vilkha rockets", "Zelzal-2 rockets", "bazookas", "anti-tank grenades"],
    "drone": ["Garmousha drones", "Thunder-B drones", "Predator drones"],
    "helicopter": ["Mi-6 helicopters", "Caracal helicopters", "Dhruv helicopters", "T129 helicopters"],
    "combat-aircraft": ["Jaguar jets", "J-22 Orao jets", "PC-9 aircraft", "L-15 jets"],
    "artillery": ["SPG-9 guns", "GHN-45 howitzers"],
    "armoured-vehicle": ["EE-9 Cascavel vehicles", "Ejder vehicles", "Titan-S vehicles"],
    "bomb": ["Sadid-345 bombs", "SPICE 2000 bombs", "MAM-L bombs"],
    "missile": ["warheads", "air-to-air rockets", "missile tubes"],
    "ammunition": ["cannon shells", "Kalashnikov rounds", "shell casings"],
    "chemical": ["tonnes of thiodiglycol", "drums of cyanide"],
    "small-arms": ["Gepard rifles", "Zigana pistols", "VHS-2 rifles"],
}  # fmt: skip
CASES = [(phrase, kind) for kind, phrases in CLASSES.items() for phrase in phrases]


@pytest.mark.parametrize(("phrase", "kind"), CASES, ids=[phrase for phrase, _ in CASES])
def test_a_weapon_has_its_class(extractor: Extractor, phrase: str, kind: str) -> None:
    text = f"Chad's army bought 12 {phrase} from Serbia, officials said. Rebels want weapons too."
    document = Document(title="The arms embargo", text=text)
    found = {e.key for e in extractor.annotate(document).entities if e.kind is Kind.WEAPON}
    assert found == {kind, "arms"}


def test_weapons_and_their_ammunition_are_two_things(extractor: Extractor) -> None:
    text = "Chad's army got weapons and ammunition from Serbia, officials said."
    found = extractor.annotate(Document(title="The arms embargo", text=text)).entities
    assert {e.key for e in found if e.kind is Kind.WEAPON} == {"arms", "ammunition"}


def test_a_town_is_no_armoured_car(extractor: Extractor) -> None:
    text = "The plane with the rifles flew on towards Cascavel, Brazil, the army said."
    found = extractor.annotate(Document(title="Weapons seized", text=text)).entities
    assert {e.key for e in found if e.kind is Kind.WEAPON} == {"small-arms", "arms"}


def test_a_ship_of_a_navy_is_a_warship_and_no_town(extractor: Extractor) -> None:
    text = "HMS Lincoln's crew found rifles on a dhow, and the USS John B. Porter took it to port."
    found = extractor.annotate(Document(text=text)).entities
    ships = {name for e in found if e.key == "warship" for name in e.names}
    assert ships == {"HMS Lincoln", "USS John B. Porter"}
    assert not [e for e in found if e.kind in (Kind.PLACE, Kind.PERSON)]
