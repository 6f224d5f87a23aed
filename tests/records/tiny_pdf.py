"""Writes small PDF files for tests: pages of texts at given positions, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

Text = tuple[float, float, str]
"""Points from the left, points from the top to the text's foot, and the text."""

WIDTH, HEIGHT, SIZE = 612, 792, 8


def write_pdf(path: Path, pages: Iterable[Sequence[Text]], *, pictures: bool = False) -> Path:
    """Write the pages to ``path`` in Helvetica, 8 points. With ``pictures`` each page has a grey picture on it."""
    path.write_bytes(pdf_bytes([_content(page, pictures) for page in pages]))
    return path


def pdf_bytes(contents: Sequence[bytes]) -> bytes:
    """A whole PDF file of pages with these content streams."""
    first = 5
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
        ),
    ]
    for at, content in enumerate(contents):
        resources = "<< /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >>"
        box = f"[0 0 {WIDTH} {HEIGHT}]"
        page = f"/Type /Page /Parent 2 0 R /MediaBox {box} /Resources {resources} /Contents {first + 2 * at + 1} 0 R"
        objects += [f"<< {page} >>".encode(), _stream(content, "")]
    return _file(objects)


def _content(page: Sequence[Text], pictures: bool) -> bytes:
    parts = [b"q 500 0 0 700 50 50 cm /I Do Q"] if pictures else []
    for x, foot, text in page:
        plain = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        parts.append(f"BT /F {SIZE} Tf {x} {HEIGHT - foot} Td (".encode() + plain + b") Tj ET")
    return b"\n".join(parts)


def _stream(content: bytes, entries: str) -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    file = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return file + f"{end}startxref\n{len(file)}\n%%EOF\n".encode()
