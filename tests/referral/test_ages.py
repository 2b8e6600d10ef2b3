"""Whether a text says that its writer is under 18."""

import pytest

from bot.referral.ages import Ages, is_minor

AGES = Ages(
    frozenset({("im",), ("i", "am")}), frozenset({"yo", "years"}), frozenset({"weeks"}), {"fifteen": 15, "twenty": 20}
)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        pytest.param("im 7", False, id="too young to be an age that is told"),
        pytest.param("im 8", True, id="the youngest"),
        pytest.param("im 17", True, id="the oldest"),
        pytest.param("im 18", False, id="of age"),
        pytest.param("im 015", False, id="three digits are no age"),
        pytest.param("so i am 15 and need food", True, id="inside a sentence"),
        pytest.param("i am fifteen", True, id="as a word"),
        pytest.param("im twenty", False, id="as a word, of age"),
        pytest.param("im tired", False, id="no number"),
        pytest.param("im 15 weeks", False, id="a number of something"),
        pytest.param("im 15 years", True, id="a number of years"),
        pytest.param("15 yo", True, id="first, with a word behind it"),
        pytest.param("15 beds", False, id="first, with another behind it"),
        pytest.param("15", False, id="a number alone"),
        pytest.param("room 15 years", False, id="not first, and nothing before it says so"),
        pytest.param("she is 15", False, id="somebody else"),
        pytest.param("am 15", False, id="half of what says so"),
        pytest.param("im 30 and im 16", True, id="the second number"),
        pytest.param("im 16 weeks and im 16", True, id="the second number, the first counts weeks"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_who_says_that_they_are_a_minor(text: str, *, minor: bool) -> None:
    assert is_minor(text.split(), AGES) is minor
