"""The ways to a printer: system queue, network, serial line, file. Each sends bytes or says why it could not.

Where the printer can answer, it is asked whether it has paper, before and after. A cheap head that answers
nothing is believed. Everything has an end: nobody waits longer than the seconds below.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pos.errors import Refused, WorldFailed
from pos.printers import Printer, host_and_port, line_and_speed
from pos.receipts.escpos import START
from pos.text import _

CONNECT_S = 4.0  # to reach a printer in the network
SEND_S = 8.0  # for the next part of the data to be taken
ANSWER_S = 0.3  # for the first answer: most heads give none
LAST_ANSWER_S = 6.0  # of a printer that answered before, when all was sent
SPOOL_S = 15.0  # for the system's queue to take a job

_ASK_PAPER = b"\x10\x04\x04"  # DLE EOT 4: answered at once, whatever lies in the printer's memory
_NO_PAPER = 0x60  # in the answer
_CHUNK = 4096  # bytes
_MOST_STALLS = 1_000  # times in a row that a device calls itself ready and takes nothing


class Patience(NamedTuple):
    """How long is waited, in seconds; see the constants."""

    connect: float = CONNECT_S
    send: float = SEND_S
    answer: float = ANSWER_S
    last: float = LAST_ANSWER_S
    spool: float = SPOOL_S


def send(printer: Printer, data: bytes, patience: Patience | None = None) -> None:
    """Give `data` to `printer`; returns when the system or the printer has taken all of it.

    It blocks, for as long as `patience` says at most: so never on the thread of the screen. Raises
    WorldFailed with one sentence when it is not there, does not answer, or has no paper; Refused when none is
    chosen.
    """
    way = _WAYS.get(printer.kind)
    if way is None:
        raise Refused(_("No printer is chosen."), _("Choose one in the settings."))
    try:
        way(printer, data, patience or Patience())
    except OSError as error:
        raise fault(printer, error) from error


def system_printers() -> tuple[str, ...]:
    """The names of the printers that the system knows, none where it has no list. Takes up to 5 s."""
    if sys.platform == "win32":
        from pos.printers.windows import names

        return names()
    try:
        listed = subprocess.run(["lpstat", "-e"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(listed.stdout.decode(errors="replace").split())


def print_pages(printer: str, file: Path, patience: Patience | None = None) -> None:
    """Give the pages of a PDF to a `printer` of the system by its name; it blocks as `send` does.

    Raises WorldFailed when the system does not take them: on Windows also where no program prints PDFs.
    """
    try:
        if sys.platform == "win32":
            os.startfile(file, "printto", f'"{printer}"')  # noqa: S606 - a PDF of ours
            return
        command = ["lp", "-s", "-d", printer, "--", str(file)]
        spool = (patience or Patience()).spool
        done = subprocess.run(command, capture_output=True, timeout=spool, check=False)
        if done.returncode:
            raise OSError(errno.ENODEV, done.stderr.decode(errors="replace"))
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WorldFailed(
            _("The printer {name} did not take the pages.").format(name=printer),
            _("They are saved as {name}; print them from there.").format(name=file.name),
        ) from error


def fault(printer: Printer, error: OSError) -> WorldFailed:
    """What a failed attempt means to a person."""
    again = _("The sale is stored; print it again at any time.")
    name = printer.address
    if isinstance(error, TimeoutError):
        return WorldFailed(
            _("The printer {name} takes no data; its paper may be out.").format(name=name), again
        )
    if error.errno == errno.ENOSPC and printer.kind == "file" and _is_device(name):
        return no_paper()  # what Linux says of a printer on USB
    if error.errno in (errno.EACCES, errno.EPERM):
        return WorldFailed(_("The printer {name} may not be used.").format(name=name), again)
    if error.errno in (errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED, errno.EIO):
        return WorldFailed(_("The printer {name} was gone in the middle.").format(name=name), again)
    if error.errno == errno.EBUSY:
        return WorldFailed(_("The printer {name} is in use by another program.").format(name=name), again)
    if error.errno == errno.ENOSPC:
        return WorldFailed(_("The disk of {name} is full.").format(name=name), again)
    return WorldFailed(_("The printer {name} is not there.").format(name=name), again)


def no_paper() -> WorldFailed:
    """The printer says so itself."""
    return WorldFailed(_("The receipt paper is out."), _("The sale is stored; print it again at any time."))


class _Wire(NamedTuple):
    """A way that may answer: `write` sends all or raises OSError; `read` gives what came within seconds."""

    write: Callable[[bytes], None]
    read: Callable[[float], bytes]


def _converse(wire: _Wire, data: bytes, patience: Patience) -> None:
    """Send, and ask a printer that answers whether there is paper, before and after."""
    wire.write(_ASK_PAPER)
    answers = wire.read(patience.answer)
    if answers:
        _look(answers)
    wire.write(data)
    if answers:
        wire.write(_ASK_PAPER)
        last = wire.read(patience.last)
        if not last:
            raise TimeoutError
        _look(last)


def _look(answer: bytes) -> None:
    if answer[-1] & _NO_PAPER == _NO_PAPER:
        raise no_paper()


def _to_network(printer: Printer, data: bytes, patience: Patience) -> None:
    with socket.create_connection(host_and_port(printer.address), patience.connect) as line:

        def read(seconds: float) -> bytes:
            line.settimeout(seconds)
            try:
                got = line.recv(16)
            except TimeoutError:
                return b""
            finally:
                line.settimeout(patience.send)
            if not got:
                raise ConnectionResetError(errno.ECONNRESET, "closed")
            return got

        def write(part: bytes) -> None:
            for at in range(0, len(part), _CHUNK):
                line.sendall(part[at : at + _CHUNK])  # the time is that of one chunk

        line.settimeout(patience.send)
        _converse(_Wire(write, read), data, patience)
        line.shutdown(socket.SHUT_WR)
        _until_closed(line, patience)


def _until_closed(line: socket.socket, patience: Patience) -> None:
    """A printer that was switched off says so now, if the bytes were still on their way.

    One that keeps the line open is believed after a moment.
    """
    line.settimeout(patience.answer)
    with suppress(TimeoutError):
        while line.recv(64):
            pass


def _to_serial(printer: Printer, data: bytes, patience: Patience) -> None:
    name, speed = line_and_speed(printer.address)
    if sys.platform == "win32":
        from pos.printers.windows import to_serial

        to_serial(name, speed, data)
        return
    import termios

    with _open(name, os.O_RDWR | os.O_NOCTTY) as line:
        try:
            settings = termios.tcgetattr(line)
        except termios.error as error:
            raise OSError(errno.ENOTTY, name) from error
        flags = termios.CS8 | termios.CREAD | termios.CLOCAL
        rate = getattr(termios, f"B{speed}")
        termios.tcsetattr(line, termios.TCSANOW, [0, 0, flags, 0, rate, rate, settings[6]])
        _converse(_wire_of(line, patience), data, patience)


def _to_file(printer: Printer, data: bytes, patience: Patience) -> None:
    """Write to a device, or behind what was printed before into a file; no other file is ever touched."""
    path = Path(printer.address)
    if path.exists() and not _is_device(printer.address):
        if not path.is_file():
            raise OSError(errno.EISDIR, printer.address)
        with path.open("rb") as file:
            if file.read(len(START)) not in (b"", START):
                raise WorldFailed(
                    _("{name} is no file of a printer; it was left as it is.").format(name=path),
                    _("Choose another name in the settings."),
                )
    made = 0 if path.exists() else os.O_CREAT
    with _open(printer.address, os.O_WRONLY | os.O_APPEND | made) as line:
        _wire_of(line, patience).write(data)


@contextmanager
def _open(name: str, flags: int) -> Iterator[int]:
    """A file or device that never blocks, closed in the end."""
    line = os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0), 0o644)
    try:
        yield line
    finally:
        os.close(line)


def _wire_of(line: int, patience: Patience) -> _Wire:
    def ready(seconds: float, *, reading: bool = False) -> bool:
        if sys.platform == "win32":
            return not reading  # its files cannot be waited for
        return any(select.select([line] if reading else [], [] if reading else [line], [], seconds))

    def write(data: bytes) -> None:
        rest, stalls = memoryview(data), 0
        while rest:
            if stalls > _MOST_STALLS or not ready(patience.send):
                raise TimeoutError
            taken = 0
            with suppress(BlockingIOError):
                taken = os.write(line, rest[:_CHUNK])
            rest, stalls = rest[taken:], 0 if taken else stalls + 1

    def read(seconds: float) -> bytes:
        return os.read(line, 16) if ready(seconds, reading=True) else b""

    return _Wire(write, read)


def _to_lp(printer: Printer, data: bytes, patience: Patience) -> None:
    command = ["lp", "-s", "-d", printer.address, "-o", "raw"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=patience.spool, check=False)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    if done.returncode:
        raise OSError(errno.ENODEV, done.stderr.decode(errors="replace"))


def _to_windows(printer: Printer, data: bytes, _patience: Patience) -> None:
    from pos.printers.windows import spool

    spool(printer.address, data)


def _is_device(name: str) -> bool:
    try:
        mode = Path(name).stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


_WAYS: Mapping[str, Callable[[Printer, bytes, Patience], None]] = MappingProxyType(
    {
        "windows": _to_windows,
        "lp": _to_lp,
        "serial": _to_serial,
        "tcp": _to_network,
        "file": _to_file,
    }
)
