"""Rows of what describes the exhibition: laptops, institutions, people, goods, limits of orders."""

from __future__ import annotations

import json
from hashlib import sha256

from pos.derive.shapes import MAX_COUNT, MAX_REVISION, Rows, booth, day, place, within, word
from pos.label_facts import facts_in, facts_text
from pos.label_tables import MAKER
from pos.model import Document, Fields, event_of
from pos.money import MAX_PRICE
from pos.noted_tables import PRICED
from pos.tables import CLOSED_DAY, DEVICE, INSTITUTION, PRODUCT, QUOTA, STAFF


def device(doc: Document, body: Fields, rows: Rows) -> None:
    """A laptop and the institutions of its exhibition."""
    event_of(body["event"])  # those who read the row later rely on its shape
    if not isinstance(body["sample"], bool):
        raise TypeError(body["sample"])
    before = body.get("continues")
    of = place(before) if before else ("", 0)
    event = json.dumps(body["event"], ensure_ascii=False, sort_keys=True)
    rows[DEVICE].append(
        (
            doc.device,
            doc.seq,
            body["role"],
            booth(body["booth"]),
            body["name"],
            body["institution"],
            int(body["sample"]),
            doc.at,
            *of,
            int(bool(of[0]) and body.get("restates") is True),
            sha256(event.encode()).hexdigest(),
            event,
        )
    )
    for unit in body["event"]["institutions"]:
        words = (unit["code"], unit["name"], unit["short"], unit["regency"])
        rows[INSTITUTION].append((*words, 0, doc.at, doc.device, doc.seq))


def catalog(doc: Document, body: Fields, rows: Rows) -> None:
    """New and changed products, and what institutions tell of themselves."""
    who = word(body.get("who", ""))
    for card in body["cards"]:
        priced = (card["sku"], card["revision"], doc.at, card["price"], card["name"], who)
        rows[PRICED].append((doc.device, doc.seq, *priced))
        rows[PRODUCT].append(
            (
                card["sku"],
                card["name"],
                card["category"],
                card["unit"],
                within(card["price"], 0, MAX_PRICE),
                card["institution"],
                card["barcode"],
                None if card["cost"] is None else within(card["cost"], 0, MAX_PRICE),
                json.dumps([word(alias) for alias in card["aliases"]], ensure_ascii=False),
                json.dumps([_component(part) for part in card["components"]], ensure_ascii=False),
                card["image"],
                int(card["active"]),
                card["position"],
                within(card.get("choose", 0), 0, MAX_COUNT),
                facts_text(facts_in(card)),
                within(card["revision"], 1, MAX_REVISION),
                doc.at,
                doc.device,
                doc.seq,
            )
        )
    for maker in body.get("makers", []):
        revision = within(maker["revision"], 1, MAX_REVISION)
        rows[MAKER].append((word(maker["code"]), word(maker["story"]), revision, doc.at, doc.device, doc.seq))


def _component(part: Fields) -> tuple[str, int]:
    return word(part["sku"]), within(part["qty"], 1, MAX_COUNT)


def staff(doc: Document, body: Fields, rows: Rows) -> None:
    """New and changed people."""
    for card in body["cards"]:
        revision = within(card["revision"], 1, MAX_REVISION)
        who = (card["code"], card["name"], card["role"], card.get("pin", ""))
        rows[STAFF].append((*who, revision, doc.at, doc.device, doc.seq))


def quota(doc: Document, body: Fields, rows: Rows) -> None:
    """How many pieces may be ordered for a day."""
    for card in body["cards"]:
        what = (booth(card["booth"]), card["sku"], day(card["day"]), within(card["most"], 0, MAX_COUNT))
        revision = within(card["revision"], 1, MAX_REVISION)
        rows[QUOTA].append((*what, revision, doc.at, doc.device, doc.seq))


def closed_day(doc: Document, body: Fields, rows: Rows) -> None:
    """Days on which a booth, or with no booth named nobody, sells."""
    for card in body["cards"]:
        what = (booth(card["booth"]) if card["booth"] else "", day(card["day"]), word(card["reason"]))
        revision = within(card["revision"], 1, MAX_REVISION)
        rows[CLOSED_DAY].append((*what, revision, doc.at, doc.device, doc.seq))
