"""41 days with every kind of document: at their end the books agree with themselves, wherever they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from pos.carry import sync_target
from pos.derive import ROWS
from pos.doctor import examine
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger
from pos.model import Refund, Sale, paper_number
from pos.money import Rupiah, plain
from pos.paper_search import find_paper
from pos.papers import PAPERS, Source, draw, number_of, papers_of
from pos.receipts.pdf import pdf_bytes
from pos.reports import REPORTS, Period, run_report
from pos.stock_slips import LETTERS
from pos.tables import SUMS
from tests.books import derived, documents
from tests.exhibition import Booth, days, whole_exhibition
from tests.plain_sums import PLAIN_SUMS
from tests.test_papers import words_of


@pytest.fixture(scope="module")
def exhibition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booth]:
    """A booth after all of it."""
    booth = whole_exhibition(tmp_path_factory.mktemp("pameran") / "stan.lapak")
    yield booth
    booth.ledger.close()


def test_every_rule_of_the_books_holds(exhibition: Booth) -> None:
    assert [one for one in examine(exhibition.ledger) if not one.ok] == []


def test_there_was_every_kind_of_document_and_every_table_has_rows(exhibition: Booth) -> None:
    (chain,) = documents(exhibition.ledger).values()
    assert {doc.kind for doc in chain} == set(ROWS)
    empty = {name for name, rows in derived(exhibition.ledger).items() if not rows}
    # Of histories that part (tests/sync/test_forks.py), and of returns that are lies (tests/reports).
    assert empty == {"origin", "repeated", "unfounded"}


def test_all_roads_lead_to_the_same_figure(exhibition: Booth) -> None:
    """Sales = payments = shifts = institutions, to the rupiah."""
    ledger = exhibition.ledger

    def total(name: str, column: str = "total") -> Rupiah:
        table = run_report(ledger, name, Period())
        place = [one.key for one in table.columns].index(column)
        return sum(row[place] for row in table.rows if row[place] is not None)

    turnover = total("totals")
    assert turnover > 10_000_000
    assert total("days") == total("institutions") == total("products") == total("cashiers") == turnover
    assert run_report(ledger, "reconcile", Period()).totals == {"difference": 0}
    assert sum(total("daily-board", day.isoformat()) for day in days()) == turnover


@pytest.mark.parametrize("table", SUMS, ids=str)
def test_the_sums_are_what_a_plain_query_adds_up(exhibition: Booth, table: Table) -> None:
    assert {one.name for one in SUMS} == PLAIN_SUMS.keys()
    with exhibition.ledger.read() as conn:
        plain_sums = conn.exec_driver_sql(PLAIN_SUMS[table.name]).all()
        kept = conn.execute(select(table)).all()
    assert len(kept) >= 3
    assert sorted(map(tuple, kept)) == sorted(map(tuple, plain_sums))


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_can_be_read_and_names_each_column_once(exhibition: Booth, name: str) -> None:
    table = run_report(exhibition.ledger, name, Period())
    keys = [column.key for column in table.columns]
    assert len(set(keys)) == len(keys)
    assert all(len(row) == len(keys) for row in table.rows)


def test_every_closing_says_what_its_papers_say(exhibition: Booth) -> None:
    assert len(exhibition.closings) == 43
    assert [one.number for one in exhibition.closings] == list(range(1, 44))
    assert {one.difference for one in exhibition.closings} == {0, -5_000}
    table = run_report(exhibition.ledger, "shifts", Period())
    place = [one.key for one in table.columns].index("deviation")
    assert {row[place] for row in table.rows} == {0}


def test_every_paper_of_every_day_is_read_back_as_text(exhibition: Booth) -> None:
    """Each says its number and its money; numbers of each series go up without a gap."""
    made: Counter[str] = Counter()
    for found in papers(exhibition.ledger):
        for what in papers_of(found):
            said = " ".join(words_of(pdf_bytes(draw(exhibition.ledger, what))))
            assert number_of(found) in said, what
            if isinstance(found, Sale | Refund) and what.paper != "packing":
                assert plain(found.total) in said, what
            made[what.paper] += 1
    assert set(made) == set(PAPERS) - {"hand-over"}  # which has no document
    assert made["sale"] == len(derived(exhibition.ledger)["sale"])
    assert made["z"] == len(exhibition.closings)


def papers(ledger: Ledger) -> Iterator[Source]:
    """Every document that has a number, series by series."""
    own = ledger.own()
    for letter in ("", "R", "Z", "D", "P", "S", "U", *sorted(set(LETTERS.values()))):
        for number in count(1):
            try:
                yield find_paper(ledger, paper_number(own.booth, own.code, letter, number))
            except Refused:
                assert number > 1, letter
                break


def test_nobody_is_named_any_more(exhibition: Booth) -> None:
    assert all("Ibu Ke-" not in (doc.private or "") for doc in documents(exhibition.ledger).popitem()[1])


def test_the_central_file_says_the_same(exhibition: Booth, tmp_path: Path) -> None:
    central = tmp_path / "pusat.lapak"
    sync_target(exhibition.ledger, str(central))
    with closing(open_ledger(central)) as office:
        assert derived(office) == derived(exhibition.ledger)
        assert [one for one in examine(office) if not one.ok] == []
