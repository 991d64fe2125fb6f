"""What stands on a label: of the product, of who made it, of its batch; and what its codes hold.

A scanner at the till reads the barcode that the goods bear already, otherwise their code in the catalogue.
The QR code is for the buyer's telephone: it holds the words themselves, so that it needs no network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos.errors import Refused
from pos.label_goods import Batch, latest_batches, stories
from pos.ledger import Ledger
from pos.model import Institution, Product
from pos.money import Rupiah
from pos.receipts.blocks import printable
from pos.receipts.code128 import bars
from pos.receipts.ean13 import ean_bars, is_ean13
from pos.receipts.escpos import plain_letters
from pos.text import _

MOST_LABELS = 5_000


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label. `told` are short facts, the one that matters most first."""

    name: str
    maker: str
    code: str
    price: Rupiah
    story: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """What labels tell beside the catalogue: institutions' stories by code, batches by SKU."""

    stories: Mapping[str, str] = field(default_factory=dict)
    batches: Mapping[str, Batch] = field(default_factory=dict)


def labels_of(
    products: Mapping[str, Product],
    makers: Mapping[str, Institution],
    counts: Mapping[str, int],
    telling: Telling = Telling(),
) -> list[Label]:
    """As many labels of each product (by SKU) as `counts` says, in its order.

    Raises Refused for an unknown SKU, or more labels than anybody means.
    """
    if not 0 < sum(counts.values()) <= MOST_LABELS or min(counts.values(), default=0) < 0:
        raise Refused(_("Choose from 1 to {most} labels.").format(most=MOST_LABELS))
    found: list[Label] = []
    for sku, count in counts.items():
        product = products.get(sku)
        if product is None:
            raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
        found += [_label(product, makers.get(product.institution), telling)] * count
    return found


def telling_of(ledger: Ledger) -> Telling:
    """What this ledger knows of institutions and batches."""
    return Telling(stories(ledger), latest_batches(ledger))


def code_bars(code: str) -> tuple[int, ...]:
    """EAN-13 where the code is one, Code 128 of everything else."""
    return ean_bars(code) if is_ean13(code) else bars(code)


def qr_rows(label: Label, most: int) -> tuple[bytes, ...]:
    """The rows of a QR code that holds the label's words, cut after `most` letters; see `blocks.Code`."""
    import segno

    words = "\n".join(part for part in (label.name, label.maker, label.story, *label.told) if part)
    held = "\n".join(map(plain_letters, words.splitlines()))[
        :most
    ].rstrip()  # scanners guess at other letters
    # Error correction L: it is on clean paper, and the smaller it is the larger are its modules.
    code = segno.make(held, error="l", boost_error=False, micro=False)
    return tuple(bytes(row) for row in code.matrix)


def _label(product: Product, maker: Institution | None, telling: Telling) -> Label:
    made_by = _("Made at {institution}").format(institution=maker.short if maker else product.institution)
    story = product.facts.story or telling.stories.get(product.institution, "")
    told = _told(product, telling.batches.get(product.sku, Batch()))
    code = product.barcode or product.sku
    return Label(
        printable(product.name), printable(made_by), code, product.price, printable(story), tuple(told)
    )


def _told(product: Product, batch: Batch) -> list[str]:
    """The words before the day are those that packs bear (PP 69/1999 on food labels, article 28)."""
    facts = product.facts
    pairs = (
        (_("Best before {day}"), f"{batch.expires:%d/%m/%Y}" if batch.expires else ""),
        (_("Batch {code}"), batch.code),
        (_("P-IRT {number}"), facts.pirt.removeprefix("P-IRT").strip()),
        (_("Halal {number}"), facts.halal),
        (_("Workshop {code}"), facts.workshop),
    )
    return [printable(words.format(day=value, code=value, number=value)) for words, value in pairs if value]
