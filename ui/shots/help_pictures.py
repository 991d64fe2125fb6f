"""`lapak help-shots`: the pictures of the manual, taken from the running program in both languages.

Small on purpose: cut to what the page speaks of, and of 256 colours, which what is drawn flat hardly needs.
"""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QImage, QImageWriter

from pos.cli.answer import Answer
from pos.cli.grammar import Commands
from pos.cli.progress import progress
from pos.faults import told
from pos.paths import resource
from pos.text import LANGUAGES, _, language, use_language
from ui.shots.command import sample_booth

COLORS = 256
WHOLE = (0, 0, 1366, 768)  # px of the window
SCREEN = (76, 0, 1290, 736)  # without menu and status bar
CART = (963, 0, 403, 736)
SHEET = (94, 18, 854, 700)  # within its round corners


class HelpPicture(NamedTuple):
    """A file's name, the state of the program that it shows (ui/shots/states.py), and which part, in px."""

    name: str
    state: str
    part: tuple[int, int, int, int] = SCREEN


PICTURES = (
    HelpPicture("till", "01-kasir", WHOLE),
    HelpPicture("cart", "01-kasir", CART),
    HelpPicture("search", "01b-kasir-cari", (76, 0, 887, 420)),
    HelpPicture("unknown-code", "01e-kasir-barcode-asing", (76, 0, 887, 128)),
    HelpPicture("discount", "01f-kasir-diskon", (963, 130, 403, 420)),
    HelpPicture("held", "01h-kasir-tersimpan", (963, 0, 403, 250)),
    HelpPicture("bundle", "01k-kasir-isi-paket", (200, 12, 640, 716)),
    HelpPicture("cash", "02-bayar-tunai", SHEET),
    HelpPicture("split", "02b-bayar-terpisah", SHEET),
    HelpPicture("qris", "03-bayar-qris", SHEET),
    HelpPicture("done", "04-selesai", (100, 10, 790, 720)),
    HelpPicture("papers", "17-riwayat", (76, 0, 460, 460)),
    HelpPicture("refund", "17b-retur", (524, 0, 842, 736)),
    HelpPicture("open-shift", "10d-buka-sif", (440, 84, 562, 570)),
    HelpPicture("move-cash", "10e-kas", (440, 126, 562, 484)),
    HelpPicture("count", "10a-hitung-buta"),
    HelpPicture("compare", "10-tutup-kasir", (500, 70, 500, 666)),
    HelpPicture("orders", "05-pesanan", (612, 0, 745, 736)),
    HelpPicture("order-form", "05b-pesanan-baru", (130, 10, 1180, 716)),
    HelpPicture("chat", "05c-pesanan-tempel", (132, 8, 600, 720)),
    HelpPicture("deliveries", "09-stok", (76, 0, 890, 736)),
    HelpPicture("count-stock", "09b-hitung-stok", (76, 0, 900, 736)),
    HelpPicture("give-back", "09e-pengembalian", (76, 0, 890, 736)),
    HelpPicture("balances", "09f-saldo", (76, 0, 890, 560)),
    HelpPicture("goods", "18-barang", (945, 0, 421, 736)),
    HelpPicture("import", "18d-barang-impor", (130, 10, 1180, 500)),
    HelpPicture("labels", "18g-label-kartu", (585, 18, 720, 700)),
    HelpPicture("sync", "08e-sinkron-menunggu", (76, 0, 1290, 430)),
    HelpPicture("sync-choose", "08c-sinkron-pilih", (403, 205, 560, 360)),
    HelpPicture("board", "06-satu-hari-satu-produk"),
    HelpPicture("reports", "07-laporan"),
    HelpPicture("evening", "07q-harian", (400, 4, 640, 732)),
    HelpPicture("office", "20-kantor-laporan", WHOLE),
    HelpPicture("merge", "08n-gabung-coba", (309, 60, 749, 338)),
    HelpPicture("settlement", "22-kantor-upt", (76, 0, 1290, 560)),
    HelpPicture("not-printed", "04e-belum-tercetak", (100, 10, 790, 190)),
    HelpPicture("backup", "15e-pengaturan-cadangan", (245, 283, 920, 243)),
    HelpPicture("moving", "15k-pindah-laptop", (340, 110, 690, 430)),
    HelpPicture("people", "16c-orang", (240, 60, 950, 560)),
    HelpPicture("printer", "15b-pengaturan-printer", (240, 60, 950, 600)),
    HelpPicture("sign-in", "11-masuk", (478, 60, 850, 650)),
    HelpPicture("training", "19-latihan", (0, 0, 956, 560)),
    HelpPicture("setup", "12-pengaturan-awal", (400, 0, 966, 768)),
    HelpPicture("setup-goods", "12c-pengaturan-awal-barang", (400, 0, 966, 768)),
)


def describe(commands: Commands, name: str) -> None:
    """Add the command `help-shots`."""
    command = commands.add(name, _("photograph what the manual shows, in both languages"), _shots)
    command.add_argument("--only", metavar="NAME", default="", help=_("only the picture of this name"))
    command.add_argument("--out", metavar="DIR", type=Path, help=_("another folder than the manual's"))


def _shots(wanted: Namespace) -> Answer:
    """Every picture in every language, each of a program of its own."""
    folder: Path = wanted.out or resource("help/pictures")
    chosen = [one for one in PICTURES if wanted.only in ("", one.name)]
    before = language()
    with sample_booth() as sample, progress(_("Pictures")) as tell:
        files = []
        for speech in LANGUAGES:
            use_language(speech)
            for picture in chosen:
                file = folder / speech / f"{picture.name}.png"
                with told(str(file)):
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(taken(picture, sample))
                files.append(str(file))
                tell(len(files), len(chosen) * len(LANGUAGES))
    use_language(before)
    return Answer({"files": files}, files)


def taken(picture: HelpPicture, sample: Path) -> bytes:
    """The picture as the bytes of a PNG, of a copy of the sample ledger."""
    from ui.shots.states import STATES
    from ui.shots.studio import Look, photograph, stage

    state = next(one for one in STATES if one.name == picture.state)
    ledger = sample.with_name(f"{picture.name}-{language()}.lapak")
    shutil.copyfile(sample, ledger)
    with stage(ledger, Look(size=state.own) if state.own else Look(), state.at) as program:
        return small_png(photograph(state.bring(program)).copy(QRect(*picture.part)))


def small_png(image: QImage) -> bytes:
    """A picture in its COLORS most frequent colours, as the bytes of a PNG."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    palette = list(_palette(plain))
    flat = plain.convertToFormat(
        QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither
    )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setCompression(100)
    writer.write(flat)
    return bytes(data.data())


def _palette(image: QImage) -> Iterator[int]:
    """Of colours that are nearly alike the most frequent one; of all these the most frequent."""
    counted = Counter(memoryview(image.constBits()).cast("I"))
    alike: dict[int, tuple[int, int]] = {}
    total: Counter[int] = Counter()
    for color, times in counted.items():
        kin = color & 0xFFF0F0F0
        total[kin] += times
        alike[kin] = max(alike.get(kin, (0, 0)), (times, color))
    for kin, _times in total.most_common(COLORS):
        yield alike[kin][1]
