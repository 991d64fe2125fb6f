"""`lapak --selftest`: whether everything that the program needs is here and works on this machine.

For a package that was just built or installed. It works in a folder of its own that is thrown away, so
nobody's books are touched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

from pos.bugs import trace_of
from pos.clock import Clock
from pos.errors import UserError
from pos.paths import resource
from pos.text import LANGUAGES, _, use_language

LEFT_OUT = ("pos.__main__", "ui.__main__")  # they begin the program
FOLDERS = ("exhibition", "fonts", "icons", "illustrations", "locale", "pictures", "seal")
SALES, TOTAL = 120, 16_846_500  # of the sample day


def run_selftest() -> int:
    """Try everything, tell line by line on stdout; returns 0, or 1 when something does not work."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    clock, good = Clock(), True
    with _elsewhere() as folder:
        for name, check in _checks().items():
            began = clock.uptime_ms()
            try:
                detail = check(folder)
            except Exception as error:  # noqa: BLE001 - what does not work is what this is for
                good = False
                _say("✗", name, str(error) if isinstance(error, UserError) else trace_of(error))
            else:
                _say("✓", name, f"{detail} ({clock.uptime_ms() - began} ms)")
    _say("✓" if good else "✗", _("Everything works.") if good else _("Something does not work: see above."))
    return 0 if good else 1


def _checks() -> dict[str, Callable[[Path], str]]:
    return {
        _("program"): _modules,
        _("files"): _resources,
        _("sample day"): _day,
        _("books"): _books,
        _("receipt printer"): _printer,
        _("window"): _window,
    }


@contextmanager
def _elsewhere() -> Iterator[Path]:
    """A home of its own, for the rest of this program's life."""
    with TemporaryDirectory(prefix="lapak-", ignore_cleanup_errors=True) as name:
        os.environ["LAPAK_HOME"] = name
        yield Path(name)


def _say(mark: str, name: str, detail: str = "") -> None:
    sys.stdout.write(f"{mark} {name} {detail}".rstrip() + "\n")
    sys.stdout.flush()


def _modules(_folder: Path) -> str:
    """Every module, also those that are loaded only when needed, with the libraries they stand on."""
    count = 0
    for top in ("pos", "ui"):
        package = import_module(top)
        for module in walk_packages(package.__path__, f"{top}."):
            if module.name not in LEFT_OUT:
                import_module(module.name)
                count += 1
    return _("{count} modules").format(count=count)


def _resources(_folder: Path) -> str:
    """Every kind of file that comes along, and the texts of every language."""
    count = 0
    for name in FOLDERS:
        files = [path for path in resource(name).rglob("*") if path.is_file()]
        if not files:
            raise FileNotFoundError(name)
        for path in files:
            path.read_bytes()
        count += len(files)
    for code in LANGUAGES:
        use_language(code)
    use_language(next(iter(LANGUAGES)))
    return _("{count} files").format(count=count)


def _day(folder: Path) -> str:
    """The sample day, sold: receipts, central file and workbook."""
    from pos.demo import sell_day

    done = sell_day(folder / "hari")
    if (done.sales, done.total) != (SALES, TOTAL):
        raise ValueError(f"{done.sales} sales, {done.total}")
    return _("{count} sales, receipts, central file, workbook").format(count=done.sales)


def _books(folder: Path) -> str:
    """The books of that day agree with themselves."""
    from pos.doctor import examine
    from pos.ledger import open_ledger

    with closing(open_ledger(folder / "hari" / "stan-03-contoh.lapak")) as ledger:
        wrong = [finding.name for finding in examine(ledger) if not finding.ok]
    if wrong:
        raise ValueError(", ".join(wrong))
    return _("every rule holds")


def _printer(folder: Path) -> str:
    """The bytes that a receipt printer gets."""
    from pos.checkout import find_sale
    from pos.ledger import open_ledger
    from pos.receipts.escpos import escpos
    from pos.receipts.slip import sale_slip

    with closing(open_ledger(folder / "hari" / "stan-03-contoh.lapak")) as ledger:
        sale = find_sale(ledger, f"{ledger.own().prefix}-000001")
        return _("{count} bytes").format(count=len(escpos(sale_slip(ledger, sale))))


def _window(_folder: Path) -> str:
    """The till, painted."""
    from ui.shots.command import sample_booth
    from ui.shots.studio import Look, photograph, stage

    with sample_booth() as sample, stage(sample, Look("light")) as program:
        image = photograph(program.frame)
    if image.isNull() or image.width() < 1_000:
        raise ValueError(f"{image.width()} px")
    return f"{image.width()} x {image.height()} px"
