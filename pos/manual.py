"""The manual: short pages of resources/help, one task a page, in both languages.

A page is Markdown, of which it uses a few things only, so that screen and paper show all of it: one title,
headings, paragraphs, numbered steps, points, notes (`>`), tables of two columns, pictures, `---` before the
next side; within a line words of the screen (`**Uang pas**`), keys and commands (`` `F10` ``) and links to
other pages (`[scan](scan.md)`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from pos.errors import Refused
from pos.paths import resource
from pos.text import _, fold, language

Style: TypeAlias = Literal["", "screen", "key", "link"]
Kind: TypeAlias = Literal["heading", "text", "step", "point", "note", "head", "row", "picture", "turn"]

CARD = "card"  # the page that is printed as the quick card and stands in no chapter
_SCREEN_ONLY = {"commands", "report-list"}  # looked up where they are used
FIRST = "start"  # the page for whoever has only just come
_INLINE = re.compile(
    r"\*\*(?P<screen>[^*]+)\*\*|`(?P<key>[^`]+)`|\[(?P<link>[^\]]+)\]\((?P<page>[\w-]+)\.md\)"
)
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]+)\]\((?P<file>[\w-]+\.png)\)")
_LINE = re.compile(r"(?P<heading>## )|(?P<step>(?P<number>\d+)\. )|(?P<point>- )|(?P<note>> )|(?P<row>\| )")
_RULE = re.compile(r"\|[|:\- ]+")  # below the head of a table
_STRANGE = re.compile(r"[#+<!|>]|\*(?!\*)|```")  # Markdown that is not used here


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one kind: plain ones, what stands on the screen, a key or a command, a link to `page`."""

    text: str
    style: Style = ""
    page: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page. Of a row, and of the head of a table, `more` is the second cell.

    A picture's `spans` say what is to be seen.
    """

    kind: Kind
    spans: Spans
    more: Spans = ()
    number: int = 0
    picture: str = ""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One task: its name in links, its title, what stands on it."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All its words below the title."""
        return "\n".join("".join(span.text for span in (*one.spans, *one.more)) for one in self.blocks)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages that belong together, by their names."""

    title: str
    pages: tuple[str, ...]


def chapters() -> tuple[Chapter, ...]:
    """The table of contents in the language in use."""
    return (
        Chapter(_("First steps"), (FIRST, "setup", "sign-in")),
        Chapter(_("Selling"), ("sell", "scan", "pay", "discount", "hold", "bundle", "done", "refund")),
        Chapter(_("Shift and cash"), ("open-shift", "cash", "close-shift")),
        Chapter(_("Orders"), ("order", "chat", "hand-over")),
        Chapter(_("Goods"), ("deliveries", "count-stock", "give-back", "goods", "labels")),
        Chapter(_("Data and reports"), ("sync", "board", "reports", "evening")),
        Chapter(_("Regional office"), ("office", "merge", "settlement")),
        Chapter(_("When something is wrong"), ("trouble", "backup", "moving")),
        Chapter(_("Settings"), ("people", "printer", "settings")),
        Chapter(_("To look up"), ("keys", "report-list", "commands", "words")),
    )


def names() -> tuple[str, ...]:
    """Every page of the chapters, in order."""
    return tuple(name for chapter in chapters() for name in chapter.pages)


def on_paper_too() -> tuple[str, ...]:
    """The pages of the booklet: all but what is only looked up."""
    return tuple(name for name in names() if name not in _SCREEN_ONLY)


def help_page(name: str, speech: str = "") -> HelpPage:
    """A page by its name, in the language in use or in `speech`. Raises Refused where there is none."""
    path = resource(f"help/{speech or language()}/{name}.md")
    if not re.fullmatch(r"[\w-]+", name) or not path.is_file():
        raise Refused(
            _("The manual has no page '{name}'.").format(name=name[:40]),
            _("There are: {names}.").format(names=" ".join(names())),
        )
    return _read(path)


def picture_path(file: str, speech: str = "") -> Path:
    """Where a page's picture lies: pictures have words on them, so each language has its own."""
    return resource(f"help/pictures/{speech or language()}/{file}")


def found(words: str) -> list[HelpPage]:
    """The pages with all these words, those first that have them in their title; all for no words."""
    wanted = fold(words).split()
    pages = [help_page(name) for name in names()]
    titled = [one for one in pages if all(word in fold(one.title) for word in wanted)]
    return titled + [
        one for one in pages if one not in titled and _has(fold(f"{one.title} {_flat(one)}"), wanted)
    ]


def parsed(name: str, source: str) -> HelpPage:
    """A page from its Markdown. Raises ValueError, with page and line, for what no reader here knows."""
    title, *rest = source.split("\n")
    if not title.startswith("# "):
        raise ValueError(f"{name}: a page begins with its title")
    return HelpPage(name, title[2:].strip(), tuple(_blocks(name, rest)))


def _has(text: str, wanted: Sequence[str]) -> bool:
    return all(word in text for word in wanted)


def _flat(page: HelpPage) -> str:
    return page.text.replace("\n", " ")


@cache
def _read(path: Path) -> HelpPage:
    return parsed(path.stem, path.read_text(encoding="utf-8"))


def _blocks(name: str, lines: Sequence[str]) -> Iterator[Block]:
    for number, line in enumerate(lines, 2):
        text = line.strip()
        if text == "---":
            yield Block("turn", ())
            continue
        if not text or _RULE.fullmatch(text):
            continue
        if picture := _PICTURE.fullmatch(text):
            yield Block("picture", (Span(picture["alt"]),), picture=picture["file"])
            continue
        begins = _LINE.match(text)
        rest = text[begins.end() :] if begins else text
        if (begins is None and _STRANGE.match(text)) or "](" in _INLINE.sub("", rest):
            raise ValueError(f"{name}, line {number}: {text[:40]}")
        if begins is None:
            yield Block("text", _spans(rest))
        elif begins["row"]:
            first, _bar, second = rest.removesuffix("|").partition(" | ")
            head = _RULE.fullmatch(lines[number - 1].strip()) if number - 1 < len(lines) else None
            yield Block("head" if head else "row", _spans(first.strip()), _spans(second.strip()))
        else:
            kinds: tuple[Kind, ...] = ("heading", "step", "point", "note")
            kind = next(one for one in kinds if begins[one])
            yield Block(kind, _spans(rest), number=int(begins["number"] or 0))


def _spans(text: str) -> Spans:
    done: list[Span] = []
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            done.append(Span(text[end : match.start()]))
        styles: tuple[Style, ...] = ("screen", "key", "link")
        style = next(one for one in styles if match[one])
        done.append(Span(match[style], style, match["page"] or ""))
        end = match.end()
    if end < len(text):
        done.append(Span(text[end:]))
    return tuple(done)
