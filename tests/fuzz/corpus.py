"""All targets by name, and the kept corpus: small inputs that once found something, or reach what others do
not. `corpus/<target>/<what it is>`; tests/fuzz/test_corpus.py puts each in again.
"""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.kept import kept
from tests.fuzz.papers import papers
from tests.fuzz.tables import tables
from tests.fuzz.targets import Bench, Target
from tests.fuzz.texts import texts

CORPUS = Path(__file__).parent / "corpus"


def targets(bench: Bench) -> dict[str, Target]:
    """Every target by its name."""
    return {one.name: one for part in (tables, texts, kept, papers) for one in part(bench)}


def corpus_of(name: str) -> list[bytes]:
    """The kept inputs of one target."""
    return [path.read_bytes() for path in sorted((CORPUS / name).glob("*"))]
