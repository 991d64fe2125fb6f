"""`lapak shots DIR`: every state as a picture; `lapak --screenshot FILE.png`: the till, for the README."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.cli.answer import Answer
from pos.cli.grammar import Commands
from pos.cli.progress import progress
from pos.errors import UserError
from pos.faults import told
from pos.text import _


def describe(commands: Commands, name: str) -> None:
    """Add the command `shots`."""
    command = commands.add(name, _("photograph every screen of the program with sample data"), _shots)
    command.add_argument("folder", metavar="DIR", type=Path, help=_("the folder for the pictures"))


def save_screenshot(path: Path, ledger: Path | None, *, dark: bool = False) -> int:
    """Paint the till into `path` without showing it, with a cart being filled; returns the exit code.

    Without `ledger` a sample exhibition is made, and thrown away again.
    """
    from ui.shots.states import fill_cart
    from ui.shots.studio import Look, as_png, photograph, stage

    try:
        with sample_booth() as sample, stage(ledger or sample, Look("dark" if dark else "light")) as program:
            fill_cart(program)
            with told(str(path)):
                path.write_bytes(as_png(photograph(program.frame)))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _shots(wanted: Namespace) -> Answer:
    """Every state in every look; each in a program of its own, so that none depends on another."""
    from ui.shots.states import STATES
    from ui.shots.studio import as_png, photograph, stage

    folder: Path = wanted.folder
    with told(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    looks = [(state, name, look) for state in STATES for name, look in state.looks()]
    files = [folder / f"{name}.png" for _state, name, _look in looks]
    with sample_booth() as sample, progress(_("Pictures")) as tell:
        for done, (file, (state, name, look)) in enumerate(zip(files, looks, strict=True), 1):
            ledger = sample.with_name(f"{name}.lapak")
            shutil.copyfile(sample, ledger)
            with stage(ledger, look, state.at) as program, told(str(file)):
                file.write_bytes(as_png(photograph(state.bring(program))))
            tell(done, len(looks))
    return Answer({"files": [str(file) for file in files]}, [str(file) for file in files])


@contextmanager
def sample_booth() -> Iterator[Path]:
    """A new sample ledger, closed, and Qt ready to paint without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from pos.ledger import set_setting
    from pos.printers import Printer, printer_text
    from pos.sample import open_sample
    from ui.shots.studio import application

    application()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "contoh.lapak"
        with closing(open_sample(path)) as ledger:  # the pictures show a booth with a printer
            printer = Printer("file", str(path.with_name("struk.bin")), cutter=True)
            set_setting(ledger, "printer", printer_text(printer))
        yield path
