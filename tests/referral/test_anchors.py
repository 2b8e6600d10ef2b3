"""Where wordings are found in a text, whatever word they are looked up by."""

import pytest

from bot.referral.anchors import PLACES_TRIED, Anchors
from bot.referral.meant import Meant, Role
from bot.referral.normalise import words_of
from bot.referral.pattern import Compiler

CLASSES = {"he": ("he", "my ex"), "no": ("no", "not now")}


def found(sources: list[str], text: str, everyday: str = "") -> list[tuple[str, int, int]]:
    """List what is found in a text, and where."""
    compiler = Compiler(CLASSES)
    anchors = Anchors([compiler.compile(s, Meant(Role.WORD, "food", "en")) for s in sources], everyday.split())
    return [(h.pattern.source, h.start, h.end) for h in anchors.find([frozenset((w,)) for w in words_of(text)])]


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        pytest.param("bed", "a bed and a bed", [(1, 2)], id="one word, at its first place"),
        pytest.param("bed/room", "room bed", [(0, 1)], id="either word, at the first place of both"),
        pytest.param("safe bed", "bed safe safe bed", [(2, 4)], id="two words"),
        pytest.param("the/a safe bed", "safe bed a safe bed", [(2, 5)], id="not before the text begins"),
        pytest.param("safe bed now", "a safe bed", [], id="not past its end"),
        pytest.param("safe ~ bed", "safe a b bed", [(0, 4)], id="a gap"),
        pytest.param("a ~ b c", "a b a b c", [(0, 5)], id="a gap from the first place on"),
        pytest.param("@he left", "my my ex left", [(1, 4)], id="a run of words"),
        pytest.param("@no ~ bed", "not not now x bed", [(1, 5)], id="a run and a gap"),
        pytest.param("my-ex/your-ex", "my my ex", [(1, 3)], id="nothing but runs"),
        pytest.param("bed", "food", [], id="nothing"),
    ],
)
@pytest.mark.parametrize("everyday", ["", "safe left a", "bed ex b", "he my no"])
def test_a_wording_is_found_by_whichever_word_it_is_looked_up(
    source: str, text: str, spans: list[tuple[int, int]], everyday: str
) -> None:
    assert [(start, end) for _, start, end in found([source], text, everyday)] == spans


def test_what_is_found_comes_in_order_of_place_the_longer_first() -> None:
    assert found(["bed", "safe bed", "safe", "now"], "now a safe bed") == [
        ("now", 0, 1),
        ("safe bed", 2, 4),
        ("safe", 2, 3),
        ("bed", 3, 4),
    ]


@pytest.mark.parametrize(("repeats", "hits"), [(PLACES_TRIED - 1, 1), (PLACES_TRIED, 0)])
def test_a_word_that_is_repeated_is_tried_at_its_first_places_only(repeats: int, hits: int) -> None:
    assert len(found(["bed now"], "bed a " * repeats + "bed now", everyday="now")) == hits
