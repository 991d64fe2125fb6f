"""How the till finds its goods: by what people type, however they spell it."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.model import Institution, Product
from pos.paths import resource
from pos.spellings import GROUPS, slips
from pos.text import fold
from ui.till.finder import Finder, marked_spans, split_quantity
from ui.till.goods import Item, Shelf

MAKER = Institution("LPP-PLG", "Lapas Perempuan Kelas IIA Palembang", "LPP Palembang")


def shelf_of_names(*names: str) -> Shelf:
    """Goods that have nothing but a name."""
    return Shelf(tuple(Item(Product(f"{n:03d}", name, 1, "X"), MAKER) for n, name in enumerate(names)))


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The goods of the sample exhibition, as they stand in its price list."""
    with resource("exhibition/catalog.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Shelf(
        tuple(
            Item(
                Product(
                    row["sku"],
                    row["name"],
                    int(row["price"]),
                    row["institution"],
                    row["category"],
                    barcode=row["barcode"],
                    aliases=tuple(row["aliases"].split("|")),
                ),
                MAKER,
            )
            for row in rows
        )
    )


def found(shelf: Shelf, text: str) -> list[str]:
    return [shelf.items[row].product.sku for row in Finder(shelf).search(text).rows]


def marked(shelf: Shelf, text: str) -> list[list[str]]:
    """What is marked in each name that a search finds."""
    result = Finder(shelf).search(text)
    names = [shelf.items[row].product.name for row in result.rows]
    return [[name[start:stop] for start, stop in marked_spans(name, result.needles)] for name in names]


def test_an_alias_finds_the_thing(shelf: Shelf) -> None:
    assert found(shelf, "sling bag") == ["TAS-SELEMPANG"]


@pytest.mark.parametrize("group", GROUPS)
def test_any_spelling_finds_goods_that_carry_another(group: tuple[str, ...]) -> None:
    for carried in group:
        goods = shelf_of_names("Lilin", f"Anu {carried} besar")
        for typed in group:
            assert found(goods, typed) == ["001"], (typed, carried)
            assert found(goods, f"{typed} anu") == ["001"]


@pytest.mark.parametrize("group", GROUPS)
def test_the_spellings_are_folded(group: tuple[str, ...]) -> None:
    assert list(group) == [fold(spelling) for spelling in group]


def test_a_spelling_inside_another_word_is_not_one() -> None:
    assert found(shelf_of_names("Kertas paketan"), "hampers") == []


@pytest.mark.parametrize("text", ["stroberi", "strober", "stro"])
def test_another_spelling_is_found_while_it_is_typed(shelf: Shelf, text: str) -> None:
    assert found(shelf, text)[0] == "STRAWBERI"
    assert marked(shelf, text)[0] == ["Strawberi"]


def test_names_that_begin_with_it_come_first(shelf: Shelf) -> None:
    assert found(shelf, "nas")[:3] == ["NASTAR-500", "NASTAR-250", "NANAS-GULUNG"]


def test_names_come_before_what_is_found_otherwise() -> None:
    goods = shelf_of_names("Kemeja", "Meja Kopi", "Alas meja", "Meja")
    assert found(goods, "meja") == ["001", "003", "002", "000"]


def test_every_word_must_be_there_in_any_order(shelf: Shelf) -> None:
    assert found(shelf, "500 nastar") == ["NASTAR-500"]
    assert found(shelf, "nastar 750") == []


@pytest.mark.parametrize("text", ["al-qur’an", "al qur'an", "ALQURAN", "Al-Qurʼan", "quran", "rehal  al"])
def test_accents_case_and_marks_do_not_matter(shelf: Shelf, text: str) -> None:
    assert found(shelf, text)[0] == "REHAL"


def test_a_maker_finds_its_goods(shelf: Shelf) -> None:
    assert len(found(shelf, "lpp palembang")) == len(shelf.items)


def test_texts_of_a_product_do_not_run_into_each_other() -> None:
    goods = Shelf((Item(Product("AB", "Nama", 1, "X", barcode="77", aliases=("lain",)), MAKER),))
    assert found(goods, "namalain") == found(goods, "ab77") == found(goods, "77lapas") == []


@pytest.mark.parametrize("code", ["NASTAR-500", "nastar-500", "2059020000017"])
def test_a_code_is_one_product(shelf: Shelf, code: str) -> None:
    row = Finder(shelf).code(code)
    assert row is not None
    assert shelf.items[row].product.sku == "NASTAR-500"


def test_a_code_of_two_products_is_not_guessed() -> None:
    twice = Shelf(tuple(Item(Product(sku, sku, 1, "X", barcode="123"), MAKER) for sku in ("A", "B")))
    assert Finder(twice).code("123") is None
    assert found(twice, "123") == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nastra", "NASTAR-500"),  # two letters changed places
        ("nasttar", "NASTAR-500"),  # one too many
        ("semprng", "SEMPRONG"),  # one missing
        ("kastangel", "KASTENGEL-500"),  # one wrong
        ("gazbo", "GAZEBO"),  # still being typed
        ("sonkok songket", "PECI-SONGKET"),  # of another spelling, beside a good word
        ("bordri peic", "PECI-BORDIR"),  # in both words
    ],
)
def test_a_slip_of_the_finger_is_forgiven(shelf: Shelf, text: str, first: str) -> None:
    result = Finder(shelf).search(text)
    assert shelf.items[result.rows[0]].product.sku == first
    assert result.sure == 0


def test_what_was_typed_comes_before_slips() -> None:
    goods = shelf_of_names("Topi Sablon", "Kopi Semendo")
    result = Finder(goods).search("kopi")
    assert (result.rows, result.sure) == ([1, 0], 1)


@pytest.mark.parametrize("text", ["mog", "2059020000018", "nsatra", "nastar-501"])
def test_short_words_codes_and_two_slips_are_not_guessed(shelf: Shelf, text: str) -> None:
    assert found(shelf, text) == []


def test_far_slips_get_a_suggestion(shelf: Shelf) -> None:
    assert Finder(shelf).suggestion("nsatra") == "nastar"
    assert Finder(shelf).suggestion("xq") is None
    assert Finder(shelf).suggestion("zzzzzz") is None


LETTERS = st.text("abc", min_size=4, max_size=7)


def _one_slip(word: str) -> set[str]:
    """Every text that is one slip away, made by hand."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missing = {a + b[1:] for a, b in cuts if b}
    extra = {a + letter + b for a, b in cuts for letter in "abc"}
    wrong = {a + letter + b[1:] for a, b in cuts if b for letter in "abc"}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return missing | extra | wrong | swapped | {word}


@given(LETTERS, LETTERS)
def test_slips_are_one_letter_more_fewer_other_or_swapped(typed: str, written: str) -> None:
    pattern = slips(typed, begun=False)
    assert pattern is not None
    assert bool(pattern.search(f"xyz\n{written}\n")) == (written in _one_slip(typed))


@given(st.text("abc", min_size=5, max_size=7), LETTERS)
def test_a_begun_word_is_a_slip_from_how_the_other_begins(typed: str, written: str) -> None:
    pattern = slips(typed, begun=True)
    assert pattern is not None
    near = any(written[:end] in _one_slip(typed) for end in range(len(written) + 1))
    assert bool(pattern.search(f"xyz\n{written}\n")) == near


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("3*nas", (3, "nas")),
        (" 12 * peci ", (12, "peci")),
        ("3*", (3, "")),
        ("nas", (None, "nas")),
        ("0*nas", (None, "0*nas")),
        ("*nas", (None, "*nas")),
        ("12345678*a", (None, "12345678*a")),
    ],
)
def test_a_quantity_stands_before_the_star(text: str, quantity: tuple[int | None, str]) -> None:
    assert split_quantity(text) == quantity


@pytest.mark.parametrize(
    ("name", "text", "letters"),
    [
        ("Selai Nanas Gulung", "nas", ["nas"]),
        ("Rehal Al-Qur’an", "alquran", ["Al-Qur’an"]),
        ("Nastar 500 g", "500 nas", ["Nas", "500"]),
        ("Rehal", "lehar", ["Rehal"]),
        ("Rehal", "leh", ["Rehal"]),
        ("Cookies Cokelat", "coklat", ["Cokelat"]),
        ("Isi 4 stoples", "toples", ["toples"]),
        ("Nastar 500 g", "nastra", ["Nastar"]),
        ("Semprong", "semporn", ["Sempron"]),
        ("Peci Bordir", "sonkok", ["Peci"]),
    ],
)
def test_what_was_searched_is_marked_in_the_name(name: str, text: str, letters: list[str]) -> None:
    assert marked(shelf_of_names(name), text) == [letters]


def test_letter_by_letter_finds_what_the_whole_finds(shelf: Shelf) -> None:
    finder = Finder(shelf)
    for text in ("peci bordir anak", "bordir peci", "tas", "stas", "kue kacang", "kacang"):
        for end in range(1, len(text) + 1):
            assert finder.search(text[:end]) == Finder(shelf).search(text[:end])


def test_slips_are_looked_for_as_long_as_few_are_sure() -> None:
    kopi = [f"Kopi {n}" for n in range(20)]
    assert len(found(shelf_of_names("Topi", *kopi), "kopi")) == 20
    assert found(shelf_of_names("Topi", *kopi[1:]), "kopi")[-1] == "000"
