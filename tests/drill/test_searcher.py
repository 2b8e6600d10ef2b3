import random
from pathlib import Path

import pytest

from bot.drill import searcher
from bot.drill.forms import Form
from bot.drill.searcher import Searcher

CHANCE = random.Random(7)  # noqa: S311 - the same noise at every run
FORMS = [Form(f"form {n}", CHANCE.randbytes(8 + n)) for n in range(60)]


@pytest.mark.parametrize("offset", range(17))
@pytest.mark.parametrize("form", FORMS[:3] + FORMS[-1:], ids=lambda form: form.name)
def test_a_form_is_found_at_every_offset(offset: int, form: Form) -> None:
    look = Searcher(FORMS)
    for length in range(9):
        assert look.find(bytes(offset) + form.data + bytes(length)) == [form.name]


def test_what_only_begins_alike_is_not_found() -> None:
    assert Searcher(FORMS).find(b"".join(form.data[:-1] + b"\0" for form in FORMS)) == []


@pytest.mark.parametrize("data", [b"", b"1", b"1234567", bytes(1000)], ids=len)
def test_nothing_is_found_in_nothing(data: bytes) -> None:
    assert Searcher(FORMS).find(data) == []


def test_nothing_is_found_without_forms() -> None:
    assert Searcher([]).find(b"0123456789" * 10) == []


def test_forms_that_begin_alike_are_told_apart() -> None:
    look = Searcher([Form("one", b"12345678 one"), Form("two", b"12345678 two")])
    assert look.find(b"12345678 two") == ["two"]
    assert look.find(b"12345678 one 12345678 two") == ["one", "two"]


def test_the_longest_of_nested_forms_is_told() -> None:
    look = Searcher([Form("short", b"2135550142"), Form("long", b"+12135550142")])
    assert look.find(b"+12135550142") == ["long"]
    assert look.find(b"2135550142") == ["short"]


def test_a_form_is_found_across_the_pieces_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searcher, "_PIECE", 64)
    path = tmp_path / "file"
    look = Searcher(FORMS)
    for at in range(0, 200, 3):
        path.write_bytes(bytes(at) + FORMS[-1].data + bytes(70))
        assert look.find_in_file(path) == [FORMS[-1].name]
    path.write_bytes(bytes(500))
    assert look.find_in_file(path) == []
