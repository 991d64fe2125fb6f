"""Who may do what is asked where it is done, whatever a screen shows: each verb that needs a right, tried by
somebody who has none, with every approval that does not count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.approvals import granted, take
from pos.booth_settings import change_setting
from pos.catalog import products
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger, setting
from pos.model import Approval, By, Staff
from pos.people import GONE, newcomer
from pos.product_cards import give_barcode
from pos.rights import ACTIONS
from pos.settings import SETTINGS
from pos.staff import post_staff, staff
from tests.books import documents, new_ledger, shift_of
from tests.verbs import BELA, FREE, VERBS, later

POS = Path(__file__).parent.parent / "pos"


@pytest.fixture
def guarded(till: Ledger) -> Ledger:
    """Rina sells, Sari is an officer, Bela of the office, Dewi has gone."""
    post_staff(till, [BELA, Staff("dewi", "Dewi", "petugas")])
    post_staff(till, [Staff("dewi", "Dewi", GONE)])
    return till


@pytest.mark.parametrize("name", VERBS)
def test_nobody_does_what_they_may_not_and_no_approval_counts_but_the_right_one(
    guarded: Ledger, name: str, tmp_path: Path
) -> None:
    case = VERBS[name](guarded)
    shift, people = shift_of(guarded), staff(guarded)
    before = documents(guarded)

    def given(by: str = case.by, action: str = case.action, subject: str = case.subject) -> Approval:
        return granted(guarded, by, action, subject, "boleh")

    other = next(action for action in ACTIONS if action != case.action)
    wrong = {
        "none": None,
        "for something else": given(subject=f"{case.subject}x"),
        "for another action": given(action=other),
        "by a cashier": given("rina"),
        "by somebody who has gone": given("dewi"),
        "by nobody": given("siapa"),
    }
    if case.by == BELA.code:
        wrong["by an officer, where the office is needed"] = given("sari")
    for why, approval in wrong.items():
        with pytest.raises(Refused):
            case.do(By(people["rina"], shift, approval))
        assert (why, documents(guarded)) == (why, before)
    with pytest.raises(Refused):  # the screen still takes them for an officer
        case.do(By(replace(people["rina"], role="kantor"), shift))
    later(guarded, minutes=-20)
    old = given()
    later(guarded, minutes=20)
    with pytest.raises(Refused):
        case.do(By(people["rina"], shift, old))
    assert documents(guarded) == before
    good = given()
    case.do(By(people["rina"], shift, good))
    assert sum(map(len, documents(guarded).values())) > sum(map(len, before.values()))
    guarded.close()
    with (
        closing(open_ledger(guarded.path or tmp_path, guarded.clock)) as again,
        again.read() as conn,
        pytest.raises(Refused, match="sudah dipakai"),
    ):
        take(conn, good, people["rina"], case.action, case.subject)


@pytest.mark.parametrize("key", [key for key, one in SETTINGS.items() if one.officers])
def test_what_officers_set_nobody_else_sets(guarded: Ledger, key: str) -> None:
    people = staff(guarded)
    value = next((one for one in SETTINGS[key].choices if one != SETTINGS[key].default), "teks")
    shown = replace(people["rina"], role="kantor")  # the screen still takes them for an officer
    for who in (people["rina"], people["dewi"], shown, Staff("siapa", "Siapa")):
        with pytest.raises(Refused):
            change_setting(guarded, who, key, value)
        assert setting(guarded, key) is None
    change_setting(guarded, people["sari"], key, value)
    assert setting(guarded, key) == value


def test_the_money_is_among_what_officers_set() -> None:
    assert {"qris", "qris_amount", "share_percent", "difference", "letterhead"} <= {
        key for key, one in SETTINGS.items() if one.officers
    }


def test_a_name_typed_at_the_first_opening_never_takes_the_place_of_somebody(
    guarded: Ledger, tmp_path: Path
) -> None:
    before = staff(guarded)
    for name in ("Sari", "sari", "Orang Baru"):
        with pytest.raises(Refused):
            newcomer(guarded, name)
    assert staff(guarded) == before
    with closing(new_ledger(tmp_path / "baru.lapak")) as fresh:
        assert newcomer(fresh, " Dewi  Lestari ") == Staff("dewi", "Dewi Lestari")
        with pytest.raises(Refused):
            newcomer(fresh, "Dewi")


def test_a_barcode_is_all_that_whoever_scans_changes(guarded: Ledger) -> None:
    rina = By(staff(guarded)["rina"])
    before = {one.sku: one for one in products(guarded)}
    give_barcode(guarded, "PECI", "8991234567890", rina)
    after = {one.sku: one for one in products(guarded)}
    assert after == before | {"PECI": replace(before["PECI"], barcode="8991234567890")}
    for sku, code in (("PECI", "8990000000000"), ("TIADA", "899"), ("SEMPRONG", ""), ("SEMPRONG", "a\nb")):
        with pytest.raises(Refused):
            give_barcode(guarded, sku, code, rina)
    assert {one.sku: one for one in products(guarded)} == after


def writers() -> Iterator[str]:
    """Every function of the core that writes into a ledger, by itself."""
    for path in POS.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
            names = {ast.unparse(one.func) for one in calls}
            opens = any(
                name.endswith(".write") and name.split(".")[-2] in {"ledger", "central", "target"}
                for name in names
            )
            if opens or names & {"set_setting", "post_products", "post_staff"}:
                yield f"{path.stem}.{node.name}"


def test_every_verb_that_writes_is_known_with_the_right_that_it_asks_for() -> None:
    known = {name.partition(":")[0] for name in VERBS} | {
        one for names in FREE.values() for one in names.split()
    }
    assert sorted(set(writers()) - known) == []
    there = {f"{path.stem}.{node.name}" for path in POS.glob("*.py") for node in _functions(path)}
    assert sorted(known - there) == []


def _functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]


def test_every_right_guards_something() -> None:
    """But those that only hold back what a screen shows."""
    asked = set()
    for path in POS.glob("*.py"):
        asked |= {
            word.value
            for word in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(word, ast.Constant) and word.value in ACTIONS and path.name != "rights.py"
        }
    assert set(ACTIONS) - asked <= {"drawer", "reports", "sell", "count"}
