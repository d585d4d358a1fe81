"""Sentences with known names, for tests of the claim finders: every name of a small gazetteer is a mention.

The gazetteer mixes real places and airports with invented airlines and registrations (marked).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from spacy.language import Language

from tailgraph.graph.model import Entity, ReportedFlight
from tailgraph.nlp import models, reported_flights, tokens
from tailgraph.nlp.annotation import Annotated
from tests.nlp import gold

PUBLISHED = date(2024, 3, 28)  # a Thursday

_PLACES = {
    "RU": ["Moscow", "Vladivostok", "Rostov-on-Don", "Khabarovsk"],
    "KP": ["Pyongyang", "Wonsan"],
    "IR": ["Tehran", "Isfahan", "Bandar Abbas", "Kerman"],
    "SY": ["Damascus", "Latakia", "Aleppo"],
    "LY": ["Benghazi", "Tripoli", "Misrata", "Sebha"],
    "ML": ["Bamako", "Gao"],
    "NE": ["Niamey"],
    "BF": ["Ouagadougou"],
    "SD": ["Khartoum", "Port Sudan", "El Fasher"],
    "ET": ["Addis Ababa"],
    "DJ": ["Djibouti City"],
    "UG": ["Entebbe"],
    "CD": ["Goma", "Kinshasa", "Bunia"],
    "RW": ["Kigali"],
    "AO": ["Luanda", "Huambo"],
    "LR": ["Monrovia"],
    "SL": ["Freetown"],
    "BG": ["Burgas", "Plovdiv"],
    "UA": ["Kharkiv", "Mykolaiv"],
    "BY": ["Minsk", "Gomel"],
    "TR": ["Ankara", "Istanbul"],
    "AZ": ["Baku", "Ganja"],
    "AM": ["Yerevan"],
    "IL": ["Tel Aviv"],
    "CY": ["Larnaca", "Paphos"],
    "PK": ["Karachi", "Islamabad"],
    "AF": ["Kabul", "Kandahar"],
    "LK": ["Colombo", "Palali"],
    "MM": ["Yangon", "Mandalay"],
    "CN": ["Kunming", "Urumqi", "Dalian"],
    "VN": ["Hanoi"],
    "VE": ["Caracas", "Maracaibo"],
    "CU": ["Havana"],
    "NI": ["Managua"],
    "CO": ["Leticia"],
    "US": ["Miami", "Dover"],
    "PL": ["Rzeszow"],
    "DE": ["Leipzig"],
    "YE": ["Aden", "Sanaa"],
    "SO": ["Mogadishu"],
    "AE": ["Sharjah", "Fujairah"],
    "SA": ["Jeddah"],
    "TD": ["Amdjarass", "Abeche"],
    "KE": ["Lokichoggio"],
}
_AIRPORTS = {
    "OIII": ["Mehrabad Airport", "Mehrabad", "OIII"],
    "OSDI": ["Damascus International Airport", "OSDI"],
    "OSLK": ["Hmeimim", "Hmeimim air base"],
    "HLLB": ["Benina"],
    "ZKPY": ["Sunan", "ZKPY"],
    "UHWW": ["UHWW", "Knevichi"],
    "UUMU": ["Chkalovsky"],
    "HSSS": ["Khartoum International Airport", "HSSS"],
    "GABS": ["Senou", "GABS"],
    "LTAC": ["Esenboga"],
    "LTAE": ["Murted air base"],
    "EPRZ": ["EPRZ"],
    "KDOV": ["Dover Air Force Base"],
    "LLNV": ["Nevatim"],
    "UBBB": ["UBBB"],
    "HUEN": ["HUEN"],
    "FZNA": ["FZNA"],
    "OMSJ": ["OMSJ"],
}
_COUNTRIES = {
    "RU": ["Russia", "Russian"],
    "KP": ["North Korea", "North Korean"],
    "IR": ["Iran", "Iranian"],
    "SY": ["Syria", "Syrian"],
    "LY": ["Libya", "Libyan"],
    "ML": ["Mali", "Malian"],
    "SD": ["Sudan", "Sudanese"],
    "UA": ["Ukraine", "Ukrainian"],
    "BY": ["Belarus", "Belarusian"],
    "IL": ["Israel", "Israeli"],
    "CN": ["China", "Chinese"],
    "VE": ["Venezuela", "Venezuelan"],
    "CU": ["Cuba", "Cuban"],
    "KZ": ["Kazakhstan", "Kazakh"],
    "KG": ["Kyrgyzstan", "Kyrgyz"],
    "TR": ["Turkey", "Turkish"],
    "US": ["United States", "American", "U.S."],
    "PL": ["Poland", "Polish"],
    "MD": ["Moldova", "Moldovan"],
    "RW": ["Rwanda", "Rwandan"],
    "CD": ["Congo", "Congolese"],
    "AO": ["Angola", "Angolan"],
    "AE": ["United Arab Emirates", "Emirati"],
    "TD": ["Chad"],
    "CY": ["Cyprus"],
    "AZ": ["Azerbaijan", "Azerbaijani"],
    "PK": ["Pakistan", "Pakistani"],
    "MM": ["Myanmar"],
    "KE": ["Kenya", "Kenyan"],
    "ET": ["Ethiopia", "Ethiopian"],
    "NI": ["Nicaragua"],
    "CO": ["Colombia"],
    "SO": ["Somalia"],
    "GR": ["Greece"],
    "IQ": ["Iraq"],
}
_TYPES = {
    "IL76": ["Il-76s", "Il-76TDs", "Il-76TD", "Il-76", "Candid", "Candids", "Ilyushin Il-76"],
    "A124": ["An-124", "An-124s", "Ruslan"],
    "AN12": ["An-12", "An-12s", "Antonov An-12"],
    "AN26": ["An-26", "An-26s"],
    "AN32": ["An-32"],
    "C130": ["C-130", "C-130s", "Hercules"],
    "B742": ["Boeing 747-200F", "747-200F"],
    "B744": ["Boeing 747-400", "747"],
    "B703": ["Boeing 707", "707"],
    "C17": ["C-17", "C-17s"],
    "IL62": ["Il-62M"],
    "T154": ["Tu-154M", "Tu-154"],
    "A306": ["A300-600", "A300"],
    "MD11": ["MD-11"],
    "L410": ["L-410"],
    "GLF5": ["Gulfstream V"],
    "Y20": ["Y-20s", "Y-20"],
    "IL18": ["Il-18"],
    "A332": ["A330"],
    "BE20": ["King Air"],
    "DC6": ["DC-6"],
}
_AIRCRAFT = [
    "RA-78830",
    "RA-82030",
    "RA-82042",
    "EP-QZA",
    "EP-QZB",
    "UR-ZQA",
    "UR-ZQB",
    "EX-76Z1",
    "EX-76Z2",
    "9Q-CZQ",
    "TN-AZQ",
    "5Y-ZQB",
    "EW-900TZ",
    "YV-9Z1T",
    "4K-AZ99Z",
    "N900ZQ",
    "3X-GZQ",
    "ER-IZQ",
    "D2-FZQ",
    "ST-ZQA",
    "16-9901",
    "16-9902",
    "RF-90001",
]
_OPERATORS = [
    "Russian Air Force",
    "224th Flight Unit",
    "Zephyr Cargo",
    "Kavir Air",
    "Qanat Airlines",
    "Bluegum Air",
    "Savanna Wings",
    "Air Koryo",
    "Polissya Freight",
    "Orinoco Lift",
    "Turkish Air Force",
    "Sri Lanka Air Force",
    "Royal Jordanian Air Force",
    "Lomami Air",
    "Steppe Cargo",
]
_PERSONS = ["Sergei Ivanov", "Maria Tesfaye", "John Okello"]
_ORGANIZATIONS = ["Foreign Ministry", "Panel of Experts", "FlightWatch", "UNITA", "Hezbollah", "Red Cross"]
_WEAPONS = {
    "missile": ["missile", "missiles"],
    "drone": ["drones", "drone"],
    "ammunition": ["ammunition", "shells"],
    "rocket": ["rockets"],
    "small-arms": ["rifles"],
    "arms": ["weapons", "arms"],
}


def _gazetteer() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for kind, table in (
        ("Airport", _AIRPORTS),
        ("Country", _COUNTRIES),
        ("AircraftType", _TYPES),
        ("Weapon", _WEAPONS),
    ):
        found += [{"kind": kind, "key": key, "names": names} for key, names in table.items()]
    found += [
        {"kind": "Place", "key": key, "names": [name]} for key, names in _PLACES.items() for name in names
    ]
    found += [{"kind": "Aircraft", "key": name, "names": [name]} for name in _AIRCRAFT]
    for kind, names in (("Operator", _OPERATORS), ("Person", _PERSONS), ("Organization", _ORGANIZATIONS)):
        found += [{"kind": kind, "key": None, "names": [name]} for name in names]
    return found


@cache
def language() -> Language:
    nlp = models.load()
    tokens.customise(nlp)
    return nlp


def annotate(text: str, title: str = "", published: date = PUBLISHED) -> Annotated:
    """The text with a mention at every name of the gazetteer that it holds."""
    content = f"{title}\n\n{text}" if title else text
    present = []
    for entity in _gazetteer():
        names = [name for name in entity["names"] if name in content]
        if names:
            present.append({**entity, "names": names})
    return gold.annotate(
        {
            "title": title,
            "text": text,
            "publisher": None,
            "published": published.isoformat(),
            "entities": present,
        },
        language(),
    )


def flights(text: str, title: str = "", published: date = PUBLISHED) -> list[str]:
    """The flights of the text, each as one line: what, from where to where, when, night, how many,
    whether.
    """
    annotated = annotate(text, title, published)
    return [line(annotated, flight) for flight in reported_flights.find(annotated)]


def line(annotated: Annotated, flight: ReportedFlight) -> str:
    """ "RA-82030 A124 224th Flight Unit (RU) Vladivostok>Sunan 2024-03-21 night x2 not"."""

    def name(ref: Any) -> str:
        entity: Entity = annotated.entity(ref)
        return entity.key if entity.key and entity.kind in ("Aircraft", "AircraftType") else entity.names[0]

    def end(point: Any) -> str:
        if point is None:
            return "?"
        parts = [name(slot.entity) for slot in (point.place, point.airport) if slot]
        return "/".join(parts) if parts else point.country.entity.id if point.country else "?"

    words = [name(s.entity) for slots in (flight.aircraft, flight.types, flight.operator) for s in slots]
    if flight.state:
        words.append(f"({','.join(s.entity.id for s in flight.state)})")
    words.append(f"{end(flight.origin)}>{end(flight.destination)}")
    if flight.event:
        first, last = flight.event.earliest, flight.event.latest
        words.append(str(first) if first == last else f"{first or ''}..{last or ''}")
    if flight.night is not None:
        words.append("night" if flight.night else "day")
    if flight.count is not None:
        words.append(f"x{flight.count}")
    if not flight.happened:
        words.append("not")
    return " ".join(words)
