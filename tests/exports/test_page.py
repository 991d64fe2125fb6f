"""The page of the sealed archive that checks in a browser, in the engine that Qt brings along."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtQml import QJSEngine

from pos.paths import resource
from tests.exports.harms import HARMS, Docs, chain_file, first_sale, renumbered, rewrite


@pytest.fixture(scope="module")
def page(qapp: QCoreApplication) -> QJSEngine:
    """The page's checks, without the page."""
    found = re.search(r'<script id="inti">(.*?)</script>', html(), re.DOTALL)
    assert found
    engine = QJSEngine(qapp)
    evaluate(engine, found[1])
    return engine


def evaluate(page: QJSEngine, source: str) -> str:
    """What a piece of script comes to, as text."""
    found: Any = page.evaluate(source)
    assert not found.isError(), found.toString()
    text: str = found.toString()
    return text


def html() -> str:
    return resource("seal/periksa.html").read_text("utf-8")


def call(page: QJSEngine, name: str, *args: object) -> Any:
    """What a function of the page answers."""
    words = ",".join(json.dumps(arg) for arg in args)
    return json.loads(evaluate(page, f"JSON.stringify({name}({words}))"))


def read(page: QJSEngine, path: Path) -> list[list[str]]:
    chain = call(page, "readChain", path.name, path.read_text("utf-8"))
    said: list[list[str]] = call(page, "chainSays", chain)
    return said


def test_the_page_hashes_as_everybody_does(page: QJSEngine) -> None:
    for text in ("", "abc", "é€😀" * 20, "x" * 55, "x" * 56, "x" * 64, "x" * 119):
        assert call(page, "sha256", text) == hashlib.sha256(text.encode()).hexdigest()


def test_the_page_says_a_good_chain_is_good(page: QJSEngine, opened: Path) -> None:
    said = read(page, chain_file(opened))
    assert [mark for mark, _text in said] == ["baik", "baik"]
    assert "7 nota bernomor urut" in said[1][1]


@pytest.mark.parametrize(("harm", "said"), HARMS)
def test_the_page_says_what_was_done_to_a_chain(page: QJSEngine, opened: Path, harm: Docs, said: str) -> None:
    rewrite(chain_file(opened), harm)
    ((mark, text),) = read(page, chain_file(opened))
    assert (mark, said in text) == ("salah", True), text


def test_the_page_names_missing_numbers(page: QJSEngine, opened: Path) -> None:
    renumbered(opened)
    assert any("-000002 hilang." in text for _mark, text in read(page, chain_file(opened)))


def test_the_page_checks_a_receipt_and_an_end(page: QJSEngine, opened: Path) -> None:
    sale = first_sale(opened)
    path = chain_file(opened)
    chain = call(page, "readChain", path.name, path.read_text("utf-8"))
    number, code = f"S03{sale['device'][:2]}-000001", sale["hash"][:8].upper()
    assert call(page, "receiptSays", [chain], number, f"{code[:4]} {code[4:]}")[0] == "baik"
    assert call(page, "receiptSays", [chain], number, "00000000")[0] == "salah"
    assert "pilih dulu" in call(page, "receiptSays", [chain], "S99AA-000001", code)[1]
    assert call(page, "headSays", [chain], f"S03:{chain['seq']}:{chain['hash'][:16]}")[0] == "baik"
    assert call(page, "headSays", [chain], f"S03:{chain['hash'].upper()}")[0] == "baik"
    assert "dipotong" in call(page, "headSays", [chain], f"S03:{chain['seq'] + 1}:{chain['hash'][:8]}")[1]
    assert "ditulis ulang" in call(page, "headSays", [chain], f"S03:{chain['seq']}:00000000")[1]
    assert call(page, "headSays", [chain], "S03")[0] == "salah"


def test_what_lies_behind_a_fault_is_not_said_to_be_missing(page: QJSEngine, opened: Path) -> None:
    """A chain is read up to the first document that is wrong: of those behind it nothing is known."""
    path = chain_file(opened)
    rewrite(path, lambda docs: docs[3].update(hash="0" * 64))
    chain = call(page, "readChain", path.name, path.read_text("utf-8"))
    number = f"S03{chain['device'][:2]}-000002"
    assert "rantainya tidak utuh" in call(page, "receiptSays", [chain], number, "00000000")[1]
    assert "rantainya tidak utuh" in call(page, "headSays", [chain], "S03:12:9F3A2C1B")[1]
    assert "rantainya tidak utuh" in call(page, "headSays", [chain], "S03:9F3A2C1B")[1]


def test_the_page_asks_nobody() -> None:
    text = html()
    assert "default-src 'none'" in text
    assert not re.search(r"https?:|src=|href=|import|fetch\(|XMLHttpRequest", text)
    assert text.count("<script") == 2


# Just enough of a browser for the page's own script: fields by their id, a list, files that are texts.
BROWSER = """
var made = {}, items = [];
function field(id) {
  var text = "";
  return { id: id, value: "", files: [], disabled: false, clicks: [],
    get textContent() { return text; },
    set textContent(words) { text = words; if (id === "hasil") { items = []; } },
    appendChild: function (item) { items.push(item); }, focus: function () {}, scrollIntoView: function () {},
    addEventListener: function (name, run) { if (name === "click") { this.clicks.push(run); } } };
}
var document = {
  getElementById: function (id) { made[id] = made[id] || field(id); return made[id]; },
  createElement: function () {
    return { className: "", words: "",
      appendChild: function (part) { this.words += part.textContent || part; } };
  },
  createTextNode: function (words) { return words; }
};
function TextDecoder() { this.decode = function (data) { return data; }; }
function FileReader() { this.readAsArrayBuffer = function (part) { this.result = part; this.onload(); }; }
function setTimeout(run) { run(); }
function pick(name, text) {
  return { name: name, size: text.length, slice: function (a, b) { return text.slice(a, b); } };
}
function press() { made.periksa.clicks.forEach(function (run) { run(); }); }
"""


def test_the_page_says_what_it_found(page: QJSEngine, opened: Path) -> None:
    evaluate(page, BROWSER)
    evaluate(page, re.findall(r"<script>(.*?)</script>", html(), re.DOTALL)[0])
    evaluate(page, "press()")
    assert evaluate(page, "made.keadaan.textContent") == "Pilih dulu berkas rantai."
    path, sale = chain_file(opened), first_sale(opened)
    files = json.dumps([path.name, path.read_text("utf-8")])
    evaluate(page, f"made.berkas.files = [pick.apply(null, {files})]")
    evaluate(page, f"made.nomor = field('nomor'); made.nomor.value = 'S03{sale['device'][:2]}-000001'")
    evaluate(page, f"made.kode = field('kode'); made.kode.value = '{sale['hash'][:8]}'")
    evaluate(page, "press()")
    assert evaluate(page, "made.keadaan.textContent") == "Semuanya cocok."
    assert evaluate(page, "items.map(function (item) { return item.className; }).join()") == "baik,baik,baik"
    evaluate(page, "made.kode.value = '00000000'; press()")
    assert evaluate(page, "made.keadaan.textContent") == "Ada yang tidak cocok."
    assert evaluate(page, "items[2].className + items[2].words").startswith("salahSalah S03")
    assert evaluate(page, "String(made.periksa.disabled)") == "false"
