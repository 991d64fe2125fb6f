"""The catalogue of bad inputs: what each number is, and that a test bears it.

A number stands at the end of a test's name (`..._25_28`), or at the beginning of a key of what a test is
repeated for (`"16 a body of 9 MB"`), in modules whose first lines name the bad inputs.
Whoever adds a bad input gives it the next number here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

CATALOGUE = {
    1: "a file with nothing in it",
    2: "a text in place of a ledger",
    3: "somebody else's SQLite database",
    4: "our mark over tables that are not ours",
    5: "a ledger cut off, at any page",
    6: "one bit changed anywhere",
    7: "a format that only a newer program knows",
    8: "tables of another version of the same format, which opens",
    9: "a kind of document that is not known, which is kept",
    10: "a document that is missing in the middle",
    11: "two histories of one chain",
    12: "a document that follows another one than it should",
    13: "a hash of something else",
    14: "a body that is not in its one form",
    15: "a key twice in one object",
    16: "a body of 100 MB, or very many long ones",
    17: "lists in lists, 100,000 deep",
    18: "numbers that are none: NaN, 1e400, 2^63",
    19: "bytes that are no UTF-8, and NUL",
    20: "columns that say something else than the body",
    21: "a view or a trigger that bears a table's name",
    22: "columns worked out, virtual tables, views without end",
    23: "the side files of another database beside it",
    24: "a file or a folder that can only be read",
    25: "a link, a pipe, a device, a folder in place of a file",
    26: "10,000 segments",
    27: "a segment that is not what its name says",
    28: "a laptop's folder called .., CON, or with a line end",
    29: "the same file twice, an older one after a newer",
    30: "a file that grows while it is read",
    31: "amounts below nothing, beyond all bounds, or no numbers",
    32: "lines that do not come to the total",
    33: "payments that do not come to the total",
    34: "a sale of 1970 or of 2999",
    35: "goods taken back of a sale that nobody knows, or more than is left",
    36: "a revision of 2^62",
    37: "tables with wrong separators, open quotes, endless cells, too many columns, no head or two",
    38: "tables in cp1252 or UTF-16, with a mark of order in the middle",
    39: "cells that are formulas or links, hidden sheets, joined cells, dates and numbers as each other",
    40: "packed files that unpack without end, with paths, passwords, macros, or another ending",
    41: "codes of goods twice, empty, endless, with direction marks, markup or SQL",
    42: "prices that are none",
    43: "a bundle that holds itself",
    44: "barcodes without end, with control characters, or two in one",
    45: "QRIS codes that are not whole or say too much",
    46: "pictures too small, too large, cut off, moving, turned, or with scripts",
    47: "an exhibition that ends before it begins, in a zone that is none",
    48: "a pasted text of 1 MB",
    49: "50 presses of pay in 200 ms",
    50: "a scan into the field of an amount",
    51: "a clock set back a day between a sale and its closing",
    52: "a stick pulled at any byte",
    53: "a printer that goes away in the middle of a receipt",
    54: "a laptop that sleeps while it is paid",
    55: "a second program started",
    56: "a disk that is full at the commit",
    57: "a home folder that is read-only, far away, or called with spaces and accents",
    58: "a server stopped, read-only, full, with a wrong certificate, password or version",
}


def numbers(path: Path) -> Iterator[int]:
    """The numbers that the tests in one module bear in their names, and in the cases of each."""
    tree = ast.parse(path.read_text("utf-8"))
    if "bad inputs" not in " ".join((ast.get_docstring(tree) or "").split()):
        return
    tests = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    for test in tests:
        if tail := re.search(r"(?:_\d+)+$", test.name):
            yield from map(int, tail[0].strip("_").split("_"))
    for node in _with_what_they_name(tree, [mark for test in tests for mark in test.decorator_list]):
        for key in node.keys if isinstance(node, ast.Dict) else ():
            for word in ast.walk(key) if key else ():
                if isinstance(word, ast.Constant) and (found := re.match(r"(\d+) ", str(word.value))):
                    yield int(found[1])


def _with_what_they_name(tree: ast.Module, wanted: list[ast.expr]) -> Iterator[ast.AST]:
    """All parts of `wanted`, and of whatever the module puts under the names in them."""
    under: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                under.setdefault(ast.unparse(target), []).append(node.value)
    while wanted:
        for part in ast.walk(wanted.pop()):
            yield part
            if isinstance(part, ast.Name):
                wanted += under.pop(part.id, [])


@pytest.fixture(scope="module")
def tested() -> dict[int, set[str]]:
    """The modules that have a test for each number."""
    found: dict[int, set[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for number in numbers(path):
            found.setdefault(number, set()).add(path.relative_to(TESTS).as_posix())
    return found


def test_every_number_has_its_test(tested: dict[int, set[str]]) -> None:
    assert {number: bad for number, bad in CATALOGUE.items() if number not in tested} == {}


def test_every_test_bears_a_number_that_there_is(tested: dict[int, set[str]]) -> None:
    assert {number: where for number, where in tested.items() if number not in CATALOGUE} == {}


def test_numbers_are_without_gaps() -> None:
    assert list(CATALOGUE) == list(range(1, len(CATALOGUE) + 1))


def test_a_number_is_found_in_names_and_in_cases(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(
        "'''The bad inputs.'''\nCASES = {'16 a body of 9 MB': 1, ('x', '2 empty'): 2, 'of 50 MB': 3}\n"
        "if True:\n    CASES |= {'25 a pipe': 1}\nOTHER = {'7 no case': 1}\n"
        "every_case = pytest.mark.parametrize('how', CASES)\n@every_case\ndef test_it(how): ...\n"
        "@pytest.mark.parametrize('said', ['3 jars', 'jars 4', 'x'])\ndef test_links_28_29(said): ...\n"
        "def helper_30(): ...\n"
    )
    assert sorted(numbers(tmp_path / "test_x.py")) == [2, 16, 25, 28, 29]
