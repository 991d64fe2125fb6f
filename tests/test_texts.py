"""Every text is there in every language, and what the program reads is what the catalogues say."""

from __future__ import annotations

import gettext
import io
import re
import string
from pathlib import Path

import pytest

from pos import text
from tests.texts import EVERY, PO, catalogue, compiled, compiled_at, missing, unused


def test_every_language_but_english_has_its_texts() -> None:
    assert PO in EVERY
    assert {po.stem for po in EVERY} == set(text.LANGUAGES) - {"en"}


@pytest.mark.parametrize("po", EVERY, ids=lambda po: po.stem)
def test_every_text_has_its_translation(po: Path) -> None:
    assert missing(catalogue(po)) == []


@pytest.mark.parametrize("po", EVERY, ids=lambda po: po.stem)
def test_the_catalogue_holds_nothing_that_is_no_longer_said(po: Path) -> None:
    assert unused(catalogue(po)) == []


@pytest.mark.parametrize("po", EVERY, ids=lambda po: po.stem)
def test_the_compiled_catalogue_is_that_of_the_source(po: Path) -> None:
    kept = gettext.GNUTranslations(io.BytesIO(compiled_at(po).read_bytes()))
    fresh = gettext.GNUTranslations(io.BytesIO(compiled(catalogue(po))))
    assert vars(kept)["_catalog"] == vars(fresh)["_catalog"]


@pytest.mark.parametrize("po", EVERY, ids=lambda po: po.stem)
def test_a_translation_has_the_fields_of_its_text(po: Path) -> None:
    for message in catalogue(po):
        if message.id:
            ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
            strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            wanted = set().union(*(_fields(one) for one in ids))
            assert all(_fields(one) <= wanted for one in strings), message.id


def test_the_words_of_the_design_are_kept() -> None:
    words = re.sub(r"\{\w*\}", "", " ".join(str(message.string) for message in catalogue()))
    assert not re.search(r"\b(booth|shift|item|hold)\b", words, re.IGNORECASE)


def test_the_program_speaks_indonesian_unless_told_otherwise() -> None:
    assert text.language() == "id"
    assert text._("Change") == "Kembalian"


def test_english_is_the_second_language() -> None:
    text.use_language("en")
    try:
        assert text._("Change") == "Change"
    finally:
        text.use_language("id")


def _fields(message: str | None) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(message or "") if name}
