"""`lapak sell`: one answer a line, only for what is durable; a cart is sold once, a bad line harms none.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos.closing import closing_of
from pos.ledger import open_ledger
from pos.shifts import current_shift
from tests.books import derived, new_ledger, with_catalogue
from tests.cli.running import TOP, documents_of, program

SEMPRONG = {"sku": "SEMPRONG", "qty": 2}
PAID = [{"method": "cash", "amount": 60_000, "tendered": 100_000}]


def request(cart: object = "a", **fields: object) -> dict[str, object]:
    return {"cart": cart, "lines": [SEMPRONG], "payments": PAID, **fields}


def sold(path: Path, *requests: object) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the answers to these requests; a request that is bytes goes as it stands."""
    lines = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in requests]
    said = program("sell", path, "--stdin", stdin=b"\n".join(lines) + b"\n")
    assert "Traceback" not in said.err
    return said.code, [json.loads(line) for line in said.out.splitlines()]


def test_a_sale_is_answered_with_number_total_and_change(path: Path) -> None:
    code, (answer,) = sold(path, request())
    with closing(open_ledger(path)) as ledger:
        prefix = ledger.own().prefix
    assert code == 0
    assert answer.pop("seq") > 0
    assert answer == {"cart": "a", "number": f"{prefix}-000001", "total": 60_000, "change": 40_000}


def test_an_answer_is_there_before_the_next_line_is_read(path: Path) -> None:
    command = [sys.executable, "-m", "pos", "sell", str(path), "--stdin"]
    with subprocess.Popen(command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as till:
        assert till.stdin
        assert till.stdout
        for n in range(3):
            till.stdin.write(json.dumps(request(str(n))).encode() + b"\n")
            till.stdin.flush()
            answer = json.loads(till.stdout.readline())
            (chain,) = documents_of(path).values()
            assert (answer["cart"], answer["seq"]) == (str(n), chain[-1].seq)


def test_the_same_cart_again_is_the_same_sale_whatever_it_says_now(path: Path) -> None:
    _code, first = sold(path, request())
    before = documents_of(path)
    code, again = sold(
        path, request(), request(lines=[], payments=[]), request(lines=[{"sku": "PECI", "qty": 1}])
    )
    assert (code, again) == (0, first * 3)
    assert documents_of(path) == before


def test_a_shift_of_today_is_opened_once(tmp_path: Path) -> None:
    with closing(with_catalogue(new_ledger(tmp_path / "a.lapak"))):
        pass
    for cart in "ab":
        sold(tmp_path / "a.lapak", request(cart))
    with closing(open_ledger(tmp_path / "a.lapak")) as ledger:
        shift = current_shift(ledger)
        assert len(derived(ledger)["shift"]) == 1
        assert shift
        assert (shift.day, shift.cashier) == (ledger.clock.now().date(), "kasir")
        assert {row[6] for row in derived(ledger)["sale"]} == {"kasir"}


BAD = [
    b"halo",
    b"[1]",
    b"\xff\xfe",
    b"[" * 100_000,
    {"lines": []},
    request(cart=7),
    request(cart=""),
    request(cart="x" * 101),
    request(lines=[]),
    request(lines="SEMPRONG"),
    request(lines=[7]),
    request(lines=[{"sku": "TIADA", "qty": 2}]),
    request(lines=[{"sku": ["SEMPRONG"], "qty": 2}]),
    *(
        request(lines=[{"sku": "SEMPRONG", "qty": qty}])
        for qty in (0, -1, 1.5, "2", True, None, 2**70, 1e308)
    ),
    request(lines=[{"sku": "SEMPRONG", "qty": 3}, {"sku": "SEMPRONG", "qty": -1}]),
    request(payments=[]),
    request(payments=[{"method": "cash", "amount": 59_999}]),
    request(payments=[{"method": "cash", "amount": 60_000, "tendered": 1}]),
    request(payments=[{"method": "qris", "amount": 60_000, "tendered": 70_000}]),
    request(payments=[{"method": "gopay", "amount": 60_000}]),
    request(payments=[{"method": "cash", "amount": float("nan")}]),
    request(payments=[{"method": "cash", "amount": -60_000}, {"method": "cash", "amount": 120_000}]),
]


def test_a_forgotten_shift_is_closed_uncounted_before_todays_is_opened(path: Path) -> None:
    with closing(open_ledger(path)) as ledger:
        former = current_shift(ledger)  # of April 2023
    assert former
    code, answers = sold(path, request())
    assert (code, answers[0]["total"]) == (0, 60_000)
    with closing(open_ledger(path)) as ledger:
        left, today = closing_of(ledger, former), current_shift(ledger)
    assert left is not None
    assert (left.uncounted, left.expected, left.approval) == (True, 200_000, None)
    assert today is not None
    assert today.day > former.day


def test_a_bad_line_is_answered_and_harms_no_other_18_31_33(path: Path) -> None:
    code, answers = sold(path, *BAD, request("z"))
    assert code == 1
    assert [set(answer) for answer in answers[:-1]] == [{"cart", "error"}] * len(BAD)
    assert answers[-1]["number"].endswith("-000001")


def test_a_line_of_three_megabytes_is_one_line(path: Path) -> None:
    code, answers = sold(path, b'"' + b"x" * 3_000_000 + b'"', request())
    assert (code, len(answers), answers[1]["total"]) == (1, 2, 60_000)


def test_two_tills_on_one_ledger_take_turns_55(path: Path) -> None:
    command = [sys.executable, "-m", "pos", "sell", str(path)]
    tills = [
        subprocess.Popen(command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _n in range(2)
    ]
    answers = []
    for name, till in zip("ab", tills, strict=True):
        assert till.stdin
        till.stdin.write(b"".join(json.dumps(request(f"{name}{n}")).encode() + b"\n" for n in range(30)))
        till.stdin.close()
    for till in tills:
        assert till.stdout
        answers += [json.loads(line) for line in till.stdout]
        till.stdout.close()
        assert till.wait() == 0
    assert len({answer["number"] for answer in answers}) == 60


def test_a_central_file_sells_nothing(path: Path, tmp_path: Path) -> None:
    program("sync", path, tmp_path / "pusat.lapak")
    said = program("sell", tmp_path / "pusat.lapak", stdin=json.dumps(request()).encode())
    assert (said.code, said.out) == (2, "")
    assert "pusat.lapak" in said.sentence


@pytest.mark.parametrize("method", ["qris", "transfer", "card", "cash"])
def test_each_way_to_pay(path: Path, method: str) -> None:
    code, (answer,) = sold(path, request(payments=[{"method": method, "amount": 60_000}]))
    assert (code, answer["change"]) == (0, 0)
