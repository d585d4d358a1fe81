"""Aircraft tables of every format, told apart by content; rows invented, or of well-known airframes."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tailgraph.errors import InputRefused
from tailgraph.graph.aircraft_table import Entry
from tailgraph.ingest.registers import content, detect
from tailgraph.ingest.registers.detect import Reading

TAR1090 = r"""15406E;RA-82030;A124;11;ANTONOV An-124 Ruslan;1991;224th Flight Unit;
4CA1B2;EI-XYZ;B738;00;BOEING 737\; the 800;;;
010101;TWR;TWR;00;;;;
4CA1B3;;;;;;;
"""
OPENSKY = """'icao24','timestamp','acars','adsb','built','country','manufacturerIcao','model','operator',\
'operatorIcao','owner','registered','regUntil','registration','serialNumber','typecode','vdl'
'15406e','2017-09-15 00:10:03',0,0,,Russia,ANTONOV,An-124-100,'','TTF','',,,RA-82030,9773054732039,A124,0
a6c64d,'2022-10-14 19:00:00',0,0,'2008-01-01',United States,'VAN''S',RV-7A,'','',Walker M,'','2029-10-31',\
N5357,WERLE001,RV7,0
'000000','2017-10-19 18:30:18',0,0,,'','','',unknow,'','',,,'','','',0
"""
OPENSKY_OLD = """"icao24","registration","manufacturericao","model","typecode","serialnumber","operator",\
"operatoricao","owner","registered","reguntil"
"15406e","RA82030","ANTONOV","An-124-100","A124","9773054732039","Some ""Line"", the","","","2001-01-01",""
"""
PLANE_ALERT = """$ICAO,$Registration,$Operator,$Type,$ICAO Type,#CMPG,$Tag 1,$#Tag 2,$#Tag 3,Category,$#Link
7277A8,P-632,Air Koryo,Tupolev Tu-204-300,T204,Gov,,,,,
AE1234,00-1234,US Air Force,Boeing C-17,C17,Mil,,,,,
A038BC,N82123
"""
MICTRONICS = {"15406E": ["RA-82030", "A124", "10"], "7277A8": ["P-632", "T204", "00", "Tu-204-300"],
              "4CA1B2": {"r": "EI-XYZ", "t": "B738", "f": "00", "d": "BOEING 737-800"}}
OWN = """registration,icao24,type,msn,operator,state,from,to,source
UR82060,508035,A225,19530503763,Antonov Airlines,Ukraine,,2022-02-27,A book
"""
ANTONOV = Entry(1, "15406e", "RA-82030", "A124", "ANTONOV An-124 Ruslan", owner="224th Flight Unit",
                military=True)


def read(path: Path) -> tuple[Reading, list[Entry]]:
    with detect.read(path) as reading:
        return reading, list(reading.entries())


def entries(tmp_path: Path, text: str, name: str = "table") -> list[Entry]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)[1]


def test_tar1090(tmp_path: Path) -> None:
    assert entries(tmp_path, TAR1090) == [
        ANTONOV, Entry(2, "4ca1b2", "EI-XYZ", "B738", "BOEING 737; the 800", military=False),
        Entry(4, "4ca1b3")]


def test_tar1090_of_older_editions_without_year_and_owner(tmp_path: Path) -> None:
    assert entries(tmp_path, "15406E;RA-82030;A124;11;ANTONOV An-124 Ruslan;\n7277A8;P-632;T204;00\n") == [
        Entry(1, "15406e", "RA-82030", "A124", "ANTONOV An-124 Ruslan", military=True),
        Entry(2, "7277a8", "P-632", "T204", military=False)]


def test_opensky_of_both_styles(tmp_path: Path) -> None:
    assert entries(tmp_path, OPENSKY) == [
        Entry(2, "15406e", "RA-82030", "A124", "An-124-100", "9773054732039", "224th Flight Unit"),
        Entry(3, "a6c64d", "N5357", "RV7", "RV-7A", "WERLE001", owner="Walker M")]
    assert entries(tmp_path, OPENSKY_OLD) == [
        Entry(2, "15406e", "RA-82030", "A124", "An-124-100", "9773054732039", 'Some "Line", the')]


def test_plane_alert(tmp_path: Path) -> None:
    assert entries(tmp_path, PLANE_ALERT) == [
        Entry(2, "7277a8", "P-632", "T204", "Tupolev Tu-204-300", operator="Air Koryo", military=False),
        Entry(3, "ae1234", "00-1234", "C17", "Boeing C-17", operator="US Air Force", military=True),
        Entry(4, "a038bc", "N82123")]


def test_mictronics_and_its_zip(tmp_path: Path) -> None:
    expected = [Entry(1, "15406e", "RA-82030", "A124", military=True),
                Entry(2, "7277a8", "P-632", "T204", "Tu-204-300", military=False),
                Entry(3, "4ca1b2", "EI-XYZ", "B738", "BOEING 737-800", military=False)]
    assert entries(tmp_path, json.dumps(MICTRONICS)) == expected
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("operators.json", json.dumps({"AAA": ["A", "B", "C"]}))
        archive.writestr("db/aircrafts.json", json.dumps(MICTRONICS, indent=1))
    assert read(tmp_path / "packed")[1] == expected


def test_a_block_of_tar1090_takes_its_first_digits_from_its_name(tmp_path: Path) -> None:
    block = json.dumps({"406E": ["RA-82030", "A124", "11", "ANTONOV"], "children": ["150"]})
    assert entries(tmp_path, block, "15.js") == [
        Entry(1, "15406e", "RA-82030", "A124", "ANTONOV", military=True)]
    with pytest.raises(InputRefused, match="published name"):
        entries(tmp_path, block, "block.js")


def test_our_own(tmp_path: Path) -> None:
    assert entries(tmp_path, "\ufeff\n" + OWN) == [
        Entry(3, "508035", "UR-82060", "A225", msn="19530503763", operator="Antonov Airlines", country="UA",
              until=date(2022, 2, 27), source="A book")]


@pytest.mark.parametrize("text", [TAR1090, OPENSKY, PLANE_ALERT, json.dumps(MICTRONICS)])
def test_packed_under_any_name_is_read_the_same(tmp_path: Path, text: str) -> None:
    (tmp_path / "plain.txt").write_text(text)
    halves = text[:40].encode(), text[40:].encode()
    (tmp_path / "packed.csv").write_bytes(b"".join(map(gzip.compress, halves)))
    assert read(tmp_path / "packed.csv")[1] == read(tmp_path / "plain.txt")[1] != []


@pytest.mark.parametrize(("row", "why"), [
    ("15406,RA-1", "'15406' is no 24-bit address"), ("~15406e,RA-1", "'~15406e' is no 24-bit address"),
    ("ffffff,RA-1", "'ffffff' is no 24-bit address"), ("15406e,RA-1,,,,,,,,,", "11 cells under 9 columns"),
    (",RA-1,,,,Atlantis,,,", "'Atlantis' is no state"),
    (",RA-1,,,,,2024-13-01,,", "'2024-13-01' is no date; write it as 2024-03-28"),
    (",RA-1,,,,,2024-02-01,2024-01-01,", "it begins on 2024-02-01 and ends on 2024-01-01"),
    (f",{'R' * 30},,,,,,,", "'RRRRRRRRRRRRRRRRRRRR' is no registration"),
    (f",RA-1,{'x' * 70_000}", "the line is too long")])
def test_a_broken_row_is_placed_and_the_rest_goes_in(tmp_path: Path, row: str, why: str) -> None:
    header = "icao24,registration,type,msn,operator,state,from,to,source"
    path = tmp_path / "own.csv"
    path.write_text(f"{header}\n,RA-82030\n{row}\n15406e\n")
    reading, found = read(path)
    assert found == [Entry(2, registration="RA-82030"), Entry(4, "15406e")]
    assert (reading.rows, reading.taken, reading.refused, reading.first_refused) == (
        3, 2, 1, [f"row 3: {why}"])


@pytest.mark.parametrize(("data", "why"), [
    (b"", "no aircraft table"), (b"\0" * 100, "no aircraft table"), (b"{", "broken"),
    (b"[]", "no aircraft table"), (b"{}", "no aircraft"), (b'{"RA82030":"15406E"}', "no aircraft"),
    (b'{"15406E":["RA-1"]', "broken"),
    (b'{"15406E":' + b"[" * 200_000, "broken"), (b"time,icao24,latitude,longitude\n", "ingest tracks"),
    (b"x" * (2 << 20), "a line of a megabyte"), (gzip.compress(b"\0" * (3 << 20)), "a line of a megabyte"),
    (gzip.compress(TAR1090.encode())[:-9], "damaged"), (b"PK\x03\x04 and more", "damaged")])
def test_what_is_no_table_is_refused_with_its_reason(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match=why):
        read(path)


def test_a_zip_without_the_table_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "file", "w") as archive:
        archive.writestr("types.json", "{}")
    with pytest.raises(InputRefused, match=r"holds no aircrafts\.json"):
        read(tmp_path / "file")


def test_an_endless_stream_ends_at_the_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_BYTES", 1 << 20)
    (tmp_path / "bomb").write_bytes(gzip.compress(OWN.encode() + b"\n" * (3 << 20)))
    with pytest.raises(InputRefused, match="larger than"):
        read(tmp_path / "bomb")


SAMPLES = [text.encode()
           for text in (TAR1090, OPENSKY, OPENSKY_OLD, PLANE_ALERT, OWN, json.dumps(MICTRONICS))]
CHANGES = st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=6), st.integers(0, 4)), max_size=6)


def broken(data: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    for at, more, gone in changes:
        data = data[:at] + more + data[at + gone:]
    return data


def only_our_own_errors(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        reading, found = read(path)
    except InputRefused:
        return
    assert reading.rows == reading.taken + reading.refused + reading.nameless
    assert [entry for entry in found if not (entry.icao24 or entry.registration)] == []


QUIET = (HealthCheck.function_scoped_fixture,)


@settings(max_examples=300, suppress_health_check=QUIET)
@given(st.sampled_from(SAMPLES), CHANGES)
@example(SAMPLES[0], [(7, b"\xff", 0)])
def test_broken_tables_raise_our_own_errors_only(tmp_path: Path, sample: bytes,
                                                 changes: list[tuple[int, bytes, int]]) -> None:
    only_our_own_errors(tmp_path / "15.js", broken(sample, changes))


@pytest.mark.full
@settings(max_examples=10_000, suppress_health_check=QUIET)
@given(st.one_of(st.builds(broken, st.sampled_from(SAMPLES), CHANGES), st.binary(max_size=300)))
def test_broken_tables_raise_our_own_errors_only_at_length(tmp_path: Path, data: bytes) -> None:
    only_our_own_errors(tmp_path / "15.js", data)
