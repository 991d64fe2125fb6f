"""The manual is whole in both languages: pages, words of the screen, keys, commands, reports, pictures."""

from __future__ import annotations

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cli.grammar import parser
from pos.errors import Refused
from pos.manual import CARD, Block, HelpPage, Span, chapters, found, help_page, names, parsed, picture_path
from pos.paths import resource
from pos.reports import REPORTS
from pos.settings import SETTINGS
from pos.text import LANGUAGES
from tests.texts import catalogue
from ui.keys import KEYS, meanings, place_names, written
from ui.manual.whereabouts import OF_STOCK, OF_TILL
from ui.reports.names import report_names
from ui.screens import OFFICE, SCREENS
from ui.shots.command import describe
from ui.shots.help_pictures import PICTURES
from ui.shots.help_pictures import describe as describe_help

MOST = 4_000_000  # bytes of all pictures
NAMES = {"Lapak", "QRIS", "UPT", "WA", "PDF"}  # on the screen, but in no catalogue
_FIELD = re.compile(r"\{\w*\}")
_LETTERS = re.compile(r"[^\W\d_](?![^{]*\})")  # outside fields


def pages() -> list[HelpPage]:
    """Every page in the language in use."""
    return [help_page(name) for name in (*names(), CARD)]


def spans(page: HelpPage, style: str) -> list[Span]:
    """All words of one style."""
    inside = (span for block in page.blocks for span in (*block.spans, *block.more))
    return [span for span in inside if span.style == style]


def rows(page: HelpPage) -> set[tuple[str, str]]:
    """Both cells of each row as they are read."""
    kept = [one for one in page.blocks if one.kind == "row"]
    return {(_flat(one), "".join(span.text for span in one.more)) for one in kept}


def test_no_file_is_missing_and_none_is_left_over(speech: str) -> None:
    kept = {path.stem for path in resource(f"help/{speech}").glob("*.md")}
    assert kept == {*names(), CARD}


def test_every_page_tells_something(speech: str) -> None:
    thin = [page.name for page in pages() if len(page.text) < 200]
    assert (speech, thin) == (speech, [])


def test_both_languages_tell_the_same_steps_with_the_same_pictures() -> None:
    for name in (*names(), CARD):
        one, other = (help_page(name, speech) for speech in LANGUAGES)
        assert [(block.kind, block.number, block.picture) for block in one.blocks] == [
            (block.kind, block.number, block.picture) for block in other.blocks
        ], name


def test_what_is_quoted_stands_on_the_screen(speech: str) -> None:
    said = [text for message in catalogue() if message.id for text in _texts(message, speech)]
    whole = {text.removesuffix("…").strip() for text in said} | NAMES
    whole |= {_FIELD.split(text)[0].strip(" :(") for text in said}  # "Pay" of "Pay {amount}"
    patterns = [_pattern(text) for text in said if "{" in text and len(_LETTERS.findall(text)) > 3]
    wrong = [
        (page.name, span.text)
        for page in pages()
        for span in spans(page, "screen")
        if span.text.removesuffix("…") not in whole and not any(one.fullmatch(span.text) for one in patterns)
    ]
    assert wrong == []


def test_nothing_is_told_twice_under_one_heading(speech: str) -> None:
    """Two points about one key, or that begin with the same words: both were written, one was meant."""
    twice = []
    for page in map(help_page, names()):
        told = set[str]()
        for block in page.blocks:
            if block.kind == "heading":
                told.clear()
            about = {_flat(block)} if block.kind == "row" else set()
            if block.kind == "point":
                about |= {one.text for one in block.spans[:1] if one.style == "screen"}
                about |= {one.text for one in block.spans if one.style == "key"}
            twice += [(page.name, text) for text in about & told]
            told |= about
    assert (speech, twice) == (speech, [])


def test_links_lead_to_pages_and_every_page_can_be_reached(speech: str) -> None:
    linked = {(page.name, span.page) for page in pages() for span in spans(page, "link")}
    assert [(page, to) for page, to in linked if to not in names()] == []
    assert speech


def test_steps_are_numbered_from_one(speech: str) -> None:
    for page in pages():
        last = 0
        for block in page.blocks:
            if block.kind == "step":
                assert block.number in (1, last + 1), (speech, page.name, block.number)
                last = block.number


def test_every_screen_has_its_page_and_is_named(speech: str) -> None:
    named = {span.text for page in pages() for span in spans(page, "screen")}
    for screen in (*SCREENS, *OFFICE):
        assert screen.help in names(), screen
        assert screen.name() in named, (speech, screen.name())
    assert {*OF_TILL.values(), *OF_STOCK} <= {*names()}
    assert {"sign-in", "setup"} <= {*names()}


def test_every_key_is_told_with_its_meaning(speech: str) -> None:
    page, words = help_page("keys"), meanings(office=True) | meanings()
    told = rows(page)
    lacking = [key for key in KEYS if not any(_tells(row, key.keys, words[key.action]) for row in told)]
    assert (speech, lacking) == (speech, [])
    places = {place_names(office=office)[key.place] for key in KEYS for office in (True, False)
              if key.place in place_names(office=office)}  # fmt: skip
    headings = {
        "".join(span.text for span in block.spans) for block in page.blocks if block.kind == "heading"
    }
    assert places == headings


def test_every_report_is_told_by_its_names(speech: str) -> None:
    told = rows(help_page("report-list"))
    heads = {first for first, second in told if second}
    assert {f"{report_names()[name]} {name}" for name in REPORTS} <= heads, speech


def test_every_command_is_told(speech: str) -> None:
    grammar = parser({"shots": describe, "help-shots": describe_help})
    told = {span.text for span in spans(help_page("commands"), "key")}
    assert set(commands_of(grammar)) - told == set(), speech


def test_every_setting_is_told(speech: str) -> None:
    told = {
        span.text for name in ("settings", "printer", "people") for span in spans(help_page(name), "screen")
    }
    titles = {one.title() for one in SETTINGS.values() if one.title()}
    assert titles - told == set(), speech


def test_every_picture_is_there_and_wanted(speech: str) -> None:
    wanted = {block.picture for page in pages() for block in page.blocks if block.picture}
    kept = {path.name for path in picture_path("x.png").parent.glob("*.png")}
    assert wanted == kept == {f"{one.name}.png" for one in PICTURES}, speech


def test_the_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in resource("help/pictures").rglob("*.png")]
    assert sum(sizes) < MOST
    assert max(sizes) < 120_000


def test_the_words_of_the_design_are_kept() -> None:
    told = " ".join(f"{page.title} {page.text}" for page in (help_page(n, "id") for n in (*names(), CARD)))
    plain = re.sub(r"hold|`[^`]*`", " ", told)
    assert not re.search(r"\b(booth|shift|item)\b(?!\+)", plain.replace("Shift+", ""), re.IGNORECASE)


def test_what_is_sought_is_found_first_by_title(speech: str) -> None:
    first = {"id": "retur", "en": "returns"}[speech]
    assert found(first)[0].name == "refund"
    assert [one.name for one in found("")] == list(names())
    assert found("qwxz") == []
    assert "pay" in [one.name for one in found("QRIS")]


def test_an_unknown_page_is_refused_with_those_there_are() -> None:
    for name in ("nowhere", "../en/sell", "", "sell.md"):
        with pytest.raises(Refused) as refused:
            help_page(name)
        assert "sell" in refused.value.hint


@pytest.mark.parametrize(
    "wrong", ["no title", "# T\n\n### deeper", "# T\n\n* star", "# T\n\n[x](https://a.b)"]
)
def test_what_no_reader_knows_is_refused_where_it_stands(wrong: str) -> None:
    with pytest.raises(ValueError, match="page"):
        parsed("page", wrong)


def test_chapters_hold_every_page_once(speech: str) -> None:
    assert len(names()) == len(set(names()))
    assert all(chapter.title for chapter in chapters()), speech


def test_the_files_go_into_the_package() -> None:
    settings = Path("pyproject.toml").read_text("utf-8")
    assert 'include = ["pos*", "ui*", "resources*"]' in settings
    assert '"*" = ["*"]' in settings


def commands_of(grammar: ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command as it is written: `catalog import`."""
    for action in grammar._actions:
        if isinstance(action, _SubParsersAction):
            for name, inner in action.choices.items():
                below = list(commands_of(inner, f"{before}{name} "))
                yield from below or [f"{before}{name}"]


def _tells(row: tuple[str, str], keys: tuple[str, ...], meaning: str) -> bool:
    shown = {written(key) for key in keys}
    ends = {written(keys[0]), written(keys[-1])}
    told = set(row[0].split())
    return row[1] == meaning and (shown <= told or (len(keys) > 2 and ends <= told))


def _texts(message: object, speech: str) -> Iterator[str]:
    wanted = getattr(message, "string" if speech == "id" else "id")
    yield from wanted if isinstance(wanted, (list, tuple)) else (wanted,)


def _flat(block: Block) -> str:
    return "".join(span.text for span in block.spans)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".+".join(re.escape(part) for part in _FIELD.split(text)))
