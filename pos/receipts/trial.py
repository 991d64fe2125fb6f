"""The trial slip of a printer: what must be whole on it shows which setting is wrong when it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pos.receipts.blocks import Band, Barcode, Block, Code, Gap, Logo, Rule, Slip, Text, centred, rows
from pos.receipts.code128 import bars
from pos.text import _, clock_time, short_date

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,:;-+/()%&'\" é ü ñ ± ½ °"
_CODE = "LAPAK-UJI"


def trial_slip(columns: int, booth: str, now: datetime) -> Slip:
    """A slip as wide as `columns`: a ruler, letters, amounts, a bar code and a QR code."""
    return Slip(_("Trial print"), columns, tuple(_blocks(columns, booth, now)))


def _blocks(columns: int, booth: str, now: datetime) -> Iterator[Block]:
    yield Logo()
    yield Text(_("TRIAL PRINT"), bold=True, align="center", large=True)
    yield from centred(f"{booth} · {short_date(now.date())} {clock_time(now)}", columns)
    yield Band()
    yield from rows(_("{columns} columns; this ruler fills one row:").format(columns=columns), "", columns)
    yield Text("".join(str(place // 10 % 10) if place % 10 == 0 else "." for place in range(1, columns + 1)))
    yield Text("".join(str(place % 10) for place in range(1, columns + 1)))
    yield Rule()
    yield from rows(_LETTERS, "", columns)
    yield Rule()
    yield from rows("  300 x 30.000", "9.000.000", columns)
    yield from rows("  1 x 25.000.000", "25.000.000", columns)
    yield from rows(_("TOTAL"), "Rp34.000.000", columns, large=True, bold=True)
    yield Rule()
    yield Barcode(_CODE, bars(_CODE))
    yield Text(_CODE, align="center")
    yield Gap()
    yield Code(_qr(), _("Check code"), _CODE[:5])
    yield Gap()
    yield from centred(_("Is the edge torn or cut below this row?"), columns)


def _qr() -> tuple[bytes, ...]:
    import segno

    return tuple(bytes(row) for row in segno.make(_CODE, error="q", micro=False).matrix)
