"""The manual on paper: a booklet of A4 pages, and the quick card of two sides for the table of the booth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from pos import __version__
from pos.manual import CARD, Block, chapters, help_page, on_paper_too
from pos.receipts.flowing import Area, Flow, Measures, Piece, on_paper, pieces
from pos.receipts.fonts import text_width
from pos.receipts.setting import lines_of
from pos.receipts.sheet import Shape, Sheet, Stamp, Stroke, Words
from pos.receipts.svg import painted, polygons
from pos.text import _

PAGES = 20  # of the booklet
WIDTH, HEIGHT = 210.0, 297.0  # mm
_EDGE, _GAP = 14.0, 9.0  # mm around the words, between two columns
_COLUMN = (WIDTH - 2 * _EDGE - _GAP) / 2
_TOP, _BOTTOM, _CARD_TOP = 17.0, HEIGHT - 17.0, 31.0
_CARD_SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)  # pt: the largest that has room
# Of the booklet: pt, and mm that pictures are high at most; the first that has room on its pages.
_SIZES = tuple(product((10.2, 9.8, 9.4, 9.0, 8.6), range(92, 28, -4)))


class _Inside(NamedTuple):
    """The inside of the booklet: marks of each page, and where each page of the manual begins."""

    stamps: dict[int, list[Stamp]]
    places: dict[str, int]


def booklet() -> tuple[Sheet, ...]:
    """Cover, contents, the pages of the manual: PAGES pages of A4."""
    made = next((one for one in (_filled(*each) for each in _SIZES) if one), None)
    if made is None:
        raise ValueError(f"the manual has no room on {PAGES} pages")
    title = _("Lapak: the booklet")
    inside = ((*made.stamps.get(page, _notes()), *_page_foot(page)) for page in range(3, PAGES + 1))
    pages: tuple[Iterable[Stamp], ...] = (_cover(), _contents(made.places), *inside)
    return tuple(Sheet(title, WIDTH, HEIGHT, tuple(stamps)) for stamps in pages)


def quick_card() -> tuple[Sheet, ...]:
    """Two sides, two columns each, in the largest letters that have room."""
    page = help_page(CARD)
    turn = next((n for n, block in enumerate(page.blocks) if block.kind == "turn"), len(page.blocks))
    sides = (page.blocks[:turn], page.blocks[turn + 1 :])
    for size in _CARD_SIZES:
        by = Measures(size, size * 0.52, _COLUMN, size * 4.6)
        flows = [Flow(_columns((side,), _CARD_TOP)) for side in range(2)]
        if all(flow.put(_whole(blocks, by)) for flow, blocks in zip(flows, sides, strict=True)):
            break
    title = _("Lapak: the quick card")
    return tuple(
        Sheet(
            title,
            WIDTH,
            HEIGHT,
            (*_card_head(page.title, side), *flow.pages[side], *_card_foot(side)),
        )
        for side, flow in enumerate(flows)
    )


def _whole(blocks: Sequence[Block], by: Measures) -> list[Piece]:
    """The pieces of a side, where no section goes on in the next column."""
    ends = [one.kind == "heading" for one in blocks[1:]]
    made = pieces(blocks, _COLUMN, by)
    return [piece._replace(keeps=not end) for piece, end in zip(made, [*ends, True], strict=True)]


def _columns(pages: Iterable[int], top: float) -> Iterator[Area]:
    """Two areas a page."""
    for page in pages:
        for n in range(2):
            yield Area(page, _EDGE + n * (_COLUMN + _GAP), top, _COLUMN, _BOTTOM)


def _filled(size: float, highest: float) -> _Inside | None:
    """All pages in letters of that size, with pictures at most so high; None where they have no room."""
    by = Measures(size, size * 0.49, _COLUMN, highest)
    flow = Flow(_columns(range(3, PAGES + 1), _TOP))
    places: dict[str, int] = {}
    for name in on_paper_too():
        page = help_page(name)
        head, *rest = [_title(page.title), *pieces(page.blocks, _COLUMN, by)]
        if not flow.put([head, *rest[:1]]):
            return None
        places[name] = flow.page
        if not flow.put(rest[1:]):
            return None
    return _Inside(flow.pages, places)


def _title(text: str) -> Piece:
    """The head of a page of the manual, with a line above."""
    lines = lines_of(on_paper(text), "ExtraBold", 13.5, _COLUMN)
    words = (Words(0, 7.0 + 5.8 * n, line, 13.5, "ExtraBold", "primary") for n, line in enumerate(lines))
    return Piece((Stroke(0, 0.6, _COLUMN, "gold", 0.6), *words), 3.6 + 5.8 * len(lines), 5.0, keeps=True)


def _cover() -> Iterator[Stamp]:
    for y in (20.0, HEIGHT - 27.0):
        yield from _motif(y, 36)
    yield from _emblem(WIDTH / 2 - 24, 70, 48)
    yield Words(WIDTH / 2, 148, "Lapak", 48, "ExtraBold", "primary", "center")
    yield Words(WIDTH / 2, 164, _("The till of your booth, page by page"), 17, "Bold", align="center")
    yield Words(WIDTH / 2, 174, _("For cashiers and officers"), 13, color="text2", align="center")
    version = _("Version {version}").format(version=__version__)
    yield Words(WIDTH / 2, HEIGHT - 38, version, 10, color="text3", align="center")


def _motif(y: float, tiles: int) -> Iterator[Stamp]:
    """A band as wide as the paper."""
    for n in range(tiles):
        yield Shape(n * WIDTH / tiles, y, WIDTH / tiles / 24, polygons("motif-pucuk"), "gold")


def _emblem(x: float, y: float, side: float) -> Iterator[Stamp]:
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(x, y, side / 48, outlines, fill or "text")


def _contents(places: dict[str, int]) -> Iterator[Stamp]:
    width, y = WIDTH - 2 * _EDGE, _TOP + 8
    yield Words(_EDGE, y, _("Contents"), 20, "ExtraBold", "primary")
    y += 3
    for chapter in chapters():
        inside = [name for name in chapter.pages if name in places]
        if inside:
            y += 6.6
            yield Words(_EDGE, y, on_paper(chapter.title), 10, "ExtraBold", "text2")
        for name in inside:
            y += 5.1
            title = on_paper(help_page(name).title)
            yield Words(_EDGE + 4, y, title, 10)
            yield Words(_EDGE + width, y, str(places[name]), 10, "Bold", align="right")
            begin = _EDGE + 6 + text_width(title, "Medium", 10)
            yield Stroke(begin, y - 0.3, _EDGE + width - 8 - begin, "border", 0.2, dotted=True)


def _notes() -> Iterator[Stamp]:
    """A page to write on, where the manual ends before its paper does."""
    yield Words(_EDGE, _TOP + 6, _("Notes"), 13.5, "ExtraBold", "primary")
    for n in range(24):
        yield Stroke(_EDGE, _TOP + 18 + 10 * n, WIDTH - 2 * _EDGE, "border", 0.2)


def _page_foot(page: int) -> Iterator[Stamp]:
    left = page % 2 == 0
    base = HEIGHT - 9
    yield Words(
        _EDGE if left else WIDTH - _EDGE, base, str(page), 9.5, "Bold", "text2", "left" if left else "right"
    )
    yield Words(
        WIDTH - _EDGE if left else _EDGE, base, "Lapak", 9, "Bold", "text3", "right" if left else "left"
    )


def _card_head(title: str, side: int) -> Iterator[Stamp]:
    yield from _emblem(_EDGE, 8, 13)
    yield Words(_EDGE + 17, 14.5, on_paper(title), 17, "ExtraBold", "primary")
    said = _("Front: selling") if side == 0 else _("Back: the day, and when something is wrong")
    yield Words(_EDGE + 17, 20.3, said, 9.5, color="text2")
    yield from _motif(23.0, 52)


def _card_foot(side: int) -> Iterator[Stamp]:
    base = HEIGHT - 8
    yield Words(_EDGE, base, f"Lapak {__version__}", 8, "Bold", "text3")
    page = _("Page {number} of {pages}").format(number=side + 1, pages=2)
    yield Words(WIDTH - _EDGE, base, page, 8, color="text3", align="right")
