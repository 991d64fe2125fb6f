"""The command that writes price tags and shelf cards: sheets of A4, or the strip of a roll."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pos.cli.answer import Answer
from pos.cli.opened import opened
from pos.errors import Refused
from pos.text import _, ngettext

ROLLS = {"80": 48, "58": 32}  # columns, by the width of the roll in mm


def labels(args: Namespace) -> Answer:
    """`lapak labels`: as many labels of each product as are left here; one of each named by --sku."""
    from pos.catalog import institutions, products
    from pos.receipts.label_text import labels_of, telling_of
    from pos.receipts.labels import Kind, Placing, label_roll, label_sheets
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
        found = labels_of(goods, institutions(ledger), counts, telling_of(ledger))
    kind: Kind = "card" if args.cards else "tag"
    if args.paper in ROLLS:
        write_pdf(label_roll(found, ROLLS[args.paper], kind), Path(args.output))
        sheets = 1
    else:
        drawn = label_sheets(found, Placing(start=args.start), kind)
        write_pdf(drawn, Path(args.output))
        sheets = len(drawn)
    count = len(found)
    told = ngettext("{count} label in {file}", "{count} labels in {file}", count)
    fields = {"file": args.output, "labels": count, "sheets": sheets}
    return Answer(fields, [told.format(count=count, file=args.output)])
