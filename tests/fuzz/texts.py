"""Targets that read texts: chats, QRIS codes, scanners, numbers of papers, event files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from pos.chat import propose
from pos.consignment import read_day
from pos.evening_text import check_template
from pos.exhibition import read_event
from pos.ledger import Ledger
from pos.model import event_fields
from pos.money import in_words, parse_rupiah
from pos.orders import dialled
from pos.paper_search import find_paper
from pos.qris import booth_code, parse, with_amount
from pos.sales_search import find_papers
from pos.text import clean_text, fold
from tests.books import CATALOGUE
from tests.fuzz.targets import Bench, Target, text_of, told, words
from ui.scan_burst import Burst, Stroke, Verdict, scan_settings

DAY = date(2023, 4, 14)
_CHAT_WORDS = words(
    "nastar nastart putri salju semprong peci kopi hampers lusin kodi setengah belas puluh ratus satu dua 2 "
    "x 12 kg gram ons toples besok lusa senin jum'at minggu depan tgl 31 20/4 29-2-2024 april jam 16.30 pagi "
    "sore malam a.n. nama antar ke +62 812 7111 0248 @a.b rp 1.000 jt 150rb dan , \u00d7 h-3 lebaran kue"
)


def texts(bench: Bench) -> Iterator[Target]:
    """The targets of this file."""

    def chat(data: bytes) -> None:
        found = propose(text_of(data), CATALOGUE, DAY)
        assert all(0 < item.qty <= 10_000_000 for item in found.items)
        assert found.due is None or found.due >= DAY

    def event(data: bytes) -> None:
        with told():
            json.dumps(event_fields(read_event(bench.file("event.toml", data))), ensure_ascii=False).encode()

    def number(data: bytes) -> None:
        with bench.kept() as ledger:
            _looked_up(ledger, text_of(data))

    yield Target("chat", chat, _CHAT_WORDS)
    yield Target("qris", _qris, words("000201 010212 5303360 5802ID 54041000 5502 6304 51 59 60 61 63"))
    yield Target("scanner", _scanned)
    yield Target("event", event, words('[event] [[institution]] code start=2024-01-01 0x 0b1 1e9 """ '))
    yield Target("numbers", number)


def _qris(data: bytes) -> None:
    text = text_of(data)
    whole = _with_code(text)
    for code in (text, whole):
        with told():
            found = parse(code)
            assert found.amount is None or found.amount > 0
            built = parse(with_amount(code, 12_500))
            assert (built.amount, built.fees, built.nmid) == (12_500, False, found.nmid)
        with told():
            booth_code(code)


def _with_code(text: str) -> str:
    """The text with the check code that it should have, so that what lies behind the check is reached."""
    from binascii import crc_hqx

    body = text[:-4].encode("utf-8", "replace")
    return text[:-4] + f"{crc_hqx(body, 0xFFFF):04X}"


def _scanned(data: bytes) -> None:
    """Three bytes a key: what it is, after how many ms, and its letter. No key is lost, none comes twice."""
    burst = Burst(scan_settings(text_of(data[:64]) if data[:1] == b"{" else ""))
    sorts = ("char", "char", "end", "control", "other", "char")
    now, given, back, heard = 0, 0, 0, list[Verdict]()
    for place in range(0, len(data) - 2, 3):
        kind, gap, letter = data[place : place + 3]
        now += gap
        stroke = Stroke(sorts[kind % len(sorts)], chr(letter), letter, now)  # type: ignore[arg-type]
        if kind & 0x40:
            heard.extend(filter(None, [burst.lift(letter, now)]))
            continue
        answer = burst.press(stroke)
        given += answer.fate == "hold"
        heard.extend(filter(None, [answer.verdict]))
        if kind & 0x80:
            heard.extend(filter(None, [burst.silence() if burst.holding else burst.settle()]))
    heard.extend(filter(None, [burst.interrupt()]))
    back = sum(len(verdict.keys) for verdict in heard)
    assert back == given, (back, given)
    for verdict in heard:
        assert verdict.kind not in ("scan", "repeat") or (verdict.code and verdict.code.isprintable())


def _looked_up(ledger: Ledger, text: str) -> None:
    find_papers(ledger, text[:2_000])
    for read in (parse_rupiah, dialled, read_day, check_template):
        with told():
            found: Any = read(text)
            assert read is not parse_rupiah or in_words(found)
    assert "\n" not in clean_text(text)
    fold(text)
    find_paper(ledger, text)
