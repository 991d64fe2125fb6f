"""Rows of the derived tables as nouns. A row is anything that has its columns as attributes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pos.faults import BrokenRowError
from pos.label_facts import facts_of
from pos.model import Component, Device, Event, Institution, Product, Shift, Staff, event_of


def device_of(row: Any, event: Event | None = None) -> Device:
    """A laptop; a row without its event comes with it. Raises BrokenRowError when it is none."""
    try:
        held = event or read_event(row.event)
        return Device(row.device, row.role, row.booth, row.name, row.institution, held, bool(row.sample))
    except AttributeError as error:
        raise BrokenRowError(row) from error


@lru_cache(maxsize=64)
def read_event(text: str) -> Event:
    """The event of a laptop's row; all laptops of an exhibition say the same of it. Raises BrokenRowError."""
    try:
        return event_of(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenRowError(text) from error


def institution_of(row: Any) -> Institution:
    """A maker of goods."""
    return Institution(row.code, row.name, row.short, row.regency)


def staff_of(row: Any) -> Staff:
    """A person at the till."""
    return Staff(row.code, row.name, row.role, row.pin)


def shift_of(row: Any) -> Shift:
    """A shift."""
    return Shift(
        row.device,
        row.seq,
        date.fromisoformat(row.day),
        datetime.fromisoformat(row.at),
        row.cashier,
        row.float_cash,
    )


def products_of(rows: Iterable[Any]) -> dict[str, Product]:
    """The whole catalogue by SKU, in the order of `rows`; bundles look up in it what they hold."""
    by_sku = {row.sku: row for row in rows}
    return {sku: _product(row, by_sku) for sku, row in by_sku.items()}


def _product(row: Any, by_sku: Mapping[str, Any]) -> Product:
    return Product(
        sku=row.sku,
        name=row.name,
        price=row.price,
        institution=row.institution,
        category=row.category,
        unit=row.unit,
        barcode=row.barcode,
        cost=row.cost,
        aliases=tuple(json.loads(row.aliases)),
        components=tuple(_components(row.components, by_sku)),
        image=row.image,
        active=bool(row.active),
        position=row.position,
        choose=row.choose if row.components != "[]" else 0,
        facts=facts_of(row.facts),
    )


def _components(text: str, by_sku: Mapping[str, Any]) -> Iterable[Component]:
    for sku, qty in json.loads(text):
        held = by_sku.get(sku)
        if held:
            yield Component(sku, qty, held.institution, held.price, held.name, held.cost)
        else:
            yield Component(sku, qty)
