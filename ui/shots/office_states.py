"""States of the reports and of the office's program that are photographed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pos.catalog import post_products, products
from pos.chains import reading
from pos.clock import stopped_at
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger
from pos.model import By, Institution
from pos.offices import begin_office
from pos.sample import DAY
from pos.staff import post_staff
from pos.sync import copy_chains
from pos.treasury import Paid, enter_pnbp, set_targets
from ui.office.receipts import ReceiptsPage
from ui.office.units import TABS, UnitsPage
from ui.page import Page
from ui.reports.asked import EVENT, WEEK, YESTERDAY
from ui.reports.page import ReportsPage
from ui.screens import SCREENS
from ui.shots.exhibition import OFFICER, PIN, former_days, make_central
from ui.shots.studio import Stage

UNITS = 1_000
TARGETS = {"LPP-PLG": 24_000_000, "LP1-PLG": 18_000_000, "RTN-PLG": 9_000_000}  # Rupiah
NOWHERE = "rendang"
T = TypeVar("T", bound=Page)


def reports(stage: Stage) -> QWidget:
    """Picture 07: the officer looks at today, beside yesterday and last Friday."""
    former_days(stage)
    officer = next(one for one in stage.app.staff.values() if one.role != "kasir")
    stage.app.sign_in(officer)
    stage.frame.choose(next(n for n, one in enumerate(SCREENS) if one.place == "reports"))
    stage.rest()
    return stage.frame


def locked(stage: Stage) -> QWidget:
    """A cashier comes to the reports."""
    stage.frame.choose(next(n for n, one in enumerate(SCREENS) if one.place == "reports"))
    stage.rest()
    return stage.frame


def opened(stage: Stage) -> QWidget:
    """An officer is asked."""
    locked(stage)
    _page(stage, ReportsPage).locked.button.click()
    stage.rest()
    return stage.frame


def asked(**what: object) -> Callable[[Stage], QWidget]:
    """Other days, another institution, a table."""

    def bring(stage: Stage) -> QWidget:
        reports(stage)
        page = _page(stage, ReportsPage)
        page.ask(replace(page.asked, **what))  # type: ignore[arg-type]
        stage.rest()
        return stage.frame

    return bring


def bar(stage: Stage) -> QWidget:
    """The keyboard is on a bar of the chart."""
    reports(stage)
    page = _page(stage, ReportsPage)
    page.face.chart.chart.setFocus()
    stage.press("Right", "Left")
    return stage.frame


def scrolled(stage: Stage) -> QWidget:
    """The panels below."""
    reports(stage)
    bar = _page(stage, ReportsPage).face.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.rest()
    return stage.frame


def receipts_behind(stage: Stage) -> QWidget:
    """The receipts of a bar."""
    bar(stage)
    stage.press("Return")
    stage.rest()
    return stage.frame


def days(stage: Stage) -> QWidget:
    """A calendar to choose from."""
    reports(stage)
    stage.press("Alt+5")
    return stage.frame


def picking(stage: Stage) -> QWidget:
    """Which report."""
    reports(stage)
    stage.press("F4")
    return stage.frame


def empty(stage: Stage) -> QWidget:
    """A booth that has sold nothing yet."""
    booth = stage.app.ledger
    if booth.path is None:
        raise TypeError(booth)
    path = _beside(booth.path, "baru.lapak")
    ledger = create(path, new_device("S09", "Stan 09", "LPP-PLG", booth.own().event, sample=True))
    _look_at(stage, ledger)
    return stage.frame


def office(stage: Stage, place: int = 0) -> QWidget:
    """The office over five booths."""
    booth = stage.app.ledger
    if booth.path is None:
        raise TypeError(booth)
    path = _beside(booth.path, "HBP-59 pusat.lapak")
    make_central(booth, path)
    ledger = open_ledger(path)
    ledger.clock = stopped_at(booth.clock.now())
    stage.open_office(ledger)
    stage.app.sign_in(stage.app.staff[OFFICER.code])
    stage.frame.choose(place)
    stage.rest()
    return stage.frame


def office_empty(stage: Stage) -> QWidget:
    """Nothing was brought yet."""
    booth = stage.app.ledger
    if booth.path is None:
        raise TypeError(booth)
    path = _beside(booth.path, "pusat baru.lapak")
    create_collector(path)
    stage.open_office(open_ledger(path))
    stage.rest()
    return stage.frame


def office_page(place: int) -> Callable[[Stage], QWidget]:
    """Another page of the office."""
    return lambda stage: office(stage, place)


def receipt_found(stage: Stage) -> QWidget:
    """Receipts of one booth, one of which was cancelled."""
    office(stage, 1)
    page = _page(stage, ReceiptsPage)
    page.ask(replace(page.sought, booth="S01", start=DAY, end=DAY))
    stage.rest()
    cancelled = next((row for row in page.list.model.rows if row[7]), None)
    if cancelled:
        page.want(cancelled[-2], cancelled[-1])
    stage.rest()
    return stage.frame


def nothing_found(stage: Stage) -> QWidget:
    """Nothing is like that."""
    office(stage, 1)
    page = _page(stage, ReceiptsPage)
    page.field.edit.setText(NOWHERE)
    page._search()  # noqa: SLF001 - instead of waiting for the hands to rest
    stage.rest()
    return stage.frame


def thousand(stage: Stage) -> QWidget:
    """A thousand institutions, with the longest names, to choose from."""
    booth = stage.app.ledger
    if booth.path is None:
        raise TypeError(booth)
    long = "Lembaga Pemasyarakatan Khusus Perempuan dan Pembinaan Khusus Anak Kelas IIA Nomor"
    units = tuple(Institution(f"U{n:04}", f"{long} {n}", f"Lapas Khusus Perempuan {n}") for n in range(UNITS))
    event = replace(booth.own().event, institutions=units)
    path = _beside(booth.path, "nasional.lapak")
    ledger = create(path, new_device("S09", "Stan Nasional Pameran Karya 09", "U0001", event, sample=True))
    post_products(ledger, [replace(one, institution="U0001") for one in products(booth)])
    _look_at(stage, ledger)
    stage.press("F7")
    stage.type("99")
    return stage.frame


def units_tab(place: int, *keys: str) -> Callable[[Stage], QWidget]:
    """A tab of the institutions, with some deposits and targets, and keys pressed there."""

    def bring(stage: Stage) -> QWidget:
        office(stage, 2)
        ledger, by = stage.app.ledger, By(stage.app.cashier)
        begin_office(ledger)
        today = stage.app.today
        set_targets(
            ledger, today.year, {"LPP-PLG": 24_000_000, "LP1-PLG": 18_000_000, "RTN-PLG": 9_000_000}, by
        )
        for place_, (unit, amount) in enumerate((("LPP-PLG", 6_250_000), ("LP1-PLG", 2_400_000))):
            numbers = (f"8202304140012{place_:02}", f"3A7F90C1B2D4E5{place_:02}")
            enter_pnbp(ledger, Paid(unit, today, amount, *numbers), by)
        page = _page(stage, UnitsPage)
        page.show_tab(TABS[place])
        stage.rest()
        stage.press(*keys)
        return stage.frame

    return bring


def first_person(stage: Stage) -> QWidget:
    """Nobody of the office is known yet, and somebody wants to put something down."""
    booth = stage.app.ledger
    if booth.path is None:
        raise TypeError(booth)
    path = _beside(booth.path, "HBP-59 pusat.lapak")
    create_collector(path)
    ledger = open_ledger(path)
    with reading(booth) as found:
        copy_chains(found, ledger)
    ledger.clock = stopped_at(booth.clock.now())
    stage.open_office(ledger)
    stage.frame.choose(2)
    stage.rest()
    stage.press("F9")
    stage.type("Yuliana, S.H.")
    stage.press("F9")
    return stage.frame


def signing_in(stage: Stage) -> QWidget:
    """Who works at the office."""
    office(stage)
    stage.app.lock()
    stage.type(PIN[:3])
    return stage.frame


def _look_at(stage: Stage, ledger: Ledger) -> None:
    """The reports of another booth, which an officer looks at."""
    ledger.clock = stage.app.ledger.clock
    post_staff(ledger, [officer := replace(OFFICER, role="petugas")])
    stage.open_office(ledger)
    stage.app.sign_in(officer)
    stage.frame.choose(next(n for n, one in enumerate(SCREENS) if one.place == "reports"))
    stage.rest()


def _beside(path: Path, name: str) -> Path:
    """A file in a folder of its own beside the booth's."""
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    return folder / name


def _page(stage: Stage, kind: type[T]) -> T:
    page = stage.frame.screens.currentWidget()
    if not isinstance(page, kind):
        raise TypeError(page)
    return page


STATES: tuple[tuple[str, Callable[[Stage], QWidget], bool], ...] = (
    ("07-laporan", reports, True),
    ("07b-laporan-terkunci", locked, False),
    ("07c-laporan-izin", opened, False),
    ("07d-laporan-kemarin", asked(preset=YESTERDAY), False),
    ("07e-laporan-7-hari", asked(preset=WEEK), False),
    ("07f-laporan-pameran", asked(preset=EVENT), False),
    ("07g-laporan-upt", asked(institution="LPP-PLG"), False),
    ("07h-laporan-tabel", asked(report="products"), True),
    ("07i-laporan-grafik", bar, False),
    ("07n-laporan-bawah", scrolled, True),
    ("07o-laporan-nota", receipts_behind, False),
    ("07j-laporan-hari", days, False),
    ("07k-laporan-pilih", picking, False),
    ("07l-laporan-kosong", empty, False),
    ("07m-laporan-seribu-upt", thousand, True),
    ("20-kantor-laporan", office, True),
    ("20b-kantor-kosong", office_empty, False),
    ("20c-kantor-masuk", signing_in, False),
    ("21-kantor-nota", receipt_found, True),
    ("21b-kantor-nota-nihil", nothing_found, False),
    ("22-kantor-upt", office_page(2), True),
    ("22b-kantor-pelunasan", units_tab(0, "F9"), False),
    ("22c-kantor-target", units_tab(1), False),
    ("22d-kantor-pnbp", units_tab(2), False),
    ("22e-kantor-setoran", units_tab(2, "F9"), True),
    ("22f-kantor-orang-pertama", first_person, False),
    ("23-kantor-satu-angka", office_page(3), True),
    ("24-kantor-periksa", office_page(4), True),
    ("25-kantor-sinkron", office_page(5), True),
)
