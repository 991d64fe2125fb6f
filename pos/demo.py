"""The sample exhibition from morning to evening without a screen: sales, receipts, central file, workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.carry import carry
from pos.errors import Refused
from pos.exports import export
from pos.faults import told
from pos.ledger import devices, open_ledger
from pos.money import Rupiah
from pos.receipts.pdf import write_pdf
from pos.receipts.slip import sale_slip
from pos.sample import make_sample, ring_up, sample_sales
from pos.sync import Progress
from pos.text import _


@dataclass(frozen=True, slots=True)
class Demo:
    """What the day left behind: the files, and how much was sold."""

    ledger: Path
    receipts: tuple[Path, ...]
    central: Path
    workbook: Path
    sales: int
    total: Rupiah


def sell_day(folder: Path, progress: Progress | None = None) -> Demo:
    """Sell the whole sample day into `folder`: receipts, central file and workbook.

    What an earlier day left there gives way. Raises Refused when a file of that name is not sample data.
    """
    place, struk = folder / "stan-03-contoh.lapak", folder / "struk"
    central, workbook = folder / "pusat-contoh.lapak", folder / "rekap-contoh.xlsx"
    with told(str(folder)):
        struk.mkdir(parents=True, exist_ok=True)
        _give_way(place)
        _give_way(central)
        for receipt in struk.glob("S03*.pdf"):
            receipt.unlink()
    ledger, shift = make_sample(place)
    try:
        day = list(sample_sales(ledger))
        receipts, total = [], 0
        for sample in day:
            sale = ring_up(ledger, shift, sample)
            receipts.append(struk / f"{sale.receipt}.pdf")
            write_pdf(sale_slip(ledger, sale), receipts[-1])
            total += sale.total
            if progress:
                progress(len(receipts), len(day))
        carry(ledger, central)
        export(ledger, workbook)
    finally:
        ledger.close()
    return Demo(place, tuple(receipts), central, workbook, len(day), total)


def _give_way(path: Path) -> None:
    """Remove a ledger of an earlier sample day; anything else stays, and stops this one."""
    if not path.exists():
        return
    ledger = open_ledger(path, read_only=True)
    try:
        with ledger.read() as conn:
            sample = all(device.sample for device in devices(conn).values())
    finally:
        ledger.close()
    if not sample:
        raise Refused(
            _("{name} holds real sales; nothing was changed.").format(name=path),
            _("Choose another folder with --out."),
        )
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
