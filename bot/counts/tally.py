"""The tally: what has been counted since the last flush, in memory."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.counts.cell import SEGMENTS, Cell
from bot.counts.period import week_of
from bot.counts.record import Record, Seen

#: By week, what each cell gained; less than nothing where a conversation turned out to be about another place.
Gains = Mapping[str, Mapping[Cell, int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is flushed at one tick. The same `number` is never added twice, however often it is sent."""

    number: int
    gains: Gains


class Tally:
    """Count conversations in memory until they are taken. Safe from several threads; it never waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gains: dict[str, dict[Cell, int]] = {}
        self._unsure: Batch | None = None
        self._number = 0

    def note(self, before: Record, what: Seen, now: datetime) -> Record:
        """Count an answer and return what to remember of it.

        A conversation stays in the week it began in, and moves from cell to cell as more is known of it.
        """
        after = before.after(what, week_of(now))
        if after != before:
            self._move(before.cells(), after.cells(), after.week)
        return after.kept(what)

    def _move(self, had: frozenset[Cell], has: frozenset[Cell], week: str) -> None:
        with self._lock:
            gains = self._gains.setdefault(week, {})
            for cell in has - had:
                gains[cell] = gains.get(cell, 0) + 1
            for cell in had - has:
                gains[cell] = gains.get(cell, 0) - 1

    def sent(self, segments: int, now: datetime) -> None:
        """Count the parts of a message that went out."""
        with self._lock:
            gains = self._gains.setdefault(week_of(now), {})
            gains[SEGMENTS] = gains.get(SEGMENTS, 0) + segments

    def take(self) -> Batch:
        """Return what is to be flushed: a batch whose fate is not known comes again before anything newer."""
        with self._lock:
            if self._unsure is None:
                self._number += 1
                self._unsure = Batch(self._number, self._gains)
                self._gains = {}
            return self._unsure

    def settled(self, batch: Batch) -> None:
        """Let go of a batch that is safely stored."""
        with self._lock:
            if self._unsure is batch:
                self._unsure = None

    @property
    def waiting(self) -> bool:
        """Say whether anything newer than the last batch, or a batch of unknown fate, is held."""
        with self._lock:
            return self._unsure is not None or bool(self._gains)
