"""Every kind of report that can be read, and where its title, date and publisher come from."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tailgraph.errors import InputRefused
from tailgraph.ingest import article, guard, sources
from tests.ingest.pdf_maker import pdf

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Night flights to Pyongyang | Example News</title>
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2024-03-28T10:00:00+00:00">
<link rel="canonical" href="https://news.example.org/night-flights"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Night flights to Pyongyang</h1>
<p>A Russian An-124 flew to Pyongyang on the night of March 20, flight-tracking data shows, in a trip that
analysts called unusual.</p>
<p>The U.S. has accused its operator, the 224th Flight Unit, of carrying North Korean missiles.</p>
<ul><li>RA-82030</li><li>RA-82035</li></ul><p>Moscow denied it.</p></article>
<footer><p>Copyright 2024 Example News. All rights reserved in every country.</p></footer></body></html>"""


def load(path: Path, content: bytes | str) -> article.Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (source,) = sources.expand([str(path)])
    return article.load(source)


def refusal(path: Path, content: bytes | str) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        load(path, content)
    return caught.value


def test_a_saved_page_gives_its_main_text_and_what_it_declares(tmp_path: Path) -> None:
    found = load(tmp_path / "page.html", PAGE)
    assert found.document.title == "Night flights to Pyongyang"
    assert found.document.text.split("\n\n") == [
        "A Russian An-124 flew to Pyongyang on the night of March 20, flight-tracking data shows, in a trip "
        "that analysts called unusual.",
        "The U.S. has accused its operator, the 224th Flight Unit, of carrying North Korean missiles.",
        "RA-82030", "RA-82035", "Moscow denied it."]
    assert found.document.published == date(2024, 3, 28)
    assert found.document.publisher == "Example News"
    assert found.document.url == "https://news.example.org/night-flights"
    assert found.notes == ()


def test_a_page_of_repeated_paragraphs_is_not_lost(tmp_path: Path) -> None:
    row = "<p>The freighter RA-82030 landed again with missiles on board, an official said.</p>"
    found = load(tmp_path / "page.html", f"<html><body><article>{row * 60}</article></body></html>")
    assert found.document.text.count("RA-82030") == 60
    assert "all paragraphs of the page were taken" in found.notes[0]


def test_a_page_without_paragraphs_still_gives_its_words(tmp_path: Path) -> None:
    found = load(tmp_path / "page.html", "<html><body>RA-82030 left Vladivostok.<br>It did not return."
                 "<script>var hidden = 'RA-00000'</script></body></html>")
    assert " ".join(found.document.text.split()) == "RA-82030 left Vladivostok. It did not return."


def test_the_declared_charset_of_a_page_counts_only_where_utf_8_fails(tmp_path: Path) -> None:
    text = "Самолёт RA-82030 вылетел из Владивостока в Пхеньян."
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{text}</p></body></html>'
    assert load(tmp_path / "a.html", page.encode("cp1251")).document.text == text
    assert load(tmp_path / "b.html", page.encode("utf-8")).document.text == text


def test_the_date_of_a_page_is_never_taken_from_its_text(tmp_path: Path) -> None:
    found = load(tmp_path / "page.html", "<html><body><article><p>On 3 June 2019 the aircraft RA-82030 left "
                 "Vnukovo for Pyongyang, tracks show.</p></article><p>Copyright 2020</p></body></html>")
    assert found.document.published is None
    (note,) = (note for note in found.notes if "no publication date" in note)
    assert "`date: 2024-03-28`" in note


@pytest.mark.parametrize(("row", "day"), [
    ("Published: 14 June 2024", date(2024, 6, 14)), ("12 September 2023", date(2023, 9, 12)),
    ("Eastern Desk Bulletin, 20 July 2022", date(2022, 7, 20)), ("Tuesday, March 5, 2024", date(2024, 3, 5)),
    ("Published on 14th June 2024", date(2024, 6, 14)),
    ("12.09.2023", None), ("Airlift over Sumy, 20 July 2022", None), ("31 February 2024", None),
    ("On 12 September 2023 the aircraft left", None), ("12 Missiles 2023", None), ("September 2023", None)])
def test_a_line_of_its_own_at_the_head_dates_a_text(tmp_path: Path, row: str, day: date | None) -> None:
    body = "An Il-76 left Vnukovo for Pyongyang on Tuesday, tracks show."
    for name, content in (("a.txt", f"A night flight\n\n{row}\n\n{body}\n".encode()),
                          ("a.pdf", pdf([["A night flight", row, body]]))):
        found = load(tmp_path / name, content)
        assert found.document.published == day
        assert row in found.document.content
        assert [repr(row) in note for note in found.notes] == ([True] if day else [False])


@pytest.mark.parametrize("text", [
    "What flew\n\n3 June 2023\nAn Il-76 left.\n\n5 June 2023\nIt came back.\n",
    "Published: 3 June 2023\nIssued: 4 June 2023\nAn Il-76 left.\n",
    "What flew\n\nOne.\n\nTwo.\n\n3 June 2023\n\nAn Il-76 left.\n"])
def test_days_that_may_be_another_are_left(tmp_path: Path, text: str) -> None:
    assert load(tmp_path / "a.txt", text).document.published is None


def test_a_day_at_the_head_is_no_title(tmp_path: Path) -> None:
    found = load(tmp_path / "a.txt", "12 September 2023\n\nAn Il-76 left.\n").document
    assert (found.title, found.text) == ("", "12 September 2023\n\nAn Il-76 left.")


def test_a_stated_field_wins_over_the_line(tmp_path: Path) -> None:
    text = "---\ndate: 2024-03-28\n---\n12 September 2023\n\nAn Il-76 left.\n"
    assert load(tmp_path / "a.txt", text).document.published == date(2024, 3, 28)


def test_a_page_saved_as_one_file_is_read_with_its_address(tmp_path: Path) -> None:
    head = ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example.org/saved\r\n"
            "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n"
            "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
    page = PAGE.replace('<link rel="canonical" href="https://news.example.org/night-flights">', "")
    found = load(tmp_path / "page.mhtml", f"{head}{page}\r\n--b--\r\n")
    assert found.document.title == "Night flights to Pyongyang"
    assert found.document.url == "https://news.example.org/saved"


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    found = load(tmp_path / "report.md", """---
title: "Cargo: the night flights"
date: 2024-03-28
publisher: Example Wire
url: https://wire.example/1
---
# Cargo: the night flights

The *An-124* [RA-82030](http://tracks.example) flew
to `UUWW`. <!-- hidden -->

- first **item**
- second item

| type | mark |
|------|------|
| Il-76 | RA-78765 |
""")
    assert found.document.title == "Cargo: the night flights"
    assert found.document.text.split("\n\n") == [
        "The An-124 RA-82030 flew to UUWW.", "first item", "second item", "type | mark", "Il-76 | RA-78765"]
    assert (found.document.published, found.document.publisher, found.document.url) == (
        date(2024, 3, 28), "Example Wire", "https://wire.example/1")
    assert found.notes == ()


def test_markdowns_first_heading_is_the_title_and_is_not_repeated(tmp_path: Path) -> None:
    found = load(tmp_path / "report.md", "# Two landings\n\nThe first came at dawn.\n")
    assert (found.document.title, found.document.text) == ("Two landings", "The first came at dawn.")


def test_a_heading_that_is_not_the_declared_title_stays_in_the_text(tmp_path: Path) -> None:
    found = load(tmp_path / "report.md", "---\ntitle: One\n---\n# Two\n\nText.\n")
    assert found.document.content == "One\n\nTwo\n\nText."


def test_front_matter_that_is_no_yaml_is_read_line_by_line(tmp_path: Path) -> None:
    found = load(tmp_path / "a.md", "---\ntitle: Moscow: we know nothing\ndate: 28 March 2024\n---\nText.\n")
    assert found.document.title == "Moscow: we know nothing"
    assert found.document.published == date(2024, 3, 28)


def test_a_rule_at_the_top_is_not_front_matter(tmp_path: Path) -> None:
    assert load(tmp_path / "a.txt", "---\nNothing here is a field\n---\nText").document.content == (
        "---\n\nNothing here is a field\n\n---\n\nText")


@pytest.mark.parametrize(("text", "title", "body"), [
    ("A short first line\n\nThe text follows.", "A short first line", "The text follows."),
    ("It ends like a sentence.\n\nThe text.", "", "It ends like a sentence.\n\nThe text."),
    ("A first line\nwith the text at once.", "", "A first line with the text at once."),
    ("Only one line", "", "Only one line"),
    ("\n\n  Spaces before it \n\n\nText.\n\n", "Spaces before it", "Text."),
    ("x" * 151 + "\n\nText.", "", "x" * 151 + "\n\nText."),
    ("Who says so?\n\nText.", "Who says so?", "Text."),
])
def test_where_plain_text_has_its_title(tmp_path: Path, text: str, title: str, body: str) -> None:
    document = load(tmp_path / "a.txt", text).document
    assert (document.title, document.text) == (title, body)


@pytest.mark.parametrize("data", [
    "Il-76 – “quoted”".encode("utf-8-sig"), "Il-76 – “quoted”".encode("utf-16"),
    b"\xfe\xff" + "Il-76 – “quoted”".encode("utf-16-be"), "Il-76 – “quoted”".encode(),
    "Il-76 – “quoted”".encode("cp1252")])
def test_encodings_of_plain_text(tmp_path: Path, data: bytes) -> None:
    assert load(tmp_path / "a.txt", data).document.text == "Il-76 – “quoted”"


def test_an_assumed_encoding_is_said(tmp_path: Path) -> None:
    assert "read as Windows-1252" in load(tmp_path / "a.txt", "caf\xe9".encode("cp1252")).notes[0]


def test_a_report_in_our_own_json_form(tmp_path: Path) -> None:
    form = {"id": "001", "title": "T", "text": "First.\n\nSecond.", "published": "2024-03-28",
            "publisher": "P", "entities": []}
    document = load(tmp_path / "a.json", json.dumps(form)).document
    assert (document.title, document.text, document.published, document.publisher) == (
        "T", "First.\n\nSecond.", date(2024, 3, 28), "P")


@pytest.mark.parametrize("content", ["[1, 2]", '{"icao": "15406e"}', '{"text": 5}', "{", "[" * 100_000])
def test_json_that_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    assert "JSON" in refusal(tmp_path / "a.json", content).message


def test_a_pdf_gives_paragraphs_without_running_heads_and_line_end_hyphens(tmp_path: Path) -> None:
    bodies = [["The An-124 RA-82030 of the 224th Flight Unit left Vladi-", "vostok at night, the investi-",
               "gators said, followed by an Il-", "76 of the same unit."],
              ["Vladivostok airport did not answer to questions from us,", "nor did the ministry."],
              ["No other aircraft was seen on that route by any receiver", "on the coast."]]
    pages = [[f"Example Panel  S/2024/{215 + i}", *body, f"Page {i + 1} of 3"] for i, body in enumerate(
        bodies)]
    found = load(tmp_path / "a.pdf", pdf(pages, title="Final report"))
    assert found.document.title == "Final report"
    assert found.document.text.split("\n\n") == [
        "The An-124 RA-82030 of the 224th Flight Unit left Vladivostok at night, the investigators said, "
        "followed by an Il-76 of the same unit.",
        "Vladivostok airport did not answer to questions from us, nor did the ministry.",
        "No other aircraft was seen on that route by any receiver on the coast."]
    assert found.notes[0] == "Running heads were left out: example panel s/#/#; page # of #."


def test_a_title_that_a_word_processor_filled_in_is_none(tmp_path: Path) -> None:
    lines = ["Cargo planes over Libya", "The body of the text is long enough to fill a line", "and goes on."]
    found = load(tmp_path / "a.pdf", pdf([lines], title="Microsoft Word - final.docx"))
    assert found.document.title == "Cargo planes over Libya"


def test_a_scanned_pdf_says_that_it_needs_text_recognition(tmp_path: Path) -> None:
    assert "OCR" in (refusal(tmp_path / "a.pdf", pdf([[], []])).remedy or "")


def test_a_gzipped_page_is_inflated(tmp_path: Path) -> None:
    found = load(tmp_path / "page.html.gz", gzip.compress(PAGE.encode()))
    assert found.document.title == "Night flights to Pyongyang"


def test_a_title_that_the_text_repeats_is_told_once(tmp_path: Path) -> None:
    form = {"title": "Planes land by night", "text": "Planes land\n\nby night\n\nThey left."}
    document = load(tmp_path / "a.json", json.dumps(form)).document
    assert document.content == "Planes land by night\n\nThey left."


def test_an_overlong_title_is_text(tmp_path: Path) -> None:
    document = load(tmp_path / "a.json", json.dumps({"title": "x" * 501, "text": "Text."})).document
    assert (document.title, document.text) == ("", "x" * 501 + "\n\nText.")


@pytest.mark.parametrize(("stated", "day"), [
    ("2024-03-28", date(2024, 3, 28)), ("2024-03-28T23:59:00+09:00", date(2024, 3, 28)),
    ("March 28, 2024", date(2024, 3, 28)), ("28th of March 2024", date(2024, 3, 28)),
    ("Sept. 5, 2023", date(2023, 9, 5)), ("28 Mar 2024 10:00", date(2024, 3, 28)), ("03/04/2024", None), (
        "2024", None), ("31 February 2024", None)])
def test_stated_dates(tmp_path: Path, stated: str, day: date | None) -> None:
    found = load(tmp_path / "a.json", json.dumps({"text": "Text.", "published": stated}))
    assert found.document.published == day
    assert [note for note in found.notes if "not understood" in note] == (
        [] if day else [f"Its date {stated!r} is not understood: write 2024-03-28."])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "x" * 3000,
    "https://"])
def test_only_web_addresses_become_links(tmp_path: Path, url: str) -> None:
    assert load(tmp_path / "a.json", json.dumps({"text": "Text.", "url": url})).document.url is None


@pytest.mark.parametrize(("name", "content"), [
    ("a.docx", b"PK\x03\x04rest"), ("a.txt", bytes(range(256)) * 8), ("a.csv", b"a,b\n1,2\n"), ("a.txt", b""),
    ("a.txt", b" \n\t\n"), ("a.html", b""), ("a.kml", b"<?xml version='1.0'?><kml/>"), ("a.rtf",
        b"{\\rtf1 x}"),
    ("a.md", b"<!-- only a comment -->")])
def test_what_is_no_report_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    error = refusal(tmp_path / name, content)
    assert error.where == str(tmp_path / name)
    assert error.remedy


def test_one_bad_file_does_not_end_a_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.bin").write_bytes(b"\x00\x01\x02")
    (tmp_path / "c.txt").write_text("Two.")
    results = [result for _, result in article.documents(sources.expand([str(tmp_path), str(tmp_path /
        "none")]))]
    assert [r.document.text if isinstance(r, article.Article) else r.message for r in results] == [
        "One.", "It is no report that can be read: no text, Markdown, HTML, PDF or JSON.", "Two.",
        "There is no such file or folder."]


def test_characters_that_no_tree_may_hold_do_not_break_a_page(tmp_path: Path) -> None:
    body = "<p>RA-82030&#1;\x02 left\x85 Vladi&#8203;vostok&#xffff; at night.</p>" * 3
    found = load(tmp_path / "page.html", f"<html><body>{body}</body></html>")
    assert found.document.text.split("\n\n")[0].replace(" ", "") == "RA-82030leftVladivostokatnight."


def test_what_a_parser_was_not_made_for_is_a_named_refusal() -> None:
    with pytest.raises(guard.ParserFailed, match=r"x\.html: Its parser failed: ZeroDivisionError"):
        guard.collect(_broken_parser, where="x.html", stall_s=5, total_s=5)
    assert guard.collect(_counts, 3, where="x.html", stall_s=5, total_s=5) == [0, 1, 2]


def test_a_parser_that_never_ends_is_stopped() -> None:
    with pytest.raises(guard.Stalled):
        guard.collect(_endless, where="x.html", stall_s=0.5, total_s=5)
    assert guard.collect(_counts, 1, where="x.html", stall_s=5, total_s=5) == [0]


def test_a_parser_that_eats_memory_or_dies_is_stopped() -> None:
    for work in (_hungry, _killed):
        with pytest.raises(guard.TooHungry):
            guard.collect(work, where="x.html", stall_s=60, total_s=60)
    assert guard.collect(_counts, 1, where="x.html", stall_s=5, total_s=5) == [0]


def _counts(number: int) -> Iterator[int]:
    yield from range(number)


def _broken_parser() -> Iterator[float]:
    yield 1 / 0


def _endless() -> Iterator[int]:
    while guard.MEMORY_BYTES:
        pass
    yield 1


def _hungry() -> Iterator[int]:
    yield len(bytearray(2 * guard.MEMORY_BYTES))


def _killed() -> Iterator[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield 1
