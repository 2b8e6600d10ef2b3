"""A clock that jumps: hours and days, forwards and back, over both changes of summer time. Every text is answered."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.counts.cell import CONVERSATIONS, Cell
from bot.counts.tally import Tally
from bot.line.memory.interface import Allowances
from bot.line.memory.ram import RamMemory
from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.document import parse
from tests.faults.texts import SCRIPTS, Talk, talk
from tests.line.standins import Clock, FakeSource, House, make_settings
from tests.storage.publishable import publishable

#: Before noon in both areas, on the days on which clocks change in the United States, and at a change of year.
STARTS = (
    datetime(2026, 11, 1, 8, 59, tzinfo=UTC),
    datetime(2027, 3, 14, 9, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 58, tzinfo=UTC),
    datetime(2026, 11, 23, 20, tzinfo=UTC),
)
JUMPS = (
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(days=1),
    timedelta(days=-1),
    timedelta(days=400),
    timedelta(days=-400),
    timedelta(seconds=-30),
)


@pytest.fixture(scope="module")
def content() -> Content:
    """Give the small release."""
    return parse(publishable())


def house(content: Content, clock: Clock, steady: Clock) -> House:
    """Give a line whose time of day may jump, while the clock its memory goes by never does."""
    memory = RamMemory(Allowances(0, 0), clock=steady.uptime)
    settings = make_settings(line_budget_per_hour=0, sender_budget_per_5_min=0)
    return House(settings, FakeSource(content), answer, clock, memory, Tally())


def right(content: Content, said: Talk, moments: Sequence[datetime]) -> list[str]:
    """Return the replies of the one function at these moments, to a texter who is remembered all the time."""
    held, told = Conversation(), []
    for turn, now in zip(said.turns, moments, strict=True):
        given = answer(turn.body, held, content, now)
        held = given.conversation
        told.append(given.reply or "")
    return told


@pytest.mark.thorough
@pytest.mark.parametrize("start", STARTS, ids=str)
@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_texts_before_and_after_a_jump_are_answered_and_counted_once(
    content: Content, start: datetime, jump: timedelta, *, thorough: bool
) -> None:
    clock, steady = Clock(start), Clock(start)
    line = house(content, clock, steady)
    conversations = 0
    for number in range(0, len(SCRIPTS), 1 if thorough else 3):
        said = talk(number)
        clock.now = start
        moments = [start + (jump if place else timedelta()) for place, _ in enumerate(said.turns)]
        told: list[str] = []
        for place, (turn, now) in enumerate(zip(said.turns, moments, strict=True)):
            clock.now = now
            if place == 1:
                # A duplicate from before the jump.
                assert line.text(said.turns[0].body, said.sid(0), From=said.phone) == told[0]
            told.append(line.text(turn.body, said.sid(place), From=said.phone))
            steady.tick(1)
            assert line.text(turn.body, said.sid(place), From=said.phone) == told[-1]
        assert told == right(content, said, moments)
        conversations += 1
    counted: dict[Cell, int] = {}
    for gains in line.tally.take().gains.values():  # type: ignore[attr-defined]
        for cell, gain in gains.items():
            counted[cell] = counted.get(cell, 0) + gain
    assert counted[CONVERSATIONS] >= conversations
    assert not [cell for cell, gain in counted.items() if gain < 0]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_whoever_is_not_understood_gets_an_answer_five_minutes_later(content: Content, jump: timedelta) -> None:
    clock = Clock(STARTS[-1])
    line = house(content, clock, Clock(STARTS[-1]))
    for number in range(2):
        assert line.text("qwrtzp plmkj", f"SM{number:032x}")
    clock.now += jump + timedelta(minutes=5)
    assert line.text("qwrtzp plmkj", f"SM{9:032x}")
