"""The sample exhibition is whole and believable: its files read by the standard library alone."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).parent.parent / "resources"
EXHIBITION = RESOURCES / "exhibition"

# Name, institution, price and pieces left, tile by tile, of the design's picture of the till.
TILES = [
    ("Nastar 500 g", "LPP Palembang", 65_000, 38),
    ("Putri Salju 500 g", "LPP Palembang", 60_000, 24),
    ("Semprong", "LPP Palembang", 30_000, 17),
    ("Cookies Coklat Lumer", "LPP Palembang", 45_000, 12),
    ("Selai Nanas Gulung", "LPP Palembang", 55_000, 0),
    ("Cookies Strawberi", "LPP Palembang", 45_000, 9),
    ("Hampers Lebaran A (isi 4 toples)", "LPP Palembang", 240_000, 6),
    ("Kemplang Panggang", "Rutan Prabumulih", 25_000, 40),
    ("Kopi Semendo 200 g", "Lapas Muara Enim", 40_000, 26),
    ("Peci Bordir", "Lapas I Palembang", 50_000, 21),
    ("Kemeja Batik", "Lapas Sekayu", 185_000, 8),
    ("Kaos Sablon", "Rutan I Palembang", 75_000, 3),
    ("Mug Sablon", "LPKA Palembang", 35_000, 30),
    ("Tas Rajut", "Lapas Lubuklinggau", 120_000, 5),
    ("Rehal Al-Qur\u2019an", "Lapas Muara Enim", 90_000, 7),
    ("Kotak Tisu Kayu", "Rutan Baturaja", 55_000, 11),
    ("Kaligrafi Kayu", "Lapas Kayuagung", 250_000, 2),
    ("Miniatur Jembatan Kayu", "Lapas Banyuasin", 175_000, 4),
    ("Gantungan Kunci Ukir", "Lapas Pagar Alam", 10_000, 55),
    ("Taplak Meja Sulam", "Lapas Lahat", 95_000, 6),
]
# How people write it, and a name in which it must be found: domain.md 5.
SPELLINGS = [
    ("lehar", "Rehal Al-Qur\u2019an"),
    ("rekal", "Rehal Al-Qur\u2019an"),
    ("lekar", "Rehal Al-Qur\u2019an"),
    ("cokelat", "Cookies Coklat Lumer"),
    ("kaasstengels", "Kastengel 500 g"),
    ("stoples", "Hampers Lebaran A (isi 4 toples)"),
    ("bingkisan", "Hampers Lebaran A (isi 4 toples)"),
    ("stroberi", "Cookies Strawberi"),
    ("strawberry", "Cookies Strawberi"),
    ("kue gapit", "Semprong"),
    ("songkok", "Peci Bordir"),
    ("kaus", "Kaos Sablon"),
]
CATEGORIES = {
    "Kue kering": 14,
    "Hampers": 6,
    "Peci": 4,
    "Busana": 9,
    "Sablon": 8,
    "Rajut": 7,
    "Kayu": 11,
    "Camilan & kopi": 4,
    "Suvenir": 2,
}
UNSOLD = {"LP-BYA", "LP-KAG", "LP-LHT", "LP-LLG", "LP-MEN", "LP-PGA"}


def table(name: str) -> list[dict[str, str]]:
    with (EXHIBITION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


EVENT: dict[str, Any] = tomllib.loads((EXHIBITION / "hbp-59.toml").read_text(encoding="utf-8"))
INSTITUTIONS = {card["code"]: card for card in EVENT["institution"]}
CATALOG = table("catalog.csv")
PRODUCTS = {row["sku"]: row for row in CATALOG}
STOCK = {row["sku"]: int(row["qty"]) for row in table("stock.csv")}
DAY = table("day.csv")


def components(sku: str) -> dict[str, int]:
    """What is inside a bundle; nothing for a plain product."""
    if choice(sku):
        return {}
    pairs = (part.split(":") for part in PRODUCTS[sku]["components"].split("|") if part)
    return {inside: int(qty) for inside, qty in pairs}


def choice(sku: str) -> tuple[int, list[str]] | None:
    """How many pieces the buyer chooses for a bundle, and of what; None where nothing is chosen."""
    match = re.fullmatch(r"(\d+) dari (.+)", PRODUCTS[sku]["components"])
    return (int(match[1]), match[2].split("|")) if match else None


def amount(line: dict[str, str]) -> int:
    return int(line["qty"]) * int(line["price"]) - int(line["discount"])


def left(sku: str) -> int:
    """Opening stock; of a bundle, how many its parts allow."""
    parts = components(sku)
    return min(STOCK[part] // qty for part, qty in parts.items()) if parts else STOCK[sku]


def test_files_are_plain_utf8_with_lf_and_the_columns_of_the_contract() -> None:
    headers = {
        "catalog.csv": "sku,name,category,unit,price,institution,"
        "barcode,cost,aliases,components,image,active",
        "stock.csv": "sku,qty",
        "staff.csv": "code,name,role",
        "day.csv": "receipt,at,cashier,sku,qty,price,discount,method",
    }
    for name, header in headers.items():
        raw = (EXHIBITION / name).read_bytes()
        assert raw.decode("utf-8").splitlines()[0] == header
        assert b"\r" not in raw
        assert raw.endswith(b"\n")


def test_the_event_lasts_41_days() -> None:
    event = EVENT["event"]
    assert event["code"] == "HBP-59"
    assert event["timezone"] == "Asia/Jakarta"
    assert (event["start"], event["end"]) == (date(2023, 3, 23), date(2023, 5, 2))
    assert (event["end"] - event["start"]).days + 1 == 41


def test_twenty_institutions_with_short_codes_of_their_own() -> None:
    assert len(EVENT["institution"]) == len(INSTITUTIONS) == 20
    assert all(re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", code) and len(code) <= 8 for code in INSTITUTIONS)
    assert INSTITUTIONS["LPP-PLG"]["name"] == "Lapas Perempuan Kelas IIA Palembang"
    kinds = Counter(card["kind"] for card in EVENT["institution"])
    assert kinds == {"lapas": 13, "lapas narkotika": 2, "lapas perempuan": 1, "lpka": 1, "rutan": 3}
    assert len({card["regency"] for card in EVENT["institution"]}) == 16  # all of the province but PALI


def test_no_spelling_means_two_institutions() -> None:
    spellings = [
        spelling.casefold()
        for card in EVENT["institution"]
        for spelling in (card["code"], card["name"], card["short"], *card["aliases"])
    ]
    assert [spelling for spelling, times in Counter(spellings).items() if times > 1] == []


def test_categories_hold_what_the_chips_of_the_till_say() -> None:
    assert Counter(row["category"] for row in CATALOG) == CATEGORIES
    assert len(CATALOG) == len(PRODUCTS) == 65


def test_the_first_twenty_tiles_are_those_of_the_picture() -> None:
    tiles = [
        (row["name"], INSTITUTIONS[row["institution"]]["short"], int(row["price"]), left(row["sku"]))
        for row in CATALOG[:20]
    ]
    assert tiles == TILES


def test_every_institution_offers_something() -> None:
    assert {row["institution"] for row in CATALOG} == set(INSTITUTIONS)


def test_skus_are_short_and_names_bare() -> None:
    for row in CATALOG:
        assert re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", row["sku"])
        assert len(row["sku"]) <= 13
        assert all(value == value.strip() for value in row.values())
        assert row["name"]
        assert row["unit"]
        assert row["active"] == "1"


def test_each_price_is_above_its_cost_and_within_the_range_of_the_field() -> None:
    prices = [int(row["price"]) for row in CATALOG]
    assert all(0 < int(row["cost"]) < int(row["price"]) for row in CATALOG)
    assert min(prices) == 2_000
    assert 20_000_000 < max(prices) <= 25_000_000


def test_barcodes_are_in_store_ean13_on_two_thirds_of_the_goods() -> None:
    barcodes = [row["barcode"] for row in CATALOG if row["barcode"]]
    assert len(barcodes) == len(set(barcodes)) == 44
    for barcode in barcodes:
        digits = [int(digit) for digit in barcode]
        assert len(digits) == 13
        assert digits[0] == 2
        assert (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


def test_every_image_is_an_illustration() -> None:
    missing = {
        row["image"] for row in CATALOG if not (RESOURCES / "illustrations" / f"{row['image']}.svg").is_file()
    }
    assert missing == set()


def test_bundles_are_made_of_plain_products_at_a_price_of_their_own() -> None:
    bundles = [sku for sku in PRODUCTS if components(sku)]
    assert [*bundles, "HAMPERS-3"] == [row["sku"] for row in CATALOG if row["category"] == "Hampers"]
    for sku in bundles:
        parts = components(sku)
        assert all(qty > 0 and not components(part) for part, qty in parts.items())
        of_parts = sum(qty * int(PRODUCTS[part]["price"]) for part, qty in parts.items())
        assert 0 < abs(int(PRODUCTS[sku]["price"]) - of_parts) <= of_parts * 15 // 100


def test_one_bundle_is_filled_by_the_buyer_from_jars_of_three_institutions() -> None:
    (sku,) = (sku for sku in PRODUCTS if choice(sku))
    chosen = choice(sku)
    assert chosen is not None
    most, offered = chosen
    assert (sku, most) == ("HAMPERS-3", 3)
    assert {PRODUCTS[part]["unit"] for part in offered} == {"toples"}
    assert len({PRODUCTS[part]["institution"] for part in offered}) == 3
    usual = sum(int(PRODUCTS[part]["price"]) for part in offered) * most // len(offered)
    assert abs(int(PRODUCTS[sku]["price"]) - usual) <= usual * 15 // 100
    assert sku not in {line["sku"] for line in DAY}  # a list does not say what was chosen


def test_other_spellings_lead_to_the_product() -> None:
    aliases = {row["name"]: row["aliases"] for row in CATALOG}
    assert [(word, name) for word, name in SPELLINGS if word not in aliases[name]] == []


def test_three_letters_find_what_the_picture_of_the_search_shows() -> None:
    found = [row["name"] for row in CATALOG if "nas" in f"{row['name']}|{row['aliases']}".casefold()]
    assert found == ["Nastar 500 g", "Selai Nanas Gulung", "Nastar 250 g"]


def test_all_goods_but_bundles_have_opening_stock() -> None:
    assert list(STOCK) == [sku for sku in PRODUCTS if not components(sku) and not choice(sku)]
    assert [sku for sku, qty in STOCK.items() if qty <= 0] == ["NANAS-GULUNG"]


def test_the_day_adds_up() -> None:
    money: Counter[str] = Counter()
    receipts: dict[str, set[str]] = defaultdict(set)
    for line in DAY:
        money[line["method"]] += amount(line)
        receipts[line["method"]].add(line["receipt"])
    assert money == {"cash": 7_003_000, "qris": 5_759_500, "transfer": 3_284_000, "card": 800_000}
    assert {method: len(some) for method, some in receipts.items()} == {
        "cash": 75,
        "qris": 36,
        "transfer": 7,
        "card": 2,
    }
    assert (sum(money.values()), sum(int(line["qty"]) for line in DAY)) == (16_846_500, 441)


def test_a_receipt_is_one_sale_of_one_to_six_lines() -> None:
    sales: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in DAY:
        sales[line["receipt"]].append(line)
    assert list(sales) == [f"P-{n:03}" for n in range(1, 121)]
    for lines in sales.values():
        assert len({(line["at"], line["cashier"], line["method"]) for line in lines}) == 1
        assert 1 <= len({line["sku"] for line in lines}) == len(lines) <= 6
        assert lines[0]["method"] != "qris" or sum(map(amount, lines)) < 10_000_000


def test_the_day_is_one_friday_of_the_event_with_a_pause_for_prayers() -> None:
    moments = [datetime.fromisoformat(line["at"]) for line in DAY]
    assert {(moment.date(), str(moment.tzinfo)) for moment in moments} == {(date(2023, 4, 14), "UTC+07:00")}
    assert EVENT["event"]["start"] <= moments[0].date() <= EVENT["event"]["end"]
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert time(8, 0) <= moments[0].time()
    assert moments[-1].time() < time(18, 0)
    assert [moment for moment in moments if time(11, 45) <= moment.time() <= time(12, 50)] == []


def test_everything_sold_is_in_the_catalogue_at_its_price() -> None:
    for line in DAY:
        assert line["price"] == PRODUCTS[line["sku"]]["price"]
        assert int(line["qty"]) > 0 <= int(line["discount"]) < int(line["qty"]) * int(line["price"])


def test_the_cashiers_of_the_day_are_the_staff() -> None:
    staff = table("staff.csv")
    assert {line["cashier"] for line in DAY} == {row["code"] for row in staff}
    assert [row["role"] for row in staff] == ["kasir", "kasir", "petugas"]


def test_six_institutions_sell_nothing_that_day_not_even_inside_a_bundle() -> None:
    sold = {sku for line in DAY for sku in (line["sku"], *components(line["sku"]))}
    assert set(INSTITUTIONS) - {PRODUCTS[sku]["institution"] for sku in sold} == UNSOLD
    directly = {PRODUCTS[line["sku"]]["institution"] for line in DAY}
    assert set(INSTITUTIONS) - directly == UNSOLD


def test_stock_goes_below_zero_once() -> None:
    stock = dict(STOCK)
    short = []
    for line in DAY:
        for sku, qty in (components(line["sku"]) or {line["sku"]: 1}).items():
            stock[sku] -= qty * int(line["qty"])
            if stock[sku] < 0:
                short.append((sku, stock[sku]))
    assert short == [("KAOS-SABLON", -1)]
