from typing import Any

import pytest

from tests.directory.shaping.made import mended, one


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("100", {"extension": 100}),
        ("007", {"extension": 7, "extension_text": "007"}),
        ("x715", {"extension": 715, "extension_text": "x715"}),
        ("ext. 12", {"extension": 12, "extension_text": "ext. 12"}),
        ("12, 13", {"extension_text": "12, 13"}),
        ("ask for Jo", {"extension_text": "ask for Jo"}),
    ],
)
def test_an_extension_is_a_number_and_no_zero_is_lost(said: str, kept: dict[str, Any]) -> None:
    assert one("phone", number="312-555-0100", extension=said) == {"number": "312-555-0100", **kept}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("voice", {"type": "voice"}),
        ("Fax", {"type": "fax"}),
        ("sms", {"type": "text"}),
        ("TTY", {"type": "textphone"}),
        ("mobile", {"type": "cell"}),
        ("hotline", {"type": "voice", "description": "hotline"}),
        ("Toll-free", {"type": "voice", "description": "Toll-free"}),
        ("chat", {"description": "chat"}),
    ],
)
def test_a_kind_of_phone_is_put_into_the_words_of_the_standard(said: str, kept: dict[str, Any]) -> None:
    assert one("phone", number="312-555-0100", type=said) == {"number": "312-555-0100", **kept}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(618) 453-3217; (618) 536-7711", [("", "(618) 453-3217"), ("", "(618) 536-7711")]),
        ("(618) 394-7300 or (877) 342-7891", [("", "(618) 394-7300"), ("", "(877) 342-7891")]),
        ("main: 305-285-5922", [("main", "305-285-5922")]),
        ("tdd: 800-955-8771, main: 352-567-9044", [("tdd", "800-955-8771"), ("main", "352-567-9044")]),
        ("312-346-9766 x 715", [("", "312-346-9766 x 715")]),
        ("1-800-799-SAFE (7233)", [("", "1-800-799-SAFE (7233)")]),
        ("800-526-0844; ask for Spanish", [("", "800-526-0844; ask for Spanish")]),
        ("main: 7274-821-0726", [("", "main: 7274-821-0726")]),
        ("988", [("", "988")]),
    ],
)
def test_numbers_in_one_cell_are_taken_apart_only_when_nothing_else_is_there(
    text: str, numbers: list[tuple[str, str]]
) -> None:
    kinds = {"main": "voice", "tdd": "textphone", "": None}
    found = [(draft.fields.get("type"), draft.fields["number"]) for draft in mended("phone", number=text)]
    assert found == [(kinds[label], number) for label, number in numbers]


def test_the_second_number_of_a_cell_gets_an_id_of_its_own() -> None:
    first, second = mended("phone", id="7", number="312-555-0100; 312-555-0101")
    assert (first.fields["id"], second.fields["id"]) == ("7", "7:2")


@pytest.mark.parametrize("text", ["no phone", "No number", "unlisted"])
def test_words_for_no_number_are_no_number(text: str) -> None:
    assert one("phone", number=text) == {}
