"""Photos of a day lie beside its ledger: few, small, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.day_photos import (
    MOST,
    MOST_BYTES,
    day_photos,
    drop_day_photo,
    keep_day_photo,
    photo_folder,
    read_day_photos,
)
from pos.errors import Refused
from pos.ledger import Ledger
from tests.books import DAY
from tests.test_photos import JPEG, PNG


def test_they_stay_in_their_order_and_each_once(till: Ledger) -> None:
    photos = [JPEG + bytes([n]) for n in range(3)]
    kept = [keep_day_photo(till, DAY, one) for one in photos]
    assert keep_day_photo(till, DAY, photos[1]) == kept[1]
    assert day_photos(till, DAY) == tuple(kept)
    assert read_day_photos(till, DAY) == tuple(photos)
    assert till.path is not None
    assert kept[0].is_relative_to(till.path.parent)
    assert day_photos(till, DAY + timedelta(days=1)) == ()


def test_one_that_is_taken_away_makes_room(till: Ledger) -> None:
    kept = [keep_day_photo(till, DAY, JPEG + bytes([n])) for n in range(MOST)]
    with pytest.raises(Refused, match="6 foto"):
        keep_day_photo(till, DAY, JPEG + b"one too many")
    drop_day_photo(kept[0])
    last = keep_day_photo(till, DAY, JPEG + b"one too many")
    assert day_photos(till, DAY) == (*kept[1:], last)


@pytest.mark.parametrize("data", [PNG, b"", JPEG + bytes(MOST_BYTES)])
def test_what_is_none_is_not_kept(till: Ledger, data: bytes) -> None:
    with pytest.raises(Refused, match="tidak dapat disimpan"):
        keep_day_photo(till, DAY, data)
    assert not photo_folder(till, DAY).exists()


def test_what_came_to_lie_there_is_left_out(till: Ledger) -> None:
    good = keep_day_photo(till, DAY, JPEG)
    good.with_name("02-lain.jpg").write_text("no picture")
    good.with_name("catatan.txt").write_text("a note")
    good.with_name("03-besar.jpg").write_bytes(JPEG + bytes(MOST_BYTES))
    assert read_day_photos(till, DAY) == (JPEG,)
