"""Texts about an order that are ready to be sent by chat: confirmation, deposit, ready, reminder. In
Indonesian, whatever language the till speaks: they go to the buyer. The figures are the order's own.
"""

from __future__ import annotations

from datetime import date

from pos.model import Device
from pos.money import rupiah
from pos.preorder import Order

KINDS = ("confirmation", "deposit", "ready", "reminder")
_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def fitting_kind(order: Order) -> str:
    """Which of KINDS is told next, by how far the order has come."""
    kinds = {"new": "confirmation", "deposit": "deposit", "prepared": "reminder", "ready": "ready"}
    return kinds.get(order.state, "confirmation")


def order_text(order: Order, device: Device, kind: str, today: date) -> str:
    """The text of `kind` (one of KINDS). Raises KeyError for another."""
    rest = f"Sisa pembayaran {rupiah(order.rest)}." if order.rest else "Pembayaran sudah lunas."
    bodies = {
        "confirmation": (
            f"Pesanan Anda sudah kami catat dengan nomor *{order.receipt}*:",
            *_goods(order),
            f"Total {rupiah(order.total)}." if order.total else "",
            f"DP diterima {rupiah(order.paid)}. {rest}" if order.paid else _ask_ahead(order),
            _when(order, device, today),
        ),
        "deposit": (
            f"DP untuk pesanan *{order.receipt}* sudah kami terima: {rupiah(order.paid)}.",
            f"Total pesanan {rupiah(order.total)}.",
            rest,
            _when(order, device, today),
        ),
        "ready": (
            f"Pesanan *{order.receipt}* sudah siap diambil:",
            *_goods(order),
            rest,
            _when(order, device, today),
        ),
        "reminder": (
            f"Kami mengingatkan pesanan *{order.receipt}*:",
            *_goods(order),
            _when(order, device, today),
            rest,
        ),
    }
    whom = order.wish.contact.name
    lines = [f"Halo {whom}," if whom else "Halo,", *bodies[kind], "", _from(device)]
    return "\n".join(line for n, line in enumerate(lines) if line or n == len(lines) - 2)


def _goods(order: Order) -> list[str]:
    return [f"- {line.name} × {_counted(line.unit, line.qty)}" for line in order.lines]


def _counted(unit: str, qty: int) -> str:
    return f"{qty} {unit}" if unit else str(qty)


def _ask_ahead(order: Order) -> str:
    return f"Sisa pembayaran {rupiah(order.rest)}; DP dapat dibayar di stan atau lewat transfer."


def _when(order: Order, device: Device, today: date) -> str:
    wish = order.wish
    where = "diantar" if wish.place == "delivery" else f"di {device.name}"
    if wish.due is None:
        return f"Waktu pengambilan belum ditentukan; {where}."
    near = {0: "hari ini, ", 1: "besok, "}.get((wish.due - today).days, "")
    day = f"{near}{_DAYS[wish.due.weekday()]} {wish.due.day} {_MONTHS[wish.due.month - 1]} {wish.due.year}"
    clock = f" pukul {wish.due_time:%H.%M}" if wish.due_time else ""
    verb = "Diantar" if wish.place == "delivery" else "Diambil"
    return f"{verb} {day}{clock}{'' if wish.place == 'delivery' else f' {where}'}."


def _from(device: Device) -> str:
    return f"{device.name} · {device.event.name}. Terima kasih, karya warga binaan."
