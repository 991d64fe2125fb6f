"""The spooler of Windows, played: what is called, in which order, and what its refusals mean.

That the real one takes these calls is to be seen on Windows; here is held that they are made as its
documentation has them.
"""

# ruff: noqa: D102 - the names are those of Windows, which tells what they do

from __future__ import annotations

import ctypes
from ctypes import c_uint32, c_void_p, c_wchar_p
from typing import Any

import pytest

from pos.errors import WorldFailed
from pos.printers import Printer
from pos.printers.ways import fault, send
from pos.printers.windows import _Document, _Known, names, spool, to_serial


class Spool:
    """winspool.drv with one printer, POS-58; it takes `most` bytes at a time."""

    def __init__(self, most: int = 1_000) -> None:
        self.calls: list[str] = []
        self.got = b""
        self.kind = ""
        self._most = most

    def OpenPrinterW(self, name: str, handle: Any, _defaults: None) -> int:
        self.calls.append("open")
        handle._obj.value = 7
        return int(name == "POS-58")

    def StartDocPrinterW(self, handle: c_void_p, level: int, document: Any) -> int:
        assert (handle.value, level) == (7, 1)
        told: _Document = document._obj
        self.calls.append("document")
        self.kind = told.kind
        return 1

    def StartPagePrinter(self, _handle: c_void_p) -> int:
        self.calls.append("page")
        return 1

    def WritePrinter(self, _handle: c_void_p, data: bytes, size: int, written: Any) -> int:
        assert size == len(data)
        self.got += data[: self._most]
        written._obj.value = min(size, self._most)
        return 1

    def EndPagePrinter(self, _handle: c_void_p) -> int:
        self.calls.append("page ends")
        return 1

    def EndDocPrinter(self, _handle: c_void_p) -> int:
        self.calls.append("document ends")
        return 1

    def ClosePrinter(self, _handle: c_void_p) -> int:
        self.calls.append("close")
        return 1

    def EnumPrintersW(self, flags: int, _name: None, level: int, *rest: Any) -> int:
        memory, _size, needed, found = rest
        assert (flags, level) == (6, 4)
        known = (_Known * 2)(_Known("POS-58", None, 64), _Known("Kantor A4", r"\\SERVER", 16))
        needed._obj.value = ctypes.sizeof(known)
        if memory is None:
            return 0
        ctypes.memmove(memory, known, ctypes.sizeof(known))
        self._kept = known  # its strings
        found._obj.value = 2
        return 1


def test_raw_bytes_go_to_the_queue_in_one_document() -> None:
    fake, data = Spool(), bytes(range(256)) * 20
    spool("POS-58", data, fake)
    assert (fake.got, fake.kind) == (data, "RAW")
    assert fake.calls == ["open", "document", "page", "page ends", "document ends", "close"]


def test_a_printer_that_is_not_there_is_told() -> None:
    fake = Spool()
    with pytest.raises(OSError, match="Windows") as failed:
        spool("Lain", b"x", fake)
    assert fake.calls == ["open"]
    assert "Lain tidak ditemukan" in str(fault(Printer("windows", "Lain"), failed.value))


def test_a_queue_that_takes_nothing_more_is_given_up_and_closed() -> None:
    fake = Spool(most=0)
    with pytest.raises(TimeoutError):
        spool("POS-58", b"x", fake)
    assert fake.calls[-2:] == ["document ends", "close"]


def test_the_printers_are_listed_by_name() -> None:
    assert names(Spool()) == ("POS-58", "Kantor A4")


def test_the_structures_are_as_wide_as_windows_has_them() -> None:
    pointer = ctypes.sizeof(c_void_p)
    assert ctypes.sizeof(_Document) == 3 * ctypes.sizeof(c_wchar_p)
    assert ctypes.sizeof(_Known) == 2 * pointer + max(ctypes.sizeof(c_uint32), pointer)


@pytest.mark.skipif(hasattr(ctypes, "WinDLL"), reason="Windows has all of it")
def test_elsewhere_it_says_that_such_a_printer_is_not_there() -> None:
    with pytest.raises(WorldFailed, match="POS-58 tidak ditemukan"):
        send(Printer("windows", "POS-58"), b"x")
    with pytest.raises(OSError, match="COM5"):
        to_serial("COM5", 9600, b"x")
