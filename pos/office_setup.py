"""The first start at an office: its central file or database, made or found, and opened by every start after.

Nothing is asked but where it is: which exhibition it is for comes in with the first booth.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pos.errors import Refused, WorldFailed
from pos.ledger import create_collector, open_target
from pos.letterbox import keeper_of
from pos.paths import home
from pos.server import keepable
from pos.settings import MOST, read_machine, write_machine
from pos.setup import FILE, NEW, SERVER, THERE, Setup, check_folder
from pos.targets import CENTRAL_FILE
from pos.text import _


def central_in(folder: Path) -> str:
    """The new central file in this folder."""
    return str(folder / CENTRAL_FILE)


def check_office(setup: Setup) -> None:
    """Raise Refused or WorldFailed when what was chosen cannot be the books of an office.

    A server is not asked: that may take long, and `begin_central` does.
    """
    where = setup.office.strip()
    if len(where) > MOST:
        raise Refused(_("This is no file, folder or address."), _("Choose a file or a folder."))
    if setup.office_kind == SERVER:
        if not where:
            raise Refused(_("The address of the database is missing."), "postgresql+psycopg://...")
        keepable(where if "://" in where else f"{where}://")
        return
    path = Path(where)
    if not where or not path.is_absolute():
        chosen = setup.office_kind == THERE
        raise Refused(_("Choose a file first.") if chosen else _("Choose a folder first."))
    if setup.office_kind == THERE:
        keeper_of(path)
        return
    check_folder(path.parent)
    if path.exists():
        raise Refused(
            _("There is a {name} in this folder already.").format(name=path.name),
            _("Open it as one that is there, or choose another folder."),
        )


def begin_central(setup: Setup, folder: Path | None = None) -> str:
    """Make what is to be made, see that it opens, and let every start of the program open it.

    Returns the file or address; `folder` is that of the machine's settings, home() if None. Raises Refused
    for what cannot be an office's books, WorldFailed when disk or server fail.
    """
    check_office(setup)
    where = setup.office.strip()
    if setup.office_kind == NEW:
        create_collector(Path(where))
    elif setup.office_kind == SERVER:
        with closing(open_target(where)) as central:
            if central.hands_in:
                raise Refused(
                    _("This login may only hand documents in."),
                    _("Use the login that was made for the office."),
                )
    try:
        write_machine(read_machine(folder) | {"central": where}, folder)
    except OSError as error:
        raise WorldFailed(
            _("The settings cannot be written."), _("They hold until the program ends.")
        ) from error
    ((folder or home()) / FILE).unlink(missing_ok=True)
    return where
