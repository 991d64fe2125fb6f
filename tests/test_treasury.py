"""State revenue: what the treasury's papers say is entered once, mistakes are taken back, targets are met."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.errors import BadDocument, Refused
from pos.ledger import Ledger, open_target
from pos.model import By, Staff
from pos.reports import Period, run_report
from pos.treasury import Paid, enter_pnbp, entries_of, find_entry, set_targets, take_back_pnbp
from tests.books import DAY, STAFF, booth, bring, documents, sell

OFFICER = By(STAFF[1])
KANTOR = By(Staff("kanwil", "Kepala Kantor", "kantor"))
PAID = Paid("LPP-PLG", DAY, 150_000, "8202 3041 3000 012", "0a1b2c3d4e5f6g7h", "Maret")
WRONG = {
    "fourteen digits": replace(PAID, billing="82023041300001"),
    "sixteen digits": replace(PAID, billing="8202304130000123"),
    "letters in the billing code": replace(PAID, billing="82023O413000012"),
    "other digits": replace(PAID, billing="٨٢٠٢٣٠٤١٣٠٠٠٠١٢"),
    "fifteen letters": replace(PAID, ntpn="0A1B2C3D4E5F6G7"),
    "a sign in the NTPN": replace(PAID, ntpn="0A1B2C3D4E5F6G7!"),
    "nothing": replace(PAID, amount=0),
    "below nothing": replace(PAID, amount=-1),
    "more than there is": replace(PAID, amount=10**13),
    "a day to come": replace(PAID, day=DAY + timedelta(days=1)),
    "a day of another century": replace(PAID, day=date(1923, 4, 14)),
    "an unknown institution": replace(PAID, institution="LP-TIADA"),
}


def rows(ledger: Ledger, name: str, period: Period | None = None) -> list[dict[str, object]]:
    table = run_report(ledger, name, period or Period())
    keys = [one.key for one in table.columns]
    return [dict(zip(keys, cells, strict=True)) for cells in table.rows]


def test_an_entry_as_it_stands_on_the_papers(till: Ledger) -> None:
    entry = enter_pnbp(till, PAID, OFFICER)
    assert (entry.paid.billing, entry.paid.ntpn) == ("820230413000012", "0A1B2C3D4E5F6G7H")
    assert find_entry(till, entry.receipt.lower()) == entry
    assert entries_of(till) == entries_of(till, "LPP-PLG") == [entry]
    assert entries_of(till, "LP1-PLG") == []
    (row,) = rows(till, "pnbp")
    assert (row["amount"], row["ntpn"], row["number"]) == (150_000, "0A1B2C3D4E5F6G7H", entry.receipt)
    assert rows(till, "pnbp", Period(end=DAY - timedelta(days=1))) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_the_treasury_never_gave_is_refused(till: Ledger, name: str) -> None:
    before = documents(till)
    with pytest.raises(Refused) as told:
        enter_pnbp(till, WRONG[name], OFFICER)
    assert told.value.message.endswith((".", "?"))
    assert documents(till) == before


def test_a_number_is_entered_once(till: Ledger) -> None:
    enter_pnbp(till, PAID, OFFICER)
    with pytest.raises(Refused, match=r"Rp150\.000"):
        enter_pnbp(till, replace(PAID, amount=1, billing="820230413000013"), OFFICER)


def test_a_mistake_is_taken_back_and_entered_again(till: Ledger) -> None:
    entry = enter_pnbp(till, PAID, OFFICER)
    with pytest.raises(Refused):
        take_back_pnbp(till, entry, "", OFFICER)
    back = take_back_pnbp(till, entry, "salah UPT", OFFICER)
    assert take_back_pnbp(till, entry, "lagi", OFFICER) == back
    with pytest.raises(Refused):
        take_back_pnbp(till, back, "sekali lagi", OFFICER)
    enter_pnbp(till, replace(PAID, institution="LP1-PLG"), OFFICER)
    assert [row["amount"] for row in rows(till, "pnbp")] == [150_000, -150_000, 150_000]
    assert rows(till, "pnbp")[0]["note"] == "Maret · Dibatalkan"
    assert run_report(till, "pnbp", Period()).totals == {"amount": 150_000}


def test_two_offices_that_entered_the_same_are_told(till: Ledger, tmp_path: Path, collector: Ledger) -> None:
    enter_pnbp(till, PAID, OFFICER)
    with closing(booth(tmp_path / "b.lapak", "S04")) as other:
        enter_pnbp(other, PAID, OFFICER)
        for ledger in (till, other):
            bring(collector, documents(ledger)[ledger.own().code])
    assert [row["note"] for row in rows(collector, "pnbp")] == ["Maret · NTPN ini tercatat dua kali"] * 2


def test_targets_of_a_year(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1})
    assert set_targets(till, 2023, {"LPP-PLG": 1_000_000, "LP1-PLG": 0}, KANTOR) == 2
    assert set_targets(till, 2023, {"LPP-PLG": 900_000, "LP1-PLG": 0}, KANTOR) == 1
    before = documents(till)
    assert set_targets(till, 2023, {"LPP-PLG": 900_000}, KANTOR) == 0
    assert documents(till) == before
    enter_pnbp(till, PAID, OFFICER)
    found = {row["institution"]: row for row in rows(till, "targets")}
    whole = found["LPP-PLG"]
    assert (whole["year"], whole["target"], whole["amount"], whole["reached"], whole["left"]) == (
        *("2023", 900_000, 150_000),
        *(16, 750_000),
    )
    assert whole["state"] == 3_450
    assert (found["LP1-PLG"]["reached"], found["LP1-PLG"]["left"]) == (None, 0)
    assert rows(till, "targets", Period(start=date(2024, 1, 1))) == []


@pytest.mark.parametrize(
    ("year", "amounts"), [(23, {"LPP-PLG": 1}), (2023, {"LP-TIADA": 1}), (2023, {"LPP-PLG": -1})]
)
def test_targets_that_are_none(till: Ledger, year: int, amounts: dict[str, int]) -> None:
    before = documents(till)
    with pytest.raises(Refused):
        set_targets(till, year, amounts, KANTOR)
    assert documents(till) == before


def test_who_may(till: Ledger) -> None:
    with pytest.raises(Refused, match="petugas"):
        enter_pnbp(till, PAID, By(STAFF[0]))
    with pytest.raises(Refused, match="petugas"):
        set_targets(till, 2023, {"LPP-PLG": 1}, OFFICER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"billing": "82023041300001"},
        {"ntpn": "0a1b2c3d4e5f6g7h"},
        {"amount": -150_000},
        {"amount": 0},
        {"of": {"device": "x", "seq": 1}},
        {"day": "2023-4-14"},
    ],
)
def test_a_document_that_says_what_none_can_is_refused(till: Ledger, wrong: dict[str, object]) -> None:
    fields = {"booth": "S03", "number": 1, "day": "2023-04-14", "cashier": "sari", "shift": None, "note": ""}
    fields |= {"institution": "LPP-PLG", "amount": 150_000, "billing": "8" * 15, "ntpn": "A" * 16}
    with pytest.raises(BadDocument), till.write() as conn:
        till.post(conn, "pnbp", fields | wrong)


def test_postgres_tells_the_same(till: Ledger, postgres_url: str) -> None:
    sell(till, {"NASTAR-500": 1, "HAMPERS": 2})
    entry = enter_pnbp(till, PAID, OFFICER)
    take_back_pnbp(till, entry, "salah", OFFICER)
    set_targets(till, 2023, {"LPP-PLG": 1_000_000}, KANTOR)
    with closing(open_target(postgres_url)) as central:
        for chain in documents(till).values():
            bring(central, chain)
        for name in ("pnbp", "targets", "settlement", "reconcile", "exceptions", "numbers", "cashiers"):
            assert run_report(central, name, Period()) == run_report(till, name, Period())
