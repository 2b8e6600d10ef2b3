import json

import pytest

from bot.storage.document import digest, from_text, to_text


def test_the_same_content_has_the_same_text_in_whatever_order_it_was_written() -> None:
    one = {"b.toml": {"z": 1, "a": [{"y": 2, "x": 3}]}, "a.toml": {}}
    other = {"a.toml": {}, "b.toml": {"a": [{"x": 3, "y": 2}], "z": 1}}
    assert to_text(one) == to_text(other) == '{"a.toml":{},"b.toml":{"a":[{"x":3,"y":2}],"z":1}}'


def test_letters_are_kept_as_they_are() -> None:
    assert to_text({"ñ": "¿cómo? 🆘"}) == '{"ñ":"¿cómo? 🆘"}'


def test_a_document_comes_back_as_it_was() -> None:
    document = {"line.toml": {"languages": ["en", "es"], "limit": 2, "on": True, "text": "a\u0000b\n\u2028"}}
    assert from_text(to_text(document)) == document


@pytest.mark.parametrize(
    ("value", "error"),
    [(float("nan"), ValueError), (float("inf"), ValueError), ({1, 2}, TypeError)],
    ids=["nan", "infinity", "a set"],
)
def test_what_json_cannot_say_is_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        to_text({"line.toml": value})


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"entries/la.toml": {"entry": [{"id": "a", "n": [1, {"b": "}]"}]}, {}, 3]}, "x": 1}, id="entries"),
        pytest.param({"entries/la.toml": {"entry": [{"id": "a"}], "more": 1}, "z.toml": {}}, id="more than entries"),
        pytest.param({"entries/la.toml": {"entry": []}, "ñ": {"entry": "no list"}}, id="no entries"),
        pytest.param({}, id="nothing"),
    ],
)
def test_a_large_document_is_read_in_pieces_as_it_would_be_whole(
    document: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.document._LARGE", 0)
    assert from_text(to_text(document)) == document
    assert from_text(json.dumps(document, indent=1)) == document


@pytest.mark.parametrize(
    "text", ['{"a":1{"b":2}', '{"a":1}}', '{"a":{"entry":[{},]}}', '{"a":{"entry":[{}}', "{1:2}", '{"a" 1}', "[{}]"]
)
def test_a_large_text_that_is_no_document_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.document._LARGE", 0)
    with pytest.raises(ValueError, match=r"."):
        from_text(text)


@pytest.mark.parametrize("text", ["[]", '"x"', "{", ""], ids=["array", "string", "half", "nothing"])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_text(text)


def test_the_digest_is_sha256_of_the_utf8_text() -> None:
    # The published value for "abc", and one that only UTF-8 gives.
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(json.dumps("ñ", ensure_ascii=False)) != digest(json.dumps("ñ"))
