"""Small files in the formats a report comes in, written by hand: Word, PDF."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["make_docx", "make_pdf", "paragraph", "table"]

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC: Final = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_PAGE: Final = (595, 842)


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of Word that says `text`."""
    said = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Word; a cell holds a paragraph for each of its lines."""
    cells = ("".join(f"<w:tc>{_lines(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _lines(cell: str) -> str:
    return "".join(paragraph(line) for line in cell.split("\n"))


def make_docx(body: str, **parts: str) -> bytes:
    """Return a Word document with `body`; `parts` are other parts of it by name (`numbering`, `footnotes`)."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_W}>{inner}</w:{name}>")
    return held.getvalue()


def make_pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, size: int = 12, with_text: bool = True) -> bytes:
    """Return a PDF whose pages hold texts at places in points from the lower left.

    All letters are half as wide as they are high. The font is not embedded; a map says which letter each code is.
    """
    letters = sorted({char for page in pages for _, _, text in page for char in text})
    codes = {char: index + 1 for index, char in enumerate(letters)}
    mapping = "\n".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [4 0 R]"
            " /ToUnicode 5 0 R >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /DW 500 /FontDescriptor 6 0 R"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        _stream(cmap),
        (
            "<< /Type /FontDescriptor /FontName /Arial /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
            " /Descent -200 /CapHeight 700 /StemV 80 >>"
        ),
    ]
    for at, page in enumerate(pages):
        shown = "\n".join(
            f"1 0 0 1 {x} {y} Tm <{''.join(f'{codes[char]:04x}' for char in text)}> Tj" for x, y, text in page
        )
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE[0]} {_PAGE[1]}] /Contents {8 + 2 * at} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>"
            ),
            _stream(f"BT /F1 {size} Tf\n{shown}\nET" if with_text else "0 0 100 100 re f"),
        ]
    return _file(objects)


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, said in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{said}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode("latin-1")
    return data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("latin-1")
