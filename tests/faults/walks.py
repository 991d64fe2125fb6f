"""What is done while the world fails: one walk for each path of the program that writes.

A walk is prepared once, in a folder with `rumah` (all state of a laptop) and `stik` (what is carried), and
may be begun again after it was cut: who is at the till presses the same button once more. It answers (`Tell`)
only after the program said that something is done; answers are kept outside, where nothing fails.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from pos.cart import Cart
from pos.carts import keep
from pos.checkout import checkout
from pos.cli import main as cli
from pos.clock import stopped_at
from pos.closing import close_shift, x_report
from pos.draft import Draft
from pos.drawer_count import COINS, NOTES, lock_count
from pos.identity import remember, settle_identity
from pos.ledger import Ledger, open_ledger
from pos.model import Shift
from pos.papers import PaperRef
from pos.payments import settle
from pos.printers import Printer
from pos.printing import enqueue, retry, run_queue, take_up
from pos.refunds import void
from pos.settings import write_machine
from pos.shifts import current_shift, open_shift
from pos.tables import DOCUMENT, SHIFT
from tests.books import DAY, MOMENT, booth, busy_day, cart_of
from tests.faults.backup_walks import backing_up, forgetting, restoring, with_copy, with_erased
from tests.faults.bare import STAN, books
from tests.faults.goods import GOODS, request
from tests.sync.world import office

OFFICE = "rumah/kantor.lapak"
CENTRAL, SHARED = "stik/pusat.lapak", "stik/HBP 59"
KEPT = Path(__file__).parent.parent / "data/ledgers"


class Tell:
    """Notes answers in a file outside, one a line, and in the record of the disk."""

    def __init__(self, path: Path, shim: Any) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._shim = shim

    def __call__(self, *answer: object) -> None:
        """One answer, its words parted by `|`."""
        line = "|".join(map(str, answer))
        os.write(self._file, f"{line}\n".encode())
        if self._shim:
            self._shim.fs_mark(line.encode())

    def paper(self, where: str, doc: Any) -> None:
        """This document is in the ledger or folder `where`."""
        self("paper", where, doc.device, doc.seq, doc.hash)

    def chain(self, where: str, ledger: Path, upto: int = sys.maxsize) -> None:
        """All that the laptop of `ledger` wrote, up to document `upto`, has come to `where`."""
        with self._looking():
            found = books(ledger)
        own = found.settings["device"]
        for (device, seq), hashed in found.hashes.items():
            if device == own and seq <= upto:
                self("paper", where, device, seq, hashed)

    def file(self, folder: Path, where: str) -> None:
        """This file is whole and will stay."""
        with self._looking(), (folder / where).open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
        self("file", where, found)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Meanwhile nothing fails: it is not the program that looks."""
        if self._shim:
            self._shim.fs_rest(1)
        try:
            yield
        finally:
            if self._shim:
                self._shim.fs_rest(0)


Said = tuple[int, str] | None  # an exit code other than 0 and what was said to a person
Act = Callable[[Path, Tell], Said]


@dataclass(frozen=True, slots=True)
class Walk:
    """`carts` are those that are sales behind it, `on_stick` says that it writes to a stick that may be
    pulled, `told` with which exit codes it may tell of a fault, `swept` that every operation of it fails in
    turn.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Act
    carts: Sequence[str] = ()
    on_stick: bool = False
    told: Sequence[int] = (3,)
    swept: bool = True


def command(*argv: object, into: io.StringIO | None = None) -> Said:
    """Run one command of the command line here; what it said when it did not do it."""
    said, shown = io.StringIO(), into or io.StringIO()
    with redirect_stderr(said), redirect_stdout(shown):
        code = cli([*map(str, argv), "--json"])
    return (code, said.getvalue() or shown.getvalue()) if code else None


def _stan(folder: Path) -> None:
    (folder / "rumah").mkdir()
    (folder / "stik").mkdir()
    booth(folder / STAN).close()


def _opened(folder: Path) -> Ledger:
    ledger = open_ledger(folder / STAN, stopped_at(MOMENT))
    settle_identity(ledger)
    return ledger


def _pay(ledger: Ledger, shift: Shift, cart: str, tell: Tell) -> Any:
    """One sale as the till does it: the cart is kept while it is filled, and gone when it is sold."""
    filled = Cart(cart, cart_of(ledger, GOODS).lines)
    keep(ledger, Draft(filled, MOMENT))
    sale = checkout(ledger, filled, [settle("cash", filled.total)], shift, "rina")
    tell.paper(STAN, sale)
    keep(ledger, gone=(cart,))
    return sale


def _new(folder: Path, tell: Tell) -> Said:
    path = folder / "rumah/baru.lapak"
    if not path.exists():
        said = command("new", path, "--booth", "S07", "--name", "Stan 7", "--institution", "LPP-PLG")
        if said:
            return said
    tell.chain("rumah/baru.lapak", path)
    return None


def _empty(folder: Path) -> None:
    (folder / "rumah").mkdir()
    (folder / "stik").mkdir()


class _Answers(io.StringIO):
    """The standard output of `lapak sell`: every line that comes is an answer."""

    def __init__(self, tell: Tell, where: Path) -> None:
        super().__init__()
        self._tell, self._where = tell, where

    def write(self, text: str) -> int:
        for line in text.splitlines():
            if line.startswith("{") and "number" in (reply := json.loads(line)):
                self._tell("sold", STAN, reply["cart"], reply["seq"])
        return super().write(text)


STDIN = tuple(f"masuk-{n}" for n in range(1, 5))


def _sell(folder: Path, tell: Tell) -> Said:
    """`lapak sell --stdin`, which also closes the shift of that other day, and opens one."""
    asked = [json.dumps(request(cart)) for cart in STDIN]
    sys.stdin = io.TextIOWrapper(io.BytesIO("\n".join(asked).encode()))
    return command("sell", folder / STAN, "--stdin", into=_Answers(tell, folder))


TILL = ("kasir-1", "kasir-2", "kasir-3")


def _till(folder: Path, tell: Tell) -> Said:
    with closing(_opened(folder)) as ledger:
        shift = current_shift(ledger) or open_shift(ledger, "rina", DAY)
        sales = [_pay(ledger, shift, cart, tell) for cart in TILL]
        tell.paper(STAN, void(ledger, sales[1], shift, "rina", "salah pilih"))
        remember(ledger)
    return None


CLOSED = ("tutup-1", "tutup-2")


def _close(folder: Path, tell: Tell) -> Said:
    """The last sale of a shift, its count, its closing, the next shift and the first sale in it."""
    with closing(_opened(folder)) as ledger:
        with ledger.read() as conn:
            row = conn.execute(select(SHIFT).order_by(SHIFT.c.seq)).first()
        assert row is not None
        shift = Shift(row.device, row.seq, date.fromisoformat(row.day), MOMENT, row.cashier, row.float_cash)
        if (now := current_shift(ledger)) and now.seq == shift.seq:
            _pay(ledger, shift, CLOSED[0], tell)
            left, notes = x_report(ledger, shift, "rina").expected, {}
            for note in (*NOTES, *COINS):
                notes[note], left = divmod(left, note)
            counted = lock_count(ledger, shift, notes, "rina")
            tell.paper(STAN, close_shift(ledger, shift, (counted,), "", "rina"))
        later = current_shift(ledger) or open_shift(ledger, "sari", DAY, 50_000)
        _pay(ledger, later, CLOSED[1], tell)
        remember(ledger)
    return None


def _carrying(folder: Path) -> None:
    """A stick that has been to another booth, a shared folder, and something new to bring to both."""
    _stan(folder)
    booth(folder / "rumah/lain.lapak", "S04").close()
    with closing(open_ledger(folder / STAN, stopped_at(MOMENT))) as ledger:
        busy_day(ledger)
    office(folder / OFFICE).close()
    for ledger_file in ("rumah/lain.lapak", OFFICE):
        for target in (CENTRAL, SHARED):
            assert command("sync", folder / ledger_file, folder / target) is None


def _sync(target: str) -> Act:
    def act(folder: Path, tell: Tell) -> Said:
        said = command("sync", folder / STAN, folder / target)
        if said is None:
            tell.chain(target, folder / STAN)
        return said

    return act


def _merge(folder: Path, tell: Tell) -> Said:
    sources = [folder / STAN, folder / "rumah/lain.lapak", folder / SHARED]
    said = command("merge", folder / CENTRAL, *sources)
    if said is None:
        for source in ("rumah/stan.lapak", "rumah/lain.lapak"):
            tell.chain(CENTRAL, folder / source)
    return said


PAPERS = ("lines.csv", "lines.jsonl", "buku.xlsx", "rekap.pdf", "arsip.zip")


def _papers(folder: Path) -> None:
    """A booth with a day to tell of, and older papers under the same names."""
    _stan(folder)
    with closing(open_ledger(folder / STAN, stopped_at(MOMENT))) as ledger:
        busy_day(ledger)
    for name in (*PAPERS, "struk.pdf", "harga.csv"):
        (folder / "stik" / name).write_text("yang lama\n")


def _export(*names: str) -> Act:
    def act(folder: Path, tell: Tell) -> Said:
        for name in names:
            table = ("--table", "recap") if name.endswith(".pdf") else ()
            if said := command("export", folder / STAN, "-o", folder / "stik" / name, *table):
                return said
            tell.file(folder, f"stik/{name}")
        return None

    return act


def _receipt(folder: Path, tell: Tell) -> Said:
    """A receipt as a PDF, and the price list."""
    with closing(open_ledger(folder / STAN, read_only=True)) as ledger:
        number = f"S03{ledger.own().code[:2]}-000001"
    struk, harga = folder / "stik/struk.pdf", folder / "stik/harga.csv"
    if said := command("receipt", folder / STAN, number, "-o", struk):
        return said
    tell("whole", "stik/struk.pdf")  # of the next print, which is a copy, the bytes are others
    if said := command("catalog", "export", folder / STAN, harga):
        return said
    tell.file(folder, "stik/harga.csv")
    return None


def _print(folder: Path, tell: Tell) -> Said:
    """A receipt is put behind the others, and printed; once it was called the original, it is none again."""
    with closing(_opened(folder)) as ledger:
        take_up(ledger)
        with ledger.read() as conn:
            doc = conn.execute(select(DOCUMENT).where(DOCUMENT.c.kind == "sale")).first()
        assert doc is not None
        what = PaperRef("sale", json.loads(doc.body)["cart"], doc.device, doc.seq)
        retry(ledger)
        if enqueue(ledger, what).copy == 0:
            tell("original", what.number)
        run_queue(ledger, Printer("file", "-"), lambda _printer, data: tell("printed", len(data)))
    return None


def _settings(folder: Path, tell: Tell) -> Said:
    """What the machine remembers and how it is set."""
    from pos.faults import told

    with told(str(folder / "rumah")):
        write_machine({"theme": "dark"}, folder / "rumah")
    tell.file(folder, "rumah/settings.json")
    with closing(open_ledger(folder / STAN, stopped_at(MOMENT))) as ledger:
        remember(ledger)
    return None


def _kept(version: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _empty(folder)
        shutil.copyfile(KEPT / f"{version}.lapak", folder / STAN)

    return prepare


UPGRADED = ("naik-1",)


def _upgrade(folder: Path, tell: Tell) -> Said:
    """A ledger of a released version is opened, and sold with."""
    with closing(_opened(folder)) as ledger:
        shift = current_shift(ledger) or open_shift(ledger, "rina", DAY)
        _pay(ledger, shift, UPGRADED[0], tell)
    return None


def _examine(folder: Path, _tell: Tell) -> Said:
    """No walk: all ledgers that lie here, with the program's own eyes."""
    from pos.doctor import examine
    from pos.verify import verify

    for path in sorted(folder.glob("*/*.lapak")):
        with closing(open_ledger(path, stopped_at(datetime(2026, 1, 1, tzinfo=MOMENT.tzinfo)))) as ledger:
            if problems := verify(ledger, rebuild=True).problems:
                return 1, f"verify {path.name}: {'; '.join(map(str, problems))}"
            ill = [f"{one.name}: {one.detail}" for one in examine(ledger) if not one.ok]
            if ill:
                return 1, f"doctor {path.name}: {ill}"
    return None


WALKS = {
    walk.name: walk
    for walk in (
        Walk("new", _empty, _new),
        Walk("sell", _stan, _sell, STDIN),
        Walk("till", _stan, _till, TILL),
        Walk("close", _stan, _close, CLOSED),
        Walk("sync to a file", _carrying, _sync(CENTRAL), on_stick=True),
        Walk("sync to a new file", _carrying, _sync("stik/kedua.lapak"), on_stick=True),
        Walk("sync to a folder", _carrying, _sync(SHARED), on_stick=True),
        Walk("merge", _carrying, _merge, on_stick=True, told=(1, 3)),
        *(Walk(f"export {name}", _papers, _export(name), on_stick=True) for name in PAPERS),
        Walk("receipt and price list", _papers, _receipt, on_stick=True),
        Walk("print", _papers, _print),
        Walk("settings", _stan, _settings),
        *(
            Walk(f"upgrade {path.stem}", _kept(path.stem), _upgrade, UPGRADED)
            for path in sorted(KEPT.glob("*.lapak"))
        ),
        Walk("backup", _papers, backing_up(command), on_stick=True),
        Walk("restore", with_copy(command, _papers), restoring(command)),
        Walk("copies forget", with_erased(command, _papers), forgetting, on_stick=True),
        Walk("examine", _empty, _examine, swept=False),
    )
}


def warm_up() -> None:
    """Do what most walks do once in this process: children inherit the statements and packages."""
    stdin = sys.stdin
    with TemporaryDirectory() as aside:
        os.environ["LAPAK_HOME"] = aside
        for name in _WARM:
            folder = Path(aside) / name.replace(" ", "-")
            folder.mkdir()
            WALKS[name].prepare(folder)
            WALKS[name].act(folder, Tell(Path(aside) / "kata", None))
    sys.stdin = stdin


_WARM: tuple[str, ...] = ("new", "sell", "till", "close", "sync to a file", "sync to a folder", "merge")
_WARM += ("receipt and price list", "export buku.xlsx", "export rekap.pdf", "export lines.csv", "print")
