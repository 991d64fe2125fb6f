"""Bytes on their way, and every way a printer has to fail: each is one sentence, and none takes long.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import errno
import os
import socket
import stat
import sys
import threading
from pathlib import Path

import pytest

from pos.errors import Refused, WorldFailed
from pos.printers import Printer
from pos.printers.ways import Patience, fault, print_pages, send, system_printers
from pos.receipts.escpos import START
from tests.printers.fake import ASK, EMPTY, FULL, QUICK, net_printer

LONG = START + b"Nastar 500 g      65.000\n" * 40_000  # more than any buffer on the way holds
SHORT = START + b"Nastar\n"

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="devices and pipes as POSIX has them")


def test_a_network_printer_gets_every_byte() -> None:
    with net_printer() as fake:
        send(fake.printer, LONG, QUICK._replace(send=5))
        assert fake.wait(1)
        assert fake.got == [ASK + LONG]


def test_one_that_answers_is_asked_before_and_after() -> None:
    with net_printer(FULL) as fake:
        send(fake.printer, SHORT, QUICK)
        assert fake.wait(1)
        assert fake.got == [ASK + SHORT + ASK]


def test_without_paper_nothing_is_sent() -> None:
    with net_printer(EMPTY) as fake:
        with pytest.raises(WorldFailed, match=r"Kertas struk habis\. .*cetak lagi"):
            send(fake.printer, SHORT, QUICK)
        assert fake.wait(1)
        assert fake.got == [ASK]


def test_paper_that_runs_out_in_the_middle_is_told() -> None:
    with net_printer(FULL, EMPTY) as fake, pytest.raises(WorldFailed, match="Kertas struk habis"):
        send(fake.printer, SHORT, QUICK)


def test_a_printer_that_stops_reading_is_given_up() -> None:
    with net_printer(deaf=True) as fake, pytest.raises(WorldFailed, match="tidak menerima data"):
        send(fake.printer, LONG * 10, QUICK)


def test_one_that_falls_silent_after_it_spoke_is_not_believed() -> None:
    with net_printer(FULL, b"", b"") as fake, pytest.raises(WorldFailed, match="tidak menerima data"):
        send(fake.printer, SHORT, QUICK)


def test_a_printer_that_is_gone_in_the_middle_is_told_53() -> None:
    with net_printer(gone_after=2_000) as fake, pytest.raises(WorldFailed, match="terputus di tengah"):
        send(fake.printer, LONG, QUICK)


def test_a_printer_that_is_switched_off_is_told() -> None:
    with net_printer() as fake:
        printer = fake.printer
    with pytest.raises(WorldFailed, match="tidak ditemukan"):
        send(printer, SHORT, QUICK)


def test_a_name_that_no_network_knows_is_told() -> None:
    with pytest.raises(WorldFailed, match="tidak ditemukan"):
        send(Printer("tcp", "printer.invalid"), SHORT, QUICK)


def test_without_a_printer_it_is_refused() -> None:
    with pytest.raises(Refused, match="Belum ada printer"):
        send(Printer(), SHORT)


def test_a_file_grows_by_each_slip(tmp_path: Path) -> None:
    printer = Printer("file", str(tmp_path / "struk.bin"))
    send(printer, SHORT)
    send(printer, SHORT)
    assert (tmp_path / "struk.bin").read_bytes() == SHORT * 2


def test_no_other_file_is_ever_touched(tmp_path: Path) -> None:
    ledger = tmp_path / "stan.lapak"
    ledger.write_bytes(b"SQLite format 3\0")
    with pytest.raises(WorldFailed, match="bukan berkas printer"):
        send(Printer("file", str(ledger)), SHORT)
    assert ledger.read_bytes() == b"SQLite format 3\0"


def test_a_folder_or_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "tidak" / "ada.bin"):
        with pytest.raises(WorldFailed, match="tidak ditemukan"):
            send(Printer("file", str(place)), SHORT)


@needs_posix
def test_a_full_disk_of_a_device_means_that_the_paper_is_out() -> None:
    with pytest.raises(WorldFailed, match="Kertas struk habis"):
        send(Printer("file", "/dev/full"), SHORT)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.EACCES, "tidak boleh dipakai"),
        (errno.EBUSY, "dipakai program lain"),
        (errno.EIO, "terputus di tengah"),
        (errno.ENODEV, "tidak ditemukan"),
        (errno.ENOSPC, "penuh"),
    ],
)
def test_each_fault_of_a_device_is_a_sentence(tmp_path: Path, number: int, says: str) -> None:
    told = str(fault(Printer("file", str(tmp_path / "lp0")), OSError(number, "")))
    assert says in told
    assert told.endswith("Transaksi tetap tersimpan; cetak lagi kapan saja.")


@needs_posix
def test_a_pipe_that_nobody_reads_is_given_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    reader = os.open(tmp_path / "lp0", os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(WorldFailed, match="tidak menerima data"):
            send(Printer("file", str(tmp_path / "lp0")), LONG, QUICK)
    finally:
        os.close(reader)


@needs_posix
def test_a_serial_line_carries_all_bytes_as_they_are() -> None:
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    data = START + bytes(range(256)) * 64
    got = bytearray()

    def take() -> None:
        while len(got) < len(ASK + data):
            got.extend(os.read(ours, 4096))

    reader = threading.Thread(target=take)
    reader.start()
    try:
        send(Printer("serial", os.ttyname(theirs) + ":115200"), data, QUICK)
        reader.join(5)
        assert bytes(got) == ASK + data
    finally:
        os.close(ours)
        os.close(theirs)


@needs_posix
def test_a_serial_line_that_nobody_reads_is_given_up() -> None:
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    try:
        with pytest.raises(WorldFailed, match="tidak menerima data"):
            send(Printer("serial", os.ttyname(theirs)), LONG, QUICK)
    finally:
        os.close(ours)
        os.close(theirs)


@needs_posix
def test_what_is_no_serial_line_is_told() -> None:
    with pytest.raises(WorldFailed, match="tidak ditemukan"):
        send(Printer("serial", "/dev/null"), SHORT, QUICK)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own first on the PATH, for programs of a system that stand in for CUPS."""
    if sys.platform == "win32":
        pytest.skip("the stand-ins are shell scripts")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(stat.S_IRWXU)


def test_the_systems_queue_gets_raw_bytes(system: Path) -> None:
    program(system, "lp", f'echo "$@" > {system}/asked; cat > {system}/got')
    send(Printer("lp", "POS-58"), SHORT)
    assert (system / "asked").read_text() == "-s -d POS-58 -o raw\n"
    assert (system / "got").read_bytes() == SHORT


def test_a_queue_that_does_not_know_the_printer_or_hangs_is_told(system: Path) -> None:
    program(system, "lp", "cat > /dev/null; echo 'lp: no such printer' >&2; exit 1")
    with pytest.raises(WorldFailed, match="POS-58 tidak ditemukan"):
        send(Printer("lp", "POS-58"), SHORT)
    program(system, "lp", "exec sleep 60")
    with pytest.raises(WorldFailed, match="tidak menerima data"):
        send(Printer("lp", "POS-58"), SHORT, Patience(spool=0.2))


@needs_posix
def test_a_system_without_queues_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WorldFailed, match="tidak ditemukan"):
        send(Printer("lp", "POS-58"), SHORT)
    assert system_printers() == ()


def test_the_systems_printers_are_listed(system: Path) -> None:
    program(system, "lpstat", "printf 'POS-58\\nKantor_A4\\n'")
    assert system_printers() == ("POS-58", "Kantor_A4")


def test_sending_needs_no_answer_of_a_printer_that_keeps_the_line() -> None:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    try:  # the system takes the call and the bytes; nobody ever answers or closes
        port = server.getsockname()[1]
        send(Printer("tcp", f"127.0.0.1:{port}"), SHORT, QUICK)
    finally:
        server.close()


def test_pages_go_to_the_printer_that_is_named(system: Path, tmp_path: Path) -> None:
    pages = tmp_path / "-a halaman.pdf"
    pages.write_bytes(b"%PDF")
    program(system, "lp", f'echo "$@" > {system}/asked')
    print_pages("Kantor_A4", pages)
    assert (system / "asked").read_text() == f"-s -d Kantor_A4 -- {pages}\n"


def test_pages_that_no_printer_takes_are_told_and_where_they_lie(system: Path, tmp_path: Path) -> None:
    program(system, "lp", "echo 'lp: no such printer' >&2; exit 1")
    with pytest.raises(WorldFailed, match=r"Printer X tidak menerima halaman ini\. .*a\.pdf"):
        print_pages("X", tmp_path / "a.pdf")
    program(system, "lp", "exec sleep 60")
    with pytest.raises(WorldFailed, match="tidak menerima"):
        print_pages("X", tmp_path / "a.pdf", Patience(spool=0.2))
