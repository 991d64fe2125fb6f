"""`lapak help`: the manual in the terminal, and as papers to print."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from pos.cli.answer import Answer
from pos.errors import Refused
from pos.manual import Block, HelpPage, Spans, chapters, help_page
from pos.text import _


def manual(args: Namespace) -> Answer:
    """The contents, one page as text, or the quick card and the booklet as PDF."""
    for name in (args.card, args.booklet):
        if name is not None and Path(name).suffix.lower() != ".pdf":
            raise Refused(
                _("'{name}' must end in {ending}; nothing was written.").format(name=name, ending=".pdf")
            )
    if args.card or args.booklet:
        files = list(_printed(args))
        return Answer({"files": files}, files)
    if args.page:
        page = help_page(args.page)
        return Answer({"page": page.name, "title": page.title, "text": page.text}, list(_told(page)))
    lines = [line for chapter in chapters() for line in (chapter.title, *map(_entry, chapter.pages))]
    pages = {name: help_page(name).title for chapter in chapters() for name in chapter.pages}
    return Answer({"pages": pages}, lines)


def _printed(args: Namespace) -> Iterator[str]:
    from pos.receipts.booklet import booklet, quick_card
    from pos.receipts.pdf import write_pdf

    for name, make in ((args.card, quick_card), (args.booklet, booklet)):
        if name is not None:
            write_pdf(make(), Path(name))
            yield str(name)


def _entry(name: str) -> str:
    return f"  {name:<12} {help_page(name).title}"


def _told(page: HelpPage) -> Iterator[str]:
    yield page.title
    for block in page.blocks:
        if block.kind != "picture":
            yield _line(block)


def _line(block: Block) -> str:
    words = _flat(block.spans)
    match block.kind:
        case "heading":
            return f"\n{words}"
        case "step":
            return f"{block.number}. {words}"
        case "point":
            return f"- {words}"
        case "row":
            return f"  {words}: {_flat(block.more)}"
        case _:
            return words


def _flat(spans: Spans) -> str:
    return "".join(span.text for span in spans)
