"""What a printer may be: kept as text, refused with a sentence when it cannot be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import Refused
from pos.ledger import Ledger
from pos.printers import (
    CODE_PAGES,
    COLUMNS,
    NONE,
    Printer,
    checked,
    host_and_port,
    line_and_speed,
    printer_of,
    printer_text,
    slip_bytes,
)
from pos.receipts import escpos
from pos.receipts.blocks import Slip, Text
from pos.receipts.measures import CELL, PAPERS
from pos.receipts.slip import sale_slip
from pos.settings import valid
from tests.books import sell
from tests.receipts.printer import run

GOOD = (
    Printer("tcp", "192.168.1.50", 48, cutter=True, drawer=2),
    Printer("tcp", "printer-kasir.local:9101", 42, raster=True),
    Printer("tcp", "[fe80::1%eth0]:9100"),
    Printer("serial", "COM5:115200", 32, code_page="cp858"),
    Printer("serial", "/dev/rfcomm0"),
    Printer("lp", "POS-58", 32),
    Printer("windows", "POS-58 (Copy 1)", 32, drawer=5),
    Printer("file", "/dev/usb/lp0"),
)


@pytest.mark.parametrize("printer", GOOD)
def test_a_printer_is_kept_as_it_is(printer: Printer) -> None:
    text = printer_text(printer)
    assert valid("printer", text)
    assert printer_of(text) == checked(printer) == printer


@pytest.mark.parametrize(
    ("printer", "says"),
    [
        (Printer("tcp", ""), "alamat"),
        (Printer("tcp", "  "), "alamat"),
        (Printer("tcp", "192.168.1.50:0"), "192.168.1.50"),
        (Printer("tcp", "192.168.1.50:99999"), "9100"),
        (Printer("tcp", "a b"), "192.168.1.50"),
        (Printer("tcp", "http://x/"), "http"),
        (Printer("tcp", "x" * 300), "alamat"),
        (Printer("serial", "COM0"), "COM5"),
        (Printer("serial", "COM5:1200"), "COM5:9600"),
        (Printer("serial", "/etc/passwd"), "COM5"),
        (Printer("lp", "-o"), "daftar"),
        (Printer("lp", "a b"), "daftar"),
        (Printer("lp", "a/b"), "daftar"),
        (Printer("windows", "POS\n58"), "daftar"),
        (Printer("tcp", "x", columns=40), "dikenal"),
        (Printer("tcp", "x", drawer=3), "dikenal"),
        (Printer("tcp", "x", code_page="utf-8"), "dikenal"),
    ],
)
def test_what_cannot_be_a_printer_is_told(printer: Printer, says: str) -> None:
    with pytest.raises(Refused) as told:
        checked(printer)
    assert says in str(told.value)
    assert printer_of(printer_text(printer)) == NONE


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"kind": "laser", "address": "x"}', '{"columns": "48"}', "null"]
)
def test_a_setting_that_is_none_is_no_printer(text: str) -> None:
    assert printer_of(text) == NONE


def test_a_setting_of_a_newer_version_is_read_for_what_is_known() -> None:
    text = '{"kind": "file", "address": "/dev/usb/lp0", "columns": 32, "colour": "red"}'
    assert printer_of(text) == Printer("file", "/dev/usb/lp0", 32)


@given(st.text())
def test_no_text_is_a_crash(text: str) -> None:
    assert printer_of(text).kind in ("none", "windows", "lp", "serial", "tcp", "file")
    for part in (host_and_port, line_and_speed):
        try:
            part(text)
        except ValueError:
            continue


@pytest.mark.parametrize("raster", [False, True])
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_bytes_are_as_the_printer_is(till: Ledger, columns: int, raster: bool) -> None:
    slip = sale_slip(till, sell(till, {"PECI": 1}), columns=columns)
    printed = run(slip_bytes(Printer("file", "x", columns, raster, cutter=True), slip), columns * CELL)
    assert (printed.cuts, bool(printed.rows)) == (1, not raster)


def test_every_width_and_code_page_can_be_chosen() -> None:
    assert set(COLUMNS) == set(PAPERS)
    assert set(CODE_PAGES) == set(escpos.CODE_PAGES)


def test_a_slip_of_many_metres_is_refused() -> None:
    slip = Slip("PANJANG", 48, (Text("baris"),) * 2_000)
    with pytest.raises(Refused, match="PANJANG terlalu panjang"):
        slip_bytes(Printer("file", "x"), slip)
