"""Damaged track files of every format: nothing but our own errors, and what is read can be derived from."""

from __future__ import annotations

import random

import pytest

from tailgraph.errors import InputRefused
from tailgraph.flights.derive import derive
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.detect import read_content

T = 1_710_928_800
WHOLE = {
    "readsb trace": b'{"icao":"15406e","r":"RA-82030","t":"A124","timestamp":%d,"trace":['
                    b'[0.1,43.4,132.1,3000,200.5,90.1,0,64,{"flight":"RFF1  ","squawk":"1234"},'
                    b'"adsb_icao",3100],[10.1,43.4,132.12,"ground",null,null,2,null,null],'
                    b'[20,43.4,132.13,null,210,91,1,0,null]]}' % T,
    "aircraft.json": b'{"now":%d.1,"aircraft":[{"hex":"15406e","flight":"RFF1","lat":43.4,"lon":132.1,'
                     b'"alt_baro":3000,"gs":200,"track":90,"seen_pos":0.1}]}' % T,
    "OpenSky states": b'{"time":%d,"states":[["15406e","RFF1","Russia",%d,%d,132.1,43.4,1000.0,false,'
                      b'200.0,90.0,1.0,null,1100.0,"1234",false,0]]}' % (T, T, T),
    "OpenSky track": b'{"icao24":"15406e","callsign":"RFF1","path":[[%d,43.4,132.1,1000,90,false],'
                     b'[%d,43.4,132.2,1100,90,false]]}' % (T, T + 60),
    "JSON table": b'[{"timestamp":%d,"icao24":"15406e","latitude":43.4,"longitude":132.1,'
                  b'"altitude":3000}]' % T,
    "OpenSky CSV": b"time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,squawk,baroaltitude\n"
                   b"%d,15406e,43.4,132.1,200,90,1,RFF1,False,1234,1000\n" % T,
    "playback CSV": b'Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction\n'
                    b'%d,2024-03-20T10:00:00Z,RFF1,"43.4,132.1",3000,200,90\n' % T,
    "Tailgraph CSV": b"time,icao24,latitude,longitude,altitude_ft,on_ground\n"
                     b"2024-03-20T10:00:00Z,15406e,43.4,132.1,3000,false\n",
    "BaseStation": b"MSG,3,1,1,15406E,1,2024/03/20,10:00:00.000,2024/03/20,10:00:00.000"
                   b",,3000,,,43.4,132.1,,,0,0,0,0\n",
    "GPX": b'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
           b'<trkpt lat="43.4" lon="132.1"><ele>900</ele><time>2024-03-20T10:00:00Z</time></trkpt>'
           b'</trkseg></trk></gpx>',
    "KML": b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" '
           b'xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark><gx:Track>'
           b'<when>2024-03-20T10:00:00Z</when><gx:coord>132.1 43.4 900</gx:coord></gx:Track>'
           b'</Placemark></kml>',
}
PIECES = (b"null", b"NaN", b"1e400", b"-1", b'""', b"[]", b"{}", b"\x00", b"\xff", b"9" * 30, b",", b'"',
          b"true", b"\n", b"1e-9", b"ground", b"<", b"&x;", b"\xe2\x80\xae", b"=1+1")


def damaged(whole: bytes, draw: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(draw.randint(1, 5)):
        at = draw.randrange(len(data) + 1)
        match draw.randrange(4):
            case 0 | 1:
                data[at:at + draw.randint(0, 6)] = draw.choice(PIECES)
            case 2 if at < len(data):
                data[at] = draw.randrange(256)
            case _:
                del data[at:at + draw.randint(1, 15)]
    return bytes(data)


@pytest.mark.parametrize("count", [150, pytest.param(10_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("form", WHOLE)
def test_damaged_files_raise_nothing_but_our_own_errors(form: str, count: int) -> None:
    draw, read = random.Random(form), 0
    assert len(read_content(Content(WHOLE[form], form, "15406e")).positions)
    for number in range(count):
        try:
            reading = read_content(Content(damaged(WHOLE[form], draw), form, "15406e"))
        except InputRefused:
            continue
        read += 1
        if number % 20 == 0:
            derive(reading.positions, overflown=True)
    assert read, "the damage was so great that no reader was tested"
