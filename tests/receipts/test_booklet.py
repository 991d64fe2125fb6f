"""The manual on paper: its pages, nothing beside them, every page of the manual where the contents say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

from pypdfium2 import PdfDocument

from pos.manual import CARD, help_page, on_paper_too, parsed
from pos.receipts.booklet import PAGES, booklet, quick_card
from pos.receipts.flowing import Area, Flow, Measures, on_paper, pieces
from pos.receipts.fonts import text_width
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Frame, Picture, Sheet, Words

MEASURES = Measures(9, 4.4, 80, 50)


def joined(sheet: Sheet) -> str:
    """Its words as they are read, without spaces, for they are set one by one."""
    return "".join(sheet.text.split())


def ends(sheet: Sheet) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and lower edge of all that is set."""
    for stamp in sheet.stamps:
        if isinstance(stamp, Words):
            wide = text_width(stamp.text, stamp.weight, stamp.size)
            left = stamp.x - {"left": 0, "center": wide / 2, "right": wide}[stamp.align]
            yield left, stamp.y - stamp.size * 0.3, left + wide, stamp.y
        elif isinstance(stamp, Picture | Frame):
            yield stamp.x, stamp.y, stamp.x + stamp.width, stamp.y + stamp.height


def test_the_booklet_has_its_pages_in_every_language(speech: str) -> None:
    sheets = booklet()
    assert (speech, len(sheets)) == (speech, PAGES)
    assert {(sheet.width, sheet.height) for sheet in sheets} == {(210, 297)}


def test_every_page_is_where_the_contents_say(speech: str) -> None:
    sheets = booklet()
    contents = [stamp.text for stamp in sheets[1].stamps if isinstance(stamp, Words)]
    for name in on_paper_too():
        title = on_paper(help_page(name).title)
        place = max(
            n for n, words in enumerate(contents) if words == title
        )  # a chapter may be called so, too
        number = int(contents[place + 1])
        assert "".join(title.split()) in joined(sheets[number - 1]), (speech, name)


def test_every_word_is_printed(speech: str) -> None:
    told = "".join(joined(sheet) for sheet in booklet())
    for name in on_paper_too():
        blocks = (one for one in help_page(name).blocks if one.kind != "picture")
        words = (word for one in blocks for span in (*one.spans, *one.more) for word in span.text.split())
        lost = [word for word in words if re.sub("[→↓←↑]", "", on_paper(word)) not in told]
        assert (speech, name, lost) == (speech, name, [])


def test_nothing_is_set_beside_the_paper(speech: str) -> None:
    for sheet in (*booklet()[1:], *quick_card()):
        for left, top, right, bottom in ends(sheet):
            assert left >= 8, (speech, sheet.title)
            assert right <= sheet.width - 13.5
            assert top >= 5
            assert bottom <= sheet.height - 6


def test_columns_do_not_meet(speech: str) -> None:
    for sheet in booklet()[2:]:
        for left, _top, right, _bottom in ends(sheet):
            assert right <= 101 or left >= 108, (speech, left, right)


def test_the_card_has_two_sides(speech: str) -> None:
    front, back = quick_card()
    words = help_page(CARD)
    assert "".join(words.title.split()) in joined(front)
    assert "".join(words.title.split()) in joined(back)
    first = {"id": ("Melayanipembeli", "Pagi:bukasif"), "en": ("Serveabuyer", "Morning:opentheshift")}[speech]
    assert first[0] in joined(front)
    assert first[1] in joined(back)


def test_no_section_of_the_card_is_cut(speech: str) -> None:
    """Its last step stands in the column of its heading."""
    for side, name in ((0, "QRIS"), (1, {"id": "Retur", "en": "Returns"}[speech])):
        words = [one for one in quick_card()[side].stamps if isinstance(one, Words)]
        n = max(n for n, one in enumerate(words) if one.text == name and one.weight == "ExtraBold")
        numbers = [one for one in words[n:] if one.text in "123" and one.align == "right"][:3]
        assert [one.text for one in numbers] == ["1", "2", "3"]
        assert {one.x > 105 for one in (words[n], *numbers)} == {words[n].x > 105}, (speech, name)


def test_the_pdf_is_the_same_each_time_and_holds_the_pictures() -> None:
    data = pdf_bytes(quick_card())
    assert data == pdf_bytes(quick_card())
    with closing(PdfDocument(BytesIO(data))) as pdf:
        assert len(pdf) == 2
        text = pdf[0].get_textpage().get_text_bounded()
    assert "Melayani" in text


def test_a_heading_goes_where_the_next_piece_goes() -> None:
    page = parsed("x", "# X\n\nfirst\n\n## Head\n\n## Head\n\n" + "word " * 60)
    flow = Flow([Area(1, 0, 0, 80, 20), Area(2, 0, 0, 80, 200)])
    assert flow.put(pieces(page.blocks, 80, MEASURES))
    assert [one.text for one in flow.pages[1] if isinstance(one, Words)] == ["first"]
    assert flow.page == 2


def test_what_has_no_room_is_told() -> None:
    page = parsed("x", "# X\n\n" + "word " * 60 + "\n\n" + "word " * 60)
    assert not Flow([Area(1, 0, 0, 80, 20)]).put(pieces(page.blocks, 80, MEASURES))


def test_a_full_stop_stays_with_its_key() -> None:
    page = parsed("x", "# X\n\n" + "word " * 7 + "`Enter`.")
    (piece,) = pieces(page.blocks, 42, MEASURES)
    lines = {one.text: one.y for one in piece.stamps if isinstance(one, Words)}
    assert lines["."] == lines["Enter"]
