"""Goods sold by weight: counted in grams, shown in kilograms, their price kept by the gram."""

from __future__ import annotations

from pos.money import Rupiah, plain

GRAM = "gram"  # the unit of goods sold by weight


def kilograms(grams: int) -> str:
    """`250` grams as `0,25`, without needless zeros."""
    whole, rest = divmod(grams, 1000)
    return f"{plain(whole)},{rest:03d}".rstrip("0").rstrip(",")


def counted(unit: str, qty: int) -> str:
    """How much of one thing: `2`, or `0,25 kg` of what is sold by weight."""
    return f"{kilograms(qty)} kg" if unit == GRAM else plain(qty)


def pieces(unit: str, qty: int) -> int:
    """How many things some goods are: goods by weight count as one, whatever they weigh."""
    return abs(qty) if unit != GRAM else int(qty != 0)


def shown_price(unit: str, price: Rupiah) -> Rupiah:
    """The price as it is shown: of goods by weight that of a kilogram."""
    return price * 1000 if unit == GRAM else price
