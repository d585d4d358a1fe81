"""Every other format: real samples where there are some, small ones written here, and the found format."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path
from typing import Literal

import numpy as np
import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from tailgraph.errors import InputRefused
from tailgraph.flights.derive import derive
from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN
from tailgraph.flights.readers import read
from tailgraph.flights.readers.batch import read_each
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.detect import READERS, read_content
from tailgraph.flights.readers.reading import Reading
from tests.flights import samples

T = 1_710_952_200


def parse(text: str | bytes, aircraft: str | None = None) -> Reading:
    return read_content(Content(text if isinstance(text, bytes) else text.encode(), "file", aircraft))


def json(value: object) -> bytes:
    return orjson.dumps(value)


def gist(reading: Reading) -> list[tuple[object, ...]]:
    rows = reading.positions
    return [
        (
            rows.aircraft[rows.code[i]],
            rows.time[i],
            rows.latitude[i],
            rows.longitude[i],
            None if np.isnan(rows.altitude_ft[i]) else round(float(rows.altitude_ft[i])),
            int(rows.ground[i]),
            None if np.isnan(rows.ground_speed_kt[i]) else round(float(rows.ground_speed_kt[i])),
            rows.callsign[i].decode(),
        )
        for i in range(len(rows))
    ]


STATE_VECTORS = """time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,squawk,\
baroaltitude,geoaltitude,lastposupdate
1710952205,15406e,43.4,132.1,100,231.5,5,RFF1    ,False,2612,3048,3100,1710952200.5
1710952215,15406e,,,100,231.5,5,RFF1    ,False,2612,3048,3100,
1710952210,15406e,43.3,132.0,,,,,True,,,,1710952209
"""
ROWS = [
    ("15406e", 1710952200.5, 43.4, 132.1, 10000, AIR, 194, "RFF1"),
    ("15406e", 1710952209.0, 43.3, 132.0, None, GROUND, None, ""),
]


def test_opensky_state_vectors_as_csv() -> None:
    reading = parse(STATE_VECTORS)
    assert (reading.format, reading.rows, gist(reading)) == ("OpenSky state vectors", 3, ROWS)
    assert [one.where for one in reading.refused] == ["line 3"]


def test_opensky_state_vectors_as_parquet() -> None:
    table = pa.table(
        {
            "time": [T, T],
            "icao24": ["15406e", "15406e"],
            "lat": [43.4, 43.3],
            "lon": [132.1, 132.0],
            "velocity": [100.0, None],
            "onground": [False, True],
            "baroaltitude": [3048.0, None],
            "callsign": ["RFF1", None],
            "lastposupdate": [1710952200.5, 1710952209.0],
        }
    )
    out = io.BytesIO()
    parquet.write_table(table, out)
    assert gist(parse(out.getvalue())) == ROWS


def test_opensky_answers() -> None:
    state = [
        "15406e",
        "RFF1    ",
        "Russia",
        T,
        T + 2,
        132.1,
        43.4,
        3048,
        False,
        100,
        231.5,
        5,
        None,
        3100,
        "2612",
        False,
        0,
    ]
    reading = parse(json({"time": T, "states": [state, ["15406e"], [*state[:5], None, None, *state[7:]]]}))
    assert gist(reading) == [("15406e", T, 43.4, 132.1, 10000, AIR, 194, "RFF1")]
    assert [one.where for one in reading.refused] == ["states[1]", "states[2]"]
    track = {
        "icao24": "15406e",
        "callsign": "RFF1",
        "startTime": T,
        "endTime": T,
        "path": [[T, 43.4, 132.1, 3048, 231.5, False], [T, None, None, 0, 0, True]],
    }
    assert gist(parse(json(track))) == [("15406e", T, 43.4, 132.1, 10000, AIR, None, "RFF1")]
    with pytest.raises(InputRefused, match=r"no positions.*Fetch /tracks/all"):
        parse(json([{"icao24": "15406e", "firstSeen": T, "lastSeen": T, "estDepartureAirport": "UHWW"}]))


@samples.needed
def test_the_opensky_sample_is_one_flight() -> None:
    reading = read(samples.FOLDER / "opensky_elal747.json.gz")
    flights = derive(reading.positions)
    assert reading.refused_count == 0
    assert [
        (
            flight.icao24,
            flight.callsigns,
            flight.departure and flight.departure.airport,
            flight.arrival and flight.arrival.airport,
        )
        for flight in flights
    ] == [("738043", ("ELY1747",), "LIRF", "LLBG")]


def test_a_data_frame_in_milliseconds_or_iso_without_zone() -> None:
    row = {
        "icao24": "15406e",
        "latitude": 43.4,
        "longitude": 132.1,
        "altitude": 10000,
        "groundspeed": 194,
        "callsign": "RFF1",
        "onground": False,
    }
    for stamp in (T * 1000, "2024-03-20 16:30:00", "2024-03-20T16:30:00Z"):
        assert gist(parse(json([{"timestamp": stamp, **row}]))) == [
            ("15406e", T, 43.4, 132.1, 10000, AIR, 194, "RFF1")
        ]


@samples.needed
def test_the_flightradar24_sample() -> None:
    reading = read(samples.FOLDER / "fr24_playback_ANZ1005.csv")
    assert (reading.format, reading.rows, reading.refused_count) == ("Flightradar24 CSV", 13, 0)
    assert reading.positions.aircraft == (f"file:{reading.digest}",)
    assert gist(reading)[0][1:] == (1635481576, 33.943356, -118.42868, 500, GROUND_UNKNOWN, 0, "ANZ1005")


def test_flightradar24_with_two_columns_of_place_and_a_named_aircraft() -> None:
    header = "Timestamp,UTC,Callsign,Latitude,Longitude,Altitude,Speed,Direction"
    text = f"{header}\n1710952200,x,RFF1,43.4,132.1,0,12,90\n"
    assert gist(parse(text, "reg:RA-82030")) == [("reg:RA-82030", T, 43.4, 132.1, 0, GROUND, 12, "RFF1")]


@samples.needed
def test_the_flightaware_sample() -> None:
    reading = read(samples.FOLDER / "flightaware_DLH1534.kml", aircraft="D-AIZZ")
    assert (reading.rows, reading.refused_count, reading.positions.aircraft) == (87, 0, ("reg:D-AIZZ",))
    (flight,) = derive(reading.positions)
    assert (flight.registration, flight.icao24, flight.callsigns) == ("D-AIZZ", None, ("DLH1534",))
    assert flight.vanished_toward is not None and flight.vanished_toward.airport == "EDDF"
    assert flight.appeared_from is not None and flight.appeared_from.airport == "LSZH"


def test_flightradar24_kml() -> None:
    point = """<Placemark><TimeStamp><when>2024-03-20T16:30:00+00:00</when></TimeStamp>
      <description><![CDATA[<b>Altitude:</b> 10,000 ft <b>Speed:</b> 194 kt
      <b>Heading:</b> 231&deg;]]></description>
      <Point><altitudeMode>absolute</altitudeMode>
      <coordinates>132.1,43.4,3048</coordinates></Point></Placemark>"""
    text = (
        f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>RFF1</name>{point}'
        "<Placemark><when>never</when></Placemark></Document></kml>"
    )
    reading = parse(text)
    assert [row[1:] for row in gist(reading)] == [(T, 43.4, 132.1, 10000, GROUND_UNKNOWN, 194, "RFF1")]
    assert [one.where for one in reading.refused] == ["point 2"]


def test_gpx() -> None:
    text = """<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
      <trkpt lat="43.4" lon="132.1"><ele>3048</ele><time>2024-03-20T16:30:00Z</time><speed>100</speed></trkpt>
      <trkpt lat="north" lon="132.1"><time>2024-03-20T16:30:00Z</time></trkpt></trkseg></trk></gpx>"""
    reading = parse(text, "15406e")
    assert gist(reading) == [("15406e", T, 43.4, 132.1, 10000, GROUND_UNKNOWN, 194, "")]
    assert [one.where for one in reading.refused] == ["trkpt 2"]


def test_basestation_joins_what_one_aircraft_sends_in_parts() -> None:
    def message(kind: int, *tail: str) -> str:
        return f"MSG,{kind},1,1,15406E,1,2024/03/20,16:30:00.000,2024/03/20,16:30:00.000," + ",".join(tail)

    text = "\n".join(
        [
            message(1, "RFF1", *[""] * 11),
            message(4, "", "", "194", "231", "", "", "500", *[""] * 5),
            message(3, "", "10000", "", "", "43.4", "132.1", "", "", "0", "0", "0", "0"),
            message(2, "", "", "12", "", "43.4", "132.1", "", "", "", "", "", "-1"),
            "SEL,,1,1,15406E",
            "MSG,3,nonsense",
        ]
    )
    reading = parse(text)
    assert gist(reading) == [
        ("15406e", T, 43.4, 132.1, 10000, AIR, 194, "RFF1"),
        ("15406e", T, 43.4, 132.1, None, GROUND, 12, "RFF1"),
    ]
    assert [one.where for one in reading.refused] == ["line 6"]


def test_snapshots_of_one_receiver() -> None:
    seen = {
        "hex": "15406e",
        "lat": 43.4,
        "lon": 132.1,
        "seen_pos": 1.5,
        "alt_baro": 10000,
        "gs": 194.2,
        "flight": "RFF1    ",
        "r": "RA-82030",
        "t": "A124",
    }
    parked = {"hex": "~2abcde", "lat": 43.3, "lon": 132.0, "seen_pos": 0, "alt_baro": "ground"}
    one = {"now": T + 1.5, "messages": 5, "aircraft": [seen, parked, {"hex": "155555"}, 7]}
    expected = [
        ("15406e", T, 43.4, 132.1, 10000, AIR, 194, "RFF1"),
        ("~2abcde", T + 1.5, 43.3, 132.0, None, GROUND, None, ""),
    ]
    reading = parse(json(one))
    assert gist(reading) == expected
    assert [refused.where for refused in reading.refused] == ["aircraft[3]"]
    assert gist(parse(json({"ac": [seen, parked], "now": (T + 1.5) * 1000}))) == expected
    later = {**one, "now": T + 11.5, "aircraft": [seen]}
    lines = parse(json(one) + b"\n" + json(later) + b"\n{broken\n")
    assert gist(lines) == [*expected, ("15406e", T + 10, 43.4, 132.1, 10000, AIR, 194, "RFF1")]


TRACE = {"icao": "15406e", "timestamp": T, "trace": [[0, 43.4, 132.1, 10000, 194, 231, 0, 500, None]]}


def tar_of(path: Path, files: dict[str, bytes], mode: Literal["w", "w:gz"]) -> Path:
    with tarfile.open(path, mode) as archive:
        link = tarfile.TarInfo("evil")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_is_read_member_by_member(tmp_path: Path, mode: Literal["w", "w:gz"]) -> None:
    files = {
        "./traces/6e/trace_full_15406e.json": gzip.compress(json(TRACE)),
        "../../escape.json": b"nonsense",
    }
    path = tar_of(tmp_path / "day.tar", files, mode)
    results = list(read_each([path]))
    assert [name for name, _ in results] == [f"{path}:{name}" for name in files]
    assert isinstance(results[0][1], Reading) and len(results[0][1].positions) == 1
    assert isinstance(results[1][1], InputRefused)
    assert [found.name for found in tmp_path.iterdir()] == ["day.tar"]


def test_a_tar_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "day.tar", {"a.json": json(TRACE), "b.json": b"x" * 5000}, "w")
    path.write_bytes(path.read_bytes()[:3000])
    results = [result for _, result in read_each([path])]
    assert isinstance(results[0], Reading)
    assert [type(result) for result in results[1:]] == [InputRefused]


def test_a_folder_is_walked_and_its_bad_files_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.json").write_bytes(json(TRACE))
    (tmp_path / "b.txt").write_text("not a track")
    (tmp_path / ".hidden").write_text("not looked at")
    results = {
        Path(name).name: type(result) for name, result in read_each([tmp_path, tmp_path / "missing"])
    }
    assert results == {"one.json": Reading, "b.txt": InputRefused, "missing": InputRefused}


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>',
        "<kml>" + "<a>" * 100_000,
        "<kml><unclosed>",
        "<gpx></gpx",
        "<gpx>" + "<trkpt>" * 70 + "</trkpt>" * 70 + "</gpx>",
        '<?xml version="1.0" encoding="utf-16"?><kml></kml>',
        "<kml>\0</kml>",
    ],
)
def test_dangerous_and_broken_xml_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        parse(text)


@pytest.mark.parametrize(
    "data",
    [
        b"PAR1" + b"x" * 100,
        b"PAR1",
        b"[1, 2, 3]",
        b"[]",
        b'{"states": [1]}',
        b"{}",
        b'{"path": [[]], "icao24": 7}',
        b'{"now": 1, "aircraft": [{"lat": 1}]}',
        b"MSG,3,1,1,zzzzzz,1,a,b,c,d,e,f,g,h,i,j",
        b"<html></html>",
        b"\xff\xfe\x00",
    ],
)
def test_other_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        parse(data)


def test_every_reader_has_the_same_three_names() -> None:
    assert [
        reader
        for reader in READERS
        if not (isinstance(reader.FORMAT, str) and callable(reader.matches) and callable(reader.parse))
    ] == []
    folder = Path(__file__).resolve().parents[2] / "flights" / "readers"
    modules = {
        path.stem for path in folder.glob("*.py") if "\ndef matches(" in path.read_text(encoding="utf-8")
    }
    assert {reader.__name__.rpartition(".")[2] for reader in READERS} == modules
