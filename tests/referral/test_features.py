"""What a text is compared by: its words, their pieces and the wordings found."""

import pytest

from bot.referral.features import MOST_LETTERS, MOST_WORDS, Features, pieces
from bot.referral.read import read
from tests.referral.small import content

SMALL = content()


def features(text: str) -> Features:
    return read(text, SMALL).features()


@pytest.mark.parametrize(
    ("text", "has"),
    [
        pytest.param("bed tonight", {"bed", "tonight", "^ bed", "bed tonight", "tonight $"}, id="words and pairs"),
        pytest.param("a warm bed", {"a*bed"}, id="a pair around a word"),
        pytest.param("sheltr", {"sheltr"}, id="as typed"),
        pytest.param("2nite", {"2nite", "tonight"}, id="as typed and as meant"),
        pytest.param("im 16", {"16"}, id="an age stays"),
        pytest.param("case 445566", {"######"}, id="a longer number says nothing"),
    ],
)
def test_words(text: str, has: set[str]) -> None:
    assert has <= features(text).words


def test_no_longer_number_is_looked_at() -> None:
    found = features("call 2135550100 or 90057")
    assert not {name for name in found.words | found.spelt if any(c.isdigit() for c in name)}


@pytest.mark.parametrize(
    ("text", "has"),
    [
        pytest.param("bed", {"shelter:word", "@", "@1"}, id="a wording and the length"),
        pytest.param("bed koreatown", {"@place"}, id="a place"),
        pytest.param("he used to hit me", {"past:past"}, id="a past marker"),
        pytest.param("bed for my kids", {"shelter/family"}, id="a facet"),
        pytest.param("one two three four five six seven eight nine ten", {"@8"}, id="long is long"),
    ],
)
def test_signs(text: str, has: set[str]) -> None:
    assert has <= features(text).signs


def test_pieces_know_where_a_word_begins_and_ends() -> None:
    assert pieces("bed") == ["<be", "bed", "ed>", "<bed", "bed>", "<bed>"]
    assert pieces("xoxoxo").count("xox") == 2


def test_a_long_text_costs_no_more_than_its_first_words() -> None:
    words = [f"{a}{b}{c}" for a in "abcdefgh" for b in "klmnop" for c in "stuvw"]
    assert len(words) > 2 * MOST_WORDS
    long = features(" ".join(words))
    assert long.spelt == set(words[:MOST_WORDS])
    assert len(long.words) < 4 * MOST_WORDS
    assert pieces("a" * 1600) == pieces("a" * MOST_LETTERS)
