"""The house's rules hold in every file, none of them is blind, and the repository holds nothing foreign."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.house import RULES, Module, Rule

TOP = Path(__file__).parent.parent
FILES = {
    ".ci",
    ".gitignore",
    ".package",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "EXTENDING.md",
    "LICENSE",
    "NOTICE",
    "README.md",
    "pos",
    "pyproject.toml",
}
FILES |= {
    "requirements-package.lock",
    "requirements-test.lock",
    "requirements.lock",
    "resources",
    "run.py",
    "tests",
    "ui",
}
HOSTS = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".", "debian" + ".org/", "registry" + ".")
LOCAL = re.compile(r"(?<![\w.~/-])/(?:work|root|opt|home/\w+|Users/\w+)/")

# For each rule, the least that breaks it: a path and a source.
SEEDS = {
    "size": [
        ("ui/x.py", "def f(a, b, c, d, e, f, g): ..."),
        ("ui/x.py", "class C:\n    def f(self, a, b, c, d, e, *, f, g): ..."),
        ("ui/x.py", "def f():\n" + "    pass\n" * 70),
        ("ui/x.py", "class C:\n" + "    pass\n" * 300),
        ("tests/x.py", "pass\n" * 401),
    ],
    "told": [("run.py", "import os\n'''late'''")],
    "layers": [
        ("pos/stock.py", "from PySide6 import QtCore"),
        ("pos/stock.py", "def f():\n    from ui.app import App"),
        ("pos/stock.py", "import pos.cli"),
        ("pos/money.py", "from pos.model import Sale"),
        ("pos/money.py", "from pos import ledger"),
        ("pos/novelty.py", "import os"),
        ("pos/stock.py", "from . import money"),
        ("pos/tables.py", "from sqlalchemy.orm import Session"),
        ("ui/x.py", "import sqlalchemy"),
        ("ui/x.py", "from tests.books import till"),
    ],
    "state": [
        ("pos/x.py", "cache = {}"),
        ("ui/x.py", "seen: list[int] = list()"),
        ("pos/x.py", "class Box: ...\nBOX = Box()"),
        ("pos/x.py", "NAMES = []\ndef f():\n    NAMES.append(1)"),
        ("pos/x.py", "from pos import y\ny.NAMES['a'] = 1"),
        ("pos/x.py", "def f():\n    global n\n    n = 1"),
    ],
    "clock": [
        ("pos/x.py", "import time"),
        ("ui/x.py", "from random import choice"),
        ("pos/x.py", "today = datetime.now()"),
        ("pos/x.py", "today = datetime.date.today()"),
        ("ui/x.py", "QDateTime.currentDateTime()"),
    ],
    "no_float": [
        ("pos/money.py", "float(1)"),
        ("pos/cart.py", "half = 0.5"),
        ("pos/model.py", "half = 1 / 2"),
    ],
    "writers": [
        ("pos/stock.py", "SALE.insert()"),
        ("pos/journal.py", "tables.SALE_LINE.delete()"),
        ("pos/ledger.py", "DOCUMENT.update()"),
        ("pos/ledger.py", "f'INSERT OR IGNORE INTO {table} VALUES (1)'"),
        ("pos/sync.py", "sql = 'UPDATE sale SET total = 0'"),
        ("pos/stock.py", "from sqlalchemy import delete"),
        ("pos/stock.py", "from pos.rows import insert_documents"),
        ("ui/x.py", "SETTING.insert()"),
    ],
    "boxes": [("ui/x.py", "from PySide6.QtWidgets import QMessageBox")],
    "texts": [
        ("ui/x.py", "label.setText('Pay')"),
        ("ui/x.py", "QLabel(f'<b>{n} left</b>')"),
        ("ui/x.py", "QPushButton('{} left'.format(n))"),
        ("ui/x.py", "button.setToolTip('Pay' if due else '')"),
        ("ui/x.py", "tell.toast('Saved')"),
        ("ui/x.py", "_(f'{n} left')"),
        ("pos/cli/x.py", "parser.add_argument('--out', help='a folder')"),
        ("pos/x.py", "raise Refused('No such file.', hint=_('x'))"),
        ("pos/x.py", "raise BadCell(2, 'price', 'not a number')"),
    ],
}
SOUND = """'''What it is for.'''
from pos.money import rupiah
KINDS = {"cash": 1}
def f(sku, hint):
    label.setText(_("{n} left").format(n=rupiah(KINDS[sku])))
    label.setText(f"{KINDS[sku]} ×")
    raise BadCell(2, "price", _("not a number"), hint=hint)
"""


def ours() -> Iterator[Path]:
    """Every file of the repository: all that .gitignore does not name."""
    lines = (TOP / ".gitignore").read_text().splitlines()
    ignored = [line.rstrip("/") for line in lines if line and line[0] not in "#!"] + [".git"]
    waiting = [TOP]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):  # every worker of pytest must find the same order
            if not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored):
                if path.is_dir():
                    waiting.append(path)
                else:
                    yield path


MODULES = [
    Module(path.relative_to(TOP).as_posix(), path.read_text("utf-8"))
    for path in ours()
    if path.suffix == ".py"
]


def test_every_module_is_looked_at() -> None:
    found = {module.path for module in MODULES}
    for folder in (".package", "pos", "ui", "tests"):
        theirs = {path.relative_to(TOP).as_posix() for path in (TOP / folder).rglob("*.py")}
        assert theirs - found == set()
    assert "run.py" in found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.path)
def test_a_module_keeps_the_rules(module: Module) -> None:
    assert "\n".join(f"{rule.__name__}: {offence}" for rule in RULES for offence in rule(module)) == ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_rule_is_blind(rule: Rule) -> None:
    for path, source in SEEDS[rule.__name__]:
        assert list(rule(Module(path, source))), source
    assert list(rule(Module("pos/checkout.py", SOUND))) == []


def cycle(modules: list[Module]) -> list[str]:
    """The names of modules that import each other in a ring; empty if there is none."""
    names = {m.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): m for m in modules}
    graph = {
        name: {wanted if wanted in names else wanted.rpartition(".")[0] for wanted in module.imports} - {name}
        for name, module in names.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_imports_have_no_cycle() -> None:
    assert cycle(MODULES) == []


def test_a_cycle_is_seen() -> None:
    ring = [Module("pos/a.py", "from pos.b import x"), Module("pos/b.py", "def f():\n    import pos.a")]
    assert sorted(set(cycle(ring))) == ["pos.a", "pos.b"]


def test_nothing_else_lies_at_the_top() -> None:
    assert {path.relative_to(TOP).parts[0] for path in ours()} - FILES == set()


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    found = []
    for path in ours():
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path}: {word}" for word in (*HOSTS, *LOCAL.findall(text)) if word in text]
    assert found == []


def test_a_place_on_one_machine_is_seen() -> None:
    assert LOCAL.search("see /" + "work/main")
    assert not LOCAL.search("~/.local/opt/x and https://x.id/home/about/")
