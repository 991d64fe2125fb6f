"""Commands of a booth: new, demo, catalog, sales."""

from __future__ import annotations

from argparse import Namespace
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.answer import Answer, rejections
from pos.cli.opened import opened
from pos.cli.progress import progress
from pos.money import plain, rupiah
from pos.text import _, clean_text, ngettext

if TYPE_CHECKING:
    from pos.ledger import Ledger


def new(args: Namespace) -> Answer:
    """`lapak new`: the ledger of one laptop, empty or from last year's."""
    with _archive(args.archive) as archive:
        return _new(args, archive)


def _new(args: Namespace, archive: Ledger | None) -> Answer:
    from pos.archive import carry_over, event_of_archive
    from pos.exhibition import builtin_event, read_event
    from pos.ledger import create, new_device

    known = event_of_archive(archive) if archive else builtin_event()
    event = read_event(Path(args.event)) if args.event else known
    device = new_device(args.booth, clean_text(args.name), args.institution, event)
    with closing(create(Path(args.ledger), device)) as ledger:
        came = carry_over(archive, ledger) if archive else None
    made = _("{ledger}: booth {code}, device {device}.")
    fields: dict[str, object] = {"device": device.code, "booth": device.booth}
    lines = [made.format(ledger=args.ledger, code=device.booth, device=device.code)]
    notes = []
    if came:
        fields |= {"products": came.products, "people": came.people}
        brought = _("Taken over: {products} products, {people} people; no sales.")
        lines.append(brought.format(products=plain(came.products), people=plain(came.people)))
    if came and came.homeless:
        left = _("Left out, for their institution does not take part: {skus}.")
        notes.append(left.format(skus=", ".join(came.homeless[:20])))
    return Answer(fields, lines, notes)


def _archive(path: str | None) -> AbstractContextManager[Ledger | None]:
    from pos.archive import opened_archive

    return opened_archive(Path(path)) if path else nullcontext()


def demo(args: Namespace) -> Answer:
    """`lapak demo`: the sample day, from the first sale to the workbook."""
    from pos.demo import sell_day

    with progress(_("Sales of the sample day")) as tell:
        day = sell_day(Path(args.out), tell)
    lines = (
        _("Sold: {sales} sales, {total} (sample data).").format(sales=day.sales, total=rupiah(day.total)),
        _("Ledger: {path}").format(path=day.ledger),
        _("Receipts: {count} in {path}").format(count=len(day.receipts), path=day.receipts[0].parent),
        _("Central file: {path}").format(path=day.central),
        _("Workbook: {path}").format(path=day.workbook),
    )
    fields = {
        "ledger": str(day.ledger),
        "receipts": [str(path) for path in day.receipts],
        "central": str(day.central),
        "workbook": str(day.workbook),
        "sales": day.sales,
        "total": day.total,
    }
    return Answer(fields, lines)


def catalog_import(args: Namespace) -> Answer:
    """`lapak catalog import`: products from a price list."""
    from pos.pricelist import import_catalog

    with opened(args.ledger) as ledger:
        done = import_catalog(ledger, Path(args.file), dry_run=args.dry_run, skip_bad=args.skip_bad)
    counts = _("{added} added, {changed} changed, {unchanged} unchanged.").format(
        added=plain(done.added), changed=plain(done.changed), unchanged=plain(done.unchanged)
    )
    fields = {
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "rejected": rejections(done.rejected),
        "warnings": list(done.warnings),
    }
    tried = [_("Tried only; nothing was changed.")] if args.dry_run else []
    notes = [*done.warnings, *(cell.message for cell in done.rejected)]
    return Answer(fields, [counts, *tried], notes)


def catalog_export(args: Namespace) -> Answer:
    """`lapak catalog export`: the price list back."""
    from pos.pricelist import export_catalog

    with opened(args.ledger, only_reading=True) as ledger:
        count = export_catalog(ledger, Path(args.file))
    written = ngettext("{count} product in {file}.", "{count} products in {file}.", count)
    return Answer({"file": args.file, "rows": count}, [written.format(count=plain(count), file=args.file)])


def sales_import(args: Namespace) -> Answer:
    """`lapak sales import`: sales kept on paper."""
    from pos.paper import import_sales

    with opened(args.ledger) as ledger, progress(_("Sales on paper")) as tell:
        done = import_sales(ledger, Path(args.file), skip_bad=args.skip_bad, progress=tell)
    brought = _("{sales} sales, {lines} lines, {units} pieces, {total}.").format(
        sales=plain(done.sales), lines=plain(done.lines), units=plain(done.units), total=rupiah(done.total)
    )
    known = ngettext("{count} receipt was in already.", "{count} receipts were in already.", done.known)
    fields = {
        "sales": done.sales,
        "lines": done.lines,
        "units": done.units,
        "total": done.total,
        "known": done.known,
        "rejected": rejections(done.rejected),
        "warnings": list(done.warnings),
    }
    lines = [brought, *([known.format(count=plain(done.known))] if done.known else [])]
    notes = [*done.warnings, *(cell.message for cell in done.rejected)]
    return Answer(fields, lines, notes)
