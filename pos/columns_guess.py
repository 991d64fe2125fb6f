"""What the columns of an institution's own spreadsheet mean: by their headings, and by what stands in them.

Titles above the header, two rows of headings, totals, merged cells: what people make for people. Nothing is
stored here; a person sees the guess, corrects it, and then pos/goods_import.py reads the goods by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pos.errors import Refused
from pos.model import Institution
from pos.money import parse_rupiah
from pos.pricelist import COLUMNS
from pos.sheets import TITLE_ROWS, cell_text, pasted_rows, read_rows
from pos.text import _, fold

COUNT = "count"  # pieces that came: no column of the catalogue, but for labels
# Beside the names of pos.pricelist.COLUMNS; folded words. The longer ones say more.
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "sku": "sku|kode|kode brg|no kode|item code|code|id barang",
        "name": "name|product|item|description|uraian|keterangan barang|hasil karya|nama hasil karya"
        "|jenis barang|nama kerajinan|item name|product name|nama item",
        "category": "category|kelompok|golongan|jenis produk",
        "unit": "unit|kemasan|uom",
        "price": "price|harga satuan|harga barang|harga jual satuan|selling price|unit price|harga pameran"
        "|harga per buah",
        "institution": "institution|asal|satker|satuan kerja|nama upt|rutan|asal upt|penghasil|maker",
        "barcode": "barcode|kode barcode|gtin",
        "cost": "cost|harga beli|harga dasar|harga titip|harga upt|biaya produksi|purchase|harga setor",
        "aliases": "aliases|sinonim",
        "components": "components|isi hampers",
        "image": "image|photo",
        "active": "active|status",
        "story": "story|cerita barang|tentang produk",
        "halal": "halal|no sertifikat halal|id halal",
        "pirt": "pirt|irt|izin pirt|spp irt",
        "workshop": "workshop|pokja|bengkel kegiatan kerja",
        COUNT: "stok|stok awal|stock|jumlah|qty|quantity|banyaknya|jumlah barang|jumlah stok|volume"
        "|jumlah titip|terima|pcs",
    }
)
NUMBERS = frozenset({"no", "nomor", "nomer", "no urut", "number", "nr"})  # rows that are counted
# Headings that look like one of those above and are none: sums, remarks, and what we fill in ourselves.
OTHERS = frozenset(
    "total|total harga|jumlah harga|jumlah rupiah|nilai|nilai jual|sub total|subtotal|sisa|terjual|laku"
    "|rupiah|dikembalikan|keterangan|ket|sold|returned|left|sold pieces|given back pieces|left pieces"
    "|terjual buah|dikembalikan buah|sisa buah".split("|")
)
TOTALS = re.compile(r"(sub|grand)?\s*(total|jumlah|jml)( (keseluruhan|seluruhnya|harga|barang))?")
SURE, LIKELY, MAYBE = 95, 80, 60  # per cent
_LEAST = 55
MISSPELT = 0.8  # how much of two words must be the same for one to be the other with a slip
_SAMPLE = 200  # rows that are looked at

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A foreign table as it is: `rows` are the number that the spreadsheet shows, and the cells as text."""

    name: str
    rows: tuple[tuple[int, Cells], ...]

    @property
    def width(self) -> int:
        """How many columns anything stands in."""
        return max((len(cells) for _row, cells in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column (by its place, from 0) is: a key of HEADINGS or ""; how surely, in per cent, and why."""

    place: int
    column: str
    sure: int
    why: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read: its columns, and the numbers of the rows above the goods (title, header).

    `header` is the number of the last header row, 0 when there is none.
    """

    guesses: tuple[Guess, ...]
    header: int

    def place(self, column: str) -> int | None:
        """Where this column is, if there is one."""
        return next((guess.place for guess in self.guesses if guess.column == column), None)

    def corrected(self, place: int, column: str) -> Layout:
        """The same, with what a person says the column at `place` is; another one that was it is none now."""

        def one(guess: Guess) -> Guess:
            if guess.place == place:
                return replace(guess, column=column, sure=100, why=_("chosen by hand"))
            if column and guess.column == column:
                return replace(guess, column="", sure=100, why=_("another column was chosen for it"))
            return guess

        return replace(self, guesses=tuple(map(one, self.guesses)))


def read_grid(path: Path) -> Grid:
    """A CSV or XLSX file as it is. Raises Refused or WorldFailed as pos.sheets.read_rows does."""
    with read_rows(path) as rows:
        return _grid(path.name, rows)


def pasted_grid(text: str, before: Grid | None = None) -> Grid:
    """A block copied from a spreadsheet; pasted after `before` it stands below it. Raises Refused."""
    rows = pasted_rows(text)
    if before is None:
        return _grid(_("pasted"), rows)
    last = before.rows[-1][0] if before.rows else 0
    return Grid(before.name, before.rows + _grid("", ((last + row, cells) for row, cells in rows)).rows)


def guess(grid: Grid) -> Layout:
    """What its columns are, by headings in the first TITLE_ROWS rows and by what stands below them."""
    best: tuple[int, int, dict[int, tuple[str, int, str]], list[str]] = (0, 0, {}, [])
    for start, (_row, cells) in enumerate(grid.rows[:TITLE_ROWS]):
        tries = [(start, list(cells))]
        if start + 1 < len(grid.rows):
            tries.append((start + 1, _joined(cells, grid.rows[start + 1][1])))
        for end, titles in tries:
            found = _by_headings(titles)
            keys = {key for key, _sure, _why in found.values()}
            score = sum(sure for _key, sure, _why in found.values())
            if len(keys) >= 2 and keys & {"name", "price", "sku"} and score > best[0]:
                best = (score, end + 1, found, titles)
    _score, begin, found, titles = best
    data = [cells for _row, cells in grid.rows[begin : begin + _SAMPLE]]
    if not begin and grid.rows:
        data = [cells for _row, cells in grid.rows[:_SAMPLE]]
    guesses = []
    for place in range(grid.width):
        values = [cell_text(cells[place]) for cells in data if place < len(cells) and cells[place].strip()]
        key, sure, why = found.get(place, ("", 0, ""))
        heading = cell_text(titles[place]) if place < len(titles) else ""
        guesses.append(_weighed(Guess(place, key, sure, why, heading), values))
    header = grid.rows[begin - 1][0] if begin else 0
    return Layout(tuple(_by_content(guesses, data)), header)


def maker_of(grid: Grid, layout: Layout, units: Iterable[Institution]) -> str:
    """The code of the institution that is named above the goods, or ""."""
    titles = " ".join(fold(" ".join(cells)) for row, cells in grid.rows if row < max(layout.header, 1))
    named = [unit for unit in units if fold(unit.name) in titles]
    return max(named, key=lambda unit: len(unit.name)).code if named else ""


def goods_rows(grid: Grid, layout: Layout) -> Iterator[tuple[int, Cells]]:
    """The rows below the header, as wide as the table; empty ones left out."""
    width = grid.width
    for row, cells in grid.rows:
        if row > layout.header and any(cell.strip() for cell in cells):
            yield row, (*cells, *[""] * (width - len(cells)))


def is_total(cells: Iterable[str]) -> bool:
    """Whether the row adds up the others: its first text says so."""
    first = next((fold(cell) for cell in cells if fold(cell) and not fold(cell).isdigit()), "")
    return bool(TOTALS.fullmatch(first))


def _grid(name: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Grid:
    kept = []
    for row, cells in rows:
        last = max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
        kept.append((row, tuple(cells[:last])))
    return Grid(name, tuple(kept))


def _joined(upper: Cells, lower: Cells) -> list[str]:
    """Two rows of headings as one: of a merged cell only the first has its text."""
    joined, above = [], ""
    for place in range(max(len(upper), len(lower))):
        high = upper[place].strip() if place < len(upper) else ""
        low = lower[place].strip() if place < len(lower) else ""
        above = high or (above if low else "")
        joined.append(f"{above} {low}".strip())
    return joined


def _by_headings(titles: Sequence[str]) -> dict[int, tuple[str, int, str]]:
    """Key, sureness and why by place; of several columns that could be the same the surest."""
    found: dict[int, tuple[str, int, str]] = {}
    taken: dict[str, int] = {}
    for place, title in enumerate(titles):
        key, sure = _meaning(title)
        if not key or sure < _LEAST:
            continue
        why = _("headed “{title}”").format(title=cell_text(title)[:40])
        if key in taken and found[taken[key]][1] >= sure:
            continue
        if key in taken:
            del found[taken[key]]
        taken[key], found[place] = place, (key, sure, why)
    return found


@lru_cache(4096)  # each row is looked at alone, and as one of two
def _meaning(title: str) -> tuple[str, int]:
    """The key that a heading most probably means, and how surely."""
    words = re.sub(r"\(.*?\)|\brp\b", " ", " ".join(re.split(r"[\W_]+", title.casefold())))
    heading = fold(words)
    if not heading or heading in NUMBERS or len(heading) > 40 or heading in OTHERS:
        return "", 0
    best = ("", 0)
    for key, names in HEADINGS.items():
        for name in (*COLUMNS.get(key, ()), *names.split("|")):
            sure = _alike(heading, name)
            if sure > best[1]:
                best = (key, sure)
    return best


def _alike(heading: str, name: str) -> int:
    """How surely a heading means `name`: the same, shortened, with more words, or misspelt."""
    if heading == name:
        return SURE + 3
    said, known = heading.split(), name.split()
    if len(said) == len(known) and all(map(_short_for, said, known)):
        return LIKELY + min(len(known), 5) * 2
    if len(known) < len(said) and all(any(_short_for(s, k) for s in said) for k in known):
        return MAYBE + 3 * len(known) + (5 if _short_for(said[0], known[0]) else 0)
    if 2 * min(len(heading), len(name)) < MISSPELT * (len(heading) + len(name)):
        return 0
    same = SequenceMatcher(None, heading, name)
    if same.quick_ratio() < MISSPELT:  # no less than what the next line finds, at a tenth of the work
        return 0
    ratio = same.ratio()
    return round(ratio * 75) if ratio >= MISSPELT else 0


def _short_for(said: str, word: str) -> bool:
    """`brg` is short for `barang`, `hrg` for `harga`: letters of it in their order, the first among them."""
    if said == word:
        return True
    if len(said) < 2 or len(said) > len(word) or said[0] != word[0]:
        return False
    if len(said) == 2 and len(word) > 5:
        return False
    letters = iter(word)
    return all(letter in letters for letter in said)


def _weighed(one: Guess, values: Collection[str]) -> Guess:
    """Less sure when what stands below the heading is something else."""
    if not values or one.column not in ("price", "cost", COUNT, "name"):
        return one
    counted = (value[:1].isdigit() for value in values)  # 24 toples
    amounts = sum(counted if one.column == COUNT else map(is_amount, values)) / len(values)
    if (one.column == "name") == (amounts > 0.5):
        why = _("{why}, but other things stand in it").format(why=one.why)
        return replace(one, sure=one.sure // 2, why=why)
    return one


def _by_content(guesses: Sequence[Guess], data: Sequence[Cells]) -> list[Guess]:
    """Name and price, where no heading said which they are."""
    result = list(guesses)
    have = {one.column for one in result}
    for key in ("name", "price"):
        if key in have or not data:
            continue
        free = [one.place for one in result if not one.column]
        ranked = sorted(free, key=lambda place: -_fits(key, [_at(cells, place) for cells in data]))
        if ranked and _fits(key, [_at(cells, ranked[0]) for cells in data]) > 0:
            why = _("its cells look like prices") if key == "price" else _("its cells look like names")
            heading = result[ranked[0]].heading
            result[ranked[0]] = Guess(ranked[0], key, MAYBE - 10, why, heading)
    return result


def _fits(key: str, cells: Sequence[str]) -> float:
    """How much a column looks like names or like prices; 0 not at all."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) * 2 < len(cells) or not filled:
        return 0
    amounts = [cell for cell in filled if is_amount(cell)]
    if key == "name":
        words = len(filled) - len(amounts)
        return len(set(filled)) * words / len(filled) ** 2 + len("".join(filled)) / len(filled) / 1000
    money = [cell for cell in amounts if money_of(cell) >= 500]
    return len(money) / len(filled) if len(money) * 2 > len(filled) else 0


def _at(cells: Cells, place: int) -> str:
    return cells[place] if place < len(cells) else ""


def is_amount(cell: str) -> bool:
    """Whether this is money or a number."""
    return money_of(cell) >= 0


def money_of(cell: str) -> int:
    """The amount in a cell, Rupiah; -1 when it is none."""
    try:
        return parse_rupiah(cell)
    except Refused:
        return -1
