"""A till that may be killed at any moment: it sells cart after cart and notes each answer outside."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from pos.cart import Cart
from pos.checkout import checkout
from pos.ledger import Ledger, open_ledger
from pos.model import Document, Fields
from pos.payments import settle
from pos.tables import SALE
from pos.verify import verify
from tests.books import cart_of, shift_of


def sell_on(
    path: Path, answers: Path, kill_before: int = 0, *, mute: bool = False, hasty: bool = False
) -> None:
    """Sell carts 1, 2, 3, ... from where `answers` ends, adding `cart number` there once a sale is done.

    The process kills itself before its n-th statement to the database, if told so, or with `mute` before its
    first answer. With `hasty` it has a bug that the tests must see: it answers before the sale is stored.
    """
    out = os.open(answers, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def answer(cart: str, number: int) -> None:
        if mute:
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(out, f"{cart} {number}\n".encode())

    with closing(open_ledger(path)) as ledger:
        goods, shift = cart_of(ledger, {"SEMPRONG": 1, "HAMPERS": 1}).lines, shift_of(ledger)
        if kill_before:
            _kill_before(ledger, kill_before)
        if hasty:
            _answer_early(answer)
        for n in count(len(answers.read_text().splitlines()) + 1):
            cart = Cart(str(n), goods)
            sale = checkout(ledger, cart, [settle("cash", cart.total)], shift, "rina")
            if not hasty:
                answer(sale.cart, sale.number)


def _kill_before(ledger: Ledger, nth: int) -> None:
    left = iter(range(nth - 1))

    def killer(_statement: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    with ledger.read() as conn:
        raw: Any = conn.connection.driver_connection
        raw.set_trace_callback(killer)


def _answer_early(answer: Any) -> None:
    post = Ledger.post

    def hasty(ledger: Ledger, conn: Any, kind: str, fields: Fields, private: str | None) -> Document:
        doc = post(ledger, conn, kind, fields, private)
        answer(fields["cart"], fields["number"])
        return doc

    Ledger.post = hasty  # type: ignore[assignment, method-assign]


def broken_promises(path: Path, answers: Path) -> list[str]:
    """What is wrong with a ledger after a kill, seen from the answers that were given: nothing, it is hoped.

    Every cart was rung up in turn and a cart without an answer was rung up again, so cart n is sale n.
    """
    given = answers.read_text().splitlines() if answers.exists() else []
    with closing(open_ledger(path)) as ledger:
        problems = [str(problem) for problem in verify(ledger, rebuild=True).problems]
        with ledger.read() as conn:
            stored = [f"{row.cart} {row.number}" for row in conn.execute(select(SALE).order_by(SALE.c.seq))]
    whole = [f"{n} {n}" for n in range(1, len(stored) + 1)]
    if stored != whole:
        problems.append(f"skipped or doubled: {stored}")
    if given != whole[: len(given)] or len(given) < len(stored) - 1:
        problems.append(f"answered {given[-2:]}, stored {stored[-2:]}")
    return problems
