"""Paths → single files: folders, standard input, and what must not be skipped in silence."""

from __future__ import annotations

import gzip
import io
import os
import sys
import threading
from pathlib import Path

import pytest

from tailgraph.errors import InputRefused
from tailgraph.ingest import sources
from tailgraph.ingest.sources import SourceKind, sniff


def names(*paths: Path | str) -> list[str]:
    return [source.name for source in sources.expand([str(path) for path in paths])]


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/config", "c.bin", "a/a.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == [str(tmp_path / name) for name in ("b.txt", "c.bin", "a/a.html", "a/z.txt")]


def test_the_pictures_of_a_saved_page_belong_to_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>")
    for folder in ("page_files", "other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text("<html>")
    assert names(tmp_path) == [str(tmp_path / "page.html"), str(tmp_path / "other_files" / "frame.html")]


def test_each_file_comes_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    (tmp_path / "b.txt").symlink_to(file)
    assert names(file, tmp_path, file) == [str(file)]


def test_what_cannot_be_read_is_yielded_and_refused(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    found = list(sources.expand([str(tmp_path), str(tmp_path / "sub"), "nul\0name"]))
    refused = {}
    for source in found:
        assert source.kind is SourceKind.UNKNOWN
        with pytest.raises(InputRefused) as caught:
            source.load()
        refused[Path(source.name).name] = caught.value.message
    assert refused == {"broken": "There is no such file or folder.", "loop":
                       "A link to a folder is not followed.",
                       "pipe": "It is no regular file.", "sub": "The folder holds no files.",
                       "nul\\x00name": "No file can have this name."}


def test_a_pipe_that_the_user_names_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"Some text."))
    writer.start()
    (source,) = sources.expand([str(pipe)])
    assert (source.kind, source.load()) == (SourceKind.TEXT, b"Some text.")
    writer.join()


def test_standard_input_is_told_apart_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(b"<!DOCTYPE html><html>"))))
    (source,) = sources.expand(["-"])
    assert (source.name, source.kind, source.load()) == ("standard input", SourceKind.HTML,
                                                         b"<!DOCTYPE html><html>")


@pytest.mark.parametrize(("head", "name", "kind"), [
    (b"Text", "a.txt", SourceKind.TEXT), (b"Text", "a", SourceKind.TEXT), (b"Text", "U.S. report",
        SourceKind.TEXT),
    (b"Text", "report.2024-03-28", SourceKind.TEXT), (b"# Heading\n", "", SourceKind.MARKDOWN),
    (b"Text", "a.md", SourceKind.MARKDOWN), (b"  \n<html>", "a.txt", SourceKind.HTML), (b"Text", "a.html",
        SourceKind.HTML),
    (b"<!-- saved -->\n<!DOCTYPE html>", "a", SourceKind.HTML), (b"<3 you", "a.txt", SourceKind.TEXT),
    (b'{"text": "x"}', "", SourceKind.JSON), (b'{"text": "x"}', "a.json", SourceKind.JSON),
    (b"junk\n%PDF-1.7", "a.txt", SourceKind.PDF), (b"%PDF-1.7", "a.html", SourceKind.PDF),
    (b"import os", "a.py", SourceKind.UNKNOWN), (b"a,b", "a.csv", SourceKind.UNKNOWN),
    (b"\xff\xfeT\x00", "a.txt", SourceKind.TEXT), (b"T\x00e\x00", "a.txt", SourceKind.UNKNOWN),
    (b"PK\x03\x04", "a.txt", SourceKind.UNKNOWN), (b"\x1f\x8b", "a.txt.gz", SourceKind.UNKNOWN),
    (b"<html>", "page.html.gz", SourceKind.HTML), (b"<?xml version='1.0'?><rss>", "a.txt",
                                                   SourceKind.UNKNOWN),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related; x", "a", SourceKind.MHTML)])
def test_kinds(head: bytes, name: str, kind: SourceKind) -> None:
    assert sniff(head, name) is kind


def test_more_than_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.write(b"Text. ")
        file.truncate(3_000_000_000)
    (source,) = sources.expand([str(path)])
    with pytest.raises(InputRefused, match="larger than 10 MB"):
        source.load()


def test_a_gzip_bomb_is_refused_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"a" * 300_000_000, compresslevel=1))
    (source,) = sources.expand([str(path)])
    with pytest.raises(InputRefused, match="larger than 10 MB"):
        source.load()


def test_a_cut_or_broken_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt.gz"
    path.write_bytes(b"\x1f\x8b\x08" + b"\xff" * 40)
    (source,) = sources.expand([str(path)])
    with pytest.raises(InputRefused, match="no sound gzip"):
        source.load()


def test_names_are_fit_to_print(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\x1b[31m\xff.txt")).write_text("x")
    assert names(tmp_path) == [f"{tmp_path}/\\x1b[31m\\xff.txt"]
