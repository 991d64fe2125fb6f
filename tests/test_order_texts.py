"""Texts for the chat: the order's own figures, in Indonesian, without what is not known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.ledger import Ledger
from pos.order_book import order_of
from pos.order_texts import KINDS, fitting_kind, order_text
from pos.orders import prepare, ready
from pos.preorder import Contact
from pos.text import use_language
from tests.books import DAY
from tests.ordering import ahead, counter, ordered


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_names_number_sum_and_day(till: Ledger, kind: str) -> None:
    order = ordered(till)
    ahead(till, order, 100_000)
    with till.read() as conn:
        order = order_of(conn, order.root)
    use_language("en")
    text = order_text(order, till.own(), kind, DAY)
    use_language("id")
    assert text.startswith("Halo Ibu Ratna Dewi,\n")
    assert order.receipt in text
    assert "Rp200.000" in text
    assert "besok, Sabtu 15 April 2023 pukul 16.00 di Stan S03" in text
    assert "0812" not in text


def test_a_text_leaves_out_what_is_not_known(till: Ledger) -> None:
    order = ordered(till, due=None, contact=Contact(phone="081271110248"))
    text = order_text(order, till.own(), "confirmation", DAY)
    assert text.startswith("Halo,\n")
    assert "belum ditentukan" in text
    assert "None" not in text
    assert "\n\n\n" not in text


def test_a_far_day_is_no_besok(till: Ledger) -> None:
    order = ordered(till, due=DAY + timedelta(days=5))
    text = order_text(order, till.own(), "reminder", DAY)
    assert "Diambil Rabu 19 April 2023" in text


def test_the_fitting_text_follows_the_state(till: Ledger) -> None:
    order = ordered(till)
    assert fitting_kind(order) == "confirmation"
    order = prepare(till, order, counter(till))
    assert fitting_kind(order) == "reminder"
    assert fitting_kind(ready(till, order, counter(till))) == "ready"
