"""QRIS: reads the text in a code, and builds the amount into the institution's static one.

The payload is the national standard's (merchant-presented mode): a row of tags, each two digits of id, two of
length, and the value. Lengths count bytes of UTF-8, as the check code does; published payloads are ASCII.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from pos.errors import Refused
from pos.money import Rupiah
from pos.text import _

MOST_CHARACTERS = 512
SAMPLE_NMID = "ID0000000000000"  # no merchant has it
FEES = frozenset({"55", "56", "57"})  # tip and fee: a buyer must not be charged (PBI 23/6/PBI/2021 art. 52)

_Tags = tuple[tuple[str, bytes], ...]
_HOME = "51"  # the account that every acquirer can pay to; it names the merchant
_ACCOUNTS = frozenset(f"{number:02d}" for number in range(2, 52))
_MUST = ("00", "52", "53", "58", "59", "60", "61")
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.0{0,2})?")
_MOST_AMOUNT = 13  # characters


@dataclass(frozen=True, slots=True)
class Qris:
    """What a payload says. `amount` in Rupiah, None where the buyer types it; `fees`: wants a tip or fee."""

    merchant: str
    city: str
    nmid: str  # "" in codes without a home account
    dynamic: bool
    amount: Rupiah | None
    fees: bool


@dataclass(frozen=True, slots=True)
class QrShown:
    """A code as it is shown to the buyer. `amount_inside`: the payload holds the amount, nobody types it."""

    payload: str
    merchant: str
    nmid: str
    amount: Rupiah
    amount_inside: bool
    practice: str = ""  # of practice data: the word that is painted over it


def parse(text: str) -> Qris:
    """What the payload `text` says. Raises Refused, in one sentence, for everything that is wrong with it."""
    return _read(_tags(text))


def booth_code(text: str) -> Qris:
    """As `parse`, for a payload that a booth may show to every buyer: static, and without tip or fee.

    Raises Refused for any other.
    """
    qris = parse(text)
    if qris.dynamic:
        raise Refused(
            _("This QRIS code is for one payment only."), _("Use the code that always stays the same.")
        )
    if qris.fees:
        raise Refused(
            _("This QRIS code asks the buyer for a tip or a fee, which is forbidden."),
            _("Ask the bank for a code without it."),
        )
    return qris


def with_amount(text: str, amount: Rupiah) -> str:
    """The payload with `amount` Rupiah in it, for one payment. It never holds a tip or fee; all else stays.

    Raises Refused for a wrong payload, one that is already for another amount, or an amount it cannot hold.
    """
    tags = _tags(text)
    qris = _read(tags)
    digits = str(amount)
    if amount <= 0 or len(digits) > _MOST_AMOUNT:
        raise Refused(_("This amount cannot be paid."))
    if qris.dynamic and qris.amount not in (None, amount):
        raise Refused(
            _("This QRIS code is for one payment only."), _("Use the code that always stays the same.")
        )
    built: list[tuple[str, bytes]] = []
    for tag, value in tags:
        if tag == "00":
            built += [(tag, value), ("01", b"12")]
        elif tag == "53":
            built += [(tag, value), ("54", digits.encode())]
        elif tag not in FEES and tag not in ("01", "54"):
            built.append((tag, value))
    return _payload(built)


def sample_payload() -> str:
    """A code for practice that can pay nobody."""
    home = _joined([("00", b"ID.CO.QRIS.WWW"), ("02", SAMPLE_NMID.encode()), ("03", b"UMI")])
    account = _joined([("00", b"ID.CONTOH.WWW"), ("01", b"0" * 18), ("02", b"0" * 15), ("03", b"UMI")])
    return _payload(
        [
            ("00", b"01"),
            ("01", b"11"),
            ("26", account),
            (_HOME, home),
            ("52", b"0000"),
            ("53", b"360"),
            ("58", b"ID"),
            ("59", b"LAPAK CONTOH"),
            ("60", b"PALEMBANG"),
            ("61", b"00000"),
        ]
    )


def _read(tags: _Tags) -> Qris:
    """What tags mean that have been checked one by one."""
    found = {tag: value.decode("utf-8", "replace") for tag, value in tags}
    dynamic = _dynamic(found.get("01"))
    lacking = [tag for tag in _MUST if tag not in found]
    if not dynamic and _HOME not in found:
        lacking.append(_HOME)
    if lacking or not _ACCOUNTS & found.keys():
        raise Refused(
            _("This QRIS code is not complete: {tags} is missing.").format(tags=", ".join(lacking) or "02–51")
        )
    if found["53"] != "360" or found["58"] != "ID":
        raise Refused(_("This code is not for Rupiah in Indonesia."))
    nmid = ""
    if _HOME in found:
        nmid = dict(_split(dict(tags)[_HOME])).get("02", b"").decode("utf-8", "replace")
        if not nmid:
            raise Refused(_("This QRIS code does not say whose it is: its NMID is missing."))
    return Qris(
        merchant=found["59"].strip(),
        city=found["60"].strip(),
        nmid=nmid,
        dynamic=dynamic,
        amount=_amount(found["54"]) if "54" in found else None,
        fees=bool(FEES & found.keys()),
    )


def _tags(text: str) -> _Tags:
    """The tags of a payload in their order, without the check code. Raises Refused."""
    data = text.strip().encode("utf-8", "replace")
    if len(data) > MOST_CHARACTERS:
        raise Refused(_("A QRIS code has at most {most} characters.").format(most=MOST_CHARACTERS))
    tags = _split(data)
    names = [tag for tag, _value in tags]
    twice = next((tag for place, tag in enumerate(names) if tag in names[:place]), "")
    if twice:
        raise Refused(_("This is no QRIS code: its part {tag} is there twice.").format(tag=twice))
    if names[:1] != ["00"] or tags[0][1] != b"01" or names[-1] != "63" or len(tags[-1][1]) != 4:
        raise Refused(_("This is no QRIS code."), _("It begins with 000201 and ends with a check code."))
    if tags[-1][1].upper() != _crc(data[:-4]):
        raise Refused(_("The check code of this QRIS code is wrong."), _("Scan it again; do not type it."))
    return tags[:-1]


def _split(data: bytes) -> _Tags:
    """Tags as they lie one behind the other. Raises Refused when a length does not fit."""
    tags = []
    place = 0
    while place < len(data):
        head = data[place : place + 4]
        end = place + 4 + (int(head[2:]) if len(head) == 4 and head.isdigit() else len(data))
        if end > len(data):
            raise Refused(_("This is no QRIS code, or a piece of it is missing."), _("Scan it again."))
        tags.append((head[:2].decode(), data[place + 4 : end]))
        place = end
    return tuple(tags)


def _dynamic(initiation: str | None) -> bool:
    if initiation not in (None, "11", "12"):
        raise Refused(_("This is no QRIS code."), _("Its kind is unknown: {kind}.").format(kind=initiation))
    return initiation == "12"


def _amount(text: str) -> Rupiah:
    """The amount in a code; a dot is its decimal mark, and Rupiah have no decimals."""
    digits = _AMOUNT.fullmatch(text)
    if not digits or len(text) > _MOST_AMOUNT or not int(digits[1]):
        raise Refused(_("The amount in this QRIS code is wrong: {amount}.").format(amount=text[:40]))
    return int(digits[1])


def _joined(tags: list[tuple[str, bytes]]) -> bytes:
    return b"".join(f"{tag}{len(value):02d}".encode() + value for tag, value in tags)


def _payload(tags: list[tuple[str, bytes]]) -> str:
    """The text of these tags, with its check code. Raises Refused when it becomes too long."""
    data = _joined(tags) + b"6304"
    if len(data) + 4 > MOST_CHARACTERS:
        raise Refused(_("A QRIS code has at most {most} characters.").format(most=MOST_CHARACTERS))
    return (data + _crc(data)).decode()


def _crc(data: bytes) -> bytes:
    """CRC-16/CCITT-FALSE in four upper-case hex digits; `123456789` gives 29B1."""
    return f"{binascii.crc_hqx(data, 0xFFFF):04X}".encode()
