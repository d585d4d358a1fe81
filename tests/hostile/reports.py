"""Files made to hurt a reader of reports: each by name, with how its bytes come to be."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable

from tests.ingest.pdf_maker import assemble, content, pdf

MB = 1_000_000
WORDS = "The freighter RA-82030 left Vladivostok for Pyongyang at night. "


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def zip_of(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def nested_gzip(depth: int) -> bytes:
    data = b"a" * MB
    for _ in range(depth):
        data = gzip.compress(data)
    return data


def pdf_stream(data: bytes, filters: str) -> bytes:
    """A one-page PDF whose content stream is `data`, said to need `filters`."""
    body = data.decode("latin-1")
    return assemble(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
                     f"<< /Length {len(data)} /Filter {filters} >>\nstream\n{body}\nendstream"])


def pdf_pages(kids: str, *more: str) -> bytes:
    return assemble(["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count 1 >>",
                     *more])


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[WORDS]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _bomb_of_deflate() -> bytes:
    return pdf_stream(zlib.compress(b"0 0 m " * (20 * MB), 9), "/FlateDecode")


def _twice_deflated() -> bytes:
    return pdf_stream(zlib.compress(zlib.compress(b"\0" * (300 * MB), 9), 9), "[/FlateDecode /FlateDecode]")


FORM_LOOP = ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
             "/Resources << /XObject << /X 5 0 R >> >> >>",
             "<< /Length 5 >>\nstream\n/X Do\nendstream",
             "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 "
             "/Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do\nendstream")
LAUGHS = ("<!DOCTYPE html [<!ENTITY a \"" + "ha" * 50 + "\">"
          + "".join(f"<!ENTITY {b} \"{f'&{a};' * 10}\">" for a, b in zip("abcdefgh", "bcdefghi",
              strict=True)) + "]>")

FILES: dict[str, Callable[[], bytes]] = {
    # archives and sizes
    "bomb.txt.gz": lambda: gzip.compress(b"a" * (300 * MB), 1),
    "bomb.html.gz": lambda: gzip.compress(page("<p>" + "x" * (200 * MB)), 1),
    "bomb.pdf.gz": lambda: gzip.compress(b"%PDF-1.7\n" + b"\0" * (300 * MB), 1),
    "nested.txt.gz": lambda: nested_gzip(5),
    "cut.txt.gz": lambda: gzip.compress(WORDS.encode() * 1000)[:-200],
    "bad-sum.txt.gz": lambda: gzip.compress(WORDS.encode())[:-8] + b"\0" * 8,
    "only-magic.gz": lambda: b"\x1f\x8b",
    "zip-bomb.txt": lambda: zip_of("a.txt", b"a" * (50 * MB)),
    "zip.docx": lambda: zip_of("word/document.xml", b"<x/>"),
    "large.txt": lambda: WORDS.encode() * 350_000,
    "large-allowed.txt": lambda: WORDS.encode() * 100_000,
    "one-line.txt": lambda: b"a" * (8 * MB),
    "many-lines.txt": lambda: b"a\n" * 490_000,
    "more-lines.txt": lambda: b"a\n" * (4 * MB),
    "many-hyphens.txt": lambda: b"abc-\n" * 450_000,
    "empty.txt": lambda: b"",
    # characters
    "nul.txt": lambda: b"RA-\x0082030 left.\x00 It\x00 went." + WORDS.encode() * 4,
    "all-nul.txt": lambda: b"\0" * 5000,
    "binary.txt": lambda: bytes(range(256)) * 4000,
    "bidi.txt": lambda: "The \u202eNAOJ\u202c left \u2066RA\u2069-82030.".encode(),
    "zero-width.txt": lambda: "R\u200bA\u200d-\u20608\ufeff2030 left.".encode(),
    "tags.txt": lambda: ("x" + "".join(chr(0xE0000 + ord(c)) for c in "hidden orders")).encode(),
    "marks.txt": lambda: ("a" + "\u0323\u0301" * MB).encode(),
    "jamo.txt": lambda: ("\u1100\u1161\u11a8" * 500_000).encode(),
    "expanding.txt": lambda: ("\ufb2c\U0001d160" * 300_000).encode(),
    "ligature.txt": lambda: ("\ufdfa" * 500_000).encode(),
    "line-ends.txt": lambda: "\r\r\n\n\u2028\u2029\x85\x0b\x0c".encode() * 200_000 + b"x",
    "bad-utf8.txt": lambda: b"\xc3\x28\xa0\xa1\xe2\x28\xa1\xf0\x28\x8c\xbc text" * 10_000,
    "odd-utf16.txt": lambda: b"\xff\xfe" + "text".encode("utf-16-le") + b"\x00\xd8x",
    "utf32.txt": lambda: "RA-82030 left.".encode("utf-32"),
    "overlong.txt": lambda: b"\xc0\xaf\xe0\x80\xaf" * 1000 + b"text",
    "quotes.txt": lambda: b"'" * 16_000,
    "mixed-quotes.txt": lambda: "'\"`’”".encode() * 20_000,
    "spaces.txt": lambda: b"x" + b" \t" * (4 * MB) + b"y",
    "bullets.txt": lambda: b"- x\n" * 450_000,
    # Markdown and front matter
    "brackets.md": lambda: b"[" * 100_000,
    "links.md": lambda: b"[a](" * 50_000,
    "images.md": lambda: b"![" * 50_000 + b"](" * 50_000,
    "emphasis.md": lambda: b"*a **a " * 50_000,
    "underscores.md": lambda: b"_a__b" * 50_000,
    "backticks.md": lambda: b"".join(b"`" * n + b" " for n in range(1, 600)),
    "quote-nest.md": lambda: b">" * 50_000 + b"x",
    "list-nest.md": lambda: b"\n".join(b" " * n + b"- x" for n in range(1500)),
    "angle.md": lambda: b"<" * 200_000,
    "comments.md": lambda: b"<!--" * 100_000,
    "table.md": lambda: b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n" + b"|b" * 20_000,
    "references.md": lambda: b"".join(b"[%d]: /u\n" % n for n in range(20_000)) + b"[1]" * 20_000,
    "laughs.md": lambda: b"---\n" + b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n".encode() for a, b in zip("abcdefgh", "bcdefghi",
            strict=True))
        + b"title: *i\n---\ntext",
    "deep-yaml.md": lambda: b"---\ntitle: " + b"[" * 30_000 + b"\n---\ntext",
    "yaml-object.md": lambda: b"---\ntitle: !!python/object/apply:os.system ['true']\n---\ntext",
    "open-matter.md": lambda: b"---\n" + b"a: b\n" * 200_000,
    # pages
    "nested-divs.html": lambda: page("<div>" * 100_000 + WORDS),
    "nested-tables.html": lambda: page("<table><tr><td>" * 20_000 + WORDS),
    "nested-formatting.html": lambda: page("<b><i>" * 50_000 + WORDS),
    "nested-lists.html": lambda: page("<ul><li>" * 20_000 + WORDS),
    "same-paragraphs.html": lambda: page(f"<article>{f'<p>{WORDS}</p>' * 50_000}</article>"),
    "many-paragraphs.html": lambda: page("<article>" + "".join(f"<p>{n} {WORDS}</p>" for n in range(40_000))),
    "attributes.html": lambda: page("<p " + "a=b " * 300_000 + f">{WORDS}</p>"),
    "long-attribute.html": lambda: page(f'<p class="{"x" * (5 * MB)}">{WORDS}</p>'),
    "entities.html": lambda: page("<p>" + "&amp;" * 500_000),
    "laughs.html": lambda: LAUGHS.encode() + b"<html><body><p>&i;</p></body></html>",
    "external.html": lambda:
    b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x; text</p>',
    "angles.html": lambda: b"<html>" + b"<" * MB,
    "open-comment.html": lambda: page(f"<p>{WORDS}</p><!--" + "-" * MB),
    "script.html": lambda: page(f"<script>{'a' * (5 * MB)}</script><p>{WORDS}</p>"),
    "data-image.html": lambda: page(f'<img src="data:image/png;base64,{"A" * (15 * MB)}"><p>{WORDS}</p>'),
    "json-ld.html": lambda: page(f"<p>{WORDS}</p>",
                                 f'<script type="application/ld+json">{"[" * 200_000}</script>'),
    "meta.html": lambda: page(f"<p>{WORDS}</p>", '<meta name="date" content="9999-99-99">' * 20_000),
    "links.html": lambda: page(f"<p><a href=x>{WORDS}</a></p>" * 20_000),
    "wrong-charset.html": lambda: b'<html><meta charset="rot13"><p>' + "Text é".encode("latin-1"),
    "zip-charset.html": lambda: b'<html><meta charset="zip"><p>' + "Text é".encode("latin-1"),
    "frames.mhtml": lambda: (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
                             + b"--b\nContent-Type: text/plain\n\nx\n" * 20_000),
    "nested.mhtml": lambda: b"MIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
    "odd-header.mhtml": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"\xff\n\n--x",
    # JSON
    "deep.json": lambda: b"[" * 500_000,
    "deep-object.json": lambda: b'{"a":' * 200_000,
    "big-number.json": lambda: b'{"text": "x", "n": ' + b"9" * 200_000 + b"}",
    "surrogates.json": lambda: b'{"text": "\\ud800\\udfff\\udc00 RA-82030", "title": "\\udfff"}',
    "not-text.json": lambda: b'{"text": {"text": "x"}}',
    "long-fields.json": lambda: json.dumps(
        {"text": "x", "title": "t" * MB, "publisher": "p" * MB, "url": "http://u/" + "u" * MB,
         "published": "2024-" * 100_000}).encode(),
    "nan.json": lambda: b'{"text": NaN}',
    # PDF
    "cut.pdf": lambda: pdf([[WORDS]])[:300],
    "only-head.pdf": lambda: b"%PDF-1.7\n",
    "noise.pdf": lambda: b"%PDF-1.4\n" + zlib.compress(b"noise" * 99999, 1) * 50,
    "encrypted.pdf": encrypted_pdf,
    "page-loop.pdf": lambda: pdf_pages("2 0 R 2 0 R"),
    "page-self.pdf": lambda: pdf_pages("3 0 R", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    "form-loop.pdf": lambda: pdf_pages("3 0 R", *FORM_LOOP),
    "deflate-bomb.pdf": _bomb_of_deflate,
    "double-bomb.pdf": _twice_deflated,
    "bad-deflate.pdf": lambda: pdf_stream(b"\x78\x9c" + b"\xff" * 5000, "/FlateDecode"),
    "filter-chain.pdf": lambda: pdf_stream(b"zz>", "[" + "/ASCIIHexDecode " * 2000 + "]"),
    "run-length.pdf": lambda: pdf_stream(b"\x81 " * 500_000 + b"\x80", "/RunLengthDecode"),
    "lzw.pdf": lambda: pdf_stream(b"\x80\x0b\x60" * 100_000, "/LZWDecode"),
    "deep-array.pdf": lambda: pdf_pages("3 0 R", "<< /Type /Page /Parent 2 0 R /X " + "[" * 50_000 + " >>"),
    "many-pages.pdf": lambda: pdf_pages(" ".join(["3 0 R"] * 50_000),
                                        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"),
    "wrong-count.pdf": lambda: pdf_pages("", "<< >>").replace(b"/Count 1", b"/Count 999999999"),
    "operators.pdf": lambda: pdf([["x"]]).replace(b"T*", b"T* " + b"q " * 300_000),
    "long-text.pdf": lambda: pdf([[WORDS * 200] * 400]),
    "bad-xref.pdf": lambda: pdf([[WORDS]]).replace(b"startxref\n", b"startxref\n9"),
    "xref-loop.pdf": lambda: pdf([[WORDS]]).replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 10 /Size 99999999"),
    "font-loop.pdf": lambda: pdf([[WORDS]]).replace(b"/BaseFont /Helvetica",
                                                    b"/DescendantFonts [3 0 R] /ToUnicode 3 0 R"),
    "stream-length.pdf": lambda: pdf([[WORDS]]).replace(
        f"/Length {len(content([WORDS]))}".encode(), b"/Length 99999999"),
    "null-page.pdf": lambda: pdf_pages("null 9 0 R (x)"),
}
