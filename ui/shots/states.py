"""The states of the program that are photographed, each brought about as a person would, key by key.

Those that the design has a picture of bear its name, so that both can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.model import Product, Sale
from pos.payments import settle
from pos.qris import QrShown
from pos.text import _
from ui.shots import (
    backup_states,
    board_states,
    closing_states,
    customer_states,
    evening_states,
    goods_states,
    merge_states,
    office_states,
    order_states,
    preview_states,
    printers,
    returns,
    rush_states,
    setup_states,
    stock_states,
    sync_states,
    training_states,
)
from ui.shots.bundles import filled, packing, picking
from ui.shots.gallery import gallery
from ui.shots.studio import AFTERNOON, Look, Stage
from ui.theme import Mode

MORNING = (7, 52)
WRONG_PIN = "909090"
UNKNOWN = "899123400127"
SMALL = (1093, 614)  # px that are left of 1366 x 768 on a screen at 125 %


class State(NamedTuple):
    """What is photographed: `bring` takes a fresh program there and gives the window to look at.

    Each is looked at in the light and in the dark; a `main` one at 125 % and in a small window as well, and
    in windows of `sizes`. `own` is another size than that of all the others. `at` is what the clock shows.
    With `only` it is looked at in that mode alone.
    """

    name: str
    bring: Callable[[Stage], QWidget]
    main: bool = False
    sizes: tuple[tuple[int, int], ...] = ()
    own: tuple[int, int] | None = None
    at: tuple[int, int] = AFTERNOON
    only: Mode | None = None

    def looks(self) -> Iterator[tuple[str, Look]]:
        """How it is looked at, and the name of the picture of it."""
        plain = Look(size=self.own) if self.own else Look()
        if self.only:
            yield self.name, plain._replace(mode=self.only)
            return
        yield self.name, plain
        yield f"{self.name}-gelap", plain._replace(mode="dark")
        for width, height in self.sizes:
            yield f"{self.name}-{width}x{height}", plain._replace(size=(width, height))
        if self.main:
            yield f"{self.name}-125", plain._replace(scale=1.25)
            yield f"{self.name}-kecil", plain._replace(size=SMALL)


def fill_cart(stage: Stage) -> None:
    """The cart of picture 01: five things, a discount, a note, what was just removed; two carts put aside.

    Of another catalogue as much of it as there is.
    """
    basket, goods = stage.desk.basket, _goods(stage)
    for sku in ("PUTRI-500", "SEMPRONG"):
        if sku in goods:
            basket.add(goods[sku])
            basket.hold()
    for sku, qty in (("NASTAR-500", 2), ("SEMPRONG", 1), ("PECI-BORDIR", 1), ("KAOS-SABLON", 1)):
        if sku in goods:
            basket.add(goods[sku], qty)
        if sku in goods and sku == "PECI-BORDIR":
            basket.become(basket.cart.with_percent(basket.selected, 10))
    if "HAMPERS-A" in goods:
        basket.add(goods["HAMPERS-A"])
        note = _("Green ribbon, a card saying “Selamat Idulfitri”")
        basket.become(basket.cart.with_note(basket.selected, note))
    skus = [line.product.sku for line in basket.cart.lines]
    if "KAOS-SABLON" in skus:
        basket.remove(skus.index("KAOS-SABLON"))
    basket.select(len(basket.cart.lines) - 1)
    stage.rest()


def _goods(stage: Stage) -> dict[str, Product]:
    return {sku: item.product for sku, item in stage.desk.till.items.items()}


def _till(stage: Stage) -> QWidget:
    fill_cart(stage)
    return stage.frame


def _with_cart(stage: Stage) -> Stage:
    fill_cart(stage)
    return stage


def _typed(text: str) -> Callable[[Stage], QWidget]:
    def bring(stage: Stage) -> QWidget:
        fill_cart(stage)
        stage.type(text)
        return stage.frame

    return bring


def _pressed(*keys: str) -> Callable[[Stage], QWidget]:
    def bring(stage: Stage) -> QWidget:
        fill_cart(stage)
        stage.press(*keys)
        return stage.frame

    return bring


def _help_sought(stage: Stage) -> QWidget:
    _till(stage)
    stage.press("F1", "F2")
    stage.type("retur")
    return stage.frame


def _empty(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.desk.basket.start_anew()
    stage.rest()
    return stage.frame


def _discount(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.desk.basket.select(2)
    stage.press("F3")
    return stage.frame


def _sold_out(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.type(next(item.product.name for item in stage.desk.shelf.items if item.sold_out))
    stage.press("Return")
    return stage.frame


def _unknown(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.frame.take_scan(UNKNOWN)
    stage.rest()
    return stage.frame


def _cash(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.press("F9")
    stage.type("500000")
    return stage.frame


def _split(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.desk.basket.receive([settle("qris", 300_000, reference="7719")])
    stage.press("F9")
    stage.type("150000")
    return stage.frame


def _qris(stage: Stage) -> QWidget:
    fill_cart(stage)
    stage.press("F9", "F6")
    stage.type("7719")
    return stage.frame


def _buyer_pays(stage: Stage) -> QWidget:
    shown: list[QrShown] = []
    stage.desk.till.prepared_sheet().showing.connect(shown.append)
    _qris(stage)
    return customer_states.paying(stage, shown[-1])


def _sold(stage: Stage, paying: Callable[[Stage], object]) -> Sale:
    sold: list[Sale] = []
    stage.desk.sold.connect(sold.append)
    paying(stage)
    stage.press("Return")
    return sold[-1]


def _done(stage: Stage) -> QWidget:
    _cash(stage)
    stage.press("Return")
    printers.come_out(stage)
    return stage.frame


def _kuitansi(stage: Stage) -> QWidget:
    _done(stage)
    next(tab for tab in stage.desk.findChildren(QAbstractButton) if tab.text() == "A5").click()
    stage.rest()
    return stage.frame


def _void_question(stage: Stage) -> QWidget:
    _done(stage)
    stage.press("Ctrl+B")
    return stage.frame


def _void_done(stage: Stage) -> QWidget:
    _void_question(stage)
    stage.press("Tab", "Return")
    stage.show(stage.frame)  # it has the keyboard again
    return stage.frame


def _sign_in(stage: Stage) -> QWidget:
    stage.app.lock()
    stage.type("111")
    return stage.frame


def _wrong_pin(times: int) -> Callable[[Stage], QWidget]:
    def bring(stage: Stage) -> QWidget:
        stage.app.lock()
        for _time in range(times):
            stage.type(WRONG_PIN)
        return stage.frame

    return bring


def _settings(stage: Stage) -> QWidget:
    stage.frame.show_settings()
    stage.rest()
    return stage.frame


# Where most is read in a yard.
_IN_THE_SUN = (
    ("", _till),
    ("b", _cash),
    ("c", _done),
    ("d", board_states.board),
    ("e", closing_states.compare),
    ("f", _settings),
    ("g", gallery),
)
STATES = (
    State("01-kasir", _till, main=True, sizes=((1280, 720), (1920, 1080))),
    State("01b-kasir-cari", _typed("3*nas"), main=True),
    State("01c-kasir-cari-nihil", _typed("nastra")),
    State("01d-kasir-habis", _sold_out),
    State("01e-kasir-barcode-asing", _unknown),
    State("01f-kasir-diskon", _discount, main=True),
    State("01g-kasir-catatan", _pressed("F5")),
    State("01h-kasir-tersimpan", _pressed("F7")),
    State("01i-kasir-kosong", _empty),
    State("01j-peta-tombol", _pressed("Shift+F1")),
    State("01m-bantuan", _pressed("F1"), main=True),
    State("01n-bantuan-cari", _help_sought),
    State("01k-kasir-isi-paket", lambda stage: picking(_with_cart(stage)), main=True),
    State("01l-kasir-paket-terisi", lambda stage: filled(_with_cart(stage)), main=True),
    State("04g-slip-kemas", packing),
    State("02-bayar-tunai", _cash, main=True),
    State("02b-bayar-terpisah", _split, main=True),
    State("03-bayar-qris", _qris, main=True),
    State("03b-layar-pembeli", _buyer_pays),
    State("03c-layar-pembeli-terima-kasih", lambda at: customer_states.thanked(at, _sold(at, _qris))),
    State("03d-layar-pembeli-struk", lambda at: customer_states.keeping(at, _sold(at, _cash))),
    State("04-selesai", _done, main=True),
    State("04b-kuitansi", _kuitansi),
    State("04c-batal-tanya", _void_question),
    State("04d-batal-selesai", _void_done),
    State("08m-gabung", merge_states.empty),
    State("08n-gabung-coba", merge_states.tried, main=True),
    State("08o-dua-riwayat", merge_states.forked, main=True),
    State("08p-perbedaan", merge_states.differing),
    *(State(name, bring, main=main) for name, bring, main in office_states.STATES),
    *(State(name, bring, main=main) for name, bring, main in evening_states.STATES),
    State("01p-pengingat", lambda stage: evening_states.reminded(_with_cart(stage)), main=True),
    State("06-satu-hari-satu-produk", board_states.board, main=True, sizes=((1280, 720), (1920, 1080))),
    *(State(name, bring, main=main) for name, bring, main in board_states.STATES),
    *(State(name, bring, main=main) for name, bring, main in preview_states.STATES),
    State("08-sinkron", sync_states.running, main=True),
    State("08b-sinkron-awal", sync_states.first),
    State("08c-sinkron-pilih", sync_states.choosing),
    State("08d-sinkron-selesai", sync_states.done, main=True),
    State("08g-sinkron-kantor", sync_states.at_office, main=True),
    State("08e-sinkron-menunggu", sync_states.waiting),
    State("08f-sinkron-gagal", sync_states.failed, main=True),
    State("09-stok", stock_states.receiving, main=True),
    State("09a-stok-cari", stock_states.searching),
    State("09a2-stok-diterima", stock_states.received),
    State("09b-hitung-stok", stock_states.counting, main=True),
    State("09c-sebab", stock_states.cause),
    State("09d-terhitung", stock_states.counted),
    State("09e-pengembalian", stock_states.returning),
    State("09f-saldo", stock_states.balances),
    State("09g-kartu-stok", stock_states.card),
    State("09h-barang-keluar", stock_states.write_off),
    State("09i-setoran", stock_states.paying),
    State("09j-surat", stock_states.papers),
    State("09k-pilih-upt", stock_states.picking),
    State("10-tutup-kasir", closing_states.compare, main=True),
    State("10a-hitung-buta", closing_states.count, main=True),
    State("10b-sesuai", closing_states.exact),
    State("10c-sif-ditutup", closing_states.closed, main=True),
    State("10d-buka-sif", closing_states.opening, main=True),
    State("10e-kas", closing_states.cash),
    State("10f-laporan-x", closing_states.x_report_shown),
    State("10g-selisih-izin", closing_states.second_person, main=True),
    State("04e-belum-tercetak", printers.not_printed, main=True),
    State("04f-antrean-cetak", printers.queue, main=True),
    State("05-pesanan", order_states.orders, main=True, sizes=((1280, 720), (1920, 1080))),
    State("05b-pesanan-baru", order_states.form, main=True),
    State("05c-pesanan-tempel", order_states.chat),
    State("05d-pesanan-dp", order_states.done("deposit", 8)),
    State("05e-pesanan-dp-selesai", order_states.deposit_taken),
    *(State(*one[:2], main=one[2]) for one in (*training_states.STATES, *rush_states.STATES)),
    State("04p-selesai-qr", printers.paperless, main=True),
    *(State(f"20{name}-terik", bring, only="sun") for name, bring in _IN_THE_SUN),
    State("05f-pesanan-bayar", order_states.done("hand over"), main=True),
    State("05g-pesanan-diserahkan", order_states.handed_over),
    State("05h-pesanan-nota", order_states.done("note")),
    State("05i-pesanan-batal", order_states.done("cancel")),
    State("05j-pesanan-kuota", order_states.quota),
    State("11-masuk", _sign_in, main=True, at=MORNING),
    State("11b-masuk-salah", _wrong_pin(1), at=MORNING),
    State("11c-masuk-tunggu", _wrong_pin(5), at=MORNING),
    State("16-izin", returns.approval, main=True),
    State("16b-izin-alasan", returns.approval_refused),
    State("16c-orang", returns.people),
    State("17-riwayat", returns.papers),
    State("17b-retur", returns.receipt, main=True),
    State("17c-retur-izin", returns.refund_asked),
    State("17d-retur-selesai", returns.refund_done, main=True),
    State("17f-retur-paket", returns.bundle),
    State("17g-struk-dipindai", returns.scanned),
    State("17e-retur-sesudah", returns.receipt_returned),
    State("14-komponen", gallery, own=(1366, 850)),
    State("15-pengaturan", _settings),
    State("15b-pengaturan-printer", printers.settings, main=True),
    State("15c-pengaturan-kop-surat", printers.letterhead, main=True),
    State("15d-pengaturan-arsip", printers.batch),
    State("15e-pengaturan-cadangan", backup_states.settings, main=True),
    State("15f-cadangan-sandi", backup_states.passphrase),
    State("15g-cadangan-terhenti", backup_states.late, main=True),
    State("15h-diska-bermasalah", backup_states.trouble),
    State("15i-buku-hilang", backup_states.gone, main=True),
    State("15j-pulihkan", backup_states.restoring, main=True),
    State("15k-pindah-laptop", backup_states.moving, main=True),
    State("18-barang", goods_states.one_product, main=True),
    State("18b-barang-daftar", goods_states.goods),
    State("18c-barang-salah", goods_states.wrong_product),
    State("18d-barang-impor", goods_states.bring_in, main=True),
    State("18e-barang-label", goods_states.labels, main=True),
    State("18f-barang-keterangan", goods_states.facts),
    State("18g-label-kartu", goods_states.cards, main=True),
    State("18h-label-harga", goods_states.tags),
    State("18i-label-gulungan", goods_states.roll),
    State("18j-label-cerita", goods_states.stories),
    State("12-pengaturan-awal", setup_states.device, main=True),
    State("12b-pengaturan-awal-orang", setup_states.people, main=True),
    State("12c-pengaturan-awal-barang", setup_states.goods, main=True),
    State("12d-pengaturan-awal-layar", setup_states.look, main=True),
    State("12e-pengaturan-awal-galat", setup_states.wrong, main=True),
    State("12f-pengaturan-awal-arsip", setup_states.archive, main=True),
    State("12g-pengaturan-awal-pameran", setup_states.choosing_event),
    State("12h-pengaturan-awal-masa", setup_states.choosing_days, main=True),
    State("12i-data-contoh", setup_states.strip, main=True),
    State("12j-kantor", setup_states.office, main=True),
    State("12k-kantor-basis-data", setup_states.office_server, main=True),
    State("12l-kantor-tak-terjangkau", setup_states.office_gone, main=True),
)
