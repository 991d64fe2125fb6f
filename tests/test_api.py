"""The reference is whole, says where everything stands, and names the units of what is no plain count."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.columns import METADATA
from pos.derive import ROWS
from pos.payments import settle
from tests import api
from tests.api import Module, modules

MONEY = {"amount", "price", "due", "tendered", "discount", "cost", "paid", "counted_cash", "float_cash"}
MEASURES = {"width", "height", "left", "top", "next_top", "lowest", "indent", "radius", "room", "size"}
MEASURES |= {"scale", "speed", "gap", "wide", "high", "x", "y"}
UNIT = re.compile(
    r"\b(?:mm|pt|px|points|dots?|bytes|columns?|rows?|times|baud|ms|documents?|receipts?|at a time)\b"
)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole reference, written once."""
    folder = tmp_path_factory.mktemp("reference")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["api", str(folder / "pos")])
        assert api.main() == 0
    return folder / "pos"


def unsaid(module: Module) -> Iterator[str]:
    """Money that is no Rupiah, and measures whose unit neither function, class nor module names."""
    told = ast.get_docstring(module.tree) or ""
    owners = dict(module.public())
    for name, node in module.public():
        if isinstance(node, ast.ClassDef):
            continue
        docs = (node, owners.get(name.partition(".")[0], node))
        said = " ".join([told, *(ast.get_docstring(one) or "" for one in docs)])
        for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            kind = ast.unparse(arg.annotation) if arg.annotation else ""
            number = re.search(r"\b(?:int|float)\b", kind)
            if number and (arg.arg in MONEY or (arg.arg in MEASURES and not UNIT.search(said))):
                yield f"{module.path}:{node.lineno} {name}({arg.arg})"


def test_every_public_name_of_every_module_is_told(reference: Path) -> None:
    """What Python itself finds in a few modules of every kind, and each function has words of its own."""
    for name in ("pos.payments", "pos.cart", "pos.reports", "pos.ledger", "pos.receipts.pdf", "pos.money"):
        text = (reference / f"{name}.md").read_text("utf-8")
        module = importlib.import_module(name)
        for public, found in vars(module).items():
            if inspect.isfunction(found) and found.__module__ == name and public[0] != "_":
                assert f"\n## `{public}`\n" in text
                assert (inspect.getdoc(inspect.unwrap(found)) or "") in text
    assert {f"{module.name}.md" for module in modules()} < {path.name for path in reference.iterdir()}
    silent = [
        (module.name, name)
        for module in modules()
        for name, node in module.public()
        if not ast.get_docstring(node) and ast.unparse(node.body[-1]) != "..."  # what others must have
    ]
    assert silent == []


def test_a_function_is_told_with_its_shape_its_errors_and_its_place(reference: Path) -> None:
    _before, _head, told = (reference / "pos.payments.md").read_text("utf-8").partition("\n## `settle`\n")
    told = told.partition("\n## ")[0]
    assert "def settle(method: str, due: Rupiah, tendered: Rupiah | None=None, reference: str='')" in told
    assert "Raises Refused for an unknown method" in told
    assert f"[pos/payments.py:{inspect.getsourcelines(settle)[1]}]" in told
    assert "QRIS_LIMIT: Rupiah = 10_000_000  # per transaction" in _before


def test_tables_and_documents_are_those_of_the_program(reference: Path) -> None:
    tables = (reference / "tables.md").read_text("utf-8")
    documents = (reference / "documents.md").read_text("utf-8")
    assert re.findall("^## `(.+)`$", tables, re.MULTILINE) == sorted(METADATA.tables)
    assert re.findall("^## `(.+)`$", documents, re.MULTILINE) == list(ROWS)
    assert tables.count("\n| `") == sum(len(table.columns) for table in METADATA.tables.values())


def test_every_page_is_reached_from_the_first(reference: Path) -> None:
    named = set(re.findall(r"\((\S+\.md)\)", (reference / "index.md").read_text("utf-8")))
    assert named | {"index.md"} == {path.name for path in reference.iterdir()}


def test_money_is_in_rupiah_and_measures_have_units() -> None:
    assert [one for module in modules() for one in unsaid(module)] == []


def test_a_unit_that_is_missing_is_seen() -> None:
    for source in (
        "def pay(amount: int): 'Pay.'",
        "def draw(width: float): 'Draw.'",
        "class Box:\n  'A box.'\n  def grow(self, width: int | None): 'Wider.'",
    ):
        assert list(unsaid(Module("pos.x", "pos/x.py", source))), source
    sound = "'In mm.'\ndef pay(amount: Rupiah): 'Pay.'\ndef draw(width: float): 'Draw.'"
    assert list(unsaid(Module("pos.x", "pos/x.py", sound))) == []


def test_without_a_folder_it_says_what_it_wants(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["api"])
    assert api.main() == 2
    assert "api DIR" in capsys.readouterr().err
