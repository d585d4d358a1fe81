"""Paths that a user names → the single files behind them, each told apart by its content.

Folders are walked in sorted order. Hidden files are left out, and so is the folder of pictures and scripts
that a browser puts beside a saved page ("NAME_files"); everything else is yielded, so that what cannot be
read is refused by name and never skipped in silence.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from tailgraph.errors import InputRefused

MB = 1_000_000
MAX_BYTES = 10 * MB
MAX_PDF_BYTES = 100 * MB
_HEAD = 4096
_GZIP = b"\x1f\x8b"


class SourceKind(StrEnum):
    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    MHTML = "MHTML"
    PDF = "PDF"
    JSON = "JSON"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Source:
    """One input. `path` is None for standard input; `once` marks what can be read only once, as a pipe;
    `refusal` says why it cannot be read at all."""

    name: str
    path: Path | None
    opener: Callable[[], BinaryIO]
    refusal: str | None = None
    once: bool = False

    @cached_property
    def kind(self) -> SourceKind:
        """What the content is; the name decides only between kinds of plain text. UNKNOWN if unreadable."""
        try:
            return sniff(self._head, self.path.name if self.path else "")
        except InputRefused:
            return SourceKind.UNKNOWN

    def load(self) -> bytes:
        """The whole content, inflated where it is gzipped; raises InputRefused beyond the size limit."""
        limit = MAX_PDF_BYTES if self.kind is SourceKind.PDF else MAX_BYTES
        content = self._drained if self.once else self._read(limit + 1)
        if len(content) > limit:
            raise _too_large(limit, self.name)
        return content

    def checked_path(self) -> Path:
        """The absolute path of a file within the size limit, for readers that seek instead of loading it."""
        if self.path is None or self.once:
            raise InputRefused("It is no file on disk.", where=self.name)
        if self.path.stat().st_size > MAX_PDF_BYTES:
            raise _too_large(MAX_PDF_BYTES, self.name)
        return self.path.absolute()

    @cached_property
    def _drained(self) -> bytes:
        return self._read(MAX_PDF_BYTES + 1)

    @cached_property
    def _head(self) -> bytes:
        return self._drained[:_HEAD] if self.once else self._read(_HEAD)

    @cached_property
    def is_gzipped(self) -> bool:
        return not self.once and self._open_and(lambda file: file.read(2)) == _GZIP

    def _read(self, size: int) -> bytes:
        return self._open_and(lambda file: _inflated(file, size))

    def _open_and(self, read: Callable[[BinaryIO], bytes]) -> bytes:
        if self.refusal:
            raise InputRefused(self.refusal, where=self.name, remedy="Check the path.")
        try:
            with self.opener() as file:
                return read(file)
        except zlib.error as error:
            raise InputRefused(f"It is no sound gzip file: {error}.", where=self.name,
                               remedy="Get the file again.") from error
        except OSError as error:
            raise InputRefused(f"It cannot be read: {error.strerror or error}.", where=self.name,
                               remedy="Check the path and its permissions.") from error


def _too_large(limit: int, where: str) -> InputRefused:
    return InputRefused(f"It is larger than {limit // MB} MB.", where=where,
                        remedy="Split it, or save only its text.")


def _inflated(file: BinaryIO, size: int) -> bytes:
    """At most `size` bytes of content, inflating gzip on the way and never more than asked for.

    Raises zlib.error for gzip that is broken or cut short. A gzip file may have several members (RFC 1952).
    """
    head = file.read(min(size, _HEAD))
    if not head.startswith(_GZIP):
        return head + _read_on(file, size - len(head))
    inflater, content, block = zlib.decompressobj(wbits=31), bytearray(), head
    while len(content) < size:
        content += inflater.decompress(block, size - len(content))
        if inflater.eof:
            block = inflater.unused_data or file.read(65536)
            if not block.startswith(_GZIP):
                break
            inflater = zlib.decompressobj(wbits=31)
        else:
            block = inflater.unconsumed_tail or file.read(65536)
            if not block and len(content) < size:
                raise zlib.error("its end is missing")
    return bytes(content)


def _read_on(file: BinaryIO, size: int) -> bytes:
    parts = []
    while size > 0 and (part := file.read(min(size, MB))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


# --- which kind --------------------------------------------------------------------------------------------

_HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|title|meta|div|p|h1)\b", re.IGNORECASE)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")
_MHTML = re.compile(rb"(?:^|\n)Content-Type:\s*multipart/related", re.IGNORECASE)
_HEADING = re.compile(rb"\s*# \S")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,4}")
_TEXT_SUFFIXES = (".txt", ".text", ".asc", ".article")
_MARKDOWN_SUFFIXES = (".md", ".mdown", ".mkd")
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
           b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!",
           b"\x28\xb5\x2f\xfd", b"\x7fELF", b"MZ\x90", b"SQLite format", b"\x1f\x8b")
_MOST_CONTROLS = 0.1


def sniff(head: bytes, file_name: str) -> SourceKind:
    """The kind of a file that begins with `head` (its first 4,096 bytes, inflated)."""
    name = re.sub(r"\.gz$", "", file_name.lower())
    suffix = Path(name).suffix
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in head[:1024]:
        return SourceKind.PDF
    if start.startswith(_BINARY) or _is_binary(head):
        return SourceKind.UNKNOWN
    if suffix in (".mhtml", ".mht") or (_MHTML.search(head) and b"MIME-Version" in head):
        return SourceKind.MHTML
    if suffix in _HTML_SUFFIXES or _opens_as_html(start):
        return SourceKind.HTML
    if suffix == ".json" or (not suffix and start.startswith((b'{"', b"{\n", b"{ ", b"{\r"))):
        return SourceKind.JSON
    return _plain(start, suffix)


def _plain(start: bytes, suffix: str) -> SourceKind:
    if suffix in _MARKDOWN_SUFFIXES or (not suffix and _HEADING.match(start)):
        return SourceKind.MARKDOWN
    if start.startswith(b"<?xml"):
        return SourceKind.UNKNOWN
    # "report.2024-03-28" and "U.S. accuses" have no suffix that says what the file is.
    is_text = suffix in _TEXT_SUFFIXES or not _SUFFIX.fullmatch(suffix)
    return SourceKind.TEXT if is_text else SourceKind.UNKNOWN


def _opens_as_html(start: bytes) -> bool:
    if not start.startswith(b"<"):
        return False
    opening = start[:1024] if start.startswith((b"<!--", b"<?xml")) else start[:64]
    match = _HTML_TAG.search(opening)
    return match is not None and (match.start() == 0 or start.startswith((b"<!--", b"<?xml")))


def _is_binary(head: bytes) -> bool:
    """Whether more than a tenth are control characters; UTF-16 and UTF-32 are told by their mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls > _MOST_CONTROLS * len(head)


# --- which files -------------------------------------------------------------------------------------------


def expand(paths: Sequence[str]) -> Iterator[Source]:
    """Every input behind `paths`, each once: files, the files in folders, `-` for standard input."""
    seen: set[str] = set()
    for path in paths:
        for source in _behind(path):
            identity = source.name if source.refusal or not source.path else os.path.realpath(source.path)
            if identity not in seen:
                seen.add(identity)
                yield source


def _behind(path: str) -> Iterator[Source]:
    if path == "-":
        yield Source("standard input", None, _standard_input, once=True)
    elif Path(path).is_dir():
        yield from _in_folder(Path(path))
    else:
        yield _file(Path(path), named=True)


def _standard_input() -> BinaryIO:
    return BytesIO(sys.stdin.buffer.read(MAX_PDF_BYTES + 1))


def _in_folder(folder: Path) -> Iterator[Source]:
    empty = True
    for directory, names, files in os.walk(folder, onerror=None):
        here = Path(directory)
        pages = {Path(file).stem for file in files if Path(file).suffix.lower() in _HTML_SUFFIXES}
        links = [name for name in names if (here / name).is_symlink()]
        names[:] = sorted(name for name in names if not _is_left_out(name, pages) and name not in links)
        for name in sorted([*files, *links]):
            if not name.startswith("."):
                empty = False
                yield _file(here / name, named=False)
    if empty:
        yield Source(display(folder), folder, _nothing, refusal="The folder holds no files.")


def _is_left_out(name: str, pages: set[str]) -> bool:
    return name.startswith(".") or any(name == f"{page}_files" for page in pages)


def _file(path: Path, *, named: bool) -> Source:
    """A file; pipes and devices only where the user names them: one in a folder may never end."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "There is no such file or folder." if missing else f"It cannot be read: {error.strerror}."
        return Source(display(path), path, _nothing, refusal=reason)
    except ValueError:
        return Source(display(path), path, _nothing, refusal="No file can have this name.")
    if stat.S_ISDIR(mode):
        return Source(display(path), path, _nothing, refusal="A link to a folder is not followed.")
    if not named and not stat.S_ISREG(mode):
        return Source(display(path), path, _nothing, refusal="It is no regular file.")
    return Source(display(path), path, lambda: path.open("rb"), once=not stat.S_ISREG(mode))


def _nothing() -> BinaryIO:
    raise FileNotFoundError("nothing to read")


def display(path: Path) -> str:
    """A path as it may be printed: no control characters, no bytes that are no characters."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
