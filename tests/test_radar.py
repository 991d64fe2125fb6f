"""The radar: what a ledger has of each laptop, what it knows to exist, and since when it lacks that."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.chains import reading
from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger
from pos.merge import merge
from pos.model import Document
from pos.radar import note_receipt, note_slip, radar
from pos.reports import Period, run_report
from pos.standing import standing
from pos.sync import copy_chains
from pos.verify import verify
from tests.books import MOMENT, documents, new_collector, sell
from tests.sync.world import forged, paper


@pytest.fixture
def centre(till: Ledger, tmp_path: Path) -> Ledger:
    """An office that has all of the booth, open, an hour later."""
    central = open_ledger(new_collector(tmp_path / "kantor.lapak"), stopped_at(MOMENT + timedelta(hours=1)))
    sell(till, {"PECI": 1})
    sell(till, {"PECI": 2})
    with reading(till) as source:
        copy_chains(source, central)
    return central


def of(centre: Ledger, till: Ledger) -> tuple[int, int, int, str, str]:
    """Documents here, known, lacking, since and source."""
    (blip,) = [one for one in radar(centre) if one.device == till.own().code]
    return blip.documents, blip.known, blip.lacks, blip.since, blip.source


def test_what_is_complete_lacks_nothing(till: Ledger, centre: Ledger) -> None:
    (blip,) = radar(centre)
    assert (blip.booth, blip.documents, blip.number, blip.lacks) == ("S03", 7, 2, 0)
    assert blip.last_receipt == f"S03{till.own().code[:2]}-000002"
    assert (blip.until, blip.since, blip.source) == (MOMENT.isoformat(), "", "")
    assert standing(centre).lacking == ()


def test_a_slip_says_that_there_is_more(till: Ledger, centre: Ledger) -> None:
    note_slip(centre, till.own().code.lower(), 10)
    later = (MOMENT + timedelta(hours=1)).isoformat()
    assert of(centre, till) == (7, 10, 3, later, "bukti setor")
    centre.clock = stopped_at(MOMENT + timedelta(days=1))
    note_slip(centre, till.own().code, 9)  # an older slip says no less
    assert of(centre, till) == (7, 10, 3, later, "bukti setor")
    for _time in range(3):
        sell(till, {"PECI": 1})
    with reading(till) as source:
        copy_chains(source, centre)
    assert of(centre, till)[:4] == (10, 10, 0, "")


def test_a_receipt_says_that_there_is_more(till: Ledger, centre: Ledger) -> None:
    note_receipt(centre, f"s03{till.own().code[:2].lower()}-000006")
    assert of(centre, till)[2] == 4
    (row,) = run_report(centre, "radar", Period()).rows
    assert (row[0], row[3], row[8]) == ("S03", 7, 4)
    assert standing(centre).lacking == ("S03 paling sedikit 4",)


@pytest.mark.parametrize("number", ["", "S99K7-000001", "S03", "S03K7-R00001", "x" * 500])
def test_a_number_that_nobody_here_can_have_made_is_refused(centre: Ledger, number: str) -> None:
    with pytest.raises(Refused):
        note_receipt(centre, number)


@pytest.mark.parametrize(("device", "seq"), [("", 1), ("7ZK2M4QX", 0), ("7ZK2M4QX", 2**40), ("OOOOOOOO", 1)])
def test_what_no_slip_says_is_refused(centre: Ledger, device: str, seq: int) -> None:
    with pytest.raises(Refused):
        note_slip(centre, device, seq)


def test_a_laptop_of_which_nothing_came_is_there_too(centre: Ledger) -> None:
    note_slip(centre, "7ZK2M4QX", 5)
    first = radar(centre)[0]
    assert (first.device, first.booth, first.documents, first.lacks) == ("7ZK2M4QX", "", 0, 5)


def test_a_paper_of_another_laptop_that_names_a_document_says_that_it_exists(
    till: Ledger, centre: Ledger, tmp_path: Path
) -> None:
    """A refund made elsewhere of a sale that is not here yet."""
    chain = documents(centre)[till.own().code]
    other = [stranger(chain[0])]
    body = {"number": 1, "booth": "S09", "day": "2023-04-14", "cashier": "x", "shift": None, "void": False}
    body |= {
        "reason": "",
        "total": 0,
        "lines": [],
        "payments": [],
        "of": {"device": chain[0].device, "seq": 40},
    }
    other.append(paper(other, "refund", "", **body))
    with closing(open_ledger(forged(tmp_path / "lain.lapak", other))) as ledger, reading(ledger) as source:
        assert copy_chains(source, centre).refused == []
    assert of(centre, till)[:4] == (7, 40, 33, MOMENT.isoformat())
    assert verify(centre, rebuild=True).ok


def stranger(first: Document) -> Document:
    """The first document of another laptop."""
    from tests.sync.test_forks import renamed

    return renamed([first], "ZZZZZZZZ")[0]


def test_a_segment_that_was_lost_is_missing_until_it_comes(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 2)
    awan, target = tmp_path / "awan", tmp_path / "kantor.lapak"
    sync_target(till, str(awan))
    lost = next((awan / "in" / till.own().code).glob("3-4-*"))
    data = lost.read_bytes()
    lost.unlink()
    merged = merge(str(target), [awan])
    assert [(one.booth, one.documents, one.lacks) for one in merged.incomplete] == [("S03", 2, 3)]
    assert "1 stan belum lengkap" in merged.sentence
    with closing(open_ledger(target, read_only=True)) as central:
        assert radar(central)[0].lacks == 3
        assert str(awan) in radar(central)[0].source
    lost.write_bytes(data)
    assert merge(str(target), [awan]).incomplete == ()
