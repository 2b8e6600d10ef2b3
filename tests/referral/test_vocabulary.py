"""The forms and the sounds of words."""

import pytest

from bot.referral.features import frequent
from bot.referral.vocabulary import NOTHING, Endings, Tongue, build

ENDINGS = [("", "s"), ("y", "ies"), ("e", "ing")]


def tongue(*sounds: tuple[str, str], common: str = "") -> Tongue:
    """Make a language of nothing but these sounds, endings and ordinary words."""
    return Tongue(frozenset(common.split()), NOTHING, NOTHING, NOTHING, {}, sounds, tuple(ENDINGS))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        pytest.param("baby", ["babys", "babies"], id="ending in a letter of a rule"),
        pytest.param("leave", ["leaves", "leaving"], id="another letter"),
        pytest.param("bed", ["beds"], id="three letters take an s only"),
        pytest.param("by", [], id="two letters take nothing"),
        pytest.param("h4ck", [], id="no word"),
    ],
)
def test_the_forms_of_a_word(word: str, forms: list[str]) -> None:
    assert Endings(ENDINGS).of(word) == forms
    assert Endings(None).of(word) == []


@pytest.mark.parametrize(
    "sounds",
    [
        pytest.param([("ce", "se"), ("h", "")], id="as in Spanish"),
        pytest.param([("a", "b\n")], id="a sound with a line break"),
        pytest.param([("e\nh", "x")], id="a line break that stands in no word"),
        pytest.param([], id="none"),
    ],
)
def test_words_spelt_together_sound_as_each_does(sounds: list[tuple[str, str]]) -> None:
    words = ["nece", "hacer", "a"]
    assert tongue(*sounds).heard(words) == [tongue(*sounds).sound(word) for word in words]
    assert tongue(*sounds).heard([]) == []


def test_a_spelling_of_two_words_leads_to_both_but_an_ordinary_word_to_itself() -> None:
    made = build(
        {"en": tongue(("ph", "f"), common="shower living")}, {"en": ["live", "living", "phone", "fone"], "": ["show"]}
    )
    assert made.forms["living"] == {"living"}, "an ordinary word is no form of live"
    assert made.forms["lives"] == {"live"}
    assert made.sounds["en", "fone"] == {"phone", "fone"}
    assert "shows" not in made.forms, "a name has no other forms"


def test_frequent_words_stand_in_several_pairs() -> None:
    assert frequent(["bed tonight", "a bed", "tonight", "^ food", "a*bed"]) == ["bed"]
