"""The report of a day as officers send it by WhatsApp, from a template that can be changed.

In Indonesian, whatever language the till speaks: it goes to others. Names in braces stand for figures; a line
of which every figure is unknown is left out, and with it the heading of a paragraph that has nothing else.
Between asterisks WhatsApp writes in bold. Asked for in domain.md 3.3 and experience.md 3 (11).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from pos.clock import zone_name
from pos.errors import Refused
from pos.evening import Best, Evening
from pos.money import plain, rupiah
from pos.payments import method_name
from pos.settings import MOST
from pos.text import _, indonesian_date

KEY = "evening_text"  # in pos/settings.py
MOST_UNITS = 25  # institutions that are named one by one
FIELDS = (
    "salam",
    "pameran",
    "tanggal",
    "hari_ke",
    "pelapor",
    "stan",
    "omzet",
    "nota",
    "barang",
    "hari_laku",
    "cara_bayar",
    "laku",
    "jumlah_upt",
    "belum_laku",
    "per_upt",
    "terlaris",
    "pesanan_masuk",
    "dp_diterima",
    "akan_diambil",
    "lengkap",
)
_FIELD = re.compile(r"\{([^{}\n]*)\}")
_MARKS = str.maketrans({"*": None, "~": None, "`": None, "_": " "})  # they would begin bold or a code
_WAYS: Mapping[str, str] = MappingProxyType(
    {"cash": "Tunai", "qris": "QRIS", "transfer": "Transfer", "card": "Kartu", "deposit": "DP pesanan"}
)
_GREETINGS = ((time(11), "Selamat pagi"), (time(15), "Selamat siang"), (time(18, 30), "Selamat sore"))
_HEAD = """{salam}, izin melaporkan penjualan *One Day One Prison's Product*.

*{pameran}*
{tanggal} ({hari_ke})
{pelapor}
{stan}

*Omzet: {omzet}*
Nota: {nota}
Barang terjual: {barang}
Hari laku: {hari_laku}

*Cara bayar*
{cara_bayar}

*Sudah laku: {laku} dari {jumlah_upt} UPT*
Belum laku: {belum_laku}
"""
_UNITS = """
*Omzet per UPT*
{per_upt}
"""
_FOOT = """
*Terlaris*
{terlaris}

*Pesanan*
Masuk: {pesanan_masuk}
DP diterima: {dp_diterima}
Akan diambil: {akan_diambil}

{lengkap}

Demikian dilaporkan. Terima kasih."""


def default_template(*, office: bool) -> str:
    """The text before anybody changed it; the office's names what each institution sold."""
    return _HEAD + (_UNITS if office else "") + _FOOT


def check_template(template: str) -> None:
    """Raise Refused for an empty text, one that is too long, and a field that nobody knows."""
    if not template.strip():
        raise Refused(_("The text is empty."), _("Write something, or go back to the built-in text."))
    if len(template) > MOST:
        raise Refused(
            _("The text is too long: {count} characters.").format(count=plain(len(template))),
            _("At most {most} are kept.").format(most=plain(MOST)),
        )
    for name in _FIELD.findall(template):
        if name not in FIELDS:
            raise Refused(
                _("Nothing is called {name}.").format(name=f"{{{name[:30]}}}"),
                _("Choose one of the fields in the list, or take away its braces."),
            )


def evening_text(told: Evening, template: str) -> str:
    """The text to be sent. Raises Refused as `check_template`."""
    check_template(template)
    values = fields_of(told)
    paragraphs = (_paragraph(one, values) for one in re.split(r"\n[ \t]*\n", template.strip()))
    return "\n\n".join(one for one in paragraphs if one)


def fields_of(told: Evening) -> dict[str, str]:
    """What stands for each of FIELDS; empty for what is not known of this day or of one institution."""
    many = told.ways is not None
    booths = len({one.booth for one in told.complete})
    inside = f"hari ke-{told.number} dari {told.days}"
    return {
        "salam": _greeting(told.now.time()),
        "pameran": _named(told.event),
        "tanggal": indonesian_date(told.day),
        "hari_ke": inside if told.number is not None else "di luar tanggal pameran",
        "pelapor": _named(told.who),
        "stan": "" if told.own else f"{booths} stan",
        "omzet": rupiah(told.total),
        "nota": "" if told.sales is None else plain(told.sales),
        "barang": plain(told.qty),
        "hari_laku": "{} dari {} hari".format(*told.kept) if told.kept else "",
        "cara_bayar": _lines(_way(one.code, one.amount, one.count) for one in told.ways or ()),
        "laku": plain(len(told.sold)) if many else "",
        "jumlah_upt": plain(len(told.sold) + len(told.unsold)) if many else "",
        "belum_laku": _unsold(told) if many else "",
        "per_upt": _units(told),
        "terlaris": _lines(f"{n}. {_best(one)}" for n, one in enumerate(told.best, 1)),
        **_orders(told),
        "lengkap": _complete(told),
    }


def _paragraph(text: str, values: Mapping[str, str]) -> str:
    lines, had, kept = [], False, False
    for line in text.split("\n"):
        names = _FIELD.findall(line)
        known = [name for name in names if values[name]]
        had = had or bool(names)
        kept = kept or bool(known)
        if known or not names:
            lines.append(_FIELD.sub(lambda found: values[found[1]], line).rstrip())
    return "\n".join(lines) if kept or not had else ""


def _greeting(now: time) -> str:
    return next((words for until, words in _GREETINGS if now < until), "Selamat malam")


def _named(name: str) -> str:
    """A name in one line, without what WhatsApp takes for bold, italic or struck out."""
    return " ".join(name.translate(_MARKS).split())


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _best(one: Best) -> str:
    pieces = f"{plain(one.qty)} {_named(one.unit) or 'buah'}"
    return f"{_named(one.name)} ({_named(one.maker)}): {pieces}, {rupiah(one.total)}"


def _way(code: str, amount: int, count: int) -> str:
    return f"- {_WAYS.get(code) or _named(method_name(code))}: {rupiah(amount)} ({plain(count)} pembayaran)"


def _unsold(told: Evening) -> str:
    names = [_named(one.unit.short) for one in told.unsold[:MOST_UNITS]]
    more = len(told.unsold) - len(names)
    return ", ".join(names) + (f", dan {plain(more)} UPT lain" if more else "")


def _units(told: Evening) -> str:
    lines = [f"{n}. {_named(one.unit.short)}: {rupiah(one.total)}" for n, one in enumerate(told.sold, 1)]
    rest = told.sold[MOST_UNITS:]
    more = f"dan {plain(len(rest))} UPT lain: {rupiah(sum(one.total for one in rest))}"
    return _lines([*lines[:MOST_UNITS], *([more] if rest else [])])


def _orders(told: Evening) -> dict[str, str]:
    """Of orders only what there was: a booth that takes none says nothing of them."""
    found = told.orders
    placed = f"{plain(found.placed)} pesanan, {rupiah(found.total)}" if found and found.placed else ""
    paid = f"{rupiah(found.received)} ({plain(found.paid)} pembayaran)" if found and found.paid else ""
    if found and found.returned:
        paid = ", ".join(part for part in (paid, f"dikembalikan {rupiah(found.returned)}") if part)
    due = ""
    if found and found.due:
        day = indonesian_date(told.day + timedelta(days=1))
        due = f"{plain(found.due)} pesanan pada {day}, sisa tagihan {rupiah(found.rest)}"
    return {"pesanan_masuk": placed, "dp_diterima": paid, "akan_diambil": due}


def _complete(told: Evening) -> str:
    """Up to when the figures hold. What another laptop sold and has not handed over is not in them."""
    if told.own:
        return f"Data stan ini sampai {_moment(told.now, told)}."
    if not told.complete:
        return ""
    moments = sorted((datetime.fromisoformat(one.at), one.booth) for one in told.complete)
    late = [(at, booth) for at, booth in moments if at.date() < told.day]
    if not late:
        return f"Data semua stan lengkap sampai {_moment(moments[0][0], told)}."
    named = ", ".join(f"{booth} (terakhir {_moment(at, told)})" for at, booth in late[:MOST_UNITS])
    more = f", dan {plain(len(late) - MOST_UNITS)} laptop lain" if len(late) > MOST_UNITS else ""
    which = "hari ini" if told.day == told.now.date() else "hari itu"
    return f"Belum lengkap; data {which} belum masuk dari: {named}{more}."


def _moment(at: datetime, told: Evening) -> str:
    """`14.07 WIB`, with the day where it is another than the report's."""
    day = "" if at.date() == told.day else f"{indonesian_date(at.date()).partition(', ')[2]} "
    return f"{day}{at:%H.%M} {zone_name(at)}".strip()
