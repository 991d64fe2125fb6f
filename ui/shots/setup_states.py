"""The assistant of the first start, step by step, with the answers of picture 12."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.errors import WorldFailed
from pos.exhibition import builtin_event
from pos.ledger import create, new_device
from pos.office_setup import central_in
from pos.pins import hash_pin
from pos.pricelist import export_catalog
from pos.setup import FOLDER, LIST, OFFICE, SERVER, Person, Setup, keep_setup
from pos.text import _
from ui.refusal import Refusal
from ui.sample_strip import SampleStrip
from ui.setup.page import SetupPage
from ui.shots.studio import Stage

PEOPLE = (("Rina Oktaviani", "kasir"), ("Dedi Saputra", "kasir"), ("Hj. Nurbaiti", "petugas"))
PIN = "246813"


def device(stage: Stage) -> QWidget:
    """Picture 12."""
    return _page(stage, _answers)


def people(stage: Stage) -> QWidget:
    """Three people, of whom one has a PIN and one is being typed."""
    page = _page(stage, lambda folder: replace(_answers(folder), step=1))
    stage.type("Ahmad")
    return page


def goods(stage: Stage) -> QWidget:
    """A price list with everything of the sample in it."""

    def answers(folder: Path) -> Setup:
        file = folder / "Daftar harga 2023.csv"
        export_catalog(stage.app.ledger, file)
        return replace(_answers(folder), step=2, goods_kind=LIST, goods=str(file))

    return _page(stage, answers)


def look(stage: Stage) -> QWidget:
    """The last step."""
    return _page(stage, lambda folder: replace(_answers(folder), step=3))


def wrong(stage: Stage) -> QWidget:
    """Nothing was answered, the folder is gone, and one wants to go on."""
    page = _page(stage, lambda folder: Setup(central_kind=FOLDER, central=str(folder / "HBP 60")))
    stage.press("Return")
    return page


def archive(stage: Stage) -> QWidget:
    """The exhibition of last year's archive."""

    def answers(folder: Path) -> Setup:
        path = folder / "HBP 59.lapak"
        create(path, new_device("S03", "Stan 03", "LPP-PLG", builtin_event())).close()
        return replace(_answers(folder), archive=str(path))

    return _page(stage, answers)


def choosing_event(stage: Stage) -> QWidget:
    """The list of exhibitions."""
    return _pressed(stage, "calendar-days")


def choosing_days(stage: Stage) -> QWidget:
    """The calendar."""
    return _pressed(stage, "")


def office(stage: Stage) -> QWidget:
    """The regional office: a new central file on the share that all booths see."""
    return _page(
        stage,
        lambda folder: replace(_answers(folder), used=OFFICE, office=central_in(folder / "HBP 59")),
    )


def office_server(stage: Stage) -> QWidget:
    """The address of a database, with a password in it, which has no place there."""
    page = _page(stage, lambda folder: replace(_answers(folder), used=OFFICE, office_kind=SERVER))
    stage.type("postgresql+psycopg://kantor:rahasia@kanwil.example/lapak")
    stage.press("Return")
    return page


def office_gone(stage: Stage) -> QWidget:
    """The next start, while the share is not connected."""
    why, hint = (
        _("{name} is not there."),
        _("Put the stick in, or connect the shared folder; nothing is lost."),
    )
    error = WorldFailed(why.format(name="Z:/HBP 59/pusat.lapak"), hint)
    page = Refusal(error, stage.theme, office=True)
    stage.window.show_content(page)
    stage.show(page)
    return stage.window


def strip(stage: Stage) -> QWidget:
    """Over the goods of a sample."""
    stage.frame.put_above(SampleStrip(stage.app))
    stage.rest()
    return stage.frame


def _pressed(stage: Stage, icon: str) -> QWidget:
    page = _page(stage, _answers)
    fields = [one for one in page.step.findChildren(QAbstractButton) if getattr(one, "_icon", None) == icon]
    fields[0].click()
    stage.rest()
    return page


def _page(stage: Stage, answers: Callable[[Path], Setup]) -> SetupPage:
    folder = Path(stage.app.ledger.name).with_suffix("")
    (folder / "HBP 59").mkdir(parents=True)
    keep_setup(answers(folder), folder)
    page = SetupPage(stage.theme, folder)
    page.setParent(stage.frame, page.windowFlags())  # it goes with the program
    stage.show(page)
    return page


def _answers(folder: Path) -> Setup:
    kept = hash_pin(PIN)
    return Setup(
        institution="LPP-PLG",
        booth="S03",
        name="Stan 03",
        central_kind=FOLDER,
        central=str(folder / "HBP 59"),
        people=(
            *(Person(name, role, kept if place == 0 else "") for place, (name, role) in enumerate(PEOPLE)),
            Person(""),
        ),
    )
