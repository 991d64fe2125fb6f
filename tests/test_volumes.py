"""Finding sticks: on Linux in what is mounted and what /sys says, on Windows by asking a stand-in for it."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

import pytest

from pos import volumes
from pos.volumes import left_behind, mounts, sticks, system_of


class Machine:
    """A made-up `proc` and `sys` below a folder, with real folders for what is mounted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines: list[str] = []
        (root / "proc/self").mkdir(parents=True)
        (root / "sys/class/block").mkdir(parents=True)
        self.write()

    def mount(
        self, device: str, path: str | Path, system: str = "ext4", options: str = "rw,relatime"
    ) -> None:
        """One more line of /proc/mounts; blanks stand there as octal numbers."""
        shown = str(path).replace("\\", "\\134").replace(" ", "\\040")
        self.lines.append(f"{device} {shown} {system} {options} 0 0")
        self.write()

    def disk(self, name: str, part: str, *, removable: bool, bus: str = "pci0000:00/ata1") -> None:
        """A disk with one partition, as /sys shows them."""
        node = self.root / f"sys/devices/{bus}/block/{name}"
        (node / part).mkdir(parents=True)
        (node / "removable").write_text(f"{removable:d}\n")
        (node / part / "partition").write_text("1\n")
        for link, target in ((name, node), (part, node / part)):
            (self.root / "sys/class/block" / link).symlink_to(target)

    def write(self) -> None:
        """Put the lines down."""
        (self.root / "proc/self/mounts").write_text("".join(f"{line}\n" for line in self.lines))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A laptop with one disk inside."""
    if sys.platform == "win32":
        pytest.skip("what Linux says of its disks")
    made = Machine(tmp_path / "akar")
    made.disk("sda", "sda1", removable=False)
    made.mount("/dev/sda1", "/")
    made.mount("tmpfs", "/run", "tmpfs")
    return made


def test_a_laptop_without_a_stick_has_none(machine: Machine) -> None:
    assert sticks(machine.root) == ()


def test_a_stick_is_found_wherever_it_is_mounted(machine: Machine, tmp_path: Path) -> None:
    place = tmp_path / "KINGSTON 32"
    place.mkdir()
    machine.disk("sdb", "sdb1", removable=True)
    machine.mount("/dev/sdb1", place, "vfat")
    (found,) = sticks(machine.root)
    assert (found.path, found.name, found.system, found.writable) == (place, "KINGSTON 32", "vfat", True)
    assert found.free > 0


def test_a_disk_on_usb_counts_although_it_says_that_it_stays(machine: Machine, tmp_path: Path) -> None:
    place = tmp_path / "hdd"
    place.mkdir()
    machine.disk("sdc", "sdc1", removable=False, bus="pci0000:00/usb2/2-1")
    machine.mount("/dev/sdc1", place, "exfat")
    assert [one.path for one in sticks(machine.root)] == [place]


def test_a_write_protected_stick_says_so(machine: Machine, tmp_path: Path) -> None:
    place = tmp_path / "stik"
    place.mkdir()
    machine.disk("sdb", "sdb1", removable=True)
    machine.mount("/dev/sdb1", place, "vfat", "ro,nosuid")
    assert [one.writable for one in sticks(machine.root)] == [False]


def test_a_stick_that_was_pulled_just_now_is_left_out(machine: Machine, tmp_path: Path) -> None:
    machine.disk("sdb", "sdb1", removable=True)
    machine.mount("/dev/sdb1", tmp_path / "gone", "vfat")
    assert sticks(machine.root) == ()


def test_several_sticks_stand_by_their_names_each_once(machine: Machine, tmp_path: Path) -> None:
    for number, name in enumerate(("b", "A"), 1):
        (tmp_path / name).mkdir()
        machine.disk(f"sd{'abc'[number]}", f"sd{'abc'[number]}1", removable=True)
        machine.mount(f"/dev/sd{'abc'[number]}1", tmp_path / name)
    machine.mount("/dev/sdb1", tmp_path / "b")  # mounted over itself
    assert [one.name for one in sticks(machine.root)] == ["A", "b"]


@pytest.mark.skipif(sys.platform == "win32", reason="what Linux says of its disks")
def test_a_machine_that_does_not_tell_has_no_sticks(tmp_path: Path) -> None:
    assert mounts(tmp_path) == []
    assert sticks(tmp_path) == ()


def test_torn_lines_are_passed_over(machine: Machine) -> None:
    machine.lines += ["", "sda1", "/dev/sdb1 /x vfat"]
    machine.write()
    assert sticks(machine.root) == ()


def test_the_folder_of_a_pulled_stick_is_no_stick(machine: Machine) -> None:
    left = Path("/media/rina/KINGSTON/pusat.lapak")
    assert left_behind(left, machine.root)
    machine.mount("/dev/sdb1", "/media/rina/KINGSTON", "vfat")
    assert not left_behind(left, machine.root)
    assert left_behind(Path("/run/media/rina/LAIN/pusat.lapak"), machine.root)
    assert not left_behind(Path("/srv/pusat.lapak"), machine.root)


def test_the_file_system_of_a_path_is_that_of_the_innermost_mount(machine: Machine, tmp_path: Path) -> None:
    machine.mount("/dev/sdb1", tmp_path.resolve(), "vfat")
    assert system_of(tmp_path / "pusat.lapak", machine.root) == "vfat"
    assert system_of(Path("/etc"), machine.root) == "ext4"


class Windows:
    """What kernel32 answers: C: stays, E: and F: come out, and F: is empty."""

    def __init__(self, folder: Path, flags: int = 0) -> None:
        self.folder, self.flags = folder, flags
        self.modes: list[int] = []

    def SetErrorMode(self, mode: int) -> int:
        """The mode that was before."""
        self.modes.append(mode)
        return 7

    def GetLogicalDrives(self) -> int:
        """C, E and F as bits."""
        return 0b110100

    def GetDriveTypeW(self, drive: str) -> int:
        """3 stays, 2 comes out."""
        return 3 if drive == "C:\\" else 2

    def GetVolumeInformationW(self, drive: str, name: Any, *more: Any) -> int:
        """Fills in name, flags and file system; 0 where nothing is in it."""
        if drive == "F:\\":
            return 0
        name.value = "KINGSTON"
        ctypes.cast(more[3], ctypes.POINTER(ctypes.c_uint32))[0] = self.flags
        more[4].value = "FAT32"
        return 1


@pytest.mark.parametrize("flags", [0, 0x00080000])
def test_windows_is_asked_for_its_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: int) -> None:
    windows = Windows(tmp_path, flags)
    monkeypatch.setattr("shutil.disk_usage", lambda _drive: type("Use", (), {"free": 42})())
    (found,) = volumes._windows(windows)
    assert (str(found.path), found.name, found.free, found.system) == ("E:\\", "KINGSTON", 42, "FAT32")
    assert found.writable is not bool(flags)
    assert windows.modes == [1, 7]  # no dialogs while it asks, and as before afterwards
