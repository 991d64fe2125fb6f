"""Every text has its Indonesian, and what the program reads is what the catalogue says."""

from __future__ import annotations

import gettext
import io
import re
import string

from pos import text
from tests.texts import MO, catalogue, compiled, missing, unused


def test_every_text_has_its_indonesian() -> None:
    assert missing(catalogue()) == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said() -> None:
    assert unused(catalogue()) == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    kept = gettext.GNUTranslations(io.BytesIO(MO.read_bytes()))
    fresh = gettext.GNUTranslations(io.BytesIO(compiled(catalogue())))
    assert vars(kept)["_catalog"] == vars(fresh)["_catalog"]


def test_a_translation_has_the_fields_of_its_text() -> None:
    for message in catalogue():
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
