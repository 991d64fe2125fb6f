"""The list of what is inside says what the lock says; who asks about it is told plainly what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError

import pytest

from pos.cli import main
from pos.inside import LOCKS, Locked, bill_of_materials, locked
from tests.advisories import asker, question, report
from tests.advisories import main as check

LOCK = Path(__file__).parent.parent / LOCKS[0]


def test_every_locked_package_is_in_it_with_all_its_hashes() -> None:
    told = bill_of_materials()
    parts = {one["name"]: one for one in told["components"]}
    assert (told["bomFormat"], told["metadata"]["component"]["name"]) == ("CycloneDX", "lapak")
    names = [line.partition("==")[0] for line in LOCK.read_text().splitlines() if "==" in line]
    assert len(names) > 15
    assert parts.keys() == {"python", *names}
    hashes = [one["value"] for part in parts.values() for one in part.get("properties", [])]
    assert sorted(hashes) == sorted(
        line.split(":")[-1].split()[0] for line in LOCK.read_text().splitlines() if "--hash" in line
    )
    assert parts["reportlab"]["purl"] == f"pkg:pypi/reportlab@{parts['reportlab']['version']}"
    assert all(part.get("licenses") for name, part in parts.items() if name not in {"python", "tzdata"})


def test_what_is_installed_otherwise_is_said() -> None:
    (one,) = bill_of_materials((Locked("openpyxl", "0.0.1"),))["components"][1:]
    assert [value["name"] for value in one["properties"]] == ["installed:version"]
    (gone,) = bill_of_materials((Locked("tidak-ada", "1"),))["components"][1:]
    assert ("licenses" in gone, gone["properties"]) == (False, [])


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sbom", "-o", str(tmp_path / "isi.json")]) == 0
    assert json.loads((tmp_path / "isi.json").read_text())["specVersion"] == "1.5"
    capsys.readouterr()
    assert main(["sbom"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(locked()) + 1
    assert main(["sbom", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == bill_of_materials()


PACKAGES = (Locked("satu", "1.0"), Locked("dua", "2.0"))


def test_the_question_names_every_package() -> None:
    asked = json.loads(question(dict.fromkeys(PACKAGES, "")))["queries"]
    assert [(one["package"]["name"], one["version"]) for one in asked] == [("satu", "1.0"), ("dua", "2.0")]


class Osv(BaseHTTPRequestHandler):
    """The list as its makers describe it: `POST /v1/querybatch`, one result for each query in their order, of
    a fault its id and when it was changed, and a `next_page_token` where there is more.
    """

    FAULTS: Mapping[str, Sequence[Mapping[str, object]]] = {
        "satu": (
            {"vulns": [{"id": "GHSA-462w-v97r-4m45", "modified": "2024-09-12T20:53:01.124Z"}]}
            | {"next_page_token": "halaman-2"},
            {"vulns": [{"id": "PYSEC-2019-217", "modified": "2023-11-08T04:01:00.119Z"}]},
        ),
        "dua": ({"next_page_token": "halaman-2"}, {"vulns": [{"id": "CVE-2026-0001"}]}),
        "tiga": ({},),
    }

    def do_POST(self) -> None:
        """Answers, or says 400 as it does to what it does not understand."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        plain = all(one["package"]["ecosystem"] == "PyPI" and one["version"] for one in asked)
        good = self.path == "/v1/querybatch" and self.headers["Content-Type"] == "application/json" and plain
        results = [self.FAULTS[one["package"]["name"]][int("page_token" in one)] for one in asked]
        body = json.dumps({"results": results} if good else {"code": 3, "message": "Invalid query."}).encode()
        self.send_response(200 if good else 400)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Nothing on the screen of the tests."""


def test_a_server_that_speaks_the_published_form_is_asked_page_by_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with HTTPServer(("127.0.0.1", 0), Osv) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1/querybatch"
        assert report(asker(url), [*PACKAGES, Locked("tiga", "3.0")]) == 1
        said = capsys.readouterr().out.splitlines()
        assert said == [
            "dua 2.0: CVE-2026-0001",
            "satu 1.0: GHSA-462w-v97r-4m45, PYSEC-2019-217",
            "3 packages asked about, 2 with known faults.",
        ]
        assert report(asker(f"{url}/lain"), PACKAGES) == 3
        server.shutdown()


def test_an_answer_without_end_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    def again(body: bytes) -> bytes:
        return json.dumps({"results": [{"next_page_token": "x"}] * len(json.loads(body)["queries"])}).encode()

    assert report(again, PACKAGES) == 3
    assert "does not end" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ('{"results": [{}, {}]}', 0, "0 with known faults"),
        ('{"results": [{}, {"vulns": [{"id": "X-1"}, {"id": "X-2"}]}]}', 1, "dua 2.0: X-1, X-2"),
        ('{"results": [{}]}', 3, "Not checked"),
        ('{"message": "no"}', 3, "Not checked"),
        ("<html>", 3, "Not checked"),
        ("[]", 3, "Not checked"),
    ],
)
def test_what_came_of_it_is_told_plainly(
    answer: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(lambda _body: answer.encode(), PACKAGES) == code
    assert said in capsys.readouterr().out


def test_where_nobody_answers_nothing_is_said_to_be_well(capsys: pytest.CaptureFixture[str]) -> None:
    def nobody(_body: bytes) -> bytes:
        raise URLError("no way out")

    assert report(nobody, PACKAGES) == 3
    assert "could not be asked" in capsys.readouterr().out
    for wrong in ([], ["http://x/v1/querybatch"], ["file:///etc/passwd"]):
        assert check(wrong) == 2
