"""Wordings, and where they are found."""

import pytest

from bot.referral.meant import Meant, Role
from bot.referral.normalise import words_of
from bot.referral.pattern import Compiler, Pattern, PatternError

CLASSES = {"he": ("he", "my ex", "boyfriend"), "papers": ("papers", "passport")}
MEANT = Meant(Role.WORD, "trafficking", "en")


def found(source: str, text: str) -> tuple[int, int] | None:
    """Give the first place of a wording in a text."""
    pattern: Pattern = Compiler(CLASSES).compile(source, MEANT)
    words = [frozenset((w,)) for w in words_of(text)]
    for start in range(len(words)):
        end = pattern.find(words, start)
        if end >= 0:
            return start, end
    return None


@pytest.mark.parametrize(
    ("source", "text", "place"),
    [
        pytest.param("bed", "a bed please", (1, 2), id="one word"),
        pytest.param("place to sleep", "any place to sleep here", (1, 4), id="in a row"),
        pytest.param("place to sleep", "a place where to sleep", None, id="not in a row"),
        pytest.param("place ~ sleep", "a place where i can sleep", (1, 6), id="gap of three"),
        pytest.param("place ~ sleep", "place where i can not sleep", None, id="gap of four is too wide"),
        pytest.param("place ~ sleep", "place sleep", (0, 2), id="gap of none"),
        pytest.param("bed/room tonight", "a room tonight", (1, 3), id="alternatives"),
        pytest.param("@he took my @papers", "my ex took my passport", (0, 5), id="classes with runs"),
        pytest.param("@he took my @papers", "he took my papers", (0, 4), id="classes"),
        pytest.param("@he ~ gun", "my ex still has a gun", (0, 6), id="class, then gap"),
        pytest.param("my-ex/he left", "my ex left", (0, 3), id="hyphen holds a run together"),
        pytest.param("safe house", "safe safe house", (1, 3), id="begins again after a false start"),
        pytest.param("~ bed ~", "bed", (0, 1), id="gaps at the edges mean nothing"),
        pytest.param("bed", "bedford", None, id="whole words only"),
    ],
)
def test_find(source: str, text: str, place: tuple[int, int] | None) -> None:
    assert found(source, text) == place


@pytest.mark.parametrize("source", ["", "~", "@nobody", "!!", "bed/@nobody"])
def test_a_wording_without_words_or_with_an_unknown_class_is_refused(source: str) -> None:
    with pytest.raises(PatternError):
        Compiler(CLASSES).compile(source, MEANT)


@pytest.mark.parametrize(
    ("source", "place", "reach"),
    [
        ("bed", 0, range(0, 1)),
        ("a ~ gun", 2, range(1, 5)),
        ("@he gun", 1, range(1, 3)),
        ("@he ~ b ~ c", 4, range(2, 10)),
    ],
)
def test_reach_tells_how_far_before_a_slot_the_wording_may_begin(source: str, place: int, reach: range) -> None:
    assert Compiler(CLASSES).compile(source, MEANT).reach(place) == reach
