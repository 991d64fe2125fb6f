"""A message from a chat becomes a proposed order, by rules alone. Nothing is taken without somebody's yes.

What was not understood is kept in its own words, so that it can be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property
from typing import NamedTuple

from pos.chat_dates import Span, find_day, find_time
from pos.model import Product
from pos.spellings import others, slips
from pos.text import fold
from pos.weight import GRAM

MAX_CHAT = 4_000  # characters that are read; an order by chat has some hundred
MOST_SLIPS = 60  # words that are looked at for a slip of the finger
LONGEST_WORD = 30  # letters; looking for a slip in more takes longer than any word is
MOST_PIECES = 10_000  # of one thing; more is a number that means something else
LONGEST_NAME = 60  # characters

_HEADER = re.compile(
    r"^[^\S\n]*\[?(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})[, ]+\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s*(?:[AP]M)?\]?\s*-?\s*"
    r"([^:\n]{1,60}):\s",
    re.MULTILINE | re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w@])(?:\+?62|0)[\s.-]?8(?:[\s.-]?\d){7,12}(?!\d)")
_HANDLE = re.compile(r"(?<![\w.])@([\w.]{2,30})")
_NAME = re.compile(r"\b(?:a\s?\.?\s?n\b\.?|atas\s+nama|nama)\s*[:.]?\s*([^\n,;:()\d]{2,80})", re.IGNORECASE)
_BRING = re.compile(r"\b(?:di)?(?:antar|kirim)(?:kan|in)?\s+ke\s+([^\n]{3,200})", re.IGNORECASE)
_MONEY = re.compile(
    r"\brp\.?\s*\d[\d.]*|\b\d{1,3}(?:\.\d{3})+\b|\b\d+(?:,\d+)?\s*(?:rb|ribu|k|jt|juta)\b"
    r"|\bh\s?[-+]\s?\d+(?:\s+(?:lebaran|idul\s?fitri|hari\s+raya))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^[^\S\n]*(\d{1,2})[.)]\s+", re.MULTILINE)
_WORD = re.compile(r"\d+|½|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[×*]|[,;\n+&]")
_AND_HALF = re.compile(r"(?<=\d)[.,]5(?=\s*(?:kg|kilo|ons|lusin|kodi)\b)", re.IGNORECASE)
_SIZE = re.compile(r"(\d+)\s*(g|gr|gram|kg|ml|l)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)")

_ONES = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_NUMBERS = {word: n for n, word in enumerate(_ONES, 1)}
_NUMBERS |= {"se": 1, "seratus": 100, "sebuah": 1, "sepasang": 1}
_MANY = {"lusin": 12, "lsn": 12, "dz": 12, "kodi": 20, "belas": 0, "puluh": 10, "ratus": 100}
_MANY_AT_ONCE = {"selusin": 12, "sekodi": 20}
_HALF = "½"
_WEIGHTS = {"kg": 1000, "kilo": 1000, "ons": 100, "g": 1, "gr": 1, "gram": 1}
_UNITS = set(
    "toples stoples tpls pcs pc buah bh biji bj bungkus bks paket pkt kotak box dus loyang lembar set potong "
    "botol pack pak x kali porsi sachet saset pasang tangkai unit".split()
) | set(_WEIGHTS)
_BREAKS = {",", ";", "\n", "+", "&", "dan", "sama", "plus", "serta"}
_FILLER = set(
    (
        "halo hallo hai hi assalamualaikum assalamu alaikum waalaikumsalam wr wb salam selamat pagi siang "
        "sore malam bu ibu pak bapak kak kakak mbak mas bang min admin mau mo pesan pesen order pesanan "
        "memesan dong donk deh ya yah iya nih tolong mohon minta saya sy aku untuk utk buat ambil diambil "
        "diambilnya ambilnya di ke dan sama yang yg dgn dengan terima kasih makasih trims thanks hari tgl "
        "tanggal jam pukul pkl stan no nomor nomer hp wa whatsapp telp telepon ig instagram fb facebook "
        "akan ingin bisa apakah kalau ada nya lagi plus serta wib wita wit pada sekitar masing kue"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing that was probably meant: how many, the words for it, and what else they could mean."""

    product: Product
    qty: int
    said: str
    others: tuple[Product, ...] = ()
    counted: bool = True  # a number stood beside it


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a message seems to ask for; empty where it says nothing. `unknown` are words nobody understood."""

    items: tuple[Proposed, ...] = ()
    name: str = ""
    phone: str = ""
    handle: str = ""
    channel: str = ""
    due: date | None = None
    due_time: time | None = None
    address: str = ""
    unknown: tuple[str, ...] = ()
    cut: bool = False  # it was longer than what is read
    note: str = ""  # what of the unknown whoever says yes wants as a note

    @property
    def empty(self) -> bool:
        """Whether nothing at all was understood."""
        told = (self.name, self.phone, self.handle, self.due, self.due_time, self.address)
        return not self.items and not any(told)


def propose(text: str, goods: Sequence[Product], today: date) -> Proposal:
    """What `text` seems to order of `goods`; days are told from `today` on."""
    page = _Page(_plain(text[:MAX_CHAT]))
    told = _facts(page, today)
    tokens = page.tokens()
    items = tuple(_items(tokens, _Names(goods)))
    unknown = (*page.aside, *_unknown(tokens, page.text))
    return replace(told, items=items, unknown=unknown, cut=len(text) > MAX_CHAT)


def _plain(text: str) -> str:
    """Without direction marks, controls and pictures; one and a half is spelt in one way: `1½ kg`."""
    kept = (" " if c == "\t" else "\n" if c == "\r" else c for c in unicodedata.normalize("NFC", text))
    bare = "".join(c for c in kept if c == "\n" or unicodedata.category(c)[0] != "C")
    return _AND_HALF.sub(_HALF, bare)


@dataclass(slots=True)
class _Token:
    """A word of the message, folded; `used` once somebody knew what it means."""

    word: str
    span: Span
    used: bool = False


@dataclass(slots=True)
class _Page:
    """The message, of which what was understood is blanked."""

    text: str
    left: str = field(init=False)
    aside: list[str] = field(default_factory=list)  # understood to mean nothing here: sums, days by a feast

    def __post_init__(self) -> None:
        self.left = self.text

    def blank(self, span: Span) -> None:
        """Nobody needs to look at this any more."""
        self.left = self.left[: span[0]] + " " * (span[1] - span[0]) + self.left[span[1] :]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first that is found, blanked."""
        match = pattern.search(self.left)
        if match:
            self.blank(match.span())
        return match

    def tokens(self) -> list[_Token]:
        """The words that are left."""
        found = []
        for match in _WORD.finditer(self.left):
            word = match[0] if match[0] in _BREAKS or match[0] in "×*½" else fold(match[0])
            if word:
                found.append(_Token("x" if word in "×*" else word, match.span(), used=word in _BREAKS))
        return found


def _facts(page: _Page, today: date) -> Proposal:
    """Who, when, where and how: taken out of the page before goods are looked for."""
    name = phone = handle = address = channel = ""
    for match in list(_HEADER.finditer(page.text)):
        channel, sender = "whatsapp", match[2].strip(" ~")[:LONGEST_NAME]
        name, phone = (name, phone or sender) if _PHONE.fullmatch(sender) else (name or sender, phone)
        page.blank(match.span())
    if found := page.take(_PHONE):
        phone = found[0]
    if found := page.take(_HANDLE):
        handle = f"@{found[1].rstrip('.')}"
    if found := page.take(_BRING):
        address = found[1].strip()
    if when := find_day(page.left, today):
        page.blank(when[1])
    if at := find_time(page.left):
        page.blank(at[1])
    name = _name(page) or name
    for match in list(_MONEY.finditer(page.left)):
        page.blank(match.span())
        page.aside.append(" ".join(match[0].split()))
    numbers = list(_NUMBERED.finditer(page.left))
    if len(numbers) > 1 and [int(one[1]) for one in numbers] == list(range(1, len(numbers) + 1)):
        for match in numbers:
            page.blank(match.span(1))
    channel = channel or _channel(fold(page.text), handle, phone)
    due, due_time = when[0] if when else None, at[0] if at else None
    return Proposal((), name, phone, handle, channel, due, due_time, address)


def _name(page: _Page) -> str:
    match = _NAME.search(page.left)
    if match is None:
        return ""
    words: list[str] = []
    for word in re.split(r"\s{2,}", match[1])[0].split():  # what was understood there is blanked
        if words and fold(word) in _FILLER - {"bu", "ibu", "pak", "bapak"}:
            break
        words.append(word)
        if len(words) == 4 or (word[-1] in ".!?" and len(word) > 2):
            break
    end = match[1].find(words[-1]) + len(words[-1]) if words else 0
    page.blank((match.start(), match.start(1) + end))
    name = " ".join(words).strip(" .!?-")
    return (name.title() if name.islower() else name)[:LONGEST_NAME]


def _channel(words: str, handle: str, phone: str) -> str:
    padded = f" {words} "
    for channel, names in (("instagram", ("ig", "instagram")), ("facebook", ("fb", "facebook"))):
        if any(f" {name} " in padded for name in names):
            return channel
    return "instagram" if handle else "whatsapp" if phone else ""


class _Names:
    """Finds goods by the words of their names, other names and other spellings."""

    def __init__(self, goods: Sequence[Product]) -> None:
        self._goods = goods
        self._by_word: dict[str, set[int]] = {}
        self._words: list[list[set[str]]] = []  # of each product: its names, as sets of words
        self._tried = 0
        for place, product in enumerate(goods):
            names = [fold(_ASIDE.sub(" ", product.name)), *map(fold, product.aliases)]
            sizes = {word for size in _SIZE.findall(product.name) for word in map(str.casefold, size)}
            spelt = [f"{name} {other}" for name in names for other in (*others(name), "")]
            known = [set(_split(name)) | sizes for name in spelt]
            self._words.append(known)
            for word in set().union(*known):
                self._by_word.setdefault(word, set()).add(place)

    def having(self, word: str) -> set[int]:
        """The goods with this word in a name; of a longer one also with a slip of the finger."""
        found = self._by_word.get(word)
        common = word in _FILLER or word in _UNITS or len(word) > LONGEST_WORD
        if found is None and not common and self._tried < MOST_SLIPS:
            self._tried += 1
            pattern = slips(word, begun=False)
            near = (pattern.finditer(self._lines) if pattern else ()) if self._goods else ()
            found = set().union(*(self._by_word[self._line(match)] for match in near))
            self._by_word[word] = found
        return found or set()

    def best(self, words: Sequence[str], among: Iterable[int]) -> list[Product]:
        """The goods that `words` may mean, the one with the fewest other words in its name first."""
        told = set(words)

        def unsaid(place: int) -> tuple[int, int, int]:
            names = self._words[place]
            missing = min(len(_named(name) - told) for name in names)
            return missing, self._goods[place].position, place

        return [self._goods[place] for place in sorted(among, key=unsaid)]

    @cached_property
    def _lines(self) -> str:
        return "".join(f"{word}\n" for word in sorted(self._by_word) if word.isalpha())

    def _line(self, match: re.Match[str]) -> str:
        return self._lines[match.start() : self._lines.find("\n", match.start())]


def _split(text: str) -> Iterator[str]:
    """The words of a folded name, numbers apart from their units."""
    yield from re.findall(r"\d+|[^\W\d_]+", text)


def _named(words: set[str]) -> set[str]:
    """Words without sizes: who says only Nastar says all of its name."""
    return {word for word in words if not word.isdecimal() and word not in _WEIGHTS}


class _Goods(NamedTuple):
    """What words may mean, the likeliest first."""

    found: list[Product]
    said: str


class _Count(NamedTuple):
    """How many; `grams` is what they weigh, 0 when no weight was said."""

    pieces: int
    grams: int


def _items(tokens: list[_Token], names: _Names) -> Iterator[Proposed]:
    """The goods with their numbers, in the order of the message."""
    part: list[_Goods | _Count] = []
    place = 0
    while place < len(tokens):
        if tokens[place].word in _BREAKS:
            yield from _paired(part)
            part, place = [], place + 1
            continue
        end, found = _goods_at(tokens, place, names)
        if found:
            part.append(_Goods(found, " ".join(token.word for token in tokens[place:end])))
        else:
            end, count = _number_at(tokens, place)
            if count:
                part.append(count)
        for token in tokens[place:end]:
            token.used = True
        place = max(end, place + 1)
    yield from _paired(part)


def _goods_at(tokens: list[_Token], start: int, names: _Names) -> tuple[int, list[Product]]:
    """Where the longest run of words of one product that begins at `start` ends, and what it may mean."""
    first = tokens[start].word
    if first.isdecimal() or len(first) == 1 or first in _NUMBERS or first in _FILLER - {"kue"}:
        return start, []
    among: set[int] | None = None
    end = start
    words: list[str] = []
    while end < len(tokens):
        word = tokens[end].word
        if word.isdecimal() and (not words or _whole(word) < 50):  # a number of pieces, not a size
            break
        both = names.having(word) if among is None else among & names.having(word)
        if not both:
            break
        among, end = both, end + 1
        words.append(word)
    if not among or all(word in _UNITS or word in _FILLER for word in words):
        return start, []
    return end, names.best(words, among)


def _number_at(tokens: list[_Token], start: int) -> tuple[int, _Count | None]:
    """Where a number with its unit ends, and what it is; `start` and None when there is none."""
    end, word = start, tokens[start].word
    half = word in ("setengah", _HALF)
    if word == "x" or half:
        end += 1
        word = tokens[end].word if end < len(tokens) else ""
    if word.isdecimal():
        halves = _whole(word) * 2
    elif word in _NUMBERS or word in _MANY_AT_ONCE:
        halves = (_NUMBERS.get(word) or _MANY_AT_ONCE[word]) * 2
    elif half and (word in _MANY or word in _WEIGHTS):
        halves, end = 2, end - 1
    else:
        return start, None
    end += 1
    if end < len(tokens) and tokens[end].word == _HALF:
        halves, end = halves + 1, end + 1
    weight = 0
    while end < len(tokens) and ((word := tokens[end].word) in _MANY or word in _UNITS):
        if word == "belas":
            halves += 20
        elif word in _MANY:
            halves *= _MANY[word]
            more = tokens[end + 1].word if end + 1 < len(tokens) else ""
            if word in ("puluh", "ratus") and more in _ONES[:9]:
                halves, end = halves + _NUMBERS[more] * 2, end + 1
        weight = _WEIGHTS.get(word, weight)
        end += 1
    halves = halves // 2 if half else halves
    pieces = max(halves // 2, 1 if weight else 0)
    return (end, _Count(pieces, halves * weight // 2)) if 0 < pieces <= MOST_PIECES else (start, None)


def _whole(digits: str) -> int:
    """A number of pieces or a size; what is longer than any of them counts as too many."""
    return int(digits) if len(digits) < 7 else MOST_PIECES + 1


def _paired(part: list[_Goods | _Count]) -> Iterator[Proposed]:
    """Numbers and goods of one stretch: each number belongs to what follows it if it begins with a number."""
    step = -1 if part and isinstance(part[0], _Count) else 1
    for place, goods in enumerate(part):
        if not isinstance(goods, _Goods):
            continue
        beside = part[place + step] if 0 <= place + step < len(part) else None
        product, *others = goods.found
        qty = beside.pieces if isinstance(beside, _Count) else 1
        if isinstance(beside, _Count) and beside.grams and product.unit == GRAM:
            qty = beside.grams
        counted = isinstance(beside, _Count)
        yield Proposed(product, qty, goods.said, tuple(others[:5]), counted=counted)


def _unknown(tokens: list[_Token], text: str) -> Iterator[str]:
    """What nobody understood, as it was written, word beside word."""
    run: list[str] = []
    last = 0
    for token in [*tokens, _Token("", (len(text), len(text)), used=True)]:
        known = token.used or token.word in _FILLER
        if run and (known or text[last : token.span[0]].strip()):
            yield " ".join(run)[:120]
            run = []
        if not known:
            run.append(text[slice(*token.span)])
        last = token.span[1]
