"""What stands between a till and a server: a wire that can be cut, and TLS with certificates of our own."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import make_url

_COMMIT = re.compile(rb"COMMIT(?!TED)")  # not the level READ COMMITTED of a BEGIN
_SSL_REQUEST, _GSS_REQUEST = (80877103).to_bytes(4, "big"), (80877104).to_bytes(4, "big")


@dataclass
class Front:
    """Listens on this machine and passes on to the server's own socket.

    `tls`: speak TLS with this certificate. `cut`: what happens to the next answer after a COMMIT: "" nothing,
    "after" the server has done it, "before" it hears of it. `heard` counts those who said who they are.
    """

    path: str
    tls: ssl.SSLContext | None = None
    cut: str = ""
    heard: int = 0
    port: int = 0
    threads: list[Thread] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        """Until it is closed."""
        with suppress(OSError):
            while True:
                self._start(self._one, listening.accept()[0])

    def _start(self, work: Callable[..., None], *args: object) -> Thread:
        thread = Thread(target=work, args=args, daemon=True)
        thread.start()
        self.threads.append(thread)
        return thread

    def _one(self, client: socket.socket) -> None:
        with ExitStack() as open_ones, suppress(OSError):
            open_ones.enter_context(client)
            first = client.recv(65536)
            while first[4:8] in {_SSL_REQUEST, _GSS_REQUEST}:
                spoken = self.tls is not None and first[4:8] == _SSL_REQUEST
                client.sendall(b"S" if spoken else b"N")
                if spoken and self.tls:
                    safe = self.tls.wrap_socket(client, server_side=True, do_handshake_on_connect=False)
                    client = open_ones.enter_context(safe)
                    safe.do_handshake()
                first = client.recv(65536)
            if first:
                self.heard += 1
                server = open_ones.enter_context(socket.socket(socket.AF_UNIX))
                server.connect(self.path)
                server.sendall(first)
                back = self._start(self._back, server, client)
                self._forth(client, server)
                with suppress(OSError):
                    server.shutdown(socket.SHUT_WR)
                back.join()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        while data := client.recv(65536):
            if self.cut and _COMMIT.search(data):
                how, self.cut = self.cut, ""
                client.shutdown(socket.SHUT_RDWR)
                if how == "after":
                    server.sendall(data)
                return
            server.sendall(data)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)

    def url(self, address: str, host: str = "127.0.0.1", **query: str) -> str:
        """The address of the same database through this front, named `host`."""
        url = make_url(address).set(host=host, port=self.port, query=query)
        return url.render_as_string(hide_password=False)


@contextmanager
def front(address: str, tls: ssl.SSLContext | None = None) -> Iterator[Front]:
    """A front of the server at `address`, whose own socket is named there."""
    if sys.platform == "win32":
        pytest.skip("the server's own socket is one of POSIX")
    folder = str(make_url(address).query["host"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Front(f"{folder}/.s.PGSQL.5432", tls, port=listening.getsockname()[1])
        accepting = Thread(target=made.serve, args=(listening,), daemon=True)
        accepting.start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)
        for thread in (accepting, *made.threads):
            thread.join()


def authority(folder: Path, name: str) -> Path:
    """A certificate authority of our own; the certificate that others trust."""
    _openssl(folder, name, f"/CN=Lapak {name}")
    return folder / f"{name}.crt"


def certificate(folder: Path, by: str, host: str) -> ssl.SSLContext:
    """What a server called `host` shows, signed by the authority `by`."""
    signed = ("-CA", f"{by}.crt", "-CAkey", f"{by}.key")
    _openssl(folder, host, f"/CN={host}", *signed, "-addext", f"subjectAltName=DNS:{host}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{host}.crt", folder / f"{host}.key")
    return context


def _openssl(folder: Path, name: str, subject: str, *more: str) -> None:
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make certificates with")
    command = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    )
    files = ("-keyout", f"{name}.key", "-out", f"{name}.crt", "-days", "2", "-subj", subject)
    subprocess.run([*command, *files, *more], cwd=folder, check=True, capture_output=True)
