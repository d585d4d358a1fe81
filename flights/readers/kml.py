"""KML as FlightAware and Flightradar24 give it.

FlightAware: a `gx:Track` with as many `when` as `gx:coord` ("longitude latitude metres"); the call sign is
the placemark's name. Flightradar24: one placemark a report, with `TimeStamp/when`, `Point/coordinates`
("longitude,latitude,metres") and a description that holds "Altitude: … ft", "Speed: … kt", "Heading: …°";
the document's name begins with the call sign. Neither has an address: `--aircraft`, else an unknown
aircraft.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from tailgraph.flights.readers import fields
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.gather import Gather
from tailgraph.flights.readers.markup import child_text, elements, local
from tailgraph.flights.readers.reading import Reading

FORMAT = "KML"
_TAG = re.compile(r"<[^>]{0,200}>")
_SAID = {"altitude_ft": re.compile(r"Altitude:\s*([\d,]{1,7})\s*ft", re.IGNORECASE),
         "ground_speed_kt": re.compile(r"Speed:\s*([\d,]{1,6})\s*kt", re.IGNORECASE),
         "track_deg": re.compile(r"Heading:\s*(\d{1,3})", re.IGNORECASE)}
_MARK = re.compile(r"(?:FlightAware\s+\S+\s+)?([A-Z0-9]{2,8})\b")


def matches(content: Content) -> bool:
    return content.head.startswith(b"<") and b"<kml" in content.head


def parse(content: Content) -> Reading:
    """Raises InputRefused on broken XML or when no point can be used."""
    gather = Gather(content, FORMAT)
    key = content.aircraft or f"file:{content.digest}"
    document = b""
    for element in elements(content):
        name = local(element)
        if name == "name" and not document:
            document = _callsign(element.text)
        elif name == "Placemark":
            _placemark(gather, element, key, document)
    return gather.reading()


def _callsign(text: str | None) -> bytes:
    match = _MARK.match((text or "").strip())
    return fields.callsign(match[1]) if match else b""


def _placemark(gather: Gather, element: ElementTree.Element, key: str, document: bytes) -> None:
    track = next((found for found in element.iter() if local(found) == "Track"), None)
    if track is not None:
        _track(gather, track, key, _callsign(child_text(element, "name")) or document)
    elif (when := child_text(element, "when")) is not None:
        where = f"point {gather.rows + 1}"
        place = (child_text(element, "coordinates") or "").strip().split(",")
        said = _TAG.sub("", child_text(element, "description") or "")[:2000]
        more: dict[str, Any] = {name: gather.number(where, name, match[1].replace(",", ""))
                                for name, form in _SAID.items() if (match := form.search(said))}
        if "altitude_ft" not in more and len(place) > 2:
            more["altitude_ft"] = gather.number(where, "altitude", place[2], fields.FT_PER_M)
        gather.add(where, key, when.strip(), *_latitude_first(place), callsign=document, **more)


def _track(gather: Gather, track: ElementTree.Element, key: str, callsign: bytes) -> None:
    times = [child.text or "" for child in track if local(child) == "when"]
    places = [(child.text or "").split() for child in track if local(child) == "coord"]
    for i in range(max(len(times), len(places))):
        where = f"point {gather.rows + 1}"
        if i >= min(len(times), len(places)):
            gather.refuse(where, "has a time without a place, or a place without a time")
            continue
        place = places[i]
        feet = gather.number(where, "altitude", place[2], fields.FT_PER_M) if len(place) > 2 else None
        gather.add(where, key, times[i].strip(), *_latitude_first(place), altitude_ft=feet, callsign=callsign)


def _latitude_first(place: list[str]) -> tuple[str | None, str | None]:
    return (place[1], place[0]) if len(place) >= 2 else (None, None)
