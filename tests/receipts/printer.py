"""A receipt printer that knows only what the cheapest ones do: bytes in, rows and black dots out."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

from pos.paths import resource

FONT = 24  # dots from row to row of font A
CELL = 12
PAGES = {0: "cp437", 16: "cp1252", 19: "cp858"}


@dataclass
class Printed:
    """What came out: rows of text with their style, pictures, where the paper was cut, the drawer opened."""

    width: int
    rows: list[tuple[str, bool, bool]] = field(default_factory=list)  # text, bold, tall
    pictures: list[Image.Image] = field(default_factory=list)
    strips: list[Image.Image] = field(default_factory=list)  # all of the paper, in its order
    fed_lines: int = 0
    cuts: int = 0
    kicks: list[int] = field(default_factory=list)  # the pins

    def page(self) -> Image.Image:
        """All pictures below each other, on white."""
        width = max(picture.width for picture in self.pictures)
        page = Image.new("L", (width, sum(picture.height + 20 for picture in self.pictures)), 255)
        y = 0
        for picture in self.pictures:
            page.paste(picture, (0, y))
            y += picture.height + 20
        return page

    def paper(self) -> Image.Image:
        """The whole roll that came out."""
        paper = Image.new("L", (self.width, max(sum(strip.height for strip in self.strips), 1)), 255)
        y = 0
        for strip in self.strips:
            paper.paste(strip, (0, y))
            y += strip.height
        return paper

    def words(self) -> list[str]:
        """The words of its rows in their order, without the rules and frames that are drawn with signs."""
        return [word for row, _bold, _tall in self.rows for word in row.split() if set(word) - set("*-")]

    def print_row(self, text: str, *, bold: bool, tall: bool) -> None:
        """Burn one row of font A. Raises AssertionError when it does not fit: a printer would break it."""
        assert len(text) * CELL <= self.width, text
        self.rows.append((text, bold, tall))
        strip = Image.new("L", (self.width, FONT), 255)
        file = resource(f"fonts/LapakMono-{'Bold' if bold else 'Regular'}.ttf")
        font = ImageFont.truetype(file, 20)
        ImageDraw.Draw(strip).text((0, 18), text, fill=0, font=font, anchor="ls")
        self.strips.append(strip.resize((self.width, 2 * FONT)) if tall else strip)

    def feed(self, dots: int) -> None:
        """Empty paper."""
        self.strips.append(Image.new("L", (self.width, dots), 255))


def run(data: bytes, width: int) -> Printed:
    """Print `data` on a head of `width` dots. Raises ValueError for a command it does not know."""
    out, at, style, line, page = Printed(width), 0, 0, b"", "ascii"
    while at < len(data):
        if data[at] == 0x0A:
            out.print_row(line.decode(page), bold=bool(style & 8), tall=bool(style & 16))
            line, at = b"", at + 1
        elif data[at] >= 0x20 and data[at] != 0x7F:
            line, at = line + data[at : at + 1], at + 1
        elif line:
            raise ValueError(f"byte {at}: {data[at : at + 4]!r} inside a row")
        else:
            style, page, at = _command(out, data, at, (style, page))
    assert not line
    return out


def _command(out: Printed, data: bytes, at: int, state: tuple[int, str]) -> tuple[int, str, int]:
    """One command at `at`; style and code page from there on, and where the next begins."""
    style, page = state
    match data[at : at + 2]:
        case b"\x1b@":
            return 0, "ascii", at + 2
        case b"\x1b!":
            return data[at + 2], page, at + 3
        case b"\x1bt":
            return style, PAGES[data[at + 2]], at + 3
        case b"\x1bJ":
            out.feed(data[at + 2])
            return style, page, at + 3
        case b"\x1bd":
            out.fed_lines = data[at + 2]
            return style, page, at + 3
        case b"\x1bp":
            out.kicks.append({0: 2, 1: 5}[data[at + 2]])
            return style, page, at + 5
        case b"\x10\x04":  # asked whether it has paper
            return style, page, at + 3
    if data[at : at + 4] == b"\x1dVB\x00":
        out.cuts += 1
        return style, page, at + 4
    if data[at : at + 4] == b"\x1dv0\x00":
        return style, page, _picture(out, data, at)
    raise ValueError(f"byte {at}: {data[at : at + 4]!r}")


def _picture(out: Printed, data: bytes, at: int) -> int:
    across, rows = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
    end = at + 8 + across * rows
    assert across * 8 <= out.width
    picture = Image.frombytes("1", (across * 8, rows), data[at + 8 : end])
    out.pictures.append(picture.convert("L").point(lambda dot: 255 - dot))
    out.strips.append(out.pictures[-1])
    return end
