"""Memeriksa arsip tersegel Lapak: berkas, rantai dokumen, nomor nota, ekor yang dipotong, kode sebuah nota.

Hanya memakai pustaka bawaan Python 3.8 ke atas; tidak membuka jaringan dan tidak menulis apa pun.
    python3 periksa.py                      arsip yang sudah dibuka, di folder berkas ini
    python3 periksa.py ARSIP.zip            arsip yang masih tertutup, atau folder lain
    python3 periksa.py --nota S03K7-000042 9F3A2C1B
    python3 periksa.py --kepala S03:1234:9F3A2C1B --sidik B41C-77D0-9E52

Kode keluar: 0 semua cocok; 1 ada yang tidak cocok; 2 bukan arsip atau salah perintah; 3 arsip tidak terbaca.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

SUMS, SUMMARY, CHAINS = "SHA256SUMS", "ringkasan.json", "data/rantai/"
GENESIS = "0" * 64
MAX_LINE = 64 * 1024 * 1024  # byte; dokumen terbesar Lapak 8 juta huruf
MOST_NAMED = 10  # kesalahan yang disebut satu per satu
UNKNOWN = "tidak dapat diperiksa, sebab rantainya tidak utuh."
LETTERS = {"": "sale", "R": "refund"}
TAIL = re.compile(r'"kind":"staff","prev":"([0-9a-f]{64})","seq":([0-9]+)[,}]')  # isi yang sebagian ditahan
NUMBER = re.compile(r"([0-9A-Z]+)-([A-Z]?)([0-9]{1,11})")


class Unreadable(Exception):
    """Perintah yang keliru, atau sesuatu yang bukan arsip Lapak."""


class Archive:
    """Berkas-berkas di sebuah folder atau di dalam zip, dibaca sepotong demi sepotong."""

    def __init__(self, place: str) -> None:
        self.place = Path(place)
        self.zip: zipfile.ZipFile | None = None
        if not self.place.is_dir():
            if not zipfile.is_zipfile(self.place):
                raise Unreadable(f"{place} tidak ada, atau bukan arsip zip yang utuh.")
            self.zip = zipfile.ZipFile(self.place)

    def names(self) -> list[str]:
        """Nama semua berkas, dengan garis miring."""
        if self.zip:
            return [info.filename for info in self.zip.infolist() if not info.is_dir()]
        return [path.relative_to(self.place).as_posix() for path in self.place.rglob("*") if path.is_file()]

    def open(self, name: str) -> IO[bytes]:
        """Isi sebuah berkas sebagai aliran byte."""
        if self.zip:
            return self.zip.open(name)
        return (self.place / name).open("rb")

    def text(self, name: str) -> str:
        """Isi sebuah berkas kecil."""
        with self.open(name) as file:
            return file.read(MAX_LINE).decode("utf-8")


class Report:
    """Apa yang ditemukan: kalimat demi kalimat, dan apakah semuanya cocok."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.good = True

    def tell(self, text: str, *, good: bool = True, mark: str = "baik") -> None:
        """Sesuatu yang cocok, sebuah keterangan, atau sesuatu yang tidak cocok."""
        self.good = self.good and good
        self.lines.append((mark if good else "SALAH", text))

    def wrong(self, text: str) -> None:
        """Sesuatu yang tidak cocok."""
        self.tell(text, good=False)


class Chain:
    """Rantai dokumen sebuah laptop, dibaca dari dokumen pertama sampai terakhir."""

    def __init__(self, name: str) -> None:
        self.title, self.prefix = name, ""  # stan dan perangkatnya; awal nomor notanya, seperti S03K7
        self.device = self.booth = self.fault = ""
        self.seq, self.hash, self.total = 0, GENESIS, 0
        self.hashes: list[str] = []
        self.numbers: dict[str, list[int]] = {"sale": [], "refund": []}
        self.papers: list[tuple[str, int, str]] = []  # jenis, nomor, sidik yang tercetak
        self.names: set[str] = set()  # sebutan rantai ini di kertas
        self.old: dict[int, str] = {}  # riwayat kedua sebuah laptop: sidik dokumennya di rantai asal

    def add(self, line: bytes) -> bool:
        """Memeriksa baris berikutnya; False bila tidak dapat diikuti lagi: `fault` menyebut sebabnya."""
        try:
            doc = json.loads(line)
            found, body = body_of(doc)
            self.fault = self._fault(doc, found, body)
            if not self.fault:
                self.device, self.seq, self.hash = doc["device"], doc["seq"], found
                self.hashes.append(found)
                self._count(doc["kind"], body, origin_of(body) or {})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.fault = f"dokumen {self.seq + 1} tidak dapat dibaca."
        return not self.fault

    def _fault(self, doc: dict[str, Any], found: str, body: dict[str, Any]) -> str:
        seq, stated = doc["seq"], doc["hash"]
        if seq > self.seq + 1:
            return f"dokumen {self.seq + 1} sampai {seq - 1} hilang."
        if seq != self.seq + 1:
            return f"dokumen {seq} ada dua kali atau tidak pada tempatnya."
        if found != stated:
            return f"dokumen {seq} berubah: isinya bersidik {found[:16]}, tertulis {stated[:16]}."
        if body["prev"] != self.hash:
            return f"dokumen {seq} tidak menyambung dokumen {seq - 1}: ada yang ditulis ulang."
        claimed = (body["device"], body["seq"], body["kind"])
        if claimed != (self.device or doc["device"], seq, doc["kind"]) or doc["device"] != body["device"]:
            return f"isi dokumen {seq} milik tempat lain."
        if origin_of(body) is None:
            return f"dokumen {seq} bukan yang tercatat di rantai asalnya."
        return ""

    def _count(self, kind: str, body: dict[str, Any], origin: dict[str, Any]) -> None:
        if kind == "device" and self.seq == 1:
            self.booth = str(body.get("booth", ""))
            self.title, self.prefix = f"{self.booth} {self.device}", self.booth + self.device[:2]
            self.names |= {self.device, self.booth, self.prefix}
        if origin:
            self.old[origin["seq"]] = origin["hash"]
            self.prefix = str(body.get("booth", self.prefix[:-2])) + self.device[:2]
            self.names |= {origin["device"], self.prefix[:-2], self.prefix}
        if isinstance(number := body.get("number"), int):
            self.papers.append((kind, number, origin.get("hash", self.hash)))
            self.numbers.setdefault(kind, []).append(number)
        if kind in LETTERS.values():
            self.total += (1 if kind == "sale" else -1) * sum(part["amount"] for part in body["payments"])


def origin_of(body: dict[str, Any]) -> dict[str, Any] | None:
    """Dokumen pertama yang dikisahkan lagi; kosong bila tidak ada, None bila isinya bukan yang tercatat."""
    origin: dict[str, Any] = {}
    while "origin" in body:
        origin, kept = body["origin"], {key: value for key, value in body.items() if key != "origin"}
        body = {**kept, **origin["was"], **{key: origin[key] for key in ("device", "seq", "prev")}}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != origin["hash"]:
            return None
    return origin


def body_of(doc: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Sidik sebuah dokumen yang dihitung dari isinya, dan isinya.

    Isi yang memuat PIN petugas disimpan tanpa bagian itu: ada keadaan SHA-256 sesudahnya, dan sisanya.
    """
    if "cut" not in doc:
        return hashlib.sha256(doc["body"].encode("utf-8")).hexdigest(), json.loads(doc["body"])
    cut = doc["cut"]
    rest, done, tail = cut["rest"].encode("utf-8"), cut["bytes"], TAIL.search(cut["rest"])
    if done <= 0 or done % 64 or tail is None:
        raise ValueError("potongan")
    found = sha256_from(bytes.fromhex(cut["state"]), done, rest)
    return found, {"device": doc["device"], "kind": "staff", "prev": tail.group(1), "seq": int(tail.group(2))}


# 32 bit pertama di belakang koma dari akar pangkat tiga 64 bilangan prima pertama (FIPS 180-4).
ROUNDS = [int(n ** (1 / 3) % 1 * 2**32) for n in range(2, 312) if all(n % less for less in range(2, n))]


def sha256_from(state: bytes, done: int, rest: bytes) -> str:
    """SHA-256 yang diteruskan dari keadaan `state` setelah `done` byte (FIPS 180-4)."""
    if len(state) != 32:
        raise ValueError("keadaan")
    words = [int.from_bytes(state[place : place + 4], "big") for place in range(0, 32, 4)]
    size = done + len(rest)
    data = rest + b"\x80" + bytes((55 - size) % 64) + (8 * size).to_bytes(8, "big")
    for start in range(0, len(data), 64):
        words = compress(words, data[start : start + 64])
    return "".join(f"{word:08x}" for word in words)


def compress(words: list[int], block: bytes) -> list[int]:
    """Satu blok SHA-256."""

    def turn(word: int, count: int) -> int:
        return (word >> count | word << (32 - count)) & 0xFFFFFFFF

    w = [int.from_bytes(block[place : place + 4], "big") for place in range(0, 64, 4)]
    for n in range(16, 64):
        one = turn(w[n - 15], 7) ^ turn(w[n - 15], 18) ^ w[n - 15] >> 3
        two = turn(w[n - 2], 17) ^ turn(w[n - 2], 19) ^ w[n - 2] >> 10
        w.append((w[n - 16] + one + w[n - 7] + two) & 0xFFFFFFFF)
    a, b, c, d, e, f, g, h = words
    for n in range(64):
        first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + ROUNDS[n] + w[n]
        second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (first + second) & 0xFFFFFFFF, a, b, c, (d + first) & 0xFFFFFFFF, e, f, g
    return [(one + two) & 0xFFFFFFFF for one, two in zip(words, (a, b, c, d, e, f, g, h))]  # noqa: B905 - Python 3.8 tidak mengenal strict


def check_sums(archive: Archive, report: Report) -> None:
    """Setiap berkas dibandingkan dengan SHA256SUMS; yang hilang dan yang tidak disebut juga salah."""
    names = archive.names()
    if SUMS not in names:
        raise Unreadable(f"Tidak ada {SUMS}: ini bukan arsip tersegel Lapak.")
    lines = (line.partition("  ") for line in archive.text(SUMS).splitlines())
    wanted = {name: digest for digest, _gap, name in lines if name and re.fullmatch("[0-9a-f]{64}", digest)}
    bad = [f"Berkas {name} hilang." for name in sorted(set(wanted) - set(names))]
    extra = [name for name in set(names) - set(wanted) - {SUMS} if not name.startswith("__pycache__/")]
    bad += [f"Berkas {name} tidak ada di dalam segel." for name in sorted(extra)]
    for name in sorted(set(wanted) & set(names)):
        found = hashlib.sha256()
        with archive.open(name) as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                found.update(part)
        if found.hexdigest() != wanted[name]:
            bad.append(f"Berkas {name} berubah sejak arsip disegel.")
    for text in bad:
        report.wrong(text)
    if not bad:
        report.tell(f"{figure(len(wanted))} berkas cocok dengan {SUMS}.")


def read_chains(archive: Archive, report: Report) -> list[Chain]:
    """Semua rantai dokumen di dalam arsip, masing-masing diperiksa sampai kesalahan pertama."""
    chains: list[Chain] = []
    for name in sorted(name for name in archive.names() if re.fullmatch(CHAINS + r".*\.jsonl", name)):
        chain = Chain(name[len(CHAINS) :])
        with archive.open(name) as file:
            for line in iter(lambda: file.readline(MAX_LINE), b""):
                if not chain.add(line):
                    break
        chains.append(chain)
        second = " Riwayat kedua sebuah laptop: nomornya sebagian sama." if chain.old else ""
        said = chain.fault or f"{figure(chain.seq)} dokumen, berurutan dan tidak berubah.{second}"
        report.tell(f"Rantai {chain.title}: {said}", good=not chain.fault)
    if not chains:
        report.wrong("Tidak ada rantai dokumen di dalam arsip ini.")
    return chains


def check_numbers(chains: list[Chain], report: Report) -> None:
    """Nomor nota dan retur tiap perangkat: urut tanpa ganda, dari 1 atau dari tempat riwayatnya berpisah."""
    bad: list[str] = []
    for chain in chains:
        for letter, kind in LETTERS.items():
            numbers, form = sorted(chain.numbers[kind]), f"{chain.prefix}-{letter}{{:0{5 if letter else 6}d}}"
            last = numbers[0] - 1 if chain.old and numbers else 0
            for number in numbers:
                if number == last:
                    bad.append(f"Nota {form.format(number)} ada dua kali.")
                elif number > last + 1:
                    end = f" sampai {form.format(number - 1)}" if number > last + 2 else ""
                    bad.append(f"Nota {form.format(last + 1)}{end} hilang.")
                last = number
    for text in bad[:MOST_NAMED]:
        report.wrong(text)
    if len(bad) > MOST_NAMED:
        report.wrong(f"Dan {len(bad) - MOST_NAMED} kesalahan nomor lain.")
    if not bad:
        count = sum(len(chain.numbers["sale"]) for chain in chains)
        report.tell(f"{figure(count)} nota bernomor urut; tidak ada yang hilang atau ganda.")


def check_summary(archive: Archive, chains: list[Chain], report: Report) -> None:
    """Ringkasan arsip dibandingkan dengan rantainya: ujung, banyaknya nota, jumlah uang, sidik rekap."""
    try:
        told = json.loads(archive.text(SUMMARY))
        ends = {str(one["device"]): (int(one["seq"]), one["hash"]) for one in told["stan"]}
        sales, total, sidik = int(told["nota"]), int(told["bersih"]), told["sidik"]
    except (KeyError, ValueError, TypeError, OSError):
        report.wrong(f"{SUMMARY} tidak ada atau tidak dapat dibaca.")
        return
    found = {chain.device: (chain.seq, chain.hash) for chain in chains}
    for device, end in sorted(ends.items()):
        have = found.get(device, (0, ""))
        if have != end:
            said = f"ringkasan menyebut {figure(end[0])}: dipotong atau diganti."
            report.wrong(f"Rantai {device} berakhir di dokumen {figure(have[0])}; {said}")
    count, money = sum(len(chain.numbers["sale"]) for chain in chains), sum(chain.total for chain in chains)
    if (count, money) != (sales, total):
        said = f"rantainya {figure(count)} nota, Rp{figure(money)}."
        report.wrong(f"Ringkasan menyebut {figure(sales)} nota, Rp{figure(total)}; {said}")
    elif report.good:
        report.tell(f"Jumlahnya cocok: {figure(sales)} nota, penjualan bersih Rp{figure(total)}.")
    mine = sidik_of(chains)
    if mine != sidik:
        report.wrong(f"Sidik rekap {sidik} di ringkasan bukan {mine} dari rantainya.")


def sidik_of(chains: list[Chain]) -> str:
    """Sidik rekap: sidik dari ujung semua rantai, seperti tercetak pada Rekapitulasi."""
    ends = sorted((chain.device, chain.seq, chain.hash) for chain in chains)
    text = "".join(f"{device} {seq} {digest}\n" for device, seq, digest in ends)
    digits = hashlib.sha256(text.encode()).hexdigest()[:12].upper()
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def check_head(chains: list[Chain], head: str, report: Report) -> None:
    """Kepala rantai dari kertas: STAN atau PERANGKAT, nomor dokumen (boleh tidak ada), awal sidiknya."""
    match = re.fullmatch(r"([0-9A-Z]+):(?:([0-9]+):)?([0-9A-F]{8,64})", re.sub(r"[\s.]", "", head).upper())
    if match is None:
        raise Unreadable(f"'{head}' bukan kepala rantai seperti S03:1234:9F3A2C1B.")
    whose, seq, digits = match.group(1), int(match.group(2) or 0), match.group(3).lower()
    mine = [chain for chain in chains if whose in chain.names]
    there = [one for chain in mine for one in (chain.hashes[seq - 1 : seq] if seq else chain.hashes)]
    there += [one for chain in mine for old, one in chain.old.items() if seq in (0, old)]
    end = max((chain.seq for chain in mine), default=0)
    which = f"Dokumen {figure(seq)}" if seq else f"Sidik {digits[:8].upper()}"
    if any(one.startswith(digits) for one in there):
        report.tell(f"{which} rantai {whose} sama dengan yang di kertas.")
    elif any(chain.fault and (not seq or chain.seq < seq) for chain in mine):
        report.wrong(f"{which} rantai {whose} {UNKNOWN}")
    elif not mine:
        report.wrong(f"Tidak ada rantai {whose} di arsip ini, padahal ada di kertas.")
    elif not seq:
        report.wrong(f"Rantai {whose} dipotong atau ditulis ulang: sidik dari kertas tidak ada di dalamnya.")
    elif seq > end:
        said = f"kertas menyebut dokumen {figure(seq)}, arsip berakhir di {figure(end)}."
        report.wrong(f"Rantai {whose} dipotong: {said}")
    else:
        report.wrong(f"Rantai {whose} ditulis ulang: dokumen {figure(seq)} bukan yang tercetak di kertas.")


def check_receipt(chains: list[Chain], paper: list[str], report: Report) -> None:
    """Sebuah nota dari kertas: nomor dan kode periksanya."""
    number, code = paper[0].strip().upper(), re.sub(r"[\s-]", "", paper[1]).lower()
    match = NUMBER.fullmatch(number)
    if match is None or not re.fullmatch("[0-9a-f]{8}", code):
        raise Unreadable(f"'{number} {code}' bukan nomor dan kode seperti S03K7-000042 9F3A2C1B.")
    prefix, letter, digits = match.groups()
    mine = [chain for chain in chains if chain.prefix.upper() == prefix]
    papers = [paper for chain in mine for paper in chain.papers]
    hits = [one for kind, n, one in papers if n == int(digits) and LETTERS.get(letter, kind) == kind]
    if any(one.startswith(code) for one in hits):
        report.tell(f"{number}: asli dan tidak berubah.")
    elif hits:
        report.wrong(f"{number} ada, tetapi kodenya bukan {code.upper()}: kertasnya atau arsipnya berubah.")
    elif any(chain.fault and (not chain.seq or chain in mine) for chain in chains):
        report.wrong(f"{number}: {UNKNOWN}")
    else:
        report.wrong(f"{number} tidak ada di arsip ini.")


def figure(number: int) -> str:
    """1234567 sebagai 1.234.567."""
    return f"{number:,}".replace(",", ".")


def examine(args: argparse.Namespace) -> Report:
    """Memeriksa semuanya; mengembalikan laporannya."""
    report, archive = Report(), Archive(args.arsip)
    check_sums(archive, report)
    chains = read_chains(archive, report)
    check_numbers(chains, report)
    check_summary(archive, chains, report)
    sidik = sidik_of(chains)
    said = f"Sidik rekap dari rantainya: {sidik}. Bandingkan dengan kertas yang ditandatangani."
    report.tell(said, mark="info")
    if args.sidik and args.sidik.replace("-", "").upper() == sidik.replace("-", ""):
        report.tell("Sidik rekap sama dengan yang di kertas.")
    elif args.sidik:
        report.wrong(f"Sidik rekap di kertas {args.sidik} bukan {sidik} dari rantainya.")
    for head in args.kepala:
        check_head(chains, head, report)
    if not (args.kepala or args.sidik):
        report.tell("Ekor yang dipotong hanya ketahuan dari kertas: --sidik atau --kepala.", mark="info")
    if args.nota:
        check_receipt(chains, args.nota, report)
    return report


def main(words: list[str] | None = None) -> int:
    """Membaca perintah, memeriksa, mencetak kalimatnya; mengembalikan kode keluar."""
    parser = argparse.ArgumentParser(description="Memeriksa arsip tersegel Lapak.")
    add, here = parser.add_argument, str(Path(__file__).resolve().parent)
    add("arsip", nargs="?", default=here, help="arsip .zip atau foldernya")
    add("--nota", nargs=2, metavar=("NOMOR", "KODE"), help="periksa sebuah nota dari kertas")
    add("--kepala", action="append", default=[], metavar="STAN:NOMOR:SIDIK", help="kepala rantai dari kertas")
    add("--sidik", metavar="XXXX-XXXX-XXXX", help="sidik rekap dari kertas yang ditandatangani")
    try:
        report = examine(parser.parse_args(words))
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, RuntimeError) as error:
        print(f"Arsip tidak dapat dibaca: {error}", file=sys.stderr)
        return 3
    print(*(f"[{mark}] {text}" for mark, text in report.lines), sep="\n")
    print("Arsip ini utuh." if report.good else "Ada yang tidak cocok; lihat baris [SALAH].")
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
