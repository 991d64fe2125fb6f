"""One day with marked people, and then every file is searched: what is personal or secret stands only where
it must, and after it was erased nowhere; what lies on the disk is this user's alone.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from pos.bugs import LOG, note, write_down
from pos.carry import sync_target
from pos.catalog import products
from pos.central import _keep as keep_passwords
from pos.errors import Refused, UserError
from pos.exports import EXPORTS, TABLES, export
from pos.ledger import Ledger, create_collector
from pos.machine import FILE, remember_head
from pos.order_book import order_of
from pos.orders import cart_of, change, place
from pos.paths import close_home, private_folder
from pos.people import give_pin
from pos.preorder import Contact, Order
from pos.privacy import erase
from pos.receipts.order_slips import deposit_slip, order_slip
from pos.receipts.pdf import write_pdf
from pos.reports.scope import Period
from pos.server import password_file
from pos.sessions import begin_session
from pos.settings import known, write_machine
from pos.staff import sign_in
from pos.support import save_report
from tests.books import booth, documents, end_shift
from tests.books import cart_of as cart_with
from tests.ordering import ahead, counter, handed_over, wish

WHO = Contact("Zubaidah Rahmawati", "081299988877", "@zubaidah.r", "Jalan Kenanga 77", "Pita jingga")
PERSONAL = ("Zubaidah", "zubaidah", "81299988877", "Kenanga", "jingga")
PIN = "904617"
WRONG_PIN = "604719"

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")


def bytes_of(path: Path) -> bytes:
    """All that can be read in a file, unpacked: members of packed files, streams of PDFs, its name."""
    data = path.read_bytes()
    parts = [data, path.name.encode()]
    if is_zipfile(path):
        with ZipFile(path) as packed:
            for name in packed.namelist():
                parts += [name.encode(), packed.read(name)]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL) if data[:4] == b"%PDF" else ():
        try:
            parts.append(zlib.decompress(_plain(stream.strip())))
        except (zlib.error, ValueError):
            continue
    return b"\n".join(parts)


def _plain(stream: bytes) -> bytes:
    """A stream as ReportLab packs it, ASCII 85 around it or not."""
    from base64 import a85decode

    return a85decode(stream, adobe=False) if stream.endswith(b"~>") else stream


def holding(folder: Path, *marks: str) -> dict[str, list[str]]:
    """Which of `marks` each file below `folder` holds."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = bytes_of(path)
        if held := [mark for mark in marks if mark.encode() in data]:
            found[path.relative_to(folder).as_posix()] = held
    return found


@pytest.fixture
def day(home: Path, tmp_path: Path) -> Iterator[tuple[Ledger, Order]]:
    """A booth's day below home(), told in every way that the program has."""
    private_folder(home)
    session, _broken = begin_session()
    with closing(booth(home / "stan.lapak")) as till, ExitStack() as last:
        if session:
            last.callback(session.end)
        give_pin(till, "rina", PIN, "rina")
        sign_in(till, "rina", WRONG_PIN)
        cart = cart_with(till, {"PECI": 2}).with_note(0, "bordir nama Zubaidah")
        order = place(till, cart, wish(contact=WHO), counter(till))
        ahead(till, order, 20_000)
        with till.read() as conn:
            order = order_of(conn, order.root)
        again = cart_of(order, products(till), order.cart).with_qty(0, 3)
        order = change(till, order, again, wish(contact=WHO), counter(till))
        for title, slip in (
            (order.receipt, order_slip(till, order)),
            (order.deposits[0].receipt, deposit_slip(till, order.deposits[0])),
        ):
            write_pdf(slip, home / "struk" / f"{title}.pdf")
        for wrong in (
            KeyError(WHO.name),
            ValueError(f"{WHO.phone} {PIN}"),
            OSError(5, WHO.name, WHO.address),
        ):
            try:
                raise RuntimeError(WHO.name) from wrong
            except RuntimeError as error:
                write_down(error)
        with pytest.raises(UserError):
            give_pin(till, "sari", PIN, "sari")
        write_machine(known({}, booth=False))
        chain = documents(till)[till.own().code]
        remember_head(till.own().code, chain[-1].seq, chain[-1].hash)
        handed_over(till, order)
        with till.read() as conn:
            order = order_of(conn, order.root)
        end_shift(till)
        told(till, tmp_path / "keluar")
        handed(till, tmp_path)
        save_report(till, {"Qt": "6.11"})
        yield till, order


def told(till: Ledger, out: Path) -> None:
    """Every export there is."""
    for ending in EXPORTS:
        for table in TABLES if ending in {".csv", ".jsonl"} else [""]:
            try:
                export(till, out / f"{table or 'semua'}{ending}", period=Period(), table=table)
            except Refused:
                assert ending == ".pdf"  # of two papers one must be named
                for paper in ("recap", "minutes"):
                    export(till, out / f"{paper}{ending}", period=Period(), table=paper)


def handed(till: Ledger, folder: Path) -> None:
    """To a stick and to a shared folder."""
    sync_target(till, str(folder / "stik" / "pusat.lapak"))
    sync_target(till, str(folder / "awan"))


def test_what_is_personal_stands_only_where_it_must(
    day: tuple[Ledger, Order], home: Path, tmp_path: Path
) -> None:
    till, _order = day
    assert holding(tmp_path, PIN, WRONG_PIN) == {}
    where = {
        name.split("/", 2)[1] if name.startswith("home/") else name for name in holding(tmp_path, *PERSONAL)
    }
    ledgers = {name for name in where if name.startswith("stan.lapak")}
    folders = {name for name in where if name.startswith(("stik/", "awan/in/"))}
    assert where - ledgers - folders <= {"struk"}
    assert ledgers
    assert folders
    assert not any(
        mark in doc.body for chain in documents(till).values() for doc in chain for mark in PERSONAL
    )
    assert (home / LOG).stat().st_size > 200  # it did say something
    assert {path.name for path in (home / "laporan").iterdir()}


def test_after_it_was_erased_it_stands_nowhere(day: tuple[Ledger, Order], home: Path, tmp_path: Path) -> None:
    till, order = day
    erase(till, order, counter(till, "sari"))
    handed(till, tmp_path)
    till.close()
    assert holding(tmp_path, *PERSONAL, PIN, WRONG_PIN) == {}
    assert list((home / "struk").iterdir()) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "stan.lapak")) as till:
        order = place(till, cart_with(till, {"PECI": 1}), wish(contact=WHO), counter(till))
        write_pdf(order_slip(till, order), tmp_path / "a.pdf")
        with ZipFile(tmp_path / "a.zip", "w") as packed:
            packed.writestr("dalam.txt", WHO.name)
    (tmp_path / f"{WHO.phone}.txt").touch()
    assert {"a.zip", f"{WHO.phone}.txt"} <= holding(tmp_path, "Zubaidah", WHO.phone).keys()


def test_papers_of_other_orders_stay(home: Path) -> None:
    with closing(booth(home / "stan.lapak")) as till:
        orders = [
            place(till, cart_with(till, {"PECI": 1}), wish(contact=WHO), counter(till)) for _n in range(2)
        ]
        for order in orders:
            write_pdf(order_slip(till, order), home / "struk" / f"{order.receipt}.pdf")
        erase(till, orders[0], counter(till, "sari"))
    assert [path.stem for path in (home / "struk").iterdir()] == [orders[1].receipt]


@posix
@pytest.mark.usefixtures("day")
def test_all_that_is_below_home_and_every_export_is_this_users_alone(home: Path, tmp_path: Path) -> None:
    paths = [home, *home.rglob("*"), *(tmp_path / "keluar").iterdir()]
    assert {FILE, LOG, "settings.json", "stan.lapak", "laporan", "struk"} <= {path.name for path in paths}
    open_to_others = {
        path.relative_to(tmp_path).as_posix(): oct(path.stat().st_mode & 0o777)
        for path in paths
        if path.stat().st_mode & 0o077
    }
    assert open_to_others == {}


@posix
def test_what_lies_where_others_fetch_it_is_as_open_as_the_system_wants(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with closing(booth(tmp_path / "stan.lapak")) as till:
            handed(till, tmp_path)
        create_collector(tmp_path / "kantor.lapak")  # as an office begins its books
        sync_target(till, str(tmp_path / "kantor.lapak"))
    finally:
        os.umask(before)
    files = (tmp_path / "stik" / "pusat.lapak", tmp_path / "kantor.lapak")
    shared = [*files, *(tmp_path / "awan").rglob("*.jsonl")]
    assert {path.stat().st_mode & 0o777 for path in shared} == {0o644}


@posix
def test_a_file_keeps_the_rights_that_somebody_gave_it(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "stan.lapak")) as till:
        path = tmp_path / "keluar.csv"
        export(till, path)
        assert path.stat().st_mode & 0o777 == 0o600
        for mode in (0o640, 0o444):
            path.chmod(mode)
            export(till, path)
            assert path.stat().st_mode & 0o777 == mode | 0o600


@posix
def test_a_file_of_passwords_that_was_open_to_others_is_closed(home: Path) -> None:
    """From one that others can read the client takes no password."""
    home.mkdir()
    password_file().write_text("lain:5432:*:a:b\n")
    password_file().chmod(0o644)
    keep_passwords("postgresql+psycopg://127.0.0.1/lapak", {"stan": "rahasia"})
    assert password_file().stat().st_mode & 0o777 == 0o600
    assert password_file().read_text().splitlines() == [
        "127.0.0.1:5432:lapak:stan:rahasia",
        "lain:5432:*:a:b",
    ]


@posix
def test_a_home_of_an_earlier_program_is_closed_and_a_chosen_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, own = tmp_path / "pilihan", tmp_path / "data" / "lapak"
    for folder in (chosen, own):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    monkeypatch.setenv("LAPAK_HOME", str(chosen))
    close_home()
    monkeypatch.delenv("LAPAK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    close_home()
    assert [folder.stat().st_mode & 0o777 for folder in (chosen, own)] == [0o755, 0o700]


def test_the_log_tells_nothing_that_was_typed(home: Path) -> None:
    """Only where it was; also for what comes from libraries."""
    for error in (
        ValueError(WHO.name),
        UnicodeError(WHO.phone),
        OSError(2, "x", WHO.address),
        Refused(WHO.name),
    ):
        write_down(error)
    note(f"home is {Path.home()}")
    assert holding(home, *PERSONAL, str(Path.home())) == {}
