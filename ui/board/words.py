"""What the board says: of a cell, of a streak, of the day, of how far its data reaches."""

from __future__ import annotations

from pos.money import rupiah
from pos.reports.board import Board, Line, Mark
from pos.reports.red_days import holiday, is_peak
from pos.text import _, clock_time, long_date, ngettext, short_date

NO_DAY = (Mark.CLOSED, Mark.ABSENT)  # that nobody was to sell on


def cell_words(board: Board, line: Line, place: int) -> str:
    """What one cell stands for, in a few words."""
    mark, amount = line.marks[place], line.sold[place]
    if amount is not None and board.days[place] in board.hidden:
        return _("sold")
    if amount is not None:
        return _("sold for {amount}").format(amount=rupiah(amount))
    if mark is Mark.CLOSED:
        return _("closed: {reason}").format(reason=line.closed[board.days[place]])
    return {
        Mark.MISSED: _("nothing sold"),
        Mark.WAITING: _("not sold yet"),
        Mark.AHEAD: _("still to come"),
        Mark.ABSENT: _("had not joined yet"),
    }[mark]


def told_cell(board: Board, line: Line, place: int) -> str:
    """The whole of it, read out."""
    return ", ".join((line.unit.short, told_day(board, place), cell_words(board, line, place)))


def told_day(board: Board, place: int) -> str:
    """A day with what is special about it."""
    day = board.days[place]
    what = [holiday(day)] if holiday(day) else []
    if is_peak(day):
        what.append(_("Hari Bhakti Pemasyarakatan"))
    if place == board.place:
        what.append(_("today"))
    return f"{short_date(day)} ({', '.join(what)})" if what else short_date(day)


def streak_words(line: Line) -> str:
    """How many days on end, or that there are none."""
    if line.streak:
        said = ngettext("{count} day on end", "{count} days on end", line.streak)
        return said.format(count=line.streak)
    return _("no streak")


def first_day(line: Line) -> bool:
    """Whether nobody could have sold before today."""
    return all(mark in NO_DAY for mark in line.marks[: line.marks.index(Mark.WAITING)])


def threat_words(line: Line) -> str:
    """What is lost if nothing is sold today."""
    if not line.threatened:
        if first_day(line):
            return _("First day")
        if line.marks[line.marks.index(Mark.WAITING) - 1] is Mark.MISSED:
            return _("Nothing sold the day before either")
        return _("Nothing sold on the last open day either")
    said = ngettext(
        "Streak of {count} day about to break", "Streak of {count} days about to break", line.threatened
    )
    return said.format(count=line.threatened)


def subtitle(board: Board, *, programme: bool = True) -> str:
    """The programme, the day of the exhibition, and up to when the data of how many booths is here."""
    words = [_("One Day One Prison’s Product")] if programme else []
    if board.number:
        words.append(_("day {number} of {days}").format(number=board.number, days=board.of))
    elif board.days and board.today < board.days[0]:
        words.append(_("begins {day}").format(day=short_date(board.days[0])))
    elif board.days:
        words.append(_("the exhibition is over"))
    if board.until is not None:
        said = ngettext(
            "data of {count} booth up to {when}", "data of {count} booths up to {when}", board.booths
        )
        words.append(said.format(count=board.booths, when=moment(board)))
    return " · ".join(words)


def moment(board: Board) -> str:
    """Up to when all data is here: only the time where that is today."""
    until = board.until
    if until is None:
        return ""
    if until.date() == board.today:
        return clock_time(until)
    return f"{short_date(until.date()).partition(', ')[2]} {clock_time(until)}"


def headline(board: Board) -> str:
    """`14 dari 20 UPT`."""
    return _("{sold} of {all} UPT").format(sold=board.sold_today, all=len(board.lines))


def state_of_day(board: Board) -> str:
    """What the headline counts: today's, or why nothing is counted."""
    if board.place is None:
        return _("no day of the exhibition")
    if board.today in board.closed:
        return _("closed: {reason}").format(reason=board.closed[board.today])
    return _("have sold today")


def all_of(board: Board) -> str:
    """The board in one sentence for those who hear it read."""
    return f"{long_date(board.today)}: {headline(board)} {state_of_day(board)}"
