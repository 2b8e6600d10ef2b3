"""The checker itself: each kind of reply gets its verdict, and a fault excuses only what it explains."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell
from bot.line import last_resort
from bot.line.sms import twiml
from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from tests.faults.checker import Checker, expected
from tests.faults.counted import compare
from tests.faults.judge import Verdict, Window
from tests.faults.record import Delivery, How
from tests.faults.releases import CHANGED, UNCLEAR, Releases
from tests.faults.texts import SCRIPTS, Copy, Talk, talk

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC).timestamp()
FALLBACK = "<Response><Message>Danger: 911.</Message></Response>"
#: Numbers of conversations that begin so.
FOOD = next(n for n in range(16, 32) if [t.body for t in talk(n).turns][:3] == ["food 90057", "MORE", "MORE"])
CRISIS = next(n for n in range(16, 32) if talk(n).turns[0].body == "he has a gun")


@pytest.fixture(scope="module")
def contents() -> tuple[Content, ...]:
    """Give the two releases that take turns."""
    return Releases("sqlite:///never-opened").contents


def replies(contents: Sequence[Content], said: Talk) -> list[str]:
    """Answer a whole conversation, as a line does that never forgets."""
    held, told = Conversation(), []
    for number, turn in enumerate(said.turns):
        given = answer(turn.body, held, contents[0], datetime.fromtimestamp(NOW + number, UTC))
        held = given.conversation
        told.append(twiml(given.reply or ""))
    return told


def delivery(turn: int, reply: str, number: int = FOOD, **changes: object) -> Delivery:
    """Make a delivery that the line answered within 10 ms."""
    made = Delivery(number, turn, 0, 100.0 + turn, NOW + turn, 0.01, How.LINE, reply)
    return replace(made, **changes)  # type: ignore[arg-type]


def verdicts(contents: Sequence[Content], sent: Sequence[Delivery], *windows: Window) -> list[Verdict]:
    """Judge deliveries in a world with these faults."""
    return [one.verdict for one in Checker(contents, FALLBACK, windows=list(windows)).judge(sent)]


def test_a_conversation_as_it_should_be_is_right_and_counted_once(contents: tuple[Content, ...]) -> None:
    told = replies(contents, talk(FOOD))
    sent = [delivery(turn, reply) for turn, reply in enumerate(told)]
    sent.insert(1, delivery(0, told[0], copy=1, began=100.1))
    judged = Checker(contents, FALLBACK).judge(sent)
    assert [one.verdict for one in judged] == [Verdict.RIGHT, Verdict.REPEATED, Verdict.RIGHT, Verdict.RIGHT]
    due = expected(judged)
    figures = due.cells
    assert (figures[CONVERSATIONS], due.sure) == (1, True)
    assert compare(dict(figures), judged, may_lose=False).good
    more = {**figures, SEGMENTS: figures[SEGMENTS] + 1}
    assert compare(more, judged, may_lose=True).twice == 1
    less = {**figures, CONVERSATIONS: 0}
    assert compare(less, judged, may_lose=False).missing == 1
    assert compare(less, judged, may_lose=True).good
    other = {**figures, Cell("topic", "money"): 1}
    assert compare(other, judged, may_lose=False).cells == ("topic money: 1, not 0",)


ASKED_AFRESH = twiml("Automatic line. en nothing to more")


@pytest.mark.parametrize(
    ("second", "window", "verdict"),
    [
        pytest.param({}, {}, Verdict.WRONG, id="forgotten"),
        pytest.param({}, {"forgets": True}, Verdict.AFRESH, id="forgotten, explained"),
        pytest.param({}, {"dies": True}, Verdict.WRONG, id="forgotten, not explained by that"),
        pytest.param({"reply": "no TwiML"}, {"forgets": True}, Verdict.WRONG, id="no TwiML"),
        pytest.param({"reply": "<Response/>"}, {"forgets": True}, Verdict.WRONG, id="silence"),
        pytest.param({"reply": twiml(last_resort.sms("en"))}, {}, Verdict.STATIC, id="the safe reply"),
        pytest.param({"how": How.NONE, "why": "OSError"}, {"dies": True}, Verdict.LOST, id="nothing"),
        pytest.param({"took": 10.5}, {"dies": True}, Verdict.LATE, id="late"),
        pytest.param(
            {"how": How.FALLBACK, "reply": FALLBACK, "why": "OSError"}, {}, Verdict.LOST, id="unexplained fallback"
        ),
        pytest.param(
            {"how": How.FALLBACK, "reply": FALLBACK, "why": "OSError"}, {"dies": True}, Verdict.FALLBACK, id="fallback"
        ),
        pytest.param(
            {"how": How.FALLBACK, "reply": FALLBACK, "why": "late"}, {"dies": True}, Verdict.LATE, id="none in time"
        ),
    ],
)
def test_the_second_text(
    *, contents: tuple[Content, ...], second: dict[str, object], window: dict[str, bool], verdict: Verdict
) -> None:
    first = delivery(0, replies(contents, talk(FOOD))[0])
    sent = [first, delivery(1, **{"reply": ASKED_AFRESH, **second})]  # type: ignore[arg-type]
    assert verdicts(contents, sent, Window(100.5, 101.5, **window)) == [Verdict.RIGHT, verdict]


def test_after_a_text_that_may_not_have_arrived_both_answers_are_right(contents: tuple[Content, ...]) -> None:
    told = replies(contents, talk(FOOD))
    lost = delivery(1, FALLBACK, how=How.FALLBACK, why="OSError")
    for reply in told[1:]:
        sent = [delivery(0, told[0]), lost, delivery(2, reply)]
        dying = Window(100.9, 101.1, dies=True)
        assert verdicts(contents, sent, dying) == [Verdict.RIGHT, Verdict.FALLBACK, Verdict.RIGHT]


def test_two_replies_to_one_text_are_doubled(contents: tuple[Content, ...]) -> None:
    told = replies(contents, talk(FOOD))
    sent = [delivery(0, told[0]), delivery(0, told[1], copy=1, began=100.2)]
    assert verdicts(contents, sent) == [Verdict.RIGHT, Verdict.DOUBLED]
    assert verdicts(contents, sent, Window(100.1, 100.3, dies=True)) == [Verdict.RIGHT, Verdict.DOUBLED]


def test_danger_is_never_answered_without_a_number(contents: tuple[Content, ...]) -> None:
    nowhere = delivery(0, twiml("en menu"), CRISIS)
    assert verdicts(contents, [nowhere], Window(0, 200, dies=True, forgets=True)) == [Verdict.WRONG]
    assert verdicts(contents, [delivery(0, replies(contents, talk(CRISIS))[0], CRISIS)]) == [Verdict.RIGHT]


def test_the_scripts_hold_everything_that_is_to_be_tried() -> None:
    said = [talk(number) for number in range(500)]
    assert {copy for one in said for copy in (turn.copies for turn in one.turns)} == set(Copy)
    assert len({one.phone for one in said} | {one.sid(0) for one in said}) == 1000
    assert sum(turn.crisis for script in SCRIPTS for turn in script) >= 5


def test_the_two_releases_answer_what_nobody_understands_differently(contents: tuple[Content, ...]) -> None:
    plain, changed = (answer(UNCLEAR, Conversation(), one, datetime.fromtimestamp(NOW, UTC)).reply for one in contents)
    assert plain != changed
    assert (changed or "").startswith(CHANGED.partition("{")[0])
