"""Every kind of paper: what it is called, what it is printed on, and how it is drawn from its document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from pos import journal
from pos.checkout import read_sale
from pos.closing import Closing, read_closing
from pos.errors import Refused
from pos.handed import Handed, HandOver, hand_over_of, slip_number
from pos.ledger import Ledger
from pos.model import Document, Refund, Sale
from pos.order_book import deposits_where, order_of
from pos.practice import is_training, practice_word
from pos.preorder import Deposit, Order
from pos.receipts.blocks import Slip
from pos.receipts.handover_slip import hand_over_slip
from pos.receipts.order_slips import deposit_slip, order_slip
from pos.receipts.packing_slip import has_hampers, packing_slip
from pos.receipts.sheet import Sheet, watermarked
from pos.receipts.slip import refund_slip, sale_slip
from pos.receipts.z_report import closing_slip
from pos.refunds import read_refund
from pos.remittances import Remittance, read_remittance
from pos.settlements import Settlement, read_settlement
from pos.stock_slips import StockSlip, read_slip
from pos.text import _

Paper: TypeAlias = Slip | tuple[Sheet, ...]
Size: TypeAlias = Literal["roll", "a5", "a4"]
# What a document is as a noun, where papers are made of it.
Source: TypeAlias = Sale | Refund | Closing | StockSlip | Remittance | Settlement | Deposit | Order | HandOver
# Draws a paper from the document (device, seq), so many columns wide; the copy is 0 for the original.
Draw: TypeAlias = Callable[[Ledger, str, int, int, int], Paper]


@dataclass(frozen=True, slots=True)
class PaperRef:
    """A paper somebody wants: a key of PAPERS, its number, and the document that it is drawn from.

    `number` is what its copies are counted under and its file is called; a second form of a paper that is
    counted apart bears a word behind it.
    """

    paper: str
    number: str
    device: str
    seq: int


class Kind(NamedTuple):
    """One kind of paper: what it is called in the language in use, what it is on, how it is drawn."""

    name: Callable[[], str]
    size: Size
    draw: Draw


def _sale(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    return sale_slip(ledger, read_sale(_document(ledger, device, seq)), columns=columns, copy=copy)


def _refund(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    return refund_slip(ledger, read_refund(_document(ledger, device, seq)), columns=columns, copy=copy)


def _kuitansi(ledger: Ledger, device: str, seq: int, _columns: int, copy: int) -> Paper:
    from pos.receipts.kuitansi import kuitansi  # measures with ReportLab, as all sheets

    return (kuitansi(ledger, read_sale(_document(ledger, device, seq)), copy),)


def _itemised(ledger: Ledger, device: str, seq: int, _columns: int, copy: int) -> Paper:
    from pos.receipts.itemised import itemised

    return itemised(ledger, read_sale(_document(ledger, device, seq)), copy)


def _packing(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    return packing_slip(ledger, read_sale(_document(ledger, device, seq)), columns=columns, copy=copy)


def _z(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    return closing_slip(ledger, read_closing(_document(ledger, device, seq)), columns=columns, copy=copy)


def _z_sheet(ledger: Ledger, device: str, seq: int, _columns: int, copy: int) -> Paper:
    from pos.receipts.z_sheet import closing_sheets

    return closing_sheets(ledger, read_closing(_document(ledger, device, seq)), copy=copy)


def _stock_sheet(ledger: Ledger, device: str, seq: int, _columns: int, copy: int) -> Paper:
    from pos.receipts.consignment import consignment_sheets

    return consignment_sheets(ledger, read_slip(_document(ledger, device, seq)), copy)


def _stock_roll(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    from pos.receipts.stock_slip import consignment_slip

    return consignment_slip(ledger, read_slip(_document(ledger, device, seq)), columns=columns, copy=copy)


def _remittance(ledger: Ledger, device: str, seq: int, _columns: int, copy: int) -> Paper:
    from pos.receipts.consignment import remittance_sheets

    return remittance_sheets(ledger, read_remittance(_document(ledger, device, seq)), copy)


def _settlement(ledger: Ledger, device: str, seq: int, _columns: int, copy: int) -> Paper:
    from pos.receipts.settlement import settlement_sheets

    return settlement_sheets(ledger, read_settlement(_document(ledger, device, seq)), copy)


def _deposit(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    with ledger.read() as conn:
        found = deposits_where(conn, device, seq=seq)
    if not found:
        raise _missing()
    return deposit_slip(ledger, found[0], columns=columns, copy=copy)


def _order(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    with ledger.read() as conn:
        order = order_of(conn, (device, seq))
    return order_slip(ledger, order, columns=columns, copy=copy)


def _hand_over(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    done = hand_over_of(ledger, _document(ledger, device, seq))
    return hand_over_slip(ledger, done, columns=columns, copy=copy)


def _document(ledger: Ledger, device: str, seq: int) -> Document:
    with ledger.read() as conn:
        doc = journal.document(conn, device, seq)
    if doc is None:
        raise _missing()
    return doc


def _missing() -> Refused:
    return Refused(_("The document of this paper is not in this ledger."))


# Every kind of paper by its key. A new one is one line; X reports have no document and are none.
PAPERS: Mapping[str, Kind] = MappingProxyType(
    {
        "sale": Kind(lambda: _("Receipt"), "roll", _sale),
        "refund": Kind(lambda: _("Return"), "roll", _refund),
        "kuitansi": Kind(lambda: _("Formal receipt"), "a5", _kuitansi),
        "itemised": Kind(lambda: _("Formal receipt"), "a4", _itemised),
        "packing": Kind(lambda: _("Packing slip"), "roll", _packing),
        "z": Kind(lambda: _("Z report"), "roll", _z),
        "z-a4": Kind(lambda: _("Z report on A4"), "a4", _z_sheet),
        "stock-a4": Kind(lambda: _("Stock paper"), "a4", _stock_sheet),
        "stock": Kind(lambda: _("Stock paper on the roll"), "roll", _stock_roll),
        "remittance": Kind(lambda: _("Receipt of the institution's share"), "a4", _remittance),
        "settlement": Kind(lambda: _("Settlement with the institution"), "a4", _settlement),
        "deposit": Kind(lambda: _("Deposit receipt"), "roll", _deposit),
        "order": Kind(lambda: _("Order note"), "roll", _order),
        "hand-over": Kind(lambda: _("Proof of hand-over"), "roll", _hand_over),
    }
)


def paper_name(paper: str) -> str:
    """What a paper is called; one of a newer version has no name here."""
    return PAPERS[paper].name() if paper in PAPERS else _("Paper")


def papers_of(found: Source) -> tuple[PaperRef, ...]:
    """Every paper that can be made of a document, its usual one first.

    A kuitansi and the one with every line are the same paper, and counted as one.
    """
    number = number_of(found)
    named: tuple[tuple[str, str], ...]
    if isinstance(found, Sale):
        formal = f"KW-{number}"
        named = (("sale", number), ("kuitansi", formal), ("itemised", formal))
        named += (("packing", f"{number}-kemas"),) if has_hampers(found) else ()
    elif isinstance(found, Closing):
        named = (("z", number), ("z-a4", f"{number}-A4"))
    elif isinstance(found, StockSlip):
        named = (("stock-a4", number), ("stock", f"{number}-struk"))
    else:
        keys: Mapping[type[Source], str] = {Refund: "refund", Remittance: "remittance"}
        keys = {**keys, Settlement: "settlement", Deposit: "deposit", Order: "order"}
        keys = {**keys, HandOver: "hand-over"}
        named = ((keys[type(found)], number),)
    return tuple(PaperRef(paper, name, found.device, found.seq) for paper, name in named)


def number_of(found: Source) -> str:
    """The number people see, such as `S03K7-Z00001`."""
    return found.paper if isinstance(found, Closing) else found.receipt


def paper_on(found: Source, size: Size) -> PaperRef | None:
    """The paper of a document on this size, or None where there is none."""
    return next((one for one in papers_of(found) if PAPERS[one.paper].size == size), None)


def packing_wanted(sale: Sale) -> PaperRef | None:
    """The packing slip of a sale; None where there is nothing to pack."""
    return next((one for one in papers_of(sale) if one.paper == "packing"), None)


def hand_over_wanted(ledger: Ledger, done: Handed) -> PaperRef:
    """The slip of a hand-over of this laptop."""
    device = ledger.own()
    number = slip_number(device.booth, device.code, done.seq)
    return PaperRef("hand-over", number, device.code, done.seq)


def slip_wanted(found: Sale | Refund) -> PaperRef:
    """The slip of a sale or a refund."""
    return papers_of(found)[0]


def kuitansi_wanted(sale: Sale, *, itemised: bool = False) -> PaperRef:
    """The kuitansi of a sale; with every line of it on A4."""
    return papers_of(sale)[2 if itemised else 1]


def draw(ledger: Ledger, what: PaperRef, *, columns: int = 48, copy: int = 0) -> Paper:
    """A paper as it was signed for: everything on it comes from its document.

    Raises Refused when there is no such paper, or its document is not in this ledger.
    """
    if what.paper not in PAPERS:
        raise Refused(_("This version of Lapak cannot draw {number}.").format(number=what.number))
    paper = PAPERS[what.paper].draw(ledger, what.device, what.seq, columns, copy)
    if ledger.device and is_training(ledger.device) and not isinstance(paper, Slip):
        return tuple(watermarked(sheet, practice_word(ledger.device)) for sheet in paper)
    return paper
