"""Commands that move and check documents: sync, merge, verify, doctor."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.answer import Answer, refusals
from pos.cli.opened import opened
from pos.cli.progress import progress
from pos.errors import Refused
from pos.money import plain, rupiah
from pos.text import _, ngettext

if TYPE_CHECKING:
    from pos.forks import Fork


def sync(args: Namespace) -> Answer:
    """`lapak sync`: hand over what the target lacks, take what the office has."""
    from pos.carry import sync_target

    with opened(args.ledger) as ledger, progress(_("Documents sent")) as tell:
        done = sync_target(ledger, args.target, tell)
    line = _("{sent} documents sent, {received} received.").format(
        sent=plain(done.sent), received=plain(done.received)
    )
    fields = {
        "sent": done.sent,
        "received": done.received,
        "heads": done.heads,
        "refused": refusals(done.refused),
    }
    notes = [bad.message for bad in done.refused]
    return Answer(fields, [line], notes, exit_code=1 if done.refused else 0)


def merge(args: Namespace) -> Answer:
    """`lapak merge`: many files into one central ledger."""
    from pos.merge import merge as merge_files

    with progress(_("Documents merged")) as tell:
        done = merge_files(
            args.target, [Path(source) for source in args.source], dry_run=args.dry_run, progress=tell
        )
    tried = [_("Tried only; nothing was changed.")] if args.dry_run else []
    gap = _("{device}: documents {first} to {last} are missing.")
    notes = [
        *(str(error) for error in done.unread),
        *(bad.message for bad in done.refused),
        *(gap.format(device=device, first=first, last=last) for device, first, last in done.missing),
    ]
    fields = {
        "files": done.files,
        "documents": done.documents,
        "new": done.new,
        "known": done.known,
        "refused": refusals(done.refused),
        "missing": [{"device": device, "first": first, "last": last} for device, first, last in done.missing],
        "unread": [str(error) for error in done.unread],
        "left": done.left,
        "quarantined": done.aside,
        "incomplete": [
            {"device": one.device, "booth": one.booth, "documents": one.documents, "missing": one.lacks}
            for one in done.incomplete
        ],
        "sources": [
            {"file": str(one.path), "new": one.new, "known": one.known, "left": one.left}
            for one in done.sources
        ],
    }
    return Answer(fields, [f"{done.sentence}.", *tried], notes, exit_code=1 if notes else 0)


def split(args: Namespace) -> Answer:
    """`lapak split`: which chains have two histories; with DEVICE the second becomes a device of its own."""
    from pos.carry import changing
    from pos.forks import forks
    from pos.forks import split as split_off

    with changing(args.target) as central:
        found = forks(central)
        if args.device is None:
            return Answer(
                {"forks": [_fork_fields(fork) for fork in found]}, [_fork_line(one) for one in found]
            )
        wanted = args.device.strip().upper()
        mine = [fork for fork in found if wanted in (fork.device, fork.booth)]
        if not mine:
            raise Refused(_("'{device}' has no second history here.").format(device=args.device[:40]))
        done = [split_off(central, fork) for fork in mine]
    said = _("{name} is a device of its own now: {device}, {documents} documents.")
    fields = [
        {"device": one.device, "booth": one.booth, "name": one.name}
        | {"documents": one.documents, "repeated": one.repeated}
        for one in done
    ]
    lines = [said.format(name=one.name, device=one.device, documents=plain(one.documents)) for one in done]
    return Answer({"split": fields}, lines)


def seen(args: Namespace) -> Answer:
    """`lapak seen`: note what a hand-over slip or a receipt says to exist, for `report radar`."""
    from pos.carry import changing
    from pos.radar import note_receipt, note_slip, radar

    with changing(args.target) as central:
        if args.seq is None:
            noted = note_receipt(central, args.what)
        else:
            noted = note_slip(central, args.what, args.seq)
        blip = next(one for one in radar(central) if one.device == noted.device)
    line = _("{device} {name}: {documents} documents are here, at least {lacks} are missing.")
    told = line.format(
        device=blip.device, name=blip.name, documents=plain(blip.documents), lacks=plain(blip.lacks)
    )
    fields = {"device": blip.device, "booth": blip.booth, "documents": blip.documents, "missing": blip.lacks}
    return Answer(fields, [told.replace("  ", " ")], exit_code=1 if blip.lacks else 0)


def _fork_fields(fork: Fork) -> dict[str, object]:
    sides = {
        name: {"documents": side.documents, "sales": side.sales, "total": side.total}
        for name, side in (("first", fork.ours), ("second", fork.theirs))
    }
    words = {"device": fork.device, "booth": fork.booth, "name": fork.name, "becomes": fork.second}
    return words | {"seq": fork.seq, "since": fork.since, "in_both": fork.both} | sides


def _fork_line(fork: Fork) -> str:
    line = _("{name} ({device}) has two histories since {since}: {ours} and {theirs} documents, {a} and {b}.")
    return line.format(
        name=fork.name,
        device=fork.device,
        since=fork.since,
        ours=plain(fork.ours.documents),
        theirs=plain(fork.theirs.documents),
        a=rupiah(fork.ours.total),
        b=rupiah(fork.theirs.total),
    )


def init(args: Namespace) -> Answer:
    """`lapak central init`: make a central database and the logins that use it."""
    from pos.central import prepare_central

    made = prepare_central(args.url, args.booth, args.office)
    lines = [
        _("The database is ready for {booth} and {office}.").format(booth=args.booth, office=args.office)
    ]
    if made.passwords:
        lines.append(
            _("The passwords of {logins} lie in {file}; give each booth its line of it.").format(
                logins=", ".join(made.new), file=made.passwords
            )
        )
    fields = {"booth": args.booth, "office": args.office, "new": list(made.new)}
    return Answer(fields | {"passwords": str(made.passwords) if made.passwords else None}, lines)


def discard(args: Namespace) -> Answer:
    """`lapak central discard`: empty the inbox of what one laptop handed in."""
    from pos.inbox import discard as discard_of
    from pos.ledger import open_target

    ledger = open_target(args.url)
    try:
        count = discard_of(ledger, args.device)
    finally:
        ledger.close()
    line = ngettext("{count} document thrown away.", "{count} documents thrown away.", count)
    return Answer({"discarded": count}, [line.format(count=plain(count))])


def verify(args: Namespace) -> Answer:
    """`lapak verify`: read every document again; exit code 1 when one is not what it was."""
    from pos.verify import verify as verify_ledger

    with opened(args.ledger, only_journal=not args.rebuild) as ledger, progress(_("Verified")) as tell:
        found = verify_ledger(ledger, rebuild=args.rebuild, progress=tell)
    counted = ngettext("{count} document read.", "{count} documents read.", found.documents)
    lines = [counted.format(count=plain(found.documents))]
    lines += [
        f"{found.booths.get(device, '?'):6} {device} {plain(seq):>9} {digest}"
        for device, (seq, digest) in found.heads.items()
    ]
    lines.append(_("Everything is as it was written.") if found.ok else _("Something is wrong."))
    fields = {
        "ok": found.ok,
        "documents": found.documents,
        "devices": [
            {"device": device, "booth": found.booths.get(device, ""), "seq": seq, "hash": digest}
            for device, (seq, digest) in found.heads.items()
        ],
        "problems": [
            {"device": problem.device, "seq": problem.seq, "why": problem.why} for problem in found.problems
        ],
    }
    notes = [problem.message for problem in found.problems]
    return Answer(fields, lines, notes, exit_code=0 if found.ok else 1)


def doctor(args: Namespace) -> Answer:
    """`lapak doctor`: every rule that must hold of the books; exit code 1 when one does not."""
    from pos.doctor import check_names, examine

    with opened(args.ledger, only_reading=True) as ledger:
        findings = examine(ledger)
    names = check_names()
    lines = [" ".join(("✓" if one.ok else "✗", names[one.name], one.detail)).strip() for one in findings]
    ok = all(one.ok for one in findings)
    checks = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in findings]
    return Answer({"ok": ok, "checks": checks}, lines, exit_code=0 if ok else 1)
