"""QRIS payloads: what is read, what is refused, and what the amount changes in them.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import binascii
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import Refused
from pos.qris import FEES, SAMPLE_NMID, booth_code, parse, sample_payload, with_amount

DATA = Path(__file__).parent / "data"
# As published. They name real merchants: text here, never painted.
VALID = (DATA / "qris_valid.txt").read_text("utf-8").splitlines()
INVALID = [line.split("\t")[0] for line in (DATA / "qris_invalid.txt").read_text("utf-8").splitlines()]
STATIC = [text for text in VALID if not parse(text).dynamic]
DYNAMIC = [text for text in VALID if parse(text).dynamic]

Tags = list[tuple[str, str]]
HOME = "0014ID.CO.QRIS.WWW0215ID00000000000000303UMI"
PLAIN: Tags = [("00", "01"), ("01", "11"), ("26", "0013ID.CONTOH.WWW"), ("51", HOME), ("52", "0000")]
PLAIN += [("53", "360"), ("58", "ID"), ("59", "Toko Contoh "), ("60", "Palembang"), ("61", "30111")]


def payload(tags: Tags) -> str:
    """A payload of these tags, made another way: lengths in bytes, the check code by its definition."""
    text = "".join(f"{tag}{len(value.encode()):02d}{value}" for tag, value in tags) + "6304"
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{text}{crc:04X}"


def tags_of(text: str) -> Tags:
    data, tags, place = text.encode(), [], 0
    while place < len(data):
        end = place + 4 + int(data[place + 2 : place + 4])
        tags.append((data[place : place + 2].decode(), data[place + 4 : end].decode()))
        place = end
    return tags


def changed(**by_tag: str | None) -> str:
    """PLAIN with some tags otherwise, or gone."""
    kept = [(tag, by_tag.get(f"t{tag}", value)) for tag, value in PLAIN]
    return payload([(tag, value) for tag, value in kept if value is not None])


def test_the_check_code_is_ccitt_false() -> None:
    assert binascii.crc_hqx(b"123456789", 0xFFFF) == 0x29B1
    assert payload(PLAIN).endswith(f"{binascii.crc_hqx(payload(PLAIN)[:-4].encode(), 0xFFFF):04X}")


@pytest.mark.parametrize("text", VALID)
def test_published_codes_are_read(text: str) -> None:
    qris = parse(text)
    assert qris.merchant
    assert qris.city
    assert qris.nmid.startswith("ID")
    assert len(qris.nmid) == 15


@pytest.mark.parametrize("text", INVALID)
def test_wrong_codes_are_refused_in_words_45(text: str) -> None:
    with pytest.raises(Refused) as told:
        parse(text)
    assert str(told.value)


def test_what_a_code_says() -> None:
    by_merchant = {qris.merchant: qris for qris in map(parse, VALID)}
    plain = by_merchant["Saifullah.id"]
    assert (plain.city, plain.nmid, plain.dynamic, plain.amount, plain.fees) == (
        "Kota Pontianak",
        "ID1019004699079",
        False,
        None,
        False,
    )
    assert by_merchant["Starbucks"].amount == 39_000  # written 39000.00
    assert by_merchant["GUREUM SHOP"].fees


@pytest.mark.parametrize("text", STATIC)
def test_the_amount_changes_its_tag_the_kind_and_the_check_code_alone(text: str) -> None:
    before, after = tags_of(text), tags_of(with_amount(text, 445_000))
    ours = {"01", "54", "63"}
    assert [tag for tag in after if tag[0] not in ours] == [tag for tag in before if tag[0] not in ours]
    assert dict(after)["01"] == "12"
    names = [tag for tag, _value in after]
    assert (names[:2], names[names.index("53") + 1], names[-1]) == (["00", "01"], "54", "63")
    qris = parse(with_amount(text, 445_000))
    assert (qris.dynamic, qris.amount, qris.nmid) == (True, 445_000, parse(text).nmid)


@pytest.mark.parametrize("text", VALID)
def test_no_code_with_our_amount_asks_for_a_fee_45(text: str) -> None:
    amount = parse(text).amount or 1
    assert not {tag for tag, _value in tags_of(with_amount(text, amount))} & FEES


@pytest.mark.parametrize("text", DYNAMIC)
def test_a_code_for_one_payment_takes_no_other_amount_45(text: str) -> None:
    with pytest.raises(Refused):
        with_amount(text, (parse(text).amount or 0) + 1)


@pytest.mark.parametrize("text", VALID)
def test_every_changed_byte_is_seen_45(text: str) -> None:
    for place in range(len(text) - 4):
        wrong = text[:place] + ("1" if text[place] == "0" else "0") + text[place + 1 :]
        with pytest.raises(Refused):
            parse(wrong)


@pytest.mark.parametrize("text", VALID)
def test_no_piece_of_a_code_is_one_45(text: str) -> None:
    for end in range(len(text)):
        with pytest.raises(Refused):
            parse(text[:end])


def test_the_check_code_may_be_written_small_and_space_may_lie_around() -> None:
    text = payload(PLAIN)
    assert parse(f" {text[:-4]}{text[-4:].lower()}\n") == parse(text)


def test_a_name_may_end_with_a_space_which_stays() -> None:
    assert parse(payload(PLAIN)).merchant == "Toko Contoh"
    assert "5912Toko Contoh 60" in with_amount(payload(PLAIN), 5)


def test_lengths_are_bytes_not_characters() -> None:
    text = changed(t59="Kafé Contoh")
    assert parse(text).merchant == "Kafé Contoh"
    assert tags_of(with_amount(text, 1_000))[8] == ("59", "Kafé Contoh")
    counted = "5911Kafé Contoh"  # in characters
    by_characters = text[:-4].replace("5912Kafé Contoh", counted).encode()
    with pytest.raises(Refused):
        parse(f"{by_characters.decode()}{binascii.crc_hqx(by_characters, 0xFFFF):04X}")


def test_a_code_without_its_kind_is_static_and_gets_it() -> None:
    without = changed(t01=None)
    assert not parse(without).dynamic
    assert with_amount(without, 7) == with_amount(payload(PLAIN), 7)


def test_digits_that_look_like_tags_inside_a_name_are_no_tags() -> None:
    text = changed(t59="010211 5802ID 6304", t60="54 5303360")
    after = dict(tags_of(with_amount(text, 12_345)))
    assert (after["59"], after["60"], after["54"]) == ("010211 5802ID 6304", "54 5303360", "12345")


@pytest.mark.parametrize("missing", ["t00", "t26", "t51", "t52", "t53", "t58", "t59", "t60", "t61"])
def test_a_code_without_what_must_be_in_it_is_refused(missing: str) -> None:
    only_account = {"t51": None} if missing == "t26" else {}
    with pytest.raises(Refused):
        parse(changed(**{missing: None}, **only_account))


@pytest.mark.parametrize(
    "wrong",
    [
        {"t00": "02"},
        {"t01": "13"},
        {"t53": "840"},
        {"t58": "SG"},
        {"t51": "0014ID.CO.QRIS.WWW"},  # no NMID
        {"t51": "0014ID.CO.QRIS"},  # its length does not fit
    ],
)
def test_a_code_of_another_kind_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        parse(changed(**wrong))


def test_a_tag_is_there_once_45() -> None:
    with pytest.raises(Refused, match="59"):
        parse(payload([*PLAIN, ("59", "Toko lain")]))


def test_a_code_has_at_most_512_bytes_also_with_its_amount_45() -> None:
    room = 512 - len(payload(PLAIN))
    filler = [(str(tag), "x" * 94) for tag in range(80, 83)]
    rest = room - sum(4 + len(value) for _tag, value in filler) - 4
    full = payload([*PLAIN, *filler, ("85", "x" * rest)])
    assert len(full) == 512
    assert parse(full).nmid == SAMPLE_NMID
    with pytest.raises(Refused, match="512"):
        with_amount(full, 1)
    with pytest.raises(Refused, match="512"):
        parse(payload([*PLAIN, *filler, ("85", "x" * (rest + 1))]))


@pytest.mark.parametrize("text", ["", " ", "QRIS", "12345", "63041234", "00020", "é" * 300, "\udc80"])
def test_what_is_no_code_at_all_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse(text)


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_an_amount_that_cannot_stand_in_a_code_is_refused(amount: int) -> None:
    with pytest.raises(Refused):
        with_amount(payload(PLAIN), amount)


@pytest.mark.parametrize(
    ("written", "amount"), [("1000", 1000), ("1000.", 1000), ("1000.00", 1000), ("9" * 13, 10**13 - 1)]
)
def test_amounts_as_others_write_them(written: str, amount: int) -> None:
    assert parse(payload([*PLAIN, ("54", written)])).amount == amount


@pytest.mark.parametrize(
    "written", ["0", "0.00", "1000,00", "1 000", "1.000", "1000.50", "-5", "9" * 14, "²"]
)
def test_wrong_amounts_are_refused(written: str) -> None:
    with pytest.raises(Refused):
        parse(payload([*PLAIN, ("54", written)]))


def test_a_booth_shows_only_a_code_that_stays_and_charges_nobody_45() -> None:
    assert booth_code(payload(PLAIN)).nmid == SAMPLE_NMID
    with pytest.raises(Refused, match="satu pembayaran"):
        booth_code(with_amount(payload(PLAIN), 1_000))
    with pytest.raises(Refused, match="tip"):
        booth_code(payload([*PLAIN, ("55", "01")]))


def test_the_code_for_practice_is_one_that_can_pay_nobody() -> None:
    qris = booth_code(sample_payload())
    assert qris.nmid == SAMPLE_NMID == "ID" + "0" * 13
    assert "CONTOH" in qris.merchant
    assert parse(with_amount(sample_payload(), 445_000)).amount == 445_000


@given(st.integers(1, 10**13 - 1), st.sampled_from(STATIC))
def test_every_amount_comes_back(amount: int, text: str) -> None:
    built = with_amount(text, amount)
    assert parse(built).amount == amount
    assert with_amount(built, amount) == built
    assert built == payload(tags_of(built)[:-1])


@given(
    st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1, max_size=25),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=15),
    st.lists(st.tuples(st.integers(65, 99).map(str), st.text(min_size=0, max_size=8)), max_size=5),
    st.permutations(range(20)),
)
def test_any_tags_in_any_order_are_left_as_they_are(
    name: str, city: str, more: Tags, order: list[int]
) -> None:
    free = list(dict(more).items())
    middle = [(tag, {"59": name, "60": city}.get(tag, value)) for tag, value in PLAIN[1:]] + free
    middle = [middle[place] for place in order if place < len(middle)]
    text = payload([PLAIN[0], *middle])
    kept = [tag for tag in middle if tag[0] != "01"]
    assert [tag for tag in tags_of(with_amount(text, 9_000))[1:-1] if tag[0] not in ("01", "54")] == kept


@given(st.text())
def test_nothing_but_a_refusal_comes_of_any_text(text: str) -> None:
    with pytest.raises(Refused):
        parse("000201" + text)
