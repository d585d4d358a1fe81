"""The picture and the page: well-formed, alone, the same each time, and deaf to hostile names."""

from __future__ import annotations

import re
import xml.etree.ElementTree as xml
from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.flights.chart.page import page
from tailgraph.flights.chart.picture import ZOOM, png
from tailgraph.flights.chart.scene import Part, compose
from tailgraph.flights.chart.svg import picture
from tailgraph.flights.sun import LIMITS_DEG
from tests.flights.chart.flown import airport, leg

SUNSET = LIMITS_DEG["sunset"]
FLIGHT = leg(transponder_off=[{"from_min": 25, "to_min": 40}])
SCENE = compose("T", [FLIGHT], SUNSET)
# A page of a few lines: what stands on it is the same for every name.
BARE = replace(SCENE, countries=(), grid=(), flights=tuple(
    replace(flight, leg=replace(flight.leg, facts=(("aircraft", "T"),))) for flight in SCENE.flights))
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ['</title><script>alert(1)</script>', '" onload="alert(1)', "a\x00b\x1b[31m", "\ud800",
           "\u202eabc", "&lt;", "]]>", "javascript:x"]


def test_is_one_well_formed_document_without_references() -> None:
    svg = picture(SCENE)
    root = xml.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert re.findall(r"(?:href|src|url\()[^\s>]*", svg) == []
    assert len(root.findall(f".//{SVG}g[@class='flight']")) == 1


def test_is_the_same_each_time() -> None:
    again = compose("T", [FLIGHT], SUNSET)
    assert picture(again) == picture(SCENE)
    assert page(again) == page(SCENE)


def test_says_what_was_not_received_and_what_it_only_points_to() -> None:
    notes = [element.text or "" for element in xml.fromstring(picture(SCENE)).iter(f"{SVG}title")]
    assert sum("nothing received" in note for note in notes) == 1
    assert sum("received by night" in note for note in notes) >= 2
    assert {spot.airport.icao: spot.part for spot in SCENE.spots} == {
        "UHWW": Part.SEEN, "ZKPY": Part.POINTED_TO, "ZKWS": Part.RIVAL}
    assert [len(flight.pointers) for flight in SCENE.flights] == [1]


def test_fields_near_an_end_that_was_seen_do_not_fit_as_well() -> None:
    first, last = FLIGHT.ends
    seen = compose("T", [replace(FLIGHT, ends=(replace(first, rivals=(airport("UHWP"),)), last))], SUNSET)
    assert [spot.airport.icao for spot in seen.spots if spot.part is Part.RIVAL] == ["ZKWS"]


def test_what_was_seen_lies_above_what_only_fits() -> None:
    svg = picture(SCENE)
    places = [svg.index(f"{note}</title></circle>") for note in ("as well", "vanished toward", "departed")]
    assert places == sorted(places)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(HOSTILE) | st.text(max_size=60), st.text(max_size=40))
def test_no_name_becomes_anything_but_text(title: str, fact: str) -> None:
    wicked = replace(BARE, title=title, flights=tuple(
        replace(flight, leg=replace(flight.leg, title=title, facts=(("aircraft", fact),)))
        for flight in BARE.flights))
    assert shape(picture(wicked)) == shape(picture(BARE))
    assert page(wicked).count("<script") == 1
    assert len(re.findall(r"<[a-z]", page(wicked))) == len(re.findall(r"<[a-z]", page(BARE)))


def shape(svg: str) -> list[tuple[str, list[str]]]:
    return [(element.tag, sorted(element.attrib)) for element in xml.fromstring(svg).iter()]


def test_png_is_a_picture_of_the_right_size() -> None:
    data = png(picture(SCENE))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width = int.from_bytes(data[16:20], "big")
    assert width == 1000 * ZOOM


def test_the_way_back_does_not_hide_the_way_there() -> None:
    there = leg()
    back = leg(**{"from": "ZKPY", "to": "UHWW", "departure": "2024-03-21T02:00:00Z"})
    one, other = compose("T", [there, back], SUNSET).flights
    lines = [shapely.LineString(np.vstack([line.points for line in f.strokes])) for f in (one, other)]
    # 5.2 pixels between the two lanes, less what a great circle there and its way back differ.
    assert 3 < lines[1].distance(lines[0].interpolate(0.5, normalized=True)) < 7
    for flight, line in zip((one, other), lines, strict=True):
        assert flight.clocks
        assert all(line.distance(shapely.Point(c.x, c.y)) < 4 for c in flight.clocks)
        assert all(c.text.startswith(("20 Mar ", "21 Mar ")) for c in flight.clocks)
