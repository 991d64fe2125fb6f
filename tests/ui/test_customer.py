"""The buyer's screen: what it shows and never shows, at any size, and where its window goes by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.catalog import post_products
from pos.checkout import checkout
from pos.ledger import Ledger
from pos.model import Device, Payment, Product
from pos.receipts.qr_text import MOST
from pos.text import use_language
from pos.today import opening_of
from tests import books
from tests.ui import two_screens
from tests.ui.phone import read_codes
from tests.ui.two_screens import BUYER, TILL
from ui.customer import words
from ui.customer.display import THANKS_MS, CustomerDisplay, Place, buyers_place
from ui.customer.faces import (
    Bought,
    Face,
    Maker,
    Paying,
    Qris,
    Receipt,
    Shopping,
    Thanks,
    Welcome,
    shopping,
    thanks,
)
from ui.customer.lettering import settled
from ui.customer.shopping_face import rows_in_sight
from ui.customer.window import CustomerWindow
from ui.theme import Mode, Theme, load_theme
from ui.till.goods import Item, shelf_of

LONG = "Kemeja Batik Jumputan Palembang Motif Nago Besaung Ukuran XL"  # 60 characters
MAKER = Maker("Lembaga Pembinaan Khusus Anak (LPKA) Kelas I Kota Palembang", "LPKA Palembang")
LINE = Bought(LONG, MAKER, "kemeja-batik", "buah", 999, 1_001_002, 2_998, 1_000_000_000)
FULL = Shopping((LINE,) * 40, 1_000_000_000_000, 39_960, 119_920, 39)
PAYLOAD = (
    "00020101021226610014ID.CO.QRIS.WWW01189360091100123456780215123456789012345303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200123456780303UMI5204549953033605406445000.005802ID"
    "5912LAPAK HBP 596009PALEMBANG6105301286304ABCD"
)
QRIS = Qris(PAYLOAD, "KOPERASI PEGAWAI LAPAS PEREMPUAN", "ID1020012345678", 1_000_000_000, False)
THANKED = Thanks(10**9, 10**12, 10**12 - 10**9, "Tunai + QRIS", (MAKER, Maker(LONG, LONG), Maker("C", "C")))
SIZES = [(800, 480), (1024, 600), (1024, 768), (1366, 768), (1920, 1080)]


@pytest.fixture
def ledger(till: Ledger) -> Ledger:
    return till


@pytest.fixture
def items(ledger: Ledger) -> Mapping[str, Item]:
    return {item.product.sku: item for item in shelf_of(opening_of(ledger)).items}


@pytest.fixture
def device(theme: Theme) -> Device:  # noqa: ARG001 - with the fonts there
    return Device("K7" * 4, "booth", "S03", LONG, "LPP-PLG", books.event())


@pytest.fixture(params=["id", "en"])
def _both_languages(request: pytest.FixtureRequest) -> Iterator[None]:
    use_language(request.param)
    yield
    use_language("id")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return two_screens.run(tmp_path_factory.mktemp("two"))


def painted(device: Device, face: Face, size: tuple[int, int], mode: Mode = "light") -> QImage:
    """The buyer's window with `face`."""
    window = CustomerWindow(mode, device)
    window.resize(*size)
    window.show_face(face)
    return window.grab().toImage()


def inks(image: QImage, *area: int) -> set[int]:
    """The colours in an area of a picture, as QColor.rgb()."""
    part = image.copy(*area).convertToFormat(QImage.Format.Format_RGB32)
    return set(memoryview(part.constBits()).cast("B").cast("I"))


# What the faces are made of


def test_a_cart_is_shown_with_its_makers_and_discounts(ledger: Ledger, items: Mapping[str, Item]) -> None:
    face = shopping(books.cart_of(ledger, {"NASTAR-500": 2, "PECI": 1}, 5_000), items)
    assert [(line.name, line.maker.name, line.total) for line in face.lines] == [
        ("Nastar 500 g", "Lapas Perempuan Kelas IIA Palembang", 125_000),
        ("Peci Bordir", "Lapas Kelas I Palembang", 50_000),
    ]
    assert (face.total, face.count, face.saved, face.newest) == (175_000, 3, 5_000, 1)
    assert words.detail(face.lines[0]) == (
        "2 × Rp65.000 · diskon Rp5.000 · Lapas Perempuan Kelas IIA Palembang"
    )
    assert words.summary(face) == "3 barang · Anda hemat Rp5.000"


def test_goods_by_weight_are_one_thing_in_kilograms(ledger: Ledger, items: Mapping[str, Item]) -> None:
    face = shopping(books.cart_of(ledger, {"KOPI-GRAM": 250, "NASTAR-500": 1}), items)
    assert face.count == 2
    assert words.detail(face.lines[0], short=True) == "0,25 kg × Rp120.000 · Lapas Muara Enim"


def test_thanks_name_all_who_made_a_bundle(ledger: Ledger, items: Mapping[str, Item]) -> None:
    face = thanks(books.sell(ledger, {"HAMPERS": 1}, "cash", 200_000), items)
    assert (face.total, face.paid, face.change, face.method) == (170_000, 200_000, 30_000, "Tunai")
    assert [maker.short for maker in face.makers] == ["LPP Palembang", "Lapas I Palembang"]


def test_thanks_name_each_way_to_pay(ledger: Ledger, items: Mapping[str, Item]) -> None:
    cart = books.cart_of(ledger, {"NASTAR-500": 1})
    parts = [Payment("cash", 20_000, 20_000), Payment("qris", 45_000, 45_000)]
    face = thanks(checkout(ledger, cart, parts, books.shift_of(ledger), "rina"), items)
    assert words.paid(face) == "Dibayar · Tunai + QRIS"


def test_no_code_and_nobody_at_the_till_gets_into_a_face(ledger: Ledger, items: Mapping[str, Item]) -> None:
    post_products(ledger, [Product("BARU-1", "Sapu lidi", 15_000, "LPX-ABC")])  # of an unknown institution
    cart = {"BARU-1": 1, "NASTAR-500": 1}
    said = [
        repr(shopping(books.cart_of(ledger, cart), items)),
        repr(thanks(books.sell(ledger, cart), items)),
    ]
    for code in ("BARU-1", "NASTAR-500", "LPX-ABC", "LPP-PLG", "rina", "Rina"):
        assert not any(code in text for text in said), code


@pytest.mark.parametrize(
    ("newest", "height", "lines"),
    [(39, 768, range(35, 40)), (2, 768, range(5)), (20, 768, range(16, 21)), (39, 500, range(38, 40))],
)
def test_the_newest_line_is_in_sight(newest: int, height: int, lines: range) -> None:
    assert rows_in_sight(height, load_theme("light"), replace(FULL, newest=newest)) == lines


def test_who_pays_only_a_part_by_qris_reads_that_part() -> None:
    assert words.due(Paying(FULL, QRIS)) == "Bayar lewat QRIS"
    assert words.due(Paying(FULL, replace(QRIS, amount=FULL.total))) == "Total"
    assert words.amount_hint(QRIS) == "Ketik nominal Rp1.000.000.000"
    assert words.amount_hint(replace(QRIS, amount_inside=True)) == "Nominal terisi otomatis"


# What is painted


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_code_can_be_read_off_the_screen(device: Device, size: tuple[int, int], mode: Mode) -> None:
    assert read_codes(painted(device, Paying(FULL, QRIS), size, mode)) == [PAYLOAD]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_fullest_receipt_can_be_read_off_the_screen(
    device: Device, size: tuple[int, int], mode: Mode
) -> None:
    text = ("Nastar 500 g 65.000\n" * 40)[:MOST]
    assert read_codes(painted(device, Receipt(text, summed=True, thanks=THANKED), size, mode)) == [text]


@pytest.mark.parametrize("size", SIZES)
def test_nobody_can_pay_into_the_code_of_a_sample(device: Device, size: tuple[int, int]) -> None:
    assert read_codes(painted(replace(device, sample=True), Paying(FULL, QRIS), size)) == []


@pytest.mark.usefixtures("_both_languages")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("face", [FULL, Paying(FULL, QRIS)])
def test_long_names_and_large_amounts_keep_the_margins_of_the_list(
    theme: Theme, device: Device, size: tuple[int, int], face: Face
) -> None:
    image = painted(replace(device, sample=True), face, size)
    scale = min(size[0] / 1366, size[1] / 768)
    edge, side = size[0] - round(560 * scale), round(40 * scale)
    paper = {theme.color("bg").rgb()}
    for left in (0, edge - side):
        assert inks(image, left + side // 4, 0, side // 2, size[1]) == paper
    assert theme.color("text").rgb() in inks(image, side, 0, edge - 2 * side, size[1])


@pytest.mark.usefixtures("_both_languages")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("face", [Welcome(), THANKED, replace(THANKED, change=0, makers=())])
def test_long_names_and_large_amounts_stay_inside_the_card(
    theme: Theme, device: Device, size: tuple[int, int], face: Face
) -> None:
    image = painted(replace(device, sample=True), face, size)
    scale = min(size[0] / 1366, size[1] / 768)
    card = QRect(0, 0, round(900 * scale), round(458 * scale))
    card.moveCenter(image.rect().center())
    corner, rim = round(40 * scale), round(8 * scale)
    wide, high = card.width() - 2 * corner, card.height() - 2 * corner
    ground = {theme.color("rail").rgb()}
    for left in (card.left() + 4, card.right() - 4 - rim):
        assert inks(image, left, card.top() + corner, rim, high) == ground
    for top in (card.top() + 4, card.bottom() - 4 - rim):
        assert inks(image, card.left() + corner, top, wide, rim) == ground
    assert theme.color("onRailActive").rgb() in inks(
        image, card.left(), card.top(), card.width(), card.height()
    )


def test_words_are_cut_rather_than_too_small_to_read(theme: Theme) -> None:
    font = theme.font("bodyLarge", 20)
    whole = QFontMetrics(font).horizontalAdvance(LONG)
    assert settled(LONG, font, whole) == (LONG, font)
    text, smaller = settled(LONG, font, whole * 9 // 10)
    assert text == LONG
    assert 16 <= smaller.pixelSize() < 20
    text, smaller = settled(LONG, font, whole // 2)
    assert text.endswith("…")
    assert smaller.pixelSize() == 16
    assert QFontMetrics(smaller).horizontalAdvance(text) <= whole // 2


def test_practice_data_is_marked_on_every_face(theme: Theme, device: Device) -> None:
    mark = theme.color("onWarnSoft").rgb()
    for face in (Welcome(), FULL, Paying(FULL, QRIS), THANKED, Receipt("S03K7-000001", summed=True)):
        assert mark not in inks(painted(device, face, (1366, 768)), 0, 0, 1366, 768)
        assert mark in inks(painted(replace(device, sample=True), face, (1366, 768)), 0, 0, 1366, 768)


def test_a_screen_reader_hears_what_is_shown(device: Device) -> None:
    window = CustomerWindow("light", replace(device, name="Stan 03", sample=True))
    assert window.accessibleName() == "Layar pembeli"
    assert "Hari Bhakti Pemasyarakatan ke-59 · Stan 03" in window.accessibleDescription()
    line = replace(LINE, name="Semprong", qty=2, price=30_000, discount=0, total=60_000)
    window.show_face(Paying(Shopping((line,), 60_000, 2), replace(QRIS, amount=60_000)))
    said = window.accessibleDescription().splitlines()
    assert said == [
        "Belanja Anda",
        f"Semprong, 2 × Rp30.000 · {MAKER.name}, Rp60.000",
        "Total Rp60.000",
        "Pindai dengan aplikasi bank atau dompet digital",
        "Ketik nominal Rp60.000",
        "CONTOH",
    ]
    window.show_face(THANKED)
    assert "Kembalian Rp999.000.000.000" in window.accessibleDescription()
    window.show_face(Receipt("S03K7-000001", summed=True, thanks=THANKED))
    assert window.accessibleDescription().splitlines() == [
        "Terima kasih",
        "Arahkan kamera HP ke kode ini: struk Anda ada di dalamnya, tanpa internet.",
        "Barangnya terlalu banyak untuk satu kode: hanya jumlahnya yang ada di dalam.",
        "Kembalian Rp999.000.000.000",
        "CONTOH",
    ]


# Where the window goes


def place(name: str, *area: int) -> Place:
    return Place(name, QRect(*area))


def test_the_buyer_gets_the_screen_that_shows_nothing_of_the_till() -> None:
    till, beamer, wall = place("a", *TILL), place("b", *BUYER), place("c", -1920, 0, 1920, 1080)
    assert buyers_place([till], till) is None
    assert buyers_place([till, beamer], till) == beamer
    assert buyers_place([till, beamer], beamer) == till
    assert buyers_place([till, wall, beamer], till) == wall


def test_a_screen_that_mirrors_the_till_is_no_second_one() -> None:
    till = place("a", *TILL)
    assert buyers_place([till, place("b", *TILL)], till) is None
    assert buyers_place([till, place("b", 0, 0, 1024, 600), place("c", *BUYER)], till) == place("c", *BUYER)


def test_with_one_display_no_window_is_made(
    theme: Theme, qtbot: QtBot, device: Device, ledger: Ledger, items: Mapping[str, Item]
) -> None:
    till = QWidget()
    qtbot.addWidget(till)
    till.show()
    display = CustomerDisplay(till, theme, device)
    display.show_cart(books.cart_of(ledger, {"NASTAR-500": 1}), items)
    display.show_qris(QRIS)
    assert display.window is None
    assert not display.updating


def test_the_window_never_asks_for_the_keyboard(device: Device) -> None:
    window = CustomerWindow("light", device)
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert window.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_window_fills_the_second_display_by_itself(two: dict[str, Any]) -> None:
    assert two["start"] == [[*BUYER], "Welcome"]


@pytest.mark.parametrize(
    ("moment", "face"),
    [
        ("shopping", "Shopping"),
        ("paying", "Paying"),
        ("changed their mind", "Shopping"),
        ("thanks", "Thanks"),
        ("next, nothing yet", "Thanks"),
        ("next, first thing", "Shopping"),
        ("thanks are over", "Welcome"),
        ("receipt as a code", "Receipt"),
        ("code after the thanks", "Receipt"),
        ("code is put away", "Welcome"),
    ],
)
def test_the_window_follows_the_sale(two: dict[str, Any], moment: str, face: str) -> None:
    assert two[moment] == [[*BUYER], face]


def test_thanks_stay_for_eight_seconds(two: dict[str, Any]) -> None:
    assert two["thanks for"] == THANKS_MS == 8000


def test_many_changes_at_once_are_painted_once(two: dict[str, Any]) -> None:
    assert two["many"] == [[*BUYER], "Shopping"]
    assert two["paints"] == 1


def test_the_window_changes_places_with_the_till(two: dict[str, Any]) -> None:
    assert two["till on the other screen"] == [[*TILL], "Welcome"]
    assert two["till back"] == [[*BUYER], "Welcome"]


def test_the_second_display_can_be_left_alone(two: dict[str, Any]) -> None:
    assert two["off"] == []
    assert two["on"] == [[*BUYER], "Welcome"]


def test_the_window_closes_with_the_till(two: dict[str, Any]) -> None:
    assert two["closed"] == []
