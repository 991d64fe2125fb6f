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

_WORDS = words(
    "sku name price institution barcode cost components aliases image active kode nama harga upt modal isi foto "
    "receipt at cashier qty discount method NASTAR-500 PECI HAMPERS LPP-PLG cash qris 2023-04-14T10:00 65000 "
    "30.000 Rp NASTAR-500:2|PECI:1 3\xa0dari JUMLAH Total 12,5 1e6 30rb"
) + (b"\n", b",", b";", b"\t", b'"', b'""', b"|")
_CARDS = (
    b"sku,name,price,institution\nLUMER,Kue Lumer,30000,LPP-PLG\nPECI,Peci,55.000,LP1-PLG\n",
    b"kode;nama;harga;upt;isi;barcode;foto;modal;aktif\nX;Paket;Rp100.000;LPP-PLG;NASTAR-500:1|PECI:2;899;a.png;5;ya\n",
    b"\xef\xbb\xbfsku\tname\tprice\tinstitution\tcomponents\nP\tPilih\t1\tLPP-PLG\t3 dari PECI|SEMPRONG\n",
)
_SALES = (
    b"receipt,at,cashier,sku,qty,price,discount,method\nA1,2023-04-14T10:00,rina,PECI,2,50000,0,cash\n"
    b"A1,2023-04-14T10:00,rina,NASTAR-500,1,65000,5000,cash\nA2,2023-04-15T09:00+07:00,Budi,HAMPERS,1,170000,,qris\n",
    b"nota;waktu;kasir;kode;jumlah;harga;cara bayar\n1;2023-04-14 08:00;sari;KOPI-GRAM;250;120;tunai\n",
)
_SHEETS = (
    b"DAFTAR HASIL KARYA\nLapas Kelas I Palembang\n\nNo\tNama Barang\tHarga\tJumlah\tUPT\n1\tMug\t5.000\t3\tLPP-PLG\n"
    b"2\tTas\t70000\t24 buah\tLP1-PLG\nJumlah\t\t\t27\n",
    b"Nama;Harga Satuan (Rp);Stok\nNastar 500 g;65.000;10\nLPP Palembang\nPeci;50000;2\n",
    b"Mug\t5000\nTas\t7000\n",
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

    yield Target("catalogue", lambda data: cards(bench.file("a.csv", data)), _CARDS, _WORDS)
    yield Target("paper", lambda data: sales(bench.file("a.csv", data)), _SALES, _WORDS)
    yield Target("sheet", lambda data: sheet(bench.file("a.csv", data)), _SHEETS, _WORDS)
    yield Target("pasted", pasted, _SHEETS, _WORDS)
    yield Target("workbook", lambda data: cards(bench.file("a.xlsx", packed(data))), _BOOKS, _XML)
    yield Target("package", lambda data: sheet(bench.file("a.xlsx", data)), (packed(_BOOKS[0]),))


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
# The first byte says which part the rest is.
_BOOKS = tuple(bytes([place]) + part.encode() for place, part in enumerate(_PARTS.values()))
_XML = words(
    '<row r="1"> </row> <c t="s"> <c t="d"> <c t="e"> <c t="n" s="1"> <c r="XFD1048576"> <v>1</v> <f>=A1</f> '
    '<is><t> </t></is> <![CDATA[row]]> <!--row--> &amp; &#x1; _x0001_ 1e308 -1 44000.5 state="hidden" '
    'date1904="1" Target="../x.xml" <!DOCTYPE <!ENTITY'
)


def packed(data: bytes) -> bytes:
    """A workbook of which one part is these bytes."""
    out, names = io.BytesIO(), list(_PARTS)
    wanted = names[data[0] % len(names)] if data else ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in _PARTS.items():
            book.writestr(name, data[1:] if name == wanted else part)
    return out.getvalue()
