"""The command `lapak`: a command of `pos.cli` when the first word is one, otherwise the till."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from pos.paths import SAMPLE, home
from pos.settings import read_machine
from pos.text import LANGUAGES, _, use_language

SHOTS, HELP_SHOTS = "shots", "help-shots"  # the commands that need Qt


def main(argv: Sequence[str] | None = None) -> int:
    """Run `lapak` with these words (default: those of the process); returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    demo = words == ["demo"]  # with a window it is the till with the sample exhibition
    if not demo and _is_command(_first_word(words)):
        from pos import cli

        return cli.main(words)
    if _first_word(words) in (SHOTS, HELP_SHOTS):
        from pos import cli
        from ui.shots import command, help_pictures

        return cli.main(words, {SHOTS: command.describe, HELP_SHOTS: help_pictures.describe})
    wanted = _parser(words).parse_args([] if demo else words)
    if wanted.home:
        os.environ["LAPAK_HOME"] = str(wanted.home)
    use_language(wanted.lang or read_machine()["language"])
    if wanted.selftest:
        from ui.selftest import run_selftest

        return run_selftest()
    if wanted.screenshot:
        from ui.shots.command import save_screenshot

        return save_screenshot(wanted.screenshot, wanted.ledger, dark=wanted.dark)
    _load_qt()
    from ui.start import open_till

    ledger = home() / SAMPLE if demo else wanted.ledger
    return open_till(ledger, dark=wanted.dark, setup=wanted.setup and not ledger)


def _load_qt() -> None:
    """Import Qt without what slows the rest of the start.

    PySide puts a function of its own in the place of `import`, which reads the source of every module that
    is imported, for it may have asked for `__feature__`: other spellings of Qt's names, not used here. It is
    known as a cost of starting: https://github.com/napari/napari/issues/8584
    """
    gc.disable()  # loading makes much and leaves little behind; from then on ui/garbage.py collects
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - it is this import that puts it there

    builtins.__import__ = plain


def _first_word(words: Sequence[str]) -> str:
    """The first word that is neither an option nor the value of one: `--home` and `--lang` go anywhere."""
    valued = {"--home", "--lang", "--screenshot"}
    before = ("", *words)
    plain = (
        word for last, word in zip(before, words, strict=False) if word[:1] != "-" and last not in valued
    )
    return next(plain, "")


def _is_command(word: str) -> bool:
    """The usual start, without a word or with a ledger, is not slowed by looking at the commands."""
    if not word or word.endswith(".lapak") or "://" in word:
        return False
    from pos.cli import COMMANDS

    return word in COMMANDS


def _place(word: str) -> Path | str:
    """A ledger as it was named: a file, or the address of a central database."""
    return word if "://" in word else Path(word)


def _parser(words: Sequence[str]) -> ArgumentParser:
    parser = ArgumentParser(prog="lapak", description=_("Open the till."), allow_abbrev=False)
    parser.add_argument(
        "ledger", nargs="?", type=_place, metavar="LEDGER", help=_("a .lapak file, or a central database")
    )
    parser.add_argument("--home", type=Path, metavar="DIR", help=_("keep all state below DIR"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("language of all texts"))
    parser.add_argument("--setup", action="store_true", help=_("set up a booth, step by step"))
    parser.add_argument("--dark", action="store_true", help=_("dark colours"))
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE.png", help=_("paint the till with sample data into a file")
    )
    parser.add_argument("--selftest", action="store_true", help=_("try whether everything works here"))
    if {"-h", "--help"} & set(words):
        from pos.cli import COMMANDS

        commands = _("Commands: {names}. Each has a --help of its own.")
        parser.epilog = commands.format(names=" ".join((*COMMANDS, SHOTS, HELP_SHOTS)))
    return parser


if __name__ == "__main__":
    sys.exit(main())
