"""Commands that show what a ledger holds: receipt, check, report, export."""

from __future__ import annotations

import re
from argparse import Namespace
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.answer import Answer, table
from pos.cli.opened import opened
from pos.cli.progress import progress
from pos.errors import Refused, WorldFailed
from pos.model import Fields, Refund, Sale
from pos.money import Rupiah, plain, rupiah
from pos.text import _, long_date, ngettext

if TYPE_CHECKING:  # the database layer is loaded when a ledger is opened, not for --help
    from pos.ledger import Ledger
    from pos.papers import Paper, PaperRef, Source
    from pos.reports import Period

COLUMNS = {"80": 48, "58": 32}  # of a slip, by the width of its paper in mm
PAPERS = (*COLUMNS, "a5", "a4")

_CODE = re.compile(r"([0-9A-Z]+-R?[0-9]{1,11})[^0-9A-Z]*([0-9A-F]{4})[^0-9A-Z]?([0-9A-F]{4})")


def receipt(args: Namespace) -> Answer:
    """`lapak receipt`: a sale's receipt as PDF, text or bytes for a printer, or its kuitansi.

    The number of any other paper gives that: of what came back, a closed shift, goods on consignment, a
    deposit, an order. Each paper after the first says which copy it is. Instead of a number, days or a range
    of numbers give many receipts in one PDF.
    """
    from pos.fresh import fresh_file

    if args.number is None:
        return _batch(args)
    _check_form(args)
    with opened(args.ledger, only_reading=True) as ledger:
        from pos.papers import draw, number_of
        from pos.printing import next_copy

        found = _asked(ledger, args.number)
        what = _wanted(found, args)
        copy = next_copy(ledger, what.number)
        drawn = draw(ledger, what, columns=COLUMNS.get(args.paper, COLUMNS["80"]), copy=copy)
        data, number = _bytes(drawn, args), number_of(found)
    if args.output is not None:
        with fresh_file(Path(args.output)) as draft:
            draft.write_bytes(data)
        _count(args.ledger, what.number)
    total = _total(found)
    fields = {"file": args.output, "number": number, "copy": copy, "total": total}
    if args.output is None:
        text = data.decode()
        return Answer(fields | {"text": text}, [text.rstrip("\n")])
    said = (number, rupiah(total) if total else "", str(args.output))
    return Answer(fields, ["  ".join(word for word in said if word)])


def _batch(args: Namespace) -> Answer:
    """The receipts of days or of a range of numbers, in one PDF."""
    if not (args.start or args.end or args.numbers):
        raise Refused(
            _("Which receipt?"),
            _("Give its number, days with --from and --to, or numbers with --numbers A..B."),
        )
    if args.numbers and (args.start or args.end):
        raise Refused(_("Days and numbers do not go together."), _("Give only one of them."))
    if args.text or args.escpos:
        raise Refused(_("Many receipts make a PDF only."))
    _check_form(args)
    paper = args.paper or "80"
    with opened(args.ledger, only_reading=True) as ledger, progress(_("Receipts")) as tell:
        from pos.receipts.batch import count_batch, sales_numbered, sales_of_days, write_batch

        if args.numbers:
            sales = sales_numbered(ledger, *args.numbers)
        else:
            sales = sales_of_days(ledger, args.start, args.end)
        done = write_batch(ledger, sales, Path(args.output), paper, tell)
    with suppress(WorldFailed), opened(args.ledger) as ledger:  # one that can only be read keeps no count
        count_batch(ledger, sales, paper)
    fields = {"file": str(done.file), "receipts": done.receipts, "copies": done.copies, "total": done.total}
    said = ngettext("{count} receipt in {file}.", "{count} receipts in {file}.", done.receipts)
    return Answer(fields, [said.format(count=plain(done.receipts), file=done.file)])


def _check_form(args: Namespace) -> None:
    """Refuse what does not go together, before a ledger is opened."""
    if args.number is not None and (args.start or args.end or args.numbers):
        raise Refused(_("One number, or days, or a range of numbers: only one of them."))
    if args.output is None and not args.text:
        raise Refused(_("Where to? Name the file with -o."))
    if (args.text or args.escpos) and args.paper not in (None, *COLUMNS):
        raise _only_slips()
    ending = ".txt" if args.text else ".pdf"
    if args.output is not None and not args.escpos and Path(args.output).suffix.lower() != ending:
        raise Refused(
            _("'{name}' must end in {ending}; nothing was written.").format(name=args.output, ending=ending)
        )


def _found(ledger: Ledger, number: str) -> Sale | Refund:
    from pos.checkout import find_sale
    from pos.refunds import find_refund

    return find_refund(ledger, number) or find_sale(ledger, number)


def _asked(ledger: Ledger, number: str) -> Source:
    """The paper with this number. Two histories of a laptop may each have a receipt with it: then the check
    code behind it says which. Raises Refused without a code there, and where there is no such paper.
    """
    from pos.paper_search import find_paper

    if match := _CODE.fullmatch(number.strip().upper()):
        number, code = match[1], match[2] + match[3]
        found = _that_one(ledger, number, code)
        if found.code != code:
            raise Refused(
                _("There is no receipt {number} with the code {code}.").format(number=number, code=code)
            )
        return found
    if len(sales := _sales(ledger, number)) > 1:
        codes = " / ".join(f'"{sale.receipt} {sale.code}"' for sale in sales)
        raise Refused(
            _("{count} receipts bear the number {number}: two histories of one laptop gave it.").format(
                count=plain(len(sales)), number=sales[0].receipt
            ),
            _("Write the check code behind it: {codes}.").format(codes=codes),
        )
    return find_paper(ledger, number)


def _sales(ledger: Ledger, number: str) -> list[Sale]:
    from pos.checkout import read_sale
    from pos.numbers import all_numbered
    from pos.tables import SALE

    with ledger.read() as conn:
        return [read_sale(doc) for doc in all_numbered(conn, SALE, "", number)]


def _that_one(ledger: Ledger, number: str, code: str) -> Sale | Refund:
    """The paper with this number, and of several the one with this check code. Raises Refused without any."""
    mine = (sale for sale in _sales(ledger, number) if sale.code == code)
    return next(mine, None) or _found(ledger, number)


def _only_slips() -> Refused:
    return Refused(_("Only a slip can be text or bytes for a printer: --paper 80 or 58."))


def _wanted(found: Source, args: Namespace) -> PaperRef:
    """The paper that was asked for; unasked the one for the roll, or the sheet where there is none.

    Raises Refused where there is no such paper.
    """
    from pos.papers import number_of, paper_on, papers_of

    if args.text or args.escpos:
        if what := paper_on(found, "roll"):
            return what
        raise _only_slips()
    if args.paper is None:
        return paper_on(found, "roll") or papers_of(found)[0]
    if what := paper_on(found, "roll" if args.paper in COLUMNS else args.paper):
        return what
    number = number_of(found)
    if isinstance(found, Refund):
        raise Refused(_("There is no kuitansi of {number}.").format(number=number))
    if args.paper in COLUMNS:
        raise Refused(_("{number} comes on A4 only.").format(number=number), _("Ask for --paper a4."))
    raise Refused(_("{number} does not come on this paper.").format(number=number))


def _bytes(drawn: Paper, args: Namespace) -> bytes:
    """The paper in the form that was asked for."""
    from pos.receipts.blocks import Slip

    if isinstance(drawn, Slip) and args.text:
        from pos.receipts.text import slip_text

        return slip_text(drawn).encode()
    if isinstance(drawn, Slip) and args.escpos:
        from pos.receipts.escpos import escpos

        return escpos(drawn)
    from pos.receipts.pdf import pdf_bytes

    return pdf_bytes(drawn)


def _total(found: Source) -> Rupiah:
    """The money that a paper is about; 0 for one that is about none, or about a whole shift."""
    from pos.handed import HandOver
    from pos.preorder import Deposit, Order
    from pos.remittances import Remittance
    from pos.settlements import Settlement

    if isinstance(found, Sale | Refund | Order):
        return found.total
    if isinstance(found, Settlement):
        return found.money.turnover
    if isinstance(found, HandOver):
        return found.figures.total
    return found.amount if isinstance(found, Deposit | Remittance) else 0


def check(args: Namespace) -> Answer:
    """`lapak check`: whether a receipt is ours and untouched; exit code 1 when it is not."""
    from pos import journal

    match = _CODE.fullmatch(" ".join(args.code).strip().upper())
    if match is None:
        raise Refused(
            _("'{text}' is not a receipt number with its check code.").format(text=" ".join(args.code)[:60]),
            _("Write both as they stand on the receipt: S03K7-000042 9F3A 2C1B."),
        )
    with opened(args.ledger, only_reading=True) as ledger:
        try:
            found = _that_one(ledger, match.group(1), "".join(match.groups()[1:]))
        except Refused as unknown:
            return Answer({"known": False, "valid": False, "sale": None}, [unknown.message], exit_code=1)
        with ledger.read() as conn:
            doc = journal.document(conn, found.device, found.seq)
    valid = (
        doc is not None and journal.digest(doc.body) == doc.hash and found.code == "".join(match.groups()[1:])
    )
    verdict = (
        _("{number} is ours and unchanged: {total}, {day}.")
        if valid
        else _("{number} is not what was printed: the check code differs.")
    )
    said = verdict.format(number=found.receipt, total=rupiah(found.total), day=long_date(found.day))
    fields = {"known": True, "valid": valid, "sale": _paper_fields(found)}
    return Answer(fields, [said], exit_code=0 if valid else 1)


def report(args: Namespace) -> Answer:
    """`lapak report`: one report as a table, or the list of them."""
    from pos.reports import REPORTS, run_report
    from pos.reports.completeness import complete_lines

    with opened(args.ledger, only_reading=True) as ledger:
        if args.list:
            return Answer({"reports": list(REPORTS)}, list(REPORTS))
        if args.name is None:
            raise Refused(_("Which report?"), _("There are: {names}.").format(names=" ".join(REPORTS)))
        found = run_report(ledger, args.name, _period(args))
    fields = {
        "title": found.title,
        "columns": [{"key": each.key, "title": each.title, "kind": each.kind} for each in found.columns],
        "rows": [list(row) for row in found.rows],
        "totals": found.totals,
        "complete": [asdict(one) for one in found.complete],
    }
    rows = list(found.rows)
    if found.totals and len(rows) > 1:
        rows.append(tuple(found.totals.get(each.key) for each in found.columns))
    return Answer(fields, [found.title, "", *table(found.columns, rows), "", *complete_lines(found)])


def export(args: Namespace) -> Answer:
    """`lapak export`: the ledger as a file that people and programs open."""
    from pos.exports import export as write_export

    with opened(args.ledger, only_reading=True) as ledger, progress(_("Rows written")) as tell:
        done = write_export(
            ledger,
            Path(args.output),
            table=args.table,
            csv_form=args.csv,
            period=_period(args),
            progress=tell,
        )
    written = ngettext("{count} row in {file}.", "{count} rows in {file}.", done.rows)
    fields = {"file": str(done.file), "rows": done.rows, "sha256": done.sha256}
    return Answer(fields, [written.format(count=plain(done.rows), file=done.file)])


def _period(args: Namespace) -> Period:
    from pos.reports import Period

    return Period(args.start, args.end, args.institution, args.booth)


def _count(target: str, number: str) -> None:
    from pos.printing import count

    with suppress(WorldFailed), opened(target) as ledger:  # a ledger that can only be read keeps no count
        count(ledger, [number])


def _paper_fields(sale: Sale | Refund) -> Fields:
    return ({"of": sale.receipt_of} if isinstance(sale, Refund) else {}) | {
        "number": sale.receipt,
        "device": sale.device,
        "seq": sale.seq,
        "day": sale.day.isoformat(),
        "at": sale.at.isoformat(),
        "cashier": sale.cashier,
        "total": sale.total,
        "code": sale.code,
        "lines": [
            {"sku": line.sku, "name": line.name, "qty": line.qty, "price": line.price, "total": line.total}
            for line in sale.lines
        ],
        "payments": [
            {"method": part.method, "amount": part.amount, "tendered": part.tendered}
            for part in sale.payments
        ],
    }
