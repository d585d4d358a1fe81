"""PDF files for tests: a page is a list of lines, drawn one below the other in Helvetica."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], *, title: str = "", info: str = "") -> bytes:
    """A well-formed PDF 1.4 file with one content stream a page."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>",
              f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
              "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for i, lines in enumerate(pages):
        stream = content(lines)
        bodies.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
                      "/Resources << /Font << /F1 3 0 R >> >> >>")
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    bodies.append(f"<< {f'/Title {literal(title)}' if title else ''} {info} >>")
    return assemble(bodies, info=len(bodies))


def content(lines: Sequence[str]) -> str:
    return "BT /F1 11 Tf 60 740 Td 14 TL\n" + "\n".join(f"{literal(row)} Tj T*" for row in lines) + "\nET"


def literal(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})"


def assemble(bodies: Sequence[str], *, info: int | None = None) -> bytes:
    """Objects 1, 2, … with their cross-reference table and trailer; object 1 is the catalogue."""
    file = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1", "replace")
    table = len(file)
    file += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    more = f" /Info {info} 0 R" if info else ""
    file += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R{more} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(file)
