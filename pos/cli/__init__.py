"""The command line: everything that interface.md promises, without a screen."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from getpass import getpass
from itertools import pairwise
from types import MappingProxyType

from pos.cli.answer import Answer, close_output, failed, show
from pos.cli.grammar import COMMANDS, Describe, parser
from pos.errors import NeedsPassword, UserError, WorldFailed
from pos.faults import file_fault
from pos.text import LANGUAGES, _, use_language

__all__ = ["COMMANDS", "main"]


def main(argv: Sequence[str], more: Mapping[str, Describe] = MappingProxyType({})) -> int:
    """Run one command; `argv` is without the program's name, `more` are commands that `pos` does not have.

    Returns the exit code: 0 done, 1 done and a check found something, 2 refused, 3 the world failed.
    """
    _speak(_language(argv))
    as_json = "--json" in argv
    try:
        args = parser(more).parse_args(argv)
        if "home" in args:
            os.environ["LAPAK_HOME"] = args.home
        return show(_run(args), as_json=as_json)
    except UserError as error:
        return failed(error, as_json=as_json)
    except KeyboardInterrupt:
        stopped = WorldFailed(_("Stopped."), _("Nothing is lost; run it again to go on."))
        return failed(stopped, as_json=as_json)
    except BrokenPipeError:
        close_output()  # whoever read it has gone, as `head` does
        return WorldFailed.exit_code
    except OSError as error:
        return failed(file_fault(error.filename or _("the file"), error), as_json=as_json)
    except SystemExit as end:  # argparse has shown its help
        return int(end.code or 0)


def _run(args: Namespace) -> Answer | int:
    """Run the command; once more where a server asked for a password and somebody is there to type it."""
    answer: Answer | int
    try:
        answer = args.run(args)
    except NeedsPassword:
        if "PGPASSWORD" in os.environ or not sys.stdin.isatty():
            raise
        os.environ["PGPASSWORD"] = getpass(_("Password of the database: "))
        answer = args.run(args)
    return answer


def _language(argv: Sequence[str]) -> str:
    """The language asked for, known before the grammar is built, whose words are in it."""
    asked = [after for option, after in pairwise(argv) if option == "--lang"]
    asked += [option.removeprefix("--lang=") for option in argv if option.startswith("--lang=")]
    return next((code for code in asked if code in LANGUAGES), next(iter(LANGUAGES)))


def _speak(language: str) -> None:
    """Show texts in `language`, in UTF-8 also where a pipe would have something else (Windows)."""
    use_language(language)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not what a test or an editor puts in their place
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
