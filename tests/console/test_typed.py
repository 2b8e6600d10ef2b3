"""Fields of a form: what is taken, what is refused, and that what was typed stays."""

import pytest

from bot.console.editing.typed import LINE, Typed, faults

WRONG = {
    "too long": "a" * (LINE + 1),
    "a tag": "<b>hello</b>",
    "a script": "<script>alert(1)</script>",
    "a comment": "<!-- x -->",
    "an entity": "fish &amp; chips",
    "a numbered entity": "&#60;b",
    "a control character": "a\x07b",
    "a nul": "a\x00b",
    "an escape": "\x1b[31mred",
    "turned around": "safe \u202egnp.exe",
    "an isolate": "\u2066hidden\u2069",
    "no width": "a\u200bb",
    "a soft hyphen": "shel\u00adter",
    "a byte order mark": "\ufeffname",
    "for private use": "\ue000",
    "half a pair": "\ud800",
}
RIGHT = [
    "Casa Libre",
    "Niños & Co",
    "1 < 2",
    "a > b",
    "R&D",
    "O'Neill's \"House\"",
    "£5 - 10%",
    "x" * LINE,
    "ñ ü ¿?",
    "",
]


@pytest.mark.parametrize("value", WRONG.values(), ids=WRONG.keys())
def test_what_nobody_may_put_into_a_field(value: str) -> None:
    typed = Typed({"name": value})
    typed.line("name")
    assert typed.errors["name"]
    assert typed["name"] == value


@pytest.mark.parametrize("value", RIGHT)
def test_what_a_field_takes(value: str) -> None:
    assert faults(value) == []


def test_an_empty_field_is_refused_where_something_is_needed() -> None:
    typed = Typed({"name": "   "})
    assert typed.line("name", needed=True) == ""
    assert typed.errors["name"] == ["Something has to stand here."]


def test_lines_are_looked_at_one_by_one() -> None:
    typed = Typed({"names": "one\r\n\r\n  two  \r\nthr\x07ee"})
    assert typed.lines("names") == ["one", "two", "thr\x07ee"]
    assert len(typed.errors["names"]) == 1


def test_too_many_lines_are_refused() -> None:
    typed = Typed({"names": "a\n" * 7})
    typed.lines("names", many=6)
    assert typed.errors["names"] == ["That is 7 lines; 6 at most."]


@pytest.mark.parametrize(("value", "expected"), [("", None), ("10", 10), (" 7 ", 7)])
def test_whole_numbers(value: str, expected: int | None) -> None:
    typed = Typed({"rank": value})
    assert typed.whole("rank", least=1, most=99) == expected
    assert not typed.errors


@pytest.mark.parametrize("value", ["0", "100", "-1", "1.5", "ten", "1e3", "٣", "9" * 30])
def test_what_is_no_whole_number(value: str) -> None:
    typed = Typed({"rank": value})
    assert typed.whole("rank", least=1, most=99) is None
    assert typed.errors["rank"] == ["Write a number from 1 to 99."]


def test_rows_keep_their_order_and_their_gaps() -> None:
    typed = Typed({"phone.10.number": "x", "phone.2.number": "y", "phone.x.number": "z", "phones.1.number": "q"})
    assert typed.rows("phone") == ["phone.2", "phone.10"]
    assert typed.next_row("phone") == "phone.11"
    typed.without_row("phone.2")
    assert typed.rows("phone") == ["phone.10"]
    assert typed["phone.2.number"] == ""


def test_a_choice_outside_the_list_is_refused() -> None:
    typed = Typed({"kind": "prison"})
    typed.one_of("kind", ["shelter"])
    assert typed.errors["kind"] == ["Choose one from the list."]
