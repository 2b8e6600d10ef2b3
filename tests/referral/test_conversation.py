"""What is remembered of a texter, how long, and what is left when somebody else may hold the phone."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from bot.referral.conversation import Conversation
from tests.referral.small import NOON
from tests.referral.turns import TALK, TRACE

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
FULL = replace(TALK, language="es", greeted=True, silent=True, given=("pads", "211"))


def test_every_field_is_set_here() -> None:
    empty = Conversation()
    assert [f.name for f in fields(FULL) if getattr(FULL, f.name) == getattr(empty, f.name)] == []


def test_a_cover_leaves_language_and_place_and_nothing_that_was_asked() -> None:
    left = Conversation(at=NOON, language="es", area="westmont", zip="60559", greeted=True, silent=True)
    assert FULL.cover() == left


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(FULL, id="all of it"),
        pytest.param(Conversation(), id="nothing"),
        pytest.param(Conversation(area="westlake"), id="a place that the number lent"),
        pytest.param(replace(FULL, traces=(TRACE, replace(TRACE, facet="")), unclear=(NOON, NOON + SECOND)), id="two"),
    ],
)
def test_what_was_written_down_is_read_back(talk: Conversation) -> None:
    assert Conversation.load(talk.dump()) == talk


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        pytest.param(15 * MINUTE - SECOND, True, id="a second less than a quarter of an hour"),
        pytest.param(15 * MINUTE, False, id="a quarter of an hour"),
        pytest.param(60 * MINUTE, False, id="an hour"),
        pytest.param(-MINUTE, True, id="the clock was put back"),
    ],
)
def test_a_quarter_of_an_hour_later_all_is_forgotten(after: timedelta, *, kept: bool) -> None:
    for talk in (FULL, replace(FULL, traces=(), unclear=())):
        alive = talk.alive(NOON + after)
        assert (alive.topic, alive == Conversation()) == (("shelter", False) if kept else ("", True))


@pytest.mark.parametrize(
    ("ago", "kept"),
    [
        pytest.param(timedelta(), True, id="now"),
        pytest.param(MINUTE - timedelta(microseconds=1), True, id="within a minute"),
        pytest.param(MINUTE, False, id="a minute ago"),
        pytest.param(-SECOND, False, id="ahead: the clock was put back"),
    ],
)
def test_fragments_and_what_was_not_understood_count_for_a_minute(ago: timedelta, *, kept: bool) -> None:
    trace = replace(TRACE, at=NOON - ago)
    for traces, unclear in (((trace,), ()), ((), (NOON - ago,)), ((trace,), (NOON - ago,))):
        alive = replace(FULL, traces=traces, unclear=unclear).alive(NOON)
        assert (alive.traces, alive.unclear) == ((traces, unclear) if kept else ((), ()))
        assert replace(alive, traces=traces, unclear=unclear) == replace(FULL, traces=traces, unclear=unclear)


def test_before_the_first_text_nothing_can_be_too_old() -> None:
    lent = Conversation(area="westmont", traces=(TRACE,))
    assert lent.alive(NOON + 60 * MINUTE) == lent
