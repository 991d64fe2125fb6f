"""Memeriksa arsip tersegel Lapak: berkas, rantai dokumen, nomor nota, ekor yang dipotong, kode sebuah nota.

Hanya memakai pustaka bawaan Python 3.8 ke atas; tidak membuka jaringan dan tidak menulis apa pun.

    python3 periksa.py                      arsip yang sudah dibuka, di folder berkas ini
    python3 periksa.py ARSIP.zip            arsip yang masih tertutup, atau folder lain
    python3 periksa.py --nota S03K7-000042 9F3A2C1B
    python3 periksa.py --kepala S03:1234:9F3A2C1B --sidik B41C-77D0-9E52

Kode keluar: 0 semua cocok; 1 ada yang tidak cocok; 2 perintah atau arsip tidak dikenal; 3 arsip tidak
terbaca.
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
LETTERS = {"": "sale", "R": "refund"}
TAIL = re.compile(r'([0-9a-f]{64})","seq":([0-9]+)[,}]')  # akhir isi yang sebagian ditahan
NUMBER = re.compile(r"([0-9A-Z]+)-([A-Z]?)([0-9]{1,11})")


class Unreadable(Exception):
    """Arsip yang tidak dapat dibuka atau bukan arsip Lapak; `code` adalah kode keluarnya."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


class Archive:
    """Berkas-berkas di sebuah folder atau di dalam zip, dibaca sepotong demi sepotong."""

    def __init__(self, place: str) -> None:
        self.place = Path(place)
        self.zip: zipfile.ZipFile | None = None
        if self.place.is_dir():
            return
        if not self.place.is_file():
            raise Unreadable(f"{place} tidak ada.")
        if not zipfile.is_zipfile(self.place):
            raise Unreadable(f"{place} bukan arsip zip, atau sudah rusak.")
        self.zip = zipfile.ZipFile(self.place)

    def names(self) -> list[str]:
        """Nama semua berkas, dengan garis miring."""
        if self.zip:
            return [info.filename for info in self.zip.infolist() if not info.is_dir()]
        found = (path for path in self.place.rglob("*") if path.is_file())
        return [path.relative_to(self.place).as_posix() for path in found]

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

    def say(self, text: str) -> None:
        """Sebuah keterangan."""
        self.lines.append(("info", text))

    def right(self, text: str) -> None:
        """Sesuatu yang cocok."""
        self.lines.append(("baik", text))

    def wrong(self, text: str) -> None:
        """Sesuatu yang tidak cocok."""
        self.good = False
        self.lines.append(("SALAH", text))


class Chain:
    """Rantai dokumen sebuah laptop, dibaca dari dokumen pertama sampai terakhir."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.device, self.booth = "", ""
        self.seq, self.hash = 0, GENESIS
        self.faults: list[str] = []
        self.hashes: list[str] = []
        self.numbers: dict[str, list[int]] = {"sale": [], "refund": []}
        self.papers: list[tuple[str, int, int]] = []
        self.total = 0

    @property
    def title(self) -> str:
        """Stan dan kode perangkatnya."""
        return f"{self.booth or '?'} {self.device or self.name}"

    @property
    def prefix(self) -> str:
        """Awal nomor nota perangkat ini, seperti S03K7."""
        return self.booth + self.device[:2]

    def add(self, line: bytes) -> bool:
        """Memeriksa baris berikutnya; mengembalikan False bila selebihnya tidak dapat diikuti."""
        try:
            doc = json.loads(line)
            seq, stated = doc["seq"], doc["hash"]
            found, body = body_of(doc)
            known = isinstance(seq, int) and isinstance(stated, str) and isinstance(body, dict)
        except (ValueError, KeyError, TypeError, RecursionError):
            known = False
        if not known:
            self.faults.append(f"dokumen {self.seq + 1} tidak dapat dibaca.")
            return False
        if seq != self.seq + 1:
            if seq > self.seq + 1:
                self.faults.append(f"dokumen {self.seq + 1} sampai {seq - 1} hilang.")
            else:
                self.faults.append(f"dokumen {seq} ada dua kali atau tidak pada tempatnya.")
            return False
        if found != stated:
            self.faults.append(
                f"dokumen {seq} berubah: isinya bersidik {found[:16]}, tertulis {stated[:16]}."
            )
            return False
        claimed = (body.get("device"), body.get("seq"), body.get("kind"), body.get("prev"))
        self.device = self.device or str(doc.get("device"))
        if claimed[3] != self.hash:
            self.faults.append(f"dokumen {seq} tidak menyambung dokumen {seq - 1}: ada yang ditulis ulang.")
            return False
        if claimed[:3] != (self.device, seq, doc.get("kind")) or doc.get("device") != self.device:
            self.faults.append(f"isi dokumen {seq} milik tempat lain.")
            return False
        self.seq, self.hash = seq, stated
        self.hashes.append(stated)
        self._count(doc.get("kind"), body)
        return True

    def _count(self, kind: str, body: dict[str, Any]) -> None:
        if kind == "device" and self.seq == 1:
            self.booth = str(body.get("booth", ""))
        number = body.get("number")
        if isinstance(number, int):
            self.papers.append((kind, number, self.seq))
        if kind in self.numbers and isinstance(number, int):
            self.numbers[kind].append(number)
            amounts = [part.get("amount", 0) for part in body.get("payments", ())]
            self.total += sum(amounts) if kind == "sale" else -sum(amounts)


def body_of(doc: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Sidik sebuah dokumen yang dihitung dari isinya, dan isinya.

    Isi yang memuat PIN petugas disimpan tanpa bagian itu: yang ada ialah keadaan SHA-256 setelah bagian
    awalnya, dan seluruh sisanya. Sidiknya tetap dapat dihitung dan tidak dapat dipalsukan.
    """
    if "cut" not in doc:
        data = doc["body"].encode("utf-8")
        return hashlib.sha256(data).hexdigest(), json.loads(doc["body"])
    cut = doc["cut"]
    rest, done = cut["rest"].encode("utf-8"), cut["bytes"]
    if not isinstance(done, int) or done <= 0 or done % 64:
        raise ValueError("potongan")
    found = sha256_from(bytes.fromhex(cut["state"]), done, rest)
    tail = TAIL.search(cut["rest"])
    if tail is None:
        raise ValueError("sisa")
    return found, {**doc, "prev": tail.group(1), "seq": int(tail.group(2))}


def primes(count: int) -> list[int]:
    """Bilangan prima pertama."""
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % one for one in found):
            found.append(number)
        number += 1
    return found


def root_bits(prime: int, power: int) -> int:
    """32 bit pertama di belakang koma dari akar ke-`power` sebuah bilangan prima (FIPS 180-4)."""
    low, high = 0, prime << 36
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= prime << (32 * power) else (low, middle)
    return low & 0xFFFFFFFF


ROUNDS = [root_bits(prime, 3) for prime in primes(64)]


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


def turn(word: int, count: int) -> int:
    """Sebuah kata 32 bit yang diputar ke kanan."""
    return (word >> count | word << (32 - count)) & 0xFFFFFFFF


def compress(words: list[int], block: bytes) -> list[int]:
    """Satu blok SHA-256."""
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
    wanted: dict[str, str] = {}
    for line in archive.text(SUMS).splitlines():
        digest, _space, name = line.partition("  ")
        if re.fullmatch("[0-9a-f]{64}", digest) and name:
            wanted[name] = digest
    bad = 0
    for name in sorted(wanted):
        if name not in names:
            report.wrong(f"Berkas {name} hilang.")
            bad += 1
            continue
        found = hashlib.sha256()
        with archive.open(name) as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                found.update(part)
        if found.hexdigest() != wanted[name]:
            report.wrong(f"Berkas {name} berubah sejak arsip disegel.")
            bad += 1
    own = {SUMS, "__pycache__"}
    for name in sorted(set(names) - set(wanted) - own):
        if not name.startswith("__pycache__/"):
            report.wrong(f"Berkas {name} tidak ada di dalam segel.")
            bad += 1
    if not bad:
        report.right(f"{figure(len(wanted))} berkas cocok dengan {SUMS}.")


def read_chains(archive: Archive, report: Report) -> list[Chain]:
    """Semua rantai dokumen di dalam arsip, masing-masing diperiksa sampai kesalahan pertama."""
    chains: list[Chain] = []
    for name in sorted(archive.names()):
        if not (name.startswith(CHAINS) and name.endswith(".jsonl")):
            continue
        chain = Chain(name[len(CHAINS) :])
        with archive.open(name) as file:
            for line in iter(lambda: file.readline(MAX_LINE), b""):
                if not chain.add(line):
                    break
        chains.append(chain)
        for fault in chain.faults:
            report.wrong(f"Rantai {chain.title}: {fault}")
        if not chain.faults:
            report.right(f"Rantai {chain.title}: {figure(chain.seq)} dokumen, berurutan dan tidak berubah.")
    if not chains:
        report.wrong("Tidak ada rantai dokumen di dalam arsip ini.")
    return chains


def check_numbers(chains: list[Chain], report: Report) -> None:
    """Nomor nota dan retur tiap perangkat: mulai dari 1, tanpa lompatan, tanpa ganda."""
    count = 0
    bad: list[str] = []
    for chain in chains:
        for letter, kind in LETTERS.items():
            numbers = chain.numbers[kind]
            count += len(numbers) if kind == "sale" else 0
            there = set(numbers)
            width = 5 if letter else 6
            if len(there) < len(numbers):
                twice = sorted(one for one in there if numbers.count(one) > 1)[:MOST_NAMED]
                bad += [f"Nota {chain.prefix}-{letter}{one:0{width}d} ada dua kali." for one in twice]
            last = 0
            for number in sorted(there):
                if number > last + 1:
                    first = f"{chain.prefix}-{letter}{last + 1:0{width}d}"
                    end = f"{chain.prefix}-{letter}{number - 1:0{width}d}"
                    which = first if number == last + 2 else f"{first} sampai {end}"
                    bad.append(f"Nota {which} hilang.")
                last = number
    for text in bad[:MOST_NAMED]:
        report.wrong(text)
    if len(bad) > MOST_NAMED:
        report.wrong(f"Dan {len(bad) - MOST_NAMED} lompatan nomor lain.")
    if not bad:
        report.right(f"{figure(count)} nota bernomor urut; tidak ada yang hilang atau ganda.")


def check_summary(archive: Archive, chains: list[Chain], report: Report) -> None:
    """Ringkasan arsip dibandingkan dengan rantainya: ujung, banyaknya nota, jumlah uang, sidik rekap."""
    try:
        told = json.loads(archive.text(SUMMARY))
        ends = {one["device"]: (one["seq"], one["hash"]) for one in told["stan"]}
        sales, total, sidik = told["nota"], told["bersih"], told["sidik"]
    except (KeyError, ValueError, TypeError, OSError):
        report.wrong(f"{SUMMARY} tidak ada atau tidak dapat dibaca.")
        return
    found = {chain.device: (chain.seq, chain.hash) for chain in chains}
    for device, (seq, digest) in sorted(ends.items()):
        have = found.get(device, (0, ""))
        if have != (seq, digest):
            report.wrong(
                f"Rantai {device} berakhir di dokumen {figure(have[0])}; "
                f"ringkasan menyebut {figure(seq)}: dipotong atau diganti."
            )
    count, money = sum(len(chain.numbers["sale"]) for chain in chains), sum(chain.total for chain in chains)
    if (count, money) != (sales, total):
        report.wrong(
            f"Ringkasan menyebut {figure(sales)} nota, Rp{figure(total)}; "
            f"rantainya {figure(count)} nota, Rp{figure(money)}."
        )
    elif report.good:
        report.right(f"Jumlahnya cocok: {figure(sales)} nota, penjualan bersih Rp{figure(total)}.")
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
    parts = [part.replace(" ", "").replace(".", "").upper() for part in head.split(":")]
    whose, digits = parts[0], parts[-1]
    number = parts[1] if len(parts) == 3 else ""
    known = len(parts) in {2, 3} and re.fullmatch("[0-9A-F]{8,64}", digits) and re.fullmatch("[0-9]*", number)
    if not known:
        raise Unreadable(f"'{head}' bukan kepala rantai seperti S03:1234:9F3A2C1B.")
    mine = [chain for chain in chains if whose in (chain.device, chain.booth.upper(), chain.prefix.upper())]
    if not mine:
        report.wrong(f"Tidak ada rantai {whose} di arsip ini, padahal ada di kertas.")
        return
    digits = digits.lower()
    if not number:
        if any(one.startswith(digits) for chain in mine for one in chain.hashes):
            report.right(f"Sidik {digits[:8].upper()} dari kertas ada di rantai {whose}.")
        else:
            report.wrong(
                f"Rantai {whose} dipotong atau ditulis ulang: "
                f"sidik {digits[:8].upper()} dari kertas tidak ada di dalamnya."
            )
        return
    seq = int(number)
    if any(0 < seq <= chain.seq and chain.hashes[seq - 1].startswith(digits) for chain in mine):
        report.right(f"Dokumen {figure(seq)} rantai {whose} sama dengan yang di kertas.")
    elif all(chain.seq < seq for chain in mine):
        end = figure(max(chain.seq for chain in mine))
        report.wrong(
            f"Rantai {whose} dipotong: kertas menyebut dokumen {figure(seq)}, arsip berakhir di {end}."
        )
    else:
        report.wrong(f"Rantai {whose} ditulis ulang: dokumen {figure(seq)} bukan yang tercetak di kertas.")


def check_receipt(chains: list[Chain], paper: list[str], report: Report) -> None:
    """Sebuah nota dari kertas: nomor dan kode periksanya."""
    number, code = paper[0].strip().upper(), re.sub(r"[\s-]", "", paper[1]).lower()
    match = NUMBER.fullmatch(number)
    if match is None or not re.fullmatch("[0-9a-f]{8}", code):
        raise Unreadable(f"'{number} {code}' bukan nomor dan kode seperti S03K7-000042 9F3A2C1B.")
    prefix, letter, digits = match.groups()
    hits = [
        (chain, kind, seq)
        for chain in chains
        if chain.prefix.upper() == prefix
        for kind, count, seq in chain.papers
        if count == int(digits) and kind == LETTERS.get(letter, kind) and (letter or kind == "sale")
    ]
    if any(chain.hashes[seq - 1].startswith(code) for chain, _kind, seq in hits):
        report.right(f"{number}: asli dan tidak berubah.")
    elif hits:
        report.wrong(f"{number} ada, tetapi kodenya bukan {code.upper()}: kertasnya atau arsipnya berubah.")
    else:
        report.wrong(f"{number} tidak ada di arsip ini.")


def figure(number: int) -> str:
    """1234567 sebagai 1.234.567."""
    return f"{number:,}".replace(",", ".")


def examine(args: argparse.Namespace) -> Report:
    """Memeriksa semuanya; mengembalikan laporannya."""
    report = Report()
    archive = Archive(args.arsip)
    check_sums(archive, report)
    chains = read_chains(archive, report)
    check_numbers(chains, report)
    check_summary(archive, chains, report)
    report.say(
        f"Sidik rekap dari rantainya: {sidik_of(chains)}. Bandingkan dengan kertas yang ditandatangani."
    )
    if args.sidik:
        same = args.sidik.replace("-", "").upper() == sidik_of(chains).replace("-", "")
        if same:
            report.right("Sidik rekap sama dengan yang di kertas.")
        else:
            report.wrong(f"Sidik rekap di kertas {args.sidik} bukan {sidik_of(chains)} dari rantainya.")
    for head in args.kepala:
        check_head(chains, head, report)
    if not (args.kepala or args.sidik):
        report.say("Rantai yang dipotong ekornya hanya ketahuan dari kertas: beri --sidik atau --kepala.")
    if args.nota:
        check_receipt(chains, args.nota, report)
    return report


def main(words: list[str] | None = None) -> int:
    """Membaca perintah, memeriksa, mencetak kalimatnya; mengembalikan kode keluar."""
    parser = argparse.ArgumentParser(description="Memeriksa arsip tersegel Lapak.")
    add = parser.add_argument
    here = str(Path(__file__).resolve().parent)
    add("arsip", nargs="?", default=here, help="arsip .zip atau foldernya")
    add("--nota", nargs=2, metavar=("NOMOR", "KODE"), help="periksa sebuah nota dari kertas")
    add("--kepala", action="append", default=[], metavar="STAN:NOMOR:SIDIK", help="kepala rantai dari kertas")
    add("--sidik", metavar="XXXX-XXXX-XXXX", help="sidik rekap dari kertas yang ditandatangani")
    add("--json", action="store_true", help="hasil sebagai JSON")
    args = parser.parse_args(words)
    try:
        report = examine(args)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return error.code
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, RuntimeError) as error:
        print(f"Arsip tidak dapat dibaca: {error}", file=sys.stderr)
        return 3
    if args.json:
        print(json.dumps({"cocok": report.good, "hasil": report.lines}, ensure_ascii=False))
    else:
        for mark, text in report.lines:
            print(f"[{mark}] {text}")
        print("Arsip ini utuh." if report.good else "Ada yang tidak cocok; lihat baris [SALAH].")
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
