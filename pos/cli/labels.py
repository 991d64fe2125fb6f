"""The command that writes price labels: 24 on a sheet of A4."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pos.cli.answer import Answer
from pos.cli.opened import opened
from pos.errors import Refused
from pos.text import _, ngettext


def labels(args: Namespace) -> Answer:
    """`lapak labels`: as many labels of each product as are left here; one of each named by --sku."""
    from pos.catalog import institutions, products
    from pos.receipts.labels import Placing, label_sheets, labels_of
    from pos.receipts.pdf import write_pdf
    from pos.stock import on_hand

    if Path(args.output).suffix.lower() != ".pdf":
        raise Refused(_("The labels are written as a .pdf file."), _("Name it with -o."))
    with opened(args.ledger, only_reading=True) as ledger:
        goods = {product.sku: product for product in products(ledger)}
        if args.sku:
            counts = dict.fromkeys(filter(None, map(str.strip, args.sku.split(","))), 1)
        else:
            left = on_hand(ledger)
            counts = {sku: left[sku] for sku in goods if left.get(sku, 0) > 0}
        found = labels_of(goods, institutions(ledger), counts)
    sheets = label_sheets(found, Placing(start=args.start))
    write_pdf(sheets, Path(args.output))
    count = len(found)
    told = ngettext("{count} label in {file}", "{count} labels in {file}", count)
    fields = {"file": args.output, "labels": count, "sheets": len(sheets)}
    return Answer(fields, [told.format(count=count, file=args.output)])
