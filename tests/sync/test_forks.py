"""Two histories of one chain: both are kept, the second becomes a device of its own, all counts once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos import journal, quarantine
from pos.body import canonical, decoded
from pos.carry import carry, sync_target
from pos.checkout import checkout
from pos.clock import stopped_at
from pos.doctor import examine
from pos.errors import Refused, WorldFailed
from pos.forks import Fork, differences, forks, split
from pos.journal import digest
from pos.ledger import Ledger, devices, open_ledger, open_target
from pos.merge import merge
from pos.model import GENESIS, By, Document, Fields, Staff
from pos.offices import begin_office
from pos.payments import settle
from pos.refunds import void
from pos.reports import Period, run_report
from pos.settlements import settlements_of
from pos.settling import settle as settle_with
from tests import plain_sums
from tests.books import DAY, MOMENT, cart_of, derived, documents, end_shift, next_shift, sell, shift_of
from tests.sync.conftest import Copy
from tests.sync.world import altered, central, forged, take

KANTOR = By(Staff("kanwil", "Kepala Kantor", "kantor"))


def twins(copy: Copy) -> tuple[Ledger, Ledger]:
    """A booth that sold four more, and its clone that sold two more."""
    one, clone = copy("S01"), copy("S01")
    for items in ({"PECI": 1}, {"NASTAR-500": 1}, {"SEMPRONG": 2}, {"HAMPERS": 1}):
        sell(one, items)
    sell(clone, {"PUTRI-500": 1})
    sell(clone, {"HAMPERS": 1, "PECI": 2}, "qris")
    return one, clone


def figures(ledger: Ledger) -> dict[str, object]:
    """What an officer signs, whatever the laptops are called."""
    names = ("totals", "days", "institutions", "products", "payments", "categories", "hours")
    return {name: run_report(ledger, name, Period()).rows for name in names}


def only_fork(ledger: Ledger) -> Fork:
    (fork,) = forks(ledger)
    return fork


def split_all(ledger: Ledger) -> None:
    """As an officer would, until nothing is left."""
    while waiting := forks(ledger):
        split(ledger, waiting[0])


def truth(tmp_path: Path, *parts: tuple[Ledger, int]) -> dict[str, object]:
    """The figures of all documents behind a seq of each ledger, as if each had been a laptop of its own."""
    with closing(central(tmp_path / "benar.lapak")) as ledger:
        for n, (source, after) in enumerate(parts):
            chain = documents(source)[source.own().code]
            kept = [doc for doc in chain if doc.seq == 1 or doc.seq > after]
            take(forged(tmp_path / f"benar{n}.lapak", renamed(kept, f"{n}{'0' * 7}")), ledger)
        return figures(ledger)


def renamed(chain: Sequence[Document], code: str) -> list[Document]:
    """The documents under another device code, one behind the other."""
    made: list[Document] = []
    for seq, doc in enumerate(chain, 1):
        fields = decoded(doc.body) | {"device": code, "seq": seq, "prev": made[-1].hash if made else GENESIS}
        text = canonical(fields)
        made.append(Document(code, seq, doc.kind, doc.at, digest(text), text))
    return made


def sound(ledger: Ledger) -> None:
    """The books hold, and are what their documents say."""
    live = derived(ledger)
    assert [one for one in examine(ledger) if not one.ok] == []
    with ledger.write() as conn:
        journal.rebuild(conn, chunk=3)
    assert derived(ledger) == live
    assert plain_sums.hold(ledger)


def test_a_second_history_is_kept_and_told(copy: Copy, pusat: Ledger) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    before = documents(pusat), derived(pusat)
    copied = take(clone, pusat)
    assert [(fault.device, fault.seq) for fault in copied.refused] == [(one.own().code, 13)]
    assert (copied.taken, copied.known, copied.left, copied.aside) == (0, 12, 2, 2)
    assert (documents(pusat), derived(pusat)) == before
    fork = only_fork(pusat)
    assert (fork.device, fork.booth, fork.seq, fork.letter) == (one.own().code, "S01", 13, "B")
    assert (fork.ours.documents, fork.ours.sales, fork.ours.total) == (4, 4, 345_000)
    assert (fork.theirs.documents, fork.theirs.sales, fork.theirs.total) == (2, 2, 330_000)
    assert (fork.second, fork.both) == ("Stan S01-B", 0)
    assert (take(clone, pusat).aside, len(forks(pusat))) == (0, 1)


def test_split_off_it_counts_and_nothing_of_the_first_changes(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    take(clone, pusat)
    first = documents(pusat)[one.own().code]
    made = split(pusat, only_fork(pusat))
    assert (made.booth, made.name, made.documents, made.repeated) == ("S01B", "Stan S01-B", 2, 0)
    assert forks(pusat) == ()
    chains = documents(pusat)
    assert chains[one.own().code] == first
    assert [doc.kind for doc in chains[made.device]] == ["device", "sale", "sale"]
    assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12))
    sound(pusat)


def test_a_restated_document_that_says_something_else_is_refused(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    take(clone, pusat)
    made = split(pusat, only_fork(pusat))
    chain = documents(pusat)[made.device]

    def dearer(fields: Fields) -> None:
        fields["lines"][0]["name"] = "Emas"

    bad = forged(tmp_path / "asing.lapak", altered(chain, 2, dearer))
    with closing(central(tmp_path / "lain.lapak")) as other:
        assert [fault.seq for fault in take(bad, other).refused] == [2]


def test_what_the_clone_sells_later_follows_by_itself(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    take(clone, pusat)
    split(pusat, only_fork(pusat))
    sell(clone, {"KOPI-GRAM": 500})
    sell(one, {"KOPI-GRAM": 100})
    assert take(one, pusat).refused == []
    copied = take(clone, pusat)
    assert (copied.taken, copied.refused, copied.left) == (1, [], 0)
    again = take(clone, pusat)
    assert (again.taken, again.known, again.refused) == (0, 15, [])
    assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12))
    sound(pusat)


def test_two_offices_that_split_the_same_have_the_same_documents(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = twins(copy)
    with closing(central(tmp_path / "lain.lapak")) as other:
        for office in (pusat, other):
            take(one, office)
            take(clone, office)
            split(office, only_fork(office))
        assert documents(pusat) == documents(other)
        assert derived(pusat) == derived(other)


def test_two_offices_that_met_them_the_other_way_round_count_the_same(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = twins(copy)
    with closing(central(tmp_path / "lain.lapak")) as other:
        for office, order in ((pusat, (one, clone)), (other, (clone, one))):
            for ledger in order:
                take(ledger, office)
            split(office, only_fork(office))
        for _time in range(2):
            assert take(pusat, other).refused == []
            assert take(other, pusat).refused == []
        right = truth(tmp_path, (one, 1), (clone, 12))
        assert figures(pusat) == right
        assert figures(other) == right
        sound(pusat)
        sound(other)


@pytest.mark.parametrize("late", [False, True])
def test_a_cart_sold_on_both_sides_counts_once(copy: Copy, pusat: Ledger, tmp_path: Path, late: bool) -> None:
    """The cart lay open when the laptop was cloned; `late`: the first side sells it after the split."""
    one, clone = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    cart = cart_of(one, {"HAMPERS": 1, "NASTAR-500": 2})

    def ring_up(ledger: Ledger) -> None:
        checkout(ledger, cart, [settle("cash", cart.total, cart.total)], shift_of(ledger), "rina")

    sell(clone, {"SEMPRONG": 1})
    ring_up(clone)
    if not late:
        ring_up(one)
    take(one, pusat)
    take(clone, pusat)
    fork = only_fork(pusat)
    assert fork.both == (0 if late else 1)
    made = split(pusat, fork)
    assert made.repeated == (0 if late else 1)
    if late:
        ring_up(one)
        take(one, pusat)
    with closing(central(tmp_path / "satu.lapak")) as once:
        take(one, once)
        sold = run_report(once, "totals", Period()).totals["total"] + 30_000
    assert run_report(pusat, "totals", Period()).totals["total"] == sold
    sound(pusat)


def test_returns_and_closings_of_the_second_history_stay_in_it(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    sold = sell(clone, {"PECI": 2})
    void(clone, sold, shift_of(clone), "sari", "Salah barang")
    end_shift(clone)
    sell(clone, {"SEMPRONG": 1})
    end_shift(clone)
    take(one, pusat)
    take(clone, pusat)
    made = split(pusat, only_fork(pusat))
    back = derived(pusat)["refund"]
    assert [row[8:10] for row in back] == [(made.device, 2)]
    with closing(central(tmp_path / "satu.lapak")) as first:
        take(one, first)
        right = run_report(first, "totals", Period()).totals["total"] + 30_000
    assert run_report(pusat, "totals", Period()).totals["total"] == right
    run_report(pusat, "shifts", Period())
    sound(pusat)


def test_closings_and_sheets_of_the_second_history_keep_the_one_figure(copy: Copy, pusat: Ledger) -> None:
    """Both laptops close the shift that was open when they parted, work another day, and settle: the second
    one's sheet counts what both had before, too. The office's next sheets set that right.
    """
    one, clone = twins(copy)
    by = By(Staff("sari", "Sari", "petugas"))
    settle_with(clone, "LPP-PLG", "Yuliana", by)
    for number, ledger in enumerate((one, clone), 1):
        end_shift(ledger)
        ledger.clock = stopped_at(MOMENT + timedelta(days=1))
        next_shift(ledger, "rina", DAY + timedelta(days=1))
        sell(ledger, {"PECI": number, "NASTAR-500": number})
        settle_with(ledger, "LP1-PLG", "Kasubsi", by)
        sell(ledger, {"PECI": 1})
        end_shift(ledger)
    for ledger in (one, clone):
        take(ledger, pusat)
    split(pusat, only_fork(pusat))
    shifts = run_report(pusat, "shifts", Period())
    assert shifts.totals["deviation"] == 0
    for period in (Period(), Period(DAY, DAY), Period(DAY + timedelta(days=1), DAY + timedelta(days=1))):
        assert run_report(pusat, "reconcile", period).totals == {"difference": 0}
    begin_office(pusat)
    sold = run_report(pusat, "settlement", Period())
    column = [one.key for one in sold.columns].index("total")
    for unit in ("LPP-PLG", "LP1-PLG"):
        settle_with(pusat, unit, "Yuliana", KANTOR)
        sheets = sum(sheet.money.turnover for sheet in settlements_of(pusat, unit))
        assert sheets == next(row for row in sold.rows if row[0] == unit)[column]
    assert run_report(pusat, "reconcile", Period()).totals == {"difference": 0}
    sound(pusat)


def test_a_clone_of_the_clone_is_split_off_from_it(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    one, clone = twins(copy)
    third = open_ledger(shutil.copyfile(closed(clone), tmp_path / "tiga.lapak"), stopped_at(MOMENT))
    clone = open_ledger(tmp_path / "klon.lapak", stopped_at(MOMENT))
    with closing(third), closing(clone):
        sell(clone, {"PECI": 1})
        sell(third, {"SEMPRONG": 4})
        sell(third, {"SEMPRONG": 1})
        for ledger in (one, clone, third):
            take(ledger, pusat)
        split_all(pusat)
        assert sorted(booth for booth in booths(pusat)) == ["S01", "S01B", "S01C"]
        assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12), (third, 14))
        for ledger in (third, clone, one):
            assert take(ledger, pusat).refused == []
        sound(pusat)


def closed(ledger: Ledger) -> Path:
    """The file of a ledger that is closed now, under a name of its own."""
    ledger.close()
    assert ledger.path
    return ledger.path.rename(ledger.path.with_name("klon.lapak"))


def booths(ledger: Ledger) -> list[str]:
    with ledger.read() as conn:
        return [device.booth for device in devices(conn).values()]


def test_the_office_hears_of_it_through_the_stick(copy: Copy, stick: Path, tmp_path: Path) -> None:
    """Both laptops carry to one stick; the office merges it, and again after it was split off there."""
    one, clone = twins(copy)
    carry(one, stick)
    assert [fault.seq for fault in carry(clone, stick).refused] == [13]
    office = tmp_path / "kantor.lapak"
    merge(str(office), [stick])
    with closing(open_ledger(office)) as ledger:
        split(ledger, only_fork(ledger))
        assert figures(ledger) == truth(tmp_path, (one, 1), (clone, 12))
    merged = merge(str(office), [stick, path_of(one), path_of(clone)])
    assert (merged.new, merged.refused) == (0, [])


def test_the_office_hears_of_it_through_a_folder(copy: Copy, tmp_path: Path) -> None:
    one, clone = twins(copy)
    awan = tmp_path / "awan"
    for ledger in (one, clone):
        sync_target(ledger, str(awan))
    sell(clone, {"PECI": 1})
    sync_target(clone, str(awan))
    assert sync_target(clone, str(awan)).sent == 0
    office = tmp_path / "kantor.lapak"
    merge(str(office), [awan])
    with closing(open_ledger(office)) as ledger:
        split(ledger, only_fork(ledger))
        assert figures(ledger) == truth(tmp_path, (one, 1), (clone, 12))
    assert merge(str(office), [awan]).new == 0


def test_a_database_keeps_and_splits_the_same(copy: Copy, pusat: Ledger, postgres_url: str) -> None:
    one, clone = twins(copy)
    with closing(open_target(postgres_url)) as server:
        for office in (pusat, server):
            take(one, office)
            take(clone, office)
            split(office, only_fork(office))
        assert documents(server) == documents(pusat)
        assert derived(server) == derived(pusat)
        assert plain_sums.hold(server)


def test_both_sides_are_shown(copy: Copy, pusat: Ledger) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    take(clone, pusat)
    table = differences(pusat, only_fork(pusat))
    assert [row[0] for row in table.rows] == [13, 14, 15, 16]
    assert [row[4] for row in table.rows] == [50_000, 65_000, 60_000, 170_000]
    assert [row[9] for row in table.rows] == [60_000, 270_000, None, None]


def test_a_split_that_fails_leaves_all_as_it_was(
    copy: Copy, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    take(clone, pusat)
    fork, before = only_fork(pusat), documents(pusat)

    def torn(*_what: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as world:
        world.setattr("pos.repeats.settle", torn)
        with pytest.raises(WorldFailed, match="Input"):
            split(pusat, fork)
    assert (documents(pusat), only_fork(pusat)) == (before, fork)
    split(pusat, fork)
    with pytest.raises(Refused, match="no second history"):
        split(pusat, fork)


def test_a_refused_document_is_kept_to_be_shown(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    one = copy("S01")
    bad = altered(documents(one)[one.own().code], 8, lambda fields: fields.update(total=1))
    take(one, pusat)
    with closing(central(tmp_path / "lain.lapak")) as other:
        for _time in range(2):
            take(forged(tmp_path / f"asing{_time}.lapak", bad), other)
        with other.read() as conn:
            (row,) = quarantine.aside(conn)
        assert (row.device, row.seq, row.parts_at) == (one.own().code, 8, 0)
        assert "do not add up" in row.why
        assert row.body == bad[7].body


def path_of(ledger: Ledger) -> Path:
    assert ledger.path
    return ledger.path
