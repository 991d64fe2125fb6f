"""What may be written on the command line: one function a command."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, HelpFormatter, Namespace
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NoReturn

from pos.cli import backups, booth, central, papers
from pos.cli.answer import Answer
from pos.cli.inside import sbom, update
from pos.cli.labels import ROLLS, labels
from pos.cli.manual import manual
from pos.cli.sell import sell
from pos.errors import Refused
from pos.text import LANGUAGES, _

Run = Callable[[Namespace], Answer | int]


class _Help(HelpFormatter):
    """Help under headings in the language in use."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        headings = {"positional arguments": _("arguments"), "options": _("options")}
        super().start_section(headings.get(heading or "", heading))


class _Parser(ArgumentParser):
    """A parser whose complaints are refusals like any other, in the language in use."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        """Raise Refused with what is wrong and where to read on."""
        raise Refused(
            f"{self.prog}: {_complaint(message)}", _("See: {command} --help").format(command=self.prog)
        )


def _complaint(message: str) -> str:
    """A message of argparse in our words; one that is not known stays as it is."""
    ours = {
        r"the following arguments are required: (?P<what>.*)": _("{what} is missing."),
        r"unrecognized arguments: (?P<what>.*)": _("'{what}' is not known here."),
        r"argument (?P<what>\S+): invalid choice: .*\(choose from (?P<known>.*)\)": _(
            "{what} is one of {known}."
        ),
        r"argument (?P<what>\S+): not allowed with argument (?P<other>\S+)": _(
            "{what} does not go with {other}."
        ),
        r"argument (?P<what>\S+): expected .*": _("{what} needs a value."),
        r"argument (?P<what>\S+): (?P<why>.*)": "{what}: {why}",
    }
    for theirs, sentence in ours.items():
        if found := re.fullmatch(theirs, message, re.DOTALL):
            return sentence.format(**found.groupdict())
    return message


class Commands:
    """The commands below a parser. Each takes the common options too: they may stand before or after it."""

    def __init__(self, above: ArgumentParser, common: _Parser) -> None:
        self.common = common
        self.made = above.add_subparsers(required=True, metavar=_("COMMAND"), parser_class=_Parser)

    def add(self, name: str, about: str, run: Run) -> ArgumentParser:
        """One command, done by `run`; arguments are added to what this returns."""
        command = self._parser(name, about)
        command.set_defaults(run=run)
        return command

    def group(self, name: str, about: str) -> Commands:
        """A command that has commands of its own."""
        return Commands(self._parser(name, about), self.common)

    def _parser(self, name: str, about: str) -> ArgumentParser:
        return self.made.add_parser(name, help=about, description=about, parents=[self.common])


Describe = Callable[[Commands, str], None]  # adds the command of that name


def parser(more: Mapping[str, Describe] = MappingProxyType({})) -> ArgumentParser:
    """The whole grammar in the language in use; what it parses has `run`, the function of the command.

    `more` are commands of somebody else: those that need a screen.
    """
    common = _Parser(argument_default=SUPPRESS)
    common.add_argument("-h", "--help", action="help", help=_("show this help"))
    common.add_argument("--json", action="store_true", help=_("answer with one JSON document"))
    common.add_argument("--home", metavar="DIR", help=_("keep all state below DIR"))
    common.add_argument("--lang", choices=LANGUAGES, help=_("the language of texts"))
    whole = _Parser(
        prog="lapak",
        description=_("The till of an exhibition booth, from the command line."),
        parents=[common],
    )
    commands = Commands(whole, common)
    for name, describe in (*_GRAMMAR.items(), *more.items()):
        describe(commands, name)
    return whole


def _demo(commands: Commands, name: str) -> None:
    about = _("sell the sample day: receipts, a central file and a workbook")
    command = commands.add(name, about, booth.demo)
    command.add_argument("--headless", action="store_true", help=_("without a window"))
    command.add_argument("--out", metavar="DIR", default="lapak-demo", help=_("the folder for all of it"))


def _new(commands: Commands, name: str) -> None:
    command = commands.add(name, _("make the ledger of one laptop"), booth.new)
    _ledger(command)
    command.add_argument("--booth", required=True, metavar="S03", help=_("the booth's code on receipts"))
    command.add_argument("--name", required=True, help=_("the booth's name"))
    command.add_argument("--institution", required=True, metavar="LPP-PLG", help=_("who runs the booth"))
    command.add_argument("--event", metavar="FILE.toml", help=_("another exhibition than the built-in one"))
    help_from = _("last year's ledger or central file: its goods, people and settings, none of its sales")
    command.add_argument("--from", dest="archive", metavar="OLD.lapak", help=help_from)


def _catalog(commands: Commands, name: str) -> None:
    group = commands.group(name, _("the price list"))
    command = group.add("import", _("take products from a CSV or XLSX file"), booth.catalog_import)
    _ledger(command)
    command.add_argument("file", metavar="FILE")
    command.add_argument("--dry-run", action="store_true", help=_("only tell what would change"))
    _skip_bad(command)
    command = group.add("export", _("write all products to a .csv or .xlsx file"), booth.catalog_export)
    _ledger(command)
    command.add_argument("file", metavar="FILE")


def _sales(commands: Commands, name: str) -> None:
    group = commands.group(name, _("sales that were kept on paper"))
    command = group.add("import", _("enter them from a CSV or XLSX file"), booth.sales_import)
    _ledger(command)
    command.add_argument("file", metavar="FILE")
    _skip_bad(command)


def _sell(commands: Commands, name: str) -> None:
    command = commands.add(name, _("ring up sales, one JSON object a line on stdin"), sell)
    _ledger(command)
    command.add_argument("--stdin", action="store_true", help=_("read stdin; the only way there is"))
    command.add_argument("--cashier", help=_("who sells; otherwise whoever opened the shift"))


def _receipt(commands: Commands, name: str) -> None:
    command = commands.add(name, _("make a sale's receipt"), papers.receipt)
    _collected(command)
    command.add_argument("number", metavar="NUMBER", nargs="?", help=_("such as S03K7-000042; of any paper"))
    help_from = _("instead of a number: all receipts from this day, as 2023-04-14")
    command.add_argument("--from", dest="start", type=_day, metavar="D", help=help_from)
    command.add_argument("--to", dest="end", type=_day, metavar="D", help=_("last day"))
    help_numbers = _("or all from one number to another, as S03K7-000001..S03K7-000042")
    command.add_argument("--numbers", type=_range, metavar="A..B", help=help_numbers)
    help_file = _("a .pdf file, .txt with --text, any with --escpos")
    command.add_argument("-o", "--output", metavar="FILE", help=help_file)
    help_paper = _("width of the roll in mm; a5 is a kuitansi, a4 the same with every line, or a sheet")
    command.add_argument("--paper", choices=papers.PAPERS, help=help_paper)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help=_("plain text; without -o it is shown"))
    form.add_argument("--escpos", action="store_true", help=_("bytes for a receipt printer"))


def _labels(commands: Commands, name: str) -> None:
    command = commands.add(name, _("price tags or shelf cards for what is left"), labels)
    _ledger(command)
    command.add_argument("-o", "--output", metavar="FILE.pdf", required=True, help=_("the file for them"))
    command.add_argument("--sku", metavar="A,B", help=_("one label of each of these instead"))
    command.add_argument("--cards", action="store_true", help=_("shelf cards with the story, 8 on a sheet"))
    command.add_argument(
        "--paper", choices=("a4", *ROLLS), default="a4", help=_("sheets, or a roll of so many mm")
    )
    command.add_argument("--start", type=int, default=1, metavar="N", help=_("the first free label, from 1"))


def _sync(commands: Commands, name: str) -> None:
    command = commands.add(name, _("hand over documents, take the office's"), central.sync)
    _ledger(command)
    command.add_argument("target", metavar="TARGET", help=_("a central .lapak file, a folder, or a URL"))


def _merge(commands: Commands, name: str) -> None:
    command = commands.add(name, _("bring many files into one central ledger"), central.merge)
    command.add_argument("target", metavar="TARGET", help=_("a central .lapak file, or a URL"))
    command.add_argument("source", metavar="SOURCE", nargs="+", help=_("ledgers, or folders of them"))
    command.add_argument("--dry-run", action="store_true", help=_("only tell what would change"))


def _split(commands: Commands, name: str) -> None:
    command = commands.add(name, _("make a second history a device of its own"), central.split)
    command.add_argument("target", metavar="TARGET", help=_("a central .lapak file, or a URL"))
    help_device = _("whose: a device or booth code; without it they are only told")
    command.add_argument("device", metavar="DEVICE", nargs="?", help=help_device)


def _seen(commands: Commands, name: str) -> None:
    command = commands.add(name, _("note what a slip or a receipt says to exist"), central.seen)
    command.add_argument("target", metavar="TARGET", help=_("a central .lapak file, or a URL"))
    help_what = _("a receipt's number, or the device on a hand-over slip")
    command.add_argument("what", metavar="NUMBER", help=help_what)
    help_seq = _("the last number on that slip")
    command.add_argument("seq", metavar="LAST", nargs="?", type=int, help=help_seq)


def _verify(commands: Commands, name: str) -> None:
    command = commands.add(name, _("read every document again"), central.verify)
    _collected(command)
    command.add_argument("--rebuild", action="store_true", help=_("and derive every table anew"))


def _doctor(commands: Commands, name: str) -> None:
    command = commands.add(name, _("do the books agree with themselves?"), central.doctor)
    _collected(command)


def _central(commands: Commands, name: str) -> None:
    group = commands.group(name, _("a central database (PostgreSQL)"))
    about = _(
        "make its tables and a login each for booths and office; passwords are never written here: they are "
        "read from PGPASSFILE, a service file or the file pgpass in Lapak's folder, or asked for"
    )
    command = group.add("init", about, central.init)
    _database(command)
    hands_in, reads = _("who only hands documents in"), _("who reads all and adds")
    command.add_argument("--booth", default="lapak_booth", metavar="LOGIN", help=hands_in)
    command.add_argument("--office", default="lapak_office", metavar="LOGIN", help=reads)
    about = _("throw away what a laptop handed in and the office cannot take; it comes again")
    command = group.add("discard", about, central.discard)
    _database(command)
    command.add_argument("device", metavar="DEVICE", help=_("the laptop's code of 8 characters"))


def _check(commands: Commands, name: str) -> None:
    command = commands.add(name, _("is this receipt ours and untouched?"), papers.check)
    _collected(command)
    command.add_argument("code", metavar="CODE", nargs="+", help=_("its number and its check code"))


def _report(commands: Commands, name: str) -> None:
    command = commands.add(name, _("show one report"), papers.report)
    _collected(command)
    command.add_argument("name", metavar="NAME", nargs="?", help=_("its name; --list tells them"))
    command.add_argument("--list", action="store_true", help=_("the names of all reports"))
    _period(command)


def _export(commands: Commands, name: str) -> None:
    command = commands.add(name, _("write what people and programs can open"), papers.export)
    _collected(command)
    help_ending = _("its ending says what: .xlsx .csv .jsonl .pdf .zip")
    command.add_argument("-o", "--output", required=True, metavar="FILE", help=help_ending)
    help_table = _("which table; not for a workbook. Of a .pdf: recap or minutes")
    command.add_argument("--table", default="", help=help_table)
    command.add_argument("--csv", choices=("id", "plain"), default="id", help=_("for Excel, or for programs"))
    _period(command)


def _sbom(commands: Commands, name: str) -> None:
    command = commands.add(name, _("what is inside: every package, its version and licence"), sbom)
    command.add_argument("-o", "--output", metavar="FILE.json", help=_("a file instead of the screen"))


def _backup(commands: Commands, name: str) -> None:
    command = commands.add(name, _("make a verified copy of a ledger, or try the newest one"), backups.backup)
    command.add_argument("ledger", metavar="LEDGER", nargs="?", help=_("a .lapak file"))
    command.add_argument("folder", metavar="DIR", nargs="?", help=_("the folder for copies"))
    command.add_argument("--seal", action="store_true", help=_("so that only a passphrase opens it"))
    help_test = _("restore the newest copy of this folder for trial, and check everything")
    command.add_argument("--test", metavar="DIR", help=help_test)


def _restore(commands: Commands, name: str) -> None:
    command = commands.add(name, _("make a ledger of a copy; what is there is kept"), backups.restore)
    command.add_argument("file", metavar="FILE", help=_("a copy"))
    _ledger(command)


def _rescue(commands: Commands, name: str) -> None:
    command = commands.add(name, _("make a damaged ledger whole of what can be read"), backups.rescue)
    _ledger(command)


def _help(commands: Commands, name: str) -> None:
    command = commands.add(name, _("the manual: its pages here, or on paper"), manual)
    command.add_argument("page", metavar="PAGE", nargs="?", help=_("which page; without it they are listed"))
    command.add_argument("--card", metavar="FILE.pdf", help=_("the quick card, A4, two sides"))
    command.add_argument("--booklet", metavar="FILE.pdf", help=_("the booklet, A4, 20 pages"))


def _update(commands: Commands, name: str) -> None:
    command = commands.add(name, _("use a new version of Lapak, or the one before it"), update)
    command.add_argument("file", metavar="FILE", nargs="?", help=_("a package, as it was handed out"))
    command.add_argument("--back", action="store_true", help=_("go back to the version before this one"))


def _ledger(command: ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help=_("a .lapak file"))


def _database(command: ArgumentParser) -> None:
    command.add_argument("url", metavar="URL", help=_("postgresql+psycopg://user@host/database"))


def _collected(command: ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help=_("a .lapak file, or a central database's URL"))


def _skip_bad(command: ArgumentParser) -> None:
    command.add_argument("--skip-bad", action="store_true", help=_("leave wrong rows out, take the others"))


def _period(command: ArgumentParser) -> None:
    command.add_argument("--from", dest="start", type=_day, metavar="D", help=_("first day, as 2023-04-14"))
    command.add_argument("--to", dest="end", type=_day, metavar="D", help=_("last day"))
    command.add_argument("--institution", default="", metavar="C", help=_("of one institution only"))
    command.add_argument("--booth", default="", metavar="B", help=_("of one booth only"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("'{text}' is not a day such as 2023-04-14.").format(text=text)) from error


def _range(text: str) -> tuple[str, str]:
    first, dots, last = text.partition("..")
    if not (first and dots and last):
        raise ArgumentTypeError(_("'{text}' is no range such as A..B.").format(text=text))
    return first, last


_GRAMMAR: Mapping[str, Describe] = MappingProxyType(
    {
        "demo": _demo,
        "new": _new,
        "catalog": _catalog,
        "sales": _sales,
        "sell": _sell,
        "receipt": _receipt,
        "labels": _labels,
        "sync": _sync,
        "merge": _merge,
        "split": _split,
        "seen": _seen,
        "verify": _verify,
        "central": _central,
        "check": _check,
        "doctor": _doctor,
        "report": _report,
        "export": _export,
        "sbom": _sbom,
        "backup": _backup,
        "restore": _restore,
        "rescue": _rescue,
        "help": _help,
        "update": _update,
    }
)
COMMANDS = tuple(_GRAMMAR)
