"""The errors a person is told about, and what the command line makes of them."""

from __future__ import annotations

from pos.errors import BadCell, BadDocument, Refused, UserError, WorldFailed


def test_bad_input_and_the_worlds_faults_end_a_command_differently() -> None:
    assert (Refused("x").exit_code, BadCell(1, "sku", "x").exit_code, BadDocument("A", 1, "x").exit_code) == (
        2,
        2,
        2,
    )
    assert (UserError("x").exit_code, WorldFailed("x").exit_code) == (3, 3)


def test_an_error_says_what_happened_and_what_to_do() -> None:
    assert str(Refused("Kosong.", "Isi dahulu.")) == "Kosong. Isi dahulu."
    assert str(Refused("Kosong.")) == "Kosong."


def test_a_bad_cell_says_where() -> None:
    assert str(BadCell(7, "price", "12,5", file="barang.csv")) == "barang.csv:7:price: 12,5"
    assert str(BadCell(7, "", "kosong")) == "7: kosong"


def test_a_bad_document_says_which() -> None:
    assert str(BadDocument("K7ABCDEF", 42, "berubah")) == "K7ABCDEF #42: berubah"


def test_what_it_quotes_of_a_file_no_terminal_obeys() -> None:
    told = BadCell(2, "price", "'\x1b[2J1\t2\n\u202e3' is no amount.")
    assert str(told) == "2:price: ' [2J1 2  3' is no amount."
    assert Refused("100\u00a0% sure.").message == "100\u00a0% sure."
