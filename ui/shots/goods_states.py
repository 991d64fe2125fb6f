"""The states of the page of goods that are photographed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pos.catalog import post_products, products
from pos.label_facts import Facts
from pos.label_goods import tell_story
from pos.model import By
from ui.catalogue.import_sheet import ImportSheet
from ui.catalogue.labels_sheet import LabelsSheet, open_labels
from ui.catalogue.page import GoodsPage
from ui.shots.studio import Stage

# What an institution might paste: shortened headings, money as text, a wrong price, a row of totals.
SHEET = """DAFTAR HASIL KARYA
Lapas Perempuan Palembang

No\tNama Brg\tSat\tHrg Jual\tStok Awal\tKeterangan
1\tNastar 500 g\ttoples\tRp 65.000,-\t40 toples\t
2\tPutri Salju 500 g\ttoples\tRp 62.000,-\t24 toples\tharga baru
3\tKue Maksuba\tloyang\tRp 150.000,-\t6 loyang\t
4\tLapis Legit Prem\tloyang\tmenyusul\t4 loyang\t
5\tSelai Nanas Gulung\ttoples\tRp 55.000,-\t12 toples\t
\tJUMLAH\t\t\t86\t"""
STORY = "Dipanggang setiap pagi oleh peserta pelatihan tata boga, dengan nanas dari kebun sendiri."
HOUSE = "Kami melatih 120 orang setiap tahun: tata boga, menjahit, menyulam, dan bercocok tanam."
TOLD = Facts(STORY, "ID16110000123456789", "2061671010123-28", "BK-02")
RECEIVED = {"NASTAR-500": 40, "PUTRI-500": 24, "SEMPRONG": 30, "HAMPERS-A": 6, "LUMER": 12}


def page_of(stage: Stage) -> GoodsPage:
    """The page of goods, in sight."""
    stage.app.goods_wanted.emit(None)
    stage.rest()
    page = stage.frame.screens.currentWidget()
    if not isinstance(page, GoodsPage):
        raise TypeError("this is not the page of goods")
    return page


def goods(stage: Stage) -> QWidget:
    """The list alone."""
    page_of(stage)
    return stage.frame


def one_product(stage: Stage) -> QWidget:
    """A product in the form."""
    page = page_of(stage)
    page.open_product(page.goods.items[0].product.sku)
    stage.rest()
    return stage.frame


def wrong_product(stage: Stage) -> QWidget:
    """A new product of which two fields are wrong."""
    stage.app.sign_in(next(one for one in stage.app.staff.values() if one.role == "petugas"))
    page = page_of(stage)
    stage.press("Ctrl+N")
    stage.type("Kue Maksuba")
    page.form.fields["sku"].set_text(page.goods.items[0].product.sku)
    page.form.fields["price"].set_text("murah")
    stage.press("F9")
    return stage.frame


def bring_in(stage: Stage) -> QWidget:
    """A pasted sheet, before it is taken."""
    page = page_of(stage)
    page.open_import()
    (sheet,) = page.findChildren(ImportSheet)
    sheet.take_text(SHEET)
    stage.rest()
    stage.rest()
    return stage.frame


def labels(stage: Stage) -> QWidget:
    """Labels for what was just received."""
    page = page_of(stage)
    sheet = open_labels(stage.app, page, RECEIVED)
    stage.rest()
    sheet.grid.chosen.emit(4)
    sheet.draw()
    stage.rest()
    return stage.frame


def facts(stage: Stage) -> QWidget:
    """What labels tell of a product, in its form."""
    _tell(stage)
    page = page_of(stage)
    page.open_product("NASTAR-500")
    page.form.fields["halal"].setFocus()
    stage.press("Tab", "Tab")
    return stage.frame


def cards(stage: Stage) -> QWidget:
    """Shelf cards with what is told of the goods and of who made them."""
    _tell(stage)
    return _labels_as(stage, "card")


def tags(stage: Stage) -> QWidget:
    """Price tags with it."""
    _tell(stage)
    return _labels_as(stage, "tag")


def roll(stage: Stage) -> QWidget:
    """A shelf card on the roll."""
    cards(stage)
    (sheet,) = stage.frame.findChildren(LabelsSheet)
    sheet.papers.chosen.emit("roll")
    sheet.papers.show_value("roll")
    sheet.draw()
    stage.rest()
    return stage.frame


def stories(stage: Stage) -> QWidget:
    """What an institution tells of itself."""
    cards(stage)
    (sheet,) = stage.frame.findChildren(LabelsSheet)
    sheet.stories.click()
    stage.rest()
    return stage.frame


def _labels_as(stage: Stage, kind: str) -> QWidget:
    sheet = open_labels(stage.app, page_of(stage), RECEIVED)
    stage.rest()
    sheet.kinds.show_value(kind)
    sheet.kinds.chosen.emit(kind)
    sheet.draw()
    stage.rest()
    return stage.frame


def _tell(stage: Stage) -> None:
    ledger = stage.app.ledger
    officer = next(one for one in stage.app.staff.values() if one.role != "kasir")
    post_products(ledger, [replace(one, facts=TOLD) for one in products(ledger) if one.sku == "NASTAR-500"])
    for unit in ("LPP-PLG", "LP1-PLG"):
        tell_story(ledger, unit, HOUSE, By(officer))
