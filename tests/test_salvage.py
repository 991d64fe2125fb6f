"""A damaged ledger: every document that can be read is in the new one, none that was changed, none twice."""

from __future__ import annotations

import errno
import json
import random
import shutil
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from pos import journal
from pos.backup import back_up
from pos.carts import held_drafts, keep, note_removals
from pos.chains import reading
from pos.cli import main
from pos.copies import own_folder
from pos.draft import HELD, Draft, removal
from pos.engines import settle
from pos.errors import Refused, UserError, WorldFailed
from pos.identity import remember, settle_identity
from pos.ledger import Ledger, open_ledger
from pos.model import Document
from pos.offices import begin_office
from pos.payments import settle as pay
from pos.salvage import LOCAL, Hole, salvage, salvaged_words
from pos.sync import copy_chains
from pos.verify import verify
from tests.books import MOMENT, booth, busy_day, cart_of, documents, sell, shift_of

PAGE = 4096


@pytest.fixture
def books(till: Ledger) -> tuple[Path, list[Document]]:
    """A day's ledger in one file, and its documents."""
    busy_day(till)
    for _sale in range(60):
        sell(till, {"PECI": 1})
    (chain,) = documents(till).values()
    till.close()
    assert till.path
    settle(till.path)
    return till.path, chain


def page_of(path: Path, doc: Document) -> int:
    """The page that a document's hash stands on."""
    return place_of(path, doc) // PAGE


def place_of(path: Path, doc: Document) -> int:
    """Where its hash begins in the file; the one behind it names the same hash within its body."""
    return path.read_bytes().index(doc.hash.encode() + b"{")


def wreck(path: Path, page: int) -> None:
    """Overwrite a page."""
    content = bytearray(path.read_bytes())
    content[page * PAGE : (page + 1) * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)


def held(path: Path) -> list[Document]:
    """All documents of the booth's former chain, once everything else is seen to be in order."""
    with closing(open_ledger(path)) as ledger:
        assert verify(ledger, rebuild=True).ok
        return next(iter(documents(ledger).values()))


def test_a_hole_in_the_middle_ends_the_chain_and_what_is_behind_lies_beside(
    books: tuple[Path, list[Document]],
) -> None:
    path, chain = books
    wreck(path, page_of(path, chain[40]))
    made = salvage(path)
    (hole,) = made.holes
    assert hole.device == chain[0].device
    assert 30 < hole.seq <= 41
    assert held(path) == chain[: hole.seq - 1]
    assert made.aside
    assert made.left
    left = [json.loads(line) for line in made.left.read_text("utf-8").splitlines()]
    assert len(left) == hole.behind
    assert {(doc["seq"], doc["hash"]) for doc in left} <= {(doc.seq, doc.hash) for doc in chain[hole.seq :]}
    assert hole.seq - 1 + hole.behind > len(chain) - 25  # a page holds a few documents


def test_a_copy_fills_the_hole(books: tuple[Path, list[Document]]) -> None:
    path, chain = books
    back_up(path, own_folder())
    with closing(open_ledger(path)) as ledger:
        sell(ledger, {"PECI": 1})  # only the damaged one knows of it
        (chain,) = documents(ledger).values()
    settle(path)
    wreck(path, page_of(path, chain[40]))
    made = salvage(path)
    assert (made.holes, made.left, made.documents) == ((), None, len(chain))
    assert held(path) == chain


def test_a_changed_byte_does_not_count_as_a_document(books: tuple[Path, list[Document]]) -> None:
    path, chain = books
    content = bytearray(path.read_bytes())
    content[place_of(path, chain[50]) + 80] ^= 1
    path.write_bytes(content)
    made = salvage(path)
    assert [hole.seq for hole in made.holes] == [51]
    assert held(path) == chain[:50]
    assert made.holes[0].behind == len(chain) - 51


@pytest.mark.parametrize("back", [3, 27])
def test_a_changed_byte_beside_the_body_changes_nothing(
    books: tuple[Path, list[Document]], back: int
) -> None:
    """In the time, or in the kind, which the body says too."""
    path, chain = books
    content = bytearray(path.read_bytes())
    content[place_of(path, chain[50]) - back] ^= 1
    path.write_bytes(content)
    made = salvage(path)
    assert (made.holes, made.documents) == ((), len(chain))
    assert held(path) == chain


def test_an_end_that_cannot_be_read_is_told(till: Ledger) -> None:
    busy_day(till)
    (chain,) = documents(till).values()
    remember(till)
    till.close()
    assert till.path
    settle(till.path)
    content = bytearray(till.path.read_bytes())
    content[place_of(till.path, chain[-1]) + 80] ^= 1
    till.path.write_bytes(content)
    made = salvage(till.path)
    assert made.holes == (Hole(chain[0].device, len(chain), 0),)
    assert f"#{len(chain)}" in salvaged_words(made)


def test_what_is_no_document_comes_along(books: tuple[Path, list[Document]]) -> None:
    """Carts put aside, lines taken out of them, papers not printed yet."""
    path, chain = books
    with closing(open_ledger(path)) as ledger:
        cart = cart_of(ledger, {"PECI": 2})
        aside = Draft(cart, MOMENT, name="Ibu Ratna", state=HELD, parts=(pay("qris", 5_000, reference="4"),))
        keep(ledger, aside)
        note_removals(ledger, [removal(cart, cart.lines[0])], "rina", shift_of(ledger))
        kept = local_rows(ledger)
    settle(path)
    wreck(path, page_of(path, chain[40]))
    salvage(path)
    with closing(open_ledger(path)) as ledger:
        assert held_drafts(ledger) == (aside,)
        assert local_rows(ledger) == kept


def local_rows(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    """All that is local to a machine and no setting."""
    with ledger.read() as conn:
        return [[tuple(row) for row in conn.execute(table.select())] for table in LOCAL]


def test_without_its_settings_it_is_still_the_ledger_of_its_booth(books: tuple[Path, list[Document]]) -> None:
    path, chain = books
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'setting'").fetchone()
    wreck(path, root - 1)
    salvage(path)
    with closing(open_ledger(path)) as ledger:
        assert ledger.own().code == chain[0].device


def test_of_the_copies_of_others_only_its_own_chains_are_taken(
    till: Ledger, collector: Ledger, tmp_path: Path
) -> None:
    """The office of this machine knows the booth, too, and all the others."""
    with closing(booth(tmp_path / "lain.lapak", "S07")) as other:
        for ledger in (other, till):
            with reading(ledger) as source:
                copy_chains(source, collector)
    begin_office(collector)
    with reading(collector) as source:
        copy_chains(source, till, for_booth=till.device)
    assert collector.path
    assert till.path
    back_up(collector.path, own_folder())
    chains = documents(till)
    own = till.own()
    till.close()
    settle(till.path)
    wreck(till.path, page_of(till.path, chains[own.code][1]))
    assert salvage(till.path).holes == ()
    with closing(open_ledger(till.path)) as ledger:
        assert ledger.own() == own
        assert documents(ledger) == chains


def test_where_it_fails_at_last_nothing_lies_beside(
    books: tuple[Path, list[Document]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, chain = books
    wreck(path, page_of(path, chain[40]))

    def in_use(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr("pos.restore.set_aside", in_use)
    before = {one: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
    with pytest.raises(WorldFailed):
        salvage(path)
    assert {one: one.read_bytes() for one in path.parent.iterdir() if one.is_file()} == before


def test_who_sells_on_does_so_under_a_new_number(books: tuple[Path, list[Document]]) -> None:
    path, chain = books
    wreck(path, page_of(path, chain[-1]))
    salvage(path)
    with closing(open_ledger(path)) as ledger:
        assert settle_identity(ledger) is not None
        assert ledger.own().code != chain[0].device
        assert ledger.own().booth == "S03"
        sell(ledger, {"PECI": 1})


def test_of_a_file_without_anything_left_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "stan" / "stan.lapak"
    path.parent.mkdir()
    path.write_bytes(b"\xa5" * 100 * PAGE)
    with pytest.raises(Refused, match="Tidak ada yang terbaca"):
        salvage(path)
    assert path.read_bytes() == b"\xa5" * 100 * PAGE
    assert [*path.parent.iterdir()] == [path]


def test_of_a_file_without_anything_left_no_copy_is_believed_to_be_of_it(
    books: tuple[Path, list[Document]], tmp_path: Path
) -> None:
    back_up(books[0], own_folder())
    path = tmp_path / "lain.lapak"
    path.write_bytes(b"\xa5" * 100 * PAGE)
    with pytest.raises(Refused, match="Pulihkan cadangan"):
        salvage(path)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_damaged_nothing_wrong_comes_of_it(books: tuple[Path, list[Document]], seed: int) -> None:
    """Pages overwritten, zeroed, doubled, the end cut off: what comes is a beginning of the chain, or no."""
    path, chain = books
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    pages = len(content) // PAGE
    for _harm in range(chance.randint(1, 6)):
        one, other = (chance.randrange(pages) * PAGE for _side in range(2))
        match chance.randrange(3):
            case 0:
                content[one : one + PAGE] = chance.randbytes(PAGE)
            case 1:
                content[one : one + 512] = bytes(512)
            case _:
                content[one : one + PAGE] = content[other : other + PAGE]
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    path.write_bytes(content)
    before = bytes(content)
    try:
        made = salvage(path)
    except UserError:
        assert path.read_bytes() == before
        return
    assert held(path) == chain[: made.documents]
    assert made.aside
    assert made.aside.read_bytes() == before


def test_the_command_says_what_came_of_it(
    books: tuple[Path, list[Document]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, chain = books
    whole = Path(shutil.copyfile(path, tmp_path / "utuh.lapak"))
    assert main(["rescue", str(whole), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["documents"], told["holes"]) == (len(chain), [])
    wreck(path, page_of(path, chain[40]))
    assert main(["rescue", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Tidak terbaca" in said
    assert ".sisa.jsonl" in said
    assert main(["rescue", str(tmp_path / "tidak-ada.lapak")]) == 2


def test_a_ledger_that_a_program_has_open_is_left_alone(books: tuple[Path, list[Document]]) -> None:
    path, _chain = books
    with (
        closing(open_ledger(path)) as ledger,
        ledger.read() as conn,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other,
    ):
        assert journal.heads(conn)
        assert "terbuka" in other.submit(_refusal, path).result()


def _refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        salvage(path)
    return str(refused.value)
