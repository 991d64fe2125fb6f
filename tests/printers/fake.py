"""Printers that can be bought: one in the network, kind or unkind, as a real server on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pos.printers import Printer
from pos.printers.ways import Patience

QUICK = Patience(connect=1.0, send=0.4, answer=0.1, last=0.4, spool=5.0)
ASK = b"\x10\x04\x04"
FULL, EMPTY = b"\x12", b"\x72"  # answers to ASK: paper, none


class NetPrinter:
    """A server that takes bytes as the cheapest printers do; `got` is what it has, job by job.

    `answer` is what it says when asked for paper, empty for one that never speaks; a list is said in turn.
    `gone_after` bytes it closes the line with a reset; with `deaf` it reads nothing at all.
    """

    def __init__(self, *answers: bytes, gone_after: int | None = None, deaf: bool = False) -> None:
        self.got: list[bytes] = []
        self._answers = list(answers)
        self._gone_after = gone_after
        self._deaf = deaf
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._server.bind(("127.0.0.1", 0))
        self._server.listen()
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    @property
    def printer(self) -> Printer:
        """As the settings have it."""
        return Printer("tcp", self.address)

    def close(self) -> None:
        """Switch it off."""
        with suppress(OSError):  # Windows cannot, and needs it not
            self._server.shutdown(socket.SHUT_RDWR)  # wakes who waits for a call
        self._server.close()
        for line in self._open:
            line.close()
        self._thread.join(2)

    def wait(self, jobs: int) -> bool:
        """Look until so many jobs have come to their end, for two seconds at most; Qt stands still."""
        for _look in range(400):
            if len(self.got) >= jobs:
                return True
            threading.Event().wait(0.005)
        return False

    def _serve(self) -> None:
        while True:
            try:
                line, _who = self._server.accept()
            except OSError:
                return
            self._open.append(line)
            if not self._deaf:
                self._take(line)

    def _take(self, line: socket.socket) -> None:
        got = b""
        try:
            while part := line.recv(512):
                asked = (got[-2:] + part).count(ASK)
                got += part
                for _time in range(asked):
                    if self._answers:
                        line.sendall(self._answers.pop(0) if len(self._answers) > 1 else self._answers[0])
                if self._gone_after is not None and len(got) > self._gone_after:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # a reset
                    break
        except OSError:
            pass
        finally:
            self.got.append(got)
            line.close()


@contextmanager
def net_printer(*answers: bytes, gone_after: int | None = None, deaf: bool = False) -> Iterator[NetPrinter]:
    """One that is switched off in the end."""
    made = NetPrinter(*answers, gone_after=gone_after, deaf=deaf)
    try:
        yield made
    finally:
        made.close()
