"""Messages as people write them: what is understood, what is only shown, and nothing that hurts.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from datetime import date, time

import pytest

from pos.chat import MAX_CHAT, propose
from pos.model import Product
from tests.books import CATALOGUE

TODAY = date(2023, 4, 14)  # a Friday
GOODS = (
    *CATALOGUE,
    Product("NASTAR-250", "Nastar 250 g", 35_000, "LPP-PLG", unit="toples", position=9),
    Product("REHAL", "Rehal Al-Qur’an", 90_000, "LPK-MRE", position=10),
    Product("HAMPERS-A", "Hampers Lebaran A (isi 4 toples)", 240_000, "LPP-PLG", position=11),
)


def items(text: str) -> dict[str, int]:
    return {one.product.sku: one.qty for one in propose(text, GOODS, TODAY).items}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 nastar 1 putri salju", {"NASTAR-500": 2, "PUTRI-500": 1}),
        ("nastar 2 toples, putri salju 3", {"NASTAR-500": 2, "PUTRI-500": 3}),
        ("nastar 2 putri salju 3", {"NASTAR-500": 2, "PUTRI-500": 3}),
        ("dua nastar dan tiga peci", {"NASTAR-500": 2, "PECI": 3}),
        ("selusin nastar", {"NASTAR-500": 12}),
        ("2 lsn nastar\nsetengah lusin peci", {"NASTAR-500": 24, "PECI": 6}),
        ("3x nastar\nsemprong x 2", {"NASTAR-500": 3, "SEMPRONG": 2}),
        ("dua puluh lima semprong", {"SEMPRONG": 25}),
        ("dua belas kue gapit", {"SEMPRONG": 12}),
        ("nastar 250 3 toples", {"NASTAR-250": 3}),
        ("NSATAR 4", {"NASTAR-500": 4}),
        ("kopiah bordir 5", {"PECI": 5}),
        ("lekar 2, parcel a 1", {"REHAL": 2, "HAMPERS-A": 1}),
        ("1. nastar 2\n2. putri salju 3", {"NASTAR-500": 2, "PUTRI-500": 3}),
        ("kopi semendo 2 kg", {"KOPI-GRAM": 2000}),
        ("½ kg kopi semendo", {"KOPI-GRAM": 500}),
        ("kopi semendo 1,5 kg", {"KOPI-GRAM": 1500}),
        ("setengah kilo kopi semendo, 1½ lusin peci", {"KOPI-GRAM": 500, "PECI": 18}),
        ("\u1369 nastar", {"NASTAR-500": 1}),  # a digit that is no number
        (
            "har\u0131 ini 20 apr\u0131l sen\u0131n 2 nastar",
            {"NASTAR-500": 2},
        ),  # letters that only look like i
        ("nastar", {"NASTAR-500": 1}),
        ("tidak jadi ya kak", {}),
        ("", {}),
    ],
)
def test_goods_and_quantities(text: str, wanted: dict[str, int]) -> None:
    assert items(text) == wanted


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ambil hari ini", TODAY),
        ("besok ya", date(2023, 4, 15)),
        ("lusa", date(2023, 4, 16)),
        ("sabtu", date(2023, 4, 15)),
        ("hari minggu", date(2023, 4, 16)),
        ("jum'at", date(2023, 4, 21)),
        ("sabtu depan", date(2023, 4, 22)),
        ("senin depan", date(2023, 4, 17)),
        ("tgl 20", date(2023, 4, 20)),
        ("tanggal 3", date(2023, 5, 3)),
        ("20 april", date(2023, 4, 20)),
        ("2 Mei 2023", date(2023, 5, 2)),
        ("20/4", date(2023, 4, 20)),
        ("20-04-2023", date(2023, 4, 20)),
        ("1/1", date(2024, 1, 1)),
        ("31/2", None),
        ("tgl 45", None),
        ("12/4/2023", None),
        ("minggu depan", None),
        ("H-1 lebaran", None),
        ("nanti saja", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert propose(text, GOODS, TODAY).due == day


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("jam 4 sore", time(16)),
        ("jam 16.00", time(16)),
        ("pukul 10 pagi", time(10)),
        ("jam setengah 5 sore", time(16, 30)),
        ("16:30 wib", time(16, 30)),
        ("jam 7 malam", time(19)),
        ("jam 4", time(16)),
        ("jam 12 siang", time(12)),
        ("jam 1 siang", time(13)),
        ("jam 99", None),
        ("habis zuhur", None),
    ],
)
def test_hours(text: str, hour: time | None) -> None:
    assert propose(text, GOODS, TODAY).due_time == hour


def test_a_whole_message() -> None:
    told = propose(
        "Assalamualaikum kak, mau pesan 2 nastar sama semprong selusin.\n"
        "Diambil sabtu jam 4 sore, a.n. Ratna Dewi, wa 0812-7111-0248.\nPita merah ya, DP 50rb",
        GOODS,
        TODAY,
    )
    assert {one.product.sku: one.qty for one in told.items} == {"NASTAR-500": 2, "SEMPRONG": 12}
    assert (told.name, told.phone, told.channel) == ("Ratna Dewi", "0812-7111-0248", "whatsapp")
    assert (told.due, told.due_time) == (date(2023, 4, 15), time(16))
    assert any("Pita merah" in words for words in told.unknown)
    assert "50rb" in told.unknown


def test_a_copied_chat_names_its_sender() -> None:
    told = propose("[14/04/23 13.20] Bu Lina: nastar 3 besok", GOODS, TODAY)
    assert (told.name, told.channel, told.due) == ("Bu Lina", "whatsapp", date(2023, 4, 15))
    told = propose("14/04/23 13.20 - +62 812-7111-0248: nastar 3", GOODS, TODAY)
    assert (told.name, told.phone) == ("", "+62 812-7111-0248")


def test_account_and_address() -> None:
    told = propose("@dapurmamaayu nastar 1 tolong antar ke Jl. Melati No. 5 RT 2", GOODS, TODAY)
    assert (told.handle, told.channel) == ("@dapurmamaayu", "instagram")
    assert told.address == "Jl. Melati No. 5 RT 2"


def test_what_may_be_meant_otherwise_is_offered() -> None:
    (one,) = propose("nastar 2", GOODS, TODAY).items
    assert [other.sku for other in one.others] == ["NASTAR-250"]
    assert one.counted
    (one,) = propose("nastar", GOODS, TODAY).items
    assert not one.counted


@pytest.mark.parametrize(
    "text",
    [
        "😀👩‍👩‍👧 nastar 2 🎉",
        "\u202e\u200fnastar 2\u202c",
        "<b>nastar</b> 2 '; DROP TABLE sale",
        "nastar 2\r\n\t\x00\x07",
        "ＮＡＳＴＡＲ 2",
    ],
)
def test_odd_signs_do_no_harm(text: str) -> None:
    assert items(text).get("NASTAR-500") == 2


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "a" * 9_000, "nastar 2 " * 120_000, "@" * 50_000, "((((" * 30_000, "0" * 99 + "8" * 99],
)
def test_a_megabyte_is_cut_48(text: str) -> None:
    told = propose(text, GOODS, TODAY)
    assert told.cut == (len(text) > MAX_CHAT)
    assert all(one.qty <= 10_000 for one in told.items)


def test_numbers_that_are_no_quantities() -> None:
    assert items("nastar 99999999") == {"NASTAR-500": 1}
    assert items("Rp50.000 nastar") == {"NASTAR-500": 1}
    assert items("0 nastar") == {"NASTAR-500": 1}


def test_nothing_is_for_sale() -> None:
    assert propose("2 nastar", (), TODAY).items == ()
