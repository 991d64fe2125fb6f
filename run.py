"""Start Lapak on a machine that has nothing but Python 3.11: make what is missing, then open the till.

    python3 run.py                      the till; without a screen the sample day, rung up into lapak-demo
    python3 run.py ARGS...              lapak ARGS... (python3 run.py --help lists the commands)
    python3 run.py check                all that a change must pass: ruff, mypy and every test
    python3 run.py test [ARGS...]       the same; with ARGS only pytest ARGS
    python3 run.py bench [ARGS...]      the benchmarks
    python3 run.py api DIR              the reference of pos, made of its docstrings
    python3 run.py package [ARGS...]    what is handed out: a .tar.xz and a .deb, a .zip and an installer
    python3 run.py --offline DIR ...    any of these, with the packages taken from the wheels in DIR

All it makes lies in `.venv` beside this file. A folder of wheels is made on a machine with a network by
`pip download --require-hashes --only-binary :all: -r requirements.lock -d DIR`.

Exit codes: 2 refused (old Python, no such folder), 3 the world failed (network, disk, a system library that
only the machine's keeper can install), otherwise what the started program returns.

Messages are plain Indonesian strings: they are shown before there is a catalogue of texts to look them up in.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
START = "py run.py" if sys.platform == "win32" else "python3 run.py"  # python3 is a shop's door there
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
# Written last, so an environment without it was never finished; named for the Python that it fits.
STAMP = VENV / "ready-{}.{}".format(*sys.version_info)

APT_WAIT_S = 300  # for another program that is installing

LOCK = ROOT / "requirements.lock"
PACKAGE_LOCK = ROOT / "requirements-package.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
LOCKS = (LOCK, PACKAGE_LOCK, TEST_LOCK)  # each contains those before it

# What Qt 6.11 loads and its wheels do not carry -> the package that brings it on Debian 12, Ubuntu 22.04
# and later. The second table is for a window, the first also for drawing without one.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",  # office printers
}

# What a package is made with -> the package that brings it. The test of a built package needs the first.
BUILD_TOOLS = {"objdump": "binutils", "makensis": "nsis"}

# What pip says -> what a person can do about it; the first that fits is told.
FULL = "Disk penuh; kosongkan 1 GB lalu jalankan lagi."
IN_USE = "Berkas Lapak sedang dipakai; tutup Lapak yang masih terbuka, lalu jalankan lagi."
TOO_DEEP = "Folder Lapak terlalu dalam; pindahkan misalnya ke C:\\Lapak, lalu jalankan dari sana."
PIP_TROUBLE = (
    ("DO NOT MATCH THE HASHES", "Paket yang diterima tidak sama dengan yang dikunci, jadi tidak dipasang."),
    ("No space left on device", FULL),
    ("[WinError 112]", FULL),
    ("[WinError 5]", IN_USE),
    ("[WinError 32]", IN_USE),
    ("Windows Long Path support", TOO_DEEP),  # pip's advice where a path has more than 260 letters
)


class Stop(Exception):
    """The start ends here: what happened and what to do, in one sentence for a person."""

    def __init__(self, message: str, code: int = 3) -> None:
        super().__init__(message)
        self.code = code


def say(message: str) -> None:
    """Tell a person on stderr, so that stdout stays what the started program writes (`--json`)."""
    print(message, file=sys.stderr, flush=True)


def has_screen() -> bool:
    """Whether a window can be shown: always on Windows and macOS, on Linux if a display server is named."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Whether the system's loader finds the shared library of this name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def screen_packages() -> list[str]:
    """The Debian packages that a window needs here; a package of ours takes their libraries along."""
    return [package for library, package in SCREEN_LIBRARIES.items() if not loads(library)]


def missing_packages() -> list[str]:
    """The Debian packages this machine still needs before an environment can be made and Qt can start."""
    packages = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    packages += screen_packages() if has_screen() else []
    if not STAMP.exists() and importlib.util.find_spec("ensurepip") is None:  # Debian packs it separately
        packages.append("python{}.{}-venv".format(*sys.version_info))
    return packages


def missing_tools(lock: Path) -> list[str]:
    """The Debian packages that building a package needs besides; for the tests those of a Linux one."""
    tools = {} if lock == LOCK else dict(list(BUILD_TOOLS.items())[: 2 if lock == PACKAGE_LOCK else 1])
    packages = [package for tool, package in tools.items() if not shutil.which(tool)]
    if lock == PACKAGE_LOCK:
        packages += screen_packages()
    library = str(sysconfig.get_config_var("INSTSONAME"))  # Debian packs it separately, too
    beside = Path(sys.base_prefix) / "lib" / library
    if tools and sysconfig.get_config_var("Py_ENABLE_SHARED") and not (beside.exists() or loads(library)):
        packages.append("libpython{}.{}".format(*sys.version_info))
    return packages


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root or by a sudo that asks nothing; else stop with the line to run."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = "apt-get update && " + " ".join(install)
    line = f"sudo sh -c '{line}'" if shutil.which("sudo") else f"su -c '{line}'"
    if not shutil.which("apt-get"):
        raise Stop("Pasang dulu pustaka sistem yang di Debian bernama: " + " ".join(packages))
    if os.geteuid() == 0:
        rights = []
    elif shutil.which("sudo") and not run(["sudo", "-n", "true"]).returncode:
        rights = ["sudo", "-n"]
    else:
        raise Stop(f"Pustaka sistem belum lengkap. Jalankan baris ini sekali, lalu mulai lagi:\n{line}")
    say("Memasang pustaka sistem dengan apt-get ...")
    rights += ["env", "DEBIAN_FRONTEND=noninteractive"]
    run([*rights, "apt-get", "update"])  # if it fails, the lists already here may do
    # A machine just switched on may be updating itself; that ends, and then it is our turn.
    if run([*rights, *install, "-o", f"DPkg::Lock::Timeout={APT_WAIT_S}"]).returncode:
        raise Stop(
            f"apt-get gagal. Periksa jaringan, lalu jalankan baris ini; ia menunjukkan sebabnya:\n{line}"
        )


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end without showing what it says."""
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


def fingerprint(lock: Path) -> str:
    """The SHA-256 of a lock file in hex."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def ready(lock: Path) -> bool:
    """Whether the environment was finished with exactly this lock."""
    return PYTHON.exists() and STAMP.exists() and fingerprint(lock) in STAMP.read_text("ascii").split()


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other start is setting up here (a double click too many). A power cut leaves no lock."""
    with (ROOT / ".venv.lock").open("a") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten seconds; a set-up takes longer
                    continue
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """Make `.venv` anew, over whatever a power cut left of an earlier one."""
    say("Menyiapkan Lapak, sekali saja di komputer ini ...")
    python = getattr(sys, "_base_executable", sys.executable)  # even when started from inside .venv
    made = run([python, "-m", "venv", "--clear", str(VENV)])
    if made.returncode:
        why = "".join((made.stdout + made.stderr).splitlines()[-1:])
        raise Stop(
            f"{VENV} tidak dapat dibuat; tutup Lapak yang masih terbuka, lalu coba lagi.\nRincian: {why}"
        )


def install_requirements(lock: Path, wheels: Path | None) -> None:
    """Install what the lock names, each file checked by its hash; from the folder `wheels` if given."""
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-input", "--disable-pip-version-check", "-r", str(lock)]
    command += ["--no-index", "--find-links", str(wheels)] if wheels else []
    variables = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    total = sum(line[0].isalnum() for line in lock.read_text("utf-8").splitlines())
    count, said = 0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=variables
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if name := package_in(line):
                count += 1
                say(f"  paket {count} dari {total}: {name}")
            elif line.startswith("Ignoring "):  # it is for another system
                total -= 1
            elif line.startswith("Installing collected packages"):
                say(f"  memasang {count} paket ...")
    if pip.returncode:
        log = VENV / "pip.log"
        log.write_text("".join(said), "utf-8")
        raise Stop(f"{trouble(''.join(said), wheels)}\nRincian: {log}")


def package_in(line: str) -> str:
    """The name of the package that pip begins with in this line of what it says; empty for other lines."""
    word, _blank, rest = line.strip().partition(" ")
    if word == "Collecting":  # from an index
        return rest.split()[0].partition("==")[0]
    if word == "Processing":  # a wheel in a folder
        return Path(rest.partition(" (from ")[0]).name.partition("-")[0].replace("_", "-")
    return ""


def trouble(said: str, wheels: Path | None) -> str:
    """What a person can do about pip's failure, told from all that pip said."""
    for sign, sentence in PIP_TROUBLE:
        if sign in said:
            return sentence
    if wheels:
        return f"Ada paket yang tidak ada di folder {wheels} untuk Python dan sistem ini."
    return f"Paket tidak dapat diunduh; periksa jaringan, atau pakai: {START} --offline FOLDER"


def prepare(lock: Path, wheels: Path | None) -> None:
    """Bring system libraries and environment to what `lock` says; a second time there is nothing to do."""
    if sys.platform == "linux" and (packages := missing_packages() + missing_tools(lock)):
        install_packages(packages)
    if sys.platform == "linux" and lock == TEST_LOCK and (packages := screen_packages()):
        with suppress(Stop):  # all but the test of a built package does without them
            install_packages(packages)
    if ready(lock):
        return
    with alone():
        if ready(lock):
            return
        if not (PYTHON.exists() and STAMP.exists()):
            make_environment()
        STAMP.unlink(missing_ok=True)
        install_requirements(lock, wheels)
        if sys.platform != "win32":
            os.sync()  # the stamp must not reach the disk before what it vouches for
        done = {fingerprint(one) for one in LOCKS[: LOCKS.index(lock) + 1]}
        STAMP.write_text("\n".join(sorted(done)) + "\n", "ascii")
        say("Siap.")


def environment() -> dict[str, str]:
    """The variables of the started program: ours, and our packages importable from any folder."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def run_module(*args: str) -> int:
    """Become `python -m ARGS...`; `-P` keeps the folder we were started in, which may hold anything, out of
    the module path.
    """
    return become("-P", "-m", *args)


def become(*args: str) -> int:
    """Become `python ARGS...` so that signals reach it; on Windows, which cannot, run it and wait."""
    command = [str(PYTHON), *args]
    if os.name == "posix":
        os.execve(command[0], command, environment())
    return subprocess.run(command, env=environment(), check=False).returncode


def run_tests(args: list[str]) -> int:
    """Run ruff, mypy and pytest, or only pytest if it is given arguments; return the first failure.

    The tests take a worker for each core. mypy runs beside them and speaks when they are done.
    """
    variables = {**environment(), "QT_QPA_PLATFORM": "offscreen"}
    python = [str(PYTHON), "-P", "-m"]

    def check(*command: str) -> int:
        return subprocess.run([*python, *command], cwd=ROOT, env=variables, check=False).returncode

    if args:
        return check("pytest", *args)
    workers = str(max(2, os.cpu_count() or 0))
    with subprocess.Popen(
        [*python, "mypy"], cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as mypy:
        codes = [check("ruff", "check"), check("pytest", "-n", workers, "--dist", "worksteal")]
        said, _none = mypy.communicate()
    sys.stdout.buffer.write(said)
    return next(filter(None, [*codes, mypy.returncode]), 0)


def demo() -> list[str]:
    """The arguments that ring up the sample day unseen, into `lapak-demo` here or in the home folder."""
    folder = Path.cwd() if os.access(Path.cwd(), os.W_OK) else Path.home()
    return ["demo", "--headless", "--out", str(folder / "lapak-demo")]


def start(args: list[str]) -> int:
    """Read our own few words off `args`, prepare, run; return the exit code."""
    if sys.version_info < (3, 11):
        raise Stop("Lapak perlu Python 3.11 atau lebih baru; pasang dari python.org, lalu mulai lagi.", 2)
    if sys.platform == "win32" and sys.maxsize < 2**32:
        raise Stop("Lapak perlu Python 64-bit; pasang yang 64-bit dari python.org, lalu mulai lagi.", 2)
    wheels = None
    if args[:1] == ["--offline"]:
        wheels = Path(*args[1:2]).resolve()
        if not args[1:] or not wheels.is_dir():
            raise Stop(f"Tulis folder berisi paket: {START} --offline FOLDER", 2)
        args = args[2:]
    word = args[0] if args else ""
    if args == ["check"]:  # with more behind it that is `lapak check`, of a receipt
        word = "test"
    prepare({"test": TEST_LOCK, "bench": TEST_LOCK, "package": PACKAGE_LOCK}.get(word, LOCK), wheels)
    if word == "test":
        return run_tests(args[1:])
    if word in {"bench", "api"}:
        return run_module(f"tests.{word}", *args[1:])
    if word == "package":
        return become(str(ROOT / ".package/package.py"), *args[1:])
    return run_module("ui", *(args or ([] if has_screen() else demo())))


def main() -> int:
    """Start; turn what went wrong into one sentence and an exit code."""
    try:
        return start(sys.argv[1:])
    except Stop as stop:
        say(str(stop))
        return stop.code
    except OSError as error:
        say(f"Tidak dapat disiapkan: {error.strerror or error} ({error.filename or ROOT}).")
        return 3
    except KeyboardInterrupt:
        say("Dihentikan; jalankan lagi untuk melanjutkan.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
