"""Targets that read tables: price lists, sales from paper, sheets of institutions, what is pasted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pos.catalog import institutions
from pos.columns_guess import guess, maker_of, pasted_grid, read_grid
from pos.goods_import import preview
from pos.goods_sheet import fill_sheet
from pos.ledger import Ledger
from pos.paper import import_sales
from pos.pricelist import import_catalog
from tests.fuzz.targets import Bench, Target, text_of, words

_WORDS = (
    *words(
        "sku name price institution barcode cost components aliases image active kode nama harga upt modal "
        "isi foto receipt at cashier qty discount method NASTAR-500 PECI HAMPERS LPP-PLG cash qris "
        "2023-04-14T10:00 65000 30.000 Rp NASTAR-500:2|PECI:1 3\xa0dari JUMLAH Total 12,5 1e6 30rb"
    ),
    *(b"\n", b",", b";", b"\t", b'"', b'""', b"|"),
)


def tables(bench: Bench) -> Iterator[Target]:
    """The targets of this file."""

    def cards(path: Path) -> None:
        with bench.kept() as ledger:
            import_catalog(ledger, path, skip_bad=path.stat().st_size % 2 == 0)

    def sales(path: Path) -> None:
        with bench.kept() as ledger:
            import_sales(ledger, path, skip_bad=path.stat().st_size % 2 == 0)

    def sheet(path: Path) -> None:
        with bench.kept() as ledger:
            grid = read_grid(path)
            layout = guess(grid)
            made = maker_of(grid, layout, institutions(ledger).values())
            preview(ledger, grid, layout, made or "LPP-PLG")
            fill_sheet(ledger, grid, layout, bench.laid / "kembali.csv", "LPP-PLG")

    def pasted(data: bytes) -> None:
        with bench.kept() as ledger:
            _previewed(ledger, text_of(data))

    yield Target("catalogue", lambda data: cards(bench.file("a.csv", data)), _WORDS)
    yield Target("paper", lambda data: sales(bench.file("a.csv", data)), _WORDS)
    yield Target("sheet", lambda data: sheet(bench.file("a.csv", data)), _WORDS)
    yield Target("pasted", pasted, _WORDS)
    yield Target("workbook", lambda data: cards(bench.file("a.xlsx", packed(data))), _XML)
    yield Target("package", lambda data: sheet(bench.file("a.xlsx", data)))


def _previewed(ledger: Ledger, text: str) -> None:
    half = len(text) // 2
    for grid in (pasted_grid(text), pasted_grid(text[half:], pasted_grid(text[:half]))):
        preview(ledger, grid, guess(grid), "LPP-PLG")


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KINDS}.sharedStrings+xml"/></Types>'
    ),
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>PECI</t></si><si><t>LP1-PLG</t></si></sst>',
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/worksheets/sheet1.xml": (
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">'
        '<c t="inlineStr"><is><t>sku</t></is></c><c t="inlineStr"><is><t>name</t></is></c>'
        '<c t="inlineStr"><is><t>price</t></is></c><c t="inlineStr"><is><t>institution</t></is></c></row>'
        '<row r="2"><c t="s"><v>0</v></c><c t="str"><f>1+1</f><v>Peci</v></c><c><v>55000</v></c>'
        '<c t="s"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    ),
}
_XML = words(
    '<row r="1"> </row> <c t="s"> <c t="d"> <c t="e"> <c t="n" s="1"> <c r="XFD1048576"> <v>1</v> <f>=A1</f> '
    '<is><t> </t></is> <![CDATA[row]]> <!--row--> &amp; &#x1; _x0001_ 1e308 -1 44000.5 state="hidden" '
    'date1904="1" Target="../x.xml" <!DOCTYPE <!ENTITY'
)


def packed(data: bytes) -> bytes:
    """A workbook of which one part is these bytes; the first says which."""
    out, names = io.BytesIO(), list(_PARTS)
    wanted = names[data[0] % len(names)] if data else ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in _PARTS.items():
            book.writestr(name, data[1:] if name == wanted else part)
    return out.getvalue()
