"""Papers on their way to the printer: a queue of rows, drawn from stored documents, sent by one worker.

A job is put down beside the document it shows, never in its place: whatever a printer does, no sale knows of
it. Each paper's prints are counted, so that one is the original and every other says which copy it is; a job
keeps its copy's number, however often it is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, func, select

from pos.activity import REPRINT, note_on
from pos.clock import new_id
from pos.errors import Refused, UserError
from pos.ledger import Ledger, set_setting_on, setting_on
from pos.local_tables import PRINT_JOB
from pos.model import By
from pos.papers import PaperRef, draw
from pos.printers import Printer, slip_bytes
from pos.receipts.blocks import Slip
from pos.text import _

State: TypeAlias = Literal["waiting", "printing", "printed", "failed", "dropped"]
Send: TypeAlias = Callable[[Printer, bytes], object]

_KEPT = 200  # papers that came out or were given up, for printing them again


@dataclass(frozen=True, slots=True)
class Job:
    """One paper in the queue. `copy` is 0 for the original; `error` says why it is not printed."""

    id: str
    at: datetime
    what: PaperRef
    copy: int
    state: State
    tries: int
    error: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many papers are on their way, and how many did not come out."""

    waiting: int = 0
    failed: int = 0


def next_copy(ledger: Ledger, number: str) -> int:
    """Which copy of a paper would come now. Only the booth's own ledger gives an original, which is 0."""
    if ledger.device is None:
        return 1
    with ledger.read() as conn:
        return _made(conn, number)


def count(ledger: Ledger, numbers: Iterable[str], by: By | None = None) -> dict[str, int]:
    """Count one more print of each paper, in one step; which copy each is, 0 for an original.

    `by` is who prints, for the shift's report.
    """
    if ledger.device is None:
        return dict.fromkeys(numbers, 1)
    with ledger.write() as conn:
        return {number: _count(conn, ledger, number, by) for number in numbers}


def enqueue(ledger: Ledger, what: PaperRef, by: By | None = None) -> Job:
    """Put a paper behind those that wait. It is counted as printed from here on, whatever becomes of it."""
    with ledger.write() as conn:
        copy = _count(conn, ledger, what.number, by)
        row = {"id": new_id(), "at": ledger.clock.now().isoformat(), "paper": what.paper}
        row |= {"number": what.number, "device": what.device, "state": "waiting", "error": ""}
        conn.execute(PRINT_JOB.insert().values(seq=what.seq, copy=copy, tries=0, **row))
        return _job(conn.execute(select(PRINT_JOB).where(PRINT_JOB.c.id == row["id"])).one())


def run_queue(ledger: Ledger, printer: Printer, send: Send) -> list[Job]:
    """Print what waits, oldest first, each paper once; what became of them.

    One that fails is marked so, with the reason, and the next is tried. Only one worker prints at a time.
    Raises nothing that a printer does; WorldFailed when the ledger cannot be written.
    """
    done = []
    while job := _claim(ledger):
        done.append(_print(ledger, printer, job, send))
    return done


def take_up(ledger: Ledger) -> None:
    """After a start: a paper that was being printed when the program ended may have come out, or not.

    Nobody knows but who looks; printed by itself once more it might be an original twice.
    """
    why = _("The program ended while it was being printed. Look whether it came out.")
    with ledger.write() as conn:
        begun = PRINT_JOB.update().where(PRINT_JOB.c.state == "printing")
        conn.execute(begun.values(state="failed", error=why))


def jobs(ledger: Ledger, most: int = 50) -> list[Job]:
    """What is in the queue and what came out of it lately, the newest first; none that were given up."""
    query = select(PRINT_JOB).where(PRINT_JOB.c.state != "dropped")
    with ledger.read() as conn:
        newest = query.order_by(PRINT_JOB.c.at.desc(), PRINT_JOB.c.id.desc()).limit(most)
        return [_job(row) for row in conn.execute(newest)]


def job_of(ledger: Ledger, job: str) -> Job | None:
    """How it stands with one paper, by the id of its job."""
    with ledger.read() as conn:
        row = conn.execute(select(PRINT_JOB).where(PRINT_JOB.c.id == job)).first()
    return _job(row) if row else None


def tally(ledger: Ledger) -> Tally:
    """What has not come out yet."""
    query = select(PRINT_JOB.c.state, func.count()).group_by(PRINT_JOB.c.state)
    with ledger.read() as conn:
        by_state = {row[0]: int(row[1]) for row in conn.execute(query)}
    return Tally(by_state.get("waiting", 0) + by_state.get("printing", 0), by_state.get("failed", 0))


def retry(ledger: Ledger, *ids: str) -> None:
    """Let papers that failed wait once more, all of them when none is named; their copies' numbers stay."""
    again = PRINT_JOB.update().where(PRINT_JOB.c.state == "failed")
    with ledger.write() as conn:
        conn.execute(
            (again.where(PRINT_JOB.c.id.in_(ids)) if ids else again).values(state="waiting", error="")
        )


def drop(ledger: Ledger, job: str) -> None:
    """Give up a paper that waits or failed; it stays counted."""
    waits = PRINT_JOB.c.state.in_(("waiting", "failed"))
    with ledger.write() as conn:
        conn.execute(PRINT_JOB.update().where(PRINT_JOB.c.id == job, waits).values(state="dropped"))


def _print(ledger: Ledger, printer: Printer, job: Job, send: Send) -> Job:
    try:
        paper = draw(ledger, job.what, columns=printer.columns, copy=job.copy)
        if not isinstance(paper, Slip):
            raise Refused(
                _("{number} is no paper for a receipt printer.").format(number=job.what.number),
                _("Save it as a PDF."),
            )
        send(printer, slip_bytes(printer, paper))
    except UserError as error:
        return _finish(ledger, job, "failed", str(error))
    except Exception:
        _finish(ledger, job, "failed", _("Something in the program went wrong."))
        raise
    return _finish(ledger, job, "printed", "")


def _claim(ledger: Ledger) -> Job | None:
    """The oldest paper that waits, unless another worker has one in hand."""
    waiting = select(PRINT_JOB).where(PRINT_JOB.c.state == "waiting")
    with ledger.read() as conn:  # mostly there is none, and nothing need be written
        if conn.execute(waiting.limit(1)).first() is None:
            return None
    with ledger.write() as conn:
        if conn.execute(select(PRINT_JOB.c.id).where(PRINT_JOB.c.state == "printing")).first():
            return None
        row = conn.execute(waiting.order_by(PRINT_JOB.c.at, PRINT_JOB.c.id).limit(1)).first()
        if row is None:
            return None
        mine = PRINT_JOB.update().where(PRINT_JOB.c.id == row.id)
        conn.execute(mine.values(state="printing", tries=row.tries + 1))
        return replace(_job(row), state="printing", tries=row.tries + 1)


def _finish(ledger: Ledger, job: Job, state: State, error: str) -> Job:
    done = PRINT_JOB.c.state.in_(("printed", "dropped"))
    with ledger.write() as conn:
        mine = PRINT_JOB.update().where(PRINT_JOB.c.id == job.id)
        conn.execute(mine.values(state=state, error=error))
        newest = select(PRINT_JOB.c.id).where(done).order_by(PRINT_JOB.c.at.desc(), PRINT_JOB.c.id.desc())
        conn.execute(
            PRINT_JOB.delete().where(done, PRINT_JOB.c.id.not_in(newest.limit(_KEPT).scalar_subquery()))
        )
    return replace(job, state=state, error=error)


def _key(number: str) -> str:
    """The setting that counts how often a paper was made on this laptop."""
    return f"printed:{number}"


def _made(conn: Connection, number: str) -> int:
    return int(setting_on(conn, _key(number)) or 0)


def _count(conn: Connection, ledger: Ledger, number: str, by: By | None) -> int:
    made = _made(conn, number)
    set_setting_on(conn, _key(number), str(made + 1))
    if made:
        note_on(conn, ledger, REPRINT, number, by.who.code if by else "", by.shift if by else None)
    return made


def _job(row: Any) -> Job:
    what = PaperRef(row.paper, row.number, row.device, row.seq)
    return Job(row.id, datetime.fromisoformat(row.at), what, row.copy, row.state, row.tries, row.error)
