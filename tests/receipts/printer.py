"""A receipt printer that knows only what the cheapest ones do: bytes in, rows and black dots out."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

FONT = 24  # dots from row to row of font A
CELL = 12


@dataclass
class Printed:
    """What came out: rows of text with their style, pictures, and where the paper was cut."""

    rows: list[tuple[str, bool, bool]] = field(default_factory=list)  # text, bold, tall
    pictures: list[Image.Image] = field(default_factory=list)
    fed_lines: int = 0
    cuts: int = 0

    def page(self) -> Image.Image:
        """All pictures below each other, on white."""
        width = max(picture.width for picture in self.pictures)
        page = Image.new("L", (width, sum(picture.height + 20 for picture in self.pictures)), 255)
        y = 0
        for picture in self.pictures:
            page.paste(picture, (0, y))
            y += picture.height + 20
        return page


def run(data: bytes, width: int) -> Printed:
    """Print `data` on a head of `width` dots. Raises ValueError for a command it does not know."""
    out, at, style, line = Printed(), 0, 0, b""
    while at < len(data):
        if data[at] == 0x0A:
            out.rows.append((line.decode("ascii"), bool(style & 8), bool(style & 16)))
            assert len(line) * CELL <= width, line
            line, at = b"", at + 1
        elif 0x20 <= data[at] < 0x7F:
            line, at = line + data[at : at + 1], at + 1
        elif data[at : at + 2] == b"\x1b@":
            style, at = 0, at + 2
        elif data[at : at + 2] == b"\x1b!":
            style, at = data[at + 2], at + 3
        elif data[at : at + 2] == b"\x1bJ":
            at += 3
        elif data[at : at + 2] == b"\x1bd":
            out.fed_lines, at = data[at + 2], at + 3
        elif data[at : at + 4] == b"\x1dVB\x00":
            out.cuts, at = out.cuts + 1, at + 4
        elif data[at : at + 4] == b"\x1dv0\x00":
            across, rows = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
            end = at + 8 + across * rows
            assert across * 8 <= width
            picture = Image.frombytes("1", (across * 8, rows), data[at + 8 : end])
            out.pictures.append(picture.convert("L").point(lambda dot: 255 - dot))
            at = end
        else:
            raise ValueError(f"byte {at}: {data[at : at + 4]!r}")
        assert not line or at == len(data) or data[at] == 0x0A or 0x20 <= data[at] < 0x7F, (
            "style inside a row"
        )
    assert not line
    return out
