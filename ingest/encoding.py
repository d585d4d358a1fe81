"""Bytes → characters: which encoding a file is in, by mark, declaration, or trial."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# The charsets that pages declare, after the WHATWG Encoding Standard; Python's other codecs (rot13, zip,
# unicode_escape …) are no character sets and must not be reachable from a file.
_CHARSETS = frozenset({
    "utf-8", "gb18030", "gbk", "gb2312", "big5", "euc_jp", "euc_kr", "cp949", "shift_jis", "iso2022_jp",
    "koi8-r", "koi8-u", "cp866", "cp874", "mac-cyrillic",
    *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
})
_SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
              "gbk": "gb18030", "euc_kr": "cp949", "tis-620": "cp874"}
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,400}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE)


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str | None]:
    """The text of `data` and a note where its encoding had to be assumed.

    A byte order mark wins; then UTF-8 if it fits; then the declared charset; then Windows-1252. UTF-8 comes
    before the declaration because bytes that are valid UTF-8 and not ASCII are hardly ever anything else,
    while saved pages often keep a declaration that is no longer true.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark):].decode(encoding, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if declared and (charset := _charset(declared)):
        try:
            return data.decode(charset), None
        except UnicodeDecodeError:
            pass
    return data.decode("cp1252", "replace"), "Its encoding is not stated; it was read as Windows-1252."


def declared_charset(data: bytes) -> str | None:
    """What an HTML page or XML declaration says of itself in its first 4,096 bytes."""
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def _charset(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _CHARSETS else None
