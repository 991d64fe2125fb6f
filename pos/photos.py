"""Product photos come in with the price list: what its `image` column names is copied from beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pos.errors import Refused, UserError
from pos.faults import file_fault
from pos.fresh import fresh_file
from pos.paths import photo_path, resource
from pos.text import _

MAX_BYTES = 20_000_000  # of one photo
_SHOWN = 5  # names in one warning


def bring_photos(images: Iterable[str], folder: Path, *, dry_run: bool = False) -> tuple[str, ...]:
    """Copy the photos among `images` from `folder` to home(), where the till looks for them.

    Returns what to warn of: a picture that is missing, or is none, holds up no price list. One that was
    brought before need not lie there again. With `dry_run` they are only looked at.
    """
    missing, unfit, failed = [], [], []
    for image in dict.fromkeys(images):
        if not image or resource(f"illustrations/{image}.svg").is_file():
            continue
        try:
            data = _photo(folder / image)
            if data is None and not photo_path(image).is_file():
                missing.append(image)
            elif data == b"":
                unfit.append(image)
            elif data and not dry_run:
                _keep(data, photo_path(image))
        except UserError as error:
            failed.append(f"{image} ({error.message})")
    nothing = _("Another picture stands in its place.")
    return tuple(
        f"{text.format(names=_few(names), most=MAX_BYTES // 1_000_000)} {nothing}"
        for text, names in (
            (_("Not found beside the price list: {names}."), missing),
            (_("No JPEG, PNG or WebP picture of at most {most} MB: {names}."), unfit),
            (_("Not copied: {names}."), failed),
        )
        if names
    )


def keep_photo(path: Path) -> str:
    """Bring one photo home under a name of its own, which a card can bear; the same photo has the same name.

    Raises Refused for what is no picture or too large, WorldFailed when the disk does not give or take it.
    """
    data = _photo(path)
    if data is None:
        raise Refused(_("There is no file {name}.").format(name=path.name))
    if not data:
        raise Refused(
            _("{name} is no JPEG, PNG or WebP picture of at most {most} MB.").format(
                name=path.name[:60], most=MAX_BYTES // 1_000_000
            ),
            _("The former picture stays. Choose another one."),
        )
    name = f"foto-{hashlib.sha256(data).hexdigest()[:16]}.{picture_format(data[:12])}"
    _keep(data, photo_path(name))
    return name


def _photo(path: Path) -> bytes | None:
    """What is in the photo; nothing when it is too large or no picture, None when there is no such file.

    Raises WorldFailed when the disk does not give it.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(12)
            data = head + file.read(MAX_BYTES) if picture_format(head) else b""
    except OSError as error:
        raise file_fault(path.name, error) from error
    return data if len(data) <= MAX_BYTES else b""


def picture_format(head: bytes) -> str:
    """`jpeg`, `png` or `webp` by the first 12 bytes of a file; empty when it is none of them."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "jpeg" if head.startswith(b"\xff\xd8\xff") else ""


def _keep(data: bytes, path: Path) -> None:
    """Write it, unless it is there already: a photo of another time would be scaled again."""
    try:
        same = path.is_file() and path.read_bytes() == data
    except OSError as error:
        raise file_fault(path.name, error) from error
    if not same:
        with fresh_file(path) as draft:
            draft.write_bytes(data)


def _few(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (_(" and {count} more").format(count=more) if more > 0 else "")
