"""What a text asks of the line itself, from wordings as the lexicon finds them: no opt-out is missed, none made up."""

import pytest

from bot.referral.command import OPT_OUT, inside, is_all, stands, whole
from bot.referral.hit import Hit, Reading
from bot.referral.meant import Meant, Role
from bot.referral.pattern import Pattern

FILLERS = frozenset({"pls", "please"})


def found(role: Role, label: str, start: int, end: int) -> Hit:
    """Return a wording found at some words of a text."""
    return Hit(Pattern(Meant(role, label, "en"), label, ()), start, end, role, label)


def reading(text: str, **meant: str) -> Reading:
    """Return a text as words; `meant` says which of them were recognised as others."""
    words = tuple(text.split())
    return Reading(tuple(frozenset({meant.get(word, word)}) for word in words), words, ("",) * len(words))


STOP = found(Role.WHOLE, "stop", 0, 1)


@pytest.mark.parametrize(
    ("text", "hits", "label"),
    [
        pytest.param("stop", [STOP], "stop", id="the word alone"),
        pytest.param("stop pls", [STOP], "stop", id="a filler behind"),
        pytest.param("pls stop", [found(Role.WHOLE, "stop", 1, 2)], "stop", id="a filler in front"),
        pytest.param("stop food", [STOP], "", id="another word"),
        pytest.param("stop stop", [STOP, found(Role.WHOLE, "stop", 1, 2)], "", id="twice is not one"),
        pytest.param("stop", [found(Role.WITHIN, "stop", 0, 1)], "", id="found to stand within"),
        pytest.param("stop", [found(Role.WHOLE, "more", 0, 1)], "", id="not asked for"),
        pytest.param("stop", [STOP, found(Role.EXCEPT, "stop", 0, 2)], "", id="an exception that reaches beyond"),
        pytest.param("stop", [STOP, found(Role.EXCEPT, "stop", 0, 1)], "stop", id="an exception that does not"),
        pytest.param("stop", [STOP, found(Role.EXCEPT, "more", 0, 2)], "stop", id="an exception of another"),
        pytest.param("stop", [STOP, found(Role.WORD, "stop", 0, 2)], "stop", id="longer, but no exception"),
        pytest.param(
            "stop it",
            [STOP, found(Role.WHOLE, "silence", 0, 2)],
            "silence",
            id="the longest",
        ),
        pytest.param(
            "pls stop",
            [found(Role.WHOLE, "silence", 1, 2), found(Role.WHOLE, "stop", 0, 2)],
            "stop",
            id="the longest though it comes later",
        ),
        pytest.param(
            "pls pls",
            [found(Role.WHOLE, "stop", 1, 2), found(Role.WHOLE, "silence", 0, 1)],
            "silence",
            id="the first of two as long",
        ),
        pytest.param(
            "stop",
            [found(Role.WHOLE, "silence", 0, 1), STOP],
            "stop",
            id="of two at one place always the same",
        ),
        pytest.param("", [], "", id="nothing"),
    ],
)
def test_a_command_that_is_the_whole_text(text: str, hits: list[Hit], label: str) -> None:
    told = whole(reading(text), hits, FILLERS, OPT_OUT)
    assert (told.label if told else "") == label


def test_a_word_that_means_a_filler_is_one() -> None:
    assert whole(reading("stop plz", plz="pls"), [STOP], FILLERS, OPT_OUT) is STOP
    assert whole(reading("stop plz"), [STOP], FILLERS, OPT_OUT) is None


@pytest.mark.parametrize(
    ("hits", "at"),
    [
        pytest.param([found(Role.WITHIN, "stop", 2, 4)], (2, 4), id="in the middle"),
        pytest.param([found(Role.WHOLE, "stop", 2, 4)], None, id="only as a whole"),
        pytest.param([found(Role.WITHIN, "more", 2, 4)], None, id="not asked for"),
        pytest.param([found(Role.WITHIN, "stop", 0, 1), found(Role.WITHIN, "stop", 2, 4)], (2, 4), id="the longest"),
        pytest.param([found(Role.WITHIN, "stop", 4, 5), found(Role.WITHIN, "stop", 0, 1)], (0, 1), id="the first"),
        pytest.param([found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 1, 4)], None, id="begun before"),
        pytest.param([found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 2, 5)], None, id="ended behind"),
        pytest.param([found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 2, 4)], (2, 4), id="just as long"),
        pytest.param([found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 3, 4)], (2, 4), id="inside it"),
        pytest.param([found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 3, 6)], None, id="across its end"),
        pytest.param([found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 4, 6)], (2, 4), id="next to it"),
        pytest.param(
            [found(Role.WITHIN, "stop", 2, 4), found(Role.EXCEPT, "stop", 0, 2)], (2, 4), id="right before it"
        ),
    ],
)
def test_a_command_that_stands_anywhere(hits: list[Hit], at: tuple[int, int] | None) -> None:
    told = inside(hits, OPT_OUT)
    assert ((told.start, told.end) if told else None) == at


def test_of_two_commands_at_one_place_it_is_always_the_same() -> None:
    two = [found(Role.WITHIN, "silence", 0, 2), found(Role.WITHIN, "stop", 0, 2)]
    assert [told.label for told in (inside(two, OPT_OUT), inside(two[::-1], OPT_OUT)) if told] == ["stop", "stop"]


@pytest.mark.parametrize(
    ("other", "stood"),
    [
        pytest.param(found(Role.EXCEPT, "food", 1, 4), False, id="an exception of any label"),
        pytest.param(found(Role.EXCEPT, "food", 2, 4), True, id="one no longer than the wording"),
        pytest.param(found(Role.UNLESS, "stop", 1, 5), True, id="what is no exception"),
    ],
)
def test_a_wording_stands_where_no_exception_reaches_beyond_it(other: Hit, stood: bool) -> None:
    assert stands(found(Role.WITHIN, "stop", 2, 4), [other]) is stood


@pytest.mark.parametrize(
    ("text", "spans", "covered"),
    [
        pytest.param("a b", [(0, 2)], True, id="one over all"),
        pytest.param("a b", [(0, 1), (1, 2)], True, id="two"),
        pytest.param("a b", [(0, 1)], False, id="a word too few"),
        pytest.param("a b", [(1, 2)], False, id="the first left out"),
        pytest.param("a please", [(0, 1)], True, id="a filler"),
        pytest.param("please", [], True, id="fillers alone"),
    ],
)
def test_what_was_found_is_all_there_is(text: str, spans: list[tuple[int, int]], covered: bool) -> None:
    hits = [found(Role.WORD, "food", *span) for span in spans]
    assert is_all(reading(text), hits, FILLERS) is covered
