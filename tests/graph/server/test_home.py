"""State on disk: owner-only, and never half written."""

from __future__ import annotations

import re
import stat
import threading
from pathlib import Path

import pytest

from tailgraph.errors import ServerError
from tailgraph.graph.server.home import Home, ServerState, locked, write_whole

STATE = ServerState(bolt_port=7687, http_port=7474, pid=4711, ready_for="0.1.0")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    place = Home(tmp_path / "home")
    place.prepare()
    return place


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folders_and_files_are_for_the_owner_alone(home: Home) -> None:
    home.password()
    home.record(STATE)
    paths = (home.root, *home.root.rglob("*"))
    found = {path.relative_to(home.root).as_posix(): mode(path) for path in paths}
    assert {name for name, bits in found.items() if bits & 0o077} == set()
    assert {"password", "server.json", "neo4j/data", "neo4j/conf"} <= found.keys()


def test_a_folder_that_was_open_is_closed(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)
    Home(tmp_path / "home").prepare()
    assert mode(tmp_path / "home") == 0o700


def test_the_password_is_made_once(home: Home) -> None:
    password = home.password()
    assert re.fullmatch("[0-9a-f]{32}", password)  # the tool that sets it took "-a…" for an option
    assert {home.password() for _ in range(3)} == {password}


def test_each_home_has_its_own_password(tmp_path: Path) -> None:
    places = [Home(tmp_path / name) for name in "abc"]
    for place in places:
        place.prepare()
    assert len({place.password() for place in places}) == 3


def test_a_lost_password_of_a_used_server_is_told(home: Home) -> None:
    (home.data / "databases" / "system").mkdir(parents=True)
    with pytest.raises(ServerError, match=r"password of the managed server is gone.*db wipe"):
        home.password()


def test_state_comes_back(home: Home) -> None:
    home.record(STATE)
    assert home.state() == STATE


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"bolt_port": "x"}', b'{"bolt_po'])
def test_an_unreadable_state_is_none(home: Home, content: bytes) -> None:
    home.state_file.write_bytes(content)
    assert home.state() is None


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
        home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    home.record(STATE)
    before = sorted(home.root.iterdir())
    monkeypatch.setattr(step, fail)
    with pytest.raises(ServerError, match=r"No space left on device.*Free some space"):
        home.record(STATE.model_copy(update={"pid": 1}))
    assert home.state() == STATE
    assert sorted(home.root.iterdir()) == before


def test_many_writers_never_show_a_part(tmp_path: Path) -> None:
    target = tmp_path / "file"
    contents = [bytes([letter]) * 50_000 for letter in b"abcdefgh"]
    write_whole(target, contents[0])

    def write(content: bytes) -> None:
        for _ in range(20):
            write_whole(target, content)

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    for writer in writers:
        writer.start()
    seen = {target.read_bytes() for _ in range(200)}
    for writer in writers:
        writer.join()
    assert seen <= set(contents)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in the way")
    with pytest.raises(ServerError, match=r"Cannot be written.*TAILGRAPH_HOME"):
        Home(tmp_path / "home").prepare()


def test_a_home_that_no_class_path_can_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="colon"):
        Home(tmp_path / "a:b").prepare()


def test_the_lock_lets_one_in_at_a_time(tmp_path: Path) -> None:
    inside, most = [], []

    def enter(number: int) -> None:
        with locked(tmp_path / "lock", "testing"):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
