"""A user's lexicon: read whole, or refused with the lines that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tailgraph.errors import InputRefused
from tailgraph.graph.model import Kind
from tailgraph.graph.reference.custom import OwnName, read


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "own.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_names_are_read_with_their_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "kind,key,name,aliases,country\n"
                             "Operator,,Volta Star Air,Volta Star|VSA,GH\n\n"
                             'Weapon,ballistic-missile,Hwasal-9,"Hwasal 9",KP\n'
                             "Airport,,Umm Jars airstrip,Amdjarass strip,TD\n")
    assert read(path) == (
        OwnName(Kind.OPERATOR, None, "Volta Star Air", ("Volta Star", "VSA"), "GH", "own.csv:2"),
        OwnName(Kind.WEAPON, "ballistic-missile", "Hwasal-9", ("Hwasal 9",), "KP", "own.csv:4"),
        OwnName(Kind.AIRPORT, None, "Umm Jars airstrip", ("Amdjarass strip",), "TD", "own.csv:5"),
    )


def test_columns_may_come_in_any_order_and_case_and_most_may_be_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffName,KIND\nMoskalev,person\n")
    assert read(path) == (OwnName(Kind.PERSON, None, "Moskalev", (), None, "own.csv:2"),)


def test_an_alias_that_repeats_or_is_the_name_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "kind,name,aliases\nOrganization,The  Sentry,Sentry|The Sentry|| Sentry \n")
    assert [(own.name, own.aliases) for own in read(path)] == [("Sentry", ("The Sentry",))]


def test_a_cell_of_several_lines_is_told_by_its_last(tmp_path: Path) -> None:
    path = written(tmp_path, 'kind,name,aliases\nPerson,A,"x\ny"\nWrong,B,\n')
    with pytest.raises(InputRefused, match='line 4: "Wrong" is no kind'):
        read(path)


@pytest.mark.parametrize(("row", "complaint"), [
    ("Aeroplane,,X,,", '"Aeroplane" is no kind'),
    ("Operator,,,,", "the name is empty"),
    ("Operator,ABC,X,,", "entities of kind Operator have no key"),
    ("Operator,,X,,ZZ", '"ZZ" is no ISO 3166 country code'),
    ("Country,,X,,", "a Country needs its ISO code as key"),
    ("Country,XX,X,,", '"XX" is no ISO 3166 country code'),
    ("Weapon,slingshot,X,,", "the key of a Weapon is its class"),
    ("Weapon,,X,,", "the key of a Weapon is its class"),
    ("AircraftType,il-76,X,,", "the key of an AircraftType is an ICAO type designator"),
    ("AircraftType,,X,,", "the key of an AircraftType is an ICAO type designator"),
    ("Airport,FNJ,X,,", "the key of an Airport is an ICAO location indicator"),
    ("Aircraft,,X,,", "the key of an Aircraft is a registration"),
])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, row: str, complaint: str) -> None:
    path = written(tmp_path, f"kind,key,name,aliases,country\nPerson,,A Person,,\n{row}\n")
    with pytest.raises(InputRefused) as refused:
        read(path)
    assert refused.value.message.startswith(f"line 3: {complaint}")
    assert refused.value.where == str(path)


def test_all_bad_lines_are_told_at_once_up_to_ten(tmp_path: Path) -> None:
    path = written(tmp_path, "kind,name\n" + "Thing,X\n" * 12)
    with pytest.raises(InputRefused) as refused:
        read(path)
    assert [f"line {line}:" in refused.value.message for line in range(2, 14)] == [True] * 10 + [False] * 2
    assert refused.value.message.endswith("; and 2 more.")


@pytest.mark.parametrize("header", ["", "name,aliases\n", "kind,name,hue\n", "kind,name,name\n", "a;b\n"])
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, header: str) -> None:
    path = written(tmp_path, header)
    with pytest.raises(InputRefused, match="first line must name the columns") as refused:
        read(path)
    assert refused.value.where == f"{path}:1"


def test_more_cells_than_columns_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "kind,name\nPerson,Petrov, Ivan\n")
    with pytest.raises(InputRefused, match="3 cells under 2 columns") as refused:
        read(path)
    assert refused.value.where == f"{path}:2"


@pytest.mark.parametrize(("content", "complaint"), [
    (b"kind,name\nPerson,\xff\xfe\n", "not UTF-8"),
    (b'kind,name\nPerson,"open\n', "no well-formed CSV"),
])
def test_what_is_no_csv_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    with pytest.raises(InputRefused, match=complaint):
        read(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read(tmp_path / "none.csv")


def test_a_file_of_a_header_only_holds_nothing(tmp_path: Path) -> None:
    assert read(written(tmp_path, "kind,name\n")) == ()


def test_the_example_of_the_guide_is_read(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "lexicons.md").read_text(encoding="utf-8")
    example = guide.split("```csv\n")[1].split("```")[0]
    assert [own.kind for own in read(written(tmp_path, example))] == [
        Kind.OPERATOR, Kind.AIRCRAFT_TYPE, Kind.AIRPORT, Kind.WEAPON, Kind.ORGANIZATION]
