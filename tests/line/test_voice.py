import logging
import xml.etree.ElementTree as ElementTree

import pytest

from bot.line import last_resort
from bot.line.voice import number_in, spelled
from bot.referral.segments import printable
from tests.line.standins import BASE_URL, LINE_NUMBER, TEXTER, WORDS, House, make_content, make_settings

NUMBER = "8 0 0, 7 9 9, 7 2 3 3"
DIALLED = "+18007997233"


def said(twiml: ElementTree.Element) -> list[tuple[str | None, str | None]]:
    return [(say.get("language"), say.text) for say in twiml.iter("Say")]


def wording(**changes: str) -> dict[str, dict[str, str]]:
    return {"en": {**WORDS, **changes}, "es": {**WORDS, **changes}}


class TestTheFirstWords:
    def test_english_then_spanish_while_a_key_is_awaited(self, house: House) -> None:
        (gather,) = house.call("/voice").findall("Gather")
        assert gather.attrib == {
            "input": "dtmf",
            "numDigits": "1",
            "timeout": "8",
            "method": "POST",
            "action": f"{BASE_URL}/voice/choice",
        }
        keys = ["voice_hello", "voice_number_1", "voice_number_2", "voice_press"]
        assert said(gather) == [("en-US", WORDS[key]) for key in keys] + [("es-MX", f"es {WORDS[key]}") for key in keys]

    def test_the_numbers_again_for_who_presses_nothing(self, house: House) -> None:
        twiml = house.call("/voice")
        after = [(say.get("language"), say.text) for say in twiml.findall("Say")]
        assert after == [
            ("en-US", WORDS["voice_number_1"]),
            ("en-US", WORDS["voice_number_2"]),
            ("es-MX", f"es {WORDS['voice_number_1']}"),
            ("es-MX", f"es {WORDS['voice_number_2']}"),
        ]

    def test_numbers_are_read_digit_by_digit(self, house: House) -> None:
        house.source.content = make_content(wording=wording(voice_number_1="Call 800-799-7233, danger 911"))
        assert ("en-US", f"Call {NUMBER}, danger 9 1 1") in said(house.call("/voice"))


class TestAKey:
    def test_one_connects_to_the_number_that_was_read(self, house: House) -> None:
        twiml = house.call("/voice/choice", Digits="1")
        assert [child.tag for child in twiml] == ["Say", "Say", "Dial"]
        dial = twiml[2]
        assert dial.attrib == {
            "callerId": LINE_NUMBER,
            "answerOnBridge": "true",
            "timeout": "25",
            "method": "POST",
            "action": f"{BASE_URL}/voice/after",
        }
        assert [(number.tag, number.text, number.attrib) for number in dial] == [("Number", DIALLED, {})]

    def test_the_callers_number_is_nowhere_in_it(self, house: House) -> None:
        assert TEXTER not in ElementTree.tostring(house.call("/voice/choice", Digits="1"), "unicode")

    @pytest.mark.parametrize("digits", ["2", "", "9", "0", "11", "*", "#", "911", "988", "hello"])
    def test_another_key_hears_the_numbers_again(self, house: House, digits: str) -> None:
        twiml = house.call("/voice/choice", Digits=digits)
        assert twiml.find("Dial") is None
        assert ("en-US", WORDS["voice_number_1"]) in said(twiml)

    def test_two_connects_when_the_second_sentence_has_a_number_to_call(self, house: House) -> None:
        house.source.content = make_content(wording=wording(voice_number_2="call 888-373-7888"))
        (number,) = house.call("/voice/choice", Digits="2").iter("Number")
        assert number.text == "+18883737888"

    @pytest.mark.parametrize("sentence", ["call 911", "call 9 1 1 or 9 8 8", "call or text 988", "write to us"])
    def test_what_is_never_bridged(self, house: House, sentence: str) -> None:
        house.source.content = make_content(wording=wording(voice_number_1=sentence))
        assert house.call("/voice/choice", Digits="1").find("Dial") is None

    @pytest.mark.parametrize("to", ["", "74142", "sip:line@example.org", "+1213555010012345678", "+0"])
    def test_no_bridge_without_a_number_of_ours_to_show(self, house: House, to: str) -> None:
        assert house.call("/voice/choice", Digits="1", To=to).find("Dial") is None


class TestAfterwards:
    @pytest.mark.parametrize(
        ("status", "first"),
        [("completed", "over"), ("busy", "nobody took it"), ("no-answer", "nobody took it"), ("", "nobody took it")],
    )
    def test_the_numbers_again(self, house: House, status: str, first: str) -> None:
        told = said(house.call("/voice/after", DialCallStatus=status))
        assert told[:3] == [
            ("en-US", first),
            ("en-US", WORDS["voice_number_1"]),
            ("en-US", WORDS["voice_number_2"]),
        ]
        assert ("es-MX", f"es {first}") in told


@pytest.mark.parametrize("path", ["/voice", "/voice/choice", "/voice/after"])
class TestWhateverHappens:
    def test_nothing_is_recorded_or_transcribed(self, house: House, path: str) -> None:
        told = ElementTree.tostring(house.call(path, Digits="1"), "unicode").lower()
        assert "record" not in told
        assert "transcri" not in told
        assert "speech" not in told

    def test_without_the_words_constants_are_spoken(self, path: str) -> None:
        house = House(make_settings())
        house.source.content = make_content(wording={})
        told = said(house.call(path, Digits="2"))
        assert ("en-US", spelled(last_resort.VOICE["en"]["voice_number_1"])) in told
        assert ("es-MX", spelled(last_resort.VOICE["es"]["voice_number_1"])) in told

    def test_when_all_breaks_too(self, caplog: pytest.LogCaptureFixture, path: str) -> None:
        house = House(make_settings())
        house.source.content = None  # type: ignore[assignment]
        with caplog.at_level(logging.DEBUG):
            told = said(house.call(path, Digits="1"))
        assert told[0] == ("en-US", spelled(last_resort.VOICE["en"]["voice_hello"]))
        assert ("es-MX", spelled(last_resort.VOICE["es"]["voice_number_1"])) in told
        assert "AttributeError at voice.py:" in caplog.text
        assert [record.exc_info for record in caplog.records] == [None]

    @pytest.mark.parametrize("method", ["GET", "PUT"])
    def test_only_post(self, house: House, path: str, method: str) -> None:
        assert house.app.test_client().open(path, method=method).status_code == 405

    def test_only_forms(self, house: House, path: str) -> None:
        assert house.app.test_client().post(path, json={}).status_code == 415


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("call 800-799-7233 now", DIALLED),
        (f"call {NUMBER}. Again: {NUMBER}", DIALLED),
        ("call 1-800-799-7233", DIALLED),
        ("24/7: 800-799-7233", DIALLED),
        ("press 1. 800-799-7233", DIALLED),
        ("9 1 1, or 800-799-7233", DIALLED),
        ("988, 800-799-7233", DIALLED),
        (f"9 8 8, {NUMBER}", ""),
        (f"{NUMBER} 4", ""),
        ("1234-800-799-7233", ""),
        ("9 1 1, 9 8 8, 2 1 1 0", ""),
        ("800-799-7233-1", ""),
        ("988", ""),
        ("8007997233456", ""),
        ("", ""),
    ],
)
def test_the_number_to_dial_is_the_one_that_is_read(sentence: str, number: str) -> None:
    assert number_in(sentence) == number


@pytest.mark.parametrize(
    ("sentence", "spoken"),
    [
        ("dial 911", "dial 9 1 1"),
        ("800-799-7233", NUMBER),
        (NUMBER, NUMBER),
        ("press 1, 24/7", "press 1, 24/7"),
        ("", ""),
    ],
)
def test_numbers_are_spelled(sentence: str, spoken: str) -> None:
    assert spelled(sentence) == spoken


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_constants_say_what_they_must(language: str) -> None:
    words = last_resort.VOICE[language]
    assert "911" in words["voice_hello"]
    assert number_in(words["voice_number_1"]) == DIALLED
    assert all(printable(text) == text for text in words.values())
