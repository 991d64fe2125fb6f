"""The words of the page and of the status bar: what waits, how far it is, when something was done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos.money import plain, rupiah
from pos.text import _, clock_time, ngettext, short_date

if TYPE_CHECKING:  # the status bar is there before the ledger's modules
    from pos.course import View
    from pos.handed import Waiting
    from pos.submit import Submitted

KB, MB, GB = 1000, 1000**2, 1000**3  # as disks and their makers count


def waiting_short(found: Waiting, now: datetime, *, with_money: bool = True) -> tuple[str, ...]:
    """`7 dokumen menunggu · Rp445.000 · sejak 13.40`, and shorter ones for where there is less room.

    Without money for whom the reports are not: it may be all that the day has brought (pos/reports/blind.py).
    """
    if not found.documents:
        if not found.last:
            return ()
        return (_("All handed over · {time}").format(time=when(found.last, now)), _("All handed over"))
    count = ngettext("{count} document waiting", "{count} documents waiting", found.documents)
    said = count.format(count=plain(found.documents))
    money = f" · {rupiah(found.money)}" if found.money and with_money else ""
    since = " · " + _("since {time}").format(time=when(found.since, now))
    brief = _("{count} waiting").format(count=plain(found.documents))
    return tuple(dict.fromkeys((said + money + since, said + money, brief + money, brief)))


def when(moment: datetime | None, now: datetime) -> str:
    """`13.40` of today, `Kemarin`, `12 Apr 16.20`; a dash for never."""
    if moment is None:
        return "–"
    days = (now.date() - moment.date()).days
    if days == 0:
        return clock_time(moment)
    if days == 1:
        return _("Yesterday")
    day = short_date(moment.date()).split(", ")[-1].rsplit(" ", 1)[0]
    return f"{day} {clock_time(moment)}"


def ago(moment: datetime, now: datetime) -> str:
    """`5 jam lalu`, `Kemarin`, `3 hari lalu`."""
    spent, days = now - moment, (now.date() - moment.date()).days
    if days > 1:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    if days == 1 and spent > timedelta(hours=12):
        return _("Yesterday")
    hours = max(int(spent.total_seconds() // 3600), 1)
    return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)


def step_names() -> dict[str, str]:
    """What each step of pos.course.STEPS is called."""
    return {
        "read": _("Read the file"),
        "check": _("Check the chains"),
        "merge": _("Merge"),
        "match": _("Compare the sums"),
        "keep": _("Keep"),
    }


def progress_words(view: View) -> str:
    """`1.284 dari 2.071 dokumen · kira-kira 20 detik lagi · kasir tetap bisa berjualan`."""
    parts = []
    if view.total > 1 and view.step in ("check", "merge", "match"):
        done = _("{done} of {total} documents")
        parts.append(done.format(done=plain(min(view.done, view.total)), total=plain(view.total)))
    if view.paused:
        parts.append(_("paused"))
    elif view.left_s is not None:
        parts.append(_left(view.left_s))
    return " · ".join([*parts, _("the till goes on selling")])


def _left(seconds: int) -> str:
    if seconds < 60:
        return ngettext("about {count} second left", "about {count} seconds left", seconds).format(
            count=seconds
        )
    minutes = -(-seconds // 60)
    return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(count=minutes)


def shortened(name: str, most: int = 60) -> str:
    """A name without its middle, where it is longer than `most` characters."""
    return name if len(name) <= most else f"{name[: most // 2]}…{name[-most // 2 :]}"


def size_words(size: int) -> str:
    """`41 MB`, `118 GB`."""
    if size >= 10 * GB:
        return f"{plain(size // GB)}\u00a0GB"
    if size >= MB:
        return f"{plain(size // MB)}\u00a0MB"
    return f"{plain(-(-size // KB))}\u00a0kB"


def done_words(done: Submitted) -> str:
    """What a hand-over brought: `7 dokumen disetor. Diterima: 3 harga baru`."""
    from pos.news import news_text

    count = ngettext("{count} document handed over", "{count} documents handed over", done.sent)
    said = count.format(count=plain(done.sent)) if done.sent else _("Everything was there already")
    return ". ".join(part for part in (said, news_text(done.news)) if part)
