"""Printers of Windows: its spooler takes raw bytes (winspool.drv), its serial lines are files named COMn.

Everything goes through `Spooler`, the few functions that are called, so that a test can stand in for Windows.
"""

from __future__ import annotations

import ctypes
import errno
from ctypes import (
    POINTER,
    Structure,
    byref,
    c_uint32,
    c_void_p,
    c_wchar_p,
    cast,
    create_string_buffer,
    sizeof,
)
from typing import Any, ClassVar, TypeAlias

_LOCAL_AND_CONNECTED = 0x2 | 0x4  # PRINTER_ENUM_LOCAL, PRINTER_ENUM_CONNECTIONS
_LEVEL = 4  # of EnumPrinters: names alone, without asking any printer
# Windows' own numbers of errors, as those of the C library that the rest of the program knows.
_ERRORS = {5: errno.EACCES, 1801: errno.ENODEV, 1722: errno.ENODEV, 112: errno.ENOSPC, 32: errno.EBUSY}


class _Document(Structure):
    """DOC_INFO_1W."""

    _fields_: ClassVar = [("name", c_wchar_p), ("file", c_wchar_p), ("kind", c_wchar_p)]


class _Known(Structure):
    """PRINTER_INFO_4W."""

    _fields_: ClassVar = [("name", c_wchar_p), ("server", c_wchar_p), ("attributes", c_uint32)]


class _State(Structure):
    """DCB: filled by Windows, so only its size is known here."""

    _fields_: ClassVar = [("whole", ctypes.c_byte * 28)]


Spooler: TypeAlias = Any  # winspool.drv: each function of it gives 0 when it failed


def spool(name: str, data: bytes, spooler: Spooler | None = None) -> None:
    """Hand `data` to the queue of the printer `name` as it is. Raises OSError when it does not take it."""
    windows = spooler or _spooler()
    printer = c_void_p()
    _ask(windows.OpenPrinterW(name, byref(printer), None))
    try:
        _ask(windows.StartDocPrinterW(printer, 1, byref(_Document("Lapak", None, "RAW"))))
        try:
            _ask(windows.StartPagePrinter(printer))
            _write(windows, printer, data)
            _ask(windows.EndPagePrinter(printer))
        finally:
            windows.EndDocPrinter(printer)
    finally:
        windows.ClosePrinter(printer)


def names(spooler: Spooler | None = None) -> tuple[str, ...]:
    """The printers that this user may print on, none when Windows does not tell."""
    windows = spooler or _spooler()
    needed, found = c_uint32(), c_uint32()
    windows.EnumPrintersW(_LOCAL_AND_CONNECTED, None, _LEVEL, None, 0, byref(needed), byref(found))
    memory = create_string_buffer(max(needed.value, sizeof(_Known)))
    size = len(memory)
    if not windows.EnumPrintersW(
        _LOCAL_AND_CONNECTED, None, _LEVEL, memory, size, byref(needed), byref(found)
    ):
        return ()
    rows = cast(memory, POINTER(_Known))
    return tuple(str(rows[place].name) for place in range(found.value))


def to_serial(name: str, speed: int, data: bytes) -> None:
    """Write to the serial line `name` (COM5) at `speed` baud, 8 bits, no parity. Raises OSError."""
    with open(rf"\\.\{name}", "r+b", buffering=0) as line:  # noqa: PTH123 - Path would take it for a share
        set_line(line.fileno(), f"baud={speed} parity=N data=8 stop=1")
        rest = memoryview(data)
        while rest:
            taken = line.write(rest) or 0
            if not taken:  # the time that SetCommTimeouts allows is over
                raise TimeoutError
            rest = rest[taken:]


def set_line(file: int, how: str) -> None:
    """Set a serial line as `mode COM5: ...` would, and let it give up after 8 s without progress."""
    kernel, handle, state = _library("kernel32"), c_void_p(_handle(file)), _State()
    _ask(kernel.GetCommState(handle, byref(state)))
    _ask(kernel.BuildCommDCBW(c_wchar_p(how), byref(state)))
    _ask(kernel.SetCommState(handle, byref(state)))
    _ask(kernel.SetCommTimeouts(handle, (c_uint32 * 5)(50, 0, 50, 0, 8000)))


def _write(windows: Spooler, printer: c_void_p, data: bytes) -> None:
    at, written = 0, c_uint32()
    while at < len(data):
        _ask(windows.WritePrinter(printer, data[at:], len(data) - at, byref(written)))
        if not written.value:
            raise TimeoutError
        at += written.value


def _ask(answer: int) -> None:
    if not answer:
        code = getattr(ctypes, "get_last_error", int)()
        raise OSError(_ERRORS.get(code, errno.ENODEV), f"Windows error {code}")


def _library(name: str) -> Any:
    """A library of Windows. Raises OSError anywhere else."""
    load = getattr(ctypes, "WinDLL", None)
    if load is None:
        raise OSError(errno.ENODEV, "only Windows has this library")
    return load(name, use_last_error=True)


def _handle(file: int) -> int:
    from importlib import import_module

    return int(import_module("msvcrt").get_osfhandle(file))


def _spooler() -> Spooler:
    dll = _library("winspool.drv")
    dll.OpenPrinterW.argtypes = [c_wchar_p, POINTER(c_void_p), c_void_p]
    dll.StartDocPrinterW.argtypes = [c_void_p, c_uint32, c_void_p]
    dll.WritePrinter.argtypes = [c_void_p, ctypes.c_char_p, c_uint32, POINTER(c_uint32)]
    for name in ("StartPagePrinter", "EndPagePrinter", "EndDocPrinter", "ClosePrinter"):
        getattr(dll, name).argtypes = [c_void_p]
    return dll
