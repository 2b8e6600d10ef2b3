"""The default release holds every sentence the doors need, short enough and fit to be said."""

import re

import pytest

from bot.line import last_resort
from bot.line.voice import VOICES, number_in, spelled
from bot.referral.content import Content
from bot.referral.sayable import INSTEAD
from bot.referral.segments import count
from tests.line.standins import FakeSource, House, make_settings

SPOKEN = [
    "voice_hello",
    "voice_number_1",
    "voice_number_2",
    "voice_press",
    "voice_text",
    "voice_connecting",
    "voice_no_answer",
    "voice_after",
    "voice_goodbye",
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("key", "parts"), [("busy", 1), ("slow_down", 2), ("media", 1)])
def test_texts_of_the_door_are_short(content: Content, language: str, key: str, parts: int) -> None:
    told = count(content.wording[language][key])
    assert told.offending == ()
    assert told.parts <= parts


def test_pictures_from_a_stranger_cost_two_segments_or_three(content: Content) -> None:
    assert count(f"{content.wording['en']['media']} {content.wording['es']['media']}").parts <= 3


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", ["busy", "slow_down"])
def test_whom_to_call_meanwhile(content: Content, language: str, key: str) -> None:
    assert all(number in content.wording[language][key] for number in ("911", "988", "211"))


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("key", SPOKEN)
def test_every_sentence_for_callers_is_there(content: Content, language: str, key: str) -> None:
    assert content.wording[language][key]


def test_no_sentence_for_callers_is_left_unsaid(content: Content) -> None:
    spoken = {key.removesuffix(INSTEAD) for key in content.wording["en"] if key.startswith("voice_")}
    assert spoken == set(SPOKEN)


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("key", SPOKEN)
def test_callers_hear_no_name_and_no_subject(content: Content, language: str, key: str) -> None:
    said = content.wording[language][key].lower()
    named = r"hotline|domestic|violen|abus|traffick|trata|suicid|rape|sex|viola|drug|droga|lgbt|shelter|refugio"
    assert not re.search(named, said)
    # Every run of digits a voice would read as one big number is spelled.
    assert not re.search(r"\d{3}", spelled(said))


@pytest.mark.parametrize("language", VOICES)
def test_the_number_a_key_connects_to_is_the_same_in_both_languages(content: Content, language: str) -> None:
    (phone,) = [p.number for p in content.entries["ndvh"].phone if p.publish and "call" in p.ways][:1]
    assert number_in(content.wording[language]["voice_number_1"]) == phone
    assert number_in(content.wording[language]["voice_number_2"]) == ""
    assert number_in(last_resort.VOICE[language]["voice_number_1"]) == phone


def test_a_caller_is_connected_with_the_default_release(content: Content) -> None:
    house = House(make_settings(), source=FakeSource(content))
    (number,) = house.call("/voice/choice", Digits="1").iter("Number")
    assert number.text == "+18007997233"
