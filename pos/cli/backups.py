"""Commands about copies: backup, restore."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from getpass import getpass
from pathlib import Path

from pos.cli.answer import Answer
from pos.errors import Refused
from pos.money import plain, rupiah
from pos.text import _

VARIABLE = "LAPAK_PASSPHRASE"  # an environment variable, for scripts


def backup(args: Namespace) -> Answer:
    """`lapak backup`: a verified copy, or with `--test` a trial of the newest one."""
    if args.test is not None:
        if args.ledger or args.folder or args.seal:
            raise Refused(
                _("--test needs only the folder of the copies."),
                _see(),
            )
        return _test(Path(args.test))
    if not args.ledger or not args.folder:
        raise Refused(
            _("A ledger and a folder for its copy are needed."),
            _see(),
        )
    if "://" in args.ledger:
        raise Refused(
            _("A database is backed up by its own server."), _("Ask who looks after it, or use pg_dump.")
        )
    from pos.backup import back_up
    from pos.sealing import new_lock

    lock = new_lock(_passphrase()) if args.seal else None
    made = back_up(Path(args.ledger), Path(args.folder), lock)
    told = _("Copied and verified: {count} documents in {file}.")
    fields = {"file": str(made.path), "documents": made.documents, "verified": True}
    return Answer(fields, [told.format(count=plain(made.documents), file=made.path)])


def restore(args: Namespace) -> Answer:
    """`lapak restore`: a ledger from a copy; what was in its place is kept beside it."""
    from pos.restore import restore as make_of

    file = Path(args.file)
    made = make_of(file, Path(args.ledger), _passphrase_for(file))
    told = _("{ledger} was made of {file}: {count} documents, {sales} sales.").format(
        ledger=made.path,
        file=file,
        count=plain(made.content.documents),
        sales=plain(made.content.sales),
    )
    kept = [_("What was there before lies in {file}.").format(file=made.aside)] if made.aside else []
    goes_on = _("Who sells on with it does so under a new number; nothing is counted twice.")
    fields = {
        "file": str(made.path),
        "documents": made.content.documents,
        "verified": True,
        "aside": str(made.aside) if made.aside else None,
    }
    return Answer(fields, [told, *kept, goes_on])


def _test(folder: Path) -> Answer:
    from pos.copies import copies
    from pos.doctor import check_names
    from pos.restore import try_copy

    if not folder.is_dir():
        raise Refused(_("There is no folder {name}.").format(name=folder))
    newest = next(iter(copies(folder)), None)
    if newest is None:
        raise Refused(
            _("There is no copy in {name}.").format(name=folder),
            _see(),
        )
    tried = try_copy(newest.path, _passphrase_for(newest.path))
    names = check_names() | {"count": _("As many documents as its name says")}
    content = tried.content
    told = _("{file}: {count} documents, {sales} sales, {total}.").format(
        file=newest.path.name,
        count=plain(content.documents),
        sales=plain(content.sales),
        total=rupiah(content.total),
    )
    wrong = [f"{names[check.name]}: {check.detail}" for check in tried.checks if not check.ok]
    verdict = _("Something is wrong with this copy:") if wrong else _("Restored for trial, and all is right.")
    checks = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in tried.checks]
    fields = {
        "file": str(newest.path),
        "documents": content.documents,
        "verified": tried.ok,
        "checks": checks,
    }
    return Answer(fields, [told, verdict, *wrong], exit_code=0 if tried.ok else 1)


def _passphrase_for(file: Path) -> str:
    """The passphrase where the file needs one."""
    from pos.copies import SEALED

    return _passphrase() if file.suffix == SEALED and file.exists() else ""


def _passphrase() -> str:
    """From the environment, or typed by who is there."""
    given = os.environ.get(VARIABLE, "")
    if not given and sys.stdin.isatty():
        given = getpass(_("Passphrase: "))
    if not given:
        raise Refused(
            _("The passphrase is missing."), _("Put it into the variable {name}.").format(name=VARIABLE)
        )
    return given


def _see() -> str:
    return _("See: {command} --help").format(command="lapak backup")


def rescue(args: Namespace) -> Answer:
    """`lapak rescue`: what can be read of a damaged ledger in its place; exit code 1 when some cannot."""
    from pos.cli.progress import progress
    from pos.salvage import salvage, salvaged_words

    with progress(_("Documents")) as tell:
        made = salvage(Path(args.ledger), tell)
    lines = [salvaged_words(made)]
    if made.left:
        lines.append(_("What stands behind a missing document lies in {file}.").format(file=made.left))
    lines.append(_("The damaged ledger is kept as {file}.").format(file=made.aside))
    holes = [{"device": one.device, "seq": one.seq, "behind": one.behind} for one in made.holes]
    fields = {"file": str(made.path), "documents": made.documents, "holes": holes}
    more = {"aside": str(made.aside) if made.aside else None, "left": str(made.left) if made.left else None}
    return Answer(fields | more, lines, exit_code=1 if holes else 0)
