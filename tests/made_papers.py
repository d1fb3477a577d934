"""Papers made of a few words, for the tests that read them."""

from __future__ import annotations


def pdf(pages: list[list[str]], title: str | None = None) -> bytes:
    """A PDF file whose pages hold lines of text, as a word processor prints them."""
    count = len(pages)
    font = 3 + 2 * count
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
    ]
    for place, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * place} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        shown = [line.replace("(", r"\(").replace(")", r"\)") for line in lines]
        drawn = " ".join(f"({line}) Tj T*" for line in shown)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td {drawn} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(f"<< /Title ({title or ''}) >>")
    data = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    info = f"/Info {size - 1} 0 R" if title else ""
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R {info} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
