"""Whatever staff record and pause, on whatever day: no wrong number is given, and nobody is left without an answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.bulletin import Bulletins, Pause, Target, Why
from bot.referral.check import Check, How, Result
from bot.referral.compose import page
from bot.referral.content import Content
from bot.referral.items import items_for
from bot.referral.overlay import with_bulletins
from bot.referral.sayable import sayable
from tests.replies.oracle import numbers_in, printed
from tests.replies.test_three_years import LEADS, SITE, needs

FIRST = date(2026, 11, 21)
WRONG = (Result.WRONG_NUMBER, Result.CLOSED)
#: 911, 988 and 211 are given whatever was found.
CODE = 3


@dataclass(frozen=True)
class World:
    """A release and what was told since, at a moment."""

    release: Content
    told: Bulletins
    now: datetime

    def barred(self) -> set[str]:
        """Work out the numbers that may not be given, by the plainest reading of what was told.

        Every check was made by calling, in the order of the days, so the newest one decides.
        """
        bad: set[str] = set()
        good: set[str] = set()
        for entry in self.release.entries.values():
            for phone in (p for p in entry.phone if p.publish):
                (bad if self._is_barred(entry.id, phone.number) else good).add(printed(phone.number))
        return bad - good

    def _is_barred(self, entry_id: str, number: str) -> bool:
        entry = self.release.entries[entry_id]
        own, shared = self.told.checks.get((entry_id, number), ()), self.told.checks.get((entry_id, ""), ())
        if entry.keep and len(number) == CODE:
            return False
        if any(made and made[-1].result in WRONG for made in (own, shared)) and not self._righted(own, shared):
            return True
        if entry.keep:
            return False
        passed = [c.on for c in (*own, *shared) if c.result is Result.OK]
        if self.now.date() - max([FIRST, *passed]) > 2 * self.release.line.term(entry) + timedelta(days=1):
            return True
        return any(p.entry == entry_id and p.phone in ("", number) for p in self.told.pauses)

    @staticmethod
    def _righted(own: tuple[Check, ...], shared: tuple[Check, ...]) -> bool:
        """Say whether the place was found closed, and this very number was answered on a later day."""
        return bool(own) and own[-1].result is Result.OK and own[-1].on > max((c.on for c in shared), default=date.min)


@st.composite
def worlds(draw: st.DrawFn, release: Content) -> World:
    """Make up checks and pauses of a few entries, and a day up to three years on."""
    days = draw(st.integers(1, 3 * 365), "days later")
    entries = draw(st.lists(st.sampled_from(sorted(release.entries)), min_size=1, max_size=12, unique=True), "entries")
    targets: list[Target] = []
    for entry in entries:
        numbers = ["", *{p.number for p in release.entries[entry].phone}]
        targets.append((entry, draw(st.sampled_from(sorted(numbers)))))
    checks, pauses = {}, []
    for entry, number in targets:
        if draw(st.booleans()):
            until = draw(st.sampled_from([None, datetime(2040, 1, 1, tzinfo=UTC)]))
            pauses.append(Pause(entry, until, Why.FULL, number))
            continue
        made = draw(st.lists(st.tuples(st.integers(1, days), st.sampled_from(Result)), min_size=1, max_size=4))
        ordered = sorted(made, key=lambda pair: pair[0])
        checks[entry, number] = tuple(Check(FIRST + timedelta(days=n), How.CALLED, "ab", r) for n, r in ordered)
    now = datetime(2026, 11, 21, draw(st.integers(0, 23)), tzinfo=UTC) + timedelta(days=days)
    return World(release, Bulletins(1, checks, tuple(pauses)), now)


@pytest.mark.thorough
@given(data=st.data())
def test_whatever_was_told(release: Content, data: st.DataObject) -> None:
    every = list(needs(release))
    world, more = data.draw(st.tuples(worlds(release), st.lists(st.sampled_from(every), max_size=12)))
    laid, barred = with_bulletins(release, world.told), world.barred()
    asked = [*(need for need in every if need.topic in LEADS), *more]
    for need in asked:
        items, said = items_for(laid, need, world.now), sayable(laid, need.area, world.now)
        first = page(said, need, items, 0, first=True).text
        named = set(numbers_in(" ".join([first, *(item.text + item.outdated for item in items)])))
        assert not named & barred, (need, world.now, world.told, first)
        assert named - {"911"}, (need, world.now, world.told, first)
        if need.topic in LEADS:
            assert numbers_in(first)[0] == LEADS[need.topic], (need, world.now, world.told, first)
    for language, texts in sayable(laid, "", world.now).wording.items():
        for key, text in texts.items():
            assert not set(numbers_in(text)) & barred or key.startswith("provider_"), (language, key, world.told)


def test_with_everything_else_paused_nobody_is_left_with_911_alone(release: Content) -> None:
    pauses = tuple(Pause(entry, None, Why.FULL) for entry in release.entries if entry != "911")
    laid, now = with_bulletins(release, Bulletins(1, pauses=pauses)), datetime(2028, 11, 22, 20, tzinfo=UTC)
    for need in needs(release):
        items = items_for(laid, need, now)
        texts = " ".join(f"{item.text} {item.outdated}" for item in items)
        assert {*numbers_in(texts)} - {"911"} or SITE.search(texts), need
