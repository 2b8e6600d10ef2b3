"""What a thumb typed, as folded words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.normalise import fold, normalise, words_of

EMOJI = {"🔫": "gun", "🛏️": "bed", "🛏": "bed", "🆘": "help"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("I need a BED", ("i", "need", "a", "bed"), id="case"),
        pytest.param("¿Dónde está mi mamá?", ("donde", "esta", "mi", "mama"), id="accents"),
        pytest.param("dón\u0301de", ("donde",), id="accents typed apart"),
        pytest.param("mañana", ("manana",), id="n with tilde"),
        pytest.param("ｂｅｄ", ("bed",), id="full width"),
        pytest.param("bеd", ("bed",), id="Cyrillic e"),
        pytest.param("sh\u200belter", ("shelter",), id="zero-width space joins"),
        pytest.param("don't won’t", ("dont", "wont"), id="apostrophes join"),
        pytest.param("helpppppp", ("helpp",), id="three or more equal letters become two"),
        pytest.param("h e l p me", ("help", "me"), id="spelt out"),
        pytest.param("bed,food;work/doctor", ("bed", "food", "work", "doctor"), id="signs separate"),
        pytest.param("he has a 🔫", ("he", "has", "a", "gun"), id="emoji with a meaning"),
        pytest.param("🛏️", ("bed",), id="emoji with a selector"),
        pytest.param("👍🏽", (), id="emoji without a meaning"),
        pytest.param("2nite @ 7th & alvarado", ("2nite", "at", "7th", "and", "alvarado"), id="digits in words"),
        pytest.param("a\x00b\ud800c", ("a", "bc"), id="control characters and lone surrogates"),
        pytest.param("침대 60559", ("침대", "60559"), id="letters that fold to none of ours"),
        pytest.param("łóżko", ("lozko",), id="letters that do"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert normalise(text, EMOJI).words == words


@pytest.mark.parametrize(
    ("text", "told"), [("año", True), ("¿", True), ("ano", False), ("que", False), ("naïve", False)]
)
def test_spanish_marks_are_noticed_before_they_are_folded(text: str, told: bool) -> None:
    assert normalise(text, EMOJI).spanish_marks is told


@given(st.text(max_size=400))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=400))
def test_words_are_plain_whatever_was_sent(text: str) -> None:
    for word in normalise(text, EMOJI).words:
        assert word == "$" or (word.isalnum() and word == word.lower())


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=400))
def test_words_of_latin_letters_are_plain(text: str) -> None:
    unfolded = {c for c in fold(text) if not c.isascii()}
    for word in normalise(text, EMOJI).words:
        assert not set(word) - unfolded - set("abcdefghijklmnopqrstuvwxyz0123456789$")


@given(st.text(max_size=60))
def test_our_own_phrases_are_read_like_texts(text: str) -> None:
    assert set(words_of(text)) == set(words_of(fold(text)))
